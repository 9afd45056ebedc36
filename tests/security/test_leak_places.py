"""Planted canaries: whatever the kind of place in a file that would leave, a leak there is found.

Each test plants one value in one place and nowhere else, and asks the leak check for it.
"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from deid import store
from deid.detect.words.gazetteer import is_common
from deid.errors import Reason, WithheldError
from deid.leaks import LeakCheck, kept_phrases
from deid.quarantine import is_safe_detail
from deid.register import Register
from deid.transcript import EntityType
from deid.verify import Finding, How, Scope, Searcher, SearchValue, Source, Where, check_files

CANARY = "Siobhan Hargreaves"
SEARCHER = Searcher([SearchValue(CANARY, EntityType.PERSON, Source.REGISTER, Scope.STUDY)])


def written(folder: Path, table: pa.Table, **options: Any) -> Path:
    """A Parquet file of any shape."""
    path = folder / "t-1.parquet"
    pq.write_table(table, path, **options)
    return path


def turns(folder: Path, *, speaker: str = "[Nurse 2]", text: str = "Hello.") -> Path:
    """Three turns as the store writes them, the last one with what is given."""
    quiet = ("[Person 1]", "Nothing to see.")
    rows = [
        store.TurnRow(
            study_id="study",
            transcript_id="t-1",
            turn=number,
            kind="speech",
            speaker=label,
            start_ms=None,
            end_ms=None,
            text=said,
            n_redactions=0,
        )
        for number, (label, said) in enumerate([quiet, quiet, (speaker, text)])
    ]
    path = folder / "t-1.parquet"
    path.write_bytes(store.table_bytes(rows, store.Table.TURNS))
    return path


def found(path: Path) -> list[Finding]:
    """What the check says of one file, its name and its folder."""
    return check_files([path], SEARCHER, root=path.parent)


def found_by_reading(path: Path) -> list[Finding]:
    """The same without raw bytes, in which short cells can be seen through the compression."""
    return [finding for finding in found(path) if finding.where is not Where.BYTES]


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    """The files of these tests leak only what the test plants."""
    assert found(turns(tmp_path)) == []


def test_text_column(tmp_path: Path) -> None:
    """With the turn that holds it."""
    leaks = found_by_reading(turns(tmp_path, text=f"I told {CANARY} so."))
    assert {(f.where, f.column, f.row) for f in leaks} == {(Where.CELL, "text", 2)}
    assert How.WHOLE in {f.how for f in leaks}


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ("so Siobhan Hargreaves said", How.WHOLE),
        ("so HARGREAVES said", How.PART),
        ("so siobh\u00e1nhargreaves said", How.JOINED),
        ("that is S I O B H A N", How.SPELT),
        ("that is sierra india oscar bravo hotel alpha november", How.SPELT),
        ("so Hargraves said", How.ONE_EDIT),
        ("so Hargeraves said", How.ONE_EDIT),
        ("so Hargreevs said", How.SOUND),
    ],
)
def test_every_kind_of_form_in_the_text(tmp_path: Path, said: str, how: How) -> None:
    """Whole, by part, run together, spelt out, a letter off, as it sounds: in the turn it is in."""
    leaks = found_by_reading(turns(tmp_path, text=said))
    assert how in {f.how for f in leaks}
    assert {(f.column, f.row) for f in leaks} == {("text", 2)}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Marian Oyelaran", "down at the marina"),
        ("Harriot Oyelaran", "a chariot race"),
        ("Robina Oyelaran", "a robin, a robing room"),
        ("Gabapenten", "on gabapentin"),
        ("Holland Oyelaran", "in Poland"),
        ("Brigid Oyelaran", "a rigid bridge"),
    ],
)
def test_words_of_the_language_are_no_name_a_letter_off(
    tmp_path: Path, name: str, said: str
) -> None:
    """As a run asks it: a dictionary word, a drug or a country withholds nothing."""
    check = LeakCheck(Register(()), (), is_common=is_common, kept=kept_phrases())
    own = [(EntityType.PERSON, name)]
    check.check([turns(tmp_path, text=said)], own, root=tmp_path)
    with pytest.raises(WithheldError):
        check.check(
            [turns(tmp_path, text=f"with {name.replace('r', 'rr', 1)}")], own, root=tmp_path
        )


def test_what_a_person_left_standing_is_not_found_nearly(tmp_path: Path) -> None:
    """A word that a checker kept stays, although it is nearly somebody's name."""
    known = [(EntityType.PERSON, CANARY)]
    check = LeakCheck(Register(()), known, is_common=is_common)
    path = turns(tmp_path, text="the Hargraves centre")
    check.check([path], (), root=tmp_path, spared=["Hargraves"])
    with pytest.raises(WithheldError) as caught:
        check.check([path], (), root=tmp_path)
    assert is_safe_detail(caught.value.detail)


