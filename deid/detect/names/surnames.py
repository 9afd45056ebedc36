"""Surnames that are words or stay elsewhere, by the first name beside them.

"Ran into dawn rivers", "i'm ruth timpson and", "the spit of michael noonan", in turns without
telling capitals; "Buddy Gossett" and "Tui Parata" in others.
"""

from deid.detect.words.cues import roles
from deid.detect.words.evidence import (
    COMMON_TIER,
    COMMONEST,
    PART,
    RARE_TIER,
    STRONG_NAME,
    Evidence,
)
from deid.detect.words.frames import MONTHS, OWNED, PAST, PERSONAL_VERBS, free_after
from deid.detect.words.gazetteer import WEEKDAYS
from deid.detect.words.neighbours import following
from deid.detect.words.tokens import Case
from deid.transcript import EntityType

_CUED = ("cue-introduction", "cue-called", "frame-", "cue-i-am", "cue-name-answer", "cue-kin")
_ANNOUNCED = ("cue-introduction", "cue-called")


def bare_surname(evidence: Evidence, place: int, rule: str) -> bool:
    """A surname that is a word, without a capital: "ran into dawn rivers", "it's yan ting park".

    ``rule`` is the one that found the name before it: behind "my name's" and "called" the commonest
    words are surnames, where the sentence may end or go on ("my name's autumn weeks i don't").
    """
    cued, announced = rule.startswith(_CUED), rule in _ANNOUNCED
    tokens, entry = evidence.tokens, evidence.entry(place)
    if not tokens.joined(place) or tokens.turns[place] != tokens.turns[place - 1]:
        return False
    low = tokens.lows[place]
    if tokens.possessive(place - 1) or place in evidence.firm or tokens.case(place) is Case.MIXED:
        return False
    if low in evidence.words.function and low not in evidence.words.titled:
        return False
    if low in PAST or low in PERSONAL_VERBS:
        return False
    hardly_else = _sure_first(evidence, place - 1) or _is_first(evidence, place - 1)
    rare = entry.tier >= (COMMON_TIER if hardly_else else RARE_TIER)
    rare = rare or announced or (cued and entry.tier > COMMONEST) or _all_said(evidence, place)
    kept = entry.tier == 0 and low not in _DAYS  # "i'm ruth timpson and", "saw michael noonan"
    kept = kept and (cued or low not in evidence.lists.wares)
    rare = rare or (kept and (cued or _is_first(evidence, place - 1)))
    least = PART if rare else STRONG_NAME
    after = following(tokens, place)[0]
    acts = announced or rule == "cue-title" or _sure_first(evidence, place - 1)
    acts = acts and (after in PERSONAL_VERBS or after in PAST)
    deed = acts and (after in PERSONAL_VERBS or after in _DEEDS)
    if deed and low not in _ADVERBS and not low.endswith("ly"):
        least = PART  # "devon mighty gave a talk"
    whole = free_after(tokens, place) or after in _BEHIND or acts
    hardly = entry.tier == 0 or entry.tier >= RARE_TIER  # "dolly parton there's a whole park"
    seen = announced and evidence.network.get(place) is EntityType.PERSON
    hardly = hardly and (seen or _is_first(evidence, place - 1)) and low not in evidence.lists.wares
    return entry.family >= least and (whole or hardly)


def owning_surname(evidence: Evidence, place: int) -> bool:
    """A surname whose apostrophe a machine left out: "grace birds teacher", "dickie unwins mum"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if not (tokens.unmarked(place) and low.endswith("s") and tokens.joined(place)):
        return False
    owned = following(tokens, place)[0] in OWNED | roles().kin
    named = evidence.entry(place - 1).given >= STRONG_NAME
    return owned and named and evidence.lexicon.entry(low[:-1]).family >= PART


def _is_first(evidence: Evidence, place: int) -> bool:
    """Whether a word is a first name, and hardly anything else."""
    entry = evidence.entry(place)
    return entry.given > STRONG_NAME and (entry.tier == 0 or entry.tier >= COMMON_TIER)


def _all_said(evidence: Evidence, place: int) -> bool:
    """Whether a turn is a first name and this word, and nothing else: "who?" / "harry styles"."""
    turns = evidence.tokens.turns
    opens = place == 1 or (place > 1 and turns[place - 2] != turns[place])
    ends = place + 1 == len(turns) or turns[place + 1] != turns[place]
    return opens and ends and _is_first(evidence, place - 1)


_DEEDS = frozenset({"gave", "came", "went", "brought", "taught", "sang", "ran", "wrote", "drove"})
_ADVERBS = frozenset(
    {"once", "soon", "often", "later", "next", "first", "last", "together", "already", "maybe",
     "still", "even", "just", "only", "also", "always", "never", "then", "now", "today", "there",
     "here", "really", "himself", "herself", "sure", "kind", "sort", "who", "that", "both", "all"}
)  # fmt: skip
_BEHIND = frozenset(
    {"now", "thank", "thanks", "welcome", "speaking", "might", "used", "never", "always", "who's",
     "who'd", "who'll", "we", "they", "please", "here", "you"}
)  # fmt: skip


def _sure_first(evidence: Evidence, place: int) -> bool:
    """Whether a word is a first name and nothing else, so that what follows may be its surname."""
    entry = evidence.entry(place)
    return entry.given >= STRONG_NAME and entry.tier == 0 and place not in evidence.kept


_DAYS = WEEKDAYS | {"mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri"}


def also_first(evidence: Evidence, place: int) -> bool:
    """Whether kin, or what stays, is a first name here: "Buddy Gossett", "Tui Parata"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    first, surname = evidence.entry(place), evidence.entry(place + 1)
    written = tokens.case(place) is Case.MIXED and tokens.words[place].istitle()
    if not (written and tokens.capital(place + 1)) or surname.given or surname.tier:
        return False
    if low in roles().kin:
        return first.given >= STRONG_NAME
    calendar = low in MONTHS or low in WEEKDAYS
    elsewhere = evidence.network.get(place) in {EntityType.LOCATION, EntityType.ORGANIZATION}
    return place in evidence.kept and first.given > 0 and not (calendar or elsewhere)


def is_surname_alone(evidence: Evidence, place: int) -> bool:
    """Whether a word is a family name and nothing else, more often than a first name."""
    entry = evidence.entry(place)
    return entry.tier == 0 and entry.family >= PART and entry.family > entry.given
