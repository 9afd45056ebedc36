"""What people decided, as gold: the transcripts that they corrected, with what is masked there now.

A transcript in which somebody decided was read by somebody, so its redactions, with what was marked
and without what was found needless, are the best answer there is. The file holds raw speech: it is
written where the user says, outside of the workspace, and who was shown which transcript is on
record before it is.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deid.alignment import Aligned, aligned_of
from deid.annotating import SPEAKER
from deid.audit import AuditLog, EventType
from deid.deciding import raw_transcript
from deid.decisions import table
from deid.errors import InputError, ReviewError
from deid.files import write_atomically
from deid.site import Site
from deid.transcript import EntityType, Part
from deid.vault import TranscriptState, Vault


@dataclass(frozen=True, slots=True)
class Gold:
    """What was written: transcripts, spans, and transcripts left out since they are not done."""

    transcripts: int
    spans: int
    left_out: int


def write_gold(root: Path, config: Path | None, out: Path, *, actor: str) -> Gold:
    """Write the gold of a study's decisions, readable by its owner alone.

    Args:
        root: The workspace.
        config: Folder of the settings; None for the workspace's own.
        out: The file; replaced.
        actor: Who is shown the transcripts, for the log.

    Raises:
        BusyError: A run holds the workspace.
        ReviewError: ``out`` is in the workspace, or there is nothing to write.
        DeidError: Workspace, settings, key, vault or audit log cannot be used.
    """
    site = Site.open(root, config)
    if out.absolute().resolve().is_relative_to(site.workspace.root.resolve()):
        raise ReviewError("gold holds raw speech: write it outside of the workspace")
    with (
        site.workspace.lock(),
        Vault.open(site.workspace.vault, site.keys.vault_key, read_only=True) as vault,
    ):
        asked = {each.transcript_id for each in table.every(vault) if not each.void}
        records = list(_records(site, vault, sorted(asked)))
    if not records:
        raise ReviewError("no decision holds in a transcript that is done")
    log = AuditLog(site.workspace.events, site.keys)
    for each in records:
        facts = {"gold": len(each["spans"])}
        log.append(EventType.REVIEW_OPENED, actor=actor, subject=each["id"], facts=facts)
    log.checkpoint()
    lines = (json.dumps(each, ensure_ascii=False) + "\n" for each in records)
    write_atomically(out, "".join(lines).encode("utf-8", "surrogatepass"))
    return Gold(
        len(records), sum(len(each["spans"]) for each in records), len(asked) - len(records)
    )


def _records(site: Site, vault: Vault, ids: list[str]) -> Iterator[dict[str, Any]]:
    for transcript_id in ids:
        record = vault.transcript(transcript_id)
        if record is None or record.state is not TranscriptState.DONE:
            continue
        try:
            raw = raw_transcript(site, record)
            aligned = aligned_of(site.workspace.root, vault, record, raw)
        except (ReviewError, InputError):
            continue
        text, spans = _flat(aligned)
        yield {"id": transcript_id, "format": raw.format, "text": text, "spans": spans}


def _flat(aligned: Aligned) -> tuple[str, list[dict[str, Any]]]:
    """The raw text as ``Speaker: words`` lines, and where in it what is masked stands."""
    text, spans = "", []
    for turn in aligned.turns:
        base = {Part.SPEAKER: len(text)}
        text += f"{turn.turn.speaker}: " if turn.turn.speaker else ""
        base[Part.TEXT] = len(text)
        text += f"{turn.turn.text}\n"
        for each in turn.mentions():
            named = each.place.part is Part.SPEAKER and each.entity_type is EntityType.PERSON
            if any(map(str.isalnum, each.original)):
                start = base[each.place.part] + each.place.start
                label = SPEAKER if named else each.entity_type.value
                spans.append({"start": start, "end": start + len(each.original), "label": label})
    return text.removesuffix("\n"), spans
