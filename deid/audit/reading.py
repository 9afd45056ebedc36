"""The audit log as it is read: a line at a time, in constant memory, never changing it."""

import fcntl
import os
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

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
) -> Iterator[Event]:
    """The events that match every filter given, in order; a torn last line is left out.

    Args:
        path: The log.
        transcript: Only events with this subject.
        types: Only events of these types; empty for all.
        run: Only events of this run.
        since: Only events of this day (UTC) or later.
        until: Only events of this day (UTC) or earlier.

    Raises:
        AuditError: The log is missing, or a line does not hold; the message names it.
    """
    try:
        for event in events(path, until=sizes_now(path)[0]):
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


def read_back(path: Path) -> Iterator[Event]:
    """The events of the log from the last to the first; a torn last line is left out.

    Raises:
        AuditError: The log is missing, or a line does not hold.
    """
    try:
        for line in _lines_back(path, until=sizes_now(path)[0]):
            try:
                yield event_of(parsed_line(line))
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


def events(path: Path, *, until: int) -> Iterator[Event]:
    """The events of the first ``until`` bytes, each checked by itself; a torn end is left out.

    Raises:
        AuditError: A line does not hold; the message names it.
        OSError: There is no log.
    """
    for number, line in lines(path, until=until):
        if not line.endswith(b"\n"):
            return
        yield _event(number, line)


def _event(number: int, line: bytes) -> Event:
    try:
        return event_of(parsed_line(line))
    except MalformedLineError:
        raise AuditError(
            f"line {number} of the audit log does not hold; run `deid audit verify`"
        ) from None
