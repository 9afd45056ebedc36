"""Promise: a run does not depend on where it works, who may write the inbox, or the clock."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from deid.audit import read
from deid.errors import ExitCode

from .killing import outputs, problem

pytestmark = [pytest.mark.model, pytest.mark.slow]
type RunHere = Callable[..., Any]
type Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def expected(small_study: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the small study gives under usual circumstances."""
    from .filling import run  # noqa: PLC0415 - seconds

    root = Path(shutil.copytree(small_study, tmp_path_factory.mktemp("usual") / "study"))
    run(root)
    return outputs(root)


@pytest.fixture
def read_only(small_study: Path, tmp_path: Path) -> Iterator[Path]:
    """A workspace on a path with spaces and accents, whose inbox nobody may write.

    Root may write everywhere, so for root it is also mounted as read-only where that can be done.
    """
    root = Path(shutil.copytree(small_study, tmp_path / "Étude n° 1, Zoë's (final)" / "study"))
    inbox = root / "inbox"
    folders = [inbox, inbox / "sub"]
    for path in inbox.rglob("*.*"):
        path.chmod(0o400)
    for folder in folders:
        folder.chmod(0o500)
    mounted = os.geteuid() == 0 and all(
        subprocess.run(["mount", *how], capture_output=True, check=False).returncode == 0
        for how in (["--bind", inbox, inbox], ["-o", "remount,bind,ro", inbox])
    )
    try:
        yield root
    finally:
        if mounted:
            subprocess.run(["umount", "-l", inbox], check=True)
        for folder in folders:
            folder.chmod(0o700)


def looks(inbox: Path) -> dict[str, tuple[int, int, str]]:
    """Size, time of change and digest of every file."""
    return {
        str(path): (
            path.stat().st_size,
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in inbox.rglob("*.*")
    }


def test_read_only_inbox_on_a_path_with_accents(
    read_only: Path,
    deid: Command,
    expected: dict[str, str],
    prefect_once: Callable[[Path], Path],
) -> None:
    """By the command line, with all its processes: the same bytes, raw files untouched."""
    prefect_once(read_only)
    before = looks(read_only / "inbox")
    done = deid("run", "--workspace", read_only)
    assert done.returncode == ExitCode.OK, done.stderr
    assert outputs(read_only) == expected
    assert looks(read_only / "inbox") == before
    assert problem(read_only) == ""
    assert deid("status", "--workspace", read_only).returncode == ExitCode.OK


def clock(monkeypatch: pytest.MonkeyPatch, tick: Callable[[int], datetime]) -> None:
    """Let the log's clock say what ``tick`` gives for each look at it."""
    looked = count()

    class Clock(datetime):
        @classmethod
        def now(cls, _zone: object = None) -> datetime:  # type: ignore[override]
            return tick(next(looked))

    monkeypatch.setattr("deid.audit.log.datetime", Clock)
    monkeypatch.setattr("deid.recording.datetime", Clock)


def test_the_clock_goes_back(
    study: Path, run_here: RunHere, expected: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Back in the middle of a run, and again before the next: the log holds, in its order."""
    noon = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    late = study / "inbox" / "03 captions.vtt"
    held = late.read_bytes()
    late.unlink()
    clock(monkeypatch, lambda n: noon + timedelta(seconds=n) - timedelta(hours=int(n > 4)))
    assert run_here(study).written == 6
    late.write_bytes(held)
    clock(monkeypatch, lambda n: noon + timedelta(seconds=n) - timedelta(hours=2))
    assert run_here(study).written == 1
    assert run_here(study).written == 0
    assert problem(study) == ""
    events = list(read(study / "audit" / "events.jsonl"))
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    times = [event.at for event in events]
    assert times != sorted(times)
    assert outputs(study).keys() >= {name for name in expected if name.startswith("staging")}
