"""The sample data can be made again, holds what it says it holds, and is read as it says."""

import importlib.util
import json
import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from deid import ingest
from deid.errors import InputError, Reason

SAMPLE = Path(__file__).parents[2] / "sample_data"
RECORDS: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((SAMPLE / "gold").glob("*.jsonl"))
}
FORMATS = {
    *("txt", "docx-table", "docx-labels", "docx-cover", "vtt", "srt", "rtf", "odt"),
    *("csv", "xlsx", "json-whisper", "json-teams", "json-aws"),
}
LABELS = {
    *("PERSON", "SPEAKER", "LOCATION", "COUNTRY", "POSTCODE", "DOB"),
    *("DATE", "AGE", "CONTACT", "ID", "ORG", "UNSURE"),
}
BAD = {
    "blank.txt": Reason.EMPTY,
    "empty.txt": Reason.EMPTY,
    "encrypted.docx": Reason.ENCRYPTED,
    "entities.docx": Reason.XML_ENTITIES,
    "entities.odt": Reason.XML_ENTITIES,
    "not-json.json": Reason.TRUNCATED,
    "pdf-named.txt": Reason.WRONG_SUFFIX,
    "truncated.docx": Reason.TRUNCATED,
    "zip-bomb.docx": Reason.ZIP_BOMB,
}


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything, built anew from the sources."""
    target = tmp_path_factory.mktemp("rebuilt")
    command = [sys.executable, str(SAMPLE / "build.py"), "--to", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    return target


@pytest.fixture(scope="module")
def markup() -> ModuleType:
    """The parser of the sources, which is no part of the library."""
    spec = importlib.util.spec_from_file_location("markup", SAMPLE / "making" / "markup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["markup"] = module
    spec.loader.exec_module(module)
    return module


def content(path: Path) -> Any:
    """A file's bytes; of a whole zip the names and contents of its members, in order."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as container:
        return [(info.filename, container.read(info)) for info in container.infolist()]


class TestRebuild:
    @pytest.mark.parametrize("folder", ["inbox", "gold", "bad"])
    def test_same_files_again(self, rebuilt: Path, folder: str) -> None:
        """What is committed is what the sources give, file by file and byte by byte."""
        committed = sorted(path.name for path in (SAMPLE / folder).iterdir())
        assert committed == sorted(path.name for path in (rebuilt / folder).iterdir())
        for name in committed:
            if name == "truncated.docx":  # half a zip depends on the compressor's version
                continue
            assert content(SAMPLE / folder / name) == content(rebuilt / folder / name), name

    def test_zip_members_carry_one_constant_date(self) -> None:
        """No raw file says when it was made."""
        zips = [path for path in (SAMPLE / "inbox").iterdir() if zipfile.is_zipfile(path)]
        assert zips
        for path in zips:
            with zipfile.ZipFile(path) as container:
                assert {info.date_time for info in container.infolist()} == {(2025, 3, 4, 9, 0, 0)}


class TestExtent:
    def test_formats(self) -> None:
        """Every input format is there at least once, three of them Word layouts."""
        assert {record["format"] for record in RECORDS.values()} == FORMATS

    def test_size(self) -> None:
        """At least 18 transcripts, about 40,000 words, interviews and focus groups."""
        assert len(RECORDS) >= 18
        words = sum(len(record["text"].split()) for record in RECORDS.values())
        assert 36_000 < words < 50_000
        assert {record["kind"] for record in RECORDS.values()} == {"interview", "focus-group"}

    def test_lower_case(self) -> None:
        """Automatic captions without a capital letter are among them."""
        lower = [name for name, record in RECORDS.items() if record["text"].islower()]
        assert lower


class TestGold:
    @pytest.mark.parametrize("name", RECORDS)
    def test_spans_hold(self, name: str) -> None:
        """Spans are known, ordered, disjoint, within one line, and bare of white space."""
        record = RECORDS[name]
        assert record["id"] == name
        assert record["spans"]
        for span in record["spans"]:
            text = record["text"][span["start"] : span["end"]]
            assert span["label"] in LABELS
            assert text
            assert text == text.strip()
            assert "\n" not in text
        for one, other in pairwise(record["spans"]):
            assert one["end"] <= other["start"]

    @pytest.mark.parametrize("name", RECORDS)
    def test_speaker_spans_begin_a_line(self, name: str) -> None:
        """A SPEAKER span stands in a label: before the first colon of its line."""
        record = RECORDS[name]
        for span in record["spans"]:
            if span["label"] == "SPEAKER":
                start = record["text"].rfind("\n", 0, span["start"]) + 1
                assert ": " not in record["text"][start : span["start"]]
                assert ": " in record["text"][span["end"] :].split("\n", 1)[0]

    @pytest.mark.parametrize("name", RECORDS)
    def test_says_what_the_reader_reads(self, name: str) -> None:
        """Every line of gold is read from the raw file, and nothing that it says is struck out."""
        record = RECORDS[name]
        transcript = ingest.read(SAMPLE / "inbox" / record["file"])
        texts = " ".join(" ".join(turn.text for turn in transcript.turns).split())
        for number, line in enumerate(record["text"].split("\n")):
            words = line.partition(": ")[2] or line
            assert line in texts or words in texts, number
        assert not [struck for struck in record["never"] if struck in texts]


class TestBad:
    def test_all_are_listed(self) -> None:
        """Every broken file has a reason expected of it."""
        assert {path.name for path in (SAMPLE / "bad").iterdir()} == set(BAD)

    @pytest.mark.parametrize(("name", "reason"), BAD.items())
    def test_is_refused(self, name: str, reason: Reason) -> None:
        """Each broken file is refused, for the reason that it was broken for."""
        with pytest.raises(InputError) as refusal:
            ingest.read(SAMPLE / "bad" / name)
        assert refusal.value.reason is reason


class TestMarkup:
    def test_marks_and_changes(self, markup: ModuleType) -> None:
        """Offsets count in the text without markup; struck-out words are not in it."""
        marked = markup.unmark("in {{ORG:lower|the bri}} for {{del|six }}{{ins|two}} days")
        assert marked.text == "in the bri for two days"
        assert [(m.start, m.end, m.form) for m in marked.marks] == [(7, 10, "lower")]
        assert marked.deleted == ((15, "six "),)
        assert marked.inserted == ((15, 18),)

    @pytest.mark.parametrize(
        "line",
        [
            "INT\t{{NAME|Sam}}",
            "INT\t{{PERSON|Sam}",
            "INT\t{{PERSON|{{ORG|Sam}}}}",
            "INT\ttwo  spaces",
            "INT\tleft {{del|out}} two spaces",
            "INT no tab",
            "@aside\tno such kind",
        ],
    )
    def test_faults_are_refused(self, markup: ModuleType, line: str) -> None:
        """What the parser does not understand it refuses, with the line's number."""
        with pytest.raises(ValueError, match="x, line 3: "):
            markup.parse("x", f"title: T\n\n{line}\n")
