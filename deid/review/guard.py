"""Every request passes here: a session, a role, a form's token, and the record of what is shown.

A handler runs only when all of them hold. What goes wrong on purpose becomes a page with the
error's own words, which are free of speech; anything else becomes its kind and place.
"""

import hmac
from collections.abc import Awaitable, Callable
from functools import partial

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from deid.accounts import Account
from deid.errors import AccountError, DeidError
from deid.review import rendering
from deid.review.assertion import Assertions, RefusedError
from deid.review.desk import Desk
from deid.review.figures import figure
from deid.review.sessions import Session
from deid.review.visit import Page, Visit
from deid.whereabouts import unexpected

COOKIE = "deid-session"
LARGEST_FORM = 1_000_000
"""Bytes of a form. What is larger would pass through a temporary file, and those hold nothing."""
SIGN_IN = "/sign-in"
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""Names under which the desk is asked for on its own machine."""

type Endpoint = Callable[[Request], Awaitable[Response]]


def endpoint(desk: Desk, page: Page) -> Endpoint:
    """A page as Starlette calls it."""

    async def answer(request: Request) -> Response:
        session = session_of(desk, request)
        if session is None:
            return RedirectResponse(SIGN_IN, status_code=303)
        if page.method == "POST" and not is_small(request):
            return too_large()
        form = await request.form() if page.method == "POST" else FormData()
        if page.method == "POST" and not is_ours(request, form, session.csrf):
            return rendering.page(
                "problem.html", status=403, problem="this form was not the desk's"
            )
        return await desk.call(partial(_answer, desk, page, request, session, form))

    return answer


def session_of(desk: Desk, request: Request) -> Session | None:
    """The session of a request; behind a proxy only while it vouches for the same account."""
    token = request.cookies.get(COOKIE, "")
    if desk.proxy is None:
        return desk.sessions.find(token)
    try:
        name = vouched_name(desk.proxy, request)
    except RefusedError:
        return None
    session = desk.sessions.find(token)
    return session if session and session.account == name else None


def vouched_name(proxy: Assertions, request: Request) -> str:
    """The account for which the proxy vouches in a request; its token is used up by this.

    Raises:
        RefusedError: It vouches for nobody, or its word is not taken.
    """
    path = request.scope.get("raw_path", request.url.path.encode()).partition(b"?")[0]
    query = request.scope.get("query_string", b"")
    target = (path + b"?" + query if query else path).decode("latin-1")
    headers = request.headers.getlist(proxy.told.header)
    return proxy.account(headers, method=request.method, target=target)


def is_small(request: Request) -> bool:
    """Whether a form says how large it is, as every browser does, and is not too large to read."""
    told = request.headers.get("content-length", "")
    size = figure(told)
    return size is not None and size <= LARGEST_FORM


def too_large() -> Response:
    """The answer to a form that is not read."""
    return rendering.page("problem.html", status=413, problem="this form is too large")


def is_ours(request: Request, form: FormData, csrf: str) -> bool:
    """Whether a form came from a page of this desk: by its token, and as the browser says."""
    told = request.headers.get("sec-fetch-site", "same-origin")
    return told in {"same-origin", "none"} and hmac.compare_digest(
        str(form.get("csrf", "")).encode(), csrf.encode()
    )


def _answer(desk: Desk, page: Page, request: Request, session: Session, form: FormData) -> Response:
    account = _still(desk, session)
    if account is None:
        return RedirectResponse(SIGN_IN, status_code=303)
    visit = Visit(account, session, request.path_params, request.query_params, form)
    if not account.roles & page.roles:
        roles = " or ".join(sorted(page.roles))
        return _problem(visit, 403, f"this page needs an account with the role {roles}")
    try:
        if page.originals:
            transcript_id = visit.path["transcript_id"]
            if desk.vault().transcript(transcript_id) is None:
                return _problem(visit, 404, "there is no transcript of this id")
            desk.note_view(account, transcript_id)
        return page.handler(desk, visit)
    except DeidError as error:
        return _problem(visit, 409, str(error))
    except Exception as error:  # noqa: BLE001 - a message could show what a page may not
        return _problem(visit, 500, unexpected(error))


def _still(desk: Desk, session: Session) -> Account | None:
    """The account of a session as it is now; None, and signed out, if it may not act as it did."""
    try:
        account = desk.account(session.account)
    except AccountError:
        account = None
    if account is None or account.disabled:
        desk.sessions.end_all(session.account)
        return None
    if account.password_mark != session.password_mark:
        desk.sessions.end_all(session.account, but=account.password_mark)
        return None
    return account


def _problem(visit: Visit, status: int, problem: str) -> Response:
    return rendering.page("problem.html", visit, status=status, problem=problem)
