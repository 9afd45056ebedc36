"""deid.verify.edits: every string that is one letter off, by fingerprint, and nothing else."""

from itertools import chain, product

import numpy as np
import pytest

from deid.fingerprints import prints_of
from deid.verify.edits import edited

LETTERS = "abel\u0142"
SALT = 3


def one_off(word: str) -> set[str]:
    """All strings that one edit makes of a word."""
    ends = range(len(word) + 1)
    return {
        *(word[:at] + word[at + 1 :] for at in range(len(word)) if len(word) > 1),
        *(word[:at] + word[at : at + 2][::-1] + word[at + 2 :] for at in range(len(word) - 1)),
        *(word[:at] + letter + word[at + 1 :] for at in range(len(word)) for letter in LETTERS),
        *(word[:at] + letter + word[at:] for at in ends for letter in LETTERS),
    }


@pytest.mark.parametrize("words", [["a"], ["ab", "bell"], ["mabel", "\u0142abel", "x"], []])
def test_every_edit_has_its_fingerprint(words: list[str]) -> None:
    """As the string itself would have it, whichever words are asked together."""
    strings = sorted(set().union(*map(one_off, words)))
    told = {*chain.from_iterable(map(np.ndarray.tolist, edited(words, LETTERS, SALT)))}
    assert told == {*prints_of(strings, [SALT] * len(strings)).tolist()}


def test_many_words_are_taken_some_at_a_time() -> None:
    """None is left out between two parts."""
    words = ["".join(letters) for letters in product("abcdefgh", repeat=4)]
    parts = list(edited(words, LETTERS, SALT))
    assert len(parts) > 3
    told = np.concatenate(parts)
    asked = prints_of([f"{word}a" for word in words], [SALT] * len(words))
    assert np.isin(asked, told).all()
