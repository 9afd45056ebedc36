"""Passwords as they are told: letters and figures in one word, or a word and a number after it.

"The wifi password is Biscuit4471"; "password's tigger, capital T, two thousand and twelve". What is
all letters may be anything ("the password is case sensitive") and is left to other recognisers;
never what became of the password ("password is changed every ninety days").
"""

import re
from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import MULTIPLE, NUMERAL, SCALE, UNITS
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, STOP, Words
from deid.detect.spoken.web.hosts import is_hard
from deid.transcript import EntityType

_TOLD = re.compile(r"\bpass ?(?:code|word)(?:'s| is| was|:)? ([^\s,;]{4,40})")
_RECORD = EntityType.MEDICAL_RECORD
_WORDS = frozenset({"password", "password's", "passcode", "passcode's"})
_IS = frozenset({"is", "was", "it's"})
_CASES = frozenset({"capital", "small", "upper", "lower", "case", "with", "a"})
_MOST_ASIDES, _SHORTEST, _FEWEST_FIGURES = 4, 3, 2


def passwords(reading: Reading) -> Iterator[Hit]:
    """Hits for them."""
    words = reading.words
    for match in _TOLD.finditer(words.folded):
        if any(map(str.isdigit, match[1])) and any(map(str.isalpha, match[1])):
            end = match.start(1) + len(match[1].rstrip(".!?)"))
            yield Hit(match.start(1), end, _RECORD, 0.8, "spoken-codes", "passcode")
    for token, word in enumerate(words.words[:-1]):
        if word in _WORDS:
            first = token + 1 + (words.words[token + 1] in _IS)
            last = _end(words, first)
            if last and _is_told(words, token, first):
                yield reading.hit(first, last, _RECORD, 0.75, ("spoken-codes", "password"))


def _is_told(words: Words, token: int, first: int) -> bool:
    """Whether "is", or a question, stands between the word and what may be a password."""
    asked = first < len(words.words) and words.gap(first) == LINE
    return first > token + 1 or words.words[token].endswith("'s") or asked


def _end(words: Words, first: int) -> int:
    """The token after a word and a number that end a clause; 0 where there is no such thing."""
    if first >= len(words.words) or is_hard(words.words[first]):
        return 0
    if len(words.words[first]) < _SHORTEST or words.kinds[first] & (NUMERAL | SCALE):
        return 0
    begin = first + 1
    while begin < len(words.words) and begin - first <= _MOST_ASIDES:
        named = words.words[begin] in _CASES or words.words[begin] == words.words[first][0]
        if not named or words.gap(begin) in (LINE, STOP):
            break
        begin += 1
    last = begin
    while last < len(words.words) and (
        words.kinds[last] & (NUMERAL | SCALE | MULTIPLE) or words.words[last] == "and"
    ):
        if last > begin and words.gap(last) in (LINE, STOP):
            break
        last += 1
    said = words.words[begin:last]
    long = len(said) >= _FEWEST_FIGURES or (said and len(said[0]) >= _FEWEST_FIGURES)
    closed = words.closes(last)
    counted = last < len(words.words) and words.words[last] in UNITS
    return last if long and closed and not counted and said[-1] != "and" else 0
