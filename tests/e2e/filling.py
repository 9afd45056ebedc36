"""Runs of a small study on a disk that is full, and what stands on it after the next run.

A script, because it forks: the model is loaded once, and each run is a child. The disk is full
from one write of this program on, half of whose bytes still fit; or it really is (a folder in
memory of so many bytes). Prints one JSON line a run. Usage: ``filling.py PRISTINE SCRATCH [DISK]``.
"""

import errno
import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from deid import worker
from deid.errors import DeidError
from deid.run import open_run

sys.path.insert(0, str(Path(__file__).parent))
from killing import outputs, problem

TRANSCRIPTS = 3
BALLASTS = 6


def main(pristine: Path, scratch: Path, disk: Path | None) -> None:
    """One run that nothing stops, then one for each write, or for each size of a full disk."""
    root = (disk or scratch) / "study"
    fresh(pristine, root)
    run(root)  # in this process, so that every fork finds model and lists loaded
    fresh(pristine, root)
    counted = scratch / "writes"
    child(lambda: run(root, full_from=None, counted=counted))
    tell("nothing", root, "")
    if disk:
        for number in range(BALLASTS):
            fresh(pristine, root)
            fill(disk, leaving=4_096 * (2 + 3 * number))
            resumed(f"ballast {number}", root, None, clear=disk / "ballast")
        return
    for number in range(int(counted.read_text(encoding="ascii"))):
        fresh(pristine, root)
        resumed(f"write {number}", root, number)


def resumed(moment: str, root: Path, full_from: int | None, *, clear: Path | None = None) -> None:
    """A run on a full disk, then one after somebody made room."""
    said = root.parent / "said" if clear is None else Path(f"{clear}.said")
    said.unlink(missing_ok=True)
    ended = child(lambda: run(root, full_from=full_from, said=said))
    if clear:
        clear.unlink()
    left = [path.name for path in root.rglob("*.deid-tmp")]
    child(lambda: run(root))
    tell(moment, root, said.read_text(encoding="utf-8") if said.exists() else "", ended, left)


def fresh(pristine: Path, root: Path) -> None:
    """The study before its first run, with its first transcripts alone."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(pristine, root)
    for path in sorted(path for path in (root / "inbox").rglob("*.*") if path.is_file())[
        TRANSCRIPTS:
    ]:
        path.unlink()


def fill(disk: Path, *, leaving: int) -> None:
    """Take all of a disk but so many bytes."""
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    (disk / "ballast").write_bytes(b"x" * max(0, free - leaving))


def run(
    root: Path,
    *,
    full_from: int | None = None,
    counted: Path | None = None,
    said: Path | None = None,
) -> None:
    """One run; the disk is full from the write of that number on."""
    seen = 0
    write = os.write

    def writes(descriptor: int, data: bytes) -> int:
        nonlocal seen
        seen += 1
        if full_from is not None and seen > full_from:
            if seen == full_from + 1 and len(data) > 1:
                return write(descriptor, bytes(data[: len(data) // 2]))
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(descriptor, data)

    os.write = writes
    try:
        with open_run(root, run_id=str(uuid4())) as opened:
            for batch in opened.batches():
                order = opened.order(batch)
                opened.take(batch, worker.prepare_sealed(root, None, order, last_try=True))
            opened.close()
    except DeidError as error:
        if said:
            os.write = write
            said.write_text(str(error), encoding="utf-8")
        raise
    finally:
        os.write = write
        if counted:
            counted.write_text(str(seen), encoding="ascii")


def child(work: Callable[[], None]) -> int:
    """Do it in a fork: 0 where it came to its end, 1 where it said what is wrong, else 2."""
    pid = os.fork()
    if pid == 0:
        code = 2
        try:
            work()
            code = 0
        except DeidError:
            code = 1
        except BaseException:  # noqa: BLE001 - a fork must never return into its parent's code
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def tell(moment: str, root: Path, said: str, ended: int = 0, left: list[str] | None = None) -> None:
    """One line of JSON."""
    facts = {"moment": moment, "state": outputs(root), "problem": problem(root), "said": said}
    sys.stdout.write(json.dumps({**facts, "ended": ended, "left": left or []}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if sys.argv[3:] else None)
