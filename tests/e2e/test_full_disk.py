"""Promise: a full disk half-writes nothing, and the run after it ends as if it had had room.

Full from each write of this program in turn, half of which still fits; and truly full, in a small
folder in memory, where the database's own writes fail too (only root can make one).
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.model, pytest.mark.slow]
type Runs = list[dict[str, Any]]
SCRIPT = Path(__file__).with_name("filling.py")


@pytest.fixture(scope="module")
def injected(small_study: Path, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """One undisturbed run, then one row for each write."""
    return runs(small_study, tmp_path_factory.mktemp("filling"))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a folder in memory")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def runs(*arguments: Path) -> Runs:
    """What the script tells."""
    command = [sys.executable, "-W", "ignore::DeprecationWarning", SCRIPT, *arguments]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(rows: Runs) -> None:
    """The same bytes, a log that holds, nothing left behind, a message that says what to do."""
    undisturbed, *full = rows
    assert len(undisturbed["state"]) == 3 * 3
    assert [row["moment"] for row in full if row["state"] != undisturbed["state"]] == []
    assert {row["moment"]: row["problem"] for row in rows if row["problem"]} == {}
    assert {row["moment"]: row["left"] for row in full if row["left"]} == {}
    assert {row["moment"] for row in full if row["ended"] not in (0, 1)} == set()


def test_at_every_write(injected: Runs) -> None:
    """Whichever write it is that has no room."""
    check(injected)
    full = injected[1:]
    assert len(full) > 15
    assert all(row["ended"] == 1 for row in full)
    assert any("full" in row["said"] for row in full)
    assert all("full" in row["said"] or "No space left" in row["said"] for row in full)


def test_on_a_full_disk(small_study: Path, tmp_path: Path, disk: Path) -> None:
    """Wherever it is that the disk itself has no more room."""
    (tmp_path / "scratch").mkdir()
    rows = runs(small_study, tmp_path / "scratch", disk)
    check(rows)
    assert any(row["ended"] == 1 for row in rows[1:])
