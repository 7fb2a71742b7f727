"""Calls to a service over HTTP; knows no service."""

from smsform.http.channel import Channel
from smsform.http.endpoint import base_url
from smsform.http.pacer import Abandoned, always
from smsform.transport import NoReply, Reply, Request, Transport, headers_of

__all__ = [
    "Abandoned",
    "Channel",
    "NoReply",
    "Reply",
    "Request",
    "Transport",
    "always",
    "base_url",
    "headers_of",
]
