"""``deid keys``: new keys for a study whose pseudonyms stay."""

from pathlib import Path
from typing import Annotated

import typer

from deid import rotation
from deid.cli.opened import place, unsettled
from deid.cli.options import DEFAULT_WORKSPACE, ConfigOption, WorkspaceOption, console
from deid.cli.owner import system_user
from deid.keysource import secret_in

app = typer.Typer(help="Change the study's keys.", no_args_is_help=True)


@app.command()
def rotate(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    new_key_file: Annotated[
        Path | None,
        typer.Option(
            "--new-key-file",
            help="The new study key, where it is kept outside of the workspace; mode 0600.",
        ),
    ] = None,
) -> None:
    """Make a new study key, vault key and signing key; pseudonyms, ids and HMACs stay.

    The audit log is handed over to the new signing key; auditors need keys/signing.pub anew.
    """
    site, source = place(workspace, config)
    new = secret_in(new_key_file) if new_key_file else None
    done = rotation.rotate(site, source=source, new_secret=new, actor=system_user())
    console.print(
        f"Keys changed. The log is signed by {done.new[:16]} now, before by {done.old[:16]}.\n"
        f"Head {done.head}\n"
        "Back keys/ up, and hand keys/signing.pub to whoever verifies.",
        markup=False,
    )
    if new is not None:
        console.print("Give the new study key wherever the old one came from, now.", markup=False)


@app.command()
def settle(workspace: WorkspaceOption = DEFAULT_WORKSPACE, config: ConfigOption = None) -> None:
    """Complete, or take back, a change of keys that was cut short."""
    site, source = unsettled(workspace, config)
    if rotation.settle(site, source=source):
        console.print("The change of keys is complete.", markup=False)
    else:
        console.print("No change of keys was left half-way.", markup=False)
