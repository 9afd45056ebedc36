"""``deid audit``: is the log whole, and what does it say."""

from datetime import datetime
from typing import Annotated

import typer

from deid.audit import EventType, read
from deid.cli import auditing, querying
from deid.cli.options import DEFAULT_WORKSPACE, Format, WorkspaceOption, show_rows
from deid.workspace import Workspace

app = typer.Typer(help="Check and read the audit log.", no_args_is_help=True)
_COLUMNS = ("seq", "at", "type", "actor", "subject", "run_id", "facts")


app.command("verify")(auditing.check)
app.command("query")(querying.ask)


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
