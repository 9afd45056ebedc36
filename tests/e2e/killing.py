"""Runs of a small study that are killed, and what stands on the disk after the next run.

A script, because it forks: the model is loaded once, and each run is a child that is killed by
SIGKILL at a moment in time or at one of the lines of the code that writes. Prints one JSON line a
kill. Usage: ``killing.py PRISTINE SCRATCH SEED``.
"""

import hashlib
import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import CodeType
from uuid import uuid4

from deid import worker
from deid.audit import verify
from deid.files import is_temporary
from deid.keys import load_public_key
from deid.run import open_run

IN_TIME, AT_LINE = 10, 20
_READING = ("/detect/", "/ingest/", "/verify/", "resolve.py", "repeats.py", "subjects.py")
_HERE = str(Path(worker.__file__).parent)


def main(pristine: Path, scratch: Path, seed: int) -> None:
    """Kill at moments spread over the run, one after another, each on a fresh copy."""
    rng, root = random.Random(seed), scratch / "study"  # noqa: S311 - not for secrets
    _fresh(pristine, root)
    _run(root)  # in this process, so that every fork finds model and lists loaded
    _fresh(pristine, root)
    began = time.monotonic()
    _child(root, Counter)
    lasted = time.monotonic() - began
    expected = outputs(root)
    _fresh(pristine, root)
    _child(root, partial(_at_line, 0), counted=root / "lines")
    lines = int((root / "lines").read_text())
    _tell(moment="none", state=expected, problem=problem(root), lasted=lasted, lines=lines)
    for number in range(IN_TIME):
        after = (number + rng.random()) / IN_TIME * lasted
        _fresh(pristine, root)
        _child(root, Counter, kill_after=after)
        _resume(root, f"after {after:.4f} s")
    for number in range(AT_LINE):
        line = int((number + rng.random()) / AT_LINE * lines)
        _fresh(pristine, root)
        _child(root, partial(_at_line, line))
        _resume(root, f"at line event {line}")


def outputs(root: Path) -> dict[str, str]:
    """SHA-256 of every Parquet file of a workspace, by path."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in ("staging", "audit")
        for path in sorted((root / folder).rglob("*.parquet"))
    }


def problem(root: Path) -> str:
    """What the audit log's check finds, or which temporary file was left; "" where all is well."""
    verdict = verify(root, load_public_key(root / "keys" / "signing.pub"))
    if not verdict.ok:
        return str(verdict.problem)
    left = [path.name for path in root.rglob("*") if is_temporary(path)]
    return f"left behind: {left}" if left else ""


def _fresh(pristine: Path, root: Path) -> None:
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(pristine, root)


def _resume(root: Path, moment: str) -> None:
    events = (root / "audit" / "events.jsonl").read_bytes().count(b"\n")
    code = _child(root, Counter)
    _tell(
        moment=moment,
        events=events,
        state=outputs(root),
        problem=problem(root) or (f"wait status {code}" if code else ""),
    )


def _child(
    root: Path,
    prepare: Callable[[], Counter[str]],
    *,
    kill_after: float | None = None,
    counted: Path | None = None,
) -> int:
    """Run the study in a fork; its wait status."""
    pid = os.fork()
    if pid == 0:
        try:
            seen = prepare()
            _run(root)
            if counted:
                counted.write_text(str(seen["lines"]))
            os._exit(0)
        except BaseException:  # noqa: BLE001 - a fork must never return into its parent's code
            traceback.print_exc()
        finally:
            os._exit(1)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


def _run(root: Path) -> None:
    with open_run(root, run_id=str(uuid4())) as run:
        for batch in run.batches():
            order = run.order(batch)
            run.take(batch, worker.prepare_sealed(root, None, order, last_try=True))
        run.close()


def _at_line(wanted: int) -> Counter[str]:
    """Kill this process before the line event of that number, in code that may write; 0: never."""
    seen: Counter[str] = Counter()

    def on_line(code: CodeType, _line: int) -> object:
        name = code.co_filename
        if not name.startswith(_HERE) or any(part in name for part in _READING):
            return sys.monitoring.DISABLE
        seen["lines"] += 1
        if seen["lines"] == wanted:
            os.kill(os.getpid(), signal.SIGKILL)
        return None

    tool = sys.monitoring.DEBUGGER_ID
    sys.monitoring.use_tool_id(tool, "killing")
    sys.monitoring.register_callback(tool, sys.monitoring.events.LINE, on_line)
    sys.monitoring.set_events(tool, sys.monitoring.events.LINE)
    return seen


def _tell(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
