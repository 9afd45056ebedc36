"""Which transcripts a decision bears on: those in which it would change something.

A mask for the study is looked for in what was written, since a word that was missed stands there
in full. Letters hidden inside a word (a soft hyphen, say) escape the first, coarse look; the leak
check of a release does not share it, and finds them.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.compute as pc

from deid.decisions import Decision, Decisions, Kind, Reach
from deid.repeats import folded, keys
from deid.store import Table, open_files
from deid.transcript import Transcript, Turn
from deid.vault import TranscriptState, Vault

_SHORTEST = 2


def bears_on(
    decision: Decision, vault: Vault, staging: Path, *, is_common: Callable[[str], bool]
) -> list[str]:
    """Ids of the transcripts that have to be done again for a decision, in order.

    Args:
        decision: Made, or taken back.
        vault: Knows what was replaced.
        staging: Folder of what was written.
        is_common: Whether a folded word is ordinary English.
    """
    if decision.reach is not Reach.STUDY:
        return [decision.transcript_id]
    done = {each.transcript_id for each in vault.transcripts(state=TranscriptState.DONE)}
    touched = {decision.transcript_id} | _replaced(decision, vault)
    if decision.kind in {Kind.MASK, Kind.RETYPE} and not decision.void:
        touched |= set(_written(decision, staging, done - touched, is_common=is_common))
    return sorted(touched & (done | {decision.transcript_id}))


def _replaced(decision: Decision, vault: Vault) -> set[str]:
    """Where the very words were replaced: what a keep uncovers, and a mask taken back."""
    words = folded(decision.text)
    return {each.transcript_id for each in vault.originals() if folded(each.text) == words}


def _written(
    decision: Decision, staging: Path, ids: set[str], *, is_common: Callable[[str], bool]
) -> Iterator[str]:
    """Where the words stand in what was written: first by a part of them, then as applied."""
    mask = Decisions([decision], is_common=is_common)
    parts = {max(key, key=len) for key, _ in keys(decision.text, decision.entity_type, is_common)}
    parts.add(max(folded(decision.text), key=len, default=""))
    patterns = sorted(part for part in parts if len(part) >= _SHORTEST)
    for transcript_id in sorted(ids):
        path = staging / Table.TURNS / f"{transcript_id}.parquet"
        if patterns and path.is_file() and _holds(path, patterns, mask):
            yield transcript_id


def _holds(path: Path, patterns: list[str], mask: Decisions) -> bool:
    rows = open_files([path], Table.TURNS).to_table(columns=["text", "speaker"])
    columns = (rows["text"], rows["speaker"])
    if not any(
        pc.any(pc.match_substring(column, pattern, ignore_case=True)).as_py()
        for pattern in patterns
        for column in columns
    ):
        return False
    turns = (
        Turn(number, text, speaker)
        for number, (text, speaker) in enumerate(
            zip(*(c.to_pylist() for c in columns), strict=True)
        )
    )
    return bool(mask.on("", Transcript(tuple(turns), "parquet"), ()).annotations)
