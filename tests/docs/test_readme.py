"""What README.md and docs/ say is so: commands, links, targets, tree, columns."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from deid import register
from deid.cli.app import app
from deid.errors import ExitCode
from deid.ingest import SUFFIXES
from deid.workspace import Workspace

from .project import README, ROOT, commands, links, pages, tracked

MOST_LINES = 200
PLACEHOLDER = re.compile(r"\[[^\]]*\]")
COMMANDS = sorted(
    {command for page in pages() for command in commands((ROOT / page).read_text(encoding="utf-8"))}
)


def parsed(command: str) -> str:
    """Read a command line as the program would, and run nothing; a command alone is looked up.

    Returns the name of the command that would run.
    """
    words = shlex.split(PLACEHOLDER.sub("", command))[1:]
    current = typer.main.get_command(app)
    while isinstance(current, TyperGroup) and words and not words[0].startswith("-"):
        current = current.commands[words.pop(0)]
    options = {name for option in current.params for name in option.opts}
    if words and words[-1] in options | {"--help"}:  # named without its value
        words = words[:-1]
    if words:
        current.make_context("deid", words)
    return str(current.name)


def test_commands_are_found() -> None:
    """The search for commands sees blocks and backquotes, so that the next test has something."""
    assert {command.split()[1] for command in COMMANDS} >= {
        *("init", "run", "status", "audit", "annotate", "evaluate")
    }


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_line_is_one(command: str) -> None:
    """Each `deid …` of a page is read by the program: its command, options and kinds of value."""
    assert parsed(command) in shlex.split(PLACEHOLDER.sub("", command))


def test_exit_codes_of_the_help() -> None:
    """The help lists every exit code with its name, and no other."""
    listed = re.findall(r"^(\d+)  ([a-z ]+)$", app.info.epilog or "", re.MULTILINE)
    assert {int(value): name for value, name in listed} == {
        code.value: code.name.lower().replace("_", " ") for code in ExitCode
    }
    assert len(listed) == len(ExitCode)


def test_make_targets() -> None:
    """Every `make …` of a page is a target, and every target has its line of help."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(makefile.split(".PHONY:")[1].split("\n")[0].split())
    named = {
        target
        for page in pages()
        for target in re.findall(
            r"(?:^|`)make ([a-z-]+)", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert {"run", "test"} <= named <= phony
    assert phony == set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))


@pytest.mark.parametrize("page", pages(), ids=str)
def test_every_link_resolves(page: Path) -> None:
    """Each link to a file leads to one that is in the project."""
    for target in links(page):
        assert (ROOT / page.parent / target).resolve().is_relative_to(ROOT)
        assert (ROOT / page.parent / target).exists(), target


def test_each_promise_has_tests() -> None:
    """The six promises stand in order, each with a link to a file of tests."""
    table = README.split("## What it promises")[1].split("\n## ")[0]
    rows = [row for row in table.splitlines() if re.match(r"\| \d\.", row)]
    assert [int(row[2]) for row in rows] == [1, 2, 3, 4, 5, 6]
    for row in rows:
        shown = re.findall(r"\]\((tests/[^)]+)\)", row.split(" | ")[1])
        assert shown
        assert all("def test_" in (ROOT / path).read_text(encoding="utf-8") for path in shown)


def test_tree() -> None:
    """The tree lists the folders of the project, and the kinds of tests, all of them."""
    tree = README.split("## The tree")[1].split("```")[1]
    folders = {path.parts[:-1] for path in tracked()}
    named = set(re.findall(r"^(\S+)/ ", tree, re.MULTILINE))
    assert named == {parts[0] for parts in folders if parts and parts[0][0] != "."}
    kinds = tree.split("tests/")[1].split("\n")[0].split(",")
    assert {kind.strip() for kind in kinds} == {
        parts[1] for parts in folders if parts[:1] == ("tests",) and len(parts) > 1
    }


def test_workspace(tmp_path: Path) -> None:
    """The table names what a workspace has, and nothing that it has not."""
    table = README.split("## The workspace")[1].split("\n## ")[0]
    first_cells = " ".join(re.findall(r"^\| (`.*?) \|", table, re.MULTILINE))
    named = set(re.findall(r"`([\w.]+/?)`", first_cells))
    place = Workspace.create(tmp_path / "study")
    folders = {f"{path.name}/" for path in place.root.iterdir() if path.is_dir()}
    assert folders <= named
    assert named - folders == {"register.csv", "vault.db", "config/", "prefect/"}


def test_formats() -> None:
    """The formats named are the suffixes that have a reader."""
    sentence = README.split("in subfolders if you like:")[1].split("\n3.")[0]
    assert set(re.findall(r"\.[a-z]{3,4}\b", sentence)) == SUFFIXES


def test_register_columns() -> None:
    """The columns named are those of the register, in its order."""
    assert f"   {','.join(register.COLUMNS)}\n" in README


def test_readme_is_short() -> None:
    """Whoever opens it reads it to the end."""
    assert README.count("\n") < MOST_LINES


def test_decisions_are_listed() -> None:
    """Each decision stands in the list of decisions, and the numbers are used once."""
    folder = ROOT / "docs" / "decisions"
    there = {path.name for path in folder.glob("[0-9]*.md")}
    assert there == set(links(Path("docs/decisions/README.md")))
    assert len({name[:4] for name in there}) == len(there)
    for name in there:
        first = (folder / name).read_text(encoding="utf-8").split("\n", 1)[0]
        assert first.startswith(f"# {name[:4]} ")
