"""The in-process shell: a requests adapter that calls an emulator without a socket."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.response import HTTPResponse

from smsform.emulation.service import WAIT, Dropped, Service

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment


class EmulatorAdapter(HTTPAdapter):
    """Mount it on a session instead of the network.

    What a client sees is what it would see on a socket: a dropped connection is
    ``requests.ConnectionError``, an answer later than the read timeout is
    ``requests.ReadTimeout`` (time passes on the emulator's clock). The app gets the
    Host header and the body byte for byte.
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
        read = timeout[1] if isinstance(timeout, tuple) else timeout

        def wait(seconds: float) -> None:
            self._app.clock.sleep(seconds if read is None else min(seconds, read))
            if read is not None and seconds > read:
                raise requests.ReadTimeout(request=request)

        status = 0
        headers: list[tuple[str, str]] = []

        def start_response(
            line: str, fields: list[tuple[str, str]], exc_info: Any = None
        ) -> Any:
            nonlocal status, headers
            status, headers = int(line.split()[0]), fields

        try:
            chunks = self._app(_environ(request) | {WAIT: wait}, start_response)
        except Dropped as error:
            raise requests.ConnectionError(
                "Remote end closed connection without response", request=request
            ) from error
        raw = HTTPResponse(
            BytesIO(b"".join(chunks)),
            dict(headers),
            status,
            reason=HTTPStatus(status).phrase,
            preload_content=False,
        )
        return self.build_response(request, raw)


def _environ(request: requests.PreparedRequest) -> WSGIEnvironment:
    parts = urlsplit(request.url or "")
    body = request.body or b""
    if isinstance(body, str):
        body = body.encode()
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": unquote(parts.path) or "/",
        "QUERY_STRING": parts.query,
        "CONTENT_LENGTH": str(len(body)),
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": parts.netloc,
        "wsgi.input": BytesIO(body),
        "wsgi.url_scheme": parts.scheme,
    }
    for name, value in request.headers.items():
        text = value.decode("latin-1") if isinstance(value, bytes) else value
        if name.lower() == "content-type":
            environ["CONTENT_TYPE"] = text
        elif name.lower() != "content-length":
            environ["HTTP_" + name.upper().replace("-", "_")] = text
    return environ
