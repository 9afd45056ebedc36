"""Promise: whatever is written is its owner's alone, however careless the umask.

The run itself, with Prefect's files, is looked at in ``test_canaries.py``.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

type Call = Callable[..., tuple[int, str]]
_SAID = "INT: I am Marguerite Oyelaran.\n"


@pytest.fixture
def careless() -> Iterator[None]:
    """A umask that lets everybody do everything."""
    before = os.umask(0)
    yield
    os.umask(before)


def loose(*roots: Path) -> list[str]:
    """What others may read, write or enter; links are never written."""
    paths = [each for root in roots for each in (root, *root.rglob("*"))]
    return [str(each) for each in paths if each.is_symlink() or each.stat().st_mode & 0o077]


@pytest.mark.usefixtures("careless")
def test_everything_that_is_written(call: Call, helper: ModuleType, tmp_path: Path) -> None:
    """Workspace, register, keys, backup, restore, releases, bundle, withdrawal, report."""
    root, out = tmp_path / "w", tmp_path / "out"
    out.mkdir(mode=0o700)
    made = helper.workspace(root)
    (tmp_path / "register.csv").write_bytes(made.register.read_bytes() + b"P02,p,Ann,Ulph,,,,,,,\n")
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "1", "text": _SAID, "spans": []}) + "\n", encoding="utf-8")
    (tmp_path / "p.jsonl").write_text('{"id": "1", "spans": []}\n', encoding="utf-8")
    at = ("--workspace", root)
    for command in (
        ("init", *at),
        ("register", "import", tmp_path / "register.csv", *at),
        ("vault", "backup", out / "copy.db", *at),
        ("vault", "restore", out / "copy.db", *at),
        ("keys", "rotate", *at),
        ("audit", "query", "SELECT type FROM events", *at),
        ("evaluate", gold, "--predictions", tmp_path / "p.jsonl", "--report", out / "report"),
    ):
        code, said = call(*command)
        assert code == 0, (command, said)
    with helper.opener(made)() as releases:
        helper.add_accounts(releases)
        folder = helper.built(releases, helper.approved(releases))
        assert len(list(folder.rglob("*"))) > 10
    written = {path.name for path in (root / "audit").iterdir()} | {
        path.name for path in out.iterdir()
    }
    assert {"events.jsonl", "checkpoints.jsonl", "copy.db", "report"} <= written
    assert loose(root, out) == []


def test_what_is_loose_is_seen(tmp_path: Path) -> None:
    """A file or folder that others can read, and a link."""
    (tmp_path / "a").touch(mode=0o640)
    (tmp_path / "b").mkdir(mode=0o711)
    (tmp_path / "c").symlink_to("nowhere")
    tmp_path.chmod(0o700)
    assert [Path(each).name for each in sorted(loose(tmp_path))] == ["a", "b", "c"]
