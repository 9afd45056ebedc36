"""Which words are organisations: hospitals, surgeries, schools, named groups, employers.

A generic "the surgery" or "the pain clinic" stays; it needs a name of its own to be one
("the Horfield surgery", "Yate group", "University of Bristol"). The NHS, shops and media are
allowed words.
"""

from collections.abc import Iterator
from functools import cache

from deid.detect.firms import SONS
from deid.detect.names.never import nobody
from deid.detect.names.spans import Named
from deid.detect.places.land import plain_station
from deid.detect.places.phrases import phrases
from deid.detect.words.cues import roles
from deid.detect.words.evidence import (
    FAIR,
    PART,
    RARE_TIER,
    STRONG_NAME,
    TOWN,
    Evidence,
    contracted,
)
from deid.detect.words.gazetteer import sections
from deid.detect.words.tokens import Case, Tokens
from deid.transcript import EntityType


@cache
def _kinds() -> tuple[frozenset[str], frozenset[str]]:
    """Words that head a name only with a capital, and words that say no more than the sort."""
    found = sections("roles.txt")
    return frozenset(found["capital-heads"]), frozenset(found["sorts"])


_CARING = frozenset({"hospital", "infirmary", "museum", "gallery", "library"})
_OF = _CARING | {
    "university", "college", "church", "school", "bank", "institute", "academy", "friends", "guild"
}  # fmt: skip
_LONGEST, _ACRONYM = 4, 5


def organisations(evidence: Evidence) -> Iterator[Named]:
    """All organisations of a transcript."""
    for first, last in phrases(evidence, evidence.lexicon.site_phrases, barred=frozenset()):
        yield Named(first, last, 0.85, "list-of-sites")
    tokens = evidence.tokens
    heads = roles().heads
    for place, low in enumerate(tokens.lows):
        if _written(tokens, place) or (low in heads and place not in evidence.firm):
            yield from _headed(evidence, place)
        if low == "the" and (end := _called(evidence, place)) is not None:
            yield Named(place + 1, end, 0.6, "named-with-capitals")
        if low in _OF and tokens.case(place) is Case.MIXED and tokens.capital(place):
            yield from _of(evidence, place)
        if low in _BEFORE_NAME and tokens.case(place) is Case.MIXED and tokens.capital(place):
            yield from _welsh(evidence, place)
        if low in _FOR and tokens.case(place) is Case.MIXED and tokens.capital(place):
            yield from _for(evidence, place)
        if low == "from" and tokens.case(place) is Case.MIXED:
            yield from _workplace(evidence, place)
    yield from _network(evidence)


def labelled(evidence: Evidence, labels: frozenset[str]) -> Iterator[Named]:
    """Words that label a speaker and are nobody's name on any list (a newspaper, a firm)."""
    tokens = evidence.tokens
    for place, low in enumerate(tokens.lows):
        if low in labels and (tokens.capital(place) or tokens.case(place) is not Case.MIXED):
            yield Named(place, place, 0.7, "speaker-label")


def _called(evidence: Evidence, article: int) -> int | None:
    """The last word of "in the Cross Keys": two capitals and more that say no sort of thing."""
    tokens, first = evidence.tokens, article + 1
    there = article > 0 and tokens.joined(article) and _place_of(tokens, article - 1)
    last = article
    while there and last + 1 < len(tokens) and last - article < _LONGEST:
        step = last + 1
        whole = tokens.joined(step) and tokens.turns[step] == tokens.turns[article]
        if not whole or not tokens.capital(step) or not tokens.words[step].istitle():
            break
        if step in evidence.kept or evidence.dosed(step) or tokens.lows[step] in _kinds()[1]:
            return None
        if tokens.lows[step] in roles().titles | roles().kin | roles().heads:
            return None
        last = step
    written = tokens.case(article) is Case.MIXED and not tokens.capital(article)
    role = all(tokens.lows[step] in roles().labels for step in range(first, last + 1))
    plain = role or plain_station(tokens, last)
    return last if written and last > first and not plain else None


