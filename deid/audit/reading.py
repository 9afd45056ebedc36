"""The audit log as it is read: a line at a time, in constant memory, never changing it."""

import fcntl
import os
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

import rfc8785

from deid.audit.event import MAX_LINE, Event, EventType, MalformedLineError, event_of, parsed_line
from deid.errors import AuditError

_BLOCK = 1 << 16


def lines(path: Path, *, until: int) -> Iterator[tuple[int, bytes]]:
    """Each line of the first ``until`` bytes, with its number from 1.

    A line that is too long comes in pieces, none of which is an event.

    Raises:
        OSError: There is no such file, and ``until`` is not 0.
    """
    if until == 0:
        return
    with path.open("rb") as file:
        number = 0
        while until > 0 and (line := file.readline(min(until, MAX_LINE))):
            until -= len(line)
            number += 1
            yield number, line


def sizes_now(log: Path, *others: Path) -> tuple[int, ...]:
    """Bytes of the log, and of files that are only written while it is locked, at one moment.

    A file other than the log that is not there counts as empty.

    Raises:
        OSError: There is no log.
    """
    descriptor = os.open(log, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        sizes = (other.stat().st_size if other.exists() else 0 for other in others)
        return os.fstat(descriptor).st_size, *sizes
    finally:
        os.close(descriptor)


def read(
    path: Path,
    *,
    transcript: str | None = None,
    types: Collection[EventType] = (),
    run: str | None = None,
    since: date | None = None,
    until: date | None = None,
    skim: bool = False,
) -> Iterator[Event]:
    """The events that match every filter given, in order; a torn last line is left out.

    A page that is opened often skims a long log: lines that cannot match are passed over by their
    bytes, a hundred times as fast. What it gives holds all the same; whether the rest does is for
    :func:`deid.audit.verify` to say.

    Args:
        path: The log.
        transcript: Only events with this subject.
        types: Only events of these types; empty for all.
        run: Only events of this run.
        since: Only events of this day (UTC) or later.
        until: Only events of this day (UTC) or earlier.
        skim: Whether lines that cannot match are passed over unread.

    Raises:
        AuditError: The log is missing, or a line that is read does not hold; the message names it.
    """
    marks = _marks(transcript, types, run) if skim else ()
    try:
        for event in events(path, until=sizes_now(path)[0], marks=marks):
            if (
                (transcript is None or event.subject == transcript)
                and (not types or event.type in types)
                and (run is None or event.run_id == run)
                and (since is None or event.at.date() >= since)
                and (until is None or event.at.date() <= until)
            ):
                yield event
    except OSError as error:
        raise AuditError(f"the audit log cannot be read: {error.strerror}") from None


def read_back(path: Path, *, types: Collection[EventType] = ()) -> Iterator[Event]:
    """The events of the log from the last to the first; a torn last line is left out.

    Args:
        path: The log.
        types: Only events of these types, the others passed over unread; empty for all.

    Raises:
        AuditError: The log is missing, or a line that is read does not hold.
    """
    marks = _marks(None, types, None)
    try:
        for line in _lines_back(path, until=sizes_now(path)[0]):
            if not _may_match(line, marks):
                continue
            try:
                event = event_of(parsed_line(line))
                if not types or event.type in types:
                    yield event
            except MalformedLineError:
                raise AuditError(
                    "a line of the audit log does not hold; run `deid audit verify`"
                ) from None
    except OSError as error:
        raise AuditError(f"the audit log cannot be read: {error.strerror}") from None


def _lines_back(path: Path, *, until: int) -> Iterator[bytes]:
    """The whole lines of the first ``until`` bytes, the last first."""
    with path.open("rb") as file:
        held, is_torn = b"", True
        while until > 0:
            step = min(_BLOCK, until)
            until -= step
            file.seek(until)
            held, *whole = (file.read(step) + held).split(b"\n")
            for line in reversed(whole):
                if not is_torn:
                    yield line + b"\n"
                is_torn = False
        if not is_torn:
            yield held + b"\n"


type _Marks = tuple[tuple[bytes, ...], ...]
"""What a line has to hold to match: of each group one, as canonical JSON writes it."""


def _marks(transcript: str | None, types: Collection[EventType], run: str | None) -> _Marks:
    groups = (
        [("subject", transcript)] if transcript is not None else [],
        [("type", each.value) for each in types],
        [("run_id", run)] if run is not None else [],
    )
    return tuple(
        tuple(rfc8785.dumps({name: value})[1:-1] for name, value in group)
        for group in groups
        if group
    )


def _may_match(line: bytes, marks: _Marks) -> bool:
    return all(any(mark in line for mark in group) for group in marks)


def events(path: Path, *, until: int, marks: _Marks = ()) -> Iterator[Event]:
    """The events of the first ``until`` bytes, each checked by itself; a torn end is left out.

    With ``marks``, lines that hold none of a group are passed over.

    Raises:
        AuditError: A line does not hold; the message names it.
        OSError: There is no log.
    """
    for number, line in lines(path, until=until):
        if not line.endswith(b"\n"):
            return
        if not _may_match(line, marks):
            continue
        yield _event(number, line)


def _event(number: int, line: bytes) -> Event:
    try:
        return event_of(parsed_line(line))
    except MalformedLineError:
        raise AuditError(
            f"line {number} of the audit log does not hold; run `deid audit verify`"
        ) from None
