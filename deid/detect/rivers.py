"""Which names are a water's, where "the" stands before them: "the source of the Nile"."""

from deid.detect.names.spans import Named
from deid.detect.words.evidence import Evidence
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before, following


def is_river(evidence: Evidence, name: Named) -> bool:
    """Whether "the" makes it a water: "the source of the Nile"; never "the Trent boys"."""
    tokens, place = evidence.tokens, name.first
    if name.first != name.last or tokens.lows[place] not in _RIVERS or tokens.possessive(place):
        return False
    goes_on = tokens.closes(place) or following(tokens, place)[0] in _AFTER_WATER
    return before(tokens, place)[0] == "the" and goes_on


_RIVERS = frozenset(sections("places_said.txt")["rivers"])
_AFTER_WATER = frozenset(
    {"and", "or", "in", "at", "is", "was", "from", "to", "with", "on", "near", "by", "when",
     "where", "because", "then", "there", "but", "for", "that", "valley", "estuary", "bridge",
     "delta", "flooded", "froze", "runs", "ran", "burst", "had", "has", "i", "we", "you"}
)  # fmt: skip