def _place_of(tokens: Tokens, place: int) -> bool:
    """Whether a word leads to a place: "in", "behind", "the back of"."""
    low = tokens.forms[place]
    side = low == "of" and place > 0 and tokens.lows[place - 1] in _SIDES
    return low in _THERE or side


_SIDES = frozenset({"back", "front", "side", "end", "top", "bottom", "outside", "opposite", "out"})
_THERE = frozenset(
    {"in", "at", "to", "from", "outside", "near", "by", "behind", "opposite", "up", "down", "round",
     "towards", "past", "there's", "here's", "into", "closing", "closed", "shutting", "reopened",
     "reopening", "owns", "owned", "runs"}
)  # fmt: skip


def _written(tokens: Tokens, place: int) -> bool:
    """Whether a word heads a name because it has a capital: "the Albert Bar", not "a bar"."""
    mixed = tokens.case(place) is Case.MIXED and tokens.capital(place)
    return mixed and tokens.lows[place] in _kinds()[0]


def _headed(evidence: Evidence, head: int) -> Iterator[Named]:
    """Walk left from the head over the words of its name."""
    tokens = evidence.tokens
    mixed = tokens.case(head) is Case.MIXED
    if mixed and tokens.lows[head] in _kinds()[0] and not tokens.capital(head):
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
    if tokens.lows[place - 1] in _kinds()[0] | roles().heads:
        return False  # "Newland Church and Hebron Church"
    names = (evidence.entry(place - 1), evidence.entry(place + 1))
    both = tokens.capital(place - 1) and not tokens.initial(place - 1)
    surname = names[0].family >= PART and names[0].given < STRONG_NAME
    return both and surname and (names[1].family >= PART or tokens.lows[place + 1] in SONS)


def _part(evidence: Evidence, place: int, *, mixed: bool, whole: bool) -> bool:
    """Whether a word is of the name; one that opens a sentence only where the name is all of it."""
    tokens = evidence.tokens
    low = tokens.lows[place]
    sort = low in _kinds()[1] | _DENOMINATIONS
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
    return both and written and low not in _kinds()[1] and low not in roles().labels


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


def _workplace(evidence: Evidence, place: int) -> Iterator[Named]:
    """Where somebody with a title says they are from ("I'm Dr Jones from Acme at Home")."""
    tokens = evidence.tokens
    before = tokens.lows[max(0, place - _REACH) : place]
    introduced = "i'm" in before or "this" in before or "name" in before
    if not introduced or not roles().titles.intersection(before):
        return
    first = place + 1
    if first >= len(tokens) or not tokens.joined(first) or not tokens.capital(first):
        return
    last = step = first
    while step + 1 < len(tokens) and tokens.joined(step + 1) and step - first < _LONGEST:
        step += 1
        if tokens.capital(step):
            last = step
        elif tokens.lows[step] not in _SMALL:
            break
    if last > first or first not in evidence.kept:
        yield Named(first, last, 0.7, "workplace")


_REACH = 6
_SMALL = frozenset({"at", "of", "the", "and", "in", "for", "on"})


def _network(evidence: Evidence) -> Iterator[Named]:
    """What the network takes for an organisation, where nothing speaks against it."""
    tokens = evidence.tokens
    for place, seen in evidence.network.items():
        if seen is not EntityType.ORGANIZATION or place in evidence.kept:
            continue
        word, entry = tokens.words[place], evidence.entry(place)
        if contracted(tokens.lows[place]) or tokens.lows[place] in roles().titles | roles().labels:
            continue
        if tokens.case(place) is not Case.MIXED or not word[0].isupper() or evidence.dosed(place):
            continue
        acronym = word.isupper() and len(word) <= _ACRONYM
        named = (entry.name or entry.place) and entry.tier >= RARE_TIER  # no "Macroeconomics"
        if not acronym and (not entry.tier or (named and not tokens.initial(place))):
            yield Named(place, place, 0.5, "network")
