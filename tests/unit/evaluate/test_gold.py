"""Gold and predictions are checked before anything is measured, and faults name only places."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deid.errors import DeidError, ExitCode
from deid.evaluate import GoldError, predictions_from
from deid.evaluate.gold import read_gold
from deid.evaluate.values import GoldLabel

TEXT = "Patient: It's Canary Birdsong, C for cat."
SPAN = {"start": 14, "end": 29, "label": "PERSON"}
Write = Callable[..., Path]


def record(**changes: Any) -> dict[str, Any]:
    """One gold record."""
    return {"id": "a", "text": TEXT, "spans": [SPAN], **changes}


def test_reads_what_the_corpora_and_samples_hold(write: Write) -> None:
    """Extra keys are let be; form, origin, format and case are kept; labels have aliases."""
    span = {**SPAN, "form": "written", "origin": "irish", "text": "Canary Birdsong"}
    org = {"start": 0, "end": 7, "label": "ORGANIZATION"}
    path = write(record(spans=[span, org], format="docx", case="upper", never=["x"]), "")
    (item,) = read_gold([path])
    assert [one.label for one in item.spans] == [GoldLabel.ORG, GoldLabel.PERSON]
    assert (item.format, item.case, item.source) == ("docx", "upper", "gold")
    assert (item.spans[1].form, item.spans[1].origin) == ("written", "irish")


def test_the_example_of_the_documentation_is_gold(write: Write) -> None:
    """What docs/evaluation.md shows can be copied."""
    page = (Path(__file__).parents[3] / "docs/evaluation.md").read_text(encoding="utf-8")
    example = page.split("```")[3].replace("\n", " ").strip()
    (item,) = read_gold([write(example)])
    assert [item.text[span.start : span.end] for span in item.spans] == ["Ann", "Ann"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"spans": [{**SPAN, "end": 400}]}, "line 2, span 1: it lies outside"),
        ({"spans": [SPAN, {**SPAN, "start": 29, "end": 14}]}, "span 2: start 29 and end 14"),
        ({"spans": [{**SPAN, "start": -1}]}, "wrong order"),
        ({"spans": [{**SPAN, "start": 29}]}, "wrong order"),
        ({"spans": [{**SPAN, "start": "14"}]}, "not whole numbers"),
        ({"spans": [{**SPAN, "end": True}]}, "not whole numbers"),
        ({"spans": [{**SPAN, "start": 28, "end": 29, "label": "Birdsong"}]}, "its label is none"),
        ({"spans": [{**SPAN, "start": 29, "end": 30}]}, "no letter or digit"),
        ({"spans": [{**SPAN, "text": "Canary Birds"}]}, "the offsets have moved"),
        ({"spans": ["Birdsong"]}, "not a list of objects"),
        ({"spans": None}, "not a list of objects"),
        ({"id": 3}, "`id` is missing"),
        ({"text": ""}, "`text` is missing"),
        ({"format": ["Birdsong"]}, "`format` is not one line"),
        ({"id": "first"}, "its id was used before"),
    ],
)
def test_broken_gold_is_refused_by_place(write: Write, changes: dict[str, Any], says: str) -> None:
    """The message names line and span and never a word of the text."""
    path = write(record(id="first"), record(**changes))
    with pytest.raises(GoldError, match="gold file 1, line 2") as caught:
        read_gold([path])
    assert says in str(caught.value)
    assert "Canary" not in str(caught.value)
    assert "Birds" not in str(caught.value)


@pytest.mark.parametrize("line", ["{Canary", '["Canary"]', "[" * 100_000])
def test_a_line_that_is_no_record_is_refused_without_its_text(write: Write, line: str) -> None:
    """Neither the message nor its cause shows the line."""
    with pytest.raises(GoldError, match="line 1: it is not a JSON object") as caught:
        read_gold([write(line)])
    assert caught.value.__cause__ is None
    assert "Canary" not in str(caught.value)


def test_an_absent_binary_or_empty_file_is_refused_without_its_name(tmp_path: Path) -> None:
    """Names of gold files can be names of people's transcripts."""
    for name, data in (("Canary.jsonl", b"\xff\xfe\x00"), ("Canary2.jsonl", b"\n\n")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(GoldError) as caught:
            read_gold([tmp_path / name])
        assert "Canary" not in str(caught.value)
    with pytest.raises(GoldError, match="cannot be read"):
        read_gold([tmp_path / "absent"])


def test_ids_are_unique_over_all_files(write: Write) -> None:
    """Predictions are matched by id, so one id in two files is a fault of the second."""
    paths = [write(record()), write(record(), name="more.jsonl")]
    with pytest.raises(GoldError, match="gold file 2, line 1"):
        read_gold(paths)


def test_a_gold_error_is_an_input_error_of_the_one_tree() -> None:
    """The command line turns it into exit code 10."""
    assert issubclass(GoldError, DeidError)
    assert GoldError.exit_code is ExitCode.INPUT


def test_predictions_are_matched_by_id_whatever_their_order(write: Write) -> None:
    """The file of `deid annotate` may hold more than the gold does."""
    items = read_gold([write(record(id="a"), record(id="b"))])
    spans = [{**SPAN, "score": 0.85, "recogniser": "ner"}]
    path = write({"id": "b", "spans": spans}, {"id": "c", "spans": []}, {"id": "a", "spans": []})
    first, second = predictions_from(path)(items)
    assert list(first) == []
    assert (second[0].start, second[0].score, second[0].recogniser) == (14, 0.85, "ner")


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([{"id": "b", "spans": []}], "no line for gold record 1"),
        ([{"id": "a", "spans": [{**SPAN, "end": 99}]}], "predictions, line 1, span 1: it lies"),
        ([{"id": "a", "spans": []}, {"id": "a", "spans": []}], "line 2: its id was used before"),
        ([{"id": "a", "spans": [{**SPAN, "score": "Canary"}]}], "its score is not a number"),
        ([{"id": "a", "spans": [{"start": 1, "end": 2}]}], "`label` is missing"),
    ],
)
def test_predictions_that_do_not_fit_are_refused_by_place(
    write: Write, lines: list[dict[str, Any]], says: str
) -> None:
    """A missing line is not the same as nothing found."""
    items = read_gold([write(record())])
    path = write(*lines, name="predictions.jsonl")
    with pytest.raises(GoldError) as caught:
        predictions_from(path)(items)
    assert says in str(caught.value)
    assert "Canary" not in str(caught.value)