def test_speaker_column(tmp_path: Path) -> None:
    """A label left as it was, even a first name alone."""
    leaks = found(turns(tmp_path, speaker="Siobhan"))
    assert {(f.where, f.column, f.row) for f in leaks} == {(Where.CELL, "speaker", 2)}


def test_dictionary_page(tmp_path: Path) -> None:
    """A value that no row has any more, still in the column's dictionary."""
    column = pa.DictionaryArray.from_arrays(pa.array([0, 0]), pa.array(["Hello.", CANARY]))
    path = written(tmp_path, pa.table({"text": column}), write_statistics=False)
    leaks = found_by_reading(path)
    assert {(f.where, f.column, f.row) for f in leaks} == {(Where.DICTIONARY, "text", None)}


def test_nested_dictionary_page(tmp_path: Path) -> None:
    """The same inside a list."""
    values = pa.DictionaryArray.from_arrays(pa.array([0, 0]), pa.array(["Hello.", CANARY]))
    column = pa.ListArray.from_arrays([0, 2], values)
    path = written(tmp_path, pa.table({"tags": column}), write_statistics=False)
    assert {f.where for f in found_by_reading(path)} == {Where.DICTIONARY}


def test_row_group_statistics(tmp_path: Path) -> None:
    """A footer's minimum and maximum are whole cells, in plain bytes."""
    path = written(tmp_path, pa.table({"text": [CANARY]}), compression="none")
    where = {f.where for f in found(path)}
    assert {Where.STATISTICS, Where.BYTES} <= where


@pytest.mark.parametrize("pair", [{"author": CANARY}, {CANARY: "1"}, {"pandas": f'"{CANARY}"'}])
def test_footer_metadata(tmp_path: Path, pair: dict[str, str]) -> None:
    """Keys as well as values, whichever library wrote them."""
    table = pa.table({"text": ["Hello."]}).replace_schema_metadata(pair)
    assert Where.FOOTER in {f.where for f in found(written(tmp_path, table))}


def test_metadata_of_a_column(tmp_path: Path) -> None:
    """Arrow keeps a column's metadata encoded within one footer value."""
    field = pa.field("text", pa.string(), metadata={"source": CANARY})
    table = pa.table({"text": ["Hello."]}, schema=pa.schema([field]))
    assert Where.FOOTER in {f.where for f in found(written(tmp_path, table))}


@pytest.mark.parametrize("name", [CANARY, "siobhan_hargreaves", "note.siobhan"])
def test_column_name(tmp_path: Path, name: str) -> None:
    """And the finding does not repeat the name."""
    leaks = found(written(tmp_path, pa.table({name: ["Hello."]})))
    assert Where.COLUMN_NAME in {f.where for f in leaks}
    assert "iobhan" not in repr(leaks)


def test_file_name(tmp_path: Path) -> None:
    """A file that kept its inbox name."""
    path = turns(tmp_path).rename(tmp_path / "siobhan-hargreaves.parquet")
    assert {f.where for f in found(path)} == {Where.FILE_NAME}


def test_folder_name(tmp_path: Path) -> None:
    """A folder below the root leaves with its files; what is above the root does not."""
    folder = tmp_path / "Hargreaves" / "turns"
    folder.mkdir(parents=True)
    path = turns(folder)
    assert {f.where for f in check_files([path], SEARCHER, root=tmp_path)} == {Where.FOLDER_NAME}
    assert check_files([path], SEARCHER, root=folder) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_raw_bytes(tmp_path: Path, encoding: str) -> None:
    """Between a file's pages stands what no Parquet reader shows."""
    path = turns(tmp_path)
    whole = path.read_bytes()
    sink = io.BytesIO(whole)
    footer = int.from_bytes(whole[-8:-4], "little") + 8
    sink.write(whole[:-footer] + CANARY.upper().encode(encoding) + whole[-footer:])
    path.write_bytes(sink.getvalue())
    assert pq.read_table(path).num_rows == 3
    assert {f.where for f in found(path)} == {Where.BYTES}


