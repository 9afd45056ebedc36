"""``deid register``: faults by line and column, changes whole and told, nobody shown."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deid.audit import EventType, read
from deid.errors import ExitCode
from deid.remembered import stored
from deid.site import Site
from deid.vault import Vault, registers
from deid.vault.registers import RegisterRow

type Shell = Callable[..., Any]

HEADER = (
    "participant_id,role,given_names,family_name,aliases,date_of_birth,nhs_number,postcode,"
    "telephone,email,places\n"
)
ZEBEDEE = (
    "P01,participant,Zebedee,Quillfeather,Zeb,1957-06-02,9994299514,,07700 900123,z@example.org,\n"
)
HYACINTH = "S01,nurse,Siobhan,Thistlewood,,,,,,,Larkspur Close\n"


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """A register of these rows."""

    def write(*rows: str) -> Path:
        path = tmp_path / "register-new.csv"
        path.write_text(HEADER + "".join(rows), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("row", "column", "rule", "weight"),
    [
        (
            "P02,participant,Ulric,Kowalczyk,,,9994299515,,,,\n",
            "nhs_number",
            "check digit",
            "wrong",
        ),
        ("P02,participant,Ulric,Kowalczyk,,,12,,,,\n", "nhs_number", "ten digits", "wrong"),
        (
            "P02,participant,Ulric,Kowalczyk,,2.6.1957,,,,,\n",
            "date_of_birth",
            "YYYY-MM-DD",
            "wrong",
        ),
        ("P02,participant,Ulric,Kowalczyk,,2999-01-01,,,,,\n", "date_of_birth", "120", "wrong"),
        ("P02,participant,Ulric,Kowalczyk,,1857-01-01,,,,,\n", "date_of_birth", "120", "wrong"),
        ("P02,participant,,,,,,,,,\n", "given_names", "no name", "wrong"),
        ("P02,participant,Ulric,Kowalczyk,,,999 429 9514,,,,\n", "nhs_number", "line 2", "wrong"),
        ("P02,participant,Ulric,Kowalczyk,,,,,,Z@example.org,\n", "email", "line 2", "risky"),
        ("P02,participant,Ulric,Kowalczyk,,,,,+44 7700900123,,\n", "telephone", "line 2", "risky"),
        ("p01,participant,Ulric,Kowalczyk,,,,,,,\n", "participant_id", "capitals", "risky"),
        ("P02,participant,?,-,,,,,,,\n", "given_names", "no name", "wrong"),
        ("P02,participant,Mrs,,,,,,,,\n", "given_names", "no name", "wrong"),
        ("P02,participant,Ulric,?,,,,,,,\n", "family_name", "no name", "risky"),
        ('P02,participant,Ulric,Kowalczyk,"Rico, Binky",,,,,,\n', "aliases", "semicolon", "risky"),
        ("P02,participant,Ulric,Kowalczyk,Table,,,,,,\n", "aliases", "ordinary word", "risky"),
        ("P02,participant,Ulric,Kowalczyk,Bo,,,,,,\n", "aliases", "two letters", "risky"),
        ("P02,nurse,Zebedee,Quillfeather,,,,,,,\n", "family_name", "line 2", "risky"),
    ],
)
def test_each_fault_has_its_place_and_weight(  # noqa: PLR0917 - one parameter a column
    deid: Shell, file: Callable[..., Path], row: str, column: str, rule: str, weight: str
) -> None:
    """Line and column are named, the value is not; only what is wrong ends unsuccessfully."""
    done = deid("register", "check", file(ZEBEDEE, row), "--format", "json")
    told = json.loads(done.out)
    assert (told["line"], told["column"], told["weight"]) == (3, column, weight)
    assert rule in told["rule"]
    assert done.code == (ExitCode.REGISTER if weight == "wrong" else 0)
    assert not any(value in done.out for value in ("Ulric", "Kowalczyk", "Table", "9994", "1857"))


def test_a_sound_register_has_no_fault(deid: Shell, file: Callable[..., Path]) -> None:
    """Rare names, a right check digit and a date pass."""
    done = deid("register", "check", file(ZEBEDEE, HYACINTH), "--format", "json")
    assert (done.code, done.out) == (0, "")


@pytest.mark.parametrize(
    "row",
    [
        "P02,participant,Mrs Ulrica,Kowalczyk,Dr Kay;Binky,,,,,,\n",
        "P02,participant,Ulric,Kowalczyk,,,,,07700 900124,y@example.org,\n",
    ],
)
def test_a_title_beside_a_name_is_no_fault(
    deid: Shell, file: Callable[..., Path], row: str
) -> None:
    """Nor is another telephone or address than anybody else's."""
    assert not deid("register", "check", file(ZEBEDEE, row), "--format", "json").out


