"""The fingerprints of whatever is one letter off a word, without a string for each.

One letter left out, put in, changed, or exchanged with its neighbour: some hundreds for a word.
Asked from the text's side they need no index of their own; names would need ten entries each.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

import numpy as np

from deid.fingerprints import Prints, codes_of, powers, spread

_AT_ONCE = 1 << 17


def edited(words: Iterable[str], letters: Collection[str], salt: int) -> Iterator[Prints]:
    """Fingerprints of all strings that one edit makes of one of the words.

    Args:
        words: Each of one letter or more.
        letters: What may be put in.
        salt: As the names were told under.
    """
    put_in = codes_of("".join(sorted(letters))).astype(np.uint64) + np.uint64(1)
    for length, same in groupby(sorted(words, key=len), key=len):
        several = list(same)
        step = max(1, _AT_ONCE // (length * (len(letters) + 1)))
        for first in range(0, len(several), step):
            some = several[first : first + step]
            codes = codes_of("".join(some)).astype(np.uint64) + np.uint64(1)
            for sums in _sums(codes.reshape(len(some), length), put_in):
                yield spread(sums.ravel(), salt)


def _sums(codes: Prints, letters: Prints) -> Iterator[Prints]:
    """As :class:`deid.fingerprints.Summed` would sum each edited word, by word and place."""
    count, length = codes.shape
    power = powers(length + 1)
    before = np.zeros((count, length + 1), np.uint64)
    np.cumsum(codes * power[:-1], axis=1, out=before[:, 1:])
    whole = before[:, -1:]
    after = whole - before
    if length > 1:
        nearer = np.zeros_like(before)  # what stands after a place, each letter one place nearer
        np.cumsum((codes[:, 1:] * power[:-2])[:, ::-1], axis=1, out=nearer[:, -3::-1])
        yield before[:, :-1] + nearer[:, :-1]
        yield whole + (codes[:, 1:] - codes[:, :-1]) * (power[:-2] - power[1:-1])
    changed = (letters[None, None, :] - codes[:, :, None]) * power[None, :-1, None]
    yield whole[:, :, None] + changed
    moved = before + after * power[1]
    yield moved[:, :, None] + letters[None, None, :] * power[None, :, None]
