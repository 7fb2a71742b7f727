"""The way to a service over HTTP; knows none of them."""

from smsform.carrier import Carrier, NoReply, Reply, Request, headers_of
from smsform.http.channel import Channel
from smsform.http.endpoint import base_url
from smsform.http.pacer import Abandoned, always

__all__ = [
    "Abandoned",
    "Carrier",
    "Channel",
    "NoReply",
    "Reply",
    "Request",
    "always",
    "base_url",
    "headers_of",
]
