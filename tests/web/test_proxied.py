"""The real desk behind a proxy that vouches for people, in a browser."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.unit.review import desks
from tests.unit.review.proxying import HEADER, KEY, claims, token

from .proxy import Proxy

pytestmark = [pytest.mark.slow]

type Comes = Callable[[str], Page]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose desk trusts a proxy, as docs/operations.md says to set it up."""
    made = desks.workspace(tmp_path_factory.mktemp("web") / "study")
    key = made / "keys" / "proxy.key"
    key.write_bytes(KEY + b"\n")
    key.chmod(0o600)
    told = made / "config" / "deid.yaml"
    text = told.read_text(encoding="utf-8")
    for name, value in (("header", HEADER), ("key_file", "keys/proxy.key")):
        lines = [each for each in text.splitlines() if each.startswith(f"    {name}:")]
        assert len(lines) == 1
        text = text.replace(lines[0], f"    {name}: {value}")
    told.write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def proxy(address: str) -> Iterator[str]:
    """Where the proxy before the desk listens."""
    with Proxy(address) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.address
        server.shutdown()


@pytest.fixture
def comes(browser: Browser, proxy: str) -> Iterator[Comes]:
    """Somebody at a browser of their own, signed in at the proxy."""
    contexts = []

    def person(name: str) -> Page:
        known = {"username": name, "password": "of the trust", "origin": proxy}
        context = browser.new_context(http_credentials=known)  # type: ignore[arg-type] # a TypedDict
        contexts.append(context)
        page = context.new_page()
        page.goto(proxy)
        return page

    yield person
    for context in contexts:
        context.close()


def faults(page: Page) -> int:
    """How much axe finds."""
    return Axe().run(page).violations_count


def goes_on(page: Page, name: str) -> None:
    """The one click."""
    with page.expect_event("load"):
        page.get_by_role("button", name=f"Go on as {name}").click()
    expect(page.locator("h1")).to_have_text("Queue")


def test_people_come_through_the_proxy_and_vote_with_their_own_password(
    comes: Comes, proxy: str
) -> None:
    """One click each; filters, scripts and forms work as ever; the vote asks once more."""
    rita, carl = comes("rita"), comes("carl")
    assert faults(carl) == 0
    goes_on(carl, "carl")
    goes_on(rita, "rita")
    carl.goto(f"{proxy}/?show=all&type=PERSON")
    expect(carl.locator("tbody tr")).to_have_count(2)
    rita.goto(f"{proxy}/releases/new")
    rita.check("#which-all")
    rita.fill("#purpose", "Thematic analysis")
    rita.get_by_role("button", name="Ask for the release").click()
    rita.wait_for_url("**/releases/r-*")
    carl.goto(rita.url)
    carl.get_by_role("button", name="Look at what would leave").click()
    assert faults(carl) == 0
    carl.check("#approve")
    carl.fill("#vote-password", "of the trust, no")
    carl.get_by_role("button", name="Vote", exact=True).click()
    expect(carl.locator("main")).to_contain_text("Name and password were not accepted")
    carl.goto(rita.url)
    carl.get_by_role("button", name="Look at what would leave").click()
    carl.check("#approve")
    carl.fill("#vote-password", desks.PASSWORD)
    carl.get_by_role("button", name="Vote", exact=True).click()
    expect(carl.locator("dl")).to_contain_text("1 of 2 are in")


def test_whoever_the_desk_does_not_know_is_told_so(comes: Comes) -> None:
    """And is offered nothing."""
    page = comes("stranger")
    expect(page.locator("main")).to_contain_text("was not accepted here (unknown)")
    assert page.get_by_role("button").count() == 0
    assert faults(page) == 0


def test_past_the_proxy_nothing_opens(address: str, proxy: str) -> None:
    """Nor does a word that a browser brings along."""
    assert httpx.get(f"{address}/sign-in").status_code == 401
    brought = {HEADER: token(claims("carl"), key=b"x" * 64)}
    assert httpx.get(f"{address}/sign-in", headers=brought).status_code == 401
    told = httpx.get(f"{proxy}/sign-in", headers=brought, auth=("stranger", ""))
    assert told.status_code == 401
    assert "unknown" in told.text
