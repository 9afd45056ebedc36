"""Venues that no list holds, in a turn of one case: "at the almond centre", "carter road surgery".

A venue is told by its kind and by a word that says which it is: never by one that says what sort
("the chess club", "a leisure centre", "my old school").
"""

from functools import cache

from deid.detect.places.bare import (
    LEAST_RARE,
    MODIFIERS,
    ON,
    SHORTEST_UNKNOWN,
    THERE,
    foreign,
    pair,
)
from deid.detect.places.bare_streets import SURE_STREETS
from deid.detect.places.wider import ROADSIDE, goes_on, with_venue
from deid.detect.words.allow import allowed
from deid.detect.words.cues import role_words
from deid.detect.words.evidence import (
    COMMONEST,
    FAIR,
    PART,
    RARE_TIER,
    STRONG_NAME,
    Evidence,
    contracted,
)
from deid.detect.words.frames import DETERMINERS
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case, Tokens

_KINDS = sections("place_kinds.txt")
_HOUSES = frozenset(_KINDS["houses"])
_COMPOUNDS = frozenset(kind for kind in _KINDS["venues"] if " " in kind)
_SIDES = frozenset({"main", "side", "back", "same", "next", "busy", "whole", "long"})
_BESIDE = THERE | ON | {"by", "opposite", "beside"}
_LONGEST_NAME, _MOST_STAMMERS, _MOST_ANSWERING = 4, 4, 6
_CENTRES = frozenset({"centre", "center", "café", "cafe"})
"""What is called by any word that is no sort of it: "at the spectrum centre"."""
_BETWEEN = frozenset(_KINDS["between"])
"""What may stand between a venue's name and its kind: "the riverside methodist hospital"."""
_SCHOOLS = frozenset(
    {"high", "junior", "juniors", "infants", "elementary", "middle", "grammar", "primary",
     "medical", "state"}
)  # fmt: skip
_SAID_OF = frozenset({"thank", "attend", "attended", "called", "left"})
_INNS = frozenset({"inn", "tavern", "arms"})
"""What a road is told by: "the track after the seahorse inn"; "after the drama club" is a time."""


def bare_house(evidence: Evidence, place: int) -> int | None:
    """The last word of "at the almond centre", "on tansy ward": what it is called, then its kind.

    Any words may call a venue whose kind is told in two ("sundial community centre"); before a
    kind of one word they have to be rare, or stand without an article, as no common noun does.
    """
    tokens = evidence.tokens
    if tokens.case(place) is Case.MIXED:
        return None
    lead = before(tokens, place)[0]
    if lead not in _SAID_OF and not _there(evidence, place, _BESIDE | {"after"}):
        return _alone(evidence, place)
    later = lead not in _SAID_OF and not _there(evidence, place, _BESIDE)
    article = lead == "the" or lead in _SAID_OF
    for kind in range(place + 1, min(place + _LONGEST_NAME + 1, len(tokens))):
        if not calls(evidence, kind - 1) and not (kind - 1 > place and _between(tokens, kind - 1)):
            return None
        last = kind + 1
        if last < len(tokens) and f"{tokens.lows[kind]} {tokens.lows[last]}" in _COMPOUNDS:
            return last if tokens.gap(last) == " " else None
        if tokens.lows[kind] in _HOUSES:
            name = range(place, kind)
            while last < len(tokens) and tokens.gap(last) == " " and tokens.lows[last] in _HOUSES:
                last += 1
            rarely = article and tokens.lows[kind] not in _CENTRES | {"inn"}
            told = any(
                tells(evidence, word, article=rarely)
                for word in name
                if word == place or tokens.lows[word] not in _BETWEEN
            )
            return last - 1 if told and not (later and tokens.lows[last - 1] not in _INNS) else None
    return None


def _between(tokens: Tokens, place: int) -> bool:
    """Whether a sort stands there that a name may have before its kind, and it goes on."""
    goes_on = place + 1 < len(tokens) and tokens.gap(place + 1) == " "
    return goes_on and tokens.lows[place] in _BETWEEN and not tokens.possessive(place)


