"""A transcriber's tags ("[laughs]", "[inaudible 00:12:03]"), which hold nothing that was said.

No rule reads a tag, so that what is said goes on behind it. A bracket that may hold more is no tag
but a note, and is read like speech: "[Dora Kent comes in]", "[postcode BS5 6PX, off the record]".
Only the words of ``transcriber_tags.txt`` make a tag; in doubt it is a note.
"""

import re
from collections.abc import Iterator
from functools import cache

from deid.detect.words.gazetteer import sections

_BRACKET = re.compile(r"\[[^\[\]\n]{0,400}\]|<[^<>\n]{0,400}>")
_TIME = re.compile(r"\b\d{1,3}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?\b")
_CODE = re.compile(r"\b[A-Z]{1,2}\d\b|\b[A-Z]\b", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+")
_MOST_DIGITS = 2


def brackets(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Half-open offsets of what stands in brackets, with them, and whether it is a tag."""
    for match in _BRACKET.finditer(text, start, end):
        yield *match.span(), _is_tag(match.group()[1:-1])


def _is_tag(inner: str) -> bool:
    rest = _TIME.sub(" ", inner)
    codes = len(_CODE.findall(rest))
    if "@" in rest or codes > 1 or sum(map(str.isdigit, rest)) > _MOST_DIGITS:
        return False
    return all(word.lower() in _words() for word in _WORD.findall(_CODE.sub(" ", rest)))


@cache
def _words() -> frozenset[str]:
    return frozenset(sections("transcriber_tags.txt")["tags"])
