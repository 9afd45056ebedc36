"""Places that no list holds, in a turn of one case: "on orchard park", "at the almond centre".

Without a capital only the company tells: a preposition of place before, a kind after, or a word
that is neither English nor anybody's name where places are spoken of ("in the trevolgan", "she's
at bosvarren", "as far as penhallick street").
"""

from functools import cache

from deid.detect.allow import allowed
from deid.detect.cues import roles
from deid.detect.gazetteer import sections
from deid.detect.names_evidence import COMPASS, FAIR, PART, STRONG_NAME, Evidence, contracted
from deid.detect.names_frames import DETERMINERS, before, free_after
from deid.detect.names_tokens import Case, Tokens
from deid.detect.places_wider import with_venue
from deid.detect.places_written import ATTRIBUTES, ends

_ESTATES = frozenset({"park", "bank", "fields", "dock", "gardens", "meadows", "market", "square"})
_ON = frozenset({"on", "in", "round", "near", "at", "off", "past"})
_HOUSES = frozenset(
    {"centre", "center", "tavern", "arms", "academy", "primary", "infirmary", "university"}
)
_THERE = frozenset(
    {"at", "in", "to", "from", "outside", "near", "behind", "opposite", "past", "down", "up",
     "round", "into", "out"}
)  # fmt: skip
_LEAST_RARE, _SHORTEST_UNKNOWN, _SHORTEST_PART = 35, 5, 4


def bare_land(evidence: Evidence, place: int) -> int | None:
    """The last word of "on orchard park" in a text of one case: without an article, a name."""
    tokens, last = evidence.tokens, place + 1
    if not place or not _pair(tokens, place, _ESTATES) or tokens.lows[place - 1] not in _ON:
        return None
    if tokens.turns[place] != tokens.turns[place - 1]:
        return None
    entry, low = evidence.entry(place), tokens.lows[place]
    named = entry.tier == 0 or entry.tier >= _LEAST_RARE
    barred = place in evidence.kept or low in ATTRIBUTES or tokens.gap(place) != " "
    return last if named and not barred and free_after(tokens, last) else None


def bare_house(evidence: Evidence, place: int) -> int | None:
    """The last word of "at the almond centre", "in the beaufort tavern": its own name, its kind."""
    tokens, last = evidence.tokens, place + 1
    if not _pair(tokens, place, _HOUSES):
        return None
    entry, low = evidence.entry(place), tokens.lows[place]
    sort = low in _sorts() or low in ATTRIBUTES or low in roles().labels | roles().kin
    sort = sort or low in evidence.words.function or low in DETERMINERS
    if sort or place in evidence.kept | evidence.firm or contracted(low):
        return None
    named = entry.given >= STRONG_NAME or entry.family >= STRONG_NAME or entry.place >= PART
    rare = entry.tier == 0 or entry.tier >= _LEAST_RARE
    first, second = before(tokens, place)
    there = first in _THERE or (first == "the" and second in _THERE)
    return last if (named or rare) and there else None


def bare_the(evidence: Evidence, article: int) -> int | None:
    """The word of "in the trevolgan": a house by a name that is no English and nobody's."""
    tokens, place = evidence.tokens, article + 1
    if place >= len(tokens) or tokens.case(place) is Case.MIXED or tokens.possessive(place):
        return None
    whole = tokens.joined(place) and tokens.turns[place] == tokens.turns[article]
    low, entry = tokens.lows[place], evidence.entry(place)
    if not whole or len(low) < _SHORTEST_UNKNOWN or before(tokens, article)[0] not in _THERE:
        return None
    plural = low.endswith("s") or contracted(low) or allowed().term_like(low)
    unlisted = entry.unknown and not entry.place
    if not unlisted or plural or place in evidence.kept | evidence.claimed | evidence.firm:
        return None
    return place if ends(tokens, place) and not evidence.dosed(place) else None


_SURE_STREETS = frozenset({"street", "road", "avenue", "lane", "crescent", "terrace", "grove"})
_STREETS = _SURE_STREETS | {"gate", "drive", "close", "row", "walk", "way", "hill", "mews", "court"}


