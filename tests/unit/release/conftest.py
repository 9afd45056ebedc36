"""A small workspace with two finished transcripts and five accounts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deid.release import Releases
from deid.workspace import Workspace

from . import study


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    """The workspace, its releases not open."""
    workspace = study.workspace(tmp_path / "w")
    with study.opener(workspace)() as releases:
        study.add_accounts(releases)
    return workspace


@pytest.fixture
def releases(made: Workspace) -> Iterator[Releases]:
    """Its releases."""
    with study.opener(made)() as opened:
        yield opened
