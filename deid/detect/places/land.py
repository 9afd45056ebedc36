"""Places by the kind of land or building that follows: "Conwy Valley", "emersons green".

The word before has to be a place's name, or what the network took for one; a person who parks is
no park.
"""

from deid.detect.words.cues import roles
from deid.detect.words.evidence import RARE_TIER, Evidence, contracted, place_cued
from deid.detect.words.tokens import Case
from deid.transcript import EntityType

LANDSCAPES = frozenset(
    {"city", "springs", "beach", "falls", "island", "islands", "lake", "river", "bay", "valley",
     "heights", "park", "common", "downs", "moor", "woods", "harbour", "marina", "quay", "docks",
     "green", "heath", "hill", "hills", "bridge", "castle", "forest", "estate", "station",
     "cross", "end", "rise", "reservoir", "canal", "cliffs", "gorge", "creek", "shelf",
     "peninsula", "tower", "pier", "dockyard", "illuminations", "pit", "quarry", "colliery", "mine",
     "barracks", "palace", "dock", "manor", "arcade", "precinct"}
)  # fmt: skip


def landscape(evidence: Evidence, place: int) -> int | None:
    """The last word of "Conwy Valley", "Eureka Springs", "emersons green": named by what it is."""
    tokens, last = evidence.tokens, place + 1
    if last >= len(tokens) or place in evidence.firm or contracted(tokens.lows[place]):
        return None
    quarter = tokens.lows[last] == "quarter" and place and tokens.lows[place - 1] == "the"
    if tokens.lows[last] not in LANDSCAPES and not quarter:
        return None
    if place in evidence.kept and tokens.words[last] != "City":
        return None
    whole = tokens.joined(last) and tokens.turns[last] == tokens.turns[place]
    return last if whole and not tokens.possessive(place) and _of_land(evidence, place) else None


_NOBODY_AFTER = frozenset({"the", "at", "in", "on"})


def _of_land(evidence: Evidence, place: int) -> bool:
    """Whether the word before the kind is a place's name, or the network took it for one."""
    tokens, entry = evidence.tokens, evidence.entry(place)
    mixed, seen = tokens.case(place) is Case.MIXED, evidence.network.get(place)
    beside = place > 0 and tokens.gap(place) == " " and tokens.lows[place - 1]
    someone = seen is EntityType.PERSON and entry.given and beside not in _NOBODY_AFTER
    if someone or tokens.lows[place] in roles().titles or (mixed and not tokens.capital(place)):
        return False
    there = seen is EntityType.LOCATION
    listed = evidence.lexicon.entry(tokens.lows[place]).place > 0
    small = mixed and not tokens.capital(place + 1)
    if entry.tier and entry.tier < RARE_TIER:
        return there and mixed and not small and not tokens.initial(place)
    if small:
        return listed or (entry.unknown and mixed and place_cued(tokens, place))
    return listed or there or (not entry.name and not mixed) or not tokens.initial(place)
