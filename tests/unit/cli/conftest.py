"""A workspace, the command line over it, and passwords in files."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from .calling import Call, calling


@pytest.fixture
def workspace(blank: Path) -> Path:
    """A fresh workspace."""
    return blank


@pytest.fixture
def deid(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Run ``deid`` in this process over that workspace: ``deid("users", "list")``."""
    call = calling(monkeypatch, capsys)
    monkeypatch.setenv("DEID_WORKSPACE", str(workspace))
    monkeypatch.setenv("COLUMNS", "200")
    return call


@pytest.fixture
def password(tmp_path: Path) -> Callable[..., Path]:
    """Write a password to a file of its own: ``password("…", mode=0o644)``."""

    def written(text: str, mode: int = 0o600) -> Path:
        path = tmp_path / f"password-{len(list(tmp_path.glob('password-*')))}"
        path.write_text(f"{text}\n", encoding="utf-8")
        path.chmod(mode)
        return path

    return written


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard output is taken for a terminal."""
    on_terminal = SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("deid.cli.terminal.sys", on_terminal)
