"""What is said of an address or a handle behind it: its name spelt, figures that were left out.

"priya dot bamford at larkmail dot com, that's B A M F O R D"; "No, there's thirty-three on the end
of the name." Only right behind an address, the letters of one of its words, and figures that are
told to be at an end. A handle ends in "the number four" where that ends the clause.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import DIGIT, FIGURE, NUMERAL, TEEN, TENS
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP, Words
from deid.detect.spoken.web.names_spelt import lead_size, letters_said
from deid.transcript import EntityType

_ENDS = (["on", "the", "end"], ["at", "the", "end"], ["after", "the", "name"])
_NUMBER = DIGIT | TEEN | TENS | FIGURE | NUMERAL
_TALK, _MOST_LINES, _FEWEST = 16, 2, 3


def ends_added(reading: Reading, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits, those of mail and the handles with what is said of them right behind."""
    words = reading.words
    for hit in hits:
        if hit.entity_type is EntityType.SOCIAL_HANDLE:
            yield _with_number(words, _with_spelling(words, hit))
            continue
        if hit.entity_type is not EntityType.EMAIL_ADDRESS:
            yield hit
            continue
        yield _with_spelling(words, hit)
        added = _added(words, bisect_left(words.starts, hit.end))
        if added is not None:
            yield reading.hit(*added, EntityType.EMAIL_ADDRESS, 0.7, ("spoken-mail", "end-added"))


def _with_spelling(words: Words, hit: Hit) -> Hit:
    """A hit with the letters behind it that spell one of its words."""
    first, last = bisect_left(words.starts, hit.start), bisect_left(words.starts, hit.end)
    spelt = _spelt(words, first, last)
    return replace(hit, end=words.ends[spelt - 1]) if spelt > last else hit


def _with_number(words: Words, hit: Hit) -> Hit:
    """A handle with "the number four" behind it, where that ends the clause."""
    last = bisect_left(words.starts, hit.end)
    number = last + len(_THE_NUMBER)
    said = words.words[last:number] == _THE_NUMBER and words.gap(last) in (SPACE, PAUSE)
    digit = said and number < len(words.words) and words.kinds[number] & NUMERAL
    if not digit or not words.closes(number + 1):
        return hit
    return replace(hit, end=words.ends[number])


_THE_NUMBER = ["the", "number"]


def _spelt(words: Words, first: int, last: int) -> int:
    """The token after ", that's B A M F O R D" where an address holds the word; else ``last``."""
    lead = lead_size(words, last) if last < len(words.words) else 0
    if not lead or words.gap(last) not in (PAUSE, STOP, SPACE):
        return last
    whole, end = letters_said(words, last + lead)
    return end if len(whole) >= _FEWEST and whole in words.words[first:last] else last


def _added(words: Words, last: int) -> tuple[int, int] | None:
    """The figures of "there's thirty-three on the end" within the next two turns."""
    lines = 0
    for token in range(last, min(len(words.words), last + _TALK)):
        lines += words.gap(token) == LINE
        if lines > _MOST_LINES:
            return None
        if lines and words.kinds[token] & _NUMBER:
            end = token
            while end < len(words.words) and words.kinds[end] & _NUMBER and end - token < _FEWEST:
                end += 1
            if words.words[end : end + len(_ENDS[0])] in _ENDS:
                return token, end
    return None
