"""``deid forget``: a participant withdraws."""

from typing import Annotated

import typer

from deid.cli.options import DEFAULT_WORKSPACE, ConfigOption, WorkspaceOption, console
from deid.cli.passwords import AsOption, PasswordFileOption, signed_in
from deid.deciding import open_deciding
from deid.forgetting import forget as forget_transcript
from deid.verify.lexicon import common_word


def forget(
    transcript_id: Annotated[str, typer.Argument(metavar="TRANSCRIPT", help="Its id.")],
    name: AsOption = None,
    password_file: PasswordFileOption = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
) -> None:
    """Remove what was written of a transcript, and what the vault kept of it; for good.

    Take its raw file out of the inbox first. Needs the role administrator. The log keeps that it
    was removed; a release that has it is withdrawn with `deid release withdraw`.
    """
    with open_deciding(workspace, config, is_common=common_word) as held:
        by = signed_in(held.accounts, name, password_file)
        forget_transcript(
            held.site, held.vault, held.log, held.accounts, transcript_id=transcript_id, by=by
        )
    console.print(f"Forgotten: {transcript_id}", markup=False)