def test_lines_are_those_of_the_file(deid: Shell, file: Callable[..., Path]) -> None:
    """Blank lines, and a spreadsheet's rows of commas only, are passed over and counted."""
    second = "P02,participant,Ulric,Kowalczyk,,2.6.1957,9994299514,,,,\n"
    source = file("\n", ZEBEDEE, ",,,,,,,,,,\n", "\n", " , ,,,,,,,,,\n", second)
    done = deid("register", "check", source, "--format", "json")
    told = [json.loads(line) for line in done.out.splitlines()]
    assert [each["line"] for each in told] == [7, 7]
    assert "stands on line 3 already" in told[1]["rule"]


def test_import_is_whole_and_told(deid: Shell, file: Callable[..., Path], workspace: Path) -> None:
    """The file is copied byte for byte, private, and the difference is in the log as counts."""
    source = file(ZEBEDEE, HYACINTH)
    assert "2 added, 0 changed, 0 removed" in deid("register", "import", source).out
    held = workspace / "register.csv"
    assert held.read_bytes() == source.read_bytes()
    assert held.stat().st_mode & 0o777 == 0o600
    changed = file(ZEBEDEE.replace("Zeb,", "Zeb;Zebby,"))
    assert "0 added, 1 changed, 1 removed" in deid("register", "import", changed).out
    assert "unchanged" in deid("register", "import", changed).out
    events = list(read(workspace / "audit/events.jsonl", types=(EventType.REGISTER_IMPORTED,)))
    assert [event.facts["added"] for event in events] == [2, 0]
    assert events[1].facts["before"] == events[0].facts["register"]
    assert "Zeb" not in (workspace / "audit/events.jsonl").read_text()
    assert not list(workspace.glob(".register-*"))


def test_a_wrong_register_is_not_imported(
    deid: Shell, file: Callable[..., Path], workspace: Path
) -> None:
    """The first fault is named, the old register stays, and nothing is told as done."""
    deid("register", "import", file(ZEBEDEE))
    before = (workspace / "register.csv").read_bytes()
    done = deid("register", "import", file(ZEBEDEE, HYACINTH.replace(",,,,,,,", ",,x,,,,,", 1)))
    assert done.code == ExitCode.REGISTER
    assert "line 3, column date_of_birth" in done.err
    assert (workspace / "register.csv").read_bytes() == before
    assert deid("register", "import", "/nonexistent").code == ExitCode.REGISTER


@pytest.fixture
def known(deid: Shell, file: Callable[..., Path], workspace: Path) -> Path:
    """The workspace, its register imported, and P01 given a pseudonym for a name said once."""
    deid("register", "import", file(ZEBEDEE, HYACINTH))
    site = Site.open(workspace)
    with Vault.open(site.workspace.vault, site.keys.vault_key) as vault:
        vault.new_identity(kind="Participant", alias="mr quillfeather", register_ref="P01")
        with vault.transaction():
            registers.put(vault, RegisterRow(site.register.digest, stored(site.register)))
    return workspace


def _changed(given: str, family: str, rest: str = ",,,,,,") -> str:
    return f"P01,participant,{given},{family},{rest}\n"


@pytest.mark.parametrize(
    "row",
    [
        _changed("Ulric", "Kowalczyk"),
        _changed("Ulric", "Kowalczyk", "Rico,1957-06-03,9994249649,,07700 900123,z@example.org,"),
        _changed("?", "", "Z;Ulric,,,,,,"),
        HYACINTH.replace("S01", "P01") + ZEBEDEE.replace("P01", "S01"),
    ],
)
def test_an_id_that_has_a_pseudonym_is_not_given_to_somebody_else(
    deid: Shell, file: Callable[..., Path], known: Path, row: str
) -> None:
    """By import or by hand, used again or exchanged: refused, before anything is changed."""
    before = (known / "register.csv").read_bytes()
    done = deid("register", "import", file(row))
    assert done.code == ExitCode.REGISTER
    assert "register-new.csv, line 2: this participant_id has a pseudonym" in done.error
    assert "participant_id of their own" in done.error
    assert "--renamed PARTICIPANT_ID" in done.error
    assert not any(name in done.error for name in ("Ulric", "Kowalczyk", "Zebedee", "Siobhan"))
    assert (known / "register.csv").read_bytes() == before
    (known / "register.csv").write_bytes(file(row).read_bytes())
    ran = deid("run", "--dry-run")
    assert (ran.code, "register.csv, line 2" in ran.error) == (ExitCode.REGISTER, True)


def test_an_id_that_left_and_came_back_for_somebody_else_is_refused(
    deid: Shell, file: Callable[..., Path], known: Path
) -> None:
    """What the vault heard somebody called outlives the register."""
    site = Site.open(known)
    with Vault.open(site.workspace.vault, site.keys.vault_key) as vault, vault.transaction():
        registers.put(vault, RegisterRow("", "[]"))
    assert deid("register", "import", file(_changed("Ulric", "Kowalczyk"))).code
    assert not deid("register", "import", file(_changed("Ulric", "Quilfeather"))).code


