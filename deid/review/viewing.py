"""A transcript as the page shows it: turns in pieces, redactions numbered, doubtful ones marked.

Doubtful is what a person should look at first: a detection of low confidence, a name that may be
more than one person's, and what a person decided before.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from deid.alignment import Aligned, AlignedTurn, Mention, aligned_of
from deid.deciding import raw_transcript
from deid.keys import normalised
from deid.naming import name_words
from deid.overview import UNCERTAIN_BELOW
from deid.review.wording import TYPE_NAMES, colour
from deid.site import Site
from deid.subjects import THING_KINDS
from deid.transcript import EntityType, Part, Transcript, TurnKind
from deid.vault import TranscriptRecord, Vault, shared_among

_LOW = "low score"
_AMBIGUOUS = "the name of more than one person"
_DECIDED = "a person decided"
_MINUTE_MS, _SECOND_MS = 60_000, 1_000


@dataclass(frozen=True, slots=True)
class Marked:
    """One redaction on the page.

    Attributes:
        mention: What it is.
        number: From 1, in file order.
        doubts: Why a person should look at it.
        before: Number of the doubtful one before it, round the end; 0 where there is none.
        after: The same after it.
    """

    mention: Mention
    number: int
    doubts: tuple[str, ...]
    before: int = 0
    after: int = 0

    @property
    def colour(self) -> str:
        """Its type's group."""
        return colour(self.mention.entity_type)

    @property
    def type_name(self) -> str:
        """Its type in words."""
        return TYPE_NAMES[self.mention.entity_type]


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """One turn on the page; ``speaker`` and ``text`` are plain text and redactions by turns."""

    number: int
    note: str
    time: str
    speaker: tuple[str | Marked, ...] = field(repr=False)
    text: tuple[str | Marked, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class View:
    """A whole transcript on the page."""

    turns: tuple[ShownTurn, ...] = field(repr=False)
    marked: tuple[Marked, ...]

    @property
    def doubtful(self) -> tuple[Marked, ...]:
        """Those to look at first, in file order."""
        return tuple(each for each in self.marked if each.doubts)


def aligned_now(site: Site, vault: Vault, record: TranscriptRecord) -> Aligned:
    """A transcript from both sides, its raw file checked to be the one that was done.

    Raises:
        ReviewError: Raw file and output do not belong together, or one is gone.
    """
    return aligned_of(site.workspace.root, vault, record, raw_transcript(site, record))


def view(aligned: Aligned, vault: Vault) -> View:
    """What the page shows of a transcript.

    Args:
        aligned: From both sides.
        vault: Open for reading; knows whose names are shared.
    """
    shared = shared_names(aligned.mentions(), vault)
    plain = [
        Marked(mention, number, tuple(_doubts(mention, shared)))
        for number, mention in enumerate(aligned.mentions(), start=1)
    ]
    marked = _linked(plain)
    numbers = iter(marked)
    turns = tuple(_turn(turn, numbers) for turn in aligned.turns)
    return View(turns, marked)


def raw_turns(transcript: Transcript) -> tuple[ShownTurn, ...]:
    """The turns of a raw transcript that has no output."""
    return tuple(
        _turn(AlignedTurn(turn, (turn.speaker,), (turn.text,)), iter(()))
        for turn in transcript.turns
    )


def shared_names(mentions: Iterable[Mention], vault: Vault) -> frozenset[str]:
    """Names of people, as compared, that more than one person of the study has."""
    said = {_name(each) for each in mentions if each.entity_type is EntityType.PERSON}
    return shared_among(vault, said - {""}, but=THING_KINDS)


def _name(mention: Mention) -> str:
    words = " ".join(name_words(mention.original))
    return normalised(words) if words else ""


def _doubts(mention: Mention, shared: frozenset[str]) -> Iterator[str]:
    if mention.score < UNCERTAIN_BELOW:
        yield _LOW
    if mention.entity_type is EntityType.PERSON and _name(mention) in shared:
        yield _AMBIGUOUS
    if mention.by_person:
        yield _DECIDED


def _linked(plain: Iterable[Marked]) -> tuple[Marked, ...]:
    """Every redaction with the doubtful ones next to it, round the end."""
    listed = list(plain)
    doubtful = [each.number for each in listed if each.doubts]
    if not doubtful:
        return tuple(listed)
    after: Mapping[int, int] = dict(pairwise([*doubtful, doubtful[0]]))
    before = {later: earlier for earlier, later in after.items()}
    return tuple(
        Marked(each.mention, each.number, each.doubts, before[each.number], after[each.number])
        if each.doubts
        else each
        for each in listed
    )


def _turn(aligned: AlignedTurn, marked: Iterator[Marked]) -> ShownTurn:
    turn = aligned.turn
    speaker, text = (
        tuple(each if isinstance(each, str) else next(marked) for each in aligned.pieces(part))
        for part in Part
    )
    return ShownTurn(
        turn.number,
        "" if turn.kind is TurnKind.SPEECH else turn.kind.value,
        _time(turn.start_ms),
        speaker,
        text,
    )


def _time(start_ms: int | None) -> str:
    if start_ms is None:
        return ""
    minutes, left = divmod(start_ms, _MINUTE_MS)
    return f"{minutes}:{left // _SECOND_MS:02}"
