"""Restaurants by what is done there: "the Christmas night out at Mother India", "tea in Gusto".

By capitals alone, and by two words or more, for one alone may be anybody's house or a day: "lunch
at Easter". "You know The Trading Post" is a venue where eating out is spoken of.
"""

from deid.detect.words.cues import roles
from deid.detect.words.evidence import PLAIN_TIER, Evidence, contracted
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case, Tokens
from deid.transcript import EntityType

_MEALS = frozenset(
    {"lunch", "dinner", "tea", "supper", "brunch", "breakfast", "meal", "buffet", "party", "do",
     "reception", "curry", "cocktails", "drinks", "pint", "pints", "carvery", "table", "wake"}
)  # fmt: skip
_OUT = frozenset({("night", "out"), ("meal", "out"), ("day", "out"), ("eating", "out")})
_EATING = frozenset(
    {"carvery", "pub", "restaurant", "menu", "meal", "roast", "waitress", "waiter", "barmaid",
     "landlord", "pint", "pints", "chippy", "cafe", "café", "bar", "curry", "dinner", "lunch"}
)  # fmt: skip
_TIMES = frozenset(
    {"new", "year", "year's", "boxing", "christmas", "easter", "bank", "holiday", "mother's",
     "father's", "good", "friday", "sunday", "saturday", "monday", "tuesday", "wednesday",
     "thursday", "day", "eve", "time", "half"}
)  # fmt: skip
_LEADS = frozenset({"know", "remember", "at", "in", "near", "by", "past", "to", "from"})
_TWO, _LONGEST, _REACH = 2, 4, 14


def eaten_at(evidence: Evidence, place: int) -> int | None:
    """The last word of "Mother India" behind "the night out at"."""
    tokens = evidence.tokens
    if tokens.case(place) is not Case.MIXED or not tokens.capital(place):
        return None
    if tokens.lows[place] == "the":
        return None
    if before(tokens, place)[0] not in {"at", "in"} or not _meal_before(tokens, place - 1):
        return None
    return _name_end(evidence, place)


def known_as(evidence: Evidence, article: int) -> int | None:
    """The last word of "you know The Trading Post", where one eats out."""
    tokens, place = evidence.tokens, article + 1
    if tokens.case(article) is not Case.MIXED or tokens.initial(article):
        return None
    if not tokens.capital(article) or place >= len(tokens) or not tokens.joined(place):
        return None
    if before(tokens, article)[0] not in _LEADS:
        return None
    near = range(max(0, article - _REACH), article)
    said = {tokens.lows[step] for step in near if tokens.turns[step] == tokens.turns[article]}
    return None if _EATING.isdisjoint(said) else _name_end(evidence, place)


def _meal_before(tokens: Tokens, lead: int) -> bool:
    """Whether a meal, or a night out, leads to a preposition."""
    meal = lead - 1
    if meal < 1 or not tokens.joined(lead) or tokens.turns[meal] != tokens.turns[lead]:
        return False
    return tokens.lows[meal] in _MEALS or (tokens.lows[meal - 1], tokens.lows[meal]) in _OUT


def _name_end(evidence: Evidence, first: int) -> int | None:
    """The last of two to four words with capitals that close their clause."""
    tokens, last = evidence.tokens, first
    while last + 1 < len(tokens) and last - first < _LONGEST and tokens.joined(last + 1):
        if not tokens.words[last + 1].istitle() or tokens.turns[last + 1] != tokens.turns[first]:
            break
        last += 1
    name = range(first, last + 1)
    whole = _TWO <= len(name) <= _LONGEST and (tokens.closes(last) or not _next(tokens, last))
    tells = any(evidence.entry(step).tier not in range(1, PLAIN_TIER) for step in name)
    return last if whole and tells and all(_may_call(evidence, step) for step in name) else None


def _next(tokens: Tokens, last: int) -> bool:
    after = last + 1
    return after < len(tokens) and tokens.turns[after] == tokens.turns[last]


def _may_call(evidence: Evidence, place: int) -> bool:
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    person = evidence.network.get(place) is EntityType.PERSON
    said = low in _TIMES or low in roles().titles or contracted(low) or evidence.dosed(place)
    return tokens.words[place].istitle() and not (said or person or low in _capital_heads())


def _capital_heads() -> frozenset[str]:
    return frozenset(sections("roles.txt")["capital-heads"])
