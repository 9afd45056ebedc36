"""Spelling for its own sake: "How do you spell snip?" / "S N I P"; letters that are nobody's name.

Letters are a lesson where they spell a word of everyday English that nobody is called, that word is
said near, and spelling or reading is talked of; and for a while after. So are the first letters of
such a word. Never near a word of naming ("surname"), and never a word that is a name too ("rose").
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from deid.detect.spoken.heard.lexicon import data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.stretches import Stretch
from deid.detect.spoken.heard.words import HYPHEN, SPACE
from deid.detect.words.gazetteer import lexicon

_NEAR, _NAMED, _GOES_ON = 16, 20, 60
_SHORTEST, _RAREST, _FEW_PEOPLE = 3, 40, 2
_SPELL = frozenset({"spell", "spells", "spelling"})
_SPELLING = frozenset(data("context")["lessons_spelling"])
_NAMING = frozenset(data("context")["lessons_naming"])


@cache
def abbreviations() -> frozenset[str]:
    """Letters that are said for a thing ("M R I"), as characters of a stretch."""
    return frozenset(word.upper().replace("O", "0") for word in data("abbreviations")["said"])


def is_everyday(low: str) -> bool:
    """Whether a word is everyday English and next to nobody is called so."""
    entry = lexicon().entry(low)
    return 0 < entry.tier <= _RAREST and entry.name <= _FEW_PEOPLE


class Lessons:
    """What was spelt so far for its own sake, as the stretches are read in order."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._words: frozenset[str] = frozenset()
        self._last = -_GOES_ON - 1

    def hold(self, stretch: Stretch, start: int, end: int) -> bool:
        """Whether the units of a stretch, half-open, are letters of a lesson."""
        first, last = stretch.spans[start][0], stretch.spans[end - 1][1]
        said = self._reading.words.words
        if not _NAMING.isdisjoint(said[max(0, first - _NAMED) : first]):
            return False
        parts = [_once(part) for part in _parts(stretch, start, end)]
        words = {part for part in parts if len(part) >= _SHORTEST and is_everyday(part)}
        told = said[max(0, first - _NEAR) : first]
        spelt = [part[::step] for part in ("".join(parts), *parts) for step in (1, -1)]
        words |= {
            each for each in spelt if len(each) > _SHORTEST and each in told and is_everyday(each)
        }
        near = any(self._asked(word, max(0, first - _NEAR), last + _NEAR) for word in words)
        since = first - self._last <= _GOES_ON
        begun = since and all(
            any(word.startswith(part) for word in self._words | words) for part in parts
        )
        if not near and not begun and not (since and words):
            return False
        self._words |= words
        self._last = last
        return True

    def _asked(self, word: str, first: int, last: int) -> bool:
        """Whether the word is said as a word is, with spelling or reading talked of near.

        "Lofty. L O F T Y." is a name for all that is heard; "spell snip" is none. Where capitals
        tell nothing the word has to be the object of "spell".
        """
        words = self._reading.words
        if _SPELLING.isdisjoint(words.words[max(0, first - _NEAR) : last]):
            return False
        return any(
            words.words[token] == word
            and (
                not words.capital(token) or words.text[words.starts[token] :][: len(word)].isupper()
                if words.cased
                else not _SPELL.isdisjoint(words.words[max(0, token - 1) : token + 2])
            )
            for token in range(first, min(last, len(words.words)))
        )


def _parts(stretch: Stretch, start: int, end: int) -> Iterator[str]:
    """The letters between pauses, full stops and turns, in small letters."""
    part = ""
    for unit in range(start, end):
        if unit > start and stretch.breaks[unit] not in (SPACE, HYPHEN):
            yield part
            part = ""
        low, high = bisect_left(stretch.units, unit), bisect_left(stretch.units, unit + 1)
        part += stretch.chars[low:high].replace("0", "O").lower()
    yield part


def _once(letters: str) -> str:
    """What is spelt again and again, once."""
    for size in range(_SHORTEST, len(letters) // 2 + 1):
        if letters == letters[:size] * (len(letters) // size):
            return letters[:size]
    return letters
