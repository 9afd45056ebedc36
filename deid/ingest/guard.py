"""The door: what a path must be before a byte of it is read, and what its first bytes must be.

Nothing here follows a symbolic link, waits on a pipe, or reads a file that is too large; and no
message names the file.
"""

import os
import stat
from pathlib import Path

from deid.errors import InputError, Reason
from deid.ingest.limits import Limits

_MAGIC = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"{\\rtf": "rtf",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "ole",
    b"%PDF": "pdf",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!": "rar",
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpeg",
    b"GIF8": "gif",
    b"RIFF": "riff",
    b"ID3": "mp3",
    b"OggS": "ogg",
    b"fLaC": "flac",
    b"\x7fELF": "elf",
    b"SQLite format 3": "sqlite",
}
_EXPECTED = {".docx": "zip", ".xlsx": "zip", ".odt": "zip", ".rtf": "rtf"}
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def inside(path: Path, inbox: Path) -> Path:
    """The resolved path of a regular file that truly lies in the inbox.

    Args:
        path: A file somewhere below ``inbox``.
        inbox: The folder that raw files may come from; it may itself be reached by a link.

    Raises:
        InputError: OUTSIDE_INBOX for a link, for ``..`` and for whatever resolves elsewhere;
            UNREADABLE for a folder, pipe, device or socket, and for a file that is not there.
    """
    try:
        root = inbox.resolve(strict=True)
        _refuse_links(path, inbox)
        real = path.resolve(strict=True)
        mode = real.lstat().st_mode
    except (OSError, RuntimeError, ValueError):
        raise InputError(Reason.UNREADABLE, detail="no such file, or no permission") from None
    if not real.is_relative_to(root) or real == root:
        raise InputError(Reason.OUTSIDE_INBOX, detail="resolves outside the inbox")
    if not stat.S_ISREG(mode):
        raise InputError(Reason.UNREADABLE, detail="not a regular file")
    return real


def _refuse_links(path: Path, inbox: Path) -> None:
    """Refuse a link or ``..`` in any part of the path below the inbox."""
    if ".." in path.parts:
        raise InputError(Reason.OUTSIDE_INBOX, detail="path steps upwards")
    below, top = Path(os.path.abspath(path)), Path(os.path.abspath(inbox))  # noqa: PTH100 — resolve() would follow the links that are looked for
    while below not in (top, below.parent):
        if below.is_symlink():
            raise InputError(Reason.OUTSIDE_INBOX, detail="a symbolic link")
        below = below.parent


def load(path: Path, *, limits: Limits) -> bytes:
    """All bytes of a regular file within the limit.

    Raises:
        InputError: OUTSIDE_INBOX for a link; UNREADABLE; EMPTY; TOO_LARGE, told by the size on
            disk before anything is read.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    if path.is_symlink():
        raise InputError(Reason.OUTSIDE_INBOX, detail="a symbolic link")
    try:
        descriptor = os.open(path, flags)
    except (OSError, ValueError):
        raise InputError(Reason.UNREADABLE, detail="no such file, or no permission") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise InputError(Reason.UNREADABLE, detail="not a regular file")
        _check_size(status.st_size, limits)
        data = _read(descriptor, limits.file_bytes + 1)
    finally:
        os.close(descriptor)
    _check_size(len(data), limits)
    return data


def _read(descriptor: int, most: int) -> bytes:
    """At most that many bytes; a file that grows while it is read stays bounded."""
    chunks, left = [], most
    try:
        while left and (chunk := os.read(descriptor, min(left, 1 << 20))):
            chunks.append(chunk)
            left -= len(chunk)
    except OSError:
        raise InputError(Reason.UNREADABLE, detail="reading failed") from None
    return b"".join(chunks)


def _check_size(size: int, limits: Limits) -> None:
    if size == 0:
        raise InputError(Reason.EMPTY, detail="0 bytes")
    if size > limits.file_bytes:
        raise InputError(Reason.TOO_LARGE, detail=f"more than {limits.file_bytes} bytes")


def check_magic(data: bytes, suffix: str) -> None:
    """Refuse content that is plainly not what the suffix says.

    Raises:
        InputError: ENCRYPTED for an Office file locked with a password; WRONG_SUFFIX else.
    """
    found = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), "text")
    if found == "text" and data[4:8] == b"ftyp":
        found = "mp4"
    expected = _EXPECTED.get(suffix, "text")
    if found == expected:
        return
    if found == "ole" and expected == "zip" and _ENCRYPTED_PACKAGE in data:
        raise InputError(Reason.ENCRYPTED, detail="a password is set")
    raise InputError(Reason.WRONG_SUFFIX, detail=f"content is {found}, suffix says {expected}")
