"""Promise: a run that is killed, at whatever moment, and run again ends as if it had not been.

Ten kills at moments spread over a run's duration and twenty at lines of the code that writes are
done by ``killing.py``; three more go through the command line, with Prefect and worker processes.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from deid.errors import ExitCode

from .killing import AT_LINE, IN_TIME, outputs, problem

pytestmark = [pytest.mark.model, pytest.mark.slow]
SEED = 20
DEID = Path(sys.executable).with_name("deid")
type Kills = list[dict[str, Any]]


@pytest.fixture(scope="module")
def kills(small_study: Path, tmp_path_factory: pytest.TempPathFactory) -> Kills:
    """One undisturbed run, then one row for each kill and the run after it."""
    script = Path(__file__).with_name("killing.py")
    scratch = tmp_path_factory.mktemp("killing")
    command = [sys.executable, "-W", "ignore::DeprecationWarning", script, small_study, scratch]
    done = subprocess.run([*command, str(SEED)], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_undisturbed(kills: Kills) -> None:
    """The run that all others are held against wrote seven transcripts, and its log holds."""
    assert len(kills) == 1 + IN_TIME + AT_LINE
    assert len(kills[0]["state"]) == 3 * 7
    assert kills[0]["problem"] == ""


def test_same_bytes(kills: Kills) -> None:
    """After each kill the next run gives the same Parquet bytes, no file more and none less."""
    expected = kills[0]["state"]
    assert [kill["moment"] for kill in kills if kill["state"] != expected] == [], f"seed {SEED}"


def test_log_holds(kills: Kills) -> None:
    """After each kill and the next run the log holds and no temporary file is left."""
    found = {kill["moment"]: kill["problem"] for kill in kills if kill["problem"]}
    assert found == {}, f"seed {SEED}"


def test_kills_came_in_between(kills: Kills) -> None:
    """The kills fell before, between and after the transcripts: the test tests something."""
    assert len({kill["events"] for kill in kills[1:]}) >= 8


def test_command_line(
    small_study: Path,
    tmp_path: Path,
    kills: Kills,
    environment: dict[str, str],
    prefect_once: Callable[[Path], Path],
) -> None:
    """Three kills of ``deid run`` in a row, of it alone or with all its processes, then one run.

    Soon after each kill no process of it lives (one that is starting first ends its imports);
    at the end all is as undisturbed.
    """
    rng = random.Random(SEED)  # noqa: S311 - not for secrets
    root = prefect_once(Path(shutil.copytree(small_study, tmp_path / "study")))
    for written, everything in ((0, True), (1, False), (2, True)):
        kill_run(root, environment, written=written, everything=everything, rng=rng)
    done = subprocess.run([DEID, "run", "--workspace", root], env=environment, check=False)
    assert done.returncode == ExitCode.OK
    assert problem(root) == ""
    assert outputs(root) == kills[0]["state"]


def kill_run(
    root: Path, env: dict[str, str], *, written: int, everything: bool, rng: random.Random
) -> None:
    """Start a run and kill it a moment after so many transcripts stand in staging/ altogether."""
    mark = uuid4().hex
    run = subprocess.Popen(
        [DEID, "run", "--workspace", root],
        env=env | {"DEID_TEST_MARK": mark},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    log = root / "audit" / "events.jsonl"
    before = log.read_bytes().count(b"run.started")
    wait_for(lambda: log.read_bytes().count(b"run.started") > before, run)
    wait_for(lambda: len(list((root / "staging").rglob("t-*.parquet"))) >= 2 * written, run)
    time.sleep(rng.random() * 0.05)
    if everything:
        os.killpg(run.pid, signal.SIGKILL)
    else:
        run.kill()
    assert run.wait() == -signal.SIGKILL
    wait_for(lambda: not alive(mark), None, seconds=20)


def wait_for(
    condition: Callable[[], bool], run: subprocess.Popen[bytes] | None, *, seconds: float = 90
) -> None:
    """Until a condition holds; a run that ends before it, or too long a wait, fails the test."""
    end = time.monotonic() + seconds
    while not condition():
        assert run is None or run.poll() is None, f"the run ended by itself: {run.returncode}"
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def alive(mark: str) -> list[str]:
    """Processes that carry the mark in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "environ").read_bytes():
                found.append(process.name)
        except OSError:
            continue
    return found
