"""What may be told of an error that nobody raised on purpose: a full disk, or kind and place.

Never its message, which may hold anything.
"""

import errno
import shutil
import traceback
from pathlib import Path

_FOLDERS = (Path(__file__).parent, Path(__file__).parent.parent / "flows")

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_ROOM = 1 << 20
"""Bytes without which no database can be opened for writing."""
DISK_FULL = (
    "the disk is full; nothing is half-written. Free some space on the workspace's disk and do "
    "the same again"
)


def is_full(error: BaseException) -> bool:
    """Whether an error says that there is no room on a disk."""
    return isinstance(error, OSError) and error.errno in _FULL


def has_room(folder: Path) -> bool:
    """Whether the disk of a folder has room for anything at all."""
    return shutil.disk_usage(folder).free >= _ROOM


def unexpected(error: BaseException) -> str:
    """What may be told of an error: that a disk is full, or its kind and place."""
    return DISK_FULL if is_full(error) else f"unexpected {type(error).__name__}{place_of(error)}"


def place_of(error: BaseException) -> str:
    """`` at deid/store/staging.py:41``: the innermost line of this project, else ""."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        for folder in _FOLDERS:
            if path.is_relative_to(folder):
                return f" at {folder.name}/{path.relative_to(folder)}:{frame.lineno}"
    return ""
