"""What one service is made of: the workspace, what it was told, and its files in ``prefect/``."""

from dataclasses import dataclass, field
from pathlib import Path

from deid import settings
from deid.settings import NotifySettings, ScheduleSettings, ServeSettings
from deid.workspace import Workspace
from flows.serving.password import credential

CONFIG_FOLDER, PREFECT_FOLDER = "config", "prefect"
LEASH = f"{PREFECT_FOLDER}/serve.lock"
"""Where, in a workspace, its service locks."""


@dataclass(frozen=True)
class Place:
    """One workspace as it is served; ``auth`` is ``user:password``."""

    workspace: Workspace
    config: Path | None
    study: str
    schedule: ScheduleSettings
    serve: ServeSettings
    notify: NotifySettings
    auth: str = field(repr=False)

    @classmethod
    def open(cls, root: Path, config: Path | None = None) -> "Place":
        """Open a workspace to be served; makes ``prefect/`` and the password where missing.

        Raises:
            DeidError: workspace, settings or password cannot be used.
        """
        workspace = Workspace.open(root)
        told = settings.load(config or workspace.root / CONFIG_FOLDER).programme
        place = cls(
            workspace=workspace,
            config=config.absolute() if config else None,
            study=told.study.id,
            schedule=told.schedule,
            serve=told.serve,
            notify=told.notify,
            auth=credential(workspace.keys),
        )
        place.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        return place

    @property
    def folder(self) -> Path:
        """Prefect's own folder in the workspace."""
        return self.workspace.root / PREFECT_FOLDER

    @property
    def logs(self) -> Path:
        """What the parts print."""
        return self.folder / "logs"

    @property
    def told(self) -> Path:
        """What was told to whom, so that it is told once."""
        return self.folder / "told.json"

    @property
    def untold(self) -> Path:
        """Why somebody cannot be told, for as long as that is so."""
        return self.folder / "untold.txt"

    @property
    def leash(self) -> Path:
        """What the service locks for as long as it lives; holds its address."""
        return self.workspace.root / LEASH

    @property
    def address(self) -> str:
        """Where this machine reaches the UI."""
        host = f"[{self.serve.host}]" if ":" in self.serve.host else self.serve.host
        return f"http://{host}:{self.serve.port}"

    @property
    def shown(self) -> str:
        """Where people reach the UI."""
        return self.serve.public_url or self.address
