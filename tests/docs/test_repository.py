"""What is in the repository: a lock that is whole and names no place, and no trace of a machine."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .project import ROOT, tracked

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
ENTRY = re.compile(
    r"([a-z0-9._-]+)==(\S+)(?: ; [^\n\\]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n"
)
MACHINE_PATH = re.compile(
    r"(?<![\w.~})])(?:/home/|/root/|/Users/|/work/|/tmp/|C:\\Users\\)[\w.-]{2,}"
)
"""How a path of somebody's machine begins."""


def test_lock_names_no_address() -> None:
    """Where packages come from is the business of whoever installs."""
    assert "://" not in LOCK
    assert not re.search(r"^--(?!hash)|^-[a-z]|@ ", LOCK, re.MULTILINE)


def test_lock_has_hashes_for_every_entry() -> None:
    """Every line belongs to an entry of one exact version with at least one SHA-256."""
    assert "".join(match[0] for match in ENTRY.finditer(LOCK)) == LOCK
    names = [match[1] for match in ENTRY.finditer(LOCK)]
    assert len(names) == len(set(names))


def test_lock_satisfies_the_ranges() -> None:
    """Everything that pyproject.toml asks for is in the lock, in a version that it allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = {match[1]: match[2] for match in ENTRY.finditer(LOCK)}
    for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        wanted = Requirement(line)
        assert wanted.specifier.contains(locked[canonicalize_name(wanted.name)]), line


def test_python_version() -> None:
    """What pyenv and uv read."""
    assert (ROOT / ".python-version").read_text(encoding="utf-8").split() == ["3.12"]


@pytest.mark.parametrize("name", ["MIT License", "the deid authors"])
def test_licence(name: str) -> None:
    """The licence is the one that pyproject.toml names, and NOTICE names its holder too."""
    assert name in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "the deid authors" in (ROOT / "NOTICE").read_text(encoding="utf-8")


def test_no_path_of_a_machine() -> None:
    """No text file in git names a home folder or another place of the machine it was made on."""
    found = []
    for path in tracked():
        if path == Path(__file__).relative_to(ROOT):
            continue
        try:
            text = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path}: {match[0]}" for match in MACHINE_PATH.finditer(text)]
    assert not found


def test_find_python_says_what_is_missing(tmp_path: Path) -> None:
    """Without a suitable Python the message names the versions wanted and the way out."""
    script = ROOT / "tools" / "find-python"
    for tool in ("sh", "ls"):
        (tmp_path / tool).symlink_to(f"/bin/{tool}")
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    old.chmod(0o755)
    bare = {"PATH": str(tmp_path), "HOME": str(tmp_path)}
    found = subprocess.run([script], env=bare, capture_output=True, text=True, check=False)
    assert found.stdout == ""
    for given, said in (("", "No Python 3.12 or 3.13 was found"), ("python3", "python3 is not")):
        told = subprocess.run(
            [script, "--check", given], env=bare, capture_output=True, text=True, check=False
        )
        assert told.returncode != 0
        assert said in told.stderr
        assert "make run PYTHON=" in told.stderr
