"""Signing in and out, and how long it lasts."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from deid.accounts import Role
from deid.review import create_app
from deid.review.desk import Desk
from deid.review.sessions import LONGEST, Sessions

from . import desks


def test_a_name_and_its_password_lead_to_the_queue(client: TestClient) -> None:
    """With a cookie that scripts and other sites cannot use."""
    page = client.get("/sign-in")
    data = {"name": "carl", "password": desks.PASSWORD, "csrf": desks.token(page.text)}
    answer = client.post("/sign-in", data=data)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = next(v for v in answer.headers.get_list("set-cookie") if "deid-session" in v)
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert client.get("/").status_code == 200


def test_behind_a_proxy_the_cookie_needs_tls(desk: Desk) -> None:
    """Under the name that was allowed; under any other the desk does not answer."""
    app = create_app(desk, hosts=["desk.example.org"])
    with TestClient(app, base_url="http://desk.example.org") as browser:
        cookies = browser.get("/sign-in").headers.get_list("set-cookie")
        assert cookies
        assert all("Secure" in each for each in cookies)
        assert browser.get("/sign-in", headers={"host": "other.example.org"}).status_code == 400


@pytest.mark.parametrize(
    ("name", "password"), [("carl", "wrong horse battery"), ("nobody", desks.PASSWORD), ("", "")]
)
def test_what_was_wrong_is_not_told(client: TestClient, name: str, password: str) -> None:
    """The same page for a wrong name and a wrong password; the password is not in it."""
    page = client.get("/sign-in")
    answer = client.post(
        "/sign-in", data={"name": name, "password": password, "csrf": desks.token(page.text)}
    )
    assert answer.status_code == 401
    assert "Name and password were not accepted" in answer.text
    assert not password or password not in answer.text


def test_many_attempts_are_slowed_down(client: TestClient) -> None:
    """Whatever the names; a right password does not help meanwhile."""
    statuses = [desks.sign_in(client, f"nobody{n}") for n in range(21)]
    assert statuses[-1] == 429
    assert desks.sign_in(client, "carl") == 429


def test_a_form_that_was_not_ours_signs_nobody_in(client: TestClient) -> None:
    """Signing somebody in under another's account is an attack, too."""
    data = {"name": "carl", "password": desks.PASSWORD, "csrf": "x"}
    assert client.post("/sign-in", data=data).status_code == 403
    assert client.get("/").status_code == 303


def test_signing_out_ends_the_session(client: TestClient) -> None:
    """On the server: the old cookie opens nothing."""
    desks.sign_in(client, "carl")
    cookie = client.cookies["deid-session"]
    client.post("/sign-out", data={"csrf": desks.token(client.get("/").text)})
    client.cookies.set("deid-session", cookie)
    assert client.get("/").status_code == 303


def test_a_disabled_account_is_out_at_once(client: TestClient, desk: Desk) -> None:
    """Asked of the vault at each page, whatever the session says."""
    with desk.accounts() as accounts:
        admin = accounts.authenticate("adm", desks.PASSWORD)
        accounts.add("zoe", desks.PASSWORD, roles=[Role.CHECKER], by=admin)
        desks.sign_in(client, "zoe")
        assert client.get("/").status_code == 200
        accounts.disable("zoe", by=admin)
    assert_out(client)


def test_another_password_ends_the_sessions_before_it(carl: TestClient, own: Desk) -> None:
    """Whoever holds an old cookie is out at once; whoever signs in with the new password stays."""
    old, new = carl.cookies["deid-session"], f"another {desks.PASSWORD}"
    with own.accounts() as accounts:
        admin = accounts.authenticate("adm", desks.PASSWORD)
        accounts.set_password("carl", new, by=admin)
    assert_out(carl)
    assert desks.sign_in(carl, "carl", new) == 303
    cookie = carl.cookies["deid-session"]
    carl.cookies.set("deid-session", old, domain="localhost.local")
    assert_out(carl)
    carl.cookies.set("deid-session", cookie, domain="localhost.local")
    assert carl.get("/").status_code == 200


def assert_out(client: TestClient) -> None:
    """No page opens, and the page to sign in on is the one to sign in on."""
    answer = client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert 'name="password"' in client.get("/sign-in").text


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The time now."""
        return self.now


def test_a_session_ends_when_nobody_uses_it() -> None:
    """Every use makes it last; a quarter of an hour without ends it."""
    clock = Clock()
    sessions = Sessions(clock=clock)
    token = sessions.begin("carl", "mark")
    for _ in range(3):
        clock.now += timedelta(minutes=14)
        assert sessions.find(token)
    clock.now += timedelta(minutes=16)
    assert sessions.find(token) is None


def test_a_session_ends_with_the_working_day() -> None:
    """However busy."""
    clock = Clock()
    sessions = Sessions(clock=clock)
    token = sessions.begin("carl", "mark")
    while clock.now < datetime(2026, 11, 24, 9, 0, tzinfo=UTC) + LONGEST:
        assert sessions.find(token)
        clock.now += timedelta(minutes=10)
    clock.now += timedelta(minutes=1)
    assert sessions.find(token) is None


def test_the_token_is_not_kept() -> None:
    """Whoever reads the process's sessions cannot take one over."""
    sessions = Sessions()
    token = sessions.begin("carl", "mark")
    assert token not in repr(vars(sessions))
    session = sessions.find(token)
    assert session
    assert session.csrf not in repr(session)
