"""Whether a host name or address is this machine."""

from __future__ import annotations

from functools import lru_cache

from smsform.pattern import pattern

_HOST = pattern(r"(?:https?://)?(?:\[([^\[\]]+)\]|([^:/@\s]+))(?::\d+)?(?:/\S*)?")


def is_loopback(host: str) -> bool:
    """Whether *host*, in lower case and without a port, is this machine alone."""
    if host == "localhost":
        return True
    from ipaddress import ip_address  # most projects name no address

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def host_name(header: str) -> str:
    """The name in a Host header, in lower case and without its port; "" for none.

    A scheme before and a path behind are dropped: tccli 3.1 sends its ``--endpoint``
    unchanged, the Python SDK 3.1 its ``apigw_endpoint``.
    """
    found = _HOST.fullmatch(header)
    return (found[1] or found[2]).lower() if found else ""


@lru_cache(maxsize=64)  # one client sends one Host, call after call
def names_this_machine(header: str) -> bool:
    """Whether a Host header names this machine, by whatever port it was reached.

    Names below ``localhost`` count: browsers never ask the network for them (RFC 6761).
    """
    name = host_name(header)
    return is_loopback(name) or name.endswith(".localhost")
