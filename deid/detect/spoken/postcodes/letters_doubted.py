"""Letters of a postcode that are doubted after it: "is that S or X?" / "S, S for snake".

So may a whole half be: "is that 0YG or 0YJ?" / "I've got YJ".
In the few turns after a postcode: one letter or another of which one is the postcode's, one that it
is not, the one at its end, and what answers such a doubt. Never a letter where nothing doubts it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.giving import turns
from deid.detect.spoken.heard.reading import Reading
from deid.transcript import EntityType

NAME = "spoken-postcodes"
_LATER, _CLOSE, _REACH = 4, 2, 160
_INWARD = r"\d ?[a-z]{2}(?!['\w])"
_LETTER = rf"(?:[a-z]|{_INWARD})(?!['\w])(?:,? (?:[a-z] )?(?:for|as in|like) [a-z]+)?"
_ENDS = re.compile(r"\d ?([a-z]{2})\b")
_WORDS = frozenset({"us", "up", "as", "at", "be", "by", "we", "he", "an", "uh", "eh", "ah"})
"""Halves that are words of talk: "ring us", "I'll be up"."""
_LED = re.compile(
    r"(?:\A|[\n:]\s*|\b(?:that|that's|it|it's|is|was|sorry|no|wait|oh|say|said|did|got|your),? )\Z"
)
_DOUBTED = re.compile(
    rf"(?<!\w)(?P<one>{_LETTER}),? (?:or|not) (?P<other>{_LETTER})"
    r"(?:(?=[,.;?!\n]|\Z| at| on)|(?<=\d[a-z]{2}))"
)
_AT_THE_END = re.compile(rf"(?<!\w){_LETTER}(?=,? (?:at|on) the end(?! of))")
_ANSWER = re.compile(
    rf"(?:(?:no|yes|yeah|yep|sorry|oh|aye|it's|that's|hang on|er|um|erm),? )*(?P<said>{_LETTER})"
    r"(?=[,.;!\n]|\Z)"
)


def letters_doubted(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for such letters, with the words that explain them."""
    words = reading.words
    spans = [(words.starts[first], words.ends[last - 1]) for first, last in turns(words)]
    starts = [start for start, _ in spans]
    for hit in [each for each in hits if each.entity_type is EntityType.UK_POSTCODE]:
        place = bisect_left(starts, hit.end) - 1
        letters = set(re.sub(r"[a-z]{4,}|\W", "", words.folded[hit.start : hit.end]))
        ends: set[str] = set()
        doubted = False
        for begin, close in spans[max(place, 0) : place + _LATER]:
            start = max(begin, hit.end)
            end = min(close, start + _REACH)
            found = list(_found(words.folded, start, end, letters, doubted=doubted))
            found += [] if found else _ends_said(words.folded, start, end, ends)
            for low, high in found:
                ends.update(set(_ENDS.findall(words.folded, low, high)) - _WORDS)
            for low, high in found:
                yield Hit(low, high, EntityType.UK_POSTCODE, 0.65, NAME, "letter-doubted")
            doubted = bool(found)


def _found(
    text: str, start: int, end: int, letters: set[str], *, doubted: bool
) -> Iterator[tuple[int, int]]:
    for match in _DOUBTED.finditer(text, start, end):
        led = match.start() <= start + _CLOSE or _LED.search(text, max(0, start - 1), match.start())
        firsts = {match["one"][0], match["other"][0]}
        if led and (letters & firsts or all(map(str.isdigit, firsts))):
            yield match.span()
    for match in _AT_THE_END.finditer(text, start, end):
        yield match.span()
    answer = _ANSWER.match(text, start, end) if doubted else None
    if answer is not None and answer["said"][0] in letters:
        yield answer.span("said")


def _ends_said(text: str, start: int, end: int, ends: set[str]) -> list[tuple[int, int]]:
    """The letters of a half that was doubted, by themselves at the end of a clause."""
    said = re.compile(rf"(?<![\w'])(?:{'|'.join(sorted(ends))})(?=[,.;?!\n]|\Z)")
    return [match.span() for match in said.finditer(text, start, end)] if ends else []
