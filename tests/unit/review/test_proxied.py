"""The desk behind a trust's reverse proxy: whose pages these are, and what a vote rests on."""

import re
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from deid.accounts import Role
from deid.audit import Event, EventType, read
from deid.review import create_app
from deid.review.assertion import Assertions
from deid.review.desk import Desk
from deid.review.visit import Page
from deid.settings import ProxySettings

from . import desks
from .proxying import HEADER, KEY, claims, token
from .test_guard import EACH_PAGE, address

SHARED = ProxySettings(header=HEADER, key_file=Path("proxy.key"))


class Proxied(httpx.Auth):
    """Signs every request, as a proxy at which somebody signed in would."""

    def __init__(self, account: str) -> None:
        self.account = account

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        """The request with the proxy's word for it."""
        asked = {"method": request.method, "target": request.url.raw_path.decode()}
        if self.account:
            request.headers[HEADER] = token(claims(self.account, at=time.time(), **asked))
        yield request


@pytest.fixture
def behind(own: Desk) -> Desk:
    """A desk that trusts a proxy."""
    own.proxy = Assertions(SHARED, KEY)
    return own


@pytest.fixture
def browser(behind: Desk) -> Iterator[TestClient]:
    """A browser before it, at the proxy as nobody."""
    with TestClient(
        create_app(behind), base_url="http://localhost", follow_redirects=False
    ) as client:
        yield client


def comes(client: TestClient, name: str) -> int:
    """Come as somebody, and go on as them; the status (303 when it worked)."""
    client.auth = Proxied(name)
    page = client.get("/sign-in")
    if page.status_code != 200:
        return page.status_code
    return client.post("/sign-in", data={"csrf": desks.token(page.text)}).status_code


def refused(desk: Desk) -> list[Event]:
    """The refusals on record."""
    return list(read(desk.workspace.events, types=(EventType.ACCOUNT_REFUSED,)))


def test_whoever_the_proxy_vouches_for_goes_on_with_a_click(browser: TestClient) -> None:
    """No password is asked; the roles are the vault's; forms keep their token."""
    browser.auth = Proxied("carl")
    page = browser.get("/sign-in").text
    assert "Go on as carl" in page
    assert "password" not in page
    assert browser.get("/").headers["location"] == "/sign-in"
    assert browser.post("/sign-in", data={"csrf": "x"}).status_code == 403
    assert comes(browser, "carl") == 303
    assert "carl</span>" in browser.get("/?show=all&type=PERSON").text
    assert browser.get("/sign-in").headers["location"] == "/"
    assert browser.get("/releases/new").status_code == 403
    assert browser.post("/look-again", data={"csrf": "x"}).status_code == 403


@pytest.mark.parametrize("name", ["", "nobody", "../adm", "carl@trust.example"])
def test_whoever_has_no_account_is_refused_on_record(
    browser: TestClient, behind: Desk, name: str
) -> None:
    """Unsigned or unknown; the log names no account that there is not."""
    assert comes(browser, name) == 401
    assert "Go on as" not in browser.get("/sign-in").text
    events = refused(behind)
    assert [each.facts["account"] for each in events] == [None, None]
    assert {each.facts["reason"] for each in events} == {"unknown" if name else "unsigned"}
    assert {each.actor for each in events} == {"deid"}


def test_a_password_does_not_help_past_the_proxy(browser: TestClient, behind: Desk) -> None:
    """Whoever reaches the desk's own port is nobody there."""
    page = browser.get("/sign-in")
    data = {"name": "carl", "password": desks.PASSWORD, "csrf": desks.token(browser_form(page))}
    assert browser.post("/sign-in", data=data).status_code == 401
    assert behind.sessions.find(browser.cookies.get("deid-session", "")) is None


def browser_form(page: httpx.Response) -> str:
    """A form as it was before this mode, with the token that the page's cookie asks for."""
    (before,) = re.findall(r"deid-before=([^;]+)", page.headers["set-cookie"])
    return f'name="csrf" value="{before}"'


def test_an_account_that_may_not_act_is_refused(browser: TestClient, behind: Desk) -> None:
    """Disabled, or locked by wrong passwords at its votes; the log says which account."""
    with behind.accounts() as accounts:
        admin = accounts.authenticate("adm", desks.PASSWORD)
        for name in ("zoe", "lou"):
            accounts.add(name, desks.PASSWORD, roles=[Role.CHECKER], by=admin)
        assert comes(browser, "zoe") == 303
        accounts.disable("zoe", by=admin)
        for _ in range(5):
            with pytest.raises(Exception, match="not accepted"):
                accounts.authenticate("lou", "wrong horse battery")
    assert browser.get("/").headers["location"] == "/sign-in"
    before = len(refused(behind))
    browser.cookies.clear()
    assert comes(browser, "zoe") == comes(browser, "lou") == 401
    told = [(each.facts["account"], each.facts["reason"]) for each in refused(behind)[before:]]
    assert told == [("zoe", "disabled"), ("lou", "locked")]


@EACH_PAGE
def test_a_session_without_the_proxys_word_opens_nothing(
    page: Page, browser: TestClient, behind: Desk
) -> None:
    """A cookie that was taken along is not enough, nor is the word for somebody else."""
    for name in ("", "kim"):
        assert comes(browser, "carl") == 303
        browser.auth = Proxied(name)
        answer = browser.request(page.method, address(page, behind))
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
        assert not answer.content
        browser.cookies.clear()


def test_somebody_else_at_the_same_browser_is_somebody_else(browser: TestClient) -> None:
    """The session was carl's; whoever signed in at the proxy since goes on as themselves."""
    assert comes(browser, "carl") == 303
    browser.auth = Proxied("kim")
    assert browser.get("/").headers["location"] == "/sign-in"
    assert comes(browser, "kim") == 303
    assert "kim</span>" in browser.get("/").text


def test_refusals_are_slowed_down(browser: TestClient, behind: Desk) -> None:
    """And the log does not grow with each of them."""
    statuses = [comes(browser, "") for _ in range(22)]
    assert statuses[-1] == 429
    assert len(refused(behind)) == 20
    assert comes(browser, "carl") == 429


def test_a_vote_rests_on_the_password_of_whoever_votes(browser: TestClient, behind: Desk) -> None:
    """So that neither the proxy nor whoever has its key can approve as two people."""
    assert comes(browser, "rita") == 303
    csrf = desks.token(browser.get("/").text)
    asked = {"which": "all", "recipient": "University of Example", "purpose": "Analysis"}
    release = browser.post("/releases", data={"csrf": csrf, **asked}).headers["location"]
    browser.cookies.clear()
    assert comes(browser, "carl") == 303
    csrf = desks.token(browser.get("/").text)
    page = browser.post(f"{release}/review", data={"csrf": csrf}).text
    assert "Your password at this desk" in page
    for password in ("", "wrong horse battery"):
        vote = {"csrf": csrf, "decision": "approve", "password": password}
        answer = browser.post(f"{release}/vote", data=vote)
        assert (answer.status_code, "were not accepted" in answer.text) == (409, True)
    assert [each.facts["account"] for each in refused(behind)] == ["carl", "carl"]
    assert "0 of 2 are in" in browser.get(release).text
    vote = {"csrf": csrf, "decision": "approve", "password": desks.PASSWORD}
    assert browser.post(f"{release}/vote", data=vote).status_code == 303
    assert "1 of 2 are in" in browser.get(release).text
