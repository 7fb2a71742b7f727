"""The way to a service over HTTP; knows none of them."""

from smsform.http.channel import Channel
from smsform.http.endpoint import base_url
from smsform.http.pacer import Abandoned, always
from smsform.http.transport import Reply, Request, fetch

__all__ = ["Abandoned", "Channel", "Reply", "Request", "always", "base_url", "fetch"]
