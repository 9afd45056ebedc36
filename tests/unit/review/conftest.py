"""A desk over a small workspace with accounts, asked through its own application."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from deid.review import create_app
from deid.review.desk import Desk

from . import desks


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with three finished transcripts and an account for each role; not to change."""
    return desks.workspace(tmp_path_factory.mktemp("desk") / "study")


@pytest.fixture
def desk(prepared: Path) -> Iterator[Desk]:
    """Its desk."""
    opened = Desk(prepared, hasher=desks.HASHER)
    yield opened
    opened.close()


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    """A browser that follows no redirect by itself, not signed in."""
    with TestClient(
        create_app(desk), base_url="http://localhost", follow_redirects=False
    ) as browser:
        yield browser


@pytest.fixture
def own(prepared: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk over a copy that may be changed."""
    opened = Desk(Path(shutil.copytree(prepared, tmp_path / "study")), hasher=desks.HASHER)
    yield opened
    opened.close()


@pytest.fixture
def carl(own: Desk) -> Iterator[TestClient]:
    """A checker who is signed in at that desk."""
    with TestClient(
        create_app(own), base_url="http://localhost", follow_redirects=False
    ) as browser:
        assert desks.sign_in(browser, "carl") == 303
        yield browser