def bare_school(evidence: Evidence, place: int) -> int | None:
    """The last word of "at lamar elementary", "to queen anne high": no article, a clause's end."""
    tokens, last = evidence.tokens, place + 1
    led = before(tokens, place)[0] in _AT_SCHOOL or before(tokens, place) == ("of", "out")
    if tokens.case(place) is Case.MIXED or not led:
        return None
    while last < len(tokens) and last - place < _TWO and tokens.lows[last] not in _SCHOOLS:
        last += 1
    if last >= len(tokens) or tokens.lows[last] not in _SCHOOLS or not goes_on(evidence, last):
        return None
    name = range(place, last)
    whole = tokens.turns[last] == tokens.turns[place]
    called = whole and all(calls(evidence, word) or _kept_name(evidence, word) for word in name)
    told = any(tells(evidence, word, article=True) for word in name)
    return last if called and told else None


def _kept_name(evidence: Evidence, place: int) -> bool:
    """Whether a word that is allowed for itself is a name here: "queen anne high"."""
    low = evidence.tokens.lows[place]
    named = _named(evidence, place) or low in {"queen", "king", "prince", "princess"}
    return place in evidence.kept and named and low not in _sorts()


_AT_SCHOOL = frozenset({"at", "to", "from", "left", "school", "attended"})
_TWO = 2


def _alone(evidence: Evidence, place: int) -> int | None:
    """The last word of "fountain medical centre", all that a turn says or how it is answered."""
    tokens, turn = evidence.tokens, evidence.tokens.turns[place]
    start = place - (place > 0 and tokens.lows[place - 1] == "the")
    earliest = max(0, start - _MOST_ANSWERING)
    while (
        start > earliest
        and tokens.turns[start - 1] == turn
        and tokens.lows[start - 1] in _ANSWERING
    ):
        start -= 1
    if start and tokens.turns[start - 1] == turn:
        return None
    for kind in range(place + 1, min(place + _LONGEST_NAME, len(tokens))):
        if tokens.turns[kind] != turn:
            return None
        double = " ".join(tokens.lows[kind : kind + 2]) in SURGERIES
        if double or tokens.lows[kind] in CARE:
            last = kind + double
            name = range(place, kind)
            called = all(calls(evidence, word) and not evidence.dosed(word) for word in name)
            told = called and (double or _named(evidence, kind - 1))
            return last if told and all_said(evidence, last) else None
    return None


def all_said(evidence: Evidence, last: int) -> bool:
    """Whether a turn ends there, or somebody who answers the telephone says who is speaking."""
    tokens, turn = evidence.tokens, evidence.tokens.turns[last]
    after = range(last + 1, min(last + 1 + _LONGEST_NAME, len(tokens)))
    said = [tokens.lows[step] for step in after if tokens.turns[step] == turn]
    return not said or "speaking" in said or said[:2] in (["how", "can"], ["can", "i"])


_ANSWERING = frozenset(
    {"good", "morning", "afternoon", "evening", "hello", "hi", "hiya", "this", "is", "it's"}
)
CARE = frozenset({"surgery", "practice"})
SURGERIES = frozenset(
    f"{sort} {kind}"
    for sort in ("medical", "health", "dental", "family")
    for kind in ("centre", "practice", "surgery", "group")
)


def care_of_the(evidence: Evidence, article: int) -> int | None:
    """The last word of "The Limes Medical Centre", "THE ELMS SURGERY.": with the article.

    Behind a small letter, or where it is not all that a turn of one case says, the rest is found.
    """
    tokens, mixed = evidence.tokens, evidence.tokens.case(article) is Case.MIXED
    opens = not article or tokens.turns[article - 1] != tokens.turns[article]
    if not (tokens.capital(article) if mixed else opens):
        return None
    for kind in range(article + 2, min(len(tokens), article + _LONGEST_NAME)):
        name = range(article + 1, kind)
        if not all(calls(evidence, step) for step in name):
            return None
        double = " ".join(tokens.lows[kind : kind + 2]) in SURGERIES
        if double or tokens.lows[kind] in CARE:
            last = kind + double
            whole = last < len(tokens) and tokens.turns[last] == tokens.turns[article]
            written = all(map(tokens.capital, range(article + 1, last + 1)))
            written = written if mixed else tokens.closes(last)
            told = whole and any(tells(evidence, step, article=True) for step in name)
            return last if written and told else None
    return None


