"""Places with a capital that are told by what stands beside them, and by no list.

"We played it in Chapter, the arts centre": what it is, right behind a comma. "There's a lot on
Alvarado, behind the tire place": a street that is called by its name alone, as in America.
"""

from deid.detect.words.cues import role_words
from deid.detect.words.evidence import COMMONEST, FAIR, RARE_TIER, Evidence
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens

_VENUES = frozenset(
    {"mall", "centre", "center", "pub", "club", "bar", "cafe", "café", "restaurant", "hotel",
     "theatre", "theater", "cinema", "gallery", "museum", "hospital", "hospice", "clinic",
     "school", "college", "church", "chapel", "mosque", "temple", "park", "estate", "village",
     "town", "island", "suburb", "farm", "beach", "library", "venue", "nightclub", "bookshop",
     "bakery", "salon", "gym", "pool", "lido", "nursery", "surgery", "ranch", "campsite", "resort",
     "marina", "brewery"}
)  # fmt: skip
_LEADS = frozenset({"in", "at", "to", "from", "for", "near", "outside", "into", "behind"})
_ON = frozenset({"in", "on", "outside", "near", "by", "where", "up", "down", "over", "off"})
_LONGEST, _SORT = 3, 3


def told_after(evidence: Evidence, place: int) -> int | None:
    """The last word of "in Chapter, the arts centre", "for King of Prussia, the mall, outside"."""
    tokens = evidence.tokens
    if before(tokens, place)[0] not in _LEADS or not _may_be_called(evidence, place):
        return None
    last = place
    for step in range(place + 1, min(len(tokens), place + _LONGEST)):
        if not tokens.joined(step) or tokens.turns[step] != tokens.turns[place]:
            break
        if tokens.capital(step):
            last = step
        elif tokens.lows[step] not in {"of", "and", "the"}:
            break
    return last if _is_told(tokens, last) else None


def told_by_is(evidence: Evidence, place: int) -> int | None:
    """The word of "Pilgrim's the hospital, for the typist": what it is follows in one breath."""
    tokens, kind = evidence.tokens, place + 2
    if not tokens.possessive(place) or kind >= len(tokens) or tokens.lows[place + 1] != "the":
        return None
    said = tokens.lows[kind] in _HOUSES and tokens.joined(place + 1) and tokens.joined(kind)
    low, entry = tokens.lows[place], evidence.entry(place)
    if not said or not tokens.words[place].istitle() or not tokens.closes(kind):
        return None
    plain = entry.tier == COMMONEST or low in evidence.words.function or evidence.taken(place)
    plain = plain or low in role_words("kin", "labels", "heads") or low in _SORTS
    return None if plain or entry.given >= FAIR else place


_HOUSES = frozenset(
    {"hospital", "hospice", "school", "college", "pub", "surgery", "nursery", "church", "home",
     "village", "gym", "prison", "club", "shop", "café", "cafe", "farm", "estate", "ward"}
)  # fmt: skip


def _is_told(tokens: Tokens, last: int) -> bool:
    """Whether ", the arts centre" stands behind, and the clause ends with it."""
    article = last + 1
    if article >= len(tokens) or tokens.after(last) != ", ":
        return False
    if tokens.lows[article] not in {"the", "a", "an"}:
        return False
    for kind in range(article + 1, min(len(tokens), article + 1 + _SORT)):
        if tokens.turns[kind] != tokens.turns[last] or not tokens.joined(kind):
            return False
        if tokens.lows[kind] in _VENUES:
            return tokens.closes(kind) or following(tokens, kind)[0] in _ON
    return False


_BESIDE = frozenset({"behind", "by", "near", "across", "past", "opposite", "right", "just"})
_THERE = frozenset(
    {"lot", "place", "store", "shop", "restaurant", "house", "apartment", "station", "corner",
     "light", "left", "right", "live", "lives", "lived", "living", "parked", "spot", "bar", "over",
     "down", "up", "out", "restaurant's", "shop's", "store's", "office", "clinic", "diner"}
)  # fmt: skip
_REACH = 4


def on_street(evidence: Evidence, place: int) -> int | None:
    """The word of "a lot on Alvarado, behind the tire place": a street by its name alone."""
    tokens = evidence.tokens
    if before(tokens, place)[0] != "on" or not _may_be_called(evidence, place):
        return None
    common = 0 < evidence.entry(place).tier < RARE_TIER
    if common or tokens.possessive(place) or tokens.gap(place) != " ":
        return None
    near = tokens.lows[max(0, place - 1 - _REACH) : place - 1]
    beside = following(tokens, place)[0] in _BESIDE and tokens.after(place) in {" ", ", "}
    return place if beside and not _THERE.isdisjoint(near) else None


def _may_be_called(evidence: Evidence, place: int) -> bool:
    """Whether a word has a capital inside a sentence, and is no first name, role, sort or brand."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if tokens.case(place) is not Case.MIXED or tokens.initial(place) or not tokens.capital(place):
        return False
    if place in evidence.kept or evidence.dosed(place) or evidence.entry(place).given >= FAIR:
        return False
    sort = low in _SORTS or low in role_words("kin", "labels", "heads")
    return tokens.words[place].istitle() and not sort


_SORTS = frozenset(sections("roles.txt")["sorts"]) | frozenset(sections("place_kinds.txt")["kinds"])
