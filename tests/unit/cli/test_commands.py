"""The commands that need no model: what they make, show, and where they look."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer

from deid import __version__, quarantine
from deid.cli.app import COMMANDS, app
from deid.cli.options import Format, show_rows
from deid.errors import Reason
from deid.quarantine import Record
from deid.settings import shipped

from .calling import Call, calling

ESCAPES = "\x1b]0;owned\x07\x1b[31mred\x9b2J\u202e\r\n\t"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """The command line in this process."""
    return calling(monkeypatch, capsys)


def contents(root: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_commands_are_listed_as_they_tell_of_themselves() -> None:
    """The list of `deid --help`, made without loading them, is the start of each one's own help."""
    commands = typer.main.get_group(app).commands
    told = {name: " ".join(_first(each.help or "").split()) for name, each in commands.items()}
    assert told == {name: each.about for name, each in COMMANDS.items()}


def _first(text: str) -> str:
    return text.partition("\n\n")[0]


def test_init_makes_a_private_workspace(call: Call, tmp_path: Path) -> None:
    """Folders 0700, files 0600, the configuration as shipped, a log that holds."""
    root = tmp_path / "deep" / "er" / "study"
    said = call("init", "--workspace", root)
    assert said.code == 0
    assert f"Workspace ready: {root}\n" in said.out
    paths = [root, *root.rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_file()} == {0o600}
    for file in shipped().glob("*.yaml"):
        assert (root / "config" / file.name).read_bytes() == file.read_bytes()
    assert call("audit", "verify", "--workspace", root).code == 0
    assert call("status", "--workspace", root).code == 0


def test_init_again_changes_nothing(call: Call, blank: Path) -> None:
    """What is there stays, an edited configuration too."""
    (blank / "config" / "policy.yaml").write_text("edited: true\n", encoding="utf-8")
    before = contents(blank)
    assert call("init", "--workspace", blank).code == 0
    assert contents(blank) == before


def test_init_makes_what_is_missing(call: Call, blank: Path) -> None:
    """A folder or configuration that was lost is there again."""
    (blank / "config" / "policy.yaml").unlink()
    (blank / "staging").rmdir()
    assert call("init", "--workspace", blank).code == 0
    assert (blank / "staging").is_dir()
    assert (blank / "config" / "policy.yaml").is_file()


