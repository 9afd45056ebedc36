"""Every row of names_*, places_* and keep_*: marked words are masked, all others stay."""

import re
from pathlib import Path

import pytest
import yaml

from deid.detect import named
from deid.detect.network import ner
from deid.detect.speech import Speech
from deid.transcript import EntityType, Transcript, Turn

_MARK = re.compile(r"<<([A-Z]{4,}):([^<>]+)>>")
_WORD = re.compile(r"\w+(?:['\u2019]\w+)*")
_HERE = Path(__file__).parent
_FILES = sorted(
    path for kind in ("names", "places", "keep") for path in _HERE.glob(f"{kind}_*.yaml")
)
_ROWS = [
    pytest.param(row["text"], row.get("typed", False), id=f"{path.stem}-{row['group']}-{number}")
    for path in _FILES
    for number, row in enumerate(
        yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader), start=1
    )
]


def _unmark(marked: str) -> tuple[str, list[tuple[int, int, EntityType]]]:
    """The text without marks, and where the marked words stand in it."""
    text, spans, last = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        spans.append((len(text), len(text) + len(match[2]), EntityType(match[1])))
        text += match[2]
        last = match.end()
    return text + marked[last:], spans


@pytest.fixture(scope="module")
def engine() -> ner.SpacyNerEngine:
    """The network of the settings' default model."""
    return ner.SpacyNerEngine()


@pytest.mark.model
@pytest.mark.parametrize(("marked", "typed"), _ROWS)
def test_marked_words_are_masked_and_no_others(
    marked: str, engine: ner.SpacyNerEngine, *, typed: bool
) -> None:
    """A mention counts only when each of its words is masked; nothing else. A line is a turn.

    Where a row is ``typed``, somebody is told from a place or a body as well.
    """
    text, spans = _unmark(marked)
    assert "<<" not in text, "a mark that is none"
    turns = tuple(Turn(number, line) for number, line in enumerate(text.split("\n")))
    speech = Speech.of(Transcript(turns, "txt"))
    hits = named.find(speech, ner.hits(engine.process_text(speech.text, "en")))
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    places = [each for hit in hits for each in speech.places(hit.start, hit.end)]
    masked = {starts[at.turn] + step for at in places for step in range(at.start, at.end)}
    wanted = {place for start, end, _ in spans for place in range(start, end)}
    for word in _WORD.finditer(text):
        inside = wanted.intersection(range(*word.span()))
        seen = masked.intersection(range(*word.span()))
        assert not inside - seen, f"missed: {word.group()}"
        assert inside or not seen, f"needlessly masked: {word.group()}"
    if typed:
        people = {(start, end) for start, end, kind in spans if kind is EntityType.PERSON}
        told = [hit for hit in hits if hit.entity_type is EntityType.PERSON]
        assert {
            (starts[at.turn] + at.start, starts[at.turn] + at.end)
            for hit in told
            for at in speech.places(hit.start, hit.end)
        } == people


def test_a_third_of_the_rows_are_negatives_or_more() -> None:
    """Precision is held by rows in which nothing may be masked."""
    negatives = sum(
        "<<" not in str(row.values[0]) or not _MARK.search(str(row.values[0])) for row in _ROWS
    )
    assert len(_ROWS) >= 250
    assert 3 * negatives >= len(_ROWS)
