"""All commands, and what becomes of an error."""

import logging
import sys

import typer

from deid import __version__
from deid.cli import (
    annotate,
    audit,
    bundling,
    deciding,
    evaluating,
    forgetting,
    initialise,
    keying,
    looking,
    querying,
    registering,
    releasing,
    reporting,
    review,
    run,
    serve,
    status,
    users,
    vaulting,
)
from deid.cli.options import errors
from deid.cores import forbid_core_dumps
from deid.errors import DeidError, ExitCode
from deid.whereabouts import place_of

_EXIT_CODES = "\n\n".join(
    f"{code.value}  {code.name.lower().replace('_', ' ')}" for code in ExitCode
)

app = typer.Typer(
    name="deid",
    help="De-identifies research interview transcripts, and proves what it did.",
    epilog=f"Exit codes:\n\n{_EXIT_CODES}",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
app.command("init")(initialise.init)
app.command("run")(run.run)
app.command("serve")(serve.serve)
app.command("review")(review.review)
app.command("look-again")(looking.look_again)
app.command("forget")(forgetting.forget)
app.command("report")(reporting.report)
app.command("status")(status.status)
app.command("annotate")(annotate.annotate)
app.command("evaluate")(evaluating.evaluate)
audit.app.command("query")(querying.ask)
app.add_typer(audit.app, name="audit")
app.add_typer(users.app, name="users")
app.add_typer(vaulting.app, name="vault")
app.add_typer(keying.app, name="keys")
app.add_typer(registering.app, name="register")
app.add_typer(deciding.app, name="decisions")
app.add_typer(releasing.app, name="release")
app.add_typer(bundling.app, name="bundle")


@app.command()
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
        errors.print(f"deid: unexpected {type(error).__name__}{place_of(error)}", markup=False)
        code = ExitCode.UNEXPECTED
    else:
        return
    sys.exit(code)
