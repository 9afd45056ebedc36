"""Errors of the command line: one line, no traceback, no value, and an exit code by cause."""

import errno
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deid import errors
from deid.errors import DeidError, ExitCode, Reason, WithheldError
from deid.site import Site
from deid.workspace import Workspace

from .calling import Call, calling

CANARY = "Quillfeather"
LONG = "a-long-folder-name/" * 8
PLAIN = [
    each
    for each in vars(errors).values()
    if isinstance(each, type)
    and issubclass(each, DeidError)
    and not issubclass(each, WithheldError)
]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """The command line in this process."""
    return calling(monkeypatch, capsys)


def test_help_lists_every_exit_code(call: Call) -> None:
    """Whoever writes a script around it finds every code and its meaning in --help."""
    said = call("--help")
    assert said.code == 0
    for code in ExitCode:
        assert re.search(rf"\b{code.value}  {code.name.lower().replace('_', ' ')}\b", said.out)


@pytest.mark.parametrize("kind", PLAIN)
def test_every_error_is_one_line_and_its_exit_code(
    call: Call, monkeypatch: pytest.MonkeyPatch, kind: type[DeidError]
) -> None:
    """However long the message, and whatever brackets stand in it."""
    message = f"[red]where[/red]: which rule; what to do {LONG}"

    def fails(*_: object) -> None:
        raise kind(message)

    monkeypatch.setattr(Site, "open", fails)
    said = call("status")
    assert said.error == f"deid: {message}\n"
    assert said.code == kind.exit_code


