"""What a run wrote, read back for the tests: its cells, and which raw characters it replaced."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from deid import ingest, keys
from deid.transcript import Part, Transcript
from deid.vault import TranscriptRecord, TranscriptState, Vault
from deid.workspace import Workspace

from .gold import Covered


@dataclass(frozen=True, slots=True)
class Output:
    """One written transcript: as it was read, as it was written, and what was replaced in it."""

    raw: Transcript
    rows: tuple[dict[str, object], ...]
    covered: Covered


def records(root: Path) -> dict[str, TranscriptRecord]:
    """What the vault says of each file, by its path in the inbox."""
    with _vault(root) as vault:
        return {record.relative_path: record for record in vault.transcripts()}


def output(root: Path, file: str) -> Output | None:
    """A file's output, or None where it was withheld.

    Which raw characters were replaced follows from the redactions' places in the output and the
    originals in the vault, which stand in the same order; both are checked against each other.
    """
    record = records(root)[file]
    if record.state is not TranscriptState.DONE:
        return None
    raw = ingest.read(root / "inbox" / file)
    tables = {Path(name).parent.name: root / name for name in record.outputs}
    with _vault(root) as vault:
        originals = [each.text for each in vault.originals(transcript_id=record.transcript_id)]
    redactions = pq.read_table(tables["redactions"]).to_pylist()
    covered: dict[tuple[int, Part], list[tuple[int, int]]] = {}
    longer: dict[tuple[int, Part], int] = {}
    for row, original in zip(redactions, originals, strict=True):
        key = (row["turn"], Part(row["part"]))
        start = row["start"] - longer.get(key, 0)
        assert raw.turns[row["turn"]].part(key[1])[start:].startswith(original)
        covered.setdefault(key, []).append((start, start + len(original)))
        longer[key] = longer.get(key, 0) + row["end"] - row["start"] - len(original)
    rows = pq.read_table(tables["turns"]).to_pylist()
    return Output(raw, tuple(rows), covered)


def cells(root: Path) -> Iterator[str]:
    """Every text in every cell, map keys among them, of every Parquet file of the workspace."""
    for folder in ("staging", "audit"):
        for path in sorted((root / folder).rglob("*.parquet")):
            for row in pq.read_table(path).to_pylist():
                yield from (str(value) for value in row.values())


def _vault(root: Path) -> Vault:
    workspace = Workspace.open(root)
    return Vault.open(workspace.vault, keys.load(workspace).vault_key, read_only=True)
