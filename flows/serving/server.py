"""Prefect's server, with headers that keep the viewer's browser at home.

As `prefect server start` runs it, but for a content security policy: Prefect's second UI, which
anybody can still ask for by its address, would otherwise have the browser call an analytics host.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import uvicorn
from prefect.server.api.server import create_app
from prefect.settings import get_current_settings

type _Message = MutableMapping[str, Any]
type _Receive = Callable[[], Awaitable[_Message]]
type _Send = Callable[[_Message], Awaitable[None]]
type _App = Callable[[_Message, _Receive, _Send], Awaitable[None]]

_POLICY = (
    b"default-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    b"style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; "
    b"form-action 'self'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", _POLICY),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
_STOP_SECONDS = 5


def at_home(app: _App) -> _App:
    """The application, each answer with :data:`HEADERS`."""

    async def wrapped(scope: _Message, receive: _Receive, send: _Send) -> None:
        async def answer(message: _Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        await app(scope, receive, answer)

    return wrapped


def main() -> None:
    """Serve until told to stop."""
    api = get_current_settings().server.api
    uvicorn.run(
        at_home(create_app(final=True)),
        host=api.host,
        port=api.port,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=api.keepalive_timeout,
        timeout_graceful_shutdown=_STOP_SECONDS,
        ws_ping_interval=api.websocket_ping_interval,
        ws_ping_timeout=api.websocket_ping_timeout,
    )


if __name__ == "__main__":
    main()
