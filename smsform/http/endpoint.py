"""Where a service is: its endpoint, a proxy, trusted certificates."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from smsform.errors import ConfigError
from smsform.loopback import is_loopback
from smsform.pattern import pattern
from smsform.words import say

_ENDPOINT = pattern(
    r"(?:(?P<scheme>https?)://)?"
    r"(?P<host>[A-Za-z0-9._-]+|\[(?P<v6>[0-9A-Fa-f:.]+)\])"
    r"(?::(?P<port>[0-9]{1,5}))?/?"
)
_PROXY = pattern(  # a user and a password may stand before the host
    r"(?:https?://)?(?:[^\s/?#@]*@)?(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])"
    r"(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-5][0-9]{2}))?/?"
)
_DEFAULT_PORTS = {"http": "80", "https": "443"}


def base_url(provider: str, endpoint: str) -> str:
    """``scheme://host[:port]`` of an endpoint as people write it; ConfigError
    otherwise.

    Without a scheme it is https, and http on this machine only. A default port is
    dropped, because the Host header that is signed does not have it.
    """
    found = _ENDPOINT.fullmatch(endpoint)
    if not found or int(found["port"] or 1) not in range(1, 65536):
        raise _wrong(provider, "endpoint")
    here = is_loopback(found["v6"] or found["host"])
    scheme = found["scheme"] or ("http" if here else "https")
    if scheme == "http" and not here:
        raise _wrong(provider, "plain")
    port = found["port"]
    tail = f":{port}" if port and port != _DEFAULT_PORTS[scheme] else ""
    return f"{scheme}://{found['host'].lower()}{tail}"


def _wrong(provider: str, sentence: str) -> ConfigError:
    return ConfigError(
        f"providers.{provider}.endpoint",
        say(f"http.{sentence}"),
        say(f"http.{sentence}_todo"),
    )


def proxies(url: str, environ: Mapping[str, str]) -> dict[str, str]:
    """The proxy for *url* as the environment names it; none for this machine.

    ConfigError, which does not quote it, for a proxy without a host or of a kind that
    is not used.
    """
    from requests.utils import should_bypass_proxies

    names = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
    named = next((name for name in names if environ.get(name)), "")
    proxy = environ.get(named, "").strip()
    bypass = environ.get("no_proxy") or environ.get("NO_PROXY") or ""
    here = is_loopback(urlsplit(url).hostname or "")
    if not proxy or here or should_bypass_proxies(url, bypass):
        return {}
    if not _PROXY.fullmatch(proxy):
        raise ConfigError(named, say("http.no_proxy"), say("http.no_proxy_todo"))
    return {"https": proxy}


def trusted_certificates(environ: Mapping[str, str]) -> str | bool:
    """The file of certificates to trust: the environment's, else the library's own."""
    return environ.get("REQUESTS_CA_BUNDLE") or environ.get("CURL_CA_BUNDLE") or True
