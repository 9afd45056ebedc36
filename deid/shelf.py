"""Many short texts in little memory, found by fingerprint: what a study knows grows for years.

A text costs its own bytes, nine more, and ten for each fingerprint by which it is found. As Python
objects in dicts, or as an automaton of all that is looked for, it would cost several thousand.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
import numpy.typing as npt

from deid.fingerprints import Places, Prints, prints_of

_NUMBER_BITS = 28
_NUMBER = np.uint64((1 << _NUMBER_BITS) - 1)
_BITS_EACH = 16
_RATIO = 4
_AT_ONCE = 1 << 16
_WORD_BITS = 64
_PLACES = 2
_MIXED = (np.uint64(1), np.uint64(0xC4CEB9FE1A85EC53))

type Key = tuple[int, str]
"""A salt and a string: by their fingerprint a text is found."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A text to be kept.

    Attributes:
        text: What is given back.
        tag: A number below 256 that is given back with it.
        keys: By what it is found.
    """

    text: str = field(repr=False)
    tag: int
    keys: Sequence[Key] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Texts by number from 0, and sorted fingerprints, each with the number of its text.

    Attributes:
        joined: All texts, one after the other.
        ends: Where each ends.
        tags: What is given back with each.
        prints: The upper bits of a fingerprint, and below them the number.
        seen: Bits, of which two are set for each fingerprint: most of what is asked for is not
            there, and needs no search.
    """

    joined: bytes = field(repr=False)
    ends: Places = field(repr=False)
    tags: npt.NDArray[np.uint8] = field(repr=False)
    prints: Prints = field(repr=False)
    seen: npt.NDArray[np.uint8] = field(repr=False)

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Self:
        """A shelf of these."""
        encoded = [entry.text.encode("utf-8", "surrogatepass") for entry in entries]
        keys = [key for entry in entries for key in entry.keys]
        prints = prints_of([text for _, text in keys], [salt for salt, _ in keys])
        counts = np.array([len(entry.keys) for entry in entries], np.int64)
        numbers = np.repeat(np.arange(len(entries), dtype=np.uint64), counts)
        return cls._filled(
            b"".join(encoded),
            np.cumsum(np.array([len(each) for each in encoded], np.int64)),
            np.array([entry.tag for entry in entries], np.uint8),
            (prints & ~_NUMBER) | numbers,
        )

    @classmethod
    def _filled(
        cls, texts: bytes, ends: Places, tags: npt.NDArray[np.uint8], prints: Prints
    ) -> Self:
        if len(ends) >> _NUMBER_BITS:
            raise OverflowError("too many texts for one shelf")
        prints.sort(kind="stable")  # two sorted halves are put together in one pass
        seen = np.zeros(1 << max(0, (len(prints) * _BITS_EACH).bit_length() - 3), np.uint8)
        for which in range(_PLACES):
            place = _place(prints & ~_NUMBER, seen, which)
            np.bitwise_or.at(seen, place >> np.uint64(3), _bit(place))
        return cls(texts, ends, tags, prints, seen)

    def beside(self, other: "Shelf") -> "Shelf":
        """One shelf of two; numbers of the other go on after this one's."""
        size = len(self)
        return Shelf._filled(
            self.joined + other.joined,
            np.concatenate([self.ends, other.ends + len(self.joined)]),
            np.concatenate([self.tags, other.tags]),
            np.concatenate([self.prints, other.prints + np.uint64(size)]),
        )

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> tuple[str, int]:
        """A text and its tag."""
        start = int(self.ends[number - 1]) if number else 0
        text = self.joined[start : int(self.ends[number])].decode("utf-8", "surrogatepass")
        return text, int(self.tags[number])

    def numbers(self, prints: Prints) -> set[int]:
        """Which texts could have one of these fingerprints: all that have, rarely one more."""
        few = prints & ~_NUMBER
        for which in range(_PLACES):
            place = _place(few, self.seen, which)
            few = few[(self.seen[place >> np.uint64(3)] & _bit(place)) != 0]
        if not few.size:
            return set()
        at = np.minimum(np.searchsorted(self.prints, few), len(self.prints) - 1)
        here = np.unique(few[self.prints[at] & ~_NUMBER == few])
        first = np.searchsorted(self.prints, here)
        after = np.searchsorted(self.prints, here | _NUMBER, side="right")
        return {
            int(number)
            for start, end in zip(first, after, strict=True)
            for number in self.prints[start:end] & _NUMBER
        }


@dataclass(frozen=True, slots=True)
class Shelves:
    """Texts that grow in number: few shelves, small ones put together.

    Each has several times the fingerprints of the next, so that their number grows with the
    logarithm of what is known, and so does how often a text is moved.
    """

    shelves: tuple[Shelf, ...] = ()

    def grown(self, entries: Sequence[Entry]) -> "Shelves":
        """These and further ones; a text keeps its number."""
        shelves = [*self.shelves, Shelf.of(entries)]
        while len(shelves) > 1 and len(shelves[-1].prints) * _RATIO >= len(shelves[-2].prints):
            last = shelves.pop()
            shelves[-1] = shelves[-1].beside(last)
        return Shelves(tuple(shelves))

    def __len__(self) -> int:
        return sum(map(len, self.shelves))

    def __getitem__(self, number: int) -> tuple[str, int]:
        """A text and its tag."""
        for shelf in self.shelves:
            if number < len(shelf):
                return shelf[number]
            number -= len(shelf)
        raise IndexError("there is no text of this number")

    def numbers(self, prints: Iterable[Prints]) -> list[int]:
        """Which texts could have one of these fingerprints, in the order in which they came."""
        found: set[int] = set()
        for some in _together(prints):
            first = 0
            for shelf in self.shelves:
                found.update(first + number for number in shelf.numbers(some))
                first += len(shelf)
        return sorted(found)

    def unknown(self, texts: Sequence[tuple[str, int]], keys: Sequence[Key]) -> Iterator[int]:
        """Which of these texts, by place, are not here yet, each under its key and once."""
        prints = prints_of([text for _, text in keys], [salt for salt, _ in keys])
        told = {self[number] for number in self.numbers([prints])}
        for place, text in enumerate(texts):
            if text not in told:
                told.add(text)
                yield place


def _together(prints: Iterable[Prints]) -> Iterator[Prints]:
    """Few arrays for many: a look has its price, however little is looked for."""
    several: list[Prints] = []
    size = 0
    for some in prints:
        several.append(some)
        size += len(some)
        if size >= _AT_ONCE:
            yield np.concatenate(several)
            several, size = [], 0
    if size:
        yield np.concatenate(several)


def _place(prints: Prints, seen: npt.NDArray[np.uint8], which: int) -> Prints:
    """The first or second bit of ``seen`` that stands for each fingerprint."""
    bits = len(seen).bit_length() + 2
    return (prints * _MIXED[which]) >> np.uint64(_WORD_BITS - bits)


def _bit(place: Prints) -> npt.NDArray[np.uint8]:
    return np.left_shift(np.uint8(1), (place & np.uint64(7)).astype(np.uint8))