def test_raw_bytes_over_the_border_of_two_blocks(tmp_path: Path) -> None:
    """Files are read in blocks of a mebibyte, which overlap."""
    path = tmp_path / "list.txt"
    path.write_text("\n".join(["x" * 100] * 20_000))
    data = bytearray(path.read_bytes())
    start = (1 << 20) - 5
    data[start : start + len(CANARY)] = CANARY.encode()
    path.write_bytes(data)
    assert Where.BYTES in {f.where for f in found(path)}


@pytest.mark.parametrize(
    "column",
    [
        pa.array([[("Siobhan", 1)]], pa.map_(pa.string(), pa.int32())),
        pa.array([{"who": "Siobhan"}]),
        pa.array([[["quiet"], ["Siobhan"]]]),
        pa.array([b"Siobhan"]),
        pa.array([None, "Siobhan"], pa.large_string()),
    ],
    ids=["map", "struct", "list", "bytes", "large"],
)
def test_columns_of_every_type(tmp_path: Path, column: pa.Array) -> None:  # type: ignore[type-arg]  # the class takes none at run time
    """Nested and binary values are read like text."""
    path = written(tmp_path, pa.table({"any": column}), write_statistics=False)
    assert Where.CELL in {f.where for f in found(path)}


def test_the_row_is_named_in_later_row_groups_and_nested_columns(tmp_path: Path) -> None:
    """So that a person can go and look."""
    lists = pa.array([["a", "b"]] * 5 + [["a", "Siobhan"]] + [[]])
    path = written(tmp_path, pa.table({"any": lists}), row_group_size=2, write_statistics=False)
    assert [(f.row, f.column) for f in found(path)] == [(5, "any")]


def test_a_number_column(tmp_path: Path) -> None:
    """An NHS number stored as a number is found; small numbers never are."""
    number = SearchValue("999 000 0018", EntityType.UK_NHS, Source.REGISTER, Scope.STUDY)
    path = written(tmp_path, pa.table({"id": [1, 9990000018], "n": [999.0, 18.0]}))
    leaks = check_files([path], Searcher([number]), root=tmp_path)
    assert (Where.CELL, "id", 1) in {(f.where, f.column, f.row) for f in leaks}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("manifest.json", r'{"by": "Siobh\u00e1n"}'),
        ("summary.html", "<p>Siobh&aacute;n</p>"),
        ("t-1.txt", "a\nb\nSiobhán: hello"),
    ],
)
def test_text_files_with_their_escapes(tmp_path: Path, name: str, text: str) -> None:
    """What a reader of JSON or HTML would see is what is searched."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert {f.where for f in found(path)} == {Where.TEXT}


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


def _corrupted(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[40] ^= 0xFF
    path.write_bytes(data)


def _renamed(path: Path) -> None:
    path.rename(path.with_suffix(".docx")).replace(path.with_suffix(".bin"))


@pytest.mark.parametrize("damage", [_truncated, _corrupted, Path.unlink, _renamed])
def test_a_file_that_cannot_be_read_counts_as_one_that_leaks(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """Damaged, missing, or of an unknown kind: withheld, and no name in the error."""
    path = turns(tmp_path, text="quiet " * 50)
    damage(path)
    present = next(iter(tmp_path.iterdir()), path)
    with pytest.raises(WithheldError) as caught:
        check_files([present], SEARCHER, root=tmp_path)
    assert caught.value.reason is Reason.UNREADABLE
    assert "t-1" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_file_outside_the_root_is_refused(tmp_path: Path) -> None:
    """A path that does not leave with the root is not what was asked for."""
    path = turns(tmp_path)
    with pytest.raises(WithheldError):
        check_files([path], SEARCHER, root=tmp_path / "other")


def test_a_finding_never_shows_the_value(tmp_path: Path) -> None:
    """Neither does the searched value's own repr, nor that of a match."""
    leaks = found(turns(tmp_path, text=CANARY, speaker=CANARY))
    value = SearchValue(CANARY, EntityType.PERSON, Source.REGISTER, Scope.STUDY)
    matches = list(SEARCHER.search([CANARY]))
    assert leaks
    assert matches
    assert "argreaves" not in f"{leaks} {value} {matches}".casefold()
