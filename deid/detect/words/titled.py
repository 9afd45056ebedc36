"""Words that are names too, inside what is written with capitals: "the Freshwater Bill", "Day 23".

A law, a prize, a register or a count has its capital from its kind. What stands before it tells:
a plain word with a capital and an article, where a person would have a first name or a title.
"""

import re
from collections.abc import Iterator

from deid.detect.words.cues import roles
from deid.detect.words.frames import PERSONAL_VERBS
from deid.detect.words.gazetteer import lexicon
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens

_ALSO = frozenset(
    {"bill", "grant", "star", "justice", "art", "mark", "day", "hope", "faith", "charity",
     "liberty", "rose", "bond", "page", "law", "field", "cross", "penny", "sterling"}
)  # fmt: skip
_HEADS = frozenset(
    {"act", "bill", "book", "syndrome", "scheme", "service", "services", "system", "award",
     "awards", "prize", "medal", "fund", "programme", "program", "project", "convention", "treaty",
     "protocol", "index", "questionnaire", "inventory", "benefit", "allowance", "certificate"}
)  # fmt: skip
_AFTER = frozenset({"book", "committee", "stage", "application", "sheet", "register"})
_SAID_OF_PEOPLE = frozenset(
    {"old", "young", "late", "big", "little", "poor", "great", "dear", "lovely", "new", "other",
     "real", "same", "famous", "mad", "fat", "bald", "tall", "good", "wee", "our", "your", "first",
     "second", "good-looking", "posh", "black", "white", "red", "ginger"}
)  # fmt: skip
_ARTICLES = frozenset({"a", "an", "the", "this", "that", "which", "any", "each"})
_NUMBER = re.compile(r" \d{1,2}(?![\d:/.]| (?:years|months|and a half|pm|am)\b)")
_FAIR, _PART, _STEPS = 4, 2, 2


def titled(tokens: Tokens) -> Iterator[int]:
    """The places of words that belong to a law, a prize, a book or a count."""
    found: set[str] = set()
    for place, low in enumerate(tokens.lows):
        if not _capital(tokens, place):
            continue
        if low in _ALSO and _in_a_title(tokens, place):
            found.add(low)
            yield from (place - 1, place)
        elif (
            (low in found and _again(tokens, place))
            or _of_a_book(tokens, place)
            or _counted(tokens, place)
        ):
            yield place


def _capital(tokens: Tokens, place: int) -> bool:
    return tokens.case(place) is Case.MIXED and tokens.words[place].istitle()


def _in_a_title(tokens: Tokens, place: int) -> bool:
    """As in "the Freshwater Bill", "Criminal Justice Act", "a Sea Grant"."""
    first = place - 1
    if first < 0 or not tokens.joined(place) or not _capital(tokens, first):
        return False
    if not _plain(tokens, first) or tokens.possessive(place) or tokens.possessive(first):
        return False
    if any(_heads(tokens, place, step) for step in range(_STEPS)):
        return True
    longer = place + 1 < len(tokens) and tokens.joined(place + 1) and tokens.capital(place + 1)
    said = following(tokens, place)[0] in PERSONAL_VERBS
    return before(tokens, first)[0] in _ARTICLES and not longer and not said


def _plain(tokens: Tokens, place: int) -> bool:
    """Whether the word is English, and neither somebody's name, kin or job nor said of people."""
    low, found = tokens.lows[place], lexicon().entry(tokens.lows[place])
    known = roles()
    person = low in known.kin | known.titles | known.labels or low in _SAID_OF_PEOPLE
    return found.tier > 0 and found.given < _FAIR and not person


def _heads(tokens: Tokens, place: int, steps: int) -> bool:
    """Whether the kind stands behind the word, with ``steps`` words between, all in capitals."""
    last = place + 1 + steps
    if last >= len(tokens) or tokens.lows[last] not in _HEADS:
        return False
    between = range(place + 1, last + 1)
    return all(tokens.joined(step) and _capital(tokens, step) for step in between)


def _again(tokens: Tokens, place: int) -> bool:
    """Whether "the Bill" is the one spoken of; not "the Bill who lives there"."""
    after, _ = following(tokens, place)
    longer = place + 1 < len(tokens) and tokens.joined(place + 1) and tokens.capital(place + 1)
    said = after in PERSONAL_VERBS or after in {"who", "who's"}
    return before(tokens, place)[0] == "the" and not longer and not said


def _of_a_book(tokens: Tokens, place: int) -> bool:
    """As in "the Day Book", "the Bill Committee": an article and the kind, with its capital."""
    after = place + 1
    if after >= len(tokens) or tokens.lows[after] not in _AFTER or not tokens.joined(after):
        return False
    found = lexicon().entry(tokens.lows[place])
    led = before(tokens, place)[0] in _ARTICLES and not tokens.possessive(place)
    also = tokens.lows[place] in _ALSO or found.given < _FAIR
    return led and found.tier > 0 and also and _capital(tokens, after)


def _counted(tokens: Tokens, place: int) -> bool:
    """As in "this is Day 23"; not "Emma Day 23"."""
    found = lexicon().entry(tokens.lows[place])
    if found.name < _PART or not found.tier or found.given >= _FAIR:
        return False
    if not _NUMBER.match(tokens.text, tokens.ends[place]):
        return False
    led = place > 0 and tokens.joined(place)
    return not (led and (tokens.capital(place - 1) or tokens.lows[place - 1] in roles().titles))
