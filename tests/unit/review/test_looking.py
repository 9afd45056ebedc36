"""A fresh look at what was written: counted by turn, kept with the output it belongs to."""

import re
import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from deid import freshlook, overview
from deid.audit import EventType, read
from deid.deciding import Wanted, open_deciding
from deid.decisions import Kind, Reach
from deid.errors import ReviewError
from deid.freshlook import look
from deid.overview import Show
from deid.review.desk import Desk
from deid.review.jobs import Jobs
from deid.transcript import Detection, EntityType, Part, Place, Transcript

from . import desks
from .test_transcript import NEEDLESS, at, done, opened


@pytest.fixture
def finds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Words that detection finds now, to be changed by the test; there is no model here."""
    words = ["Bramhall"]

    def detect(transcript: Transcript) -> Iterator[Detection]:
        for turn in transcript.turns:
            for word in words:
                for match in re.finditer(re.escape(word), turn.text):
                    place = Place(turn.number, Part.TEXT, *match.span())
                    yield Detection(place, EntityType.PERSON, 0.9, "test", "word")

    monkeypatch.setattr(freshlook, "detector_of", lambda *_: SimpleNamespace(detect=detect))
    return words


def looked(desk: Desk) -> list[tuple[int, int]]:
    """Look at whatever is due; what it told on the way."""
    return list(look(desk.root, None, actor="carl"))


def residuals(desk: Desk) -> dict[str, tuple[int, ...] | None]:
    """File name to the turns that a fresh look found something in."""
    with opened(desk) as vault:
        told = {name: overview.get(vault, each) for name, each in desks.ids(desk.root).items()}
    return {name: each.residual_turns if each else None for name, each in told.items()}


def test_what_is_left_is_kept_by_turn_with_its_event(own: Desk, finds: list[str]) -> None:
    """Once for each output; the second look has nothing to do."""
    finds.append("roast")
    assert looked(own) == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert residuals(own) == {"1.txt": (0,), "2.txt": (0,), "3.txt": ()}
    events = list(read(own.workspace.events, types=(EventType.REVIEW_LOOKED_AGAIN,)))
    assert {each.actor for each in events} == {"carl"}
    assert {each.subject: each.facts["residual"] for each in events} == {
        desks.ids(own.root)[name]: found
        for name, found in {"1.txt": 1, "2.txt": 1, "3.txt": 0}.items()
    }
    assert looked(own) == [(0, 0)]


@pytest.mark.usefixtures("finds")
def test_what_still_holds_something_comes_first(carl: TestClient, own: Desk) -> None:
    """The button is there until everything was looked at; page and queue say where it is."""
    assert "3 transcripts were not looked at" in carl.get("/").text
    page = done(carl, "/look-again")
    assert "not looked at again" not in page
    known = desks.ids(own.root)
    with opened(own) as vault:
        order = [each.transcript_id for each in overview.queue(vault, Show.WAITING, limit=9)]
    assert order[-1] == known["3.txt"]
    assert re.search(r"found something in turn <a href=\"#turn-0\">0</a>", carl.get(at(own)).text)
    assert "found nothing more" in carl.get(at(own, "3.txt")).text


@pytest.mark.usefixtures("finds")
def test_a_look_belongs_to_the_output_that_was_looked_at(carl: TestClient, own: Desk) -> None:
    """Done again, a transcript is unlooked-at again; the others keep theirs."""
    looked(own)
    done(carl, at(own, more="/decisions"), reach="here", **NEEDLESS)
    assert residuals(own) == {"1.txt": None, "2.txt": (0,), "3.txt": ()}
    assert "1 transcript was not looked at" in carl.get("/").text


def test_what_a_person_left_standing_is_no_finding(
    carl: TestClient, own: Desk, finds: list[str]
) -> None:
    """As at a release's own look."""
    finds[:] = ["Sunday"]
    done(carl, at(own, more="/decisions"), reach="here", **NEEDLESS)
    looked(own)
    assert residuals(own)["1.txt"] == ()


def test_what_changes_meanwhile_is_left_for_the_next_look(
    own: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decision made while detection reads: nothing is kept of it and nothing is told."""
    first = desks.ids(own.root)["1.txt"]
    asked = Wanted(Kind.KEEP, Reach.HERE, first, Place(1, Part.TEXT, 7, 13), EntityType.PERSON)

    def detect(transcript: Transcript) -> Iterator[Detection]:
        if "Oyelaran" not in transcript.turns[0].text and "met" in transcript.turns[0].text:
            with open_deciding(own.root, is_common=str.islower, hasher=desks.HASHER) as deciding:
                deciding.decide(deciding.accounts.get("carl"), asked)
        yield from ()

    monkeypatch.setattr(freshlook, "detector_of", lambda *_: SimpleNamespace(detect=detect))
    assert looked(own)[-1] == (3, 3)
    assert residuals(own) == {"1.txt": None, "2.txt": (), "3.txt": ()}
    events = read(own.workspace.events, types=(EventType.REVIEW_LOOKED_AGAIN,))
    assert first not in {each.subject for each in events}


@pytest.mark.usefixtures("finds")
def test_one_that_cannot_be_read_keeps_none_and_the_rest_is_done(own: Desk) -> None:
    """It is named by its id, and stays to be looked at."""
    broken = desks.ids(own.root)["2.txt"]
    path = own.workspace.staging / "turns" / f"{broken}.parquet"
    path.write_bytes(path.read_bytes() + b"x")
    steps = look(own.root, None, actor="carl")
    with pytest.raises(ReviewError, match=f"1 of 3 could not be looked at; first: .*{broken}"):
        list(steps)
    assert residuals(own) == {"1.txt": (0,), "2.txt": None, "3.txt": ()}


def test_long_work_lets_other_work_go_before_its_next_step() -> None:
    """Whoever decides something does not wait for ten thousand transcripts to be looked at."""
    jobs, order, begun, queued = Jobs(), list[str](), threading.Event(), threading.Event()

    def steps() -> Iterator[tuple[int, int]]:
        begun.set()
        assert queued.wait(20)
        for number in range(3):
            order.append("step")
            yield number, 3

    jobs.start_in_turns("carl", "/", (each for each in steps()), title="Long")
    assert begun.wait(20)
    job = jobs.start("kim", "/", lambda _report: order.append("decision"))
    queued.set()
    ended = threading.Event()
    for _ in range(4):
        jobs.start("kim", "/", lambda _report: None)
    jobs.start("kim", "/", lambda _report: ended.set())
    assert ended.wait(20)
    jobs.close()
    assert order[:3] == ["step", "decision", "step"]
    told = jobs.get(job.id, "kim")
    assert told
    assert told.ended


def test_work_that_is_cut_off_gives_back_what_it_holds() -> None:
    """In the thread that took it, however many steps are left."""
    jobs, held, where = Jobs(), threading.Event(), list[int]()

    def steps() -> Iterator[tuple[int, int]]:
        try:
            for number in range(1_000_000):
                held.set()
                yield number, 1_000_000
        finally:
            where.append(threading.get_ident())

    first = list[int]()
    jobs.start("carl", "/", lambda _report: first.append(threading.get_ident()))
    jobs.start_in_turns("carl", "/", (each for each in steps()), title="Endless")
    assert held.wait(20)
    jobs.close()
    assert where == first
