"""A file of lines that only grows: opened, locked, read from its end, added to, fsynced.

The audit log and the copy of its checkpoints are such files. This module knows lines, not events.
A last line without its line feed was torn by a power cut or a kill; it is handed out as such, and
only ever cut off on request, after its bytes have been set aside.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deid.audit.event import MAX_LINE
from deid.errors import AuditError
from deid.files import sync_folder, write_all

_BLOCK = 1 << 14
_ENDS_OF_A_LINE = 2
_READ_BACK = 2 * MAX_LINE + 2  # a torn line and the whole one before it


@dataclass(frozen=True, slots=True)
class Ending:
    """How a file of lines ends.

    Attributes:
        last: The last complete line with its line feed, b"" when there is none.
        torn: What follows the last line feed; b"" in a file that is whole.
        size: Bytes up to and with the last line feed.
    """

    last: bytes
    torn: bytes
    size: int


@dataclass(frozen=True, slots=True)
class AppendFile:
    """An open file of lines; see :func:`opened`."""

    descriptor: int

    def ending(self) -> Ending:
        """Read the end of the file.

        Raises:
            AuditError: No line feed near its end, which no append leaves behind.
        """
        total = os.fstat(self.descriptor).st_size
        start, held = total, b""
        while start > 0 and held.count(b"\n", 0, -1) < _ENDS_OF_A_LINE and len(held) < _READ_BACK:
            step = min(_BLOCK, start)
            start -= step
            held = os.pread(self.descriptor, step, start) + held
        cut = held.rfind(b"\n") + 1
        if cut == 0 and start > 0:
            raise AuditError("a file of the audit log ends in something that is no line")
        begin = held.rfind(b"\n", 0, max(cut - 1, 0)) + 1
        return Ending(last=held[begin:cut], torn=held[cut:], size=total - len(held) + cut)

    def add(self, line: bytes) -> None:
        """Append a line and fsync; on an error the file is cut back to what it was."""
        before = os.fstat(self.descriptor).st_size
        try:
            write_all(self.descriptor, line)
            os.fsync(self.descriptor)
        except OSError:
            self.cut(before)
            raise

    def cut(self, size: int) -> None:
        """Shorten to ``size`` bytes and fsync."""
        os.ftruncate(self.descriptor, size)
        os.fsync(self.descriptor)


@contextmanager
def opened(path: Path) -> Iterator[AppendFile]:
    """Open for appending, making the file (0600) if need be, under an exclusive lock.

    The lock is on the file itself, which is never replaced; it waits for its turn, and a process
    that dies gives it up.
    """
    fresh = not path.exists()
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            if fresh:
                sync_folder(path.parent)
            yield AppendFile(descriptor)
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
    finally:
        os.close(descriptor)
