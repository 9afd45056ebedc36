"""``deid register``: who is known to the study, checked and changed without showing anybody."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from deid import registering
from deid.cli.opened import with_keys, with_vault
from deid.cli.options import (
    DEFAULT_WORKSPACE,
    ConfigOption,
    Format,
    WorkspaceOption,
    console,
    show_rows,
)
from deid.cli.owner import system_user
from deid.cli.terminal import refuse_without_terminal
from deid.detect.words.gazetteer import is_common
from deid.errors import ExitCode, RegisterError
from deid.faults import Fault, faults
from deid.register import Person, read
from deid.registering import Change
from deid.workspace import Workspace

app = typer.Typer(help="Check, import, extend and list the register.", no_args_is_help=True)

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A register as CSV.")]
FormatOption = Annotated[Format, typer.Option("--format", help="How to write it.")]
RenamedOption = Annotated[
    list[str] | None,
    typer.Option(
        "--renamed",
        metavar="PARTICIPANT_ID",
        help="This entry is the same person as before, although nothing of it is as it was; "
        "may be given again.",
    ),
]
_FAULTS = ("line", "column", "rule", "weight")
_COUNTS = ("reference", "role", "names", "aliases", "identifiers", "places")


@app.command()
def check(source: FileArgument, how: FormatOption = Format.TABLE) -> None:
    """Say what is wrong or risky in a file, by line and column; needs no workspace."""
    found = faults(source, is_common=is_common)
    _show(found, how)
    if any(not fault.risky for fault in found):
        raise typer.Exit(ExitCode.REGISTER)


@app.command("import")
def import_file(
    source: FileArgument,
    renamed: RenamedOption = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
) -> None:
    """Make a file the register of the workspace, unless something in it is wrong."""
    with with_vault(workspace, config) as opened:
        change, risky = registering.import_file(
            opened.workspace,
            opened.log,
            opened.vault,
            source,
            is_common=is_common,
            renamed=renamed or (),
            actor=system_user(),
        )
    if risky:
        _show(risky, Format.TABLE)
    _tell(change)


@app.command("add-alias")
def add_alias(
    reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="Its participant_id.")],
    from_stdin: Annotated[
        bool, typer.Option("--from-stdin", help="Read the alias from standard input, one line.")
    ] = False,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
) -> None:
    """Add a name by which somebody is called; it is typed or piped, never an argument."""
    if not from_stdin and not sys.stdin.isatty():
        raise RegisterError("there is no terminal to ask at; pipe the alias in with --from-stdin")
    alias = sys.stdin.readline() if from_stdin else str(typer.prompt("Alias", err=True))
    place, _, log = with_keys(workspace, config)
    _tell(registering.add_alias(place, log, reference, alias, actor=system_user()))


@app.command("list")
def list_entries(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    names: Annotated[
        bool, typer.Option("--names", help="Show names too, on a terminal only.")
    ] = False,
    how: FormatOption = Format.TABLE,
) -> None:
    """Show references, roles and counts; nobody's name unless asked for."""
    if names:
        refuse_without_terminal()
    people = read(Workspace.open(workspace).register).people
    columns = (*_COUNTS, "called") if names else _COUNTS
    show_rows(columns, (_counted(person, names=names) for person in people), how)


def _counted(person: Person, *, names: bool) -> dict[str, object]:
    row: dict[str, object] = {
        "reference": person.reference,
        "role": person.role,
        "names": len(person.given) + bool(person.family),
        "aliases": len(person.aliases),
        "identifiers": len(person.identifiers),
        "places": len(person.places),
    }
    if names:
        row["called"] = "; ".join((" ".join((*person.given, person.family)), *person.aliases))
    return row


def _show(found: list[Fault], how: Format) -> None:
    rows = (
        {
            "line": fault.line,
            "column": fault.column,
            "rule": fault.rule,
            "weight": "risky" if fault.risky else "wrong",
        }
        for fault in found
    )
    show_rows(_FAULTS, rows, how)


def _tell(change: Change) -> None:
    if change.digest == change.before and not change.renamed:
        console.print("The register is unchanged.", markup=False)
        return
    console.print(
        f"Register: {change.added} added, {change.changed} changed, {change.removed} removed. "
        "Run `deid run` now.",
        markup=False,
        soft_wrap=True,
    )
