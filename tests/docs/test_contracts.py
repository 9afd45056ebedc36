"""The import contracts bite: what they forbid makes `lint-imports` fail.

Promise 6, that the library opens no socket, stands on one of them.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .project import ROOT

FORBIDDEN = (
    ("deid/store/rows.py", "socket"),
    ("deid/verify/check.py", "urllib"),
    ("deid/plan.py", "prefect"),
    ("deid/summary.py", "flows.coded"),
    ("deid/verify/fold.py", "deid.store"),
    ("deid/pseudonymise/replace.py", "deid.vault"),
    ("deid/errors.py", "deid.visible"),
    ("deid/transcript.py", "deid.errors"),
    ("flows/coded.py", "deid.vault"),
    ("deid/detect/words/tokens.py", "deid.detect.places.found"),
    ("deid/detect/spoken/heard/words.py", "deid.detect.spoken.web.mail"),
)
"""A module, and what it must not import."""


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages and their contracts, to be spoilt."""
    root = tmp_path_factory.mktemp("contracts")
    for package in ("deid", "flows"):
        shutil.copytree(
            ROOT / package, root / package, ignore=shutil.ignore_patterns("data", "__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


def linted(root: Path) -> tuple[int, str]:
    """Exit code and report of import-linter over a copy."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=root,
        env={"PYTHONPATH": str(root), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_contracts_hold(copied: Path) -> None:
    """As committed every contract is kept."""
    code, report = linted(copied)
    assert code == 0, report


def test_contracts_bite(copied: Path) -> None:
    """Each import that is forbidden is found, and every contract has one that breaks it."""
    before = {file: (copied / file).read_bytes() for file, _ in FORBIDDEN}
    for file, module in FORBIDDEN:
        with (copied / file).open("ab") as opened:
            opened.write(f"\nimport {module}\n".encode())
    try:
        code, report = linted(copied)
    finally:
        for file, content in before.items():
            (copied / file).write_bytes(content)
    assert code != 0
    assert " KEPT" not in report
    for file, module in FORBIDDEN:
        importer = file.removesuffix(".py").replace("/", ".")
        assert f"{importer} -> {module} (" in report


def test_a_module_needs_a_place(copied: Path) -> None:
    """A new module without a layer is named."""
    path = copied / "deid" / "unplaced.py"
    path.touch()
    try:
        code, report = linted(copied)
    finally:
        path.unlink()
    assert code != 0
    assert "- deid.unplaced" in report
