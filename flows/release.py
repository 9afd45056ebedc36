"""Building what two checkers have approved. Nothing here can approve, and nobody signs in here.

Whoever may start a run may start this one, so it takes a release's id and no password: the votes in
the vault alone decide, and the log names the program as the one who built. See decision 0013.
"""

import re
from pathlib import Path
from typing import Annotated, Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed
from pydantic import Field

from deid.errors import UsageError
from deid.release.unattended import build_approved
from flows.artifacts import show_release
from flows.states import BUILD, forget_parameters, mark, stated

_ID = re.compile(r"r-[0-9a-f]{16}")


@flow(
    name="release",
    description="Build the bundle of a release that two checkers have approved.",
    persist_result=False,
    log_prints=False,
    validate_parameters=False,  # its complaints repeat what was typed
)
@stated
def build_release(
    release: Annotated[str, Field(pattern=r"^r-[0-9a-f]{16}$")],
    workspace: str = "workspace",
    config: str = "",
) -> State[Any]:
    """Build an approved release into the outbox; refused unless two checkers have approved it.

    Args:
        release: The release's id, such as r-0123456789abcdef; `deid release status` lists them.
        workspace: The workspace folder on the machine that runs this. Leave it as it is.
        config: Folder of deid.yaml and policy.yaml. Leave it empty for the workspace's own.
    """
    if not isinstance(release, str) or not _ID.fullmatch(release):
        forget_parameters()
        raise UsageError(
            "release: type an id such as r-0123456789abcdef; see `deid release status`"
        )
    mark(BUILD)
    built = build_approved(Path(workspace), Path(config) if config else None, release)
    show_release(release, built.transcripts, built.head)
    return Completed(
        message=f"built outbox/{release}: {built.transcripts} transcripts; "
        f"audit head {built.head[:16]}"
    )
