"""One batch of strings in every reading that is searched, each made when it is first needed.

``words`` is folded text, ``cased`` keeps capitals, ``squeezed`` has no spaces ("h a r g reaves"),
``spelt`` holds runs of single letters, ``numbers`` runs of figures and number words as digits,
``vocabulary`` each different word.
Memory is that of the batch.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from deid.verify import numbers
from deid.verify.fold import CELL, STOP, cased, folded, without_tags
from deid.verify.values import Stream

_LETTER_RUN = re.compile(r"(?: [^\W\d_](?= )){3,}")
_NATO = (
    *("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india"),
    *("juliet", "kilo", "lima", "mike", "november", "oscar", "papa", "quebec", "romeo", "sierra"),
    *("tango", "uniform", "victor", "whiskey", "yankee", "zulu", "xray", "juliett", "alfa"),
)
_NAMED_LETTER = re.compile(
    r" (?:double ([a-z])|([a-z]) (?:for|as in) [a-z]+|(x ray|" + "|".join(_NATO) + r"))(?= )"
)
_HEX = re.compile(r"(?=[0-9]*[a-f])[0-9a-f]{12,}")


class Streams:
    """The readings of some cells, and the way back from a match to its cell."""

    def __init__(
        self,
        cells: Sequence[str],
        *,
        is_common: Callable[[str], bool],
        is_unusual: Callable[[str], bool],
    ) -> None:
        """Take the cells; nothing is read yet."""
        joined = CELL.join(cells)
        if joined.count(CELL) != len(cells) - 1 or STOP in joined:
            clean = (cell.replace(CELL, " ").replace(STOP, " ") for cell in cells)
            joined = CELL.join(clean)
        self._text, self._is_unusual = without_tags(joined, is_common), is_unusual
        self._borders: dict[Stream, list[int]] = {}

    @cached_property
    def words(self) -> str:
        """Folded words."""
        return folded(self._text)

    @cached_property
    def cased(self) -> str:
        """Words with their capitals, and stops between sentences."""
        return cased(self._text)

    @cached_property
    def tokens(self) -> list[str]:
        """The words of ``words``."""
        return self.words.split()

    @cached_property
    def unusual(self) -> Sequence[str]:
        """Each different word of ``words`` that may be somebody's name, mistyped or misheard."""
        return tuple(filter(self._is_unusual, frozenset(self.tokens)))

    @cached_property
    def squeezed(self) -> str:
        """``words`` without its spaces."""
        return self.words.replace(" ", "")

    @cached_property
    def _edges(self) -> list[int]:
        """Where each token begins in ``squeezed``, and the end."""
        return list(accumulate(map(len, self.tokens), initial=0))

    @cached_property
    def letters(self) -> str:
        """``words`` with every way of naming a letter as the letter: "s for sugar", "double l"."""
        return _NAMED_LETTER.sub(_letter, self.words)

    def reading(self, stream: Stream) -> str:
        """The string that a reading is, or that its runs stand in."""
        if stream is Stream.CASED:
            return self.cased
        if stream is Stream.SPELT:
            return self.letters
        return self.squeezed if stream is Stream.SQUEEZED else self.words

    def runs(self, stream: Stream) -> Sequence[tuple[int, str]]:
        """Each run of single letters, or of figures: its place in the reading, what it says."""
        return self._numbers if stream is Stream.NUMBERS else self._spelt

    @cached_property
    def _numbers(self) -> Sequence[tuple[int, str]]:
        return tuple(numbers.runs(self.words))

    @cached_property
    def _spelt(self) -> Sequence[tuple[int, str]]:
        found = _LETTER_RUN.finditer(self.letters)
        return tuple((match.start(), f" {match.group().replace(' ', '')} ") for match in found)

    def places(self, word: str) -> Iterator[tuple[int, int]]:
        """Where a word stands in ``words``, with the space before and after it."""
        said = f" {word} "
        at = self.words.find(said)
        while at >= 0:
            yield at, at + len(said)
            at = self.words.find(said, at + len(said) - 1)

    def cell(self, stream: Stream, offset: int) -> int:
        """Which cell an offset of a reading is in."""
        if stream not in self._borders:
            text = self.reading(stream)
            self._borders[stream] = [match.start() for match in re.finditer(CELL, text)]
        return bisect_left(self._borders[stream], offset)

    def pieces(self, start: int, end: int) -> list[str] | None:
        """The whole tokens that a stretch of ``squeezed`` is made of, None when it cuts one."""
        first, last = bisect_right(self._edges, start) - 1, bisect_right(self._edges, end) - 1
        if self._edges[first] != start or self._edges[last] != end:
            return None
        return self.tokens[first:last]

    def in_a_digest(self, start: int, end: int) -> bool:
        """Whether a stretch of ``squeezed`` begins or ends inside a long hexadecimal word."""
        ends = (bisect_right(self._edges, at) - 1 for at in (start, end - 1))
        return any(_HEX.fullmatch(self.tokens[i]) for i in ends)


def _letter(match: re.Match[str]) -> str:
    doubled, single, word = match.groups()
    return f" {doubled} {doubled}" if doubled else f" {single or word[0]}"
