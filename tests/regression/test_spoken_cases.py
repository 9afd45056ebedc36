"""Cases of the spoken family as data; a failing row is named by its file, section and place."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from deid.detect.speech import Speech
from deid.detect.spoken import family
from deid.transcript import Transcript, Turn

_MARK = re.compile(r"<<([A-Z_]+):(.*?)>>")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_FILES = ("numbers", "places", "days", "words", "edges")


def _rows() -> Iterator[tuple[str, str]]:
    for name in _FILES:
        path = Path(__file__).with_name(f"spoken_{name}.yaml")
        for section, rows in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader).items():
            for number, row in enumerate(rows, start=1):
                yield f"{name}-{section}-{number}", row


_ROWS = dict(_rows())


def _marked(row: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text without marks, turns joined by line feeds, and the marks' types and offsets."""
    plain, marks, place = "", [], 0
    for match in _MARK.finditer(row):
        plain += row[place : match.start()]
        marks.append((match[1], len(plain), len(plain) + len(match[2])))
        plain += match[2]
        place = match.end()
    return (plain + row[place:]).replace("|", "\n"), marks


def _speech(text: str) -> Speech:
    turns = tuple(Turn(number, line) for number, line in enumerate(text.split("\n")))
    return Speech.of(Transcript(turns, format="test"))


@pytest.mark.parametrize("case", _ROWS)
def test_found_wholly_and_nothing_else(case: str) -> None:
    """Every word of a mark is covered by a hit of its type, and no word outside is covered."""
    text, marks = _marked(_ROWS[case])
    speech = _speech(text)
    lines = [0, *(line.end() for line in re.finditer("\n", text))]
    hits = [
        (lines[place.turn] + place.start, lines[place.turn] + place.end, hit.entity_type)
        for hit in family.find(speech)
        for place in speech.places(hit.start, hit.end)
    ]
    for word in _WORD.finditer(text):
        over = {str(kind) for start, end, kind in hits if start < word.end() and word.start() < end}
        wanted = {kind for kind, start, end in marks if start < word.end() and word.start() < end}
        place = f"{case}: characters {word.start()}-{word.end()} ({word.group()!r}) of {text!r}"
        if wanted:
            assert wanted & over, f"{place}: {wanted} missed, found {over}"
        else:
            assert not over or word.group().lower() in {"the", "number"}, (
                f"{place}: needless {over}"
            )


def test_there_are_enough_rows() -> None:
    """At least 250 rows, a third of them negatives."""
    negatives = sum(1 for row in _ROWS.values() if not _MARK.search(row))
    assert len(_ROWS) >= 250
    assert 3 * negatives >= len(_ROWS)


def test_no_section_is_named_twice() -> None:
    """Of two sections with one name YAML keeps the later, and the rows of the other never run."""
    for name in _FILES:
        text = Path(__file__).with_name(f"spoken_{name}.yaml").read_text(encoding="utf-8")
        sections = re.findall(r"^(\w+):", text, re.MULTILINE)
        assert len(sections) == len(set(sections)), name
