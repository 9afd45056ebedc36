"""Listed places before a postcode: "in Plaistow, E13", "up Matlock way S forty-five".

What tells that a few characters name where somebody lives is the place beside them. Without
capitals only names that are no words of talk count. Never looks past the sentence before.
"""

from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, Words
from deid.detect.words.gazetteer import lexicon

_SUBURB, _NO_WORD, _SENTENCE = 4, 35, 14
_BETWEEN = frozenset({"way", "direction", "side", "area"})


def is_by_town(words: Words, first: int) -> bool:
    """Whether a place stands right before a token, or with "way" between: "Matlock way S forty"."""
    if not first or words.gap(first) not in (PAUSE, SPACE):
        return False
    if words.words[first - 1] in _BETWEEN and first > 1:
        return is_town(words, first - 2)
    return (words.gap(first) == PAUSE or not words.cased) and is_town(words, first - 1)


def is_after_town(words: Words, first: int) -> bool:
    """Whether a place stands in the sentence before a token, in the same turn."""
    for token in range(first - 1, max(-1, first - 1 - _SENTENCE), -1):
        if words.gap(token + 1) == LINE:
            return False
        if is_town(words, token):
            return True
    return False


def is_place(words: Words, token: int) -> bool:
    """Whether a token may be a place, be it a small one: where its district is told as well."""
    if token < 0:
        return False
    entry = lexicon().entry(words.words[token])
    shown = words.capital(token) if words.cased else not 0 < entry.tier < _NO_WORD
    return shown and entry.place > 1 and entry.place > entry.given


def is_town(words: Words, token: int) -> bool:
    """Whether a token is a listed place rather than a forename."""
    entry = lexicon().entry(words.words[token])
    shown = words.capital(token) if words.cased else not 0 < entry.tier < _NO_WORD
    return shown and entry.place >= _SUBURB > entry.given
