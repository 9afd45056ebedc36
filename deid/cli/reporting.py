"""``deid report``: what a run, a release or a transcript was, as one page to attach."""

from pathlib import Path
from typing import Annotated

import typer

from deid.cli.options import DEFAULT_WORKSPACE, ConfigOption, WorkspaceOption, console
from deid.files import write_atomically
from deid.reporting import html, report_of
from deid.site import Site


def report(
    what: Annotated[
        str, typer.Argument(metavar="ID", help="A run's, a release's or a transcript's id.")
    ],
    out: Annotated[Path, typer.Option("--out", help="The HTML file to write.", dir_okay=False)],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
) -> None:
    """Write one self-contained HTML page from the audit log: counts, ids, digests, no original.

    It says whether the log held when it was made, and is fit to be attached as evidence.
    """
    site = Site.open(workspace, config)
    made = report_of(
        site.workspace.root,
        what,
        study=site.settings.programme.study.id,
        public_key=site.keys.public_key,
    )
    write_atomically(out, html(made).encode())
    console.print(f"Report: {out}", markup=False, soft_wrap=True)
