"""Promise: who does the work, and who is killed over it, changes no byte of what is written.

On a real Dask scheduler with two worker processes on the loopback, over TLS as between machines,
which spill as early as they can, so that what they spill is seen.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from deid.audit import verify
from deid.keys import load_public_key
from tests.flows.certificates import Certified, certify

pytestmark = [pytest.mark.model, pytest.mark.slow]
type Flow = Callable[..., Any]

CANARIES = (b"Oyelaran", b"Achterberg", b"Bramhall", b"07700 900311", b"gabapentin", b"tutor.txt")
LONG = 8
SPILLING = {
    "DASK_DISTRIBUTED__WORKER__MEMORY__TARGET": "0.01",
    "DASK_DISTRIBUTED__WORKER__MEMORY__SPILL": "False",
    "DASK_DISTRIBUTED__WORKER__MEMORY__PAUSE": "False",
    "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "False",
}


@dataclass
class Cluster:
    """A scheduler and two workers; everything that they leave on the disk is in ``folder``."""

    address: str
    folder: Path
    certified: Certified
    workers: list[subprocess.Popen[bytes]]
    seen: dict[str, bytes] = field(default_factory=dict)

    @property
    def told(self) -> dict[str, str]:
        """The lines of ``execution`` that lead to it."""
        held = self.certified
        tls = {"ca": str(held.ca), "certificate": str(held.certificate), "key": str(held.key)}
        return {"engine": "dask", "address": self.address} | {
            key: f'"{value}"' for key, value in tls.items()
        }

    def look(self) -> None:
        """Remember what stands in the files of the cluster now."""
        for path in self.folder.rglob("*"):
            if path.is_file():
                try:
                    self.seen[f"{path}:{path.stat().st_size}"] = path.read_bytes()
                except OSError:
                    continue  # gone in the meantime


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Started as a trust would start it; stopped in the end."""
    folder = tmp_path_factory.mktemp("cluster")
    told = folder / "scheduler.json"
    env = os.environ | SPILLING | {"TMPDIR": str(folder)}
    certified = certify(folder)
    tls = {"ca-file": certified.ca, "cert": certified.certificate, "key": certified.key}
    told_tls = [each for name, file in tls.items() for each in (f"--tls-{name}", file)]

    def start(kind: str, name: str, *options: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}"]
        shared = ["--scheduler-file", told, "--host", "tls://127.0.0.1", "--no-dashboard"]
        with (folder / f"{name}.log").open("wb") as log:
            every = [str(each) for each in (*command, *shared, *told_tls, *options)]
            return subprocess.Popen(every, stdout=log, stderr=log, env=env, cwd=folder)

    one = ("--nthreads", 1, "--no-nanny", "--memory-limit", "1MB", "--local-directory", folder)
    started = [start("scheduler", "scheduler", "--port", 0)]
    try:
        _wait(lambda: told.exists() and b"tls://" in told.read_bytes())
        started += [start("worker", f"worker-{n}", *one, "--name", f"w{n}") for n in range(2)]
        found = re.search(r"tls://[0-9.]+:\d+", told.read_text(encoding="utf-8"))
        assert found
        log = folder / "scheduler.log"
        _wait(lambda: log.read_bytes().count(b"Register worker") >= 2)
        yield Cluster(found.group(), folder, certified, started[1:])
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def _wait(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "the cluster did not start"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def large(small_study: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study with some longer transcripts of the same people, not run yet."""
    root = Path(shutil.copytree(small_study, tmp_path_factory.mktemp("large") / "study"))
    for number in range(LONG):
        said = "".join(
            f"P{number}: On day {line} Desmond Achterberg and I went to Swindon about my back.\n"
            f"INT: And what did Philippa Oyelaran say about the {line * number} exercises?\n"
            for line in range(60)
        )
        (root / "inbox" / f"long {number}.txt").write_text(said, encoding="utf-8")
    return root


def configured(pristine: Path, root: Path, **lines: str) -> Path:
    """A copy of a workspace with other lines in its block about execution."""
    shutil.copytree(pristine, root)
    path = root / "config" / "deid.yaml"
    text = path.read_text(encoding="utf-8")
    for key, value in lines.items():
        text, count = re.subn(rf"(?m)^(  (?:  )?){key}: \S+", rf"\g<1>{key}: {value}", text)
        assert count == 1, key
    path.write_text(text, encoding="utf-8")
    return root


def outputs(root: Path) -> dict[str, str]:
    """SHA-256 of every Parquet file of a workspace, by path."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in ("staging", "audit")
        for path in sorted((root / folder).rglob("*.parquet"))
    }


@pytest.fixture(scope="module")
def expected(large: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What one process writes, one transcript after another, without Prefect."""
    from deid import worker  # noqa: PLC0415 - seconds
    from deid.run import open_run  # noqa: PLC0415

    root = configured(large, tmp_path_factory.mktemp("alone") / "study")
    with open_run(root, run_id=str(uuid4())) as run:
        for batch in run.batches():
            run.take(batch, worker.prepare_sealed(root, None, run.order(batch), last_try=True))
        assert run.close().withheld_now == 0
    worker._opened.cache_clear()
    return outputs(root)


def holds(root: Path) -> bool:
    """Whether the audit log and every file that it lists are as recorded."""
    verdict = verify(root, load_public_key(root / "keys" / "signing.pub"))
    assert verdict.ok, verdict.problem
    return verdict.ok


def test_three_processes(large: Path, tmp_path: Path, flow: Flow, expected: dict[str, str]) -> None:
    """Three processes of this machine write what one writes."""
    root = configured(large, tmp_path / "study", workers="3")
    state = flow(root)
    assert state.is_completed(), state.message
    assert outputs(root) == expected
    assert holds(root)


def test_a_worker_of_the_cluster_is_killed(
    large: Path, tmp_path: Path, flow: Flow, cluster: Cluster, expected: dict[str, str]
) -> None:
    """One of two dies in the middle: nothing lost or doubled, the same bytes, nothing readable.

    What the workers spilled meanwhile, logged and left in their folders holds no name.
    """
    from flows.reporting import reporting  # noqa: PLC0415 - seconds

    root = configured(large, tmp_path / "study", **cluster.told)
    killed_at: list[int] = []

    def progress(now: Any) -> None:
        cluster.look()
        if now.done >= 3 and not killed_at:
            cluster.workers[0].kill()
            cluster.workers[0].wait()
            killed_at.append(now.done)

    with reporting(progress):
        state = flow(root)
    cluster.look()
    assert state.is_completed(), state.message
    assert killed_at
    assert killed_at[0] < 7 + LONG
    assert outputs(root) == expected
    assert holds(root)
    log = (cluster.folder / "scheduler.log").read_bytes()
    assert b"Remove worker" in log or b"Removing worker" in log
    assert any("/storage/" in name or "/dask-" in name for name in cluster.seen)
    found = {n: c for n, held in cluster.seen.items() for c in CANARIES if c in held}
    assert found == {}


@pytest.mark.parametrize("case", ["plain", "other authority", "no key"])
def test_only_with_a_certificate_of_its_authority(
    large: Path, tmp_path: Path, flow: Flow, cluster: Cluster, case: str
) -> None:
    """Whoever comes without TLS or with another's certificate is refused, and told why."""
    other = certify(tmp_path)
    if case == "no key":
        other.key.unlink()
    told = {"engine": "dask", "address": cluster.address.replace("tls://", "tcp://")}
    if case != "plain":
        told = replace(cluster, certified=other).told
    state = flow(configured(large, tmp_path / "study", **told))
    assert (state.name, "nothing was changed" in state.message) == ("Refused", True)
    assert ("execution.tls" in state.message) == (case != "plain")
    assert outputs(tmp_path / "study") == {}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("/nowhere", "http://127.0.0.1:9/api"), "does not find the workspace"),
        (("workspace", "http://127.0.0.1:9/api"), "does not reach Prefect's API"),
        (("workspace", "https://127.0.0.1:9/api"), "does not reach Prefect's API"),
    ],
)
def test_a_worker_that_cannot_do_the_work(large: Path, asked: tuple[str, str], said: str) -> None:
    """What a second machine lacks is found before a run begins."""
    from flows.fitness import fitness, unfit_for  # noqa: PLC0415

    answer = fitness(str(large) if asked[0] == "workspace" else asked[0], asked[1])
    assert said in unfit_for(answer)
    assert "another version" in unfit_for("0.0.9")
    assert "does not have this program" in unfit_for(ModuleNotFoundError())