@pytest.mark.parametrize(
    "row",
    [
        _changed("Zeb", "Kowalczyk"),
        _changed("Ulric", "Quillfeather-Jones"),
        _changed("Ulric", "Kowalczyk", "Zebedee,,,,,,"),
        _changed("Ulrike", "Kowalczyk", ",1957-06-02,,,,,"),
        _changed("Ulrike", "Kowalczyk", ",,999 429 9514,,,,"),
        ZEBEDEE.replace("P01", "P02") + HYACINTH.replace("Siobhan,Thistlewood", "Ulric,Kowalczyk"),
    ],
)
@pytest.mark.usefixtures("known")
def test_the_same_person_may_change(deid: Shell, file: Callable[..., Path], row: str) -> None:
    """A name, a number or a date is left, or the id never had a pseudonym."""
    assert deid("register", "import", file(row)).code == 0
    assert deid("run", "--dry-run").code == 0


def test_a_person_may_say_that_somebody_was_renamed(
    deid: Shell, file: Callable[..., Path], known: Path
) -> None:
    """For the id named alone; the vault knows the new name, so the run takes it, and it is told."""
    source = file(_changed("Ulrike", "Kowalczyk"))
    assert deid("register", "import", source, "--renamed", "S01").code == ExitCode.REGISTER
    assert deid("register", "import", source, "--renamed", "P01").code == 0
    assert deid("run", "--dry-run").code == 0
    *_, event = read(known / "audit/events.jsonl", types=(EventType.REGISTER_IMPORTED,))
    assert (event.facts["changed"], event.facts["renamed"]) == (1, 1)
    assert "Ulrike" not in (known / "audit/events.jsonl").read_text()


def test_an_alias_is_added_from_standard_input(
    deid: Shell, file: Callable[..., Path], workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To its entry alone; the event tells that an entry changed, not how it is called."""
    deid("register", "import", file(ZEBEDEE, HYACINTH))
    monkeypatch.setattr("sys.stdin", io.StringIO("Zebby Q\n"))
    done = deid("register", "add-alias", "P01", "--from-stdin")
    assert "0 added, 1 changed" in done.out
    assert (workspace / "register.csv").read_text() == (
        HEADER + ZEBEDEE.replace("Zeb,", "Zeb;Zebby Q,") + HYACINTH
    )
    (event,) = read(workspace / "audit/events.jsonl", types=(EventType.REGISTER_ALIAS_ADDED,))
    assert event.facts["changed"] == 1
    assert "Zebby" not in (workspace / "audit/events.jsonl").read_text() + done.out


@pytest.mark.parametrize(
    ("reference", "alias", "rule"),
    [
        ("P01", "\n", "one name"),
        ("P01", "a;b\n", "semicolon"),
        ("P01", "x" * 101, "100"),
        ("P01", "Zeb\n", "already"),
        ("P99", "Zebby\n", "no entry"),
    ],
)
def test_what_is_no_alias_is_refused(  # noqa: PLR0917 - fixtures and a row of cases
    deid: Shell,
    file: Callable[..., Path],
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
    reference: str,
    alias: str,
    rule: str,
) -> None:
    """The register stays as it was, and the value is not shown."""
    deid("register", "import", file(ZEBEDEE))
    before = (workspace / "register.csv").read_bytes()
    monkeypatch.setattr("sys.stdin", io.StringIO(alias))
    done = deid("register", "add-alias", reference, "--from-stdin")
    assert (done.code, rule in done.err) == (ExitCode.REGISTER, True)
    assert (workspace / "register.csv").read_bytes() == before


def test_listing_shows_counts(deid: Shell, file: Callable[..., Path]) -> None:
    """References and roles; names are refused where no terminal is."""
    deid("register", "import", file(ZEBEDEE, HYACINTH))
    done = deid("register", "list", "--format", "csv")
    assert done.out.splitlines()[1:] == ["P01,participant,2,1,4,0", "S01,nurse,2,0,0,1"]
    refused = deid("register", "list", "--names")
    assert (refused.code, refused.out) == (ExitCode.ACCOUNT, "")


@pytest.mark.usefixtures("terminal")
def test_names_are_listed_on_a_terminal(deid: Shell, file: Callable[..., Path]) -> None:
    """Given, family and other names, on request."""
    deid("register", "import", file(ZEBEDEE))
    assert "Zebedee Quillfeather; Zeb" in deid("register", "list", "--names").out


def test_a_run_and_the_status_say_how_much_cannot_be_right(
    deid: Shell, file: Callable[..., Path], workspace: Path
) -> None:
    """Not which values, and nothing where all can be."""
    (workspace / "register.csv").write_bytes(file(ZEBEDEE, HYACINTH).read_bytes())
    for command in (["run", "--dry-run"], ["status"]):
        said = deid(*command)
        assert (said.code, "cannot be right" in said.out + said.err) == (0, False)
    rows = (ZEBEDEE, "P02,participant,Ulric,Kowalczyk,,2.6.1957,12,,,,\n")
    (workspace / "register.csv").write_bytes(file(*rows).read_bytes())
    for command in (["run", "--dry-run"], ["status"]):
        said = deid(*command)
        told = " ".join((said.out + said.err).split())
        assert "register.csv: 2 values cannot be right" in told
        assert "deid register check" in told
        assert "Kowalczyk" not in told
