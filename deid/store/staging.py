"""One transcript's files into ``staging/`` and ``audit/redactions/``, and out again.

All bytes are on the disk under temporary names before the first of them gets its own, so that a
killed process leaves each file as it was or as it should be, never half. A file's name is the
transcript's id, which is checked, so that no id leads out of its folder.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from deid import files
from deid.store.columns import Table
from deid.store.parquet import table_bytes
from deid.store.rows import RedactionRow, Row, TranscriptRow, TurnRow

_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_DIGEST_LENGTH = 16
_IN_STAGING = (Table.TURNS, Table.TRANSCRIPTS)


def write_transcript(
    staging: Path,
    audit_redactions: Path,
    *,
    transcript_id: str,
    turns: Sequence[TurnRow],
    transcript: TranscriptRow,
    redactions: Sequence[RedactionRow],
) -> dict[str, str]:
    """Write the three files of one transcript; the files' SHA-256 by path from the workspace.

    ``staging/turns/<id>.parquet`` and ``staging/transcripts/<id>.parquet`` are replaced. Earlier
    ``audit/redactions/<id>-<digest>.parquet`` stay for the auditor. Writing the same rows again
    changes no byte.

    Raises:
        ValueError: The id is not of the allowed shape, a row belongs to another transcript, or
            ``audit_redactions`` is not in the workspace that ``staging`` is in.
        OSError: The disk is full or not writable; files already there may be old or new, and
            the caller withholds the transcript.
    """
    _check(transcript_id, [*turns, transcript, *redactions])
    log = table_bytes(redactions, Table.REDACTIONS)
    log_name = f"{transcript_id}-{_sha256(log)[:_DIGEST_LENGTH]}.parquet"
    written = {
        audit_redactions / log_name: log,
        _path(staging, Table.TURNS, transcript_id): table_bytes(turns, Table.TURNS),
        _path(staging, Table.TRANSCRIPTS, transcript_id): table_bytes(
            [transcript], Table.TRANSCRIPTS
        ),
    }
    digests = {
        path.relative_to(staging.parent).as_posix(): _sha256(data) for path, data in written.items()
    }
    _replace_all(written)
    return digests


def transcript_paths(staging: Path, transcript_id: str) -> tuple[Path, Path]:
    """Where a transcript's turns and its summary stand when it is not withheld.

    Raises:
        ValueError: The id is not of the allowed shape.
    """
    _check(transcript_id, [])
    turns, transcripts = (_path(staging, table, transcript_id) for table in _IN_STAGING)
    return turns, transcripts


def remove_transcript(staging: Path, transcript_id: str) -> list[str]:
    """Take a withheld transcript out of ``staging/``; what was there, as paths from the workspace.

    The redactions stay in ``audit/``: they tell what had been done.

    Raises:
        ValueError: The id is not of the allowed shape.
        OSError: A file cannot be removed.
    """
    removed = []
    for path in transcript_paths(staging, transcript_id):
        if path.is_symlink() or path.exists():
            path.unlink()
            files.sync_folder(path.parent)
            removed.append(path.relative_to(staging.parent).as_posix())
    return removed


def sweep(staging: Path, audit_redactions: Path) -> int:
    """Remove what a killed process left unfinished; how many files. Only under the run's lock."""
    folders = [*(staging / table for table in _IN_STAGING), audit_redactions]
    return sum(files.sweep(folder) for folder in folders if folder.is_dir())


def _check(transcript_id: str, rows: Sequence[Row]) -> None:
    if not _ID.fullmatch(transcript_id):
        raise ValueError("a transcript id is 1 to 64 ASCII letters, digits and hyphens")
    if any(row.transcript_id != transcript_id for row in rows):
        raise ValueError("a row belongs to another transcript")


def _path(staging: Path, table: Table, transcript_id: str) -> Path:
    return staging / table / f"{transcript_id}.parquet"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _replace_all(contents: Mapping[Path, bytes]) -> None:
    """All bytes first, all renames last, in the order given."""
    unfinished: dict[Path, Path] = {}
    try:
        for path, data in contents.items():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = path.parent / f".{secrets.token_hex(8)}{files.TEMPORARY_SUFFIX}"
            unfinished[path] = beside
            _write_synced(beside, data)
        for path, beside in unfinished.items():
            beside.replace(path)
    finally:
        for beside in unfinished.values():
            beside.unlink(missing_ok=True)
    for folder in {path.parent for path in contents}:
        files.sync_folder(folder)


def _write_synced(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o600)
    try:
        files.write_all(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
