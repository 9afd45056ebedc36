"""The verdict on a name that is a word too, by all the small signs around it."""

from deid.detect.names.things import ABSTRACT, is_thing, is_verb
from deid.detect.words.contexts import LIKELY, SURELY, TELLING, naming
from deid.detect.words.cues import COURTESIES, role_words
from deid.detect.words.evidence import (
    COMMONEST,
    FAIR,
    NO_NAME,
    PART,
    SHORTEST_UNKNOWN,
    STRONG_NAME,
    Evidence,
    Verdict,
)
from deid.detect.words.frames import DATING, DETERMINERS, MODALS, MONTHS, PAST, is_modal
from deid.detect.words.gazetteer import Entry
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Tokens

OBJECTS = frozenset(
    {"the", "a", "an", "my", "your", "you", "it", "this", "that", "them", "him", "her"}
)
"""What a verb takes, and hardly stands after a name."""
TITLED = COURTESIES | {"doctor", "dr", "miss"}
_BEHIND_A_NAME = 1.3
"""Odds from which any noun is a surname behind a first name: "percy root"."""
_NO_TITLE = frozenset(
    {"the", "my", "your", "his", "her", "our", "their", "this", "that", "which", "i", "you", "we",
     "they", "to", "don't", "i'll", "you'll", "would", "i'd", "really", "never"}
)  # fmt: skip
"""Before "doctor" and "miss" where these are no titles: "the doctor rang", "I miss songs"."""
_BEING = frozenset({"is", "was", "were"})  # "told michael lunch was ready"
_EVERYDAY = 1.3
"""What has to speak for it more where it is an everyday word, or what people feel."""


def by_context(evidence: Evidence, place: int, entry: Entry) -> Verdict:
    """The verdict; none for a word that is no name, or where a verb or a month stands."""
    tokens, low, words = evidence.tokens, evidence.tokens.lows[place], evidence.words
    barred = place in evidence.firm or place in evidence.claimed or evidence.dosed(place)
    plain = low in words.function and low not in words.first
    if not entry.tier or barred or plain or _of_a_thing(evidence, place):
        return NO_NAME
    odds = naming(tokens, place)
    if odds >= SURELY and entry.name >= FAIR:
        return Verdict(0.65, "context-telling")
    if behind_name(evidence, place) and low not in MODALS:  # "zahra will send it"
        titled = tokens.lows[place - 1] in TITLED and low not in ABSTRACT
        verb = low in PAST or (not titled and following(tokens, place)[0] in _BEING)
        if odds >= (LIKELY if titled else _BEHIND_A_NAME) and not verb:
            return Verdict(0.65, "context-telling")
    if low in role_words("kin", "titles") or _is_word(tokens, place):
        return NO_NAME
    first = low in words.first and low not in ABSTRACT | words.function
    rare = entry.tier > COMMONEST and entry.name >= STRONG_NAME
    odds -= 0 if first or rare else _EVERYDAY
    if odds >= TELLING and entry.name >= FAIR:
        return Verdict(0.65, "context-telling")
    taken = following(tokens, place)[0] in OBJECTS  # "now drew you a picture"
    taken = taken or _described(tokens, place)
    return Verdict(0.55, "context-likely") if odds >= LIKELY and first and not taken else NO_NAME


def _described(tokens: Tokens, place: int) -> bool:
    """Whether an article and what a thing or anybody is like stand before: "an old guy"."""
    first, second = before(tokens, place)
    return first in _LIKE and second in DETERMINERS


_LIKE = frozenset(
    {"old", "young", "little", "big", "nice", "good", "bad", "new", "lovely", "tall", "short",
     "whole", "real", "proper", "huge", "great", "funny", "random", "weird", "single", "normal"}
)  # fmt: skip


def _of_a_thing(evidence: Evidence, place: int) -> bool:
    """Whether it is "our", or a noun behind "the" and another word: "the rose field says"."""
    first, second = before(evidence.tokens, place)
    if first == "our":
        return True
    said = first in role_words("titles", "family")
    return second == "the" and not said and evidence.tokens.lows[place] not in evidence.words.first


def behind_name(evidence: Evidence, place: int) -> bool:
    """Whether a title, or a first name that is nothing else, stands right before a word."""
    tokens = evidence.tokens
    if not place or not tokens.joined(place) or tokens.turns[place] != tokens.turns[place - 1]:
        return False
    if tokens.possessive(place - 1) or evidence.lexicon.entry(tokens.lows[place]).name < PART:
        return False
    first = evidence.lexicon.entry(tokens.lows[place - 1])
    long = len(tokens.lows[place - 1]) >= SHORTEST_UNKNOWN  # not "min dose"
    if tokens.lows[place - 1] in TITLED:
        return before(tokens, place - 1)[0] not in _NO_TITLE
    return first.given >= STRONG_NAME and not first.tier and long


def _is_word(tokens: Tokens, place: int) -> bool:
    """Whether the plain word stands there: a thing, a verb, a month as in "since april"."""
    if is_thing(tokens, place) or is_verb(tokens, place) or is_modal(tokens, place):
        return True
    return tokens.lows[place] in MONTHS and before(tokens, place)[0] in DATING
