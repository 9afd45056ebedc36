"""flows.fetching: raw files come from where a trust keeps them, whole, once, and nowhere else."""

import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from deid.inbox import files
from flows.coded import FlowError
from flows.fetching import Fetched, fetch

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
    assert fetch("memory://raw", inbox).new == 2
    assert held(inbox) == {
        "one.txt": b"INT: Hello.\n",
        f"sub/{CANARY}.txt": b"INT: Hello again.\n",
    }
    assert {path.stat().st_mode & 0o077 for path in inbox.rglob("*")} == {0}
    assert fetch("memory://raw", inbox).new == 0
    store.pipe_file("/raw/one.txt", b"INT: Hello, Ingrid.\n")
    assert fetch("memory://raw", inbox).new == 1
    assert held(inbox)["one.txt"] == b"INT: Hello, Ingrid.\n"


def test_what_is_gone_at_the_source_stays(store: Any, inbox: Path) -> None:
    """A raw file is never removed."""
    fetch("memory://raw", inbox)
    store.rm_file("/raw/one.txt")
    assert fetch("memory://raw", inbox).new == 0
    assert "one.txt" in held(inbox)


def test_what_changes_while_it_is_copied_waits(
    store: Any, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is another after it was read is left to the next run; nothing half is here."""
    info = store.info
    monkeypatch.setattr(type(store), "info", lambda _, name, **__: info(name) | {"size": 99})
    assert fetch("memory://raw", inbox) == Fetched(new=0, waiting=2)
    assert list(inbox.rglob("*.txt*")) == []
    assert list(inbox.rglob("*.deid-tmp")) == []


@pytest.mark.parametrize("error", [FileNotFoundError, PermissionError, BlockingIOError])
def test_a_file_that_cannot_be_opened_waits_alone(
    store: Any, inbox: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """Gone since it was listed, locked by somebody else: the others are fetched."""
    opened = store.open

    def open_(_: Any, name: str, mode: str, **told: Any) -> Any:
        if CANARY in name:
            raise error(name)
        return opened(name, mode, **told)

    monkeypatch.setattr(type(store), "open", open_)
    assert fetch("memory://raw", inbox) == Fetched(new=1, waiting=1)
    assert list(held(inbox)) == ["one.txt"]


def test_a_source_that_goes_away_in_the_middle(
    store: Any, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What had come is whole and known; the rest comes next time."""
    opened = store.open

    def open_(_: Any, name: str, mode: str, **told: Any) -> Any:
        if CANARY in name:
            raise ConnectionResetError(name)
        return opened(name, mode, **told)

    with monkeypatch.context() as patched:
        patched.setattr(type(store), "open", open_)
        with pytest.raises(FlowError, match="it does not answer; the next run tries again"):
            fetch("memory://raw", inbox)
    assert list(held(inbox)) == ["one.txt"]
    assert list(inbox.rglob("*.deid-tmp")) == []
    assert fetch("memory://raw", inbox).new == 1


class TestShare:
    """A mounted share, on which people work while it is read."""

    @pytest.fixture
    def share(self, tmp_path: Path) -> Path:
        """With one file."""
        folder = tmp_path / "share"
        folder.mkdir()
        (folder / "one.txt").write_bytes(b"INT: Hello.\n")
        return folder

    def test_it_does_as_well(self, share: Path, inbox: Path) -> None:
        """And without a source nothing is fetched."""
        assert fetch(f"file://{share}", inbox).new == 1
        assert held(inbox) == {"one.txt": b"INT: Hello.\n"}
        assert fetch("", inbox) == Fetched()

    def test_a_file_that_grows_waits(self, share: Path, inbox: Path) -> None:
        """Half of it is never fetched, however long the other half takes."""
        growing = share / "two.txt"
        growing.write_bytes(b"INT: Hel")

        def grow(seconds: float) -> None:
            assert seconds == 5
            with growing.open("ab") as file:
                file.write(b"lo ")

        source = f"file://{share}"
        assert fetch(source, inbox, settle_seconds=5, sleep=grow) == Fetched(new=1, waiting=1)
        assert fetch(source, inbox, settle_seconds=5, sleep=grow) == Fetched(new=0, waiting=1)
        assert list(held(inbox)) == ["one.txt"]
        assert fetch(source, inbox) == Fetched(new=1)
        assert held(inbox)["two.txt"] == b"INT: Hello lo "

    def test_what_is_open_or_half_a_download_waits(self, share: Path, inbox: Path) -> None:
        """As in the inbox itself; nothing of it is left lying there."""
        for name in ("~$port.docx", "report.docx", "big.docx.part"):
            (share / name).write_bytes(b"x")
        assert fetch(f"file://{share}", inbox) == Fetched(new=1, waiting=2)
        assert list(held(inbox)) == ["one.txt"]
        (share / "~$port.docx").unlink()
        assert fetch(f"file://{share}", inbox) == Fetched(new=1, waiting=1)

    def test_a_link_in_the_inbox_leads_nowhere(self, share: Path, inbox: Path) -> None:
        """What would be written through a link is written beside it, in the inbox."""
        outside = inbox.parent / "outside"
        outside.mkdir()
        (inbox / "sub").symlink_to(outside)
        (share / "sub").mkdir()
        (share / "sub" / "two.txt").write_bytes(b"INT: Hello.\n")
        assert fetch(f"file://{share}", inbox).new == 2
        assert list(outside.iterdir()) == []
        assert [path.name[:4] for path in inbox.glob("two *.txt")] == ["two "]
        assert fetch(f"file://{share}", inbox).new == 0

    def test_left_by_a_kill(self, share: Path, inbox: Path) -> None:
        """Half a file of a run that was killed is removed."""
        half = inbox / ".0123456789abcdef.deid-tmp"
        half.write_bytes(b"INT: Hel")
        fetch(f"file://{share}", inbox)
        assert not half.exists()

    def test_inbox_that_cannot_be_written(
        self, share: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A full disk is not put down to the source."""

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, CANARY)

        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(FlowError, match="whether its disk is full") as caught:
            fetch(f"file://{share}", inbox)
        assert CANARY not in str(caught.value)
        assert caught.value.__context__ is None
        assert list(held(inbox)) == []
        assert list(inbox.rglob("*.deid-tmp")) == []

    def test_a_file_is_no_source(self, share: Path, inbox: Path) -> None:
        """It is said, not fetched."""
        with pytest.raises(FlowError, match="has to name a folder"):
            fetch(f"file://{share}/one.txt", inbox)


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


def test_what_waits_at_the_source_is_counted(blank: Path, flow: Any, tmp_path: Path) -> None:
    """The run's message and tags show it, as they do for what waits in the inbox."""
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "big.docx.part").write_bytes(b"x")
    path = blank / "config" / "deid.yaml"
    text = path.read_text(encoding="utf-8")
    told = text.replace('source: ""', f'source: "file://{tmp_path}/share"')
    path.write_text(told, encoding="utf-8")
    state = flow(blank)
    assert state.is_completed()
    assert state.message.startswith("nothing new: 0 unchanged; 1 waiting")
