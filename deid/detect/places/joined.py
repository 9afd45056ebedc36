"""Places of several words that no list holds: "Moss's Head", "Bromley South", "the Ely to Ipswich".

Beside ``places``, which has the lists. Each needs capital letters or a listed town in a place's
company; nothing that is allowed as a phrase is ever part of one.
"""

from collections.abc import Iterator

from deid.detect.words.cues import roles
from deid.detect.words.evidence import COMMON_TIER, FAIR, PART, RARE_TIER, STRONG_NAME, Evidence
from deid.detect.words.neighbours import before, following, place_cued
from deid.detect.words.tokens import Case, Tokens
from deid.transcript import EntityType

_OWNED_LAND = frozenset(
    {"bay", "head", "cross", "gate", "bridge", "end", "common", "green", "point", "quay", "haven",
     "wharf", "lock", "wood", "woods", "fell", "tarn", "seat", "leap", "dyke", "landing", "mount",
     "island", "reach", "mead", "cove", "moor", "heath", "hill", "quays", "beacon", "dock",
     "corner", "farm", "yard", "ranges", "range", "islands", "chapel",
     "bazaar", "mansions", "rake", "gully", "ghyll", "gill", "crag", "crags", "scar", "pike", "nab",
     "knott", "edge", "stone", "stile", "rock", "rocks", "folly", "tower", "barn", "barns",
     "cottage", "cottages", "hall", "mill", "house", "lodge", "manor", "grange", "court", "croft",
     "arms", "field", "fields", "brow", "row", "pool", "well",
     "park", "spinney", "copse", "paddock", "meadow"}
)  # fmt: skip
_SURE_LAND = frozenset({"gully", "ghyll", "gill", "rake", "crag", "tarn", "cove", "leap", "knott"})
_PARTS = frozenset({"south", "north", "east", "west", "central", "parkway", "junction"})
_RIDDEN = frozenset(
    {"train", "trains", "line", "railway", "route", "bus", "coach", "road", "service", "canal",
     "flight", "ferry", "path", "walk"}
)  # fmt: skip


def owned_land(evidence: Evidence, place: int) -> int | None:
    """The last word of "Moss's Head": somebody's name, the possessive, a kind of land."""
    tokens, last = evidence.tokens, place + 1
    if not tokens.possessive(place) or last >= len(tokens) or last in evidence.firm:
        return None
    low, entry = tokens.lows[place], evidence.entry(place)
    if tokens.lows[last] not in _OWNED_LAND:
        return None
    if tokens.case(place) is not Case.MIXED:
        if tokens.lows[last] == "arms":
            return last if _arms(evidence, place) else None
        land = tokens.lows[last] in _SURE_LAND or _in_land(evidence, place)
        land = land and tokens.joined(last)
        return last if land and evidence.plain_name(place, entry) and entry.name else None
    whole = tokens.gap(last) == " " and tokens.turns[last] == tokens.turns[place]
    written = tokens.capital(place) and tokens.capital(last) and tokens.words[last].istitle()
    role = low in roles().kin or low in roles().titles
    named = entry.unknown or entry.name >= PART
    return last if whole and written and named and not role else None


def _arms(evidence: Evidence, place: int) -> bool:
    """Whether a family's arms are a pub: "the bailey's arms"; not "the baby's arms"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    role = low in roles().kin or low in roles().titles or low in roles().labels
    family = evidence.lexicon.entry(low).family >= STRONG_NAME
    article = before(tokens, place)[0] == "the" and tokens.gap(place) == " "
    return article and family and not role and tokens.joined(place + 1)


def _in_land(evidence: Evidence, place: int) -> bool:
    """Whether one is in a family's land, and no room of theirs: "in fenner's park"."""
    tokens, entry = evidence.tokens, evidence.lexicon.entry(evidence.tokens.lows[place])
    family = entry.family >= PART and entry.given < FAIR and entry.tier == 0
    there = before(tokens, place)[0] in {"in", "at", "near", "round", "through"}
    return family and there and tokens.lows[place + 1] in _GROUNDS


_GROUNDS = frozenset({"park", "quay", "bay", "common", "green", "wood", "woods", "moor", "wharf"})


def owned_by_many(evidence: Evidence, place: int) -> int | None:
    """The last word of "Cutlers' Hall", "in the Fishermen's Chapel": a trade's, and its kind."""
    tokens, last = evidence.tokens, place + 1
    if last >= len(tokens) or tokens.lows[last] not in _OF_TRADES or tokens.joined(place + 1):
        return None
    many = tokens.gap(last) in {"' ", "\u2019 "} and tokens.lows[place].endswith("s")
    if tokens.case(place) is Case.MIXED:
        written = tokens.words[place].istitle() and tokens.words[last].istitle()
    else:
        trade = evidence.entry(place).tier == 0 or evidence.entry(place).tier >= COMMON_TIER
        written = trade and tokens.lows[last] in {"hall", "chapel", "arms"}
    whole = many and written and tokens.turns[last] == tokens.turns[place]
    low = tokens.lows[place]
    said = low in roles().kin or low in roles().labels or place in evidence.kept
    return last if whole and not said and low not in _ANYBODY else None


