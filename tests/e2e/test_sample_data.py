"""Promise: ``deid run`` on the sample data leaves no gold identifier, and the log proves the rest.

One run of the command line over all twenty raw files, then everything that it wrote is read.
"""

import hashlib
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deid.audit import Flaw, read, verify
from deid.audit.verdict import EVENTS
from deid.errors import ExitCode
from deid.keys import load_public_key

from . import gold, outputs

pytestmark = [pytest.mark.model, pytest.mark.slow]
type Command = Callable[..., subprocess.CompletedProcess[str]]
SEED = 20250304
NAMES = [record["id"] for record in gold.RECORDS]


@pytest.fixture(scope="module")
def root(
    tmp_path_factory: pytest.TempPathFactory,
    deid: Command,
    prefect_once: Callable[[Path], Path],
) -> Path:
    """A workspace made by ``deid init``, with the sample data in it."""
    workspace = tmp_path_factory.mktemp("sample") / "workspace"
    made = deid("init", "--workspace", workspace)
    assert made.returncode == ExitCode.OK, made.stderr
    for path in (gold.SAMPLE / "inbox").iterdir():
        shutil.copyfile(path, workspace / "inbox" / path.name)
    shutil.copyfile(gold.SAMPLE / "register.csv", workspace / "register.csv")
    return prefect_once(workspace)


@pytest.fixture(scope="module")
def finished(root: Path, deid: Command) -> subprocess.CompletedProcess[str]:
    """The run over it."""
    return deid("run", "--workspace", root)


@pytest.fixture(scope="module")
def written(root: Path, finished: subprocess.CompletedProcess[str]) -> str:
    """Every Parquet cell and the whole audit log as one text."""
    assert finished.returncode in {ExitCode.OK, ExitCode.WITHHELD}, finished.stderr
    logs = [path.read_text(encoding="utf-8") for path in (root / "audit").glob("*.jsonl")]
    return "\n".join([*outputs.cells(root), *logs])


@pytest.fixture
def copy(
    root: Path, finished: subprocess.CompletedProcess[str], tmp_path: Path
) -> Callable[[], Any]:
    """The run's evidence in a place where it may be damaged; calling it verifies it."""
    assert finished.returncode in {ExitCode.OK, ExitCode.WITHHELD}
    for folder in ("audit", "staging"):
        shutil.copytree(root / folder, tmp_path / folder)
    key = load_public_key(root / "keys" / "signing.pub")
    return lambda: verify(tmp_path, key)


def damage(path: Path, position: int, rng: random.Random) -> bytes:
    """Change one byte of a file to any other; the bytes as they were."""
    before = path.read_bytes()
    path.write_bytes(
        before[:position]
        + bytes([(before[position] + rng.randrange(1, 256)) % 256])
        + before[position + 1 :]
    )
    return before


class TestRun:
    def test_everything_is_written(self, finished: subprocess.CompletedProcess[str]) -> None:
        """All twenty are done, none is withheld, the exit code says so."""
        assert "20 written, 0 unchanged, 0 withheld" in finished.stdout
        assert finished.returncode == ExitCode.OK
        assert finished.stderr.splitlines()[-1] == "20 of 20 transcripts"

    def test_second_run(self, root: Path, deid: Command, written: str) -> None:
        """A second run does nothing and says so: the same bytes, and a log that still holds."""
        assert written
        before = digests(root)
        again = deid("run", "--workspace", root)
        assert "nothing new: 20 unchanged" in again.stdout
        assert again.returncode == ExitCode.OK
        assert digests(root) == before
        checked = deid("audit", "verify", "--workspace", root)
        assert checked.returncode == ExitCode.OK, checked.stderr
        assert "60 files as recorded" in checked.stdout


class TestNothingLeaks:
    @pytest.mark.parametrize("record", gold.RECORDS, ids=NAMES)
    def test_at_its_place(self, root: Path, written: str, record: dict[str, Any]) -> None:
        """Where gold marks a person, speaker, place, postcode or NHS number, no word of it stands.

        Outside of what was replaced, the text is the raw text (checked while it is aligned).
        """
        assert written
        out = outputs.output(root, record["file"])
        assert out is not None, "withheld"
        assert list(gold.leaks(record, out.raw, out.covered)) == []

    def test_anywhere(self, written: str) -> None:
        """A string that gold marks wherever it occurs stands in no cell and no line of the log."""
        strings = gold.unmistakable()
        assert len(strings) > 250
        assert [text for text in strings if gold.standing(text, written)] == []

    def test_never_said(self, written: str) -> None:
        """Struck-out words and the authors of files stand nowhere."""
        never = {text for record in gold.RECORDS for text in record["never"]}
        assert never
        assert [text for text in never if gold.standing(text, written)] == []

    def test_file_names(self, root: Path, written: str) -> None:
        """No inbox file's name, nor a part of it, is the name of anything written."""
        stems = [Path(record["file"]).stem for record in gold.RECORDS]
        names = [path.name for path in root.rglob("*") if not path.is_relative_to(root / "inbox")]
        assert [
            stem for stem in stems if stem in written or any(stem in name for name in names)
        ] == []


class TestAudit:
    def test_holds(self, copy: Callable[[], Any]) -> None:
        """The log and all files that it lists hold, and no output is unlisted."""
        verdict = copy()
        assert verdict.ok, verdict.problem
        assert verdict.unlisted == 0
        assert verdict.signed == verdict.events

    def test_any_byte_of_the_log(self, copy: Callable[[], Any], tmp_path: Path) -> None:
        """Whichever byte of the log is changed, it no longer holds, and the line is named."""
        rng, log = random.Random(SEED), tmp_path / EVENTS  # noqa: S311 - not for secrets
        for position in rng.sample(range(log.stat().st_size), 40):
            before = damage(log, position, rng)
            problem = copy().problem
            log.write_bytes(before)
            line = before[:position].count(b"\n") + 1
            assert problem is not None, position
            assert problem.where.startswith("audit/"), position
            assert line <= problem.line <= line + 1, (position, problem)
        assert copy().ok

    def test_any_byte_of_any_file(self, copy: Callable[[], Any], tmp_path: Path) -> None:
        """Whichever Parquet file is changed in whichever byte, it is named."""
        rng = random.Random(SEED)  # noqa: S311 - not for secrets
        listed = {
            name for event in read(tmp_path / EVENTS) for name, to in event.files.items() if to
        }
        assert len(listed) >= 51
        for name in sorted(listed):
            before = damage(tmp_path / name, rng.randrange((tmp_path / name).stat().st_size), rng)
            problem = copy().problem
            (tmp_path / name).write_bytes(before)
            assert problem is not None, name
            assert (problem.flaw, problem.where) == (Flaw.FILE_CHANGED, name)
        assert copy().ok

    def test_command_names_the_place(self, root: Path, written: str, deid: Command) -> None:
        """``deid audit verify`` fails with its exit code and says line and file."""
        assert written
        path = min((root / "staging" / "turns").iterdir())
        before = damage(path, 100, random.Random(SEED))  # noqa: S311 - not for secrets
        checked = deid("audit", "verify", "--workspace", root)
        path.write_bytes(before)
        assert checked.returncode == ExitCode.AUDIT
        assert f"staging/turns/{path.name}" in re.sub(r"\s", "", checked.stderr)
        assert re.search(r"line\s+\d+", checked.stderr)


def digests(root: Path) -> dict[str, str]:
    """SHA-256 of every Parquet file, by path."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*.parquet"))
    }