def test_a_withheld_transcript_says_where(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stage, turn and reason, and the code for withheld."""

    def fails(*_: object) -> None:
        raise WithheldError(Reason.LEAK, stage="verify", turn=3)

    monkeypatch.setattr(Site, "open", fails)
    said = call("status")
    assert (said.code, said.error) == (ExitCode.WITHHELD, "deid: verify, turn 3: leak\n")


@pytest.mark.parametrize("error", [ValueError(CANARY), KeyError(CANARY), OSError(2, CANARY)])
def test_an_unexpected_error_shows_its_place_and_nothing_of_its_message(
    call: Call, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """What a library put into an exception may be speech."""

    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(Site, "open", fails)
    said = call("status")
    assert said.code == ExitCode.UNEXPECTED
    assert said.error.startswith(f"deid: unexpected {type(error).__name__} at deid/cli/status.py:")
    assert CANARY not in said.error + said.out


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said(call: Call, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Whatever had no room, it is no fault of the program; what to do is in the line."""

    def fails(*_: object) -> None:
        raise OSError(number, CANARY)

    monkeypatch.setattr(Site, "open", fails)
    said = call("status")
    assert (said.code, "the disk is full" in said.error) == (ExitCode.WORKSPACE, True)
    assert "Free some space" in said.error
    assert CANARY not in said.error


def test_an_interruption_is_one_line(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control-C says that nothing is lost."""

    def interrupts(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Site, "open", interrupts)
    said = call("status")
    assert said.code != 0
    assert "Traceback" not in said.err


@pytest.mark.parametrize("command", [["status"], ["run"], ["audit", "verify"], ["audit", "show"]])
def test_a_workspace_that_is_none_is_said(call: Call, command: list[str], tmp_path: Path) -> None:
    """Every command that needs one says how to make one."""
    said = call(*command, "--workspace", tmp_path / "none")
    assert said.code == ExitCode.WORKSPACE
    assert "deid init" in said.error


def test_a_workspace_open_to_others_is_refused(call: Call, blank: Path) -> None:
    """The repair is in the line, whole, to be copied."""
    blank.chmod(0o750)
    said = call("status", "--workspace", blank)
    assert said.code == ExitCode.WORKSPACE
    assert f"chmod 700 {blank}" in said.error


def test_a_wrong_setting_is_said(call: Call, blank: Path) -> None:
    """File, line and key."""
    with (blank / "config" / "policy.yaml").open("a", encoding="utf-8") as file:
        file.write(f"surprise: {CANARY}\n")
    said = call("status", "--workspace", blank)
    assert said.code == ExitCode.SETTINGS
    assert re.match(r"deid: policy.yaml, line \d+: surprise: unknown key", said.error)
    assert CANARY not in said.err


def test_a_wrong_register_is_said(call: Call, blank: Path) -> None:
    """File and line."""
    (blank / "register.csv").write_text(f"{CANARY}\n", encoding="utf-8")
    said = call("status", "--workspace", blank)
    assert said.code == ExitCode.REGISTER
    assert CANARY not in said.error


def test_a_missing_key_is_said(call: Call, blank: Path) -> None:
    """Without the study key nothing opens."""
    (blank / "keys" / "study.key").unlink()
    said = call("status", "--workspace", blank)
    assert said.code == ExitCode.KEY
    assert said.error


def test_a_broken_vault_is_said(call: Call, blank: Path) -> None:
    """A damaged vault is not taken for an empty one."""
    (blank / "vault.db").write_bytes(b"\x00" * 8192)
    said = call("status", "--workspace", blank)
    assert said.code == ExitCode.VAULT
    assert said.error


def test_an_altered_log_is_said_with_its_line(call: Call, blank: Path) -> None:
    """Verify and show both refuse, and name the line."""
    log = blank / "audit" / "events.jsonl"
    log.write_bytes(log.read_bytes().replace(b"workspace.created", b"workspace.cheated", 1))
    for command in ("verify", "show"):
        said = call("audit", command, "--workspace", blank)
        assert said.code == ExitCode.AUDIT
        assert "line 1" in said.error


def test_a_second_run_is_told_to_wait(
    call: Call, blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Busy has a code of its own, so that a scheduler can try later."""

    def busy(*_: object) -> None:
        with Workspace.open(blank).lock():
            pass

    monkeypatch.setattr(Site, "open", busy)
    with Workspace.open(blank).lock():
        said = call("status", "--workspace", blank)
    assert said.code == ExitCode.BUSY
    assert "another run holds the workspace" in said.error


@pytest.mark.parametrize(
    "text", [CANARY, f'{{"id": 1, "txt": "{CANARY}"}}', '{"id": 1, "text": 2}', "[1]", '"x"']
)
def test_input_that_is_no_jsonl_is_said_by_its_line(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """The line that is wrong, and nothing of it; no output appears."""
    monkeypatch.setattr("deid.detect.engine.Detector", lambda *_: None)
    source = tmp_path / "in.jsonl"
    source.write_text(f"\n{text}\n", encoding="utf-8")
    said = call("annotate", source, tmp_path / "out.jsonl")
    assert said.code == ExitCode.INPUT
    assert "input line 2" in said.error
    assert CANARY not in said.err
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("wanted", [f"{CANARY} Hargreaves.docx", "t-ffff", "T-0123456789ABCDEF"])
def test_an_id_that_is_none_is_not_handed_to_prefect(call: Call, blank: Path, wanted: str) -> None:
    """Prefect stores and shows what it refuses, and a mistaken id may be a file name."""
    said = call("run", "--workspace", blank, "--only", wanted)
    assert said.code == ExitCode.USAGE
    assert wanted not in said.error + said.out
    assert not (blank / "prefect").exists()


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["status", "--nonsense"], ["audit", "show", "--type", "nonsense"]]
)
def test_a_wrong_call_is_a_usage_error(call: Call, arguments: list[str]) -> None:
    """What is mistyped ends with 2 and a hint."""
    said = call(*arguments)
    assert said.code == ExitCode.USAGE
    assert "--help" in said.err


def test_as_a_process_it_says_the_same(blank: Path, tmp_path: Path) -> None:
    """The installed command ends with the code, one line on standard error and no traceback."""
    shutil.rmtree(blank / "staging")
    for root in (tmp_path / "none", blank):
        answer = subprocess.run(
            [Path(sys.executable).with_name("deid"), "status", "--workspace", root],
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == ExitCode.WORKSPACE
        assert answer.stdout == ""
        assert answer.stderr.count("\n") == 1
        assert answer.stderr.startswith("deid: ")