def test_init_does_not_take_over_a_folder_of_something_else(call: Call, tmp_path: Path) -> None:
    """Somebody's documents are not made a workspace."""
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    said = call("init", "--workspace", tmp_path)
    assert said.error
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_the_workspace_is_told_by_option_then_environment_then_here(
    call: Call, blank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--workspace, $DEID_WORKSPACE, ./workspace, in this order."""
    monkeypatch.chdir(tmp_path)
    assert call("status").error
    monkeypatch.setenv("DEID_WORKSPACE", str(blank))
    assert call("status").code == 0
    assert call("status", "--workspace", tmp_path / "none").error
    monkeypatch.delenv("DEID_WORKSPACE")
    (tmp_path / "workspace").symlink_to(blank)
    assert call("status").code == 0


def test_another_configuration_may_be_given(call: Call, blank: Path, tmp_path: Path) -> None:
    """--config takes the place of the workspace's own."""
    for file in shipped().glob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace("id: LWT ", "id: OTHER ")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    assert "Study OTHER" in call("status", "--workspace", blank, "--config", tmp_path).out
    assert "Study LWT" in call("status", "--workspace", blank).out


def test_version(call: Call) -> None:
    """The version alone, for scripts."""
    assert call("version").out == f"{__version__}\n"


@pytest.mark.parametrize("command", [[], ["audit"]])
def test_without_a_command_help_is_shown(call: Call, command: list[str]) -> None:
    """Whoever does not know what to type is told."""
    said = call(*command)
    assert "Usage" in said.out + said.err


def test_status_shows_what_is_withheld(call: Call, blank: Path) -> None:
    """Id, reason, stage, turn and detail, each whole."""
    record = Record(
        transcript_id="t-0123456789abcdef",
        reason=Reason.LEAK,
        stage="verify",
        turn=14,
        detail="2 found",
        run_id="r-1",
        at=datetime.now(UTC),
    )
    quarantine.write(blank / "quarantine", record)
    said = call("status", "--workspace", blank)
    assert said.code == 0
    assert "Transcripts: none yet" in said.out
    for word in ("t-0123456789abcdef", "leak", "verify", "14", "2 found"):
        assert word in said.out


def rows(text: str) -> list[dict[str, object]]:
    """JSON lines."""
    return [json.loads(line) for line in text.splitlines()]


def test_audit_show_in_three_formats(call: Call, blank: Path) -> None:
    """The same events as a table, as JSON lines and as CSV."""
    as_json = rows(call("audit", "show", "--workspace", blank, "--format", "json").out)
    assert [row["type"] for row in as_json] == ["workspace.created", "checkpoint"]
    assert [row["seq"] for row in as_json] == [1, 2]
    as_csv = list(
        csv.DictReader(
            io.StringIO(call("audit", "show", "--workspace", blank, "--format", "csv").out)
        )
    )
    assert [row["type"] for row in as_csv] == ["workspace.created", "checkpoint"]
    assert list(as_csv[0]) == ["seq", "at", "type", "actor", "subject", "run_id", "facts"]
    table = call("audit", "show", "--workspace", blank).out
    assert "seq" in table
    assert "…" not in table


def test_audit_show_filters(call: Call, blank: Path) -> None:
    """By type, subject, run and day, alone and together; nothing that matches is no error."""

    def shown(*filters: str) -> list[object]:
        said = call("audit", "show", "--workspace", blank, "--format", "json", *filters)
        assert said.code == 0
        return [row["seq"] for row in rows(said.out)]

    today = datetime.now(UTC).date()
    yesterday, tomorrow = (str(today + timedelta(days)) for days in (-1, 1))
    assert shown("--type", "checkpoint") == [2]
    assert shown("--type", "checkpoint", "--type", "workspace.created") == [1, 2]
    assert shown("--transcript", "workspace") == [1]
    assert shown("--transcript", "t-0123456789abcdef") == []
    assert shown("--run", "r-1") == []
    assert shown("--since", yesterday, "--until", tomorrow) == [1, 2]
    assert shown("--since", tomorrow) == []
    assert shown("--until", str(today - timedelta(2))) == []
    assert shown("--since", yesterday, "--type", "workspace.created") == [1]
    assert call("audit", "show", "--workspace", blank, "--since", "soon").code == 2


def test_audit_verify_tells_the_head_whole(call: Call, blank: Path) -> None:
    """The head can be copied from one line and given back; another one is refused."""
    said = call("audit", "verify", "--workspace", blank)
    head = said.out.splitlines()[1].removeprefix("Head ")
    assert len(head) == 64
    assert call("audit", "verify", "--workspace", blank, "--head", head).code == 0
    assert call("audit", "verify", "--workspace", blank, "--head", "0" * 64).error


@pytest.mark.parametrize("how", Format)
@pytest.mark.parametrize("bait", [ESCAPES, f"x{ESCAPES}", "[red]x[/red]", "\\[red]x", "[/x]"])
def test_nothing_is_sent_to_the_terminal_but_text(
    capsys: pytest.CaptureFixture[str], how: Format, bait: str
) -> None:
    """Escapes, control characters and markup in a value are shown, not obeyed."""
    show_rows(("a", "b"), [{"a": bait, "b": {"k": [bait]}}], how)
    out = capsys.readouterr().out
    assert all(char.isprintable() or char in "\r\n" for char in out)
    assert "\u202e" not in out
    if how is Format.JSON:
        assert json.loads(out)["a"] == bait
    elif bait.isprintable():
        assert bait in out


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "\n=1", "\uff1d1+1", "\u00a0=1"],
)
def test_a_spreadsheet_is_given_no_formula(capsys: pytest.CaptureFixture[str], cell: str) -> None:
    """A cell that would be run is text, in every column and inside lists."""
    show_rows(("a", "b", "c"), [{"a": cell, "b": [cell], "c": "safe=1"}], Format.CSV)
    _, (first, second, third) = csv.reader(io.StringIO(capsys.readouterr().out))
    for shown in (first, second):
        assert shown.strip()[0] not in "=+-@\uff1d"
        assert shown[0] in "'\\"
    assert third == "safe=1"


def test_what_is_absent_is_empty(capsys: pytest.CaptureFixture[str]) -> None:
    """A row without a column, and none, are empty cells; no row is a heading alone."""
    show_rows(("a", "b"), [{"a": None}], Format.CSV)
    assert capsys.readouterr().out == "a,b\r\n,\r\n"
    show_rows(("a", "b"), [], Format.CSV)
    assert capsys.readouterr().out == "a,b\r\n"
    show_rows(("a", "b"), [], Format.JSON)
    assert capsys.readouterr().out == ""
