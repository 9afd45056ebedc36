"""``deid status``: how things stand, in counts."""

import sys
from collections import Counter
from collections.abc import Mapping
from typing import Annotated

import typer

from deid import quarantine
from deid.advice import FOR_WITHHELD
from deid.cli.options import (
    DEFAULT_WORKSPACE,
    ConfigOption,
    Format,
    WorkspaceOption,
    console,
    show_pairs,
    show_rows,
)
from deid.errors import UsageError
from deid.faults import note
from deid.morning import LastRun, last_run, rows
from deid.site import Site
from deid.vault import Vault


def status(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    files: Annotated[
        bool,
        typer.Option("--files", help="Also the withheld files' names, on a terminal only."),
    ] = False,
) -> None:
    """Show how many transcripts are done, which are withheld and why, and the last run.

    File names often name people; --files shows them to whoever sits at the terminal and refuses
    to write them anywhere else.
    """
    if files and not sys.stdout.isatty():
        raise UsageError("file names may name people: --files writes to a terminal only")
    site = Site.open(workspace, config)
    with Vault.open(site.workspace.vault, site.keys.vault_key, read_only=True) as vault:
        records = list(vault.transcripts())
    states = Counter(record.state.value for record in records)
    counts = ", ".join(f"{count} {state}" for state, count in sorted(states.items())) or "none yet"
    console.print(f"Study {site.settings.programme.study.id}", markup=False)
    console.print(f"Transcripts: {counts}", markup=False)
    if told := note(site.workspace.register):
        console.print(told, markup=False, soft_wrap=True)
    _show_last_run(last_run(site.workspace.events))
    names = {each.transcript_id: each.relative_path for each in records} if files else {}
    _show_withheld(quarantine.records(site.workspace.quarantine), names)


def _show_last_run(last: LastRun | None) -> None:
    if last is None or last.ended is None or last.summary is None:
        began = f"began {last.began:%Y-%m-%d %H:%M} UTC, not finished" if last else "never"
        console.print(f"Last run: {began}", markup=False)
        if last:
            console.print("It is going on, or was killed: then the next run finishes its work.")
        return
    console.print(f"Last run finished: {last.ended:%Y-%m-%d %H:%M} UTC", markup=False)
    by_type = sorted(last.summary.redactions.items())
    counts = ((f"  {name}", f"{count:,}") for name, count in by_type)
    show_pairs((*rows(last.summary), *counts), title=f"Run {last.run_id}")
    console.print(f"Audit head {last.summary.head}", markup=False, soft_wrap=True)


def _show_withheld(records: list[quarantine.Record], names: Mapping[str, str]) -> None:
    if not records:
        return
    columns = ("transcript", "reason", "stage", "turn", "detail")
    rows = (
        {
            "transcript": record.transcript_id,
            "reason": record.reason.value,
            "stage": record.stage,
            "turn": record.turn,
            "detail": record.detail,
            "file": names.get(record.transcript_id, ""),
        }
        for record in records
    )
    show_rows((*columns, "file") if names else columns, rows, Format.TABLE, title="Withheld")
    for reason in sorted({record.reason for record in records}):
        console.print(f"{reason.value}: {FOR_WITHHELD[reason]}", markup=False, soft_wrap=True)
