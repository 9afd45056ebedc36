"""flows.fetching: raw files come from where a trust keeps them, whole, once, and nowhere else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from deid.inbox import files
from flows.coded import FlowError
from flows.fetching import fetch

CANARY = "Quillfeather"


@pytest.fixture
def store() -> Iterator[Any]:
    """An object store, in memory."""
    held = fsspec.filesystem("memory")
    held.pipe_file("/raw/one.txt", b"INT: Hello.\n")
    held.pipe_file(f"/raw/sub/{CANARY}.txt", b"INT: Hello again.\n")
    held.pipe_file("/raw/.hidden.txt", b"x")
    held.pipe_file("/raw/~$open.docx", b"x")
    yield held
    held.store.clear()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """An empty one."""
    folder = tmp_path / "inbox"
    folder.mkdir(mode=0o700)
    return folder


def held(inbox: Path) -> dict[str, bytes]:
    """What a run would read."""
    return {path.relative_to(inbox).as_posix(): path.read_bytes() for path in files(inbox)}


def test_new_and_changed_files_are_fetched_once(store: Any, inbox: Path) -> None:
    """Each under its own name and closed to others; nothing is fetched twice."""
    assert fetch("memory://raw", inbox) == 2
    assert held(inbox) == {
        "one.txt": b"INT: Hello.\n",
        f"sub/{CANARY}.txt": b"INT: Hello again.\n",
    }
    assert {path.stat().st_mode & 0o077 for path in inbox.rglob("*")} == {0}
    assert fetch("memory://raw", inbox) == 0
    store.pipe_file("/raw/one.txt", b"INT: Hello, Ingrid.\n")
    assert fetch("memory://raw", inbox) == 1
    assert held(inbox)["one.txt"] == b"INT: Hello, Ingrid.\n"


def test_what_is_gone_at_the_source_stays(store: Any, inbox: Path) -> None:
    """A raw file is never removed."""
    fetch("memory://raw", inbox)
    store.rm_file("/raw/one.txt")
    assert fetch("memory://raw", inbox) == 0
    assert "one.txt" in held(inbox)


def test_what_changes_while_it_is_copied_waits(
    store: Any, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that moves is left to the next run, and nothing half of it is here."""
    info, sizes = store.info, iter(range(9))
    monkeypatch.setattr(
        type(store), "info", lambda _, name, **__: info(name) | {"size": next(sizes)}
    )
    fetch("memory://raw", inbox)
    assert held(inbox) == {}
    assert list(inbox.rglob("*.txt*")) == []


def test_from_a_folder(inbox: Path, tmp_path: Path) -> None:
    """A mounted share does as well."""
    share = tmp_path / "share"
    share.mkdir()
    (share / "one.txt").write_bytes(b"INT: Hello.\n")
    assert fetch(f"file://{share}", inbox) == 1
    assert held(inbox) == {"one.txt": b"INT: Hello.\n"}
    assert fetch("", inbox) == 0


@pytest.mark.parametrize("source", [f"file:///nowhere/{CANARY}", f"nosuch://{CANARY}/x"])
def test_a_source_that_cannot_be_read_says_so_without_a_name(inbox: Path, source: str) -> None:
    """Neither address nor file name is in the message."""
    with pytest.raises(FlowError) as caught:
        fetch(source, inbox)
    assert "inbox.source" in str(caught.value)
    assert CANARY not in str(caught.value)
    assert caught.value.__context__ is None


def test_the_flow_fetches_first(blank: Path, flow: Any) -> None:
    """Where that fails the run says so before anything is recorded."""
    path = blank / "config" / "deid.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('source: ""', f'source: "nosuch://{CANARY}/x"'), encoding="utf-8")
    before = (blank / "audit" / "events.jsonl").read_bytes()
    state = flow(blank)
    assert state.is_failed()
    assert "inbox.source" in state.message
    assert CANARY not in state.message
    assert (blank / "audit" / "events.jsonl").read_bytes() == before
