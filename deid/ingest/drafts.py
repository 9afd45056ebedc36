"""Turns to be, and the one place where they become a transcript.

Every reader ends here, so that what no transcript may hold (a turn too long, half a surrogate
pair, no speech at all) is refused in one way for every format.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from deid.errors import InputError, Reason
from deid.ingest.encoding import check_text
from deid.ingest.limits import Limits
from deid.transcript import Transcript, Turn, TurnKind


@dataclass(frozen=True, slots=True)
class Draft:
    """A turn without its number."""

    text: str = field(repr=False)
    speaker: str = field(default="", repr=False)
    kind: TurnKind = TurnKind.SPEECH
    start_ms: int | None = None
    end_ms: int | None = None


def finish(
    drafts: Iterable[Draft],
    *,
    format: str,  # noqa: A002 — the name that Transcript gives it
    limits: Limits,
    dropped: Mapping[str, int] | None = None,
) -> Transcript:
    """Number the drafts that hold anything.

    Args:
        drafts: In file order; one with neither text nor speaker is left out.
        format: The reader's name.
        limits: Turns and characters that are still taken.
        dropped: What the reader left out and how often; zeros are left out here.

    Raises:
        InputError: EMPTY, TOO_LARGE, BINARY or ENCODING.
    """
    turns: list[Turn] = []
    for draft in drafts:
        if not draft.text.strip() and not draft.speaker.strip():
            continue
        if len(turns) == limits.turns:
            raise InputError(Reason.TOO_LARGE, detail=f"more than {limits.turns} turns")
        turns.append(_turn(len(turns), draft, limits))
    if not turns:
        raise InputError(Reason.EMPTY, detail="no text")
    counts = {what: count for what, count in (dropped or {}).items() if count}
    return Transcript(turns=tuple(turns), format=format, dropped=counts)


def _turn(number: int, draft: Draft, limits: Limits) -> Turn:
    if len(draft.text) > limits.line_chars or len(draft.speaker) > limits.line_chars:
        raise InputError(Reason.TOO_LARGE, detail=f"turn {number}: over {limits.line_chars}")
    for part in (draft.text, draft.speaker):
        check_text(part)
    start, end = draft.start_ms, draft.end_ms
    if start is None or end is None or end < start:
        end = None
    return Turn(number, draft.text, draft.speaker, draft.kind, start, end)
