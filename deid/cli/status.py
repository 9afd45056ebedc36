"""``deid status``: how things stand, in counts."""

import sys
from collections import Counter
from collections.abc import Mapping
from typing import Annotated

import typer

from deid import quarantine
from deid.audit import EventType, read
from deid.cli.options import (
    DEFAULT_WORKSPACE,
    ConfigOption,
    Format,
    WorkspaceOption,
    console,
    show_rows,
)
from deid.errors import UsageError
from deid.site import Site
from deid.vault import Vault
from deid.workspace import Workspace


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
    console.print(f"Last run finished: {_last_run(site.workspace)}", markup=False, soft_wrap=True)
    names = {each.transcript_id: each.relative_path for each in records} if files else {}
    _show_withheld(quarantine.records(site.workspace.quarantine), names)


def _last_run(workspace: Workspace) -> str:
    last = None
    for event in read(workspace.events, types=(EventType.RUN_FINISHED,)):
        last = event
    return f"{last.at:%Y-%m-%d %H:%M} UTC, run {last.run_id}" if last else "never"


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
