"""``deid audit``: is the log whole, and what does it say."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from deid import keys
from deid.audit import EventType, read, verify
from deid.cli.options import DEFAULT_WORKSPACE, Format, WorkspaceOption, console, errors, show_rows
from deid.errors import ExitCode
from deid.workspace import Workspace

app = typer.Typer(help="Check and read the audit log.", no_args_is_help=True)
_COLUMNS = ("seq", "at", "type", "actor", "subject", "run_id", "facts")


@app.command("verify")
def check(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    public_key: Annotated[
        Path | None,
        typer.Option("--public-key", help="The signing key's public half, if not the workspace's."),
    ] = None,
    head: Annotated[
        str | None,
        typer.Option("--head", help="A head digest noted before; shows whether the end was cut."),
    ] = None,
) -> None:
    """Read the whole log and every file that it lists; name the first thing that does not hold."""
    place = Workspace.open(workspace)
    key = keys.load_public_key(public_key or place.keys / "signing.pub")
    verdict = verify(place.root, key, expected_head=head)
    if not verdict.ok:
        errors.print(f"deid: the audit log does not hold: {verdict.problem}", markup=False)
        raise typer.Exit(ExitCode.AUDIT)
    console.print(
        f"The audit log holds: {verdict.events} events, {verdict.files} files as recorded, "
        f"signed up to line {verdict.signed}.\nHead {verdict.head}",
        markup=False,
        soft_wrap=True,
    )


@app.command()
def show(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    transcript: Annotated[str | None, typer.Option(help="Only this transcript id.")] = None,
    kind: Annotated[
        list[EventType] | None, typer.Option("--type", help="Only these event types.")
    ] = None,
    run: Annotated[str | None, typer.Option(help="Only this run id.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="From this day on.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Up to and with this day.")
    ] = None,
    how: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> None:
    """Show events, oldest first; they hold counts, ids and digests, never speech."""
    place = Workspace.open(workspace)
    events = read(
        place.events,
        transcript=transcript,
        types=tuple(kind or ()),
        run=run,
        since=since.date() if since else None,
        until=until.date() if until else None,
    )
    show_rows(
        _COLUMNS,
        (
            {
                "seq": event.seq,
                "at": event.at.isoformat(timespec="seconds"),
                "type": event.type.value,
                "actor": event.actor,
                "subject": event.subject,
                "run_id": event.run_id,
                "facts": event.facts,
            }
            for event in events
        ),
        how,
    )
