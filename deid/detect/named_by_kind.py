"""Organisations by what they are: "the Horfield surgery", "Yate group", "University of Bristol".

A kind heads the name, before it ("Ysgol Bryn y Môr") or behind; the words beside it have to name
one of the kind and not a sort: "the pain clinic" and "the Crown Court" stay.
"""

from collections.abc import Iterator
from functools import cache

from deid.detect.firms import SONS
from deid.detect.names.never import nobody
from deid.detect.names.spans import Named
from deid.detect.words.cues import roles
from deid.detect.words.evidence import FAIR, PART, RARE_TIER, STRONG_NAME, TOWN, Evidence
from deid.detect.words.gazetteer import sections
from deid.detect.words.tokens import Case, Tokens


@cache
def kinds() -> tuple[frozenset[str], frozenset[str]]:
    """Words that head a name only with a capital, and words that say no more than the sort."""
    found = sections("roles.txt")
    return frozenset(found["capital-heads"]), frozenset(found["sorts"])


_CARING = frozenset({"hospital", "infirmary", "museum", "gallery", "library"})
_OF = _CARING | {
    "university", "college", "church", "school", "bank", "institute", "academy", "friends", "guild"
}  # fmt: skip
_LONGEST, _ACRONYM = 4, 5


def named_by_kind(evidence: Evidence, place: int) -> Iterator[Named]:
    """The organisations of which a word says the kind."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if _heads_name(tokens, place) or (low in roles().heads and place not in evidence.firm):
        yield from _headed(evidence, place)
    if tokens.case(place) is not Case.MIXED or not tokens.capital(place):
        return
    if low in _OF:
        yield from _of(evidence, place)
    if low in _BEFORE_NAME:
        yield from _welsh(evidence, place)
    if low in _FOR:
        yield from _for(evidence, place)


def _heads_name(tokens: Tokens, place: int) -> bool:
    """Whether a word heads a name because it has a capital: "the Albert Bar", not "a bar"."""
    mixed = tokens.case(place) is Case.MIXED and tokens.capital(place)
    return mixed and tokens.lows[place] in kinds()[0]


def _headed(evidence: Evidence, head: int) -> Iterator[Named]:
    """Walk left from the head over the words of its name."""
    tokens = evidence.tokens
    mixed = tokens.case(head) is Case.MIXED
    if mixed and tokens.lows[head] in kinds()[0] and not tokens.capital(head):
        return
    first, specific = head, False
    whole = mixed and tokens.capital(head) and tokens.closes(head)
    while first > 0 and head - first < _LONGEST and tokens.joined(first):
        step = first - 1
        if tokens.turns[step] != tokens.turns[head]:
            break
        if mixed and _joint(evidence, step, firm=tokens.capital(head)):
            first = step
            continue
        if not _part(evidence, step, mixed=mixed, whole=whole):
            break
        first = step
        named = step not in evidence.firm or head not in evidence.firm  # no "Crown Court"
        both = mixed and tokens.capital(head)
        specific = specific or (named and _specific(evidence, step, both=both, whole=whole))
    town = tuple(tokens.lows[first : head + 1]) in evidence.lexicon.town_phrases  # "Jersey City"
    if specific and not town:
        yield Named(first, head, 0.75, "named-by-kind")


def _joint(evidence: Evidence, place: int, *, firm: bool) -> bool:
    """Whether it is the "and" of a firm of two names: "Prosser and Lewis Roofing"."""
    tokens = evidence.tokens
    if not firm or tokens.lows[place] != "and" or place == 0 or not tokens.joined(place):
        return False
    if tokens.lows[place - 1] in kinds()[0] | roles().heads:
        return False  # "Newland Church and Hebron Church"
    names = (evidence.entry(place - 1), evidence.entry(place + 1))
    both = tokens.capital(place - 1) and not tokens.initial(place - 1)
    surname = names[0].family >= PART and names[0].given < STRONG_NAME
    return both and surname and (names[1].family >= PART or tokens.lows[place + 1] in SONS)


def _part(evidence: Evidence, place: int, *, mixed: bool, whole: bool) -> bool:
    """Whether a word is of the name; one that opens a sentence only where the name is all of it."""
    tokens = evidence.tokens
    low = tokens.lows[place]
    sort = low in kinds()[1] | _DENOMINATIONS
    sort = sort and mixed and tokens.capital(place) and not tokens.initial(place)
    if low in roles().titles or nobody(tokens, place):
        return low in {"st", "saint"}
    if place in evidence.kept and not sort:
        return mixed and tokens.capital(place) and not tokens.initial(place)
    entry = evidence.entry(place)
    if mixed:
        opening = tokens.initial(place) and 0 < entry.tier < RARE_TIER and not whole
        return tokens.capital(place) and not opening
    if low in {"st", "saint"} or low in _OF_GROUPS:
        return True
    return entry.tier == 0 and (entry.place > 0 or entry.name > 0)


_OF_GROUPS = frozenset(
    {"pain", "carers", "support", "peer", "health", "care", "community", "women", "men", "womens",
     "mens", "arthritis", "fibromyalgia", "ms", "stroke", "cancer", "wellbeing", "advice",
     "volunteer", "neighbourhood", "walking", "gardening"}
)  # fmt: skip
_DENOMINATIONS = frozenset(
    {"methodist", "baptist", "catholic", "anglican", "pentecostal", "presbyterian", "evangelical",
     "orthodox", "congregational", "lutheran", "united", "reformed", "adventist", "episcopal"}
)  # fmt: skip


_TAUGHT = frozenset({"primary", "junior", "infants", "high", "grammar", "academy", "surgery"})


def _specific(evidence: Evidence, place: int, *, both: bool, whole: bool) -> bool:
    """Whether the word names one of its kind rather than a sort ("Horfield", not "Pain")."""
    entry = evidence.entry(place)
    low = evidence.tokens.lows[place]
    if place in evidence.kept:  # "Wycliffe Primary", never "Diabetes Surgery"
        named = both and not entry.tier and max(entry.name, entry.place) >= PART
        return named and evidence.tokens.lows[place + 1] in _TAUGHT
    if low in _DENOMINATIONS | _OF_GROUPS:
        return False
    if entry.tier == 0 or entry.tier >= RARE_TIER or low in {"st", "saint"}:
        return not evidence.tokens.words[place].isupper() or len(low) > _ACRONYM
    if both and (entry.place >= PART or entry.name >= FAIR):
        return True
    opens = evidence.tokens.initial(place) and not whole
    written = not opens and not evidence.tokens.words[place].isupper()
    after = evidence.tokens.lows[place + 1] if place + 1 < len(evidence.tokens) else ""
    if both and written and after in _INNS:
        return True
    return both and written and low not in kinds()[1] and low not in roles().labels


_INNS = frozenset({"arms", "inn", "tavern", "hotel"})


def _of(evidence: Evidence, head: int) -> Iterator[Named]:
    """Find names such as "University of Bristol"."""
    tokens = evidence.tokens
    place = head + 2
    if place >= len(tokens) or tokens.lows[head + 1] != "of" or not tokens.capital(place):
        return
    last = place
    while last + 1 < min(len(tokens), place + _LONGEST) and tokens.joined(last + 1):
        if not tokens.capital(last + 1):
            break
        last += 1
    first = head - 1 if head and tokens.joined(head) and tokens.capital(head - 1) else head
    if place not in evidence.kept or (tokens.lows[head] in _CARING and first < head):
        yield Named(head if tokens.initial(first) else first, last, 0.75, "named-by-kind")


_FOR = frozenset(
    {"transport", "action", "families", "friends", "citizens", "campaign", "homes", "housing",
     "sport", "health", "people", "voices", "alliance", "justice", "women", "carers",
     "parents", "refugees"}
)  # fmt: skip


def _for(evidence: Evidence, head: int) -> Iterator[Named]:
    """Find what a body in capitals is for: "Transport for London", "Homes for Leeds"."""
    tokens, place = evidence.tokens, head + 2
    if place >= len(tokens) or tokens.lows[head + 1] != "for" or not tokens.joined(head + 1):
        return
    named = tokens.joined(place) and tokens.capital(place) and not tokens.possessive(place)
    if named and evidence.lexicon.entry(tokens.lows[place]).place >= TOWN:
        yield Named(head, place, 0.75, "named-by-kind")


_BEFORE_NAME = frozenset({"ysgol", "ysbyty", "coleg", "meddygfa", "canolfan", "cylch"})
_WELSH_SMALL = frozenset({"y", "yr", "ar", "o", "dan", "glan", "bro", "gynradd", "uwchradd"})


def _welsh(evidence: Evidence, head: int) -> Iterator[Named]:
    """Find names that begin with their kind, as Welsh has it: "Ysgol Bryn y Môr"."""
    tokens, last = evidence.tokens, head
    for step in range(head + 1, min(len(tokens), head + _LONGEST + 1)):
        if not tokens.joined(step) or tokens.turns[step] != tokens.turns[head]:
            break
        if tokens.capital(step):
            last = step
        elif tokens.lows[step] not in _WELSH_SMALL:
            break
    if last > head:
        yield Named(head, last, 0.75, "named-by-kind")
