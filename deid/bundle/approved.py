"""What was approved, read once: the very bytes whose digests the checkers voted on.

Each file is read into memory, held against its digest, and parsed from there, so that nothing
that changes on the disk in between can get into a bundle.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from deid.errors import BundleError
from deid.store import Table, schema

_FOLDERS = {
    "staging/turns": Table.TURNS,
    "staging/transcripts": Table.TRANSCRIPTS,
    "audit/redactions": Table.REDACTIONS,
}


@dataclass(frozen=True, slots=True)
class Approved:
    """One transcript's three tables, de-identified."""

    transcript_id: str
    turns: pa.Table = field(repr=False)
    transcripts: pa.Table = field(repr=False)
    redactions: pa.Table = field(repr=False)

    def table(self, which: Table) -> pa.Table:
        """One of the three."""
        tables = {
            Table.TURNS: self.turns,
            Table.TRANSCRIPTS: self.transcripts,
            Table.REDACTIONS: self.redactions,
        }
        return tables[which]

    def count(self, which: Table) -> int:
        """Rows of one of the three."""
        return int(self.table(which).num_rows)

    def summary(self) -> dict[str, Any]:
        """The transcript's row of counts and versions; maps as dicts."""
        row: dict[str, Any] = self.transcripts.to_pylist(maps_as_pydicts="strict")[0]
        return row


def read_approved(root: Path, transcript_id: str, files: Mapping[str, str]) -> Approved:
    """Read a transcript's files below the workspace.

    Args:
        root: The workspace.
        transcript_id: Whose files these are.
        files: SHA-256 by path from the workspace, as voted on.

    Raises:
        BundleError: A file is gone, changed, or not what its folder says; nothing of it is shown.
    """
    tables: dict[Table, pa.Table] = {}
    for path, digest in files.items():
        kind = _FOLDERS.get(path.rpartition("/")[0])
        if kind is None or kind in tables:
            raise BundleError(f"transcript {transcript_id}: has a file that no release knows")
        tables[kind] = _read(root / path, digest, kind, transcript_id)
    if len(tables) < len(_FOLDERS):
        raise BundleError(f"transcript {transcript_id}: lacks a file; run `deid run` again")
    return Approved(
        transcript_id, tables[Table.TURNS], tables[Table.TRANSCRIPTS], tables[Table.REDACTIONS]
    )


def _read(path: Path, digest: str, kind: Table, transcript_id: str) -> pa.Table:
    try:
        data = path.read_bytes()
    except OSError:
        raise BundleError(f"transcript {transcript_id}: its {kind} cannot be read") from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise BundleError(f"transcript {transcript_id}: its {kind} are not the ones approved")
    try:
        table: pa.Table = pq.read_table(
            pa.BufferReader(data), schema=schema(kind), use_threads=False
        )
    except (pa.ArrowException, OSError, ValueError):
        raise BundleError(f"transcript {transcript_id}: its {kind} are no such table") from None
    if set(table["transcript_id"].to_pylist()) - {transcript_id}:
        raise BundleError(f"transcript {transcript_id}: its {kind} hold another's rows")
    return table
