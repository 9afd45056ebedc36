"""Signing in and out. A wrong name and a wrong password look the same and cost the same.

Behind a trust's reverse proxy nobody types either: whoever the proxy vouches for goes on with one
click, so that a session still begins with something that a person did, and ends when idle.
"""

import secrets
from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from deid.accounts import Account
from deid.errors import AccountError
from deid.passwords import LONGEST_PASSWORD
from deid.review import rendering
from deid.review.assertion import Assertions, RefusedError
from deid.review.desk import Desk
from deid.review.guard import (
    COOKIE,
    LOCAL_HOSTS,
    SIGN_IN,
    is_ours,
    is_small,
    too_large,
    vouched_name,
)

_BEFORE = "deid-before"
_MANY = "Too many attempts. Wait a minute."


async def show(desk: Desk, request: Request) -> Response:
    """The page to sign in on; whoever is signed in goes on to the queue."""
    if desk.proxy is not None:
        return await _show_vouched(desk, desk.proxy, request)
    if desk.sessions.find(request.cookies.get(COOKIE, "")):
        return RedirectResponse("/", status_code=303)
    return _form(request)


async def sign_in(desk: Desk, request: Request) -> Response:
    """Check who it is; the browser gets a new token each time."""
    if not is_small(request):
        return too_large()
    form = await request.form()
    before = request.cookies.get(_BEFORE, "")
    if not before or not is_ours(request, form, before):
        problem = "The page had expired. Try again."
        return _form(request, problem=problem, status=403, asked=desk.proxy is None)
    if desk.refusals.are_many():
        return _form(request, problem=_MANY, status=429, asked=desk.proxy is None)
    name, password = (str(form.get(field, "")) for field in ("name", "password"))
    try:
        if desk.proxy is None:
            account = await desk.call(partial(_authenticated, desk, name, password))
        else:
            account = await desk.call(partial(_vouched, desk, desk.proxy, request))
    except AccountError as error:
        desk.refusals.note()
        return _form(request, problem=str(error), status=401, asked=desk.proxy is None)
    answer = RedirectResponse("/", status_code=303)
    token = desk.sessions.begin(account.name, account.password_mark)
    answer.set_cookie(
        COOKIE, token, httponly=True, samesite="strict", secure=_is_behind_tls(request)
    )
    answer.delete_cookie(_BEFORE)
    return answer


async def sign_out(desk: Desk, request: Request) -> Response:
    """End the session."""
    token = request.cookies.get(COOKIE, "")
    session = desk.sessions.find(token)
    if session and is_small(request) and is_ours(request, await request.form(), session.csrf):
        desk.sessions.end(token)
    answer = RedirectResponse(SIGN_IN, status_code=303)
    answer.delete_cookie(COOKIE)
    return answer


def _authenticated(desk: Desk, name: str, password: str) -> Account:
    with desk.accounts() as accounts:
        return accounts.authenticate(name.strip().lower(), password[: LONGEST_PASSWORD + 1])


async def _show_vouched(desk: Desk, proxy: Assertions, request: Request) -> Response:
    """Whom the proxy vouches for, and the way on; or that its word is not taken, on record."""
    if desk.refusals.are_many():
        return _form(request, problem=_MANY, status=429, asked=False)
    try:
        account = await desk.call(partial(_vouched, desk, proxy, request))
    except AccountError as error:
        desk.refusals.note()
        return _form(request, problem=str(error), status=401, asked=False)
    session = desk.sessions.find(request.cookies.get(COOKIE, ""))
    if session and session.account == account.name:
        return RedirectResponse("/", status_code=303)
    return _form(request, vouched=account.name, asked=False)


def _vouched(desk: Desk, proxy: Assertions, request: Request) -> Account:
    with desk.accounts() as accounts:
        try:
            name = vouched_name(proxy, request)
        except RefusedError as error:
            raise accounts.refused(None, error.why.value) from None
        return accounts.vouched(name)


def _form(
    request: Request,
    *,
    problem: str = "",
    status: int = 200,
    asked: bool = True,
    vouched: str = "",
) -> Response:
    """The page; ``asked``: with name and password, ``vouched``: with the way on for an account."""
    before = request.cookies.get(_BEFORE) or secrets.token_urlsafe(32)
    answer = rendering.page(
        "sign_in.html", status=status, problem=problem, token=before, asked=asked, vouched=vouched
    )
    secure = _is_behind_tls(request)
    answer.set_cookie(_BEFORE, before, httponly=True, samesite="strict", secure=secure)
    return answer


def _is_behind_tls(request: Request) -> bool:
    """Whether browsers reach the desk under a name of a proxy, which then has TLS."""
    return request.url.hostname not in LOCAL_HOSTS
