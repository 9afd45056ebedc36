"""Whether a word without a telling capital letter is a person's name.

For turns without capitals (automatic captions) and all in capitals: a word counts when it is a
name and nothing else, or when it is in a name's place. What is also an English word needs a cue.
"""

from deid.detect.cues import Cue, cue_at
from deid.detect.gazetteer import Entry
from deid.detect.names_evidence import (
    COMMONEST,
    FAIR,
    NO_NAME,
    PART,
    SHORTEST_UNKNOWN,
    STRONG_NAME,
    Evidence,
    Verdict,
    place_cued,
)
from deid.detect.names_tokens import Case
from deid.transcript import EntityType

_RULE = "list-no-capital"
_SMALL_WEIGHT = {Cue.ADDRESS: 0.1, Cue.SLOT: 0.05}


def judge_bare(evidence: Evidence, place: int) -> Verdict:
    """The verdict on one word, without regard to its neighbours' verdicts."""
    tokens, entry, low = evidence.tokens, evidence.entry(place), evidence.tokens.lows[place]
    if tokens.case(place) is Case.MIXED:
        return _judge_small(evidence, place, entry)
    if low in evidence.labels and low not in evidence.words.function:
        return Verdict(0.85, "speaker-label")
    if _hopeless(evidence, place, entry):
        return NO_NAME
    cue = cue_at(tokens, place, evidence.answers)
    strong = _by_cue(evidence, place, entry, cue) if cue else None
    return strong or Verdict(max(0.0, min(_weight(evidence, place, entry, cue), 0.9)), _RULE)


def _judge_small(evidence: Evidence, place: int, entry: Entry) -> Verdict:
    """A name that somebody forgot to write with a capital: only the surest."""
    sure = entry.tier == 0 and entry.given > STRONG_NAME
    long = len(evidence.tokens.lows[place]) >= SHORTEST_UNKNOWN
    barred = place in evidence.kept or place in evidence.claimed
    return Verdict(0.55, _RULE) if sure and long and not barred else NO_NAME


def _hopeless(evidence: Evidence, place: int, entry: Entry) -> bool:
    low = evidence.tokens.lows[place]
    if len(low) == 1 or place in evidence.kept or place in evidence.claimed:
        return True
    if entry.tier and not entry.name:
        return True
    return low in evidence.words.function and entry.given < FAIR


def _weight(evidence: Evidence, place: int, entry: Entry, cue: Cue | None) -> float:
    """What lists, network and company add up to."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    plain = entry.tier == 0 or low in evidence.words.bare
    score = _list_score(entry, plain=plain)
    if evidence.network.get(place) is EntityType.PERSON:
        score += 0.4 if entry.unknown and len(low) >= SHORTEST_UNKNOWN else 0.2
    if cue and plain:
        score += _SMALL_WEIGHT.get(cue, 0.0)
    if not plain and _before_surname(evidence, place, entry):
        score += 0.3
    if entry.given < STRONG_NAME:
        score -= 0.4 * evidence.dosed(place)
    if entry.place > entry.given - 2 and entry.place and place_cued(tokens, place):
        score -= 0.35
    return score


def _list_score(entry: Entry, *, plain: bool) -> float:
    if not plain:
        return 0.3 if entry.given >= STRONG_NAME else 0.1
    if entry.given >= PART:
        return 0.75 if entry.given >= FAIR else 0.55
    if entry.family >= STRONG_NAME and not entry.place:
        return 0.5
    return 0.45 if entry.name else 0.15


def _before_surname(evidence: Evidence, place: int, entry: Entry) -> bool:
    """A first name that is also a word, right before a family name: "grace bell"."""
    tokens, after = evidence.tokens, place + 1
    if entry.given < STRONG_NAME or tokens.lows[place] not in evidence.words.first:
        return False
    if after >= len(tokens) or not tokens.joined(after) or tokens.possessive(place):
        return False
    low, follower = tokens.lows[after], evidence.entry(after)
    return low not in evidence.words.function and follower.family > STRONG_NAME


def _by_cue(evidence: Evidence, place: int, entry: Entry, cue: Cue) -> Verdict | None:
    """The verdict that a cue gives by itself, or None."""
    low = evidence.tokens.lows[place]
    verdict = Verdict(_CUE_SCORE.get(cue, 0.6), f"cue-{cue}")
    if cue is Cue.TITLE and entry.family >= STRONG_NAME and entry.tier != COMMONEST:
        return verdict
    if low in evidence.words.function:
        telling = low in evidence.words.cued and cue in _TELLING
        named = (cue in _NAMING or telling) and entry.given >= STRONG_NAME
        return verdict if named else None
    return verdict if _fits(evidence, place, entry, cue) else None


_NAMING = frozenset({Cue.INTRODUCTION, Cue.CALLED})
_TELLING = frozenset({Cue.ADDRESS, Cue.SLOT, Cue.KIN})
_CUE_SCORE = {
    Cue.INTRODUCTION: 0.9,
    Cue.CALLED: 0.9,
    Cue.TITLE: 0.9,
    Cue.KIN: 0.8,
    Cue.ANSWER: 0.8,
    Cue.I_AM: 0.7,
}


def _fits(evidence: Evidence, place: int, entry: Entry, cue: Cue) -> bool:
    """Whether the word can be what the cue announces."""
    free = entry.tier == 0 or evidence.tokens.lows[place] in evidence.words.first
    if cue in _NAMING or cue is Cue.TITLE:
        likely = free or entry.given >= FAIR or entry.family >= STRONG_NAME
        return likely and not evidence.dosed(place)
    if cue is Cue.KIN:
        return (free and entry.name >= PART) or entry.unknown
    if cue is Cue.ANSWER:
        return free and entry.name >= PART
    if cue is Cue.I_AM:
        return free and entry.name > PART
    return bool(entry.tier) and free and entry.given >= FAIR
