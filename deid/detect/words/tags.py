"""A transcriber's tags ("[laughs]", "[inaudible 00:12:03]"), which hold nothing that was said.

No rule reads a tag, so that what is said goes on behind it. A bracket that may hold more is no tag
but a note, and is read like speech: "[Dora Kent comes in]", "[postcode BS5 6PX, off the record]".
In doubt it is a note.
"""

import re
from collections.abc import Iterator

from deid.detect.words.gazetteer import Entry, lexicon

_BRACKET = re.compile(r"\[[^\[\]\n]{0,400}\]|<[^<>\n]{0,400}>")
_TIME = re.compile(r"\b\d{1,3}[:.]\d\d(?:[:.]\d\d)?(?:[.,]\d{1,3})?\b")
_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS, _MOST_DIGITS = 8, 2
_DIGITS = frozenset(
    {"zero", "oh", "nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
     "double", "triple", "treble", "ten", "eleven", "twelve", "twenty", "thirty", "forty", "fifty",
     "sixty", "seventy", "eighty", "ninety"}
)  # fmt: skip
_FAIR, _TOWN, _RARE_TIER = 4, 7, 40


def brackets(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Half-open offsets of what stands in brackets, with them, and whether it is a tag."""
    for match in _BRACKET.finditer(text, start, end):
        yield *match.span(), _is_tag(match.group()[1:-1])


def _is_tag(inner: str) -> bool:
    rest = _TIME.sub(" ", inner)
    words = _WORD.findall(rest)
    said = sum(len(word) == 1 or word.lower() in _DIGITS for word in words)
    figures = sum(map(str.isdigit, rest))
    if len(words) > _MOST_WORDS or "@" in rest or said + figures > _MOST_DIGITS:
        return False
    shouted = inner.isupper()
    return not any(
        _names_somebody(word, telling=number > 0 and not shouted and word[0].isupper())
        for number, word in enumerate(words)
    )


def _names_somebody(word: str, *, telling: bool) -> bool:
    """Whether a word may be a name; where its capital tells something, any but a plain word."""
    entry = lexicon().entry(word.lower())
    return not _plain(entry) if telling else entry.tier == 0 and _listed(entry)


def _plain(entry: Entry) -> bool:
    return 0 < entry.tier < _RARE_TIER and not (entry.given >= _FAIR or entry.place >= _TOWN)


def _listed(entry: Entry) -> bool:
    return entry.name >= _FAIR or entry.place >= _FAIR
