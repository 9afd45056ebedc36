"""A reverse proxy as a trust has it: it asks who somebody is, and vouches for them to the desk."""

import base64
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from tests.unit.review.proxying import HEADER, claims, token

_NOT_PASSED_ON = {"connection", "transfer-encoding", "content-length", "content-encoding"}


class Proxy(ThreadingHTTPServer):
    """Passes on what whoever signed in here asks of a desk, with a word signed for each request."""

    daemon_threads = True

    def __init__(self, desk: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.desk = desk

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Pass on what is looked at."""
        self._pass_on()

    def do_POST(self) -> None:
        """Pass on a form."""
        self._pass_on()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _pass_on(self) -> None:
        told = self.headers.get("Authorization", "").removeprefix("Basic ")
        if not told:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="trust"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        account = base64.b64decode(told).decode().partition(":")[0]
        word = claims(account, at=time.time(), method=self.command, target=self.path)
        headers = dict(self.headers.items()) | {HEADER: token(word)}
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        assert isinstance(self.server, Proxy)
        answer = httpx.request(
            self.command, self.server.desk + self.path, headers=headers, content=body, timeout=60
        )
        self.send_response(answer.status_code)
        for name, value in answer.headers.multi_items():
            if name not in _NOT_PASSED_ON:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)
