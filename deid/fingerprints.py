"""Fingerprints of strings and of every run of words in a text, many at a time.

A text's runs are told by two sums each, however long they are, so that a text can be asked for
millions of strings without any of them being held as a string. What has the same fingerprint may
still be another string: whoever finds one looks again. A fingerprint lasts as long as the process
and is never written.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

type Prints = npt.NDArray[np.uint64]
type Places = npt.NDArray[np.int64]

_BASE = 0x9E3779B97F4A7C15
_WORD = 1 << 64
_INVERSE = pow(_BASE, -1, _WORD)
_SPREAD = np.uint64(0xFF51AFD7ED558CCD)
_HALF = np.uint64(33)
_AT_ONCE = 1 << 11
"""So many words of a text are taken together: what lies beside it in memory stays small."""
_LONGEST = 32
"""Characters of the longest phrase that is told whole; of a longer one, its first so many are."""
_LONGEST_RUN = _LONGEST + len("es")
_LONG = _LONGEST_RUN + 1

type Lengths = npt.NDArray[np.bool_]
"""How long the phrases are that somebody looks for: there is no need to ask for others."""


class Summed:
    """A string of which the fingerprint of any stretch is known at once.

    Args:
        codes: One number for each character or byte.
    """

    def __init__(self, codes: npt.NDArray[np.generic]) -> None:
        size = len(codes)
        self._powers, self._inverses = _powers(1 << max(size, 1).bit_length())
        sums = np.zeros(size + 1, np.uint64)
        np.cumsum((codes.astype(np.uint64) + np.uint64(1)) * self._powers[:size], out=sums[1:])
        self._sums = sums

    @classmethod
    def of(cls, text: str) -> "Summed":
        """The sums of a text's characters."""
        return cls(codes_of(text))

    def prints(self, starts: Places, ends: Places, salt: int = 0) -> Prints:
        """The fingerprints of half-open stretches; another ``salt`` gives quite other ones."""
        sums = (self._sums[ends] - self._sums[starts]) * self._inverses[starts]
        return spread(sums, salt)

    def windows(self, width: int, salt: int = 0) -> Prints:
        """The fingerprints of all stretches of one width, by where they start."""
        count = max(0, len(self._sums) - width)
        sums = self._sums[width : width + count] - self._sums[:count]
        return spread(sums * self._inverses[:count], salt)


def codes_of(text: str) -> npt.NDArray[np.uint32]:
    """A text's characters as numbers."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def spread(sums: Prints, salt: int) -> Prints:
    """Sums as fingerprints, of which each bit depends on all of the sum."""
    mixed = sums ^ np.uint64(salt * _BASE % _WORD)
    mixed = (mixed ^ (mixed >> _HALF)) * _SPREAD
    return mixed ^ (mixed >> _HALF)


def edges_of(texts: Sequence[str]) -> Places:
    """Where each text starts when all stand in a row, and the end."""
    edges = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)), out=edges[1:])
    return edges


def prints_of(texts: Sequence[str], salts: Sequence[int]) -> Prints:
    """The fingerprint of each text, under the salt of the same place."""
    edges = edges_of(texts)
    summed = Summed.of("".join(texts))
    prints = np.zeros(len(texts), np.uint64)
    told = np.array(salts, np.int64)
    for salt in set(salts):
        some = told == salt
        prints[some] = summed.prints(edges[:-1][some], edges[1:][some], salt)
    return prints


def powers(count: int) -> Prints:
    """What a character counts for at each place from the first, for sums of one's own."""
    return _powers(1 << max(count, 1).bit_length())[0][:count]


@lru_cache(maxsize=4)
def _powers(count: int) -> tuple[Prints, Prints]:
    """Powers of the base and of its inverse modulo 2**64, from the noughth."""
    ups, downs = (np.full(count, each, np.uint64) for each in (_BASE, _INVERSE))
    ups[0] = downs[0] = 1
    return np.cumprod(ups), np.cumprod(downs)


def phrase_key(phrase: str, endings: str) -> str:
    """What of a phrase without spaces makes its fingerprint; letters of an ending do not."""
    return phrase.rstrip(endings) if len(phrase) <= _LONGEST else phrase[:_LONGEST]


def lengths_of(keys: Iterable[str]) -> Lengths:
    """The lengths of these keys of phrases."""
    lengths = np.zeros(_LONG + 1, np.bool_)
    for length in {*map(len, keys)}:
        lengths[length] = True
        lengths[_LONG] |= length == _LONGEST
    return lengths


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text without the spaces between them.

    Attributes:
        edges: Where each starts, and the end.
        bare: For each place, where what stands before it ends when its ending is left off.
    """

    _summed: Summed = field(repr=False)
    edges: Places
    bare: Places

    @classmethod
    def of(cls, words: Sequence[str], endings: str) -> "Words":
        """Take words; letters of ``endings`` at the end of a run are left off, all of them."""
        codes = codes_of("".join(words))
        bare = np.arange(len(codes) + 1)
        for letter in codes_of(endings):
            bare[1:][codes == letter] = 0
        np.maximum.accumulate(bare, out=bare)
        return cls(Summed(codes), edges_of(words), bare)

    def prints(self, lengths: Lengths, salt: int) -> Iterator[Prints]:
        """The fingerprints of all phrases of these lengths, some words of the text at a time."""
        for first in range(0, len(self.edges) - 1, _AT_ONCE):
            starts = self.edges[first : min(first + _AT_ONCE, len(self.edges) - 1)]
            row, ends = self._runs(first, starts)
            starts_of_runs = starts[row]
            ends = np.maximum(self.bare[ends], starts_of_runs)
            asked = lengths[ends - starts_of_runs]
            yield self._summed.prints(starts_of_runs[asked], ends[asked], salt)
            if lengths[_LONG]:
                starts = starts[starts + _LONGEST <= self.edges[-1]]
                yield self._summed.prints(starts, starts + _LONGEST, salt)

    def _runs(self, first: int, starts: Places) -> tuple[Places, Places]:
        """Every run of whole words that is not too long: which of ``starts``, and its end."""
        number = np.arange(first, first + len(starts))
        counts = np.searchsorted(self.edges, starts + _LONGEST_RUN, side="right") - 1 - number
        before = np.cumsum(counts) - counts
        row = np.repeat(np.arange(len(starts)), counts)
        return row, self.edges[np.arange(len(row)) - (before - number - 1)[row]]
