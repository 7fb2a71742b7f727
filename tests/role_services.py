"""A metadata service and an STS on this machine, for the tests of credentials."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple


class Asked(NamedTuple):
    """One call as it came in."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class RoleServices:
    """Answers each path with what was set for it; *variables* lead here."""

    def __init__(self, variables: Iterable[str]) -> None:
        self.seen: list[Asked] = []
        self.answers: dict[str, Any] = {}
        self.pause = threading.Event()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.answer(self)

            do_POST = do_PUT = do_GET

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.environ = dict.fromkeys(variables, self.address)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def answer(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        """Send what was set for the path; a path set to None never answers."""
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        self.seen.append(Asked(handler.command, handler.path, handler.headers, body))
        found = self.answers.get(handler.path, b"")
        if found is None:
            self.pause.wait(10)
            return
        raw = found if isinstance(found, bytes) else json.dumps(found).encode()
        handler.send_response(200 if raw else 404)
        handler.send_header("Content-Length", str(len(raw)))
        handler.end_headers()
        handler.wfile.write(raw)

    def close(self) -> None:
        """Stop serving."""
        self.pause.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
