"""A workspace with keys and an empty log."""

from pathlib import Path

import pytest

from deid import keys
from deid.audit import AuditLog
from deid.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A fresh workspace; no key in the environment."""
    monkeypatch.delenv("DEID_STUDY_KEY", raising=False)
    return Workspace.create(tmp_path / "ws")


@pytest.fixture
def log(workspace: Workspace) -> AuditLog:
    """Its log, still without a line."""
    return AuditLog(workspace.events, keys.create(workspace))
