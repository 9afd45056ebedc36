"""The reading room: what was removed and why, who approved, has anything changed."""

import io
import shutil
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from deid.audit import EventType, read
from deid.errors import UsageError
from deid.reporting import html, report_of
from deid.review import create_app
from deid.review.desk import Desk
from deid.site import Site

from . import desks


@pytest.fixture
def eve(client: TestClient) -> TestClient:
    """An auditor's browser."""
    desks.sign_in(client, "eve")
    return client


def run_id(root: Path) -> str:
    """The only run's id."""
    log = root / "audit" / "events.jsonl"
    return next(read(log, types=(EventType.RUN_STARTED,))).run_id


def verified(browser: TestClient) -> str:
    """The page of what was found, once the log was verified anew."""
    csrf = desks.token(browser.get("/audit").text)
    work = browser.post("/audit/verify", data={"csrf": csrf}).url.path
    for _ in range(200):
        answer = browser.get(work)
        if answer.url.path == "/audit/verified":
            break
        time.sleep(0.05)
    return answer.text


def test_an_auditor_sees_runs_and_what_they_replaced(eve: TestClient, prepared: Path) -> None:
    """Counts and no originals."""
    page = eve.get("/audit").text
    assert run_id(prepared)[:8] in page
    assert "PERSON" in page
    assert "Oyelaran" not in page


def test_the_log_is_verified_on_demand_and_the_first_broken_line_named(
    prepared: Path, tmp_path: Path
) -> None:
    """On a copy with one altered byte."""
    root = Path(shutil.copytree(prepared, tmp_path / "study"))
    desk = Desk(root, hasher=desks.HASHER)
    with TestClient(create_app(desk), base_url="http://localhost") as browser:
        desks.sign_in(browser, "eve")
        assert "Not verified since" in browser.get("/audit").text
        assert "was not verified yet" in browser.get("/audit/verified").text
        assert "The log holds" in verified(browser)
        assert "The log held" in browser.get("/audit").text
        log = root / "audit" / "events.jsonl"
        lines = log.read_bytes().splitlines(keepends=True)
        lines[2] = lines[2].replace(b'"deid"', b'"dejd"', 1)
        log.write_bytes(b"".join(lines))
        for page in (verified(browser), browser.get("/audit").text):
            assert "events.jsonl, line 3" in page
        assert "does not hold" in browser.get("/audit/verified").text
    desk.close()


def test_events_are_found_by_filter(eve: TestClient) -> None:
    """By type and person; another person has none of them."""
    page = eve.get("/audit/events?type=account.added&actor=adm").text
    assert page.count("<td>account.added</td>") == len(desks.ROLES)
    assert "No event matches" in eve.get("/audit/events?type=account.added&actor=eve").text


@pytest.mark.parametrize("query", ["since=yesterday", "type=nonsense", "page=-3", "page=x"])
def test_a_filter_that_makes_no_sense_is_left_out(eve: TestClient, query: str) -> None:
    """The page is there, and says nothing of what was typed wrongly."""
    assert eve.get(f"/audit/events?{query}").status_code == 200


def test_redactions_tell_the_rule_and_not_the_words(eve: TestClient, prepared: Path) -> None:
    """By transcript, by recogniser, by who decided."""
    first = desks.ids(prepared)["1.txt"]
    page = eve.get(f"/audit/redactions?transcript={first}").text
    assert "fake" in page
    assert "bars" in page
    assert "Sunday" not in page
    assert "No redaction matches" in eve.get("/audit/redactions?decided=person").text
    assert "No redaction matches" in eve.get("/audit/redactions?recogniser=ner").text
    assert "3 match" in eve.get("/audit/redactions?since=2020-01-01").text
    assert "No redaction matches" in eve.get("/audit/redactions?until=2020-01-01").text
    assert "3 match" in eve.get("/audit/redactions?since=long+ago").text


@pytest.mark.parametrize("what", ["events", "redactions"])
def test_rows_are_taken_away_without_keyed_digests_of_originals(eve: TestClient, what: str) -> None:
    """As CSV and as Parquet, the same number of rows."""
    text = eve.get(f"/audit/{what}?as=csv").text
    table = pq.read_table(io.BytesIO(eve.get(f"/audit/{what}?as=parquet").content))
    assert len(text.splitlines()) == table.num_rows + 1
    assert table.num_rows > 0
    assert "original_hmac" not in text
    assert "original_hmac" not in table.column_names
    assert eve.get(f"/audit/{what}?as=exe").status_code == 409


def test_a_report_is_one_page_that_needs_nothing_else(prepared: Path, eve: TestClient) -> None:
    """Of a run and of a transcript; no original, no reference to anything outside."""
    site = Site.open(prepared)
    for what in (run_id(prepared), desks.ids(prepared)["1.txt"]):
        told = report_of(prepared, what, study="LWT", public_key=site.keys.public_key)
        page = html(told)
        assert "The audit log held" in page
        assert "http" not in page.replace("http-equiv", "")
        assert "Oyelaran" not in page
        assert "src=" not in page
        shown = eve.get(f"/audit/reports/{what}")
        assert "The log holds" in shown.text
        away = eve.get(f"/audit/reports/{what}?as=html")
        assert away.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("what", ["t-0000000000000000", "../../etc/passwd", "r-00", "x"])
def test_a_report_of_nothing_known_is_refused(prepared: Path, what: str) -> None:
    """Whatever was asked for is not repeated."""
    site = Site.open(prepared)
    with pytest.raises(UsageError) as refused:
        report_of(prepared, what, study="LWT", public_key=site.keys.public_key)
    assert what not in str(refused.value) or what == "x"
