"""deid.shelf and deid.fingerprints: what is kept is found by its keys, in any number of shelves."""

import numpy as np
import pytest

from deid.fingerprints import Summed, Words, lengths_of, phrase_key, prints_of
from deid.shelf import Entry, Shelves


def entry(text: str, *keys: str, tag: int = 1) -> Entry:
    """A text under some keys of one salt."""
    return Entry(text, tag, tuple((7, key) for key in keys))


def found(shelves: Shelves, *keys: str) -> list[str]:
    """The texts under these keys."""
    return [shelves[number][0] for number in shelves.numbers([prints_of(keys, [7] * len(keys))])]


def test_a_text_is_found_by_each_of_its_keys_and_comes_back_whole() -> None:
    """Whatever its characters; what has no such key does not come."""
    texts = ["Siobh\u00e1n", "", "\ud800", "\U0001f600 x"]
    shelves = Shelves().grown([entry(text, f"k{n}", "all") for n, text in enumerate(texts)])
    assert found(shelves, "all") == texts
    assert [found(shelves, f"k{n}") for n in range(4)] == [[text] for text in texts]
    assert found(shelves, "k4", "") == []
    assert shelves[2] == ("\ud800", 1)


def test_shelves_stay_few_and_numbers_stay() -> None:
    """A thousand times one more: the first is still the first, and nothing is moved often."""
    shelves = Shelves()
    for number in range(1000):
        shelves = shelves.grown([entry(f"t{number}", f"k{number}", "k")])
    assert len(shelves) == 1000
    assert len(shelves.shelves) < 8
    assert all(shelves[number][0] == f"t{number}" for number in range(1000))
    assert all(found(shelves, f"k{number}") == [f"t{number}"] for number in range(0, 1000, 37))
    assert found(shelves, "k") == [f"t{number}" for number in range(1000)]
    with pytest.raises(IndexError):
        shelves[1000]


def test_only_what_is_new_is_unknown() -> None:
    """By text and tag, also among those that are asked together."""
    shelves = Shelves().grown([entry("a", "a"), entry("b", "b", tag=2)])
    asked = [("a", 1), ("a", 2), ("b", 1), ("b", 2), ("c", 1), ("c", 1)]
    assert [*shelves.unknown(asked, [(7, text) for text, _ in asked])] == [1, 2, 4]


@pytest.mark.parametrize("phrase", ["ab", "s", "ss", "a" * 32, "a" * 33, "ab" * 20, "a" * 31 + "s"])
def test_every_phrase_of_a_text_has_the_fingerprint_of_its_key(phrase: str) -> None:
    """However it is divided into words, wherever it stands, with or without an ending."""
    key = phrase_key(phrase, "s")
    asked = prints_of([key], [3])
    for words in (
        [phrase],
        [*phrase],
        ["x", phrase, "s", "y"],
        [f"{phrase}s"],
        [phrase[:1], phrase[1:]],
    ):
        told = [*Words.of(words, "s").prints(lengths_of([key]), 3)]
        assert np.isin(asked, np.concatenate(told)).all()


def test_a_window_has_the_fingerprint_of_the_string_in_it() -> None:
    """Bytes and characters are told alike."""
    text = "S\u00e9amus and others"
    windows = Summed(np.frombuffer(text.encode("latin-1"), np.uint8)).windows(7, 5)
    assert windows.tolist() == prints_of([text[n : n + 7] for n in range(11)], [5] * 11).tolist()
    assert Summed.of("short").windows(7).size == 0
