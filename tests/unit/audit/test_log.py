"""deid.audit.log: what is appended is chained, on disk, and survives a kill at any step."""

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from deid.audit import AuditLog, EventType, Flaw, read, verify
from deid.audit import log as log_module
from deid.audit.appendfile import AppendFile
from deid.errors import AuditError
from deid.keys import StudyKeys
from deid.workspace import Workspace


class KilledError(BaseException):
    """Stands for the end of the process at that step."""


def append(log: AuditLog, turn: int = 0) -> None:
    """Add some event."""
    subject = log.keys.identifier("t", str(turn))
    log.append(EventType.TRANSCRIPT_READ, actor="deid", subject=subject, facts={"turns": turn})


def verdict_of(log: AuditLog) -> str:
    """What a verification says: "ok" or the flaw."""
    verdict = verify(log.path.parent.parent, log.keys.public_key)
    return verdict.problem.flaw if verdict.problem else "ok"


def killed(*_: object, **__: object) -> None:
    """In place of a step that is not reached."""
    raise KilledError


def test_events_are_numbered_chained_and_private(log: AuditLog) -> None:
    """Line n is event n, each naming the hash of the one before; the file is 0600."""
    for turn in range(3):
        append(log, turn)
    events = list(read(log.path))
    assert [event.seq for event in events] == [1, 2, 3]
    assert [event.prev for event in events] == ["0" * 64, events[0].hash, events[1].hash]
    assert log.path.stat().st_mode & 0o777 == 0o600


def test_an_event_says_what_was_given_and_when(workspace: Workspace, log: AuditLog) -> None:
    """Everything comes back as given; the time is UTC with microseconds, whatever the zone."""
    noon = datetime(2026, 1, 2, 12, 0, 0, 7, tzinfo=timezone(timedelta(hours=1)))
    timed = AuditLog(workspace.events, log.keys, clock=lambda: noon)
    given = timed.append(
        EventType.RUN_FINISHED,
        actor="deid",
        subject="run-00000001",
        run_id="run-00000001",
        facts={"written": 2, "share": 0.5},
        files={"outbox/x": None},
    )
    assert list(read(log.path)) == [given]
    assert given.at == datetime(2026, 1, 2, 11, 0, 0, 7, tzinfo=UTC)
    assert b'"at":"2026-01-02T11:00:00.000007Z"' in log.path.read_bytes()
    assert (given.facts, given.files) == ({"written": 2, "share": 0.5}, {"outbox/x": None})


def test_what_is_refused_leaves_the_log_as_it_was(log: AuditLog) -> None:
    """A value that could be speech adds nothing, not even a half line."""
    append(log)
    before = log.path.read_bytes()
    for bad in ({"name": "Sarah"}, {"words": 2**60}):
        with pytest.raises(AuditError):
            log.append(EventType.TRANSCRIPT_READ, actor="deid", subject="study", facts=bad)
    with pytest.raises(AuditError, match="longer"):
        log.append(
            EventType.TRANSCRIPT_READ,
            actor="deid",
            subject="study",
            facts={"many": ["0" * 64] * 20_000},
        )
    assert log.path.read_bytes() == before


