"""``deid init``: a workspace, its keys, its vault and its configuration."""

from deid import keys, settings
from deid.audit import AuditLog, EventType
from deid.cli.options import DEFAULT_WORKSPACE, WorkspaceOption, console
from deid.files import write_atomically
from deid.site import CONFIG_FOLDER
from deid.vault import Vault
from deid.workspace import Workspace


def init(workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Make a workspace: folders, keys, an empty vault, an audit log and a configuration to edit.

    What is there already is left as it is, so it may be run again.
    """
    place = Workspace.create(workspace)
    config = place.root / CONFIG_FOLDER
    config.mkdir(mode=0o700, exist_ok=True)
    for file in sorted(settings.shipped().glob("*.yaml")):
        if not (config / file.name).exists():
            write_atomically(config / file.name, file.read_bytes())
    secrets = keys.create(place)
    if not place.vault.exists():
        Vault.create(place.vault, secrets.vault_key)
    if not place.events.exists():
        log = AuditLog(place.events, secrets)
        log.append(EventType.WORKSPACE_CREATED, actor="deid", subject="workspace")
        log.checkpoint()
    console.print(f"Workspace ready: {place.root}", markup=False, soft_wrap=True)
    console.print("  inbox/         put raw transcripts here", markup=False)
    console.print("  register.csv   who is known (optional)", markup=False)
    console.print("  config/        study, policy and detection, to be edited", markup=False)
    console.print("  keys/          back these up: without them the vault is lost", markup=False)
