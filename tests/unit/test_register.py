"""deid.register: who is known, by which names, and every fault named by line and column."""

from pathlib import Path

import pytest

from deid.errors import ExitCode, RegisterError
from deid.naming import name_words
from deid.register import COLUMNS, Register, read
from deid.vault import Identity

HEADER = ",".join(COLUMNS)
CANARY = "Quillfeather"


def written(folder: Path, *rows: str, header: str = HEADER) -> Path:
    """A register of these lines."""
    path = folder / "register.csv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def row(
    reference: str = "P01", role: str = "participant", names: str = "Marguerite,Oyelaran,"
) -> str:
    """One line: reference, role, then given names, family name and aliases."""
    return f"{reference},{role},{names},1961-04-09,9990000018,BS5 6PX,07700 900311,,Easton; Yate"


def fault(folder: Path, *rows: str, header: str = HEADER) -> str:
    """What is said about a register that cannot be used."""
    with pytest.raises(RegisterError) as caught:
        read(written(folder, *rows, header=header))
    assert caught.value.exit_code is ExitCode.REGISTER
    assert caught.value.__cause__ is None
    message = str(caught.value)
    assert CANARY.casefold() not in message.casefold()
    assert "\n" not in message
    return message


def test_a_row_is_a_person(tmp_path: Path) -> None:
    """Every cell is where it belongs, and the file's digest goes with it."""
    register = read(written(tmp_path, row(names="Marguerite Ann,Oyelaran,Maggie; Mags")))
    (person,) = register.people
    assert (person.reference, person.role) == ("P01", "participant")
    assert person.given == ("Marguerite", "Ann")
    assert person.family == "Oyelaran"
    assert person.aliases == ("Maggie", "Mags")
    assert person.places == ("Easton", "Yate")
    assert dict(person.identifiers) == {
        "date_of_birth": "1961-04-09",
        "nhs_number": "9990000018",
        "postcode": "BS5 6PX",
        "telephone": "07700 900311",
    }
    assert len(register.digest) == 64


def test_a_person_is_silent_in_repr(tmp_path: Path) -> None:
    """Nothing of a row but reference and role shows in a log or a debugger."""
    register = read(written(tmp_path, row(names=f"{CANARY},{CANARY},{CANARY}")))
    assert CANARY not in repr(register) + repr(register.people)
    assert "9990000018" not in repr(register.people)


def test_no_file_is_an_empty_register(tmp_path: Path) -> None:
    """The register is optional; without it nobody is known and there is no digest."""
    assert read(tmp_path / "register.csv") == Register()


def test_a_spreadsheet_s_marks_are_no_part_of_the_file(tmp_path: Path) -> None:
    """A byte order mark, CRLF line ends and quoted cells over lines are what spreadsheets write."""
    path = tmp_path / "register.csv"
    text = "\r\n".join([HEADER, row(names='"Ma\r\nry",Oyelaran,'), row("P02"), ""])
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert [person.reference for person in read(path).people] == ["P01", "P02"]


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    """Columns are known by their names."""
    header = ",".join(reversed(COLUMNS))
    cells = ",".join(reversed(row().split(",")))
    (person,) = read(written(tmp_path, cells, header=header)).people
    assert person.reference == "P01"


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ([row(), row("")], "line 3: participant_id"),
        ([row(f"{CANARY} Smith")], "line 2: participant_id"),
        ([row("P" * 33)], "line 2: participant_id"),
        ([row(role="")], "line 2: role"),
        ([row(role=f"{CANARY}2")], "line 2: role"),
        ([row(role="nurse  manager")], "line 2: role"),
        ([row(role="nurse-")], "line 2: role"),
        ([row(role="a" * 25)], "line 2: role"),
        ([row(), row("P02"), row()], "line 4: participant_id stands on line 2"),
        (["", row(), ",,,,,,,,,,", "", row()], "line 6: participant_id stands on line 3"),
        ([row(), f"P02,nurse,{CANARY}"], "line 3: a row has 11 cells"),
        ([row() + f",{CANARY}"], "line 2: a row has 11 cells"),
        ([row(), f'P02,nurse,"{CANARY}"x,'], "line 3: is not CSV"),
        ([row(), f'P02,nurse,"{CANARY}'], "is not CSV"),
    ],
)
def test_a_fault_is_named_by_line_and_never_by_value(
    tmp_path: Path, rows: list[str], where: str
) -> None:
    """A reference that is missing, malformed or used twice, a wrong role, too few or many cells."""
    assert where in fault(tmp_path, *rows)


@pytest.mark.parametrize("missing", COLUMNS)
def test_a_missing_column_is_named(tmp_path: Path, missing: str) -> None:
    """Every column has to be there, empty or not."""
    header = HEADER.replace(missing, CANARY)
    assert fault(tmp_path, header=header).endswith(f"line 1: no column {missing}")


def test_a_column_too_many_is_refused(tmp_path: Path) -> None:
    """An unknown column may hold anything, so it is not passed over."""
    assert "line 1: 1 columns too many" in fault(tmp_path, header=f"{HEADER},{CANARY}")
    assert "line 1: 1 columns too many" in fault(tmp_path, header=f"{HEADER},role")


def test_a_file_that_is_no_text_or_no_file(tmp_path: Path) -> None:
    """Another encoding, an empty file and a folder are told apart."""
    path = tmp_path / "register.csv"
    path.write_bytes(f"{HEADER}\nP01,nurse,{CANARY}\xe9".encode("latin-1"))
    with pytest.raises(RegisterError, match="is not UTF-8; save it as CSV UTF-8"):
        read(path)
    path.write_bytes(b"")
    with pytest.raises(RegisterError, match="line 1: no column"):
        read(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(RegisterError, match="cannot be read"):
        read(path)


@pytest.mark.parametrize("role", ["participant", "peer tutor", "co-researcher", "GP"])
def test_every_role_that_is_taken_makes_a_pseudonym(tmp_path: Path, role: str) -> None:
    """What the register allows as a role is allowed in a pseudonym's brackets."""
    (person,) = read(written(tmp_path, row(role=role))).people
    assert Identity(1, person.role.capitalize(), 1).pseudonym


@pytest.fixture
def register(tmp_path: Path) -> Register:
    """Two Sarahs, a Beverley with an alias, and somebody with an accent."""
    return read(
        written(
            tmp_path,
            row("P01", names="Sarah,Hargreaves,"),
            row("P02", names="Sarah,O'Brien,"),
            row("P03", names="Beverley Ann,Stone,Duchess"),
            row("P04", names="Zo\u00eb,Patel,"),
        )
    )


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Sarah Hargreaves", ["P01"]),
        ("sarah", ["P01", "P02"]),
        ("Sarah O\u2019Brien's", ["P02"]),
        ("Mrs Hargreaves", ["P01"]),
        ("Hargreeves", ["P01"]),
        ("Sara Hargreeves", ["P01"]),
        ("Bev", ["P03"]),
        ("Bev Stone", ["P03"]),
        ("Beverley Ann Stone", ["P03"]),
        ("duchess", ["P03"]),
        ("Zoe", ["P04"]),
        ("Tobias", []),
        ("Sarah Stone", []),
        ("", []),
    ],
)
def test_a_name_as_spoken_means_whom_it_fits_best(
    register: Register, said: str, meant: list[str]
) -> None:
    """As written, then by short form, then by ear; everyone whom it may mean, nobody it cannot."""
    assert [person.reference for person in register.meant_by(name_words(said))] == meant
