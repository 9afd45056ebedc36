"""deid.morning and deid.advice: the same answers from the log as from the run, and one for all."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from deid.advice import FOR_WAITING, FOR_WITHHELD
from deid.audit import AuditLog, EventType
from deid.errors import Reason
from deid.inbox import Waiting
from deid.items import Item, Why
from deid.morning import last_run, planned_rows, planned_sentence, rows, why
from deid.plan import Plan
from deid.run import open_run
from deid.site import Site
from deid.summary import Summary

RUN = "7c0d5f1e-0000-4000-8000-000000000001"


def test_every_reason_has_an_answer() -> None:
    """Whatever withholds a transcript or keeps a file waiting, a person is told what to do."""
    assert FOR_WITHHELD.keys() == set(Reason)
    assert FOR_WAITING.keys() == set(Waiting)
    assert all(map(why, Why))


def test_the_log_tells_what_the_run_told(blank: Path) -> None:
    """Counts, waiting files and the head, as the run itself had them."""
    (blank / "inbox" / "half.txt.part").write_text("INT: Hel", encoding="utf-8")
    with open_run(blank, run_id=RUN) as run:
        told = run.close()
    last = last_run(Site.open(blank).workspace.events)
    assert last is not None
    assert last.summary is not None
    assert last.ended is not None
    assert dict(last.summary.waiting) == dict(told.waiting) == {"partial": 1}
    assert (last.run_id, last.summary.head) == (RUN, told.head)
    assert last.summary.sentence() == told.sentence()
    assert list(rows(last.summary))[:-1] == list(rows(told))[:-1]  # the last are the minutes


def test_a_run_that_lasts_or_was_killed_has_no_counts(blank: Path) -> None:
    """It began; nobody can say yet what became of it."""
    with open_run(blank, run_id=RUN):
        pass
    last = last_run(Site.open(blank).workspace.events)
    assert last is not None
    assert (last.run_id, last.ended, last.summary) == (RUN, None, None)
    assert last.began.tzinfo is not None


def test_no_run_yet(blank: Path) -> None:
    """A new workspace has none."""
    assert last_run(Site.open(blank).workspace.events) is None


def test_events_of_an_older_program_have_fewer_counts(blank: Path) -> None:
    """A log of before goes on being read."""
    site = Site.open(blank)
    log = AuditLog(site.workspace.events, site.keys, clock=lambda: datetime.now(UTC))
    log.append(EventType.RUN_STARTED, actor="deid", subject=RUN, run_id=RUN)
    facts = {"written": 2, "unchanged": 1, "withheld": {"leak": 1}, "words": 7}
    log.append(EventType.RUN_FINISHED, actor="deid", subject=RUN, run_id=RUN, facts=facts)
    last = last_run(log.path)
    assert last is not None
    assert last.summary is not None
    assert last.summary.sentence() == "2 written, 1 unchanged, 1 withheld (leak 1)"


@pytest.mark.parametrize(
    ("summary", "row"),
    [
        (Summary("r", due={"new": 2, "asked": 1}), ("To do", "3 (2 new, 1 asked for)")),
        (Summary("r", withheld={Reason.LEAK: 1200}), ("Withheld", "1,200 (leak 1,200)")),
        (
            Summary("r", waiting={"open": 2}),
            ("Waiting for the next run", "2 open in an office program"),
        ),
        (Summary("r", later=3), ("Due, not asked for", "3")),
        (Summary("r", seconds=90), ("Minutes", "1.5")),
    ],
)
def test_rows_are_plain_words(summary: Summary, row: tuple[str, str]) -> None:
    """No code of ours has to be known to read them."""
    assert row in list(rows(summary))


def test_a_plan_in_words() -> None:
    """What a dry run says."""
    item = Item("t-0123456789abcdef", "a name.txt", "", 1, 1, why=Why.CHANGED)
    made = Plan((item,), 4, 2, 1, {Waiting.CHANGING: 3})
    assert planned_sentence(made) == (
        "dry run, nothing was written: 1 would be done (changed 1), 4 unchanged, "
        "2 still withheld; 3 waiting; 1 more due, not asked for"
    )
    assert ("Would be done", "1 (1 changed)") in list(planned_rows(made))
    assert "a name" not in str(list(planned_rows(made)))
