"""What a killed build or withdrawal left is finished or undone by what opens the workspace next.

A release that was noted is finished: its event goes to the log, its folder gets its name. What was
not noted is undone: the half-filled folder is deleted. A run does this as much as a command about
releases, so that nothing waits in the outbox until somebody thinks of releasing again.
"""

from dataclasses import replace

from deid import bundle
from deid.audit import AuditLog
from deid.errors import ReleaseError
from deid.files import TEMPORARY_SUFFIX
from deid.release import pending, record
from deid.release.record import Release
from deid.release.states import State
from deid.vault import Vault
from deid.workspace import Workspace


def settle(workspace: Workspace, vault: Vault, log: AuditLog) -> None:
    """Finish what a killed process left; at every start, under the workspace's lock.

    A finished folder that somebody took away meanwhile cannot be put into its place: `deid audit
    verify` names its files, and the release can only be withdrawn.

    Raises:
        ReleaseError: Something that no release made stands at a release's place.
        AuditError: The log does not hold or cannot be written; what is noted stays noted.
    """
    outbox = workspace.outbox
    pending.flush(vault, log)
    wanted = set()
    for release in record.every(vault):
        if release.state is State.RELEASED and release.folder:
            wanted.add(release.folder)
            _put_into_place(workspace, vault, release)
        elif release.state is State.WITHDRAWN:
            bundle.remove(outbox / release.release_id)
    for left in outbox.glob(f".*{TEMPORARY_SUFFIX}"):
        if left.is_dir() and left.name not in wanted:
            bundle.discard(left)


def _put_into_place(workspace: Workspace, vault: Vault, release: Release) -> None:
    target, folder = workspace.outbox / release.release_id, workspace.outbox / release.folder
    if folder.is_dir():
        try:
            bundle.place(folder, target)
        except FileExistsError:
            raise ReleaseError(
                f"outbox/{release.release_id}: something that no release made stands there; "
                "take it away"
            ) from None
    elif not target.is_dir():
        return
    with vault.transaction():
        record.put(vault, replace(release, folder=""))
