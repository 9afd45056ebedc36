"""What a run has to do: the inbox held against what the vault remembers.

A file is known by its path; a path that is new but whose content belongs to a file that is gone
was renamed and keeps its id. The id itself is a keyed digest of the study and of the content
first seen, so that a file name, which often is a person's, never shapes anything that leaves.
"""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from deid.errors import PASSING, InputError, Reason, UsageError
from deid.files import sha256_file
from deid.ingest import inside
from deid.keys import StudyKeys
from deid.vault import TranscriptRecord, TranscriptState, Vault


class Rerun(StrEnum):
    """Which transcripts are done again although nothing about them changed."""

    NOTHING = "nothing"
    WITHHELD = "withheld"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the inbox.

    Attributes:
        transcript_id: Its id in the study.
        path: Relative to the inbox, with forward slashes.
        digest: SHA-256 of the bytes, or "" where they could not be read.
        refused: Why it is withheld before it is read, or None.
    """

    transcript_id: str
    path: str = field(repr=False)
    digest: str
    size: int
    mtime_ns: int
    refused: Reason | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, in the order in which pseudonyms are given out, and how much is left alone."""

    todo: tuple[Item, ...]
    unchanged: int
    still_withheld: int


def plan(
    inbox: Path,
    vault: Vault,
    keys: StudyKeys,
    *,
    study_id: str,
    fingerprint: str,
    only: Collection[str] = (),
    rerun: Rerun = Rerun.NOTHING,
) -> Plan:
    """Hold the inbox against the vault.

    Args:
        inbox: Folder of raw files, searched with its subfolders; hidden and Office lock files
            are passed over.
        vault: Open for reading.
        keys: Make the ids of files never seen.
        study_id: Of the configuration.
        fingerprint: Of this run; a transcript made under another is done again.
        only: Transcript ids to which the run is limited; these are always done.
        rerun: What is done again beyond what changed.

    Raises:
        UsageError: an id in ``only`` belongs to no file of the inbox.
    """
    known = {record.relative_path: record for record in vault.transcripts()}
    items = list(_items(inbox, known, keys, study_id))
    unknown = set(only) - {item.transcript_id for item in items}
    if unknown:
        raise UsageError(f"no transcript in the inbox has the id {', '.join(sorted(unknown))}")
    todo, unchanged, withheld = [], 0, 0
    for item in sorted(items, key=lambda item: item.transcript_id):
        record = known.get(item.path)
        if only and item.transcript_id not in only:
            continue
        if item.transcript_id in only or _is_due(item, record, fingerprint, rerun):
            todo.append(item)
        elif record is not None and record.state is TranscriptState.WITHHELD:
            withheld += 1
        else:
            unchanged += 1
    return Plan(tuple(todo), unchanged, withheld)


def _is_due(item: Item, record: TranscriptRecord | None, fingerprint: str, rerun: Rerun) -> bool:
    if record is None or rerun is Rerun.ALL:
        return True
    if record.content_digest != item.digest or record.fingerprint != fingerprint:
        return True
    if (record.reason == Reason.DUPLICATE) != (item.refused is Reason.DUPLICATE):
        return True
    if record.state is TranscriptState.WITHHELD:
        return rerun is Rerun.WITHHELD or record.reason in PASSING
    return record.state is not TranscriptState.DONE


def _items(
    inbox: Path, known: dict[str, TranscriptRecord], keys: StudyKeys, study_id: str
) -> Iterator[Item]:
    items = [_item(path, inbox, known) for path in _files(inbox)]
    present = {item.path for item in items}
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
        by_content = keys.identifier("t", study_id, item.digest)
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


def _claim(item: Item, known: dict[str, TranscriptRecord]) -> int:
    """Which of several files of one content it belongs to: one known, a new one, then a copy."""
    record = known.get(item.path)
    if record is None:
        return 1
    return 2 if record.reason == Reason.DUPLICATE else 0


def _item(path: Path, inbox: Path, known: dict[str, TranscriptRecord]) -> Item:
    """One file without its id; its path is refused when it cannot be written down as text."""
    relative = path.relative_to(inbox).as_posix()
    storable = relative.encode("utf-8", "backslashreplace").decode("utf-8")
    if storable != relative:
        return Item("", storable, "", 0, 0, Reason.UNREADABLE)
    try:
        inside(path, inbox)
        return _read_item(path, relative, known.get(relative))
    except InputError as error:
        return Item("", storable, "", 0, 0, error.reason)


def _read_item(path: Path, relative: str, record: TranscriptRecord | None) -> Item:
    """Size, time and digest; a file whose size and time are as remembered is not read again."""
    try:
        status = path.stat()
        if record and (record.size, record.mtime_ns) == (status.st_size, status.st_mtime_ns):
            digest = record.content_digest
        else:
            digest = sha256_file(path)
    except OSError:
        raise InputError(Reason.UNREADABLE) from None
    return Item("", relative, digest, status.st_size, status.st_mtime_ns)


def _files(inbox: Path) -> Iterator[Path]:
    """All files in a fixed order, links among them so that they can be refused."""
    for folder, names, files in os.walk(inbox):
        names.sort()
        linked = [name for name in names if (Path(folder) / name).is_symlink()]
        for name in sorted([*files, *linked]):
            if not name.startswith((".", "~$")):
                yield Path(folder) / name
