"""``deid decisions``: what people decided in the review desk, for measuring detection."""

from pathlib import Path
from typing import Annotated

import typer

from deid.cli.options import DEFAULT_WORKSPACE, ConfigOption, WorkspaceOption, console
from deid.cli.owner import system_user

app = typer.Typer(no_args_is_help=True, help="What people decided in the review desk.")


@app.callback()
def decisions() -> None:
    """What people decided in the review desk."""


@app.command()
def gold(
    out: Annotated[
        Path, typer.Argument(metavar="OUT.jsonl", help="The file to write (raw speech!).")
    ],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
) -> None:
    """Write the transcripts in which somebody decided as gold for `deid evaluate`.

    The file holds raw speech and must stay inside the trust; it is readable by its owner alone.
    """
    from deid.golden import write_gold  # noqa: PLC0415 - loads spaCy, which takes seconds

    made = write_gold(workspace, config, out, actor=system_user())
    left = f"; {made.left_out} not done, left out" if made.left_out else ""
    console.print(
        f"{made.transcripts} transcripts, {made.spans} spans{left}. It holds raw speech: keep it "
        "inside the trust",
        markup=False,
    )
