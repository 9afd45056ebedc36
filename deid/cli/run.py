"""``deid run``: the flow, from the terminal."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from deid.cli.options import (
    DEFAULT_WORKSPACE,
    ConfigOption,
    Format,
    WorkspaceOption,
    console,
    errors,
    show_pairs,
    show_rows,
)
from deid.collector import resting
from deid.errors import ExitCode
from deid.faults import note
from deid.morning import planned_rows, rows, why
from deid.plan import Plan, Rerun, check_ids
from deid.whereabouts import DISK_FULL, has_room
from deid.workspace import Workspace

if TYPE_CHECKING:
    from deid.run import Run
    from deid.summary import Summary

PREFECT_FOLDER = "prefect"


def run(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Only this transcript id; may be repeated.")
    ] = None,
    rerun: Annotated[
        Rerun,
        typer.Option(
            "--rerun",
            help="Which: what is new or changed; what is withheld; what a changed register or "
            "policy touches; all.",
        ),
    ] = Rerun.NEW,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done; write nothing.")
    ] = False,
) -> None:
    """De-identify what is new or changed in the inbox, through the Prefect flow.

    Ends with exit code 7 when anything was withheld.
    """
    check_ids(only or ())  # before Prefect, which keeps and shows what it refuses
    place = Workspace.open(workspace)
    _warn(place)
    if dry_run:
        from deid.run import preview  # noqa: PLC0415 - brings detection, for which no server waits

        _show_plan(preview(place.root, config, only=only or (), rerun=rerun))
        return
    with place.lock():
        pass  # a second run is told so now, and not when Prefect has started
    _prepare_prefect(place)
    from flows.local_api import use_local_api  # noqa: PLC0415 - as below

    wait = use_local_api(place.root)
    _run_flow(place, config, only, rerun, wait)


def _run_flow(
    place: Workspace,
    config: Path | None,
    only: list[str] | None,
    rerun: Rerun,
    wait_for_api: "Callable[[], None]",
) -> None:
    with resting():
        from flows.coded import FlowError  # noqa: PLC0415 - Prefect reads its settings when imported
        from flows.deidentify import deidentify  # noqa: PLC0415
        from flows.form import work_of  # noqa: PLC0415
        from flows.local_api import unless_gone, watch  # noqa: PLC0415
        from flows.reporting import reporting  # noqa: PLC0415

    wait_for_api()
    watch(_end)
    finished: list[Run] = []
    failed: list[FlowError] = []
    with _progress_bar() as show:

        def progress(now: "Run") -> None:
            finished[:] = [now]
            show(now)

        with reporting(progress, failed.append), unless_gone():
            work = work_of(only or (), rerun)
            deidentify(work, str(place.root), str(config or ""), return_state=True)
    if not finished or not finished[0].closed:
        told = failed[0] if failed else FlowError("Prefect did not run it; see its log")
        if not has_room(place.root):
            told = FlowError(DISK_FULL, ExitCode.WORKSPACE)
        errors.print(f"deid: {told}", markup=False)
        raise typer.Exit(told.exit_code)
    _print_summary(finished[0].summary, place)
    if finished[0].summary.withheld_now:
        raise typer.Exit(ExitCode.WITHHELD)


def _end() -> None:
    """Stop here and now: whoever waits for Prefect's API cannot be asked to stop."""
    from flows.local_api import GONE  # noqa: PLC0415

    errors.print(f"deid: {GONE}", markup=False)
    os._exit(ExitCode.BUSY)


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
    os.environ.setdefault("PREFECT_INTERNAL_LOGGING_LEVEL", "CRITICAL")
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


def _warn(place: Workspace) -> None:
    told = note(place.register)
    if told:
        errors.print(told, markup=False)


def _plain_line(now: "Run") -> None:
    errors.print(f"{now.done} of {now.due} transcripts", markup=False)


def _show_plan(plan: Plan) -> None:
    show_pairs(planned_rows(plan), title="Dry run: nothing was written")
    listed = ({"transcript": item.transcript_id, "why": why(item.why)} for item in plan.todo)
    if plan.todo:
        show_rows(("transcript", "why"), listed, Format.TABLE)


def _print_summary(summary: "Summary", place: Workspace) -> None:
    console.print(summary.sentence(), markup=False, soft_wrap=True)
    folders = {"Parquet": place.staging, "Audit log": place.events, "Quarantine": place.quarantine}
    by_type = ((f"  {name}", f"{count:,}") for name, count in sorted(summary.redactions.items()))
    places = ((name, str(path)) for name, path in folders.items())
    show_pairs((*rows(summary), *by_type, *places), title="Run finished")
    console.print(f"Audit head {summary.head}", markup=False, soft_wrap=True)
