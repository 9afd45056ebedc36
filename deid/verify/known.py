"""Which of the study's values could be in a text: rarely any, and never one too few.

Values are kept by fingerprint (:mod:`deid.shelf`), in some 150 bytes each, and only those few of
which some form could stand in a text are made into forms and looked for in earnest. Every form
leaves keys (:func:`_keys`), and every reading of a text is asked for all keys that a form in it
would have left; ``tests/property/test_verify_known.py`` holds the two to each other.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import batched, chain, product

import numpy as np

from deid.fingerprints import Lengths, Prints, Summed, Words, lengths_of, phrase_key, prints_of
from deid.naming import heard, sounds_like
from deid.shelf import Entry, Key, Shelves
from deid.transcript import EntityType
from deid.verify import numbers
from deid.verify.edits import edited
from deid.verify.fold import folded
from deid.verify.forms import forms
from deid.verify.lexicon import SHORTEST_RARE, Lexicon
from deid.verify.streams import Streams
from deid.verify.values import Form, Scope, SearchValue, Source, Stream

_PHRASE, _NAME, _SOUND, _BYTES, _SAME = range(1, 6)
_ENDING = "s"
_WIDTHS = (14, 7)
"""Bytes by which a pattern in raw bytes is told: its first fourteen, or seven if it is shorter."""
_AT_ONCE = 1 << 12
_BLOCK = 1 << 16
_DIGITS = re.compile(f"[0-9]{{{numbers.SHORTEST},}}")
_TOLD = tuple(product(EntityType, Source, Scope))
_TAG = {told: number for number, told in enumerate(_TOLD)}


@dataclass(frozen=True, slots=True)
class Known:
    """Values that are known.

    Attributes:
        lexicon: What the check knows of ordinary language.
        lengths: Of the phrases that are looked for.
        letters: Of the names that are also looked for a letter off.
        longest_bytes: Of the patterns that are looked for in raw bytes.
    """

    lexicon: Lexicon = field(repr=False)
    lengths: Lengths = field(default_factory=lambda: lengths_of(()), repr=False)
    letters: frozenset[str] = field(default=frozenset(), repr=False)
    longest_bytes: int = 0
    _shelves: Shelves = field(default_factory=Shelves, repr=False)

    def grown(self, values: Iterable[SearchValue]) -> "Known":
        """These and further ones; the same value again, or one that says too little, is none."""
        known = self
        for batch in batched(values, _AT_ONCE):
            known = known._with(batch)
        return known

    def _with(self, values: Sequence[SearchValue]) -> "Known":
        texts = [(value.text, _TAG[value.kind, value.source, value.scope]) for value in values]
        same = [(_SAME, text) for text, _ in texts]
        entries, longest = [], self.longest_bytes
        for place in self._shelves.unknown(texts, same):
            found = tuple(forms(values[place], self.lexicon))
            if found:
                entries.append(Entry(*texts[place], (*{*_keys(found)}, same[place])))
                longest = max(longest, *(len(f.pattern) for f in found if _is_raw(f)), 0)
        if not entries:
            return self
        keys = [key for entry in entries for key in entry.keys]
        return replace(
            self,
            lengths=self.lengths | lengths_of(text for salt, text in keys if salt == _PHRASE),
            letters=self.letters.union(*(text for salt, text in keys if salt == _NAME)),
            longest_bytes=longest,
            _shelves=self._shelves.grown(entries),
        )

    def candidates(self, streams: Streams) -> list[SearchValue]:
        """Values of which something could stand in these readings, in the order of learning."""
        if not len(self._shelves):
            return []
        words = Words.of([*streams.tokens, *_said_apart(streams)], _ENDING)
        prints = chain(
            words.prints(self.lengths, _PHRASE),
            edited(streams.unusual, self.letters, _NAME) if self.letters else (),
        )
        sure = self._shelves.numbers(prints)
        return [self._value(number) for number in sorted({*sure, *self._sounding(streams.unusual)})]

    def byte_candidates(self, block: bytes) -> list[SearchValue]:
        """Values of which something could stand in raw bytes, ASCII letters in lower case."""
        found = self._shelves.numbers(_windows(block)) if self.longest_bytes else ()
        return [self._value(number) for number in found]

    def _sounding(self, asked: Iterable[str]) -> Iterator[int]:
        """Values with a name that sounds like one of these words."""
        alike: dict[str, list[str]] = {}
        for word in asked if self.letters else ():
            if len(word) >= SHORTEST_RARE:
                alike.setdefault(heard(word), []).append(word)
        if not alike:
            return
        for number in self._shelves.numbers([prints_of([*alike], [_SOUND] * len(alike))]):
            names = folded(self._shelves[number][0]).split()
            if any(sounds_like(w, name) for name in names for w in alike.get(heard(name), ())):
                yield number

    def _value(self, number: int) -> SearchValue:
        text, tag = self._shelves[number]
        return SearchValue(text, *_TOLD[tag])


def _keys(found: Iterable[Form]) -> Iterator[Key]:
    """By what a value is found wherever one of its forms stands."""
    for form in found:
        pattern = form.pattern
        if isinstance(pattern, bytes):
            width = next((width for width in _WIDTHS if width <= len(pattern)), 0)
            yield _BYTES, pattern[:width].decode("latin-1")
        elif form.stream is Stream.VOCABULARY:
            yield _NAME, pattern
            yield _SOUND, heard(pattern)
        else:
            yield _PHRASE, phrase_key(pattern.replace(" ", "").casefold(), _ENDING)


def _is_raw(form: Form) -> bool:
    return form.stream is Stream.BYTES


def _said_apart(streams: Streams) -> list[str]:
    """The letters of what is spelt and the digits of what is counted, each a word of its own."""
    said = [run.strip() for each in (Stream.SPELT, Stream.NUMBERS) for _, run in streams.runs(each)]
    return list("\0".join(["", *said, *_DIGITS.findall(streams.squeezed)]))


def _windows(block: bytes) -> Iterator[Prints]:
    yield prints_of([""], [_BYTES])  # what is too short to be told by a window is always asked for
    for first in range(0, len(block), _BLOCK):
        part = block[first : first + _BLOCK + max(_WIDTHS) - 1]
        summed = Summed(np.frombuffer(part, np.uint8))
        for width in _WIDTHS:
            yield summed.windows(width, _BYTES)
