"""The desk as an ASGI application: the table of pages behind one guard, and headers on all of it.

The content security policy lets a page load its style sheet and its script from the desk, and
nothing else from anywhere. Pages are never kept by browser or proxy. A request under another host's
name is refused, so that no page elsewhere can reach the desk through a name of its own.
"""

from collections.abc import Collection
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deid.review import rendering, signin
from deid.review.desk import Desk
from deid.review.guard import LOCAL_HOSTS, SIGN_IN, endpoint
from deid.review.routes import PAGES

_STATIC = Path(__file__).parent / "static"
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


def create_app(desk: Desk, *, hosts: Collection[str] = LOCAL_HOSTS) -> Starlette:
    """The application over a desk.

    Args:
        desk: Whose pages these are.
        hosts: Names under which it may be asked for.
    """
    routes = [
        Route(SIGN_IN, partial(signin.show, desk), methods=["GET"], name="sign_in"),
        Route(SIGN_IN, partial(signin.sign_in, desk), methods=["POST"]),
        Route("/sign-out", partial(signin.sign_out, desk), methods=["POST"], name="sign_out"),
        Mount("/static", StaticFiles(directory=_STATIC), name="static"),
        *(
            Route(page.path, endpoint(desk, page), methods=[page.method], name=page.name)
            for page in PAGES
        ),
    ]
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)),
            Middleware(_Headers),
        ],
        exception_handlers={404: _not_found, 405: _not_found},
    )


class _Headers:
    """Puts the headers on every answer; what is not static is never kept."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kept = scope.get("path", "").startswith("/static/")
        headers = HEADERS | {"cache-control": "max-age=3600" if kept else "no-store"}

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] += [(k.encode(), v.encode()) for k, v in headers.items()]
            await send(message)

        await self._app(scope, receive, with_headers)


async def _not_found(_request: Request, _error: Exception) -> Response:
    return rendering.page("problem.html", status=404, problem="there is no such page")
