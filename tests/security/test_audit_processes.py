"""Promise: two processes never interleave or fork the log, and a kill never breaks it."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deid import keys
from deid.audit import AuditLog, EventType, read, verify
from deid.workspace import Workspace

APPENDER = """
import itertools, sys
from pathlib import Path
from deid import keys
from deid.audit import AuditLog, EventType
from deid.workspace import Workspace

workspace = Workspace.open(Path(sys.argv[1]))
log = AuditLog(workspace.events, keys.load(workspace))
count = int(sys.argv[3])
for turn in range(count) if count else itertools.count():
    log.append(
        EventType.TRANSCRIPT_READ, actor="deid", subject=sys.argv[2], facts={"turns": turn}
    )
    if turn % 7 == 6:
        log.checkpoint()
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A fresh workspace with keys; no key in the environment."""
    monkeypatch.delenv("DEID_STUDY_KEY", raising=False)
    made = Workspace.create(tmp_path / "ws")
    keys.create(made)
    return made


def appender(workspace: Workspace, subject: str, count: int) -> subprocess.Popen[bytes]:
    """A process that appends so many events (0: until it is killed)."""
    return subprocess.Popen(
        [sys.executable, "-c", APPENDER, str(workspace.root), subject, str(count)]
    )


def test_four_processes_make_one_chain(workspace: Workspace) -> None:
    """4 times 50 events at once: none lost, none doubled, each process's own in its order."""
    subjects = [f"t-0000000{number}" for number in range(4)]
    running = [appender(workspace, subject, 50) for subject in subjects]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    log = AuditLog(workspace.events, keys.load(workspace))
    log.checkpoint()
    assert verify(workspace.root, log.keys.public_key).ok
    for subject in subjects:
        assert [event.facts["turns"] for event in read(log.path, transcript=subject)] == [
            *range(50)
        ]


def test_kills_at_random_moments_leave_a_log_that_goes_on(workspace: Workspace) -> None:
    """After each of 8 SIGKILLs during appends the log repairs itself and holds.

    Nothing that a process was told is on disk may be missing: its events are 0, 1, 2 ... without
    a gap, whatever the moment of the kill.
    """
    rng = random.Random(8)  # noqa: S311 - not for secrets
    log = AuditLog(workspace.events, keys.load(workspace))
    for number in range(8):
        subject = f"t-0000001{number}"
        size = log.path.stat().st_size if log.path.exists() else 0
        process = appender(workspace, subject, 0)
        while not log.path.exists() or log.path.stat().st_size == size:
            time.sleep(0.005)
        time.sleep(rng.random() * 0.05)
        process.kill()
        process.wait()
        log.append(EventType.RUN_STARTED, actor="deid", subject="run-00000001")
        log.checkpoint()
        verdict = verify(workspace.root, log.keys.public_key)
        assert verdict.ok, verdict.problem
        turns = [event.facts["turns"] for event in read(log.path, transcript=subject)]
        assert turns == [*range(len(turns))]
        assert turns
