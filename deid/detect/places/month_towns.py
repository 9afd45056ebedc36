"""The town that is a month too: "she lives in March now", "he comes from March".

A month hardly ever leaves a sentence, so only what nobody does in a month tells the town: living
in it, coming from it, being near it. "It starts in March", "it was moved to March" and "I was
born in March" stay, and so does every March with a year or another month behind it.
"""

import re

from deid.detect.names.agreeing import opens_answer
from deid.detect.words.cues import roles
from deid.detect.words.evidence import TOWN, Evidence
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Tokens

MONTH_TOWNS = frozenset(sections("places_said.txt")["months"])
_LIVING = frozenset({"live", "lives", "lived", "living", "based"})
_SPOTS = _LIVING | {"place", "village", "house", "farm", "town", "somewhere", "from", "cottage"}
_ON_THE_WAY = frozenset({"up", "over", "down", "out", "back", "here", "now", "still", "together"})
_PEOPLE = frozenset(
    {"i", "he", "she", "we", "they", "you", "i'm", "he's", "she's", "we're", "they're", "you're",
     "i've", "he'd", "she'd", "we've", "they've", "you've", "i'd", "we'd", "they'd", "who", "who's",
     "family", "originally", "people"}
)  # fmt: skip
_ARE = frozenset(
    {"i'm", "he's", "she's", "we're", "they're", "you're", "who's", "originally", "people"}
)
_COME = frozenset({"come", "comes", "came"})
_MOVED = frozenset({"moved", "move", "moving", "retired", "relocated"})
_NOT_MOVED = frozenset({"because", "for", "cos", "instead", "since", "due"})
_DATED = re.compile(r",? ?\d| (?:and|or|to|till|until|through|the|of) ")
_DEEPEST, _REACH = 3, 12


def month_town(evidence: Evidence, place: int) -> bool:
    """Whether a month's name is a town's there."""
    tokens = evidence.tokens
    text, end = tokens.text, tokens.tails[place]
    if _DATED.match(text[end : end + _REACH]):
        return False
    answers = opens_answer(evidence, place) and tokens.closes(place)
    return answers or _told_where(evidence, place) or _led(tokens, place)


def _led(tokens: Tokens, place: int) -> bool:
    """Whether living, coming or moving leads to it, or a home is near it."""
    lead, second = before(tokens, place)
    if lead == "in":
        return _verb(tokens, place) in _LIVING or _grew_up(tokens, place)
    if lead == "from":
        return _from(tokens, place)
    if lead == "to":
        return _verb(tokens, place) in _MOVED and _moves(tokens, place)
    return lead in {"near", "outside"} and second in _SPOTS


def _back(tokens: Tokens, place: int) -> int:
    """Where the verb stands that leads to the town: "lives over in", "moved back to"."""
    step = place - 2
    while step > 0 and tokens.lows[step] in _ON_THE_WAY and place - step <= _DEEPEST:
        step -= 1
    return step


def _verb(tokens: Tokens, place: int) -> str:
    step = _back(tokens, place)
    same = step >= 0 and tokens.turns[step] == tokens.turns[place]
    whole = same and all(tokens.joined(each) for each in range(step + 1, place + 1))
    return tokens.lows[step] if whole else ""


def _grew_up(tokens: Tokens, place: int) -> bool:
    return tokens.lows[max(0, place - _DEEPEST) : place - 1] == ["grew", "up"]


def _someone(tokens: Tokens, place: int) -> bool:
    """Whether the word before the one at ``place`` is somebody who does it."""
    first = before(tokens, place)[0]
    return first in _PEOPLE or first in roles().family


def _from(tokens: Tokens, place: int) -> bool:
    """Whether somebody comes or is from there: "she's from March", "my mum comes from March"."""
    verb, step = _verb(tokens, place), _back(tokens, place)
    comes = verb in _COME and _someone(tokens, step)
    is_ = verb in {"is", "was", "are", "were"} and _someone(tokens, step)
    is_ = is_ or (tokens.possessive(step) and verb in roles().family)
    return comes or is_ or tokens.forms[step] in _ARE


def _moves(tokens: Tokens, place: int) -> bool:
    """Whether it is people who move, and nothing says why a date was moved."""
    return _someone(tokens, _back(tokens, place)) and (
        following(tokens, place)[0] not in _NOT_MOVED
    )


def _told_where(evidence: Evidence, place: int) -> bool:
    """Whether it is told where it lies: "March near Wisbech", "March, Cambridgeshire"."""
    tokens = evidence.tokens
    beside = tokens.lows[place + 1 : place + 2] in (["near"], ["in"])
    town = place + 1 + beside
    if town >= len(tokens) or tokens.turns[town] != tokens.turns[place]:
        return False
    joined = tokens.joined(town) and (beside or tokens.gap(town) == ", ")
    named = evidence.lexicon.entry(tokens.lows[town])
    shire = tokens.lows[town] == "cambridgeshire"
    near = beside and tokens.lows[place + 1] == "near" and named.place >= TOWN
    return shire or (joined and near)
