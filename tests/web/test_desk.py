"""The desk in a browser: two people approve, a release is built and verified; axe on each page."""

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, expect

from deid.audit import EventType, read
from tests.unit.review import desks
from tests.unit.review.test_releases import EVALUATION

from .conftest import SignIn

pytestmark = [pytest.mark.slow, pytest.mark.model]
LOOKED = (EventType.REVIEW_LOOKED_AGAIN,)


def faults(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA, and its own best practices."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']} at {node['target']}: {each['help']}"
        for each in found
        for node in each["nodes"]
    ]


def report() -> FilePayload:
    """What `deid evaluate --report` writes, as far as a bundle takes it."""
    data = json.dumps(EVALUATION).encode()
    return {"name": "evaluation.json", "mimeType": "application/json", "buffer": data}


def ask(page: Page, address: str) -> str:
    """Ask for a release of everything; the address of its page."""
    page.goto(f"{address}/releases/new")
    page.check("#which-all")
    page.fill("#purpose", "Thematic analysis")
    page.click("text=Ask for the release")
    expect(page.locator("h1")).to_contain_text(re.compile("r-[0-9a-f]{16}"))
    return page.url


def test_from_asking_to_a_verified_bundle(sign_in: SignIn, address: str) -> None:
    """One asks, two others look and vote, the first builds; anybody verifies, and signs out."""
    rita, carl, kim, eve = map(sign_in, ("rita", "carl", "kim", "eve"))
    release = ask(rita, address)
    assert rita.locator("text=Look at what would leave").count() == 0
    for checker in (carl, kim):
        checker.goto(release)
        checker.click("text=Look at what would leave")
        checker.check("#approve")
        checker.get_by_role("button", name="Vote", exact=True).click()
    expect(carl.locator("dl")).to_contain_text("1 of 2 are in")
    rita.goto(release)
    rita.set_input_files("#evaluation", files=[report()])
    assert faults(rita) == []
    rita.click("text=Build the bundle")
    rita.wait_for_url(re.compile("/releases/"), timeout=150_000)
    eve.goto(release)
    expect(eve.locator("#measured-caption")).to_contain_text("On 1000 words")
    assert faults(eve) == []
    eve.click("text=Verify the bundle")
    expect(eve.locator("h1")).to_have_text("The bundle holds")
    eve.goto(f"{address}/audit")
    expect(eve.locator(".desk-unknown")).to_contain_text("Not verified since")
    eve.get_by_role("button", name="Verify the log now").click()
    expect(eve.locator("h1")).to_have_text("The log holds")
    assert faults(eve) == []
    eve.goto(f"{address}/audit")
    expect(eve.locator(".desk-holds")).to_contain_text("eve verified it")
    assert faults(eve) == []
    eve.click("text=Sign out")
    eve.goto(release)
    expect(eve).to_have_url(f"{address}/sign-in")


def test_the_author_of_a_request_does_not_vote(sign_in: SignIn, address: str) -> None:
    """Whatever roles they have: the page offers nothing, and the form is refused."""
    release = ask(sign_in("rita"), address)
    checker = sign_in("carl")
    checker.goto(release)
    token = checker.locator("input[name=csrf]").first.get_attribute("value")
    author = sign_in("rita")
    author.goto(release)
    form = {"csrf": token or "", "decision": "approve"}
    answer = author.request.post(f"{release}/vote", form=form)
    assert answer.status == 403


@pytest.mark.parametrize(
    ("person", "path"),
    [
        ("carl", "/"),
        ("carl", "/?show=all"),
        ("carl", "/transcripts/FIRST"),
        ("carl", "/transcripts/THIRD"),
        ("carl", "/transcripts/FIRST/identities"),
        ("rita", "/releases"),
        ("rita", "/releases/new"),
        ("eve", "/audit"),
        ("eve", "/audit/verified"),
        ("eve", "/audit/events"),
        ("eve", "/audit/redactions"),
        ("eve", "/audit/reports/FIRST"),
        ("eve", "/nowhere"),
    ],
)
def test_every_page_is_accessible(
    sign_in: SignIn, address: str, root: Path, person: str, path: str
) -> None:
    """Axe finds nothing; nothing is asked of another host; no script of data runs."""
    page = sign_in(person)
    elsewhere: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url))
    page.on("dialog", lambda dialog: elsewhere.append(f"dialog {dialog.message}"))
    known = desks.ids(root)
    page.goto(address + path.replace("FIRST", known["1.txt"]).replace("THIRD", known["3.txt"]))
    assert faults(page) == []
    assert not [each for each in elsewhere if not each.startswith(address)]


def test_a_fresh_look_leads_to_what_is_left(sign_in: SignIn, address: str, root: Path) -> None:
    """The button starts it, a bar shows how far it is, the transcript says in which turn."""
    page = sign_in("carl")
    page.get_by_role("button", name="Look again now").click()
    page.wait_for_url(f"{address}/", timeout=150_000)
    expect(page.get_by_text("not looked at again")).to_have_count(0)
    assert faults(page) == []
    first = page.locator("tbody tr").first  # Bramhall was missed in it
    expect(first.locator("td").nth(5)).to_have_text("1")
    first.locator("th a").click()
    expect(page.locator(".transcript-residual")).to_contain_text("found something in turn 0")
    assert faults(page) == []
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.dataset.turn") == "0"
    assert len(list(read(root / "audit" / "events.jsonl", types=LOOKED))) == len(desks.ids(root))


def test_the_sign_in_is_accessible(sign_in: SignIn, address: str) -> None:
    """Empty, and with a problem told."""
    page = sign_in("nobody")
    assert "There is a problem" in page.inner_text("main")
    assert faults(page) == []
    page.goto(f"{address}/sign-in")
    assert faults(page) == []


def test_the_queue_is_used_with_the_keyboard_alone(sign_in: SignIn) -> None:
    """The first stop skips to the content; every stop shows where it is."""
    page = sign_in("carl")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    page.keyboard.press("Enter")
    page.wait_for_url("**#maincontent")
    seen = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.tagName"))
        if "BODY" in seen:  # past the last stop
            break
        shown = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return s.boxShadow !== 'none' || s.outlineStyle !== 'none'; })()"
        )
        assert shown
    assert "A" in seen
