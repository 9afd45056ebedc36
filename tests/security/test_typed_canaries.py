"""Promise: what people type stays in the vault: passwords, reasons, aliases, registers.

Every field of the command line gets a canary, rightly and wrongly used; then all that was said
and every byte of the workspace besides the register are searched.
"""

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from deid.errors import ExitCode
from deid.register import COLUMNS

type Call = Callable[..., tuple[int, str]]

PASSWORD, WRONG = "Zebedee battery staple", "Hepzibah battery staple"
REASON = "Peregrine Oakenshaw of Bishopsworth asked us to"
ALIAS, NAME = "Ermintrude", "Bickerstaffe"
_ROW = (
    f"P09,participant,Leocadia,{NAME},Leo,1961-02-03,9990000034,KT2 7QQ,07700 900345,"
    "l@example.org,Uley"
)
CANARIES = (
    *("Zebedee", "Hepzibah", "Peregrine", "Oakenshaw", "Bishopsworth", ALIAS, NAME, "Leocadia"),
    *("1961-02-03", "9990000034", "KT2 7QQ", "07700 900345", "l@example.org", "Uley"),
)


@pytest.fixture
def secret(tmp_path: Path) -> Callable[[str], Path]:
    """A password in a file of mode 0600."""

    def written(text: str) -> Path:
        path = tmp_path / f"password-{text[:2]}"
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def root(helper: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace, and a folder of its own for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    made = helper.workspace(tmp_path / "w").root
    monkeypatch.setenv("DEID_WORKSPACE", str(made))
    return Path(made)


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """What stands on standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def test_nothing_that_is_typed_is_written_or_said(
    call: Call, root: Path, secret: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Accepted, refused and mistyped: none of it in output, log, outputs or temporary files."""
    said = list(_accounts_and_releases(call, secret))
    typed(monkeypatch, f"{ALIAS}\n")
    said.append(call("register", "add-alias", "P01", "--from-stdin"))
    for wrong in (f"{ALIAS};{NAME}", "", f"{NAME}\x1b[31m"):
        typed(monkeypatch, wrong)
        said.append(call("register", "add-alias", "P01", "--from-stdin"))
    header = ",".join(COLUMNS)
    for number, text in enumerate(
        (f"{header}\n{_ROW}\n", f"{header}\n{_ROW}\n{_ROW}\n", f"{header}\n{_ROW},x\n", _ROW)
    ):
        source = root.parent / f"register-{number}.csv"
        source.write_text(text, encoding="utf-8")
        said += [call("register", "check", source), call("register", "import", source)]
    said += [call("register", "list"), call("audit", "show"), call("audit", "verify")]
    codes = [code for code, _ in said]
    assert codes.count(0) > 10
    assert {ExitCode.ACCOUNT, ExitCode.RELEASE, ExitCode.REGISTER} <= set(codes)
    assert ExitCode.UNEXPECTED not in codes
    assert said[-1][0] == 0
    everything = "".join(text for _, text in said)
    assert [canary for canary in CANARIES if canary.casefold() in everything.casefold()] == []
    assert "Traceback" not in everything
    assert _found(root) == {}
    assert [path for path in (root.parent / "temporary").rglob("*") if path.is_file()] == []


def _accounts_and_releases(call: Call, secret: Callable[[str], Path]) -> list[tuple[int, str]]:
    right, wrong = secret(PASSWORD), secret(WRONG)
    roles = ("administrator", "releaser", "reidentifier")
    first = [option for role in roles for option in ("--role", role)]
    ada, mallory = ("--as", "ada", "--password-file", right), ("--as", "ada", "--password-file")
    done = [call("users", "add", "ada", *first, "--new-password-file", right)]
    for name in ("kim", "lee"):
        new = ("--role", "checker", "--new-password-file", right)
        done.append(call("users", "add", name, *new, *ada))
    ask = ("release", "request", "--transcripts", "all", "--purpose", "Analysis")
    done.append(call(*ask, "--recipient", "University of Example", *mallory, wrong))
    done.append(call(*ask, "--recipient", NAME, *ada))
    asked = call(*ask, "--recipient", "University of Example", *ada)
    release = asked[1].split("Requested: ")[1].split()[0]
    kim = ("--as", "kim", "--password-file", right)
    done += [
        asked,
        call("release", "review", release, *kim),
        call("release", "reject", release, "--reason", REASON, *kim),
        call("release", "reject", release, "--reason", REASON, *kim),
        call("release", "withdraw", release, "--reason", REASON, *ada),
        call("release", "withdraw", release, "--reason", REASON, *ada),
        call("vault", "lookup", "Nurse 2", "--reason", REASON, *ada),
        call("vault", "lookup", f"{NAME} 1", "--reason", REASON, *ada),
    ]
    return done


def test_a_reason_for_looking_is_not_shown(
    call: Call, root: Path, secret: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal, with the right and the wrong pseudonym, the reason stays in the vault."""
    _accounts_and_releases(call, secret)
    terminal = SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("deid.cli.terminal.sys", terminal)
    ada = ("--as", "ada", "--password-file", secret(PASSWORD))
    for pseudonym in ("Nurse 2", f"{NAME} 1"):
        code, said = call("vault", "lookup", pseudonym, "--reason", REASON, *ada)
        assert code == ExitCode.VAULT
        assert not [canary for canary in CANARIES if canary in said]
    assert _found(root) == {}


def _found(root: Path) -> dict[str, list[str]]:
    """Which canaries stand in which file besides the register, which people keep themselves."""
    found = {}
    for path in root.rglob("*"):
        if path.is_file() and path.name != "register.csv":
            data = path.read_bytes().lower() + path.name.lower().encode()
            held = [canary for canary in CANARIES if canary.lower().encode() in data]
            found |= {path.relative_to(root).as_posix(): held} if held else {}
    return found


def test_the_search_would_find(root: Path) -> None:
    """In any file, and in its name."""
    (root / "audit" / "x").write_text(f"so {NAME} said")
    (root / f"{ALIAS}.txt").touch()
    assert _found(root) == {"audit/x": [NAME], f"{ALIAS}.txt": [ALIAS]}
