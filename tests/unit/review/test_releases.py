"""From asking to a bundle, through the pages: different people, each with their own browser."""

import json
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from deid.detect.engine import Detector
from deid.release import State
from deid.review import create_app
from deid.review.desk import Desk
from deid.review.diagram import PLACES, drawn

from . import desks

type People = dict[str, TestClient]
PERSON = {"caught": 9, "total": 10, "recall": 0.9, "precision": None, "interval": [0.6, 0.98]}
EVALUATION = {
    "systems": [
        {
            "types": {"PERSON": PERSON},
            "words": 1000,
            "missed_per_10000_words": 10.0,
            "plain_words_removed_share": None,
        }
    ]
}


@pytest.fixture
def root(prepared: Path, tmp_path: Path) -> Path:
    """A workspace of its own."""
    return Path(shutil.copytree(prepared, tmp_path / "study"))


@pytest.fixture
def people(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[People]:
    """Everybody signed in; a fresh look at the output finds nothing: there is no model here."""
    monkeypatch.setattr(Detector, "__init__", lambda *_: None)
    monkeypatch.setattr(Detector, "detect", lambda *_: ())
    desk = Desk(root, hasher=desks.HASHER)
    app = create_app(desk)
    with ExitStack() as stack:
        signed_in = {}
        for name in ("rita", "carl", "kim", "eve"):
            browser = TestClient(app, base_url="http://localhost", follow_redirects=True)
            signed_in[name] = stack.enter_context(browser)
            desks.sign_in(browser, name)
        yield signed_in
    desk.close()


def send(browser: TestClient, path: str, **fields: object) -> str:
    """Send a form as its page would; the text of the page that it leads to."""
    csrf = desks.token(browser.get("/").text)
    return browser.post(path, data={"csrf": csrf, **fields}).text


def waited(browser: TestClient, address: str, words: str) -> str:
    """A page once it says something; as it is after ten seconds without."""
    for _ in range(100):
        page = browser.get(address).text
        if words in page:
            break
        time.sleep(0.1)
    return page


def asked(people: People) -> str:
    """A release of everything that is finished; its address."""
    page = send(
        people["rita"],
        "/releases",
        which="all",
        recipient="University of Example",
        purpose="Thematic analysis",
    )
    found = re.search(r"Release <code>(r-[0-9a-f]{16})", page)
    assert found
    return f"/releases/{found[1]}"


def test_from_asking_to_a_verified_bundle(people: People, root: Path) -> None:
    """Two look and approve, the releaser builds, anybody verifies; a changed byte is named."""
    address = asked(people)
    for name in ("carl", "kim"):
        seen = send(people[name], f"{address}/review")
        assert "What would leave" in seen
        assert "Bramhall" not in seen
        assert "carl approves" not in seen
        send(people[name], f"{address}/vote", decision="approve")
    assert "carl approves, kim approves" in people["eve"].get(address).text
    send(people["rita"], f"{address}/build")
    waited(people["rita"], address, "Verify the bundle")
    assert "residual-detections" in people["eve"].get(address).text
    assert (
        people["eve"]
        .get(f"{address}/summary")
        .headers["content-disposition"]
        .startswith("attachment")
    )
    assert "The bundle holds" in people["eve"].get(f"{address}/verified").text
    turns = next((root / "outbox").glob("*/turns/*.parquet"), None) or next(
        (root / "outbox").rglob("*.parquet")
    )
    turns.write_bytes(turns.read_bytes()[:-1] + b"x")
    assert "does not hold" in people["eve"].get(f"{address}/verified").text


def approved(people: People) -> str:
    """A release of everything that both checkers approved; its address."""
    address = asked(people)
    for name in ("carl", "kim"):
        send(people[name], f"{address}/review")
        send(people[name], f"{address}/vote", decision="approve")
    return address


def test_measured_figures_go_into_the_bundle(people: People) -> None:
    """As they were sent; release page, summary and the chart of the audit page show them."""
    address = approved(people)
    csrf = desks.token(people["rita"].get("/").text)
    files = {"evaluation": ("evaluation.json", json.dumps(EVALUATION), "application/json")}
    people["rita"].post(f"{address}/build", data={"csrf": csrf}, files=files)
    assert "Verify the bundle" in waited(people["rita"], address, "Verify the bundle")
    page = people["eve"].get(address).text
    assert "On 1000 words: 10.00 missed" in page
    assert "60.0% to 98.0%" in page
    assert "How well names are found" in people["eve"].get(f"{address}/summary").text
    assert re.search(r"caught, % by version.* 90", people["eve"].get("/audit").text)


@pytest.mark.parametrize("report", [b"<html>Marguerite said</html>", b'{"systems": []}'])
def test_a_report_that_is_none_is_refused_on_its_page(people: People, report: bytes) -> None:
    """Nothing is built, nothing of it is shown, and another can be chosen."""
    address = approved(people)
    csrf = desks.token(people["rita"].get("/").text)
    files = {"evaluation": ("evaluation.html", report, "text/html")}
    answer = people["rita"].post(f"{address}/build", data={"csrf": csrf}, files=files)
    assert answer.status_code == 409
    assert "Evaluation: is not the evaluation.json" in answer.text
    assert "Marguerite" not in answer.text
    assert 'type="file"' in answer.text


def test_a_vote_is_blind_and_one_refusal_rejects(people: People) -> None:
    """The first vote is counted, not shown; a rejection needs its reason."""
    address = asked(people)
    send(people["carl"], f"{address}/review")
    assert "give one line" in send(people["carl"], f"{address}/vote", decision="reject")
    shown = send(people["carl"], f"{address}/vote", decision="reject", reason="A name in turn 3")
    assert "1 of 2 are in; shown when both are" in shown
    assert "A name in turn 3" not in people["kim"].get(address).text
    send(people["kim"], f"{address}/review")
    send(people["kim"], f"{address}/vote", decision="approve")
    assert "carl rejects (“A name in turn 3”)" in people["kim"].get(address).text


def test_what_was_typed_is_kept_when_it_is_refused(people: People) -> None:
    """A purpose with a control character comes back to be corrected, and nothing was asked for."""
    page = send(
        people["rita"],
        "/releases",
        which="chosen",
        recipient="University of Example",
        purpose="Analysis <b>of</b> it",
    )
    assert "ame at least one" in page
    assert "Analysis &lt;b&gt;of&lt;/b&gt; it" in page
    assert "Nothing was asked for yet" in people["rita"].get("/releases").text


def test_nobody_votes_without_having_looked(people: People) -> None:
    """However the form was made."""
    address = asked(people)
    assert "ook first" in send(people["carl"], f"{address}/vote", decision="approve")


def test_a_withdrawn_release_says_so(people: People) -> None:
    """And offers nothing more."""
    address = asked(people)
    page = send(people["rita"], f"{address}/withdraw", reason="The participant withdrew")
    assert "withdrawn" in page
    assert "Withdraw this release" not in page


def test_every_state_has_its_place_in_the_drawing() -> None:
    """And each drawing marks exactly one."""
    assert set(PLACES) == set(State)
    for state in State:
        assert [box.state for box in drawn(state).boxes if box.here] == [state]


def test_only_releasers_are_offered_to_ask(people: People) -> None:
    """A checker sees the list without the button."""
    assert "Ask for a release" in people["rita"].get("/releases").text
    assert "Ask for a release" not in people["carl"].get("/releases").text
