"""Who may call a served emulator: programs on this machine, and no page on the web.

A page that was told a loopback address sends its own Origin or says ``cross-site``;
one whose name was made to lead here (DNS rebinding) sends that name as Host.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from smsform.loopback import host_name, names_this_machine

OURS = "/_smsform/"  # what the emulator itself answers, and no service


def is_stranger(
    headers: Mapping[str, str], path: str, is_documented: Callable[[str], bool]
) -> bool:
    """Whether a request comes from elsewhere; *headers* have names in lower case.

    A service's actions answer a Host that names this machine or one the service
    documents, as SDKs behind a proxy send it; what is below ``OURS`` the former only.
    """
    host = headers.get("host", "")
    own = path.startswith(OURS) or path + "/" == OURS
    if not names_this_machine(host) and (own or not is_documented(host_name(host))):
        return True
    if headers.get("origin", f"http://{host}").lower() != f"http://{host}".lower():
        return True
    return headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
