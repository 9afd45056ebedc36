"""Promise: raw speech and names exist in the inbox and the encrypted vault, and nowhere else.

Canaries are planted wherever a raw file can carry a name, files are made to fail in each stage
with their text in the exception, and after a run of the command line every byte that it left is
searched: Prefect's database and folders, its output, the log, the outputs, temporary files.
"""

import base64
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from deid.errors import ExitCode

pytestmark = [pytest.mark.model, pytest.mark.slow]
type Command = Callable[..., subprocess.CompletedProcess[str]]

REGISTER = (
    "participant_id,role,given_names,family_name,aliases,date_of_birth,nhs_number,postcode,"
    "telephone,email,places\n"
    "P01,participant,Leocadia,Thornquist,Leo,,9990000034,,,leocadia@thornquist.example.org,\n"
    "P02,participant,Peregrine,Oakenshaw,,1961-02-03,,KT2 7QQ,07700 900345,,Ulverdale\n"
)
IN_FOLDER = "Hepzibah Marchbanks"
TEXTS = {
    f"{IN_FOLDER}/Zebedee Quillfeather 0412.txt": (
        "Ignatius Featherstone: Could you say your name for the tape?\n"
        "P1: My name is Leocadia Thornquist. My NHS number is 999 000 0034.\n"
        "Ignatius Featherstone: And an e-mail address?\n"
        "P1: It's leocadia@thornquist.example.org. I live in Bishopsworth, near Peregrine.\n"
    ),
    "Fails in detection.txt": "P2: DETECT-FAILS I am Araminta Golightly, golightly@example.org.\n",
    "Fails in replacing.txt": "P3: REPLACE-FAILS I am Barnaby Witherspoon, 999 000 0042.\n",
    "Fails in writing.txt": "P4: WRITE-FAILS I am Clementine Ravenscroft from Keynsham.\n",
}
FORMATS = {
    "Thelonius Grubb.vtt": (
        "WEBVTT\n\nNOTE typed by Octavia Sprockett\n\n1 Lysander\n"
        "00:00:01.000 --> 00:00:05.000\n<v Drusilla Wambsgans>Seven out of ten.\n"
    ),
    "subtitles.srt": "1\n00:00:01,000 --> 00:00:05,000\nDRUSILLA: Seven out of ten.\n",
    "table.csv": "speaker,text,interviewer_name\nINT,How is it?,Marmaduke Pettibone\nP1,So so.,x\n",
    "speech.json": (
        '{"author": "Ozymandias Plimpton", "segments": [{"start": 0.0, "end": 3.0, '
        '"speaker": "Drusilla Wambsgans", "text": " Seven.", "words": [{"word": "Lysander"}]}]}'
    ),
    "rich.rtf": r"{\rtf1{\info{\author Araminta Golightly}{\title Lysander}}INT: How is it?\par}",
}
"""One short transcript a format, with names where a format keeps what nobody says."""
CANARIES = (
    *("Thelonius", "Grubb", "Octavia", "Sprockett", "Lysander", "Drusilla", "Wambsgans"),
    *("Marmaduke", "Pettibone", "Ozymandias", "Plimpton", "Rosamund", "Tattersley"),
    *("1961-02-03", "KT2 7QQ", "07700 900345", "Ulverdale"),
    *("Hepzibah", "Marchbanks", "Zebedee", "Quillfeather", "Ignatius", "Featherstone"),
    *("Leocadia", "Thornquist", "999 000 0034", "9990000034", "Peregrine", "Oakenshaw"),
    *("Bishopsworth", "Araminta", "Golightly", "Barnaby", "Witherspoon", "999 000 0042"),
    *("9990000042", "Clementine", "Ravenscroft", "Keynsham", "Wilhelmina", "Popplewell"),
    *("Cuthbert", "Ramsbottom", "Ermintrude", "Bickerstaffe", "Balthazar", "Uttoxley"),
)
FAULTS = Path(__file__).parents[1] / "faults"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory, deid: Command) -> Path:
    """A workspace with canaries in every place of a raw file, its name and the register."""
    root = tmp_path_factory.mktemp("canaries") / "workspace"
    assert deid("init", "--workspace", root).returncode == ExitCode.OK
    (root / "register.csv").write_text(REGISTER, encoding="utf-8")
    for name, text in (TEXTS | FORMATS).items():
        path = root / "inbox" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    document = docx.Document()
    document.core_properties.author = "Wilhelmina Popplewell"
    document.core_properties.last_modified_by = "Wilhelmina Popplewell"
    document.core_properties.title = "Interview with Leocadia Thornquist"
    spoken = document.add_paragraph("INT: How have you been since we last spoke?")
    document.add_comment(
        spoken.runs, text="Ask Ermintrude Bickerstaffe.", author="Cuthbert Ramsbottom"
    )
    document.add_paragraph("P1: Seven out of ten, most days.")
    document.save(str(root / "inbox" / "with properties.docx"))
    book = Workbook()
    book.properties.creator = "Rosamund Tattersley"
    book.create_sheet("Lysander")
    assert book.active is not None
    book.active.append(("speaker", "text"))
    book.active.append(("Drusilla Wambsgans", "Seven out of ten."))
    book.save(root / "inbox" / "sheet.xlsx")
    (root / "inbox" / "Balthazar Uttoxley.docx").write_bytes(b"PK\x03\x04 Balthazar Uttoxley said")
    return root


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The only folder for temporary files that the run is told of."""
    return tmp_path_factory.mktemp("temporary")


@pytest.fixture(scope="module")
def finished(
    planted: Path, temporary: Path, deid: Command, prefect_once: Callable[[Path], Path]
) -> subprocess.CompletedProcess[str]:
    """The run, in which stages fail as told, at the most talkative level of logging."""
    told = {
        "PYTHONPATH": str(FAULTS),
        "TMPDIR": str(temporary),
        "PREFECT_LOGGING_LEVEL": "DEBUG",
        "PREFECT_LOGGING_TO_CONSOLE_LEVEL": "DEBUG",
    }
    return deid("run", "--workspace", prefect_once(planted), env=told)


def raw_files(root: Path) -> Iterator[Path]:
    """Every file of the workspace besides those that people put there."""
    for path in root.rglob("*"):
        given = path.is_relative_to(root / "inbox") or path.name == "register.csv"
        if path.is_file() and not given:
            yield path


def found_in(data: bytes) -> set[str]:
    """Which canaries some bytes hold, in either case, as text, UTF-16 or base64."""
    lower = data.lower()
    return {
        canary
        for canary in CANARIES
        if canary.lower().encode() in lower
        or canary.lower().encode("utf-16-le") in lower
        or any(_base64(canary, shift) in data for shift in range(3))
    }


def _base64(canary: str, shift: int) -> bytes:
    """What of a canary's base64 does not depend on what stands around it."""
    whole = canary.encode()[shift:]
    return base64.b64encode(whole[: len(whole) // 3 * 3])


def rows_of(database: Path) -> Iterator[tuple[str, str]]:
    """Every row of every table of a SQLite database, as text."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables.fetchall():
            for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - own names
                yield table, repr(row)


def test_stages_failed_as_told(finished: subprocess.CompletedProcess[str]) -> None:
    """Eight files are written; one fails in each stage, and the run says so without their words."""
    assert finished.returncode == ExitCode.WITHHELD, finished.stderr
    said = " ".join(finished.stdout.replace("│", " ").split())
    assert "8 written, 0 unchanged, 4 withheld" in said
    for reason in ("detection-failed 1", "truncated 1", "unexpected 1", "write-failed 1"):
        assert reason in said


def test_search_would_find(planted: Path) -> None:
    """Every canary is found where it was planted, so the search is no empty one."""
    inbox = [path for path in (planted / "inbox").rglob("*") if path.is_file()]
    unpacked = b"".join(path.read_bytes() for path in inbox) + str(inbox).encode()
    assert found_in(unpacked + (planted / "register.csv").read_bytes()) >= set(CANARIES) - {
        *("Wilhelmina", "Popplewell", "Cuthbert", "Ramsbottom", "Ermintrude", "Bickerstaffe"),
        *("Rosamund", "Tattersley"),
        "9990000042",
    }
    assert found_in(base64.b64encode(b"so Quillfeather, she said")) == {"Quillfeather"}


def test_output(finished: subprocess.CompletedProcess[str]) -> None:
    """Nothing is said on the terminal, even at the most talkative level."""
    assert found_in((finished.stdout + finished.stderr).encode()) == set()


def test_every_file(planted: Path, finished: subprocess.CompletedProcess[str]) -> None:
    """No canary stands in any file of the workspace, by bytes or by name; the vault is one."""
    assert finished
    files = list(raw_files(planted))
    names = {path.relative_to(planted).as_posix() for path in files}
    assert {"vault.db", "prefect/prefect.db", "audit/events.jsonl"} <= names
    assert len([name for name in names if name.startswith("quarantine/")]) == 4
    assert {
        path.relative_to(planted).as_posix(): found
        for path in files
        if (found := found_in(path.read_bytes() + str(path.relative_to(planted)).encode()))
    } == {}


def test_prefect_database(planted: Path, finished: subprocess.CompletedProcess[str]) -> None:
    """No canary stands in any row of Prefect's database, which did record the run."""
    assert finished
    rows = list(rows_of(planted / "prefect" / "prefect.db"))
    assert {table for table, row in rows if found_in(row.encode())} == set()
    assert any("4 withheld" in row for table, row in rows if table == "flow_run_state")


def test_parquet(planted: Path, finished: subprocess.CompletedProcess[str]) -> None:
    """No canary stands in any cell, statistic or footer, which plain bytes would not show."""
    assert finished
    paths = [path for path in raw_files(planted) if path.suffix == ".parquet"]
    assert len(paths) == 24
    for path in paths:
        file = pq.ParquetFile(path)
        said = repr(file.read().to_pylist()) + repr(file.schema_arrow.metadata)
        said += "".join(_dictionaries(path))
        for group in range(file.metadata.num_row_groups):
            said += repr(file.metadata.row_group(group).to_dict())
        assert found_in(said.encode()) == set(), path.parent.name


def _dictionaries(path: Path) -> Iterator[str]:
    """What the dictionaries of a file hold, also what no cell refers to."""
    names = [field.name for field in pq.read_schema(path) if pa.types.is_string(field.type)]
    assert names
    for column in pq.ParquetFile(path, read_dictionary=names).read().columns:
        for chunk in column.chunks:
            if isinstance(chunk, pa.DictionaryArray):
                yield repr(chunk.dictionary.to_pylist())


def test_temporary_files(temporary: Path, finished: subprocess.CompletedProcess[str]) -> None:
    """Nothing is left where temporary files go."""
    assert finished
    assert [path for path in temporary.rglob("*") if path.is_file()] == []


def test_permissions(planted: Path, finished: subprocess.CompletedProcess[str]) -> None:
    """Whatever was written is its owner's alone: files 0600, folders 0700, Prefect's among them."""
    assert finished
    folders = [path for path in planted.rglob("*") if path.is_dir()]
    folders = [path for path in folders if not path.is_relative_to(planted / "inbox")]
    loose = [
        *(path for path in raw_files(planted) if path.stat().st_mode & 0o777 != 0o600),
        *(path for path in folders if path.stat().st_mode & 0o777 != 0o700),
    ]
    assert loose == []
