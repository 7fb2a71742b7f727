"""An emulator as an adapter for the requests library; no socket is used."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import requests
from requests.adapters import HTTPAdapter
from urllib3.response import HTTPResponse

from smsform.emulation.in_process import Dropped, Late, answer
from smsform.emulation.messages import phrase
from smsform.emulation.service import Service


class EmulatorAdapter(HTTPAdapter):
    """Mount it on a ``requests.Session`` in place of the network.

    A client sees what it would see on a socket: a dropped connection is
    ``requests.ConnectionError``, an answer later than the read timeout is
    ``requests.ReadTimeout``.
    """

    def __init__(self, app: Service) -> None:
        super().__init__()
        self._app = app

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float | None, float | None] | None = None,
        verify: bool | str = True,
        cert: object = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Call the app; the response, or the exception a socket would have caused."""
        patience = timeout[1] if isinstance(timeout, tuple) else timeout
        body = request.body or b""
        try:
            status, headers, content = answer(
                self._app,
                request.method or "",
                request.url or "",
                {name: _text(value) for name, value in request.headers.items()},
                body.encode() if isinstance(body, str) else body,
                patience,
            )
        except Late:
            raise requests.ReadTimeout(request=request) from None
        except Dropped as error:
            raise requests.ConnectionError(
                "Remote end closed connection without response", request=request
            ) from error
        raw = HTTPResponse(
            BytesIO(content),
            dict(headers),
            status,
            reason=phrase(status),
            preload_content=False,
        )
        return self.build_response(request, raw)


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
