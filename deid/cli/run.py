"""``deid run``: the flow, from the terminal."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from deid.cli.options import DEFAULT_WORKSPACE, ConfigOption, WorkspaceOption, console, errors
from deid.errors import ExitCode, UsageError
from deid.plan import Rerun
from deid.workspace import Workspace

if TYPE_CHECKING:
    from deid.run import Run
    from deid.summary import Summary

PREFECT_FOLDER = "prefect"
_ID = re.compile(r"t-[0-9a-f]{16}")  # checked here: Prefect keeps and shows what it refuses


def run(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Only this transcript id; may be repeated.")
    ] = None,
    rerun: Annotated[
        Rerun, typer.Option("--rerun", help="What to do again although nothing changed.")
    ] = Rerun.NEW,
) -> None:
    """De-identify what is new or changed in the inbox, through the Prefect flow.

    Ends with exit code 7 when anything was withheld.
    """
    if not all(map(_ID.fullmatch, only or ())):
        raise UsageError("--only: a transcript id looks like t-0123456789abcdef; see `deid status`")
    place = Workspace.open(workspace)
    _prepare_prefect(place)
    from flows.local_api import use_local_api  # noqa: PLC0415 - as below

    use_local_api()
    _run_flow(place, config, only, rerun)


def _run_flow(place: Workspace, config: Path | None, only: list[str] | None, rerun: Rerun) -> None:
    from flows.coded import FlowError  # noqa: PLC0415 - Prefect reads its settings when imported
    from flows.deidentify import deidentify, reporting  # noqa: PLC0415

    finished: list[Run] = []
    with _progress_bar() as show:

        def progress(now: "Run") -> None:
            finished[:] = [now]
            show(now)

        with reporting(progress):
            state = deidentify(place.root, config, only, rerun, return_state=True)
    if not finished or not finished[0].closed:
        failure = state.result(raise_on_failure=False)
        errors.print(f"deid: {failure}", markup=False)
        code = failure.exit_code if isinstance(failure, FlowError) else ExitCode.UNEXPECTED
        raise typer.Exit(code)
    _print_summary(finished[0].summary, place)
    if finished[0].summary.withheld_now:
        raise typer.Exit(ExitCode.WITHHELD)


def _prepare_prefect(place: Workspace) -> None:
    """Keep Prefect's own files in the workspace and its voice down, unless it is configured.

    Prefect creates its database for all to read unless the umask forbids it.
    """
    os.umask(0o077)
    folder = place.root / PREFECT_FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("PREFECT_HOME", str(folder))
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")  # below are tracebacks
    os.environ.setdefault("PREFECT_LOGGING_TO_CONSOLE_LEVEL", "CRITICAL")
    os.environ.setdefault("OMP_NUM_THREADS", "1")


@contextmanager
def _progress_bar() -> Iterator["Callable[[Run], None]"]:
    if not errors.is_terminal:
        yield _plain_line
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=errors) as bar:
        task = bar.add_task("starting", total=None)
        yield lambda now: bar.update(
            task, description="transcripts", total=now.due, completed=now.done
        )


def _plain_line(now: "Run") -> None:
    errors.print(f"{now.done} of {now.due} transcripts", markup=False)


def _print_summary(summary: "Summary", place: Workspace) -> None:
    table = Table(title="Run finished", title_justify="left", show_header=False)
    table.add_row("outcome", summary.sentence())
    table.add_row("words", f"{summary.words:,}")
    for entity_type, count in sorted(summary.redactions.items()):
        table.add_row(f"  {entity_type}", f"{count:,}")
    table.add_row("seconds", f"{summary.seconds:.1f}")
    table.add_row("Parquet", str(place.staging))
    table.add_row("audit log", str(place.events))
    table.add_row("withheld", str(place.quarantine))
    console.print(table)
    console.print(f"Audit head {summary.head}", markup=False, soft_wrap=True)
