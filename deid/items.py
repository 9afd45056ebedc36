"""Files of the inbox as items of the study: an id, a size, a time and a digest each.

A file is known by its path; a path that is new but whose content belongs to a file that is gone
was renamed and keeps its id. The id itself is a keyed digest of the study and of the content
first seen, so that a file name, which often is a person's, never shapes anything that leaves.
"""

import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from deid.errors import InputError, Reason
from deid.files import sha256_file
from deid.inbox import below
from deid.ingest import inside
from deid.keys import StudyKeys
from deid.vault import TranscriptRecord


class Why(StrEnum):
    """Why a transcript is done."""

    NEW = "new"
    CHANGED = "changed"
    TOUCHED = "touched"
    AGAIN = "again"
    ASKED = "asked"


_WORDS_PER_BYTE = 1 / 6


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the inbox.

    Attributes:
        transcript_id: Its id in the study.
        path: Relative to the inbox, with forward slashes.
        digest: SHA-256 of the bytes, or "" where they could not be read.
        size: Bytes.
        mtime_ns: Time of its last change.
        refused: Why it is withheld before it is read, or None.
        why: Why it is done.
    """

    transcript_id: str
    path: str = field(repr=False)
    digest: str
    size: int
    mtime_ns: int
    refused: Reason | None = None
    why: Why = field(default=Why.NEW, compare=False)

    @property
    def words(self) -> float:
        """About how many, judged by its size alone."""
        return self.size * _WORDS_PER_BYTE


def items_of(
    inbox: Path,
    paths: Iterable[Path],
    known: Mapping[str, TranscriptRecord],
    keys: StudyKeys,
    *,
    study_id: str,
    held: Iterable[str] = (),
) -> Iterator[Item]:
    """Every file with its id and digest, in the order given.

    Args:
        inbox: The folder of raw files.
        paths: Its files that may be read.
        known: What the vault remembers, by path from the inbox.
        keys: Make the ids of files never seen.
        study_id: Of the configuration.
        held: Paths from the inbox that are there and may not be read yet.
    """
    items = [_item(path, inbox, known) for path in paths]
    present = {item.path for item in items} | set(held)
    moved = {
        record.content_digest: record
        for path, record in known.items()
        if path not in present and record.content_digest and record.reason != Reason.DUPLICATE
    }
    owners: dict[str, str] = {}
    for item in sorted(items, key=lambda item: (_claim(item, known), item.path)):
        if item.digest:
            owners.setdefault(item.digest, item.path)
    taken = {record.transcript_id for record in known.values()}
    for item in items:
        record = known.get(item.path)
        first = bool(item.digest) and owners[item.digest] == item.path
        by_content = keys.identifier("t", study_id, item.digest) if record is None else ""
        if record:
            transcript_id = record.transcript_id
        elif first and item.digest in moved:
            transcript_id = moved[item.digest].transcript_id
        elif first and by_content not in taken:
            transcript_id = by_content
        else:  # a copy, unreadable, or what another file held before it was changed
            transcript_id = keys.identifier("t", study_id, item.digest, item.path)
        refused = item.refused
        stays = record is not None and record.reason == Reason.DUPLICATE and item.digest in moved
        if item.digest and (not first or stays):
            refused = Reason.DUPLICATE
        yield replace(item, transcript_id=transcript_id, refused=refused)


def _claim(item: Item, known: Mapping[str, TranscriptRecord]) -> int:
    """Which of several files of one content it belongs to: one known, a new one, then a copy."""
    record = known.get(item.path)
    if record is None:
        return 1
    return 2 if record.reason == Reason.DUPLICATE else 0


def is_as_remembered(path: Path, record: TranscriptRecord) -> bool:
    """Whether a file, itself and no link, has the size and time with which it was last read."""
    try:
        status = path.lstat()
    except (OSError, ValueError):
        return False
    same = (record.size, record.mtime_ns) == (status.st_size, status.st_mtime_ns)
    return same and stat.S_ISREG(status.st_mode)


def _item(path: Path, inbox: Path, known: Mapping[str, TranscriptRecord]) -> Item:
    """One file without its id; its path is refused when it cannot be written down as text.

    One that is as remembered is not read again, here or, unless it is due, anywhere.
    """
    relative = below(path, inbox)
    record = known.get(relative)
    if record is not None and record.content_digest and is_as_remembered(path, record):
        return Item("", relative, record.content_digest, record.size, record.mtime_ns)
    storable = relative.encode("utf-8", "backslashreplace").decode("utf-8")
    if storable != relative:
        return Item("", storable, "", 0, 0, Reason.UNREADABLE)
    try:
        inside(path, inbox)
        return _read_item(path, relative)
    except InputError as error:
        return Item("", storable, "", 0, 0, error.reason)


def _read_item(path: Path, relative: str) -> Item:
    """Size, time and digest."""
    try:
        status = path.stat()
        digest = sha256_file(path)
    except OSError:
        raise InputError(Reason.UNREADABLE) from None
    return Item("", relative, digest, status.st_size, status.st_mtime_ns)
