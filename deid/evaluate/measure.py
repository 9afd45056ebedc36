"""Items and predictions -> scores.

A mention is caught when every letter and digit of it lies under some predicted span, whatever
that span's type: what counts is what a reader would still see. A possessive ending ("Sarah's")
may stay. Predictions that touch only UNSURE, AGE or COUNTRY are neither right nor wrong.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from deid.evaluate.scores import Example, Slice, SystemScore, Tally, TypeScore
from deid.evaluate.values import (
    COUNTS_AS,
    LABELS,
    NEUTRAL,
    GoldError,
    GoldLabel,
    GoldSpan,
    Item,
    PredictedSpan,
)

_WORD = re.compile(r"\S+")
_POSSESSIVE = re.compile(r"['\u2019]s$", re.IGNORECASE)
_CONTEXT = 60


class _Counts:
    """What one pass over the items adds up."""

    def __init__(self) -> None:
        self.total: Counter[Slice] = Counter()
        self.caught: Counter[Slice] = Counter()
        self.predicted: Counter[GoldLabel] = Counter()
        self.right: Counter[GoldLabel] = Counter()
        self.useful: Counter[GoldLabel] = Counter()
        self.words = self.plain_words = self.removed = self.spilt = 0
        self.missed: list[Example] = []
        self.needless: list[Example] = []

    def add(self, item: Item, predicted: Sequence[PredictedSpan]) -> None:
        """Measure one item."""
        masked = _cover(item, predicted)
        for gold in item.spans:
            if gold.label is not GoldLabel.UNSURE:
                self._mention(item, gold, caught=_all_masked(item.text, gold, masked))
        needless = [span for span in predicted if not _touching(span, item.spans)]
        for span in predicted:
            self._prediction(span, _touching(span, item.spans))
        for span in needless:
            self.needless.append(_example(item, span.start, span.end, span.label, span.recogniser))
        self._words(item, masked, _cover(item, needless))

    def _mention(self, item: Item, span: GoldSpan, *, caught: bool) -> None:
        for cut in _slices(item, span):
            self.total[cut] += 1
            self.caught[cut] += caught
        if not caught:
            note = ", ".join(filter(None, (span.form, span.origin)))
            self.missed.append(_example(item, span.start, span.end, span.label, note))

    def _prediction(self, span: PredictedSpan, touched: Sequence[GoldSpan]) -> None:
        label = LABELS.get(span.label)
        labels = {gold.label for gold in touched}
        if label is None:
            return
        right = bool(labels & COUNTS_AS[label])
        if not right and labels and labels <= NEUTRAL:
            return
        self.predicted[label] += 1
        self.right[label] += right
        self.useful[label] += bool(labels - NEUTRAL) or right

    def _words(self, item: Item, masked: bytearray, needless: bytearray) -> None:
        gold = _cover(item, item.spans)
        for found in _WORD.finditer(item.text):
            if not any(character.isalnum() for character in found[0]):
                continue
            self.words += 1
            word = slice(*found.span())
            if any(gold[word]):
                continue
            self.plain_words += 1
            if any(needless[word]):
                self.removed += 1
            elif any(masked[word]):
                self.spilt += 1

    def types(self) -> Iterator[TypeScore]:
        """One score a label that occurs in gold or was predicted."""
        for label in GoldLabel:
            everything = Slice("all", "", label)
            if self.total[everything] or self.predicted[label]:
                yield TypeScore(
                    label=label,
                    mentions=Tally(self.caught[everything], self.total[everything]),
                    right=self.right[label],
                    useful=self.useful[label],
                    predicted=self.predicted[label],
                )


def measure(
    name: str, items: Sequence[Item], predictions: Sequence[Sequence[PredictedSpan]]
) -> SystemScore:
    """Score one system.

    Raises:
        GoldError: The system did not answer each item once, or masks beyond a text's end.
    """
    if len(items) != len(predictions):
        raise GoldError(f"{name}: {len(predictions)} answers for {len(items)} items")
    counts = _Counts()
    for number, (item, predicted) in enumerate(zip(items, predictions, strict=True), start=1):
        if any(span.end > len(item.text) for span in predicted):
            raise GoldError(f"{name}, item {number}: a predicted span lies outside the text")
        counts.add(item, predicted)
    return SystemScore(
        name=name,
        types={score.label: score for score in counts.types()},
        slices={
            cut: Tally(counts.caught[cut], total)
            for cut, total in sorted(counts.total.items())
            if cut.axis != "all"
        },
        words=counts.words,
        plain_words=counts.plain_words,
        removed=counts.removed,
        spilt=counts.spilt,
        missed=tuple(counts.missed),
        needless=tuple(counts.needless),
    )


def _slices(item: Item, span: GoldSpan) -> Iterator[Slice]:
    yield Slice("all", "", span.label)
    both = f"{span.origin}, {item.case}" if span.origin and item.case else ""
    axes = {
        "source": item.source,
        "format": item.format,
        "case": item.case,
        "form": span.form,
        "origin": span.origin,
        "origin and case": both,
    }
    for axis, value in axes.items():
        if value:
            yield Slice(axis, value, span.label)


def _cover(item: Item, spans: Sequence[GoldSpan | PredictedSpan]) -> bytearray:
    """One byte a character of the text: 1 where some span lies."""
    covered = bytearray(len(item.text))
    for span in spans:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    return covered


def _all_masked(text: str, span: GoldSpan, masked: bytearray) -> bool:
    words = _POSSESSIVE.sub("", text[span.start : span.end])
    return all(
        masked[offset]
        for offset, character in enumerate(words, start=span.start)
        if character.isalnum()
    )


def _touching(span: PredictedSpan, golds: Sequence[GoldSpan]) -> Sequence[GoldSpan]:
    return [gold for gold in golds if gold.start < span.end and span.start < gold.end]


def _example(item: Item, start: int, end: int, label: str, note: str) -> Example:
    return Example(
        item=item.id,
        label=label,
        before=item.text[max(0, start - _CONTEXT) : start],
        text=item.text[start:end],
        after=item.text[end : end + _CONTEXT],
        note=note,
    )