_OF_TRADES = frozenset(
    {"hall", "chapel", "bridge", "wood", "wharf", "quay", "row", "gate", "bay", "cove", "point",
     "hill", "green", "close", "walk", "way", "yard", "arms", "rest", "cottages", "lane"}
)  # fmt: skip
_ANYBODY = frozenset(
    {"parents", "visitors", "students", "boys", "girls", "ladies", "residents", "members",
     "teachers", "gents"}
)  # fmt: skip


def owned_house(evidence: Evidence, place: int) -> int | None:
    """The last word of "Queen's Court Clinic", "Bishop's Mill": land by its lord, and its house."""
    tokens, last = evidence.tokens, place + 1
    if tokens.lows[place] not in _LORDS or not tokens.possessive(place) or last >= len(tokens):
        return None
    if tokens.case(place) is not Case.MIXED:
        return _care_of_lord(tokens, last)
    while last < len(tokens) and tokens.gap(last) == " " and tokens.words[last].istitle():
        last += 1
    ends = last - 1
    whole = ends > place and tokens.turns[ends] == tokens.turns[place]
    return (
        ends
        if whole and tokens.lows[ends] in _LORDLY and tokens.lows[place + 1] in _LANDS
        else None
    )


def _care_of_lord(tokens: Tokens, land: int) -> int | None:
    """The last word of "queen's court clinic" without capitals: land, and a place of care."""
    last = land + 1
    if last >= len(tokens) or tokens.lows[land] not in _LANDS or tokens.lows[last] not in _CARE:
        return None
    whole = tokens.gap(land) == tokens.gap(last) == " "
    return last if whole and tokens.turns[land] == tokens.turns[last] else None


_CARE = frozenset({"clinic", "surgery", "practice", "hospital", "pharmacy", "hospice", "school"})
_LORDS = frozenset(
    {"queen", "king", "bishop", "prince", "princess", "abbot", "canon", "dean", "duke", "monk",
     "prior", "lord", "lady", "friar", "archer", "miller", "mason", "weaver", "fuller"}
)  # fmt: skip
_LANDS = frozenset(
    {"court", "park", "mill", "gate", "wood", "hill", "field", "green", "lodge", "house", "manor",
     "bridge", "wharf", "quay", "croft", "acre", "walk", "way", "rise", "oak", "well", "lea",
     "view"}
)  # fmt: skip
_LORDLY = _LANDS | {
    "clinic", "surgery", "practice", "hospital", "centre", "school", "hotel", "nursery", "pharmacy",
    "hospice", "hall", "estate", "academy", "flats"
}  # fmt: skip


def part_of_town(evidence: Evidence, place: int) -> int | None:
    """The last word of "Bromley South": a town with its part, or its station."""
    tokens, last = evidence.tokens, place + 1
    if last >= len(tokens) or tokens.lows[last] not in _PARTS or place in evidence.kept:
        return None
    entry = evidence.lexicon.entry(tokens.lows[place])
    whole = tokens.joined(last) and tokens.turns[last] == tokens.turns[place]
    if not whole or tokens.possessive(place) or entry.place < PART:
        return None
    if following(tokens, last)[0] == "of" or entry.given >= STRONG_NAME > entry.place:
        return None
    if tokens.case(place) is Case.MIXED:
        plain = 0 < entry.tier < RARE_TIER and tokens.initial(place)
        return last if tokens.capital(place) and tokens.capital(last) and not plain else None
    plain = 0 < entry.tier < RARE_TIER
    return last if entry.place >= FAIR and not plain and place_cued(tokens, place) else None


def route(evidence: Evidence, middle: int) -> Iterator[int]:
    """Both ends of "the Settle to Carlisle", "the Ely to Ipswich train": listed, with capitals."""
    tokens, ends = evidence.tokens, (middle - 1, middle + 1)
    if middle < 1 or ends[1] >= len(tokens) or tokens.case(middle) is not Case.MIXED:
        return
    if (
        not all(_listed(evidence, end) for end in ends)
        or tokens.turns[ends[0]] != tokens.turns[ends[1]]
    ):
        return
    if tokens.gap(middle) != " " or tokens.gap(ends[1]) != " ":
        return
    ridden = following(tokens, ends[1])[0] in _RIDDEN
    if before(tokens, ends[0])[0] in {"the", "from"} or ridden:
        yield from ends


def _listed(evidence: Evidence, place: int) -> bool:
    """Whether a word with a capital is a listed place, and no person's name in the first place."""
    entry = evidence.lexicon.entry(evidence.tokens.lows[place])
    someone = evidence.network.get(place) is EntityType.PERSON and entry.given >= FAIR
    capital = evidence.tokens.capital(place) and not evidence.tokens.words[place].isupper()
    return capital and entry.place >= PART and not someone and place not in evidence.kept
