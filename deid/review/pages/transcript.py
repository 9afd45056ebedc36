"""A transcript: original and output side by side or merged, and what may be decided about it.

A withheld transcript shows why; of its raw text only the turn that is named, where one is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from deid import overview, quarantine
from deid.alignment import outputs_of
from deid.deciding import raw_transcript
from deid.decisions import Decision, table
from deid.errors import DeidError, ReviewError
from deid.review import rendering, wording
from deid.review.asking import Asked
from deid.review.desk import Desk
from deid.review.people import Who, people_of
from deid.review.viewing import ShownTurn, View, aligned_now, raw_turns, view
from deid.review.visit import Visit
from deid.site import Site
from deid.store import Table
from deid.vault import TranscriptRecord, TranscriptState, Vault

MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of a transcript when its page is made.

    Attributes:
        record: As the vault has it.
        shown: Turns and redactions; None while it is withheld.
        summary: Its row of counts; empty while it is withheld.
        withheld: Why, as the quarantine tells it; None when it is not withheld.
        turn: The raw turn that the quarantine names, if any.
    """

    record: TranscriptRecord
    shown: View | None = field(repr=False, default=None)
    summary: Mapping[str, Any] = field(default_factory=dict)
    withheld: quarantine.Record | None = None
    turn: ShownTurn | None = field(repr=False, default=None)


def show(desk: Desk, visit: Visit) -> Response:
    """The page."""
    return answer(desk, visit)


def answer(
    desk: Desk, visit: Visit, *, asked: Asked | None = None, problem: str = "", status: int = 200
) -> Response:
    """The page, or its form sent back: as typed, with what is wrong."""
    site, vault = desk.site(), desk.vault()
    record = record_of(vault, visit)
    page = _page(site, vault, record)
    return rendering.page(
        "transcript.html",
        visit,
        status=status,
        page=page,
        record=record,
        asked=asked or Asked(),
        problem=problem,
        merged=visit.query.get("view") == MERGED,
        keys_off=visit.query.get("keys") == "off",
        people=people_of(vault, record.transcript_id),
        checked_by=overview.checked_by(vault, record.transcript_id),
        residual=_residual(vault, record.transcript_id),
        decisions=_decided(vault, record.transcript_id),
        by_type=dict(page.summary.get("redactions_by_type", ())),
        wording=wording,
    )


def record_of(vault: Vault, visit: Visit) -> TranscriptRecord:
    """The transcript of a page's address.

    Raises:
        ReviewError: There is none of this id.
    """
    record = vault.transcript(visit.path["transcript_id"])
    if record is None:
        raise ReviewError("there is no transcript of this id")
    return record


def _residual(vault: Vault, transcript_id: str) -> Sequence[int] | None:
    """Turns in which a fresh look at the output found something; None where nobody looked."""
    counted = overview.get(vault, transcript_id)
    return counted.residual_turns if counted else None


def _decided(vault: Vault, transcript_id: str) -> Sequence[tuple[Decision, Who | None]]:
    """Decisions that were made in a transcript or hold in it, the last first, with whose name."""
    here = [
        each
        for each in table.every(vault)
        if each.transcript_id == transcript_id or each.holds_in(transcript_id)
    ]
    return [
        (each, None if each.identity_id is None else Who.of(vault, each.identity_id))
        for each in reversed(here)
    ]


def _page(site: Site, vault: Vault, record: TranscriptRecord) -> Page:
    if record.state is TranscriptState.WITHHELD:
        return _withheld(site, record)
    (summary,) = outputs_of(site.workspace.root, record, Table.TRANSCRIPTS)
    return Page(record, view(aligned_now(site, vault, record), vault), summary)


def _withheld(site: Site, record: TranscriptRecord) -> Page:
    told = quarantine.record(site.workspace.quarantine, record.transcript_id)
    if told is None or told.turn is None:
        return Page(record, withheld=told)
    try:
        turns = raw_turns(raw_transcript(site, record))
    except DeidError:
        return Page(record, withheld=told)
    return Page(record, withheld=told, turn=turns[told.turn] if told.turn < len(turns) else None)
