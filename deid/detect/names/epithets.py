"""Words that are part of what somebody is called: "Big Sarah", "wee tam", "Dai Mawr"."""

from deid.detect.words.cues import POSSESSIVES
from deid.detect.words.evidence import COMMON_TIER, FAIR, STRONG_NAME, Evidence
from deid.detect.words.frames import PAST, PERSONAL_VERBS, following
from deid.detect.words.tokens import Case
from deid.naming import EPITHETS

_SMALL = frozenset({"wee", "big", "mad", "fat", "muckle"})
_OF_ALL = frozenset({"little", "old", "young", "other"})
"""They are part of a name only with a capital inside a sentence: "his father was Old Bill"."""
_WELSH = frozenset({"bach", "fach", "mawr", "fawr", "ddu", "goch"})


def is_epithet(evidence: Evidence, place: int) -> bool:
    """Whether the word before a found name belongs to it: not in "my Little Grace"."""
    tokens, low, name = evidence.tokens, evidence.tokens.lows[place], place + 1
    entry = evidence.entry(name)
    known = entry.given >= FAIR and entry.tier == 0
    if tokens.case(place) is not Case.MIXED:
        acts = following(tokens, name)[0] in PAST | PERSONAL_VERBS  # "big ray bought one"
        hardly = entry.given >= STRONG_NAME and (acts or entry.tier >= COMMON_TIER)
        return (known or hardly) and low in _SMALL
    if low not in EPITHETS or not (tokens.capital(place) and tokens.capital(name)):
        return False
    if low in _OF_ALL:
        owned = place > 0 and tokens.lows[place - 1] in POSSESSIVES | {"the"}
        known = known or (entry.family >= FAIR and entry.tier == 0)  # "my friend Old Wong"
        return (known or entry.given >= STRONG_NAME) and not (owned or tokens.initial(place))
    family = entry.tier == 0 and (entry.family >= FAIR or entry.given > 0)  # "Big Sweeney"
    return known or family or low in {"wee", "muckle"} or not tokens.initial(place)


def follows_name(evidence: Evidence, place: int) -> bool:
    """Whether a Welsh epithet follows a first name: "iwan bach", "Dai Mawr"."""
    tokens, first = evidence.tokens, evidence.entry(place - 1)
    whole = tokens.joined(place) and tokens.turns[place] == tokens.turns[place - 1]
    named = first.given >= FAIR and first.tier == 0 and not tokens.possessive(place - 1)
    return tokens.lows[place] in _WELSH and whole and named
