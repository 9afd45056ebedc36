"""Promise: no byte of the audit log, its checkpoints or a recorded file changes unseen."""

import random
from bisect import bisect_right
from itertools import accumulate
from pathlib import Path

import pytest

from deid import keys
from deid.audit import AuditLog, EventType, Flaw, verify
from deid.audit.verdict import COPIES, EVENTS
from deid.files import sha256_file
from deid.workspace import Workspace

PLACES = 2000
REDACTIONS = "audit/redactions/t-00000001.parquet"
TURNS = "staging/t-00000001.parquet"


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AuditLog:
    """Two runs of a small workspace, each under a checkpoint, with two recorded files."""
    monkeypatch.delenv("DEID_STUDY_KEY", raising=False)
    workspace = Workspace.create(tmp_path / "ws")
    made = AuditLog(workspace.events, keys.create(workspace))
    rng = random.Random(4)  # noqa: S311 - not for secrets
    for path in (REDACTIONS, TURNS):
        (workspace.root / path).write_bytes(rng.randbytes(500))
    for run in ("run-00000001", "run-00000002"):
        made.append(EventType.RUN_STARTED, actor="deid", subject=run, run_id=run)
        made.append(
            EventType.TRANSCRIPT_WRITTEN,
            actor="deid",
            subject="t-00000001",
            run_id=run,
            facts={"words": 812, "redactions": {"PERSON": 9}, "share": 0.25},
            files={path: sha256_file(workspace.root / path) for path in (REDACTIONS, TURNS)},
        )
        made.append(EventType.RUN_FINISHED, actor="deid", subject=run, run_id=run)
        made.checkpoint(run_id=run)
    assert verify(workspace.root, made.keys.public_key).ok
    return made


def test_a_change_of_any_byte_is_found_and_named(log: AuditLog) -> None:
    """In 2,000 random places, any other byte: the line of the log or copies, or the file."""
    root, rng = log.path.parent.parent, random.Random(2)  # noqa: S311 - not for secrets
    contents = {name: (root / name).read_bytes() for name in (EVENTS, COPIES, REDACTIONS, TURNS)}
    weights = [len(data) for data in contents.values()]
    for _ in range(PLACES):
        name = rng.choices(list(contents), weights)[0]
        data = contents[name]
        place = rng.randrange(len(data))
        changed = bytes([(data[place] + rng.randrange(1, 256)) % 256])
        (root / name).write_bytes(data[:place] + changed + data[place + 1 :])
        problem = verify(root, log.keys.public_key).problem
        (root / name).write_bytes(data)
        assert problem is not None, (name, place)
        assert problem.where == name
        if name in {EVENTS, COPIES}:
            ends = list(accumulate(map(len, data.splitlines(keepends=True))))
            assert problem.line == bisect_right(ends, place) + 1
        else:
            assert problem.flaw is Flaw.FILE_CHANGED


def test_removing_any_line_is_found(log: AuditLog) -> None:
    """Of the log and of the copies, one line or all from there to the end."""
    root = log.path.parent.parent
    for name in (EVENTS, COPIES):
        data = (root / name).read_bytes()
        lines = data.splitlines(keepends=True)
        for number in range(len(lines)):
            for kept in ([*lines[:number], *lines[number + 1 :]], lines[:number]):
                (root / name).write_bytes(b"".join(kept))
                problem = verify(root, log.keys.public_key).problem
                assert problem is not None
                assert problem.where == name
                assert problem.line == number + 1
        (root / name).write_bytes(data)


def test_exchanging_any_two_lines_is_found(log: AuditLog) -> None:
    """The first of the two places is named."""
    root = log.path.parent.parent
    lines = log.path.read_bytes().splitlines(keepends=True)
    for first in range(len(lines)):
        for second in range(first + 1, len(lines)):
            swapped = list(lines)
            swapped[first], swapped[second] = lines[second], lines[first]
            log.path.write_bytes(b"".join(swapped))
            problem = verify(root, log.keys.public_key).problem
            assert problem is not None
            assert (problem.flaw, problem.line) == (Flaw.REORDERED, first + 1)


def test_inserting_or_dropping_any_byte_is_found(log: AuditLog) -> None:
    """A byte more or less, in 300 places, is found in its line (or shows at the line after)."""
    rng = random.Random(3)  # noqa: S311 - not for secrets
    root, data = log.path.parent.parent, log.path.read_bytes()
    for _ in range(300):
        place = rng.randrange(len(data))
        extra = bytes([rng.randrange(256)]) if rng.random() < 0.5 else b""
        log.path.write_bytes(data[:place] + extra + data[place + (not extra) :])
        problem = verify(root, log.keys.public_key).problem
        assert problem is not None
        line = data.count(b"\n", 0, place) + 1
        assert line <= problem.line <= line + 1


def test_no_key_or_secret_stands_in_the_log(log: AuditLog) -> None:
    """What the log and its copies hold can be shown to anyone."""
    root = log.path.parent.parent
    secrets = [
        (root / "keys" / "study.key").read_bytes().strip(),
        log.keys.vault_key.hex().encode(),
    ]
    held = log.path.read_bytes() + (root / COPIES).read_bytes()
    assert not any(secret in held for secret in secrets)
