"""What the store promises about names, whole files, and what stands in a Parquet file."""

import contextlib
import hashlib
import io
import stat
from dataclasses import fields, replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from deid import store
from deid.store.columns import columns

STUDY = "pain-peer-support"
ID = "t-0123456789abcdef"


def turn(number: int = 0, *, text: str = "Hello [Person 1].") -> store.TurnRow:
    """A turn that fits the schema."""
    return store.TurnRow(
        study_id=STUDY,
        transcript_id=ID,
        turn=number,
        kind="speech",
        speaker="[Participant 1]",
        start_ms=None if number % 2 else 1000 * number,
        end_ms=None,
        text=text,
        n_redactions=1,
    )


def transcript(**counts: int) -> store.TranscriptRow:
    """A summary that fits the schema, with the counts given."""
    return store.TranscriptRow(
        study_id=STUDY,
        transcript_id=ID,
        format="txt",
        words=2,
        speakers=1,
        turns=1,
        n_redactions=2,
        redactions_by_type=counts or {"PERSON": 2},
        flags={"COUNTRY": 1},
        dropped={},
        code_version="0.1.0",
        model_name="model",
        model_version="3.8.0",
        model_digest="0" * 64,
        policy_digest="1" * 64,
        config_digest="2" * 64,
        register_digest="3" * 64,
        lists_digest="4" * 64,
    )


def redaction() -> store.RedactionRow:
    """A redaction that fits the schema."""
    return store.RedactionRow(
        transcript_id=ID,
        turn=0,
        part="text",
        start=6,
        end=16,
        entity_type="PERSON",
        pseudonym="[Person 1]",
        operator="pseudonym",
        recogniser="ner",
        rule="spacy",
        score=0.85,
        by_person=False,
        original_hmac="a" * 64,
    )


def write(workspace: Path, *, text: str = "Hello [Person 1].") -> dict[str, str]:
    """One transcript written into a workspace."""
    return store.write_transcript(
        workspace / "staging",
        workspace / "audit" / "redactions",
        transcript_id=ID,
        turns=[turn(text=text)],
        transcript=transcript(),
        redactions=[redaction()],
    )


@pytest.mark.parametrize("row", [store.TurnRow, store.TranscriptRow, store.RedactionRow])
def test_a_row_type_has_exactly_the_columns_of_its_table(row: type[store.TurnRow]) -> None:
    """Names and their order are the same in code and in the file."""
    assert [f.name for f in fields(row)] == [c.name for c in columns(row.table)]


def test_the_data_dictionary_explains_every_column_once() -> None:
    """No column goes out without a meaning, and no meaning is said twice for one column."""
    rows = store.data_dictionary()
    assert len({(row["table"], row["column"]) for row in rows}) == len(rows) == len(store.COLUMNS)
    assert all(row["meaning"] and row["type"] for row in rows)


def test_the_digest_of_an_original_may_not_travel() -> None:
    """It is for the auditor inside the trust."""
    kept = [row["column"] for row in store.data_dictionary() if not row["travels"]]
    assert kept == ["original_hmac"]


def test_a_row_shows_no_speech_in_its_repr() -> None:
    """A row that ends up in a message shows neither text nor label."""
    assert "Hello" not in repr(turn())
    assert "Participant" not in repr(turn())


def test_same_rows_same_bytes_whatever_the_order_of_counts() -> None:
    """A rerun must not change a file; a dict's order is no difference."""
    one = store.table_bytes([transcript(PERSON=1, AGE=2)], store.Table.TRANSCRIPTS)
    two = store.table_bytes([transcript(AGE=2, PERSON=1)], store.Table.TRANSCRIPTS)
    assert one == two


@pytest.mark.parametrize("table", list(store.Table))
def test_nothing_but_table_and_schema_version_in_the_footer(table: store.Table) -> None:
    """No pandas or Arrow metadata, no time, no path."""
    metadata = pq.ParquetFile(io.BytesIO(store.table_bytes([], table))).metadata
    assert metadata.metadata == {
        b"deid.table": table.value.encode(),
        b"deid.schema": store.SCHEMA_VERSION.encode(),
    }


def test_no_statistics_over_any_text() -> None:
    """Minimum and maximum of a text column would be two whole cells in the footer."""
    files: dict[store.Table, list[store.TurnRow | store.TranscriptRow | store.RedactionRow]] = {
        store.Table.TURNS: [turn()],
        store.Table.TRANSCRIPTS: [transcript()],
        store.Table.REDACTIONS: [redaction()],
    }
    for table, rows in files.items():
        group = pq.ParquetFile(io.BytesIO(store.table_bytes(rows, table))).metadata.row_group(0)
        chunks = [group.column(i) for i in range(group.num_columns)]
        texts = [c for c in chunks if c.physical_type == "BYTE_ARRAY"]
        assert texts
        assert not any(c.is_stats_set for c in texts)


def test_a_value_that_does_not_fit_is_refused_without_showing_it() -> None:
    """The message names the column; the cause, which would show the value, is cut."""
    wrong = replace(turn(), turn="canary Siobhan")  # type: ignore[arg-type]  # the point
    with pytest.raises(ValueError, match="column turn") as caught:
        store.table_bytes([wrong], store.Table.TURNS)
    assert "Siobhan" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_missing_value_is_refused() -> None:
    """Only times may be unknown."""
    with pytest.raises(ValueError, match="column speaker"):
        store.table_bytes([replace(turn(), speaker=None)], store.Table.TURNS)  # type: ignore[arg-type]  # the point


