"""``deid vault``: backups of the vault, and the one way to look behind a pseudonym."""

from pathlib import Path
from typing import Annotated

import typer

from deid import backup as backups
from deid.cli.opened import with_keys, with_vault
from deid.cli.options import (
    DEFAULT_WORKSPACE,
    ConfigOption,
    Format,
    WorkspaceOption,
    console,
    show_rows,
)
from deid.cli.owner import system_user
from deid.cli.passwords import AsOption, PasswordFileOption, signed_in
from deid.cli.terminal import refuse_without_terminal
from deid.keys import old_vault_key
from deid.keysource import secret_in
from deid.lookup import look_up

app = typer.Typer(help="Back the vault up, restore it, look behind a pseudonym.")


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="Where nothing stands yet.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
) -> None:
    """Copy the vault, encrypted under the study's key; the keys are to be backed up elsewhere."""
    place, held, log = with_keys(workspace, config)
    done = backups.backup(place, held, log, target, actor=system_user())
    console.print(
        f"Backup written: {done.identities} identities, {done.transcripts} transcripts.\n"
        f"SHA-256 {done.digest}",
        markup=False,
    )


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="A backup of this study.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    old_key_file: Annotated[
        Path | None,
        typer.Option(
            "--old-key-file", help="The study key of its time, for one from before a rotation."
        ),
    ] = None,
) -> None:
    """Put a backup in the vault's place, keeping what it replaces; not during a run."""
    place, held, log = with_keys(workspace, config)
    old = old_vault_key(secret_in(old_key_file)) if old_key_file else None
    done = backups.restore(place, held, log, source, old_vault_key=old, actor=system_user())
    kept = f" The replaced vault is kept as {done.kept}." if done.kept else ""
    console.print(
        f"Restored: {done.identities} identities, {done.transcripts} transcripts.{kept}\n"
        "Run `deid run` now: what changed since the backup is done again.",
        markup=False,
    )


@app.command()
def lookup(
    pseudonym: Annotated[str, typer.Argument(help="As in the output, such as: 'Nurse 2'")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    reason: Annotated[
        str | None,
        typer.Option(
            "--reason",
            help="Why somebody has to know; asked for unless given. Name nobody here: other "
            "accounts of the machine can see it.",
        ),
    ] = None,
    name: AsOption = None,
    password_file: PasswordFileOption = None,
) -> None:
    """Show who stands behind a pseudonym, on a terminal only; needs the role reidentifier.

    Account and pseudonym go into the audit log; the reason is kept in the vault, its HMAC in the
    log, because a reason may name people.
    """
    refuse_without_terminal()
    with with_vault(workspace, config) as opened:
        by = signed_in(opened.accounts, name, password_file)
        written = reason if reason is not None else str(typer.prompt("Reason", err=True))
        found = look_up(
            opened.vault, opened.log, opened.accounts, pseudonym=pseudonym, reason=written, by=by
        )
    rows = (
        ("pseudonym", found.pseudonym),
        ("names", "; ".join(found.names)),
        ("register", found.register_ref or ""),
        ("transcripts", ", ".join(found.transcripts)),
    )
    show_rows(("what", "is"), ({"what": what, "is": told} for what, told in rows), Format.TABLE)