def test_workers_are_told_where_the_api_is(
    large: Path, tmp_path: Path, flow: Flow, cluster: Cluster
) -> None:
    """The address for people is the one for workers, too; nothing begins where it is not theirs."""
    root = configured(large, tmp_path / "study", **cluster.told)
    config = root / "config" / "deid.yaml"
    told = config.read_text(encoding="utf-8")
    config.write_text(told.replace('public_url: ""', 'public_url: "http://127.0.0.1:9"'))
    state = flow(root)
    assert state.name == "Refused"
    assert "does not reach Prefect's API" in state.message


def test_the_cluster_does_not_answer(
    large: Path, tmp_path: Path, flow: Flow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run says what is wrong before it has changed anything."""
    monkeypatch.setattr("flows.cluster._SECONDS", 1)
    root = configured(large, tmp_path / "study", engine="dask", address="tcp://127.0.0.1:9")
    before = (root / "audit" / "events.jsonl").read_bytes()
    state = flow(root)
    assert state.is_failed()
    assert "does not answer" in state.message
    assert (root / "audit" / "events.jsonl").read_bytes() == before


def test_dask_is_not_installed(
    large: Path, tmp_path: Path, flow: Flow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the extra the run names it."""
    monkeypatch.delitem(sys.modules, "flows.cluster", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    root = configured(large, tmp_path / "study", engine="dask", address="tcp://127.0.0.1:9")
    state = flow(root)
    assert state.is_failed()
    assert "deid[dask]" in state.message


def test_a_lock_that_a_dead_process_held_keeps_no_run_from_ending() -> None:
    """A process killed in the middle of a report holds the queue's lock for ever.

    The run is done by then; its own process ends all the same, or no night would follow.
    """
    script = (
        "from flows.engines import LocalEngine\n"
        "if __name__ == '__main__':\n"
        "    with LocalEngine(1).open(words=0) as runner:\n"
        "        runner._subprocess_message_queue._wlock.acquire()\n"
        "    print('closed')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=90, check=False
    )
    assert (done.returncode, done.stdout) == (0, "closed\n"), done.stderr


@pytest.mark.parametrize(("folder", "way"), [("/tmp", "forkserver"), ("/" + "x" * 80, "spawn")])  # noqa: S108
def test_a_long_path_of_temporary_files_keeps_no_process_from_starting(
    folder: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fork server's socket lies in there; where its path would be too long, none is asked."""
    from flows.engines import _forking  # noqa: PLC0415 - Prefect reads its settings when imported

    monkeypatch.setattr("tempfile.tempdir", folder)
    assert _forking().get_start_method() == way
