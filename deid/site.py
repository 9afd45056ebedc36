"""One workspace as configured: folders, settings, keys and register, opened together."""

from dataclasses import dataclass, replace
from pathlib import Path

from deid import keys, register, settings
from deid.ingest import Limits
from deid.keysource import KeyCommand, KeyEnvironment, KeyFile, KeySource
from deid.rotation import settle
from deid.settings import KeySettings
from deid.settings import KeySource as Source
from deid.workspace import Workspace

CONFIG_FOLDER = "config"
_MEGABYTE = 10**6


@dataclass(frozen=True)
class Site:
    """What every process of a run opens for itself; holds secrets, so it does not pickle."""

    workspace: Workspace
    settings: settings.Settings
    keys: keys.StudyKeys
    register: register.Register

    @classmethod
    def open(cls, root: Path, config: Path | None = None) -> "Site":
        """Open a workspace with the settings of ``config``, else of its own ``config/``.

        Raises:
            DeidError: workspace, settings, key or register cannot be used.
        """
        workspace = Workspace.open(root)
        told = settings.load(config or workspace.root / CONFIG_FOLDER)
        source = key_source(told.programme.keys)
        settle(workspace, source=source)
        return cls(
            workspace=workspace,
            settings=told,
            keys=keys.load(workspace, source=source),
            register=register.read(workspace.register),
        )

    @property
    def limits(self) -> Limits:
        """The sizes beyond which a file is refused."""
        told = self.settings.programme.limits
        return replace(
            Limits(),
            file_bytes=told.file_megabytes * _MEGABYTE,
            unpacked_bytes=told.unpacked_megabytes * _MEGABYTE,
        )


def programme_of(root: Path, config: Path | None = None) -> settings.Programme:
    """What a workspace is told; needs no key, so that it can be asked for first.

    Raises:
        DeidError: workspace or settings cannot be used.
    """
    workspace = Workspace.open(root)
    return settings.load(config or workspace.root / CONFIG_FOLDER).programme


def key_source(told: KeySettings) -> KeySource:
    """Where the study key comes from, as configured."""
    match told.source:
        case Source.FILE:
            return KeyFile()
        case Source.ENVIRONMENT:
            return KeyEnvironment()
        case Source.COMMAND:
            return KeyCommand(told.command)
