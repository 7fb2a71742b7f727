"""GitHub's and GitLab's comments on loopback: kept, paged and answered as theirs are.

From the REST references (docs.github.com/rest/issues/comments and
docs.gitlab.com/api/notes, read 2026-11-21): lists have 30 or 20 entries unless
``per_page`` says up to 100, the oldest first (GitLab: the newest, unless asked); GitHub
takes JSON, GitLab also forms.
"""

from __future__ import annotations

import json
import re
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

LARGEST = 65_536  # characters of a comment
OTHER = "somebody"


@dataclass
class Comment:
    """One comment: who wrote it, and whether it was ever changed."""

    id: int
    author: str
    body: str
    edited: int = 0


@dataclass
class Forge(ABC):
    """Pull requests by number, their comments, and which of them were merged.

    ``closed`` is in the order of their last update, ``merged`` in that of the merges.
    """

    token: ClassVar[str] = "forge-token"
    ours: ClassVar[str]
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    merged: list[int] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        forge = self

        class Handler(BaseHTTPRequestHandler):
            def handle_any(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(size)
                known = forge.token in str(self.headers)
                parts = urlsplit(self.path)
                query = {k: v[-1] for k, v in parse_qs(parts.query).items()}
                answer = (
                    (401, {})
                    if not known
                    else forge.answer(self.command, parts.path, query, body)
                )
                data = json.dumps(answer[1]).encode()
                self.send_response(answer[0])
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = do_PATCH = handle_any

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        """Hang up."""
        self._server.shutdown()
        self._server.server_close()

    @abstractmethod
    def answer(
        self, method: str, path: str, query: Mapping[str, str], body: bytes
    ) -> tuple[int, Any]:
        """The status and document for one request."""

    def say(self, number: int, author: str, body: str) -> Comment:
        """Somebody comments on a pull request."""
        id = 1000 + sum(map(len, self.comments.values()))
        self.comments.setdefault(number, []).append(Comment(id, author, body))
        return self.comments[number][-1]

    def by_us(self, number: int) -> list[Comment]:
        """The comments that the workflow wrote."""
        return [c for c in self.comments.get(number, []) if c.author == self.ours]

    def merged_at(self, number: int) -> str | None:
        """When a pull request was merged, as the forges write it; None: it was not."""
        if number not in self.merged:
            return None
        return f"2026-11-21T09:00:{self.merged.index(number):02}Z"

    def _listed(self, number: int, query: Mapping[str, str]) -> list[Comment]:
        size = min(int(query.get("per_page", 20)), 100)
        start = (int(query.get("page", 1)) - 1) * size
        return self.comments.get(number, [])[start : start + size]

    def _write(self, comment: Comment | None, number: int, body: str) -> Comment:
        assert len(body) <= LARGEST
        if comment is None:
            return self.say(number, self.ours, body)
        comment.body, comment.edited = body, comment.edited + 1
        return comment

    def _find(self, id: int) -> Comment:
        return next(c for each in self.comments.values() for c in each if c.id == id)


class GitHub(Forge):
    """A repository ``sms/texts``, its workflow writing as github-actions[bot]."""

    ours = "github-actions[bot]"

    def answer(
        self, method: str, path: str, query: Mapping[str, str], body: bytes
    ) -> tuple[int, Any]:
        if method == "GET" and path == "/repos/sms/texts/pulls":
            assert (query["state"], query["base"]) == ("closed", "main")
            return 200, [
                {"number": n, "merged_at": self.merged_at(n)}
                for n in reversed(self.closed)
            ][: int(query["per_page"])]
        if match := re.fullmatch(r"/repos/sms/texts/issues/(\d+)/comments", path):
            number = int(match[1])
            if method == "GET":
                return 200, [self._out(each) for each in self._listed(number, query)]
            if method == "POST":
                text = json.loads(body)["body"]
                return 201, self._out(self._write(None, number, text))
        if match := re.fullmatch(r"/repos/sms/texts/issues/comments/(\d+)", path):
            assert method == "PATCH"
            comment = self._find(int(match[1]))
            return 200, self._out(self._write(comment, 0, json.loads(body)["body"]))
        return 404, {}

    def _out(self, comment: Comment) -> dict[str, Any]:
        return {
            "id": comment.id,
            "user": {"login": comment.author},
            "body": comment.body,
        }


class GitLab(Forge):
    """Project 1, whose access token has a user of its own, number 7."""

    ours = "7"

    def answer(
        self, method: str, path: str, query: Mapping[str, str], body: bytes
    ) -> tuple[int, Any]:
        if path == "/user":
            return 200, {"id": int(self.ours)}
        if method == "GET" and path == "/projects/1/merge_requests":
            assert (query["state"], query["target_branch"]) == ("merged", "main")
            return 200, [
                {"iid": n, "merged_at": self.merged_at(n)}
                for n in reversed(self.closed)
                if n in self.merged
            ][: int(query["per_page"])]
        if match := re.fullmatch(r"/projects/1/merge_requests/(\d+)/notes", path):
            number = int(match[1])
            if method == "GET":
                assert query["sort"] == "asc"
                return 200, [self._out(each) for each in self._listed(number, query)]
            if method == "POST":
                return 201, self._out(self._write(None, number, self._text(body)))
        if match := re.fullmatch(r"/projects/1/merge_requests/\d+/notes/(\d+)", path):
            assert method == "PUT"
            comment = self._find(int(match[1]))
            return 200, self._out(self._write(comment, 0, self._text(body)))
        return 404, {}

    def _text(self, body: bytes) -> str:
        return parse_qs(body.decode(), strict_parsing=True)["body"][0]

    def _out(self, comment: Comment) -> dict[str, Any]:
        author = {"id": int(comment.author) if comment.author.isdigit() else 99}
        return {"id": comment.id, "author": author, "body": comment.body}