def test_a_full_disk_leaves_the_log_as_it_was(
    log: AuditLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that was written in part is taken back before the error is told."""
    append(log)
    before = log.path.read_bytes()

    def half(descriptor: int, data: bytes) -> None:
        os.write(descriptor, data[:20])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("deid.audit.appendfile.write_all", half)
    with pytest.raises(AuditError, match="No space left"):
        append(log)
    assert log.path.read_bytes() == before


def test_a_line_torn_anywhere_is_set_aside_and_recorded(log: AuditLog) -> None:
    """However much of the last line a power cut left, the log goes on and says so."""
    append(log)
    log.checkpoint()
    whole = log.path.read_bytes()
    append(log, 2)
    line = log.path.read_bytes()[len(whole) :]
    for kept in range(1, len(line)):
        log.path.write_bytes(whole + line[:kept])
        assert verdict_of(log) == Flaw.TORN
        log.recover()
        assert verdict_of(log) == "ok"
        repair = list(read(log.path))[-1]
        aside = log.path.parent / "torn-3.bin"
        assert (repair.type, repair.seq) == (EventType.LOG_REPAIRED, 3)
        assert repair.facts == {"what": "torn-line", "bytes": kept}
        assert list(repair.files) == ["audit/torn-3.bin"]
        assert aside.read_bytes() == line[:kept]
        aside.unlink()


def test_the_next_append_repairs_by_itself(log: AuditLog) -> None:
    """No separate step is needed, and the new event follows the repair."""
    append(log)
    with log.path.open("ab") as file:
        file.write(b"\0" * 5000)  # what a file system may leave of a line that it never wrote
    append(log, 2)
    types = [event.type for event in read(log.path)]
    assert types == [EventType.TRANSCRIPT_READ, EventType.LOG_REPAIRED, EventType.TRANSCRIPT_READ]
    log.checkpoint()
    assert verdict_of(log) == "ok"


@pytest.mark.parametrize("step", ["cut", "add"])
def test_a_repair_killed_at_any_step_is_taken_up_again(
    log: AuditLog, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Torn bytes set aside but not cut off, or cut off but not recorded, end up recorded once."""
    append(log)
    with log.path.open("ab") as file:
        file.write(b'{"actor"')
    with monkeypatch.context() as patch:
        patch.setattr(AppendFile, step, killed)
        with pytest.raises(KilledError):
            log.recover()
    log.recover()
    log.recover()
    log.checkpoint()
    types = [event.type for event in read(log.path)]
    assert types == [EventType.TRANSCRIPT_READ, EventType.LOG_REPAIRED, EventType.CHECKPOINT]
    assert verdict_of(log) == "ok"


def test_a_checkpoint_is_signed_copied_and_gives_the_head(log: AuditLog) -> None:
    """The head is the hash of the checkpoint's own line; a second call adds nothing."""
    append(log)
    head = log.checkpoint()
    before = log.path.read_bytes()
    assert log.checkpoint() == head
    assert log.path.read_bytes() == before
    verdict = verify(log.path.parent.parent, log.keys.public_key)
    assert (verdict.ok, verdict.head, verdict.signed, verdict.events) == (True, head, 2, 2)


@pytest.mark.parametrize("torn", [b"", b'{"hash":"12'])
def test_a_checkpoint_killed_before_its_copy_gets_it_later(log: AuditLog, torn: bytes) -> None:
    """Whether the copy is missing or torn, the next start makes it, byte for byte."""
    append(log)
    log.checkpoint()
    append(log)
    log.checkpoint()
    copies = log.path.parent / log_module.CHECKPOINTS_NAME
    whole = copies.read_bytes()
    copies.write_bytes(whole.splitlines(keepends=True)[0] + torn)
    assert verdict_of(log) == (Flaw.TORN if torn else Flaw.COPY_MISSING)
    log.recover()
    assert copies.read_bytes() == whole
    assert verdict_of(log) == "ok"


def _cut_last(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def _alter_last(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3] + b'0"}\n')


def _remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("change", [_cut_last, _alter_last, _remove])
def test_nothing_is_added_to_a_log_that_does_not_hold(
    log: AuditLog, change: Callable[[Path], None]
) -> None:
    """A shortened, altered or vanished log is not built upon; the message says what to run."""
    append(log)
    log.checkpoint()
    change(log.path)
    before = log.path.read_bytes() if log.path.exists() else b""
    with pytest.raises(AuditError, match="deid audit verify"):
        append(log)
    assert log.path.read_bytes() == before


def test_a_log_that_is_no_log_is_told(log: AuditLog) -> None:
    """A large file without line feeds, and a link, are refused; neither is changed."""
    log.path.write_bytes(b"x" * 3_000_000)
    with pytest.raises(AuditError, match="no line"):
        append(log)
    target = log.path.rename(log.path.parent / "elsewhere")
    log.path.symlink_to(target)
    with pytest.raises(AuditError, match="symbolic"):
        append(log)
    assert target.stat().st_size == 3_000_000


def test_the_log_does_not_show_its_keys(log: AuditLog) -> None:
    """The repr of a log tells where it is and nothing secret."""
    assert isinstance(log.keys, StudyKeys)
    assert log.keys.vault_key.hex() not in repr(log)
    assert "StudyKeys()" in repr(log)
