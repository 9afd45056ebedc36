"""Many values looked for at once, in time that does not grow with their number.

Of the study's values only those are looked for (:mod:`deid.verify.layer`) that could be in the
text (:mod:`deid.verify.known`). Matches are rare, so that whatever needs context (capitals, kept
phrases, word edges) is judged only on them. With 10,000 values a million words take 3 to 4 seconds
of a core, and ten times the values 1.2 times as long (``python -m bench.leaks``).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from deid.verify.fold import CELL, STOP, folded
from deid.verify.forms import forms
from deid.verify.known import Known
from deid.verify.layer import Layer
from deid.verify.lexicon import Lexicon, common_word, word_lists
from deid.verify.streams import Streams
from deid.verify.values import Form, How, SearchValue, Stream

_BEFORE_A_MONTH = frozenset(
    {"about", "after", "and", "around", "been", "before", "by", "during", "early", "every", "for"}
    | {"from", "in", "last", "late", "mid", "next", "of", "on", "or", "since", "the", "this"}
    | {"till", "to", "until"}
)
_REMEMBERED = 1 << 16
_RECENT = 1 << 10
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
        is_word: Whether a folded word may be misspelt or rare without being anybody's name; such
            a word is never taken for a name that is nearly the same.
        kept: Phrases that the policy keeps although a name may stand in them ("Parkinson's
            disease"); a value within a longer kept phrase is no leak.
    """

    def __init__(
        self,
        values: Iterable[SearchValue],
        *,
        is_common: Callable[[str], bool] = common_word,
        is_word: Callable[[str], bool] = common_word,
        kept: Iterable[str] = (),
    ) -> None:
        """Take the values: some 150 bytes and a tenth of a millisecond each."""
        phrases = sorted({" ".join(folded(phrase).split()) for phrase in kept})
        self._lexicon = lexicon = Lexicon(
            is_common=lru_cache(_REMEMBERED)(lambda word: common_word(word) or is_common(word)),
            is_word=is_word,
            kept=frozenset(phrases),
            kept_words=frozenset(" ".join(phrases).split()),
        )
        self._is_unusual = lru_cache(_REMEMBERED)(lexicon.is_unusual)
        self._kept = AhoCorasick([f" {phrase} " for phrase in phrases]) if phrases else None
        self._longest_kept = max(map(len, phrases), default=0) + len("  ")
        self._spared: frozenset[str] = frozenset()
        self._own: tuple[Layer, ...] = ()
        self._forms = lru_cache(_RECENT)(lambda value: tuple(forms(value, lexicon)))
        self._known = Known(lexicon).grown(values)

    def plus(self, values: Iterable[SearchValue], *, spared: Iterable[str] = ()) -> "Searcher":
        """A searcher for further values too (one transcript's originals), this one unchanged.

        ``spared`` are words that a person decided to leave standing, whoever else has them.
        """
        spared = {"".join(folded(each).split()) for each in spared}
        return self._with(self._known, (*self._own, self._layer(values)), self._spared | spared)

    def grown(self, values: Iterable[SearchValue]) -> "Searcher":
        """A searcher for values that stay; what is known already is not added again."""
        return self._with(self._known.grown(values), self._own, self._spared)

    def _with(self, known: Known, own: tuple[Layer, ...], spared: frozenset[str]) -> "Searcher":
        more = object.__new__(Searcher)
        more._lexicon, more._kept, more._forms = self._lexicon, self._kept, self._forms
        more._is_unusual, more._longest_kept = self._is_unusual, self._longest_kept
        more._known, more._own, more._spared = known, own, spared
        return more

    def _layer(self, values: Iterable[SearchValue]) -> Layer:
        return Layer(form for value in values for form in self._forms(value))

    def search(self, cells: Sequence[str]) -> Iterator[Match]:
        """Each value found in each string; the same value once a string and manner."""
        if not cells:
            return
        streams = Streams(cells, is_common=self._lexicon.is_common, is_unusual=self._is_unusual)
        seen: set[tuple[int, int, How]] = set()
        for layer in (self._layer(self._known.candidates(streams)), *self._own):
            for form, start, end in layer.candidates(streams):
                cell = streams.cell(form.stream, start)
                key = (cell, id(form.value), form.how)
                if key in seen or self._is_spared(str(form.pattern)):
                    continue
                if form.stream is Stream.VOCABULARY and self._is_spared(streams.words[start:end]):
                    continue
                if self._leaks(form, streams, start, end):
                    seen.add(key)
                    yield Match(cell, form)

    def search_bytes(self, block: bytes) -> Iterator[Match]:
        """Distinctive values in raw bytes, as UTF-8 and UTF-16."""
        lower = block.lower()
        for layer in (self._layer(self._known.byte_candidates(lower)), *self._own):
            for index, _, _ in layer.raw.find_matches_as_indexes(lower):
                form = layer.raw_forms[index]
                if not self._is_spared(form.value.text):
                    yield Match(0, form)

    @property
    def longest_bytes(self) -> int:
        """Length of the longest pattern of :meth:`search_bytes`; what blocks have to overlap."""
        return max(self._known.longest_bytes, *(each.longest_bytes for each in self._own), 0)

    def _is_spared(self, pattern: str) -> bool:
        return bool(self._spared) and "".join(folded(pattern).split()) in self._spared

    def _leaks(self, form: Form, streams: Streams, start: int, end: int) -> bool:
        if form.stream in (Stream.WORDS, Stream.VOCABULARY):
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
