"""Small gold, written on the spot: spans marked by what they say."""

from typing import Any

from deid.evaluate.values import GoldLabel, GoldSpan, Item, PredictedSpan


def span_of(text: str, words: str, label: str = "PERSON", **more: str) -> dict[str, Any]:
    """Where ``words`` stand in ``text``, as a gold or predictions file has it."""
    start = text.index(words)
    return {"start": start, "end": start + len(words), "label": label, **more}


def gold(text: str, words: str, label: GoldLabel = GoldLabel.PERSON, **more: str) -> GoldSpan:
    """The same as a value."""
    start = text.index(words)
    return GoldSpan(start, start + len(words), label, **more)


def predicted(text: str, words: str, label: str = "PERSON") -> PredictedSpan:
    """A prediction of just these words."""
    start = text.index(words)
    return PredictedSpan(start, start + len(words), label)


def item(text: str, *spans: GoldSpan, **more: str) -> Item:
    """One item."""
    return Item(id="one", text=text, spans=spans, **more)
