"""How this program writes: whole files or none, readable by their owner alone.

Everything goes through a temporary file in the folder where it will stand, is fsynced, renamed
and its folder fsynced, so that neither a killed process nor a power cut leaves half a file.
Nothing here knows what is written; raw speech must never be handed to it.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TEMPORARY_SUFFIX = ".deid-tmp"
_READ_ONLY = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def write_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` (mode 0600), replacing what stands there; whole or not at all.

    Raises:
        OSError: The folder is missing, full or not writable; ``path`` is then as it was.
    """
    with temporary_beside(path) as temporary:
        _fill(temporary, data)
        temporary.replace(path)
    sync_folder(path.parent)


def write_new(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` (mode 0600) where nothing stands yet; whole or not at all.

    Raises:
        FileExistsError: Something stands at ``path``; it is left as it was.
        OSError: As for :func:`write_atomically`.
    """
    with temporary_beside(path) as temporary:
        _fill(temporary, data)
        path.hardlink_to(temporary)  # unlike a rename, a link never replaces
    sync_folder(path.parent)


@contextmanager
def temporary_beside(path: Path) -> Iterator[Path]:
    """A fresh empty file (mode 0600) in the folder of ``path``, removed at the end if still there.

    Raises:
        OSError: The folder is missing, full or not writable.
    """
    temporary = path.parent / f".{secrets.token_hex(8)}{TEMPORARY_SUFFIX}"
    descriptor = os.open(temporary, _FRESH, 0o600)
    try:
        try:
            os.fchmod(descriptor, 0o600)
        finally:
            os.close(descriptor)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def sha256_file(path: Path) -> str:
    """The SHA-256 of a file's bytes in hexadecimal, read in blocks.

    Raises:
        OSError: The file is missing, unreadable or a symbolic link.
    """
    with os.fdopen(os.open(path, _READ_ONLY), "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_folder(path: Path) -> None:
    """Make renames and removals in a folder survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(folder: Path) -> int:
    """Remove the temporary files that a killed process left directly in ``folder``; their number.

    Only for a folder in which no other process can be writing (under the workspace's lock).
    """
    with os.scandir(folder) as entries:  # names alone: there may be a hundred thousand
        names = [entry.name for entry in entries if _is_temporary_name(entry.name)]
    leftovers = [folder / name for name in names]
    for leftover in leftovers:
        leftover.unlink(missing_ok=True)
    return len(leftovers)


def is_temporary(path: Path) -> bool:
    """Whether a path's name is one that this module gives to an unfinished file."""
    return _is_temporary_name(path.name)


def _is_temporary_name(name: str) -> bool:
    return name.startswith(".") and TEMPORARY_SUFFIX in name


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte to an open descriptor; ``os.write`` alone may stop short."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _fill(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        write_all(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
