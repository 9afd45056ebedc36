"""deid.audit.reading: the filters of ``deid audit show``."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest

from deid.audit import AuditLog, Event, EventType, read, read_back
from deid.errors import AuditError


@pytest.fixture
def filled(log: AuditLog) -> AuditLog:
    """Two runs on two days, two transcripts each."""
    for day in (1, 2):
        run = f"run-0000000{day}"
        at = datetime(2026, 1, day, 23, 59, tzinfo=UTC)
        timed = AuditLog(log.path, log.keys, clock=partial(lambda now: now, at))
        for type_ in (EventType.TRANSCRIPT_READ, EventType.TRANSCRIPT_WRITTEN):
            timed.append(type_, actor="deid", subject=f"t-0000000{day}", run_id=run)
    return log


def test_without_filters_everything_comes_in_order(filled: AuditLog) -> None:
    """All events, by line."""
    assert [event.seq for event in read(filled.path)] == [1, 2, 3, 4]


def test_each_filter_narrows_and_they_combine(filled: AuditLog) -> None:
    """By transcript, type, run and day (both ends inclusive), alone and together."""
    seen = partial(read, filled.path)

    def seqs(events: Iterable[Event]) -> list[int]:
        return [event.seq for event in events]

    assert seqs(seen(transcript="t-00000001")) == [1, 2]
    assert seqs(seen(types=[EventType.TRANSCRIPT_WRITTEN])) == [2, 4]
    assert seqs(seen(run="run-00000002")) == [3, 4]
    assert seqs(seen(since=date(2026, 1, 2))) == [3, 4]
    assert seqs(seen(until=date(2026, 1, 1))) == [1, 2]
    assert seqs(seen(since=date(2026, 1, 1), until=date(2026, 1, 2))) == [1, 2, 3, 4]
    assert seqs(seen(run="run-00000002", types={EventType.TRANSCRIPT_READ})) == [3]
    assert seqs(seen(transcript="t-00000009")) == []


@pytest.mark.parametrize(
    "filters",
    [
        {"transcript": "t-00000001"},
        {"transcript": "t-0000000"},
        {"transcript": 'x" or "'},
        {"types": [EventType.TRANSCRIPT_WRITTEN]},
        {"types": set(EventType)},
        {"run": "run-00000002", "types": {EventType.TRANSCRIPT_READ}},
        {"since": date(2026, 1, 2)},
        {},
    ],
)
def test_skimming_finds_the_same(filled: AuditLog, filters: dict[str, Any]) -> None:
    """Whatever is asked for; it only passes over what could not be it."""
    assert list(read(filled.path, **filters, skim=True)) == list(read(filled.path, **filters))
    types = filters.get("types", ())
    assert list(read_back(filled.path, types=types)) == list(read(filled.path, types=types))[::-1]


def test_skimming_shows_nothing_that_does_not_hold(filled: AuditLog) -> None:
    """A line that was altered to match is told of; one that is passed over is not read at all."""
    filled.path.write_bytes(filled.path.read_bytes().replace(b'"t-00000002"', b'"t-00000003"', 1))
    for subject in ("t-00000001", "t-00000002"):
        list(read(filled.path, transcript=subject, skim=True))
    with pytest.raises(AuditError, match="line 3"):
        list(read(filled.path, transcript="t-00000003", skim=True))


def test_a_torn_end_is_left_out_and_an_altered_line_told(filled: AuditLog) -> None:
    """Reading never shows what does not hold."""
    whole = filled.path.read_bytes()
    filled.path.write_bytes(whole + b'{"half')
    assert len(list(read(filled.path))) == 4
    filled.path.write_bytes(whole.replace(b'"t-00000002"', b'"t-00000003"', 1))
    with pytest.raises(AuditError, match="line 3"):
        list(read(filled.path))
    filled.path.unlink()
    with pytest.raises(AuditError, match="cannot be read"):
        list(read(filled.path))


@pytest.mark.parametrize("block", [1, 7, 300, 1 << 16])
def test_from_its_end_the_log_reads_the_same(
    filled: AuditLog, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    """Backwards come the same events, whatever is read at a time, and a torn end is left out."""
    monkeypatch.setattr("deid.audit.reading._BLOCK", block)
    forwards = list(read(filled.path))
    assert len(forwards) > 2
    assert list(read_back(filled.path)) == forwards[::-1]
    with filled.path.open("ab") as file:
        file.write(b'{"torn":')
    assert list(read_back(filled.path)) == forwards[::-1]
    filled.path.write_bytes(b'{"torn":')
    assert list(read_back(filled.path)) == []
    filled.path.write_bytes(b"{}\n")
    with pytest.raises(AuditError):
        list(read_back(filled.path))
