"""Houses where people gather, by capitals: "at the Vauxhall Centre", "the Carn Gwaval centre".

Whatever else is called so (a make of car, a scale, a trade): behind "at the", "in the", "to the"
a name with capitals before such a house is its own. Never a sort of house ("in the Day Centre",
"at the Sports Hall"), nor a society that only calls itself a club ("in the Rotary Club").
"""

from deid.detect.words.evidence import RARE_TIER, Evidence
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case, Tokens

_HOUSES = frozenset(
    {"centre", "center", "hall", "club", "institute", "rooms", "pavilion", "theatre", "hub",
     "library", "market", "baths", "exchange", "suite", "playhouse", "welfare"}
)  # fmt: skip
_SMALL = frozenset({"centre", "center", "club", "institute", "pavilion", "theatre", "hub"})
_LEADS = frozenset(
    {"at", "in", "to", "from", "near", "outside", "behind", "opposite", "past", "by", "inside",
     "into", "round", "beside"}
)  # fmt: skip
_SORTS = frozenset(sections("roles.txt")["sorts"]) | frozenset(
    sections("place_kinds.txt")["attributes"]
)
_SOCIETIES = frozenset(
    {"rotary", "lions", "jockey", "kennel", "breakfast", "lunch", "supper", "premier", "champions",
     "youth", "social", "working", "men's", "women's", "mothers'", "common", "single", "black",
     "stock", "corn", "labour", "european", "farmers'", "farmers", "christmas", "town", "village",
     "church", "dining", "guild", "assembly", "great", "main", "big", "royal", "student",
     "students"}
)  # fmt: skip
_LONGEST = 3


def titled_house(evidence: Evidence, place: int) -> int | None:
    """The last word of such a house; None where none begins at ``place``."""
    tokens = evidence.tokens
    if tokens.case(place) is not Case.MIXED or not _is_titled(tokens, place):
        return None
    first, second = before(tokens, place)
    if first != "the" or second not in _LEADS:
        return None
    own = False
    for last in range(place, min(len(tokens), place + _LONGEST + 1)):
        if last > place and not _goes_on(tokens, last):
            return None
        if last > place and _is_house(evidence, last):
            return last if own else None
        if not _is_titled(tokens, last):
            return None
        own = own or tokens.lows[last] not in _SORTS | _SOCIETIES | _HOUSES
    return None


def _is_house(evidence: Evidence, last: int) -> bool:
    """Whether such a house stands there, without a capital only behind a word that is rare."""
    low = evidence.tokens.lows[last]
    if evidence.tokens.capital(last):
        return low in _HOUSES
    tier = evidence.entry(last - 1).tier
    rare = (tier == 0 or tier >= RARE_TIER) and last - 1 not in evidence.kept
    return low in _SMALL and rare


def _is_titled(tokens: Tokens, place: int) -> bool:
    """Whether a word has one capital, at its beginning: no abbreviation."""
    return tokens.words[place].replace("'", "").replace("\u2019", "").istitle()


def _goes_on(tokens: Tokens, place: int) -> bool:
    """Whether it belongs to the words before it, also behind "the Steelworkers'"."""
    return tokens.joined(place) or tokens.gap(place) in {"' ", "\u2019 "}
