"""All commands, and what becomes of an error."""

import logging
import sys
from collections.abc import Iterator, Mapping
from copy import copy
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer._click import Context, HelpFormatter
from typer._click.core import Command
from typer.core import TyperCommand, TyperGroup

from deid import __version__
from deid.cli.options import errors
from deid.collector import resting
from deid.cores import forbid_core_dumps
from deid.errors import DeidError, ExitCode
from deid.whereabouts import is_full, unexpected

_EXIT_CODES = "\n\n".join(
    f"{code.value}  {code.name.lower().replace('_', ' ')}" for code in ExitCode
)


class _Command(NamedTuple):
    """Where it is, a module of this package and a function or a group in it; and what it does."""

    place: str
    about: str


COMMANDS: Mapping[str, _Command] = {
    "init": _Command(
        "initialise:init",
        "Make a workspace: folders, keys, an empty vault, an audit log and a configuration to "
        "edit.",
    ),
    "run": _Command(
        "run:run", "De-identify what is new or changed in the inbox, through the Prefect flow."
    ),
    "serve": _Command(
        "serve:serve", "Serve the Prefect UI and run the nights; stops with Ctrl-C or SIGTERM."
    ),
    "review": _Command("review:review", "Serve the review desk in the browser, until Ctrl-C."),
    "look-again": _Command(
        "looking:look_again",
        "Run detection once more over what was written and not looked at since; counts turns.",
    ),
    "forget": _Command(
        "forgetting:forget",
        "Remove what was written of a transcript, and what the vault kept of it; for good.",
    ),
    "report": _Command(
        "reporting:report",
        "Write one self-contained HTML page from the audit log: counts, ids, digests, no original.",
    ),
    "status": _Command(
        "status:status",
        "Show how many transcripts are done, which are withheld and why, and the last run.",
    ),
    "annotate": _Command(
        "annotate:annotate",
        "Find identifiers in texts of `Speaker: utterance` lines; needs no workspace.",
    ),
    "evaluate": _Command(
        "evaluating:evaluate",
        "Measure recall, precision and needless removal on texts with gold spans.",
    ),
    "version": _Command("app:version", "Print the version."),
    "audit": _Command("audit:app", "Check and read the audit log."),
    "users": _Command("users:app", "Make, change and list accounts."),
    "vault": _Command("vaulting:app", "Back the vault up, restore it, look behind a pseudonym."),
    "keys": _Command("keying:app", "Change the study's keys."),
    "register": _Command("registering:app", "Check, import, extend and list the register."),
    "decisions": _Command("deciding:app", "What people decided in the review desk."),
    "release": _Command("releasing:app", "Release transcripts, by two checkers' approval."),
    "bundle": _Command("bundling:app", "Check a bundle."),
}
"""Each command; what it does is the first paragraph of its own help, told here without it."""


class _OnDemand(Mapping[str, Command]):
    """The commands of the table, each imported when it is asked for: all together take seconds."""

    def __getitem__(self, name: str) -> Command:
        module, _, attribute = COMMANDS[name].place.partition(":")
        with resting():
            found = getattr(import_module(f"deid.cli.{module}"), attribute)
        if isinstance(found, typer.Typer):
            group = typer.main.get_group(found)
            group.name = name
            return group
        alone = typer.Typer(add_completion=False, rich_markup_mode="rich")
        alone.command(name)(found)
        return typer.main.get_command(alone)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _Commands(TyperGroup):
    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        self.commands = _OnDemand()  # type: ignore[assignment] # nobody adds a command

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """As the original, but to list the commands imports none of them."""
        listed = copy(self)
        listed.commands = {
            name: TyperCommand(name, help=each.about) for name, each in COMMANDS.items()
        }
        super(_Commands, listed).format_help(ctx, formatter)


app = typer.Typer(
    cls=_Commands,
    name="deid",
    epilog=f"Exit codes:\n\n{_EXIT_CODES}",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


@app.callback()
def deid() -> None:
    """De-identifies research interview transcripts, and proves what it did."""


def version() -> None:
    """Print the version."""
    typer.echo(__version__)


def main() -> None:
    """Run the command line; every failure becomes one line and an exit code."""
    forbid_core_dumps()
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    try:
        app()
    except DeidError as error:
        errors.print(f"deid: {error}", markup=False)
        code = error.exit_code
    except KeyboardInterrupt:
        errors.print("deid: interrupted; what was not finished is done by the next run")
        code = ExitCode.UNEXPECTED
    except Exception as error:  # noqa: BLE001 - a traceback could show what a message may not
        errors.print(f"deid: {unexpected(error)}", markup=False)
        code = ExitCode.WORKSPACE if is_full(error) else ExitCode.UNEXPECTED
    else:
        return
    sys.exit(code)
