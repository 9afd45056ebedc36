"""Is "Rocky Ford" somebody or somewhere? What ends in a kind of land is a place where one stands.

Half of these kinds are surnames (Ford, Park, Falls), so that "I met Lester Park" is a person: only
what leads to a place and to nobody tells ("a woman I met in Rocky Ford", "From Blue Rocks?", "where
Lester Park is").
"""

from deid.detect.places.land import LANDSCAPES
from deid.detect.words.evidence import FAIR, Evidence
from deid.detect.words.neighbours import before, following

_LANDS = LANDSCAPES | {"ford", "rocks", "rock", "point", "ridge", "spring", "grove", "mills"}
_NO_SURNAMES = frozenset(
    {"rocks", "falls", "springs", "mills", "point", "heights", "bay", "island", "islands", "lake",
     "beach", "valley", "harbour", "creek", "hills"}
)  # fmt: skip
_WITHIN = frozenset({"in", "near", "around", "outside", "into"})
_TRUSTING = frozenset(
    {"trust", "trusted", "believe", "believed", "believes", "faith", "confided", "confide",
     "interested", "interest", "disappointed", "called", "brought"}
)  # fmt: skip
_WAYS = frozenset({"over", "up", "down", "out"})
_TO = frozenset({"here", "there", "back", "over", "out", "moved", "drove", "went", "down"})


def named_land(evidence: Evidence, first: int, last: int) -> bool:
    """Whether words found as a person's name are where somebody or something is."""
    tokens = evidence.tokens
    lead, second = before(tokens, first)
    if tokens.possessive(last):
        return False
    if lead == "in" and second in _WAYS:
        return True  # "over in Hudson", not "looked up at Hudson"
    if last == first or tokens.lows[last] not in _LANDS:
        return False
    if lead in _WITHIN:
        return second not in _TRUSTING
    if lead == "where":
        return following(tokens, last)[0] in {"is", "was"} and tokens.closes(last + 1)
    nobody = evidence.entry(first).given < FAIR or tokens.lows[last] in _NO_SURNAMES
    opens = lead in {"from", "of"} and (not second or tokens.gap(first - 1) == ", ")
    return nobody and (opens or (lead == "to" and second in _TO))