def test_a_row_of_another_table_is_refused() -> None:
    """A redaction never becomes a turn."""
    with pytest.raises(ValueError, match="another table"):
        store.table_bytes([redaction()], store.Table.TURNS)


def test_a_transcript_is_three_files_bound_by_digest(tmp_path: Path) -> None:
    """Each file stands where it is said to, with the digest that is said, for its owner only."""
    outputs = write(tmp_path)
    log = next(name for name in outputs if name.startswith("audit"))
    assert set(outputs) == {f"staging/turns/{ID}.parquet", f"staging/transcripts/{ID}.parquet", log}
    for name, digest in outputs.items():
        path = tmp_path / name
        assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert log == f"audit/redactions/{ID}-{outputs[log][:16]}.parquet"


def test_writing_again_changes_nothing_and_history_is_kept(tmp_path: Path) -> None:
    """Same rows: same bytes. Other redactions: one more file for the auditor."""
    first = write(tmp_path)
    assert write(tmp_path) == first
    store.write_transcript(
        tmp_path / "staging",
        tmp_path / "audit" / "redactions",
        transcript_id=ID,
        turns=[turn()],
        transcript=transcript(),
        redactions=[],
    )
    assert len(list((tmp_path / "audit" / "redactions").iterdir())) == 2


@pytest.mark.parametrize(
    "bad", ["", "../t-1", "a/b", "a\\b", "t-1\n", "t.1", "x" * 65, "t-\u00e9", "t-1\x00", " t-1"]
)
def test_an_id_never_leads_out_of_its_folder(tmp_path: Path, bad: str) -> None:
    """Letters, digits and hyphens only, in writing and in removing."""
    rows = replace(transcript(), transcript_id=bad)
    with pytest.raises(ValueError, match="transcript id"):
        store.write_transcript(
            tmp_path / "staging",
            tmp_path / "audit" / "redactions",
            transcript_id=bad,
            turns=[],
            transcript=rows,
            redactions=[],
        )
    with pytest.raises(ValueError, match="transcript id"):
        store.remove_transcript(tmp_path / "staging", bad)
    assert list(tmp_path.iterdir()) == []


def test_a_row_of_another_transcript_is_refused(tmp_path: Path) -> None:
    """One file never holds two transcripts."""
    with pytest.raises(ValueError, match="another transcript"):
        store.write_transcript(
            tmp_path / "staging",
            tmp_path / "audit" / "redactions",
            transcript_id="t-other",
            turns=[turn()],
            transcript=replace(transcript(), transcript_id="t-other"),
            redactions=[],
        )


def test_a_failure_before_the_renames_leaves_the_old_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the last file's bytes cannot be written, no file has changed and none is left over."""
    write(tmp_path)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*.parquet")}
    calls = iter(range(99))

    def full_at_the_third(*_: object) -> None:
        if next(calls) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("deid.files.write_all", full_at_the_third)
    with pytest.raises(OSError, match="No space"):
        write(tmp_path, text="Other [Person 1].")
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("renames", range(4))
def test_a_stop_between_the_renames_leaves_each_file_old_or_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renames: int
) -> None:
    """Wherever it stops, no file is half, and the same rows written again end the same."""
    write(tmp_path)
    old = {p: p.read_bytes() for p in tmp_path.rglob("*.parquet")}
    replace_file = Path.replace
    done = iter(range(99))

    def stop_after_some(self: Path, target: Path) -> Path:
        if next(done) == renames:
            raise KeyboardInterrupt
        return replace_file(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", stop_after_some)
        with contextlib.suppress(KeyboardInterrupt):
            write(tmp_path, text="Other [Person 1].")
    between = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    write(tmp_path, text="Other [Person 1].")
    new = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert all(data in (old.get(path), new[path]) for path, data in between.items())
    assert set(old) <= set(between) <= set(new)


def test_a_withheld_transcript_has_no_file_in_staging(tmp_path: Path) -> None:
    """Both files go, the redactions stay for the auditor, and a second removal finds nothing."""
    write(tmp_path)
    removed = store.remove_transcript(tmp_path / "staging", ID)
    assert removed == [f"staging/turns/{ID}.parquet", f"staging/transcripts/{ID}.parquet"]
    assert not list((tmp_path / "staging").rglob("*.parquet"))
    assert len(list((tmp_path / "audit" / "redactions").iterdir())) == 1
    assert store.remove_transcript(tmp_path / "staging", ID) == []


def test_sweep_takes_only_what_was_left_unfinished(tmp_path: Path) -> None:
    """A killed process leaves temporary files; finished ones stay."""
    write(tmp_path)
    (tmp_path / "staging" / "turns" / ".0123.deid-tmp").write_bytes(b"half")
    assert store.sweep(tmp_path / "staging", tmp_path / "audit" / "redactions") == 1
    assert len(list(tmp_path.rglob("*.parquet"))) == 3
    assert store.sweep(tmp_path / "none", tmp_path / "none") == 0


def test_a_dataset_holds_every_transcript_and_nothing_unfinished(tmp_path: Path) -> None:
    """What is read back is what was written."""
    write(tmp_path)
    (tmp_path / "staging" / "turns" / ".0123.deid-tmp").write_bytes(b"half")
    table = store.open_dataset(tmp_path / "staging", store.Table.TURNS).to_table()
    assert table.to_pylist() == [{f.name: getattr(turn(), f.name) for f in fields(store.TurnRow)}]
    log = store.open_files((tmp_path / "audit" / "redactions").iterdir(), store.Table.REDACTIONS)
    assert log.to_table().num_rows == 1
    with pytest.raises(ValueError, match="open_files"):
        store.open_dataset(tmp_path / "staging", store.Table.REDACTIONS)
