"""``deid status``: how things stand, in counts."""

from collections import Counter

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
from deid.site import Site
from deid.vault import Vault


def status(workspace: WorkspaceOption = DEFAULT_WORKSPACE, config: ConfigOption = None) -> None:
    """Show how many transcripts are done, which are withheld and why, and the last run."""
    site = Site.open(workspace, config)
    with Vault.open(site.workspace.vault, site.keys.vault_key, read_only=True) as vault:
        states = Counter(record.state.value for record in vault.transcripts())
    last = None
    for event in read(site.workspace.events, types=(EventType.RUN_FINISHED,)):
        last = event
    console.print(f"Study {site.settings.programme.study.id}", markup=False)
    counts = ", ".join(f"{count} {state}" for state, count in sorted(states.items())) or "none yet"
    console.print(f"Transcripts: {counts}", markup=False)
    when = f"{last.at:%Y-%m-%d %H:%M} UTC, run {last.run_id}" if last else "never"
    console.print(f"Last run finished: {when}", markup=False)
    records = quarantine.records(site.workspace.quarantine)
    if records:
        show_rows(
            ("transcript", "reason", "stage", "turn", "detail"),
            (
                {
                    "transcript": record.transcript_id,
                    "reason": record.reason.value,
                    "stage": record.stage,
                    "turn": record.turn,
                    "detail": record.detail,
                }
                for record in records
            ),
            Format.TABLE,
            title="Withheld",
        )
