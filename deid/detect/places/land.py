"""Places by the kind of land or building that follows: "Conwy Valley", "emersons green".

The word before has to be a place's name, or what the network took for one; a person who parks is
no park. Two places are only letters: a road that somebody lives by, and a town abroad.
"""

import re

from deid.detect.words.cues import roles
from deid.detect.words.evidence import RARE_TIER, Evidence, contracted
from deid.detect.words.frames import free_after
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before, following, place_cued
from deid.detect.words.tokens import Case, Tokens
from deid.transcript import EntityType

LANDSCAPES = frozenset(
    {"city", "springs", "beach", "falls", "island", "islands", "lake", "river", "bay", "valley",
     "heights", "park", "common", "downs", "moor", "woods", "harbour", "marina", "quay", "docks",
     "green", "heath", "hill", "hills", "bridge", "castle", "forest", "estate", "station",
     "cross", "end", "rise", "reservoir", "canal", "cliffs", "gorge", "creek", "shelf",
     "peninsula", "tower", "pier", "dockyard", "illuminations", "pit", "quarry", "colliery", "mine",
     "barracks", "palace", "dock", "manor", "arcade", "precinct", "expressway", "turnpike",
     "trail", "freeway", "flyover", "causeway", "viaduct", "aqueduct", "interchange"}
)  # fmt: skip


def landscape(evidence: Evidence, place: int) -> int | None:
    """The last word of "Conwy Valley", "Eureka Springs", "emersons green": named by what it is."""
    tokens, last = evidence.tokens, place + 1
    if last >= len(tokens) or place in evidence.firm or contracted(tokens.lows[place]):
        return None
    if len(tokens.lows[place]) == 1:
        return None  # "and i park up by the shops"
    quarter = tokens.lows[last] == "quarter" and place and tokens.lows[place - 1] == "the"
    if tokens.lows[last] not in LANDSCAPES and not quarter:
        return None
    if place in evidence.kept and tokens.words[last] != "City":
        return None
    if plain_station(tokens, last):
        return None
    whole = tokens.joined(last) and tokens.turns[last] == tokens.turns[place]
    return last if whole and not tokens.possessive(place) and _of_land(evidence, place) else None


def plain_station(tokens: Tokens, last: int) -> bool:
    """Whether the word before "station" says what sort it is: "at the Fire Station"."""
    return tokens.lows[last] == "station" and tokens.lows[last - 1] in _STATIONS


_STATIONS = frozenset(sections("place_kinds.txt")["stations"])
_SORTS = frozenset(sections("place_kinds.txt")["modifiers"])
_NOBODY_AFTER = frozenset({"the", "at", "in", "on"})


def _of_land(evidence: Evidence, place: int) -> bool:
    """Whether the word before the kind is a place's name, or the network took it for one."""
    tokens, entry = evidence.tokens, evidence.entry(place)
    mixed, seen = tokens.case(place) is Case.MIXED, evidence.network.get(place)
    beside = place > 0 and tokens.gap(place) == " " and tokens.lows[place - 1]
    someone = seen is EntityType.PERSON and entry.given and beside not in _NOBODY_AFTER
    if someone or tokens.lows[place] in roles().titles or (mixed and not tokens.capital(place)):
        return False
    if not mixed and tokens.lows[place] in _SORTS:
        return False  # "a bouncy castle"
    there = seen is EntityType.LOCATION
    listed = evidence.lexicon.entry(tokens.lows[place]).place > 0
    small = mixed and not tokens.capital(place + 1)
    if entry.tier and entry.tier < RARE_TIER:
        return there and mixed and not small and not tokens.initial(place)
    if small:
        return listed or (entry.unknown and mixed and place_cued(tokens, place))
    return listed or there or (not entry.name and not mixed) or not tokens.initial(place)


def numbered_road(evidence: Evidence, place: int) -> int | None:
    """The word of "I live just off the A38": who lives or works by a road is found by its number.

    "The M5 was shut" and "I came down the A38" tell where thousands drive, and stay.
    """
    tokens, article = evidence.tokens, place - 1
    if article < 1 or tokens.lows[article] != "the" or _ROAD.fullmatch(tokens.words[place]) is None:
        return None
    beside = before(tokens, article)[0] in _BY_A_ROAD
    clause = tokens.lows[max(0, place - _CLAUSE) : article]
    lives = not _LIVES.isdisjoint(clause) and tokens.turns[max(0, place - 2)] == tokens.turns[place]
    free = free_after(tokens, place) or following(tokens, place)[0] in {"now", "still", "so"}
    return place if beside and lives and free else None


_ROAD = re.compile(r"[AB]\d{1,4}|M\d{1,2}", re.IGNORECASE)
_BY_A_ROAD = frozenset({"off", "on", "by", "near", "beside", "onto", "along", "overlooking"})
_LIVES = frozenset(
    {"live", "lives", "lived", "living", "house", "flat", "bungalow", "cottage", "work", "works",
     "worked", "based", "backs", "backed", "services", "shop", "farm", "caravan", "garden",
     "surgery", "school", "clinic", "office", "depot"}
)  # fmt: skip
_CLAUSE = 7


def road_over(evidence: Evidence, place: int) -> int | None:
    """The last word of "the Cold Fell road": hills or woods by capitals, and the way over them."""
    tokens, last = evidence.tokens, place + 1
    if before(tokens, place)[0] not in {"the", "on"} or tokens.lows[place] in _SORTS_OF_ROADS:
        return None
    while last < len(tokens) and last - place <= _LONGEST and tokens.joined(last):
        if not tokens.words[last].istitle():
            over = tokens.lows[last] in _OVER and tokens.lows[last - 1] in _CROSSED
            return last if over and last - place > 1 else None
        last += 1
    return None


_OVER = frozenset({"road", "lane", "pass", "path", "track", "turn", "junction"})
_CROSSED = LANDSCAPES | {
    "fell", "bank", "brow", "edge", "gate", "head", "side", "dale", "moss", "top", "wood", "fold",
    "ford", "mill", "mills", "lock", "point", "pike", "tarn", "hole", "farm", "brook", "burn"
}  # fmt: skip
_SORTS_OF_ROADS = frozenset({"main", "old", "new", "ring", "slip"})
_LONGEST = 3


def town_in_letters(evidence: Evidence, place: int) -> int | None:
    """The word of "in LA", "an LA band"; "the LA" is a council here."""
    tokens = evidence.tokens
    if tokens.words[place] not in _LETTERS or tokens.case(place) is not Case.MIXED:
        return None
    return place if before(tokens, place)[0] in _TOWARDS else None


_LETTERS = frozenset({"LA", "NYC", "DC"})
_TOWARDS = frozenset({"in", "to", "from", "an", "near", "around", "outside", "downtown", "of"})