def tells(evidence: Evidence, place: int, *, article: bool) -> bool:
    """Whether a word says which venue it is, and not only what sort."""
    entry = evidence.entry(place)
    rare = entry.tier == 0 or entry.tier >= LEAST_RARE
    known = entry.tier > COMMONEST or entry.given >= FAIR  # "in hope hospital"
    return _named(evidence, place) or rare or (not article and known)


def _named(evidence: Evidence, place: int) -> bool:
    entry = evidence.entry(place)
    return entry.given >= STRONG_NAME or entry.family >= STRONG_NAME or entry.place >= PART


def bare_named_after(evidence: Evidence, place: int) -> int | None:
    """The last word of "in the cavendish building", "through the mersey tunnel": after a name."""
    tokens, entry = evidence.tokens, evidence.entry(place)
    if not pair(tokens, place, _NAMED_AFTER) or before(tokens, place)[0] != "the":
        return None
    rare = _named(evidence, place) and entry.tier >= RARE_TIER
    named = entry.tier == 0 or rare
    led = named and _there(evidence, place, THERE | ON | {"through"})
    barred = evidence.taken(place) or evidence.dosed(place)
    return place + 1 if led and not barred and goes_on(evidence, place + 1) else None


_NAMED_AFTER = frozenset({"building", "tunnel", "stand", "wing", "annexe", "rooms", "foyer"})


def bare_venue(evidence: Evidence, place: int) -> int | None:
    """The last word of "at the wrenfold library": a word of no list, and a venue."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if tokens.case(place) is Case.MIXED or len(low) < SHORTEST_UNKNOWN:
        return None
    if not _there(evidence, place, THERE) or not foreign(evidence, place):
        return None
    last = with_venue(tokens, place)
    plain = allowed().term_like(low) or evidence.dosed(place)
    return last if last > place and not plain else None


def bare_roadside(evidence: Evidence, place: int) -> int | None:
    """The last word of "from carter road surgery": what stands in a street is called after it."""
    tokens, last = evidence.tokens, place + 2
    if last >= len(tokens) or tokens.lows[last] not in ROADSIDE or not tokens.joined(last):
        return None
    kinds = SURE_STREETS | GROUNDS if tokens.lows[last] in CARE else SURE_STREETS
    whole = tokens.case(place) is not Case.MIXED and tokens.joined(last - 1)
    if not whole or tokens.lows[last - 1] not in kinds or tokens.possessive(last - 1):
        return None
    if not tokens.turns[place] == tokens.turns[last - 1] == tokens.turns[last]:
        return None
    low = tokens.lows[place]
    plain = low in DETERMINERS | _SIDES or low in evidence.words.function
    owned = tokens.possessive(place) and tokens.lows[last] not in CARE  # "queen's lane surgery"
    return None if plain or contracted(low) or owned else last


GROUNDS = frozenset(
    {"quay", "square", "hill", "green", "mount", "drive", "mill", "cross", "gate", "bridge", "bank",
     "end", "court", "park", "lodge", "house", "view", "grange", "farm", "mow", "tree", "field",
     "fields", "wood", "heath", "brook", "well", "croft"}
)  # fmt: skip
"""What a surgery may stand by: "nene quay surgery", "the bridge end practice"."""


def _there(evidence: Evidence, place: int, leads: frozenset[str]) -> bool:
    """Whether "at", "in the" ... stands before the word."""
    lows = evidence.tokens.lows
    begin = max(1, place - _MOST_STAMMERS)
    while place > begin and lows[place - 1] == lows[place - 2] == "the":
        place -= 1  # "in the the dunadry hotel"
    first, second = before(evidence.tokens, place)
    return first in leads or (first == "the" and second in leads)


def calls(evidence: Evidence, place: int) -> bool:
    """Whether a venue may be called by a word that goes on: no sort, nothing small or allowed."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    sort = low in _sorts() or low in MODIFIERS or low in DETERMINERS | _SIDES
    said = low in evidence.words.function or low in role_words("kin", "labels")
    goes_on = place + 1 < len(tokens) and tokens.gap(place + 1) == " "
    barred = sort or said or place in evidence.kept or contracted(low) or tokens.possessive(place)
    return goes_on and not barred


@cache
def _sorts() -> frozenset[str]:
    found = sections("roles.txt")
    return frozenset(found["sorts"]) | frozenset(found["heads"])
