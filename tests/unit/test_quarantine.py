"""What a quarantine record promises: it is written whole, and it can hold no speech."""

import ast
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

import deid
from deid import quarantine
from deid.errors import InputError, Reason, WithheldError
from deid.quarantine import Record

AT = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
RECORD = Record(
    transcript_id="t-0123",
    reason=Reason.LEAK,
    stage="verify",
    turn=14,
    detail="findings=2 cell PERSON joined-or-split",
    run_id="run-1",
    at=AT,
)


def test_a_record_comes_back_as_it_was(tmp_path: Path) -> None:
    """For its owner only, under the transcript's id; a later one takes its place."""
    path = quarantine.write(tmp_path, RECORD)
    assert path.name == "t-0123.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert quarantine.records(tmp_path) == [RECORD]
    later = replace(RECORD, reason=Reason.TIMED_OUT, turn=None)
    quarantine.write(tmp_path, later)
    assert quarantine.records(tmp_path) == [later]


def test_records_are_listed_by_id_without_unfinished_files(tmp_path: Path) -> None:
    """The same list each time, whatever the order of writing."""
    for name in ("t-2", "t-1"):
        quarantine.write(tmp_path, replace(RECORD, transcript_id=name))
    (tmp_path / ".0123.deid-tmp").write_bytes(b"half")
    assert [record.transcript_id for record in quarantine.records(tmp_path)] == ["t-1", "t-2"]


def test_clearing_removes_the_record_once(tmp_path: Path) -> None:
    """A second clearing finds nothing, and is no error."""
    quarantine.write(tmp_path, RECORD)
    assert quarantine.clear(tmp_path, "t-0123")
    assert not quarantine.clear(tmp_path, "t-0123")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [InputError(Reason.ZIP_BOMB, detail="ratio=250"), None])
def test_an_error_says_all_that_a_record_needs(error: WithheldError | None) -> None:
    """Reason, stage, turn and detail are the error's own."""
    error = error or WithheldError(Reason.LEAK, stage="verify", turn=3)
    record = Record.of(error, transcript_id="t-1", run_id="run-1", at=AT)
    assert (record.reason, record.stage) == (error.reason, error.stage)
    assert (record.turn, record.detail) == (error.turn, error.detail)


@pytest.mark.parametrize(
    "detail",
    [
        "",
        "12",
        "line 3",
        "row=4, turn 2",
        "7.5%",
        "3-9",
        "2 found, first UK_NHS joined-or-split",
        "docx reader: KeyError",
        "more than 209715200 bytes",
        "a cue's times cannot be read",
    ],
)
def test_numbers_and_known_words_are_kept(detail: str) -> None:
    """They tell a person where to look."""
    assert replace(RECORD, detail=detail).detail == detail


@pytest.mark.parametrize(
    "detail",
    [
        "Siobhan",
        "siobhan",
        "nine nine nine",
        "SiobhanSaidError is 9990000018 1234",
        "999 000 0018 1234",
        "name: Siobhan",
        "siobh\u00e1n",
        "a@example.org",
        "said 'hello'",
        "/home/x/inbox",
        "line\n3",
        "9" * 13,
        "\x1b[31m",
        "rule " * 60,
    ],
)
def test_a_detail_of_another_shape_is_refused_but_the_record_is_written(
    tmp_path: Path, detail: str
) -> None:
    """Failing to say why must not lose that a transcript is withheld."""
    path = quarantine.write(tmp_path, replace(RECORD, detail=detail))
    assert quarantine.records(tmp_path)[0].detail == quarantine.REFUSED
    assert detail not in path.read_text()


@pytest.mark.parametrize(
    "wrong",
    [
        {"transcript_id": "../t-1"},
        {"transcript_id": "t-1\n"},
        {"run_id": "a b"},
        {"stage": "Verify Sarah"},
        {"turn": -1},
        {"at": datetime(2026, 5, 4)},  # noqa: DTZ001 - the point of the test
    ],
)
def test_ids_stage_and_time_have_one_shape(wrong: dict[str, str]) -> None:
    """No id leads out of the folder, and no time is anybody's guess."""
    with pytest.raises(ValueError, match=r"id|stage|turn|time"):
        replace(RECORD, **wrong)  # type: ignore[arg-type]  # the point of the test
    with pytest.raises(ValueError, match="transcript id"):
        quarantine.clear(Path(), "../t-1")


def test_times_are_kept_in_utc(tmp_path: Path) -> None:
    """Whatever zone they were given in."""
    local = AT.astimezone(timezone(timedelta(hours=1)))
    path = quarantine.write(tmp_path, replace(RECORD, at=local))
    assert "2026-05-04T03:02:01+00:00" in path.read_text()


@pytest.mark.parametrize("content", ["", "[]", '{"transcript_id": "t-1"}', '"canary Siobhan"'])
def test_a_file_that_is_no_record_is_named_as_such_and_not_shown(
    tmp_path: Path, content: str
) -> None:
    """The message says what to do."""
    (tmp_path / "t-1.json").write_text(content)
    with pytest.raises(ValueError, match="move it away") as caught:
        quarantine.records(tmp_path)
    assert "Siobhan" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_record_under_another_name_is_refused(tmp_path: Path) -> None:
    """A copied file would withhold nothing and hide something."""
    quarantine.write(tmp_path, RECORD).rename(tmp_path / "t-9.json")
    with pytest.raises(ValueError, match="another transcript"):
        quarantine.records(tmp_path)


def _details() -> Iterator[tuple[str, str]]:
    for path in sorted(Path(deid.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "detail":
                for part in ast.walk(node.value):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield path.name, part.value


def test_every_detail_that_the_code_gives_is_kept() -> None:
    """A word that a new message needs has to be added to ``data/detail_words.txt``."""
    refused = [place for place in _details() if not quarantine.is_safe_detail(place[1])]
    assert refused == []
