"""All commands, and what becomes of an error."""

import logging
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer._click.core import Command
from typer.core import TyperGroup

from deid import __version__
from deid.cli.options import errors
from deid.collector import resting
from deid.cores import forbid_core_dumps
from deid.errors import DeidError, ExitCode
from deid.whereabouts import is_full, unexpected

_EXIT_CODES = "\n\n".join(
    f"{code.value}  {code.name.lower().replace('_', ' ')}" for code in ExitCode
)

_COMMANDS: Mapping[str, str] = {
    "init": "initialise:init",
    "run": "run:run",
    "serve": "serve:serve",
    "review": "review:review",
    "look-again": "looking:look_again",
    "forget": "forgetting:forget",
    "report": "reporting:report",
    "status": "status:status",
    "annotate": "annotate:annotate",
    "evaluate": "evaluating:evaluate",
    "version": "app:version",
    "audit": "audit:app",
    "users": "users:app",
    "vault": "vaulting:app",
    "keys": "keying:app",
    "register": "registering:app",
    "decisions": "deciding:app",
    "release": "releasing:app",
    "bundle": "bundling:app",
}
"""Each command, and where it is: a module of this package and a function or a group in it."""


class _OnDemand(Mapping[str, Command]):
    """The commands of the table, each imported when it is asked for: all together take seconds."""

    def __getitem__(self, name: str) -> Command:
        module, _, attribute = _COMMANDS[name].partition(":")
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
        return iter(_COMMANDS)

    def __len__(self) -> int:
        return len(_COMMANDS)


class _Commands(TyperGroup):
    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        self.commands = _OnDemand()  # type: ignore[assignment] # nobody adds a command


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
