"""The verdict that a person's place in a sentence gives a word without a telling capital letter."""

from deid.detect.names.answers import is_told
from deid.detect.names.beside import byname
from deid.detect.names.by_surname import is_by_surname
from deid.detect.names.courtesies import is_addressed, thanking, turned_to
from deid.detect.names.families import is_household
from deid.detect.names.phrased import phrased, stands_out
from deid.detect.names.slots import slot_at
from deid.detect.names.standing import stands_at
from deid.detect.words.cues import Cue, roles
from deid.detect.words.evidence import (
    FAIR,
    PART,
    PLAIN_TIER,
    RARE_TIER,
    SHORTEST_UNKNOWN,
    STRONG_NAME,
    Evidence,
    Verdict,
    contracted,
    sound,
)
from deid.detect.words.frames import FELT, PAST, PERSONAL_VERBS, Frame, free_after
from deid.detect.words.gazetteer import Entry
from deid.detect.words.neighbours import before, following


def framed_small(evidence: Evidence, place: int, entry: Entry) -> Verdict | None:
    """The verdict that a person's place in a sentence gives, or None."""
    low = evidence.tokens.lows[place]
    if _ruled_out(evidence, place, entry) or low in roles().kin or low in roles().titles:
        return None
    noise = contracted(low) or sound(low, entry)
    if noise or (low in evidence.words.function and entry.given < STRONG_NAME):
        return None
    called = _called(evidence, place, entry)
    if called is not None:
        return called
    tokens = evidence.tokens
    frame = stands_at(tokens, place, named=entry.tier == 0)
    odd = entry.tier == 0 and place not in evidence.kept and len(low) >= SHORTEST_UNKNOWN
    first = low in evidence.words.first and low not in evidence.words.function
    if (odd or first or entry.given >= STRONG_NAME) and is_told(evidence, place):
        frame = Frame.PROVEN
    if frame is not Frame.PROVEN:
        frame = _slotted(evidence, place, entry) or frame
    if frame is None and (thanking(tokens, place) or turned_to(tokens, place)):
        frame = Frame.LIKELY if low in evidence.words.first or entry.tier == 0 else None
    if frame is None and is_addressed(tokens, place):
        frame = Frame.PROVEN if low in evidence.words.first or entry.tier == 0 else None
    if frame is None and before(tokens, place)[0] == "our":
        rare = entry.tier == 0 and entry.given >= FAIR
        frame = Frame.LIKELY if rare or _ours(evidence, place, entry) else None
    if frame is None or evidence.dosed(place):
        return None
    score = _framed_score(evidence, place, entry, frame)
    return Verdict(score, f"frame-{frame}") if score else None


def _called(evidence: Evidence, place: int, entry: Entry) -> Verdict | None:
    """The verdict where a phrase, or a family or its name, leaves nothing else to be meant."""
    if stands_out(entry) and phrased(evidence.tokens, place) is Frame.PROVEN:
        return Verdict(0.65, f"frame-{Frame.PROVEN}")
    if byname(evidence, place):
        return Verdict(0.75, f"cue-{Cue.CALLED}")
    if is_household(evidence, place):
        return Verdict(0.75, "family")
    return Verdict(0.7, "surname") if is_by_surname(evidence, place) else None


def _ours(evidence: Evidence, place: int, entry: Entry) -> bool:
    """Whether "our X" is of the family: "our gale, that's my sister"; never "our hope, that"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if entry.given < STRONG_NAME or low in FELT or low in evidence.words.function:
        return False
    after = following(tokens, place)[0]
    if tokens.possessive(place):
        return after.endswith("ing") or after in {"got", "been", "gone"} or after in roles().family
    return tokens.after(place)[:1] == "," or after in PERSONAL_VERBS | PAST | {"she", "he", "who"}


def _slotted(evidence: Evidence, place: int, entry: Entry) -> Frame | None:
    """The frame that its slot gives to a first name, or to a word that no list knows."""
    first = evidence.tokens.lows[place] in evidence.words.first
    named = first or entry.given >= STRONG_NAME or (entry.tier == 0 and place not in evidence.kept)
    frame = slot_at(evidence.tokens, place) if named else None
    return None if frame is Frame.LIKELY and entry.place > entry.given else frame


def _framed_score(evidence: Evidence, place: int, entry: Entry, frame: Frame) -> float:
    """The more of a plain word it is, the surer its place has to be."""
    low = evidence.tokens.lows[place]
    if evidence.only_name(place, entry):
        fits = entry.name or (entry.unknown and len(low) >= _SHORTEST_FRAMED)
        return 0.7 if fits else 0.0
    first = low in evidence.words.first
    if entry.given < (PART + 1 if first or entry.tier >= RARE_TIER else STRONG_NAME):
        return 0.0
    rare = entry.tier > PLAIN_TIER or (first and low not in evidence.words.function)
    sure = rare or frame is Frame.PROVEN or free_after(evidence.tokens, place)
    return 0.65 if sure else 0.0


_SHORTEST_FRAMED = 3


def _ruled_out(evidence: Evidence, place: int, entry: Entry) -> bool:
    """Single letters, parts of allowed phrases and places, allowed words that name few people."""
    if len(evidence.tokens.lows[place]) == 1:
        return True
    if place in evidence.firm or place in evidence.claimed:
        return True
    return place in evidence.kept and entry.given < FAIR
