"""Places whose kind has no article, in a turn of one case: "in market square", "at camp shelby".

A noun in the singular takes one, so that what goes without it is a name. Words that say what sort
it is ("at bus station", "in tennis court") say no name, nor does what stands before a noun.
"""

from functools import cache

from deid.detect.places.bare import MODIFIERS, foreign
from deid.detect.places.wider import goes_on
from deid.detect.words.cues import roles
from deid.detect.words.evidence import (
    COMMONEST,
    FAIR,
    PART,
    RARE_TIER,
    STRONG_NAME,
    Evidence,
    contracted,
)
from deid.detect.words.frames import DETERMINERS
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import COMPASS, before, following
from deid.detect.words.tokens import Case, Tokens

_FOUND = sections("place_kinds.txt")
_KINDS = frozenset(_FOUND["articleless"])
_SORTED = frozenset(_FOUND["articleless-sorts"])
_NO_NAMES = frozenset(_FOUND["articleless-not"])
_SURE = frozenset(_FOUND["articleless-sure"])
_HEADS = frozenset({"camp", "fort", "loch", "lough", "cape", "port", "mount", "castle", "glen"})
_VERBS = frozenset({"camp", "mount", "port"})
_LEADS = frozenset(
    {"at", "in", "on", "from", "near", "outside", "behind", "opposite", "past", "through", "round",
     "around", "across", "into", "towards", "of", "over", "beneath", "called", "via", "by",
     "bought", "sold", "rented"}
)  # fmt: skip
_GOING = frozenset(
    {"go", "goes", "went", "going", "gone", "come", "came", "been", "moved", "back", "over", "up",
     "down", "out", "drove", "drive", "bus", "train", "ferry", "boat", "tram", "sent", "off",
     "across", "round", "walk", "walked", "trip", "lift", "next", "close", "get", "got", "here",
     "retired", "posted", "emigrated", "evacuated"}
)  # fmt: skip
_LONGEST = 3


def alone(evidence: Evidence, place: int) -> int | None:
    """The last word of "in market square", "to whale island", "at pear tree cottage"."""
    tokens, last = evidence.tokens, place + 1
    until = min(len(tokens), place + _LONGEST)
    while last < until and tokens.lows[last] not in _KINDS:
        last += 1
    if last >= until or not _whole(tokens, place, last):
        return None
    if not (led(tokens, place) or _listed(tokens, place, tokens.lows[last])):
        return None
    pair = f"{tokens.lows[last - 1]} {tokens.lows[last]}"
    if pair in _NO_NAMES or last in evidence.firm or not _goes_on(evidence, last):
        return None
    named = all(_calls(evidence, step) for step in range(place, last))
    named = named and any(_tells(evidence, step) for step in range(place, last))
    return last if pair in _SURE or named else None


def led(tokens: Tokens, place: int) -> bool:
    """Whether a preposition of place stands right before: "to" only where somebody goes there."""
    if not place or tokens.gap(place) != " " or tokens.turns[place - 1] != tokens.turns[place]:
        return False
    lead = tokens.lows[place - 1]
    return lead in _LEADS or (lead == "to" and before(tokens, place)[1] in _GOING)


def _listed(tokens: Tokens, place: int, kind: str) -> bool:
    """Whether another of its kind stands before: "in otero county and bent county"."""
    step = place - 1 - (place > 1 and tokens.lows[place - 1] in {"and", "or"})
    return step > 0 and tokens.lows[step] == kind and tokens.turns[step] == tokens.turns[place]


def _whole(tokens: Tokens, place: int, last: int) -> bool:
    """Whether nothing but spaces parts the words, in a turn of one case."""
    if tokens.case(place) is Case.MIXED or tokens.turns[last] != tokens.turns[place]:
        return False
    inside = all(tokens.gap(step) == " " for step in range(place + 1, last + 1))
    return inside and not tokens.possessive(last)


def _goes_on(evidence: Evidence, last: int) -> bool:
    """Whether no noun follows that the kind belongs to: "in county colours", "station master"."""
    tokens = evidence.tokens
    strange = last + 1 < len(tokens) and evidence.entry(last + 1).tier == 0
    return goes_on(evidence, last) or strange or not following(tokens, last)[0]


