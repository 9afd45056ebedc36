"""The words that explain a postcode's last letters: "IV12, then 4 N, Norman, F, Freddie".

Each word begins with the letter before it, and the second letter may come after the first word.
With them a district in capitals that is said again: "M3 anyway" / "There's three in M3", and one
of two letters however it is said: "it's yo24 you're in" / "Y O twenty-four". Never what only begins
with that letter in a later clause, or follows without a pause.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import LETTER, SKIP
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import PAUSE, Words
from deid.detect.spoken.postcodes.shapes import outward, with_letter
from deid.transcript import EntityType

NAME = "spoken-postcodes"
_POSTCODE = EntityType.UK_POSTCODE
_INWARD, _AGAIN = 2, 60


def explained(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for the postcodes with the words that explain them, and for districts said again."""
    words = reading.words
    for hit in hits:
        if hit.entity_type is not _POSTCODE:
            continue
        first, last = bisect_left(words.starts, hit.start), bisect_left(words.starts, hit.end)
        end = _explained_to(words, last)
        if end > last:
            yield reading.hit(first, end, _POSTCODE, 0.75, (NAME, "explained"))
        yield from _said_back(reading, first, last)
        if hit.rule == "district" or (last == first + 1 and _written(words, first)):
            yield from _again(reading, first)


def _explained_to(words: Words, last: int) -> int:
    """The token after the explaining words that stand from ``last`` on; ``last`` for none."""
    if not last or not _is_letter(words, last - 1):
        return last
    end, letters = last, 1
    while end + 1 <= len(words.words) and _explains(words, end):
        end += 1
        another = letters < _INWARD and end < len(words.words) and _is_letter(words, end)
        if not (another and words.gap(end) == PAUSE and _explains(words, end + 1)):
            break
        end, letters = end + 1, letters + 1
    return end


def _is_letter(words: Words, token: int) -> bool:
    return len(words.words[token]) == 1 and bool(words.kinds[token] & LETTER)


def _explains(words: Words, token: int) -> bool:
    """Whether a word, not "yes" or "so", begins with the letter before it, set off by commas."""
    if token >= len(words.words) or words.gap(token) != PAUSE or not words.closes(token + 1):
        return False
    word = len(words.words[token]) > 1 and not words.kinds[token] & SKIP
    return word and words.words[token][0] == words.words[token - 1]


def _written(words: Words, token: int) -> bool:
    """Whether an outward part is written in capitals, in one."""
    said = words.text[words.starts[token] : words.ends[token]]
    return said.isupper() and outward().fullmatch(said) is not None


def _said_back(reading: Reading, first: int, last: int) -> Iterator[Hit]:
    """A district of two letters that is all of a hit, said or written otherwise near."""
    place = bisect_left(reading.segments, first, key=lambda each: each.first)
    if place >= len(reading.segments) or reading.segments[place][1:3] != (first, last):
        return
    half = with_letter(reading.segments[place].chars)
    if not half[1:2].isalpha() or outward().fullmatch(half) is None:
        return
    low = bisect_left(reading.segments, first - _AGAIN, key=lambda each: each.first)
    high = bisect_left(reading.segments, last + _AGAIN, key=lambda each: each.first)
    for other in reading.segments[low:high]:
        if other.first != first and with_letter(other.chars) == half and not other.quantity:
            yield reading.hit(other.first, other.last, _POSTCODE, 0.65, (NAME, "district-back"))


def _again(reading: Reading, district: int) -> Iterator[Hit]:
    """The same district near, in capitals."""
    words = reading.words
    said = words.text[words.starts[district] : words.ends[district]]
    for token in range(max(0, district - _AGAIN), min(district + _AGAIN, len(words.words))):
        if words.text[words.starts[token] : words.ends[token]].removesuffix("'s") == said:
            yield reading.hit(token, token + 1, _POSTCODE, 0.65, (NAME, "district-again"))
