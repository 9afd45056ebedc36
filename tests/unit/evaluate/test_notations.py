"""bench.notations: gold that goes along with its text, however that is written."""

import json
import re
from pathlib import Path

import pytest

from bench import notations
from deid.evaluate.gold import read_gold

_RECORD = {
    "id": "talk",
    "text": "Sarah: I met Dr Okafor in Abbots Road, it's number nine.\nP2: And then?\n",
    "spans": [
        {"start": 0, "end": 5, "label": "SPEAKER"},
        {"start": 16, "end": 22, "label": "PERSON", "text": "Okafor"},
        {"start": 26, "end": 37, "label": "LOCATION"},
    ],
}
_LETTERS = re.compile(r"[^a-z]")
_ADDED = re.compile(
    r", (?:um|uh), | (?:er|erm) | \((?:\.|\d\.\d)\) |\b(\w{1,2})- ?(?=\1)", re.IGNORECASE
)


def _bare(text: str) -> str:
    return _LETTERS.sub("", _ADDED.sub("", text).lower())


@pytest.mark.parametrize("notation", notations.NOTATIONS)
def test_spans_go_along_with_the_text(notation: str) -> None:
    """Each span holds its own letters, and a label is left as it was."""
    made = notations.write(_RECORD, notation)
    text = str(made["text"])
    spans = made["spans"]
    assert isinstance(spans, list)
    said = [text[span["start"] : span["end"]] for span in spans]
    assert said[0] == "Sarah"
    assert [_bare(each) for each in said[1:]] == ["okafor", "abbotsroad"]
    assert "\nP2: " in text


def test_the_same_seed_writes_the_same_gold(tmp_path: Path) -> None:
    """One file with every notation, which the evaluation reads; another seed writes another."""
    source = tmp_path / "gold.jsonl"
    source.write_text(json.dumps(_RECORD) + "\n", encoding="utf-8")
    first = notations.make([source], tmp_path / "one").read_bytes()
    assert notations.make([source], tmp_path / "two").read_bytes() == first
    assert notations.make([source], tmp_path / "three", seed=6).read_bytes() != first
    items = read_gold([tmp_path / "one" / "notations.jsonl"])
    assert {item.format for item in items} == notations.NOTATIONS.keys()