def _calls(evidence: Evidence, place: int) -> bool:
    """Whether a word may stand in such a name: no sort, nothing small, allowed or owned."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    sort = low in MODIFIERS or low in DETERMINERS or low in _sorts()
    small = low in evidence.words.function or contracted(low) or len(low) < PART
    said = low in roles().kin or low in roles().labels
    barred = place in evidence.kept or tokens.possessive(place) or evidence.dosed(place)
    return not (barred or said or small or (sort and low not in _FOUND["articleless-within"]))


def _tells(evidence: Evidence, place: int) -> bool:
    """Whether a word says which it is."""
    entry, low = evidence.entry(place), evidence.tokens.lows[place]
    named = max(entry.given, entry.family) >= STRONG_NAME or entry.place >= PART
    plain = low.endswith(("ing", "ed", "ly")) and entry.tier > 0
    return (named or entry.tier != COMMONEST) and not plain


@cache
def _sorts() -> frozenset[str]:
    return _SORTED.union(sections("roles.txt")["sorts"])


def headed_bare(evidence: Evidence, place: int) -> int | None:
    """The last word of "at camp shelby", "near fort bragg", "cape coral": the kind, then a name."""
    tokens, last = evidence.tokens, place + 1
    if tokens.lows[place] not in _HEADS or last >= len(tokens) or place in evidence.firm:
        return None
    if not _whole(tokens, place, last) or evidence.taken(last) or evidence.dosed(last):
        return None
    low, entry = tokens.lows[last], evidence.entry(last)
    if low in evidence.words.function or low in COMPASS or contracted(low):
        return None
    if before(tokens, place)[0] in DETERMINERS:
        return None
    rare = entry.tier == 0 or entry.tier > RARE_TIER
    named = foreign(evidence, last) or (rare and max(entry.name, entry.place) >= FAIR)
    return last if named and (led(tokens, place) or tokens.lows[place] not in _VERBS) else None


def welsh_bare(evidence: Evidence, place: int) -> int | None:
    """The last word of "at ysgol pant y celyn": Welsh kinds come first, and are no English.

    A mosque's too: "masjid noor".
    """
    tokens, last = evidence.tokens, place
    if tokens.lows[place] not in _WELSH or tokens.case(place) is Case.MIXED:
        return None
    for step in range(place + 1, min(len(tokens), place + _LONGEST_WELSH)):
        low = tokens.lows[step]
        if not tokens.joined(step) or tokens.turns[step] != tokens.turns[place]:
            break
        if low in _PARTICLES:
            continue
        inner = step == place + 1 or tokens.lows[step - 1] in _PARTICLES
        small = low in evidence.words.function or contracted(low)
        if small or not (inner or evidence.entry(step).tier == 0):
            break
        last = step
    return last if last > place else None


def welsh_article(evidence: Evidence, place: int) -> int | None:
    """The last word of "Y Gegin Fawr", "Yr Hen Felin": the article, then words that are no English.

    Without capitals it stands behind what leads there: "at y gegin fawr".
    """
    tokens, last = evidence.tokens, place
    if tokens.lows[place] not in {"y", "yr"} or tokens.possessive(place):
        return None
    mixed = tokens.case(place) is Case.MIXED
    if not (tokens.capital(place) if mixed else before(tokens, place)[0] in _LEADS):
        return None
    while last - place < _LONGEST and last + 1 < len(tokens) and tokens.joined(last + 1):
        entry = evidence.entry(last + 1)
        written = tokens.words[last + 1].istitle() if mixed else not entry.tier
        if not written or tokens.turns[last + 1] != tokens.turns[place]:
            break
        last += 1
    name = range(place + 1, last + 1)
    odd = sum(not evidence.entry(step).tier for step in name)
    return last if odd and 2 * odd >= len(name) and not evidence.firm.intersection(name) else None


_WELSH = frozenset(
    {"ysgol", "ysbyty", "coleg", "meddygfa", "canolfan", "capel", "eglwys", "masjid", "jamia"}
)
_PARTICLES = frozenset({"y", "yr", "ar", "o", "dan", "glan", "bro", "gynradd", "uwchradd", "gyfun"})
_LONGEST_WELSH = 6
