"""Many values looked for at once, in time that does not grow with their number.

Each reading of the text has one Aho-Corasick automaton over all forms of all values. Matches are
rare, so that whatever needs context (capitals, kept phrases, word edges) is judged only on them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

from deid.verify.fold import CELL, STOP, folded
from deid.verify.forms import forms
from deid.verify.lexicon import Lexicon, common_word, word_lists
from deid.verify.streams import Streams
from deid.verify.values import Form, How, SearchValue, Stream

_BEFORE_A_MONTH = frozenset(
    {"about", "after", "and", "around", "been", "before", "by", "during", "early", "every", "for"}
    | {"from", "in", "last", "late", "mid", "next", "of", "on", "or", "since", "the", "this"}
    | {"till", "to", "until"}
)
_PIECES_OF_SPEECH = frozenset({"a", "i", "o", "s", "t", "d", "m"})


@dataclass(frozen=True, slots=True)
class Match:
    """One value found.

    Attributes:
        cell: Which of the strings searched, from 0.
        form: What was found; its value is never shown.
    """

    cell: int
    form: Form


class Searcher:
    """Finds the values given, in text of any size; cannot be pickled, each worker builds one.

    Args:
        values: What must not be found.
        is_common: Whether a folded word is ordinary English, as given to ``deid.resolve``; the
            check's own short list counts as well.
        kept: Phrases that the policy keeps although a name may stand in them ("Parkinson's
            disease"); a value within a longer kept phrase is no leak.
    """

    def __init__(
        self,
        values: Iterable[SearchValue],
        *,
        is_common: Callable[[str], bool] = common_word,
        kept: Iterable[str] = (),
    ) -> None:
        """Build the automata: about a second for ten thousand values."""
        phrases = sorted({" ".join(folded(phrase).split()) for phrase in kept})
        self._lexicon = Lexicon(
            is_common=cache(lambda word: common_word(word) or is_common(word)),
            kept=frozenset(phrases),
            kept_words=frozenset(" ".join(phrases).split()),
        )
        self._kept = AhoCorasick([f" {phrase} " for phrase in phrases]) if phrases else None
        self._longest_kept = max(map(len, phrases), default=0) + len("  ")
        self._spared: frozenset[str] = frozenset()
        self._layers: tuple[_Layer, ...] = (_Layer.of(values, self._lexicon),)

    def plus(self, values: Iterable[SearchValue], *, spared: Iterable[str] = ()) -> "Searcher":
        """A searcher for further values too (one transcript's originals), this one unchanged.

        ``spared`` are words that a person decided to leave standing, whoever else has them.
        """
        more = object.__new__(Searcher)
        more._lexicon, more._kept = self._lexicon, self._kept
        more._longest_kept = self._longest_kept
        more._spared = self._spared | {"".join(folded(each).split()) for each in spared}
        more._layers = (*self._layers, _Layer.of(values, self._lexicon))
        return more

    def search(self, cells: Sequence[str]) -> Iterator[Match]:
        """Each value found in each string; the same value once a string and manner."""
        if not cells:
            return
        streams = Streams(cells, is_common=self._lexicon.is_common)
        seen: set[tuple[int, int, How]] = set()
        for layer in self._layers:
            for form, start, end in layer.candidates(streams):
                cell = streams.cell(form.stream, start)
                key = (cell, id(form.value), form.how)
                if key in seen or self._is_spared(str(form.pattern)):
                    continue
                if self._leaks(form, streams, start, end):
                    seen.add(key)
                    yield Match(cell, form)

    def search_bytes(self, block: bytes) -> Iterator[Match]:
        """Distinctive values in raw bytes, as UTF-8 and UTF-16."""
        for layer in self._layers:
            for index, _, _ in layer.raw.find_matches_as_indexes(block.lower()):
                form = layer.raw_forms[index]
                if not self._is_spared(form.value.text):
                    yield Match(0, form)

    @property
    def longest_bytes(self) -> int:
        """Length of the longest pattern of :meth:`search_bytes`; what blocks have to overlap."""
        return max((len(f.pattern) for layer in self._layers for f in layer.raw_forms), default=0)

    def _is_spared(self, pattern: str) -> bool:
        return bool(self._spared) and "".join(folded(pattern).split()) in self._spared

    def _leaks(self, form: Form, streams: Streams, start: int, end: int) -> bool:
        if form.stream is Stream.WORDS:
            return not self._in_kept_phrase(streams.words, start, end)
        if form.stream is Stream.CASED:
            return _stands_as_a_name(streams.cased, start, end)
        if form.stream is Stream.SQUEEZED:
            return self._squeezed_leaks(form, streams, start, end)
        return True

    def _in_kept_phrase(self, words: str, start: int, end: int) -> bool:
        """Whether a longer kept phrase of the same cell covers the match."""
        if self._kept is None:
            return False
        low = max(0, end - self._longest_kept)
        around = words[low : start + self._longest_kept]
        return any(
            s + low <= start and end <= e + low and e - s > end - start
            for _, s, e in self._kept.find_matches_as_indexes(around, overlapping=True)
        )

    def _squeezed_leaks(self, form: Form, streams: Streams, start: int, end: int) -> bool:
        if form.how is How.NUMBER:
            return not streams.in_a_digest(start, end)
        pieces = streams.pieces(start, end)
        if pieces is None:
            return False
        if len(pieces) == 1 or pieces == folded(form.value.text).split():
            return False  # the reading by words has it, and judges it by what stands around it
        if not str(form.pattern).isalpha():
            return True
        return not all(
            p in _PIECES_OF_SPEECH or (len(p) > 1 and self._lexicon.is_common(p)) for p in pieces
        )


class _Layer:
    """The automata of some values."""

    def __init__(self, by_stream: Mapping[Stream, Mapping[str | bytes, Form]]) -> None:
        self._forms: dict[Stream, tuple[Form, ...]] = {
            stream: tuple(found.values())
            for stream, found in by_stream.items()
            if stream is not Stream.BYTES
        }
        self._automata = {
            stream: AhoCorasick([str(f.pattern) for f in found], store_patterns=False)
            for stream, found in self._forms.items()
        }
        self.raw_forms = tuple(by_stream.get(Stream.BYTES, {}).values())
        self.raw = BytesAhoCorasick([bytes(f.pattern) for f in self.raw_forms])  # type: ignore[arg-type]

    @classmethod
    def of(cls, values: Iterable[SearchValue], lexicon: Lexicon) -> "_Layer":
        by_stream: dict[Stream, dict[str | bytes, Form]] = {}
        for value in values:
            for form in forms(value, lexicon):
                by_stream.setdefault(form.stream, {}).setdefault(form.pattern, form)
        return cls(by_stream)

    def candidates(self, streams: Streams) -> Iterator[tuple[Form, int, int]]:
        """Every match in every reading; only those are made in which there is something to find.

        Offsets count in the reading; those of a match in a run are the run's.
        """
        for stream, automaton in self._automata.items():
            found = self._forms[stream]
            if stream in (Stream.SPELT, Stream.NUMBERS):
                for at, run in streams.runs(stream):
                    for index, _, _ in automaton.find_matches_as_indexes(run, overlapping=True):
                        yield found[index], at, at
            else:
                text = streams.reading(stream)
                for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
                    yield found[index], start, end


def _stands_as_a_name(words: str, start: int, end: int) -> bool:
    """Whether an ordinary word with a capital is more than the beginning of a sentence.

    One that fills its cell is a name. A month is none where a date would have it.
    """
    matched = words[start:end].split()
    if len(matched) > 1:
        return True
    before = words[max(0, start - 40) : start + 1].split()[-1:] or [CELL]
    after = [w for w in words[end - 1 : end + 40].split()[:2] if w != STOP][:1] or [CELL]
    if before[0] in (CELL, STOP):
        return before[0] == CELL and after[0] == CELL
    if matched[0].casefold() in word_lists()["calendar"]:
        return before[0].casefold() not in _BEFORE_A_MONTH and not after[0][0].isdecimal()
    return True