def bare_street(evidence: Evidence, place: int) -> int | None:
    """The last word of "as far as penhallick street": its name is no English word."""
    tokens, last = evidence.tokens, place + 1
    if not _pair(tokens, place, _STREETS) or not _foreign(evidence, place):
        return None
    led = before(tokens, place)[0] in _THERE | _ON
    gate = tokens.lows[last] == "gate" and evidence.entry(place).place >= FAIR
    known = gate or ends(tokens, last)
    return last if tokens.lows[last] in _SURE_STREETS or (led and known) else None


def bare_roadside(evidence: Evidence, place: int) -> int | None:
    """The last word of "from carter road surgery": what stands in a street is called after it."""
    tokens, last = evidence.tokens, place + 2
    if not _pair(tokens, place, _SURE_STREETS) or last >= len(tokens) or not tokens.joined(last):
        return None
    if tokens.turns[last] != tokens.turns[place] or tokens.lows[last] not in _ROADSIDE:
        return None
    low = tokens.lows[place]
    plain = low in DETERMINERS | _SIDES or low in evidence.words.function
    return None if plain or contracted(low) or tokens.possessive(place) else last


_ROADSIDE = frozenset(
    {"surgery", "practice", "clinic", "school", "primary", "infants", "juniors", "church", "chapel",
     "baths", "library", "mosque", "temple", "gurdwara", "hospital", "station", "allotments"}
)  # fmt: skip
_SIDES = frozenset({"main", "side", "back", "same", "next", "busy", "whole", "long"})


def bare_venue(evidence: Evidence, place: int) -> int | None:
    """The last word of "at the wrenfold community centre": a word of no list, and a venue."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if tokens.case(place) is Case.MIXED or len(low) < _SHORTEST_UNKNOWN:
        return None
    if not _foreign(evidence, place) or allowed().term_like(low) or evidence.dosed(place):
        return None
    first, second = before(tokens, place)
    there = first in _THERE or (first == "the" and second in _THERE)
    last = with_venue(tokens, place) if there else place
    return last if last > place else None


def bare_there(evidence: Evidence, place: int) -> int | None:
    """The word of "she's at bosvarren": no list has it, and somebody is there or goes there."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if tokens.case(place) is Case.MIXED or not evidence.entry(place).unknown:
        return None
    if not _foreign(evidence, place) or len(low) < _SHORTEST_UNKNOWN or low.endswith("s"):
        return None
    first, second = before(tokens, place)
    there = first in _BEING_THERE or (first == "to" and second in _GOING)
    return place if there and not allowed().term_like(low) and not evidence.dosed(place) else None


_BEING_THERE = frozenset({"at", "in", "from", "near", "outside", "past"})
_GOING = frozenset(
    {"go", "goes", "went", "going", "gone", "came", "come", "been", "moved", "back", "over", "up",
     "down", "out", "drove", "bus", "train", "next", "close"}
)  # fmt: skip


def bare_part(evidence: Evidence, place: int) -> int | None:
    """The last word of "out by north thrapsley": a part of the compass and a name after it."""
    tokens, last = evidence.tokens, place + 1
    if not _pair(tokens, place, frozenset(tokens.lows[last : last + 1])):
        return None
    if tokens.lows[place] not in COMPASS or not _foreign(evidence, last):
        return None
    named = evidence.entry(last).given < FAIR and len(tokens.lows[last]) >= _SHORTEST_PART
    led = before(tokens, place)[0] in _THERE | _ON | {"by"}
    return last if named and led and not evidence.dosed(last) else None


def _foreign(evidence: Evidence, place: int) -> bool:
    """Whether a word is no English word, and nothing allowed or claimed."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if place in evidence.kept | evidence.claimed | evidence.firm or tokens.possessive(place):
        return False
    said = low in evidence.words.function or low in roles().titles | roles().kin | roles().labels
    return (
        evidence.entry(place).tier == 0
        and len(low) >= _SHORTEST_PART
        and not (said or contracted(low))
    )


@cache
def _sorts() -> frozenset[str]:
    found = sections("roles.txt")
    return frozenset(found["sorts"]) | frozenset(found["heads"])


def _pair(tokens: Tokens, place: int, kinds: frozenset[str]) -> bool:
    """Whether the word and a kind of place stand together, without telling capitals."""
    last = place + 1
    if last >= len(tokens) or tokens.lows[last] not in kinds:
        return False
    if tokens.case(place) is Case.MIXED or tokens.possessive(place):
        return False
    return tokens.gap(last) == " " and tokens.turns[last] == tokens.turns[place]
