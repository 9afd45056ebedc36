"""Gold and predictions files -> checked values. A fault is named by line and span, never by text.

Both are JSON Lines. Gold: ``{"id", "text", "spans": [{"start", "end", "label"}]}``, with optional
"format" and "case" on the record and "form" and "origin" on a span. Predictions, as written by
``deid annotate``: ``{"id", "spans": [{"start", "end", "label", "score", "recogniser"}]}``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from deid.evaluate.values import (
    LABELS,
    GoldError,
    GoldLabel,
    GoldSpan,
    Item,
    Predict,
    PredictedSpan,
)

_CONTROL = 32


def read_gold(paths: Sequence[Path]) -> tuple[Item, ...]:
    """All items of one or more gold files, in file order.

    Raises:
        GoldError: A file cannot be read, a line is not a gold record, a span is empty, reversed,
            outside its text or wrongly labelled, an id comes twice, or there is no item at all.
    """
    items: list[Item] = []
    seen: set[str] = set()
    for number, path in enumerate(paths, start=1):
        for line, record in _records(path, what=f"gold file {number}"):
            item = _item(record, source=path.stem, where=line)
            if item.id in seen:
                raise GoldError(f"{line}: its id was used before; make ids unique")
            seen.add(item.id)
            items.append(item)
    if not items:
        raise GoldError("gold: there is no record in it")
    return tuple(items)


def predictions_from(path: Path) -> Predict:
    """A system whose answers stand in a file, matched to the items by id.

    Raises:
        GoldError: As for gold; and, when asked, where the file has no line for an item, or a
            span that lies outside the item's text.
    """
    answers: dict[str, tuple[str, tuple[PredictedSpan, ...]]] = {}
    for where, record in _records(path, what="predictions"):
        key = _text_field(record, "id", where=where)
        if key in answers:
            raise GoldError(f"{where}: its id was used before; make ids unique")
        spans = tuple(
            _predicted(span, where=f"{where}, span {number}")
            for number, span in enumerate(_spans(record, where=where), start=1)
        )
        answers[key] = (where, spans)

    def predict(items: Sequence[Item]) -> Sequence[Sequence[PredictedSpan]]:
        return [_answer(answers, item, number) for number, item in enumerate(items, start=1)]

    return predict


def _answer(
    answers: Mapping[str, tuple[str, tuple[PredictedSpan, ...]]], item: Item, number: int
) -> Sequence[PredictedSpan]:
    if item.id not in answers:
        raise GoldError(f"predictions: no line for gold record {number}; annotate the same file")
    where, spans = answers[item.id]
    for place, span in enumerate(spans, start=1):
        if span.end > len(item.text):
            raise GoldError(f"{where}, span {place}: it lies outside the text")
    return spans


def _records(path: Path, *, what: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        raise GoldError(f"{what}: it cannot be read as UTF-8 text") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{what}, line {number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            raise GoldError(f"{where}: it is not a JSON object on one line") from None
        if not isinstance(record, dict):
            raise GoldError(f"{where}: it is not a JSON object on one line")
        yield where, record


def _item(record: Mapping[str, Any], *, source: str, where: str) -> Item:
    text = _text_field(record, "text", where=where)
    spans = [
        _gold(span, text=text, where=f"{where}, span {number}")
        for number, span in enumerate(_spans(record, where=where), start=1)
    ]
    return Item(
        id=_text_field(record, "id", where=where),
        text=text,
        spans=tuple(sorted(spans, key=lambda span: (span.start, span.end))),
        source=source,
        format=_word(record, "format", where=where),
        case=_word(record, "case", where=where),
    )


def _gold(span: Mapping[str, Any], *, text: str, where: str) -> GoldSpan:
    start, end = _offsets(span, where=where)
    if end > len(text):
        raise GoldError(f"{where}: it lies outside the text of {len(text)} characters")
    if not any(character.isalnum() for character in text[start:end]):
        raise GoldError(f"{where}: there is no letter or digit in it")
    if "text" in span and span["text"] != text[start:end]:
        raise GoldError(f"{where}: its own copy of the text differs; the offsets have moved")
    return GoldSpan(
        start=start,
        end=end,
        label=_label(span, where=where),
        form=_word(span, "form", where=where),
        origin=_word(span, "origin", where=where),
    )


def _predicted(span: Mapping[str, Any], *, where: str) -> PredictedSpan:
    start, end = _offsets(span, where=where)
    score = span.get("score", 1.0)
    if not isinstance(score, int | float):
        raise GoldError(f"{where}: its score is not a number")
    return PredictedSpan(
        start=start,
        end=end,
        label=_text_field(span, "label", where=where),
        score=float(score),
        recogniser=_word(span, "recogniser", where=where),
    )


def _label(span: Mapping[str, Any], *, where: str) -> GoldLabel:
    name = span.get("label")
    if isinstance(name, str) and name in GoldLabel:
        return GoldLabel(name)
    if isinstance(name, str) and name in LABELS:
        return LABELS[name]
    raise GoldError(f"{where}: its label is none of {', '.join(GoldLabel)}")


def _spans(record: Mapping[str, Any], *, where: str) -> Sequence[Mapping[str, Any]]:
    spans = record.get("spans")
    if not isinstance(spans, list) or not all(isinstance(span, dict) for span in spans):
        raise GoldError(f"{where}: `spans` is not a list of objects")
    return spans


def _offsets(span: Mapping[str, Any], *, where: str) -> tuple[int, int]:
    start, end = span.get("start"), span.get("end")
    if type(start) is not int or type(end) is not int:
        raise GoldError(f"{where}: `start` and `end` are not whole numbers")
    if not 0 <= start < end:
        raise GoldError(f"{where}: start {start} and end {end} are in the wrong order")
    return start, end


def _text_field(record: Mapping[str, Any], key: str, *, where: str) -> str:
    value = record.get(key)
    if not isinstance(value, str) or not value:
        raise GoldError(f"{where}: `{key}` is missing or no text")
    return value


def _word(record: Mapping[str, Any], key: str, *, where: str) -> str:
    value = record.get(key) or ""
    if not isinstance(value, str) or any(ord(character) < _CONTROL for character in value):
        raise GoldError(f"{where}: `{key}` is not one line of text")
    return value
