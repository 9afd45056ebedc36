"""Decisions and findings as the vault keeps them.

Findings are what detection made of a raw file, without a word of it: with them a transcript is
done again after a decision in a moment, with no model. They hold for the very bytes and the very
settings under which they were made, and for no others.
"""

import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from deid.decisions.decision import Decision, Kind, Reach
from deid.transcript import Annotation, EntityType, Part, Place
from deid.vault import Vault

_ADD = """INSERT INTO decisions (at, account, kind, reach, transcript_id, turn, part, "start",
    "end", entity_type, text, identity_id, void)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) RETURNING id"""
_COLUMNS = """id, at, account, kind, reach, transcript_id, turn, part, "start", "end", entity_type,
    text, identity_id, void"""
_ALL = f"SELECT {_COLUMNS} FROM decisions ORDER BY id"  # noqa: S608 - of constants
_GET = f"SELECT {_COLUMNS} FROM decisions WHERE id = ?"  # noqa: S608 - of constants
_VOID = "UPDATE decisions SET void = 1 WHERE id = ?"
_PUT_FINDINGS = "INSERT OR REPLACE INTO findings VALUES (?, ?, ?, ?)"
_GET_FINDINGS = """SELECT annotations FROM findings
    WHERE transcript_id = ? AND content_digest = ? AND fingerprint = ?"""
_ANNOTATIONS = TypeAdapter(tuple[Annotation, ...])


def add(vault: Vault, decision: Decision) -> int:
    """Keep a decision; returns its number. Inside of a transaction."""
    place = decision.place
    rows = vault.run(
        _ADD,
        *(decision.at.isoformat(), decision.account, decision.kind.value, decision.reach.value),
        *(decision.transcript_id, place.turn, place.part.value, place.start, place.end),
        *(decision.entity_type.value, decision.text, decision.identity_id),
    )
    return int(rows[0][0])


def every(vault: Vault) -> Iterator[Decision]:
    """All decisions in the order in which they were made, those taken back among them."""
    return map(_decision, vault.run(_ALL))


def kept(vault: Vault, transcript_id: str) -> tuple[str, ...]:
    """Words that a person decided to leave standing in a transcript."""
    holding = (each for each in every(vault) if each.holds_in(transcript_id))
    return tuple(each.text for each in holding if each.kind is Kind.KEEP)


def get(vault: Vault, number: int) -> Decision | None:
    """One decision by its number."""
    rows = vault.run(_GET, number)
    return _decision(rows[0]) if rows else None


def take_back(vault: Vault, number: int) -> None:
    """Let a decision hold no longer; it stays on record. Inside of a transaction."""
    vault.run(_VOID, number)


def put_findings(
    vault: Vault,
    transcript_id: str,
    annotations: Sequence[Annotation],
    *,
    content_digest: str,
    fingerprint: str,
) -> None:
    """Keep what detection made of a transcript, in place of what was kept before."""
    packed = zlib.compress(_ANNOTATIONS.dump_json(tuple(annotations)))
    vault.run(_PUT_FINDINGS, transcript_id, content_digest, fingerprint, packed)


def findings(
    vault: Vault, transcript_id: str, *, content_digest: str, fingerprint: str
) -> tuple[Annotation, ...] | None:
    """What detection made of these bytes under these settings; None when that is not known."""
    rows = vault.run(_GET_FINDINGS, transcript_id, content_digest, fingerprint)
    return _ANNOTATIONS.validate_json(zlib.decompress(rows[0][0])) if rows else None


def _decision(row: Sequence[Any]) -> Decision:
    number, at, account, kind, reach, transcript_id, turn, part, start, end, *rest = row
    entity_type, text, identity_id, void = rest
    return Decision(
        id=number,
        at=datetime.fromisoformat(at),
        account=account,
        kind=Kind(kind),
        reach=Reach(reach),
        transcript_id=transcript_id,
        place=Place(turn, Part(part), start, end),
        entity_type=EntityType(entity_type),
        text=text,
        identity_id=identity_id,
        void=bool(void),
    )
