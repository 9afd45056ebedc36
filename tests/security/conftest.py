"""A study with finished transcripts and accounts, borrowed from the tests of releases."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from deid.cli import main

type Call = Callable[..., tuple[int, str]]


@pytest.fixture(scope="session")
def helper() -> ModuleType:
    """``tests/unit/release/study.py``."""
    path = Path(__file__).parents[1] / "unit" / "release" / "study.py"
    spec = importlib.util.spec_from_file_location("study_of_the_release_tests", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """``deid …`` in this process: its exit code and all that it said."""
    for name in ("DEID_WORKSPACE", "DEID_CONFIG", "DEID_STUDY_KEY"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["deid", *map(str, arguments)])
        code: int | str | None = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code
        said = capsys.readouterr()
        return int(code or 0), said.out + said.err

    return run
