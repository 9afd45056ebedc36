"""A fresh vault on disk and its key."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deid.vault import Vault

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An empty vault's file."""
    Vault.create(tmp_path / "vault.db", KEY)
    return tmp_path / "vault.db"


@pytest.fixture
def key() -> bytes:
    """The key of that vault."""
    return KEY


@pytest.fixture
def vault(path: Path, key: bytes) -> Iterator[Vault]:
    """That vault, open for writing."""
    with Vault.open(path, key) as opened:
        yield opened
