"""Where somebody lives, moves to or comes from, by the words before a place.

"She lives in Vauxhall" makes a town of what is a thing elsewhere; a country stays one.
"""

from functools import cache

from deid.detect.names.agreeing import opens_answer
from deid.detect.words.evidence import PART, RARE_TIER, Evidence
from deid.detect.words.frames import free_after
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before, following, place_cued
from deid.detect.words.tokens import Case, Tokens

_LIVING = frozenset(
    {"live", "lives", "lived", "living", "moved", "move", "born", "grew", "raised", "based",
     "stay", "staying", "stayed", "am", "i'm", "comes", "came", "come", "over", "up", "down",
     "out", "back", "travel", "travelled", "drive", "drove", "shopping", "house", "flat", "im",
     "hes", "shes", "theyre", "near", "place", "bungalow"}
)  # fmt: skip


def is_home(tokens: Tokens, place: int) -> bool:
    """Whether somebody is from there: "I'm from Ballyhea", not "it came from Horizon"."""
    if place < _BACK or tokens.lows[place - 1] != "from" or not place_cued(tokens, place):
        return False
    return tokens.forms[place - _BACK] in _SOMEBODY_IS


def is_lived_in(tokens: Tokens, place: int) -> bool:
    """Whether somebody lives, moves or comes there: "moved to", "live up in"."""
    if place < _BACK:
        return False
    return is_home(tokens, place) or bool(
        _LIVING.intersection(tokens.lows[place - _BACK : place - 1])
    )


_BACK = 2
_SOMEBODY_IS = frozenset(
    {"he's", "she's", "they're", "we're", "you're", "i'm", "am", "im", "originally", "people"}
)


def is_town_lived_in(evidence: Evidence, place: int) -> bool:
    """Whether somebody lives in a town that is called as a thing is: "she lives in Vauxhall"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if not evidence.lexicon.entry(low).place or low in _abroad() or place in evidence.firm:
        return False
    written = tokens.case(place) is not Case.MIXED or tokens.capital(place)
    home = is_home(tokens, place) or (
        place >= _BACK
        and tokens.lows[place - _BACK] in _AT_HOME
        and tokens.lows[place - 1] in {"in", "to", "near"}
    )
    there = home and place_cued(tokens, place) and free_after(tokens, place)
    return written and (there or _far(tokens, place))


def is_range(evidence: Evidence, place: int) -> bool:
    """Whether hills that are a breed or a brand too are meant: "you could see to the cheviots"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    entry = evidence.lexicon.entry(low)
    listed = entry.place >= PART and not (entry.tier or entry.name or low in _abroad())
    small = tokens.case(place) is Case.MIXED and not tokens.capital(place)
    if not listed or small or not low.endswith("s") or place in evidence.firm:
        return False
    first, second = before(tokens, place)
    return (
        first == "the" and second in _OVER and (tokens.closes(place) or free_after(tokens, place))
    )


def answers_where(evidence: Evidence, place: int) -> bool:
    """Whether a place and nothing else answers "where are you from", without capitals: "cwm"."""
    tokens, entry = evidence.tokens, evidence.lexicon.entry(evidence.tokens.lows[place])
    only = entry.place > 0 and not entry.given and (entry.tier == 0 or entry.tier >= RARE_TIER)
    whole = tokens.closes(place) or following(tokens, place)[0] in {"i", "it", "it's", "so", "but"}
    return only and whole and opens_answer(evidence, place)


def town_asked(tokens: Tokens, place: int) -> bool:
    """Whether a word is all of a turn behind one that ends in "the town", "which village"."""
    turn = tokens.turns[place]
    alone = place + 1 == len(tokens) or tokens.turns[place + 1] != turn
    asked = place > 1 and tokens.turns[place - 1] != turn
    return alone and asked and tuple(tokens.lows[place - 2 : place]) in _TOWNS_ASKED


_TOWNS_ASKED = frozenset(
    (which, kind)
    for which in ("the", "which", "what", "your", "nearest")
    for kind in ("town", "city", "village", "place", "area")
)
_OVER = frozenset({"to", "in", "over", "across", "into", "up", "near", "towards"})


def _far(tokens: Tokens, place: int) -> bool:
    """Whether it is told how far it is: "Keele's eleven miles"."""
    return tokens.possessive(place) and following(tokens, place)[1] in _MEASURES


_MEASURES = frozenset({"mile", "miles", "minutes", "minute", "hour", "hours", "junctions", "stops"})
_AT_HOME = frozenset(
    {"live", "lives", "lived", "living", "moved", "born", "raised", "house", "flat", "bungalow"}
)


@cache
def _abroad() -> frozenset[str]:
    """Countries and parts of the earth, and who comes from there: they are kept."""
    found = sections("keep_public.txt")
    return frozenset(found["countries"]).union(found["peoples"], found["calendar"])
