"""What lies in the inbox, and which of it is not whole yet.

People copy files while a run begins, and leave them open in Word. Such a file is neither read nor
withheld: it waits for the next run and is counted. Nothing here reads, opens or changes a file,
and nothing hands out a name besides the paths themselves.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path, PurePath

_LOCKS = ("~$", ".~lock.")
_PARTIAL = (
    *(".part", ".partial", ".filepart", ".crdownload", ".download", ".opdownload"),
    *(".aria2", ".tmp"),
)
_LEFT_BEHIND = 86_400
"""Seconds after which a lock file is taken to be left over from a program that crashed."""

type _Look = tuple[int, int, int]


class Waiting(StrEnum):
    """Why a file waits for the next run."""

    CHANGING = "changing"
    OPEN = "open"
    PARTIAL = "partial"
    AT_SOURCE = "at-source"


def files(inbox: Path) -> Iterator[Path]:
    """All files in a fixed order, links among them so that they can be refused.

    Hidden files and the lock files of office programs are passed over.
    """
    for folder, names, found in os.walk(inbox):
        names.sort()
        linked = [name for name in names if (Path(folder) / name).is_symlink()]
        for name in sorted([*found, *linked]):
            if not is_hidden(name):
                yield Path(folder) / name


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is passed over."""
    return name.startswith((".", "~$"))


def below(path: Path, inbox: Path) -> str:
    """Where a file of :func:`files` lies in the inbox, with forward slashes.

    In text, because there may be a hundred thousand of them, and paths are slow.
    """
    return str(path)[len(str(inbox)) :].replace(os.sep, "/").lstrip("/")


def waiting(
    paths: Iterable[Path],
    *,
    settle_seconds: float,
    now: Callable[[], float] = time.time,
    sleep: Callable[[float], object] = time.sleep,
) -> dict[Path, Waiting]:
    """Which of these files are not whole yet, and why.

    A file that was touched less than ``settle_seconds`` ago is looked at twice, that long after
    its last change; for all files together this waits once.

    Args:
        paths: Files that a run would read.
        settle_seconds: How long a file has to stand still.
        now: The clock.
        sleep: Waits so many seconds.
    """
    looks = {path: look for path in paths if (look := _look(path)) is not None}
    held = {path: why for path in looks if (why := by_name(path, _lock, now())) is not None}
    ages = {path: abs(now() - _touched(look)) for path, look in looks.items() if path not in held}
    recent = {path: age for path, age in ages.items() if age < settle_seconds}
    if recent:
        sleep(settle_seconds - min(recent.values()))
        moved = (path for path in recent if _look(path) != looks[path])
        held |= dict.fromkeys(moved, Waiting.CHANGING)
    return held


def by_name[P: PurePath](
    path: P, touched: Callable[[P], float | None], now: float
) -> Waiting | None:
    """What its name, or a lock file beside it, tells of a file that is not whole.

    Args:
        path: The file.
        touched: When a file last changed, in seconds since 1970; None where there is none.
        now: The time.
    """
    if path.name.lower().endswith(_PARTIAL):
        return Waiting.PARTIAL
    locks = (at for lock in _locks(path) if (at := touched(lock)) is not None)
    return Waiting.OPEN if any(abs(now - at) < _LEFT_BEHIND for at in locks) else None


def _locks[P: PurePath](path: P) -> Iterator[P]:
    """Lock files of office programs; Word puts ``~$`` in place of up to two letters."""
    word, libre = _LOCKS
    for cut in range(3):
        yield path.with_name(word + path.name[cut:])
    yield path.with_name(f"{libre}{path.name}#")


def _lock(path: Path) -> float | None:
    look = _look(path)
    return None if look is None else _touched(look)


def _look(path: Path) -> _Look | None:
    """Size and times of a file itself; None when it is gone or may not be looked at."""
    try:
        status = path.lstat()
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _touched(look: _Look) -> float:
    """When it last changed; copying programs set the time of change back, never the other one."""
    return look[2] / 1e9
