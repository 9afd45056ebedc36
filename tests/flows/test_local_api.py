"""Prefect's API going away under a run from the terminal: told, and not waited for for ever."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from deid.errors import BusyError, WorkspaceError
from flows import local_api


class Healthy(BaseHTTPRequestHandler):
    """Answers whatever is asked."""

    def do_GET(self) -> None:
        """As a healthy server would."""
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[HTTPServer]:
    """An API that answers, looked at often; it is gone once it is closed."""
    server = HTTPServer(("127.0.0.1", 0), Healthy)
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{server.server_port}/api")
    monkeypatch.setattr(local_api, "_SILENT_SECONDS", 0.5)
    monkeypatch.setattr(local_api, "_STEP_SECONDS", 0.05)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """An API where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{port}/api")


def test_whoever_waits_is_told(served: HTTPServer) -> None:
    """Not while it answers; some time after it went away."""
    gone = threading.Event()
    local_api.watch(gone.set)
    assert not gone.wait(1.0)
    served.shutdown()
    served.server_close()
    assert gone.wait(5.0)


@pytest.mark.usefixtures("nowhere")
def test_what_fails_for_it_says_so() -> None:
    """An error of Prefect's client, while nobody answers, becomes a refusal in plain words."""
    with pytest.raises(BusyError, match="the next run does the rest"), local_api.unless_gone():
        raise ConnectionError


def test_an_api_that_has_no_room_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its database is the first to need some; otherwise it is the API that did not answer."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(local_api.LocalApiError, match="did not answer"):
        local_api._wait(port, tmp_path)
    monkeypatch.setattr(local_api, "has_room", lambda _: False)
    with pytest.raises(WorkspaceError, match="the disk is full"):
        local_api._wait(port, tmp_path)


@pytest.mark.usefixtures("served")
def test_what_fails_for_another_reason_does_not() -> None:
    """While the API answers, an error is what it is."""
    with pytest.raises(ConnectionError), local_api.unless_gone():
        raise ConnectionError
