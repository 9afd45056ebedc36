"""deid.inbox: what is still being copied or written waits; what stands still does not."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from deid.inbox import Waiting, waiting

SETTLE = 5.0


def put(folder: Path, name: str, text: str = "INT: Hello.\n") -> Path:
    """A file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def looked(*paths: Path, meanwhile: Callable[[], object] = lambda: None) -> dict[Path, Waiting]:
    """What waits when this happens between the two looks."""
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        meanwhile()

    found = waiting(paths, settle_seconds=SETTLE, sleep=sleep)
    assert len(slept) <= 1
    assert all(0 < seconds <= SETTLE for seconds in slept)
    return found


def test_what_stands_still_does_not_wait(tmp_path: Path) -> None:
    """A file that was copied a moment ago is looked at twice and then taken."""
    assert looked(put(tmp_path, "one.txt")) == {}


def test_a_file_that_grows_waits_alone(tmp_path: Path) -> None:
    """Between two looks its size moved; the one beside it is taken."""
    growing, still = put(tmp_path, "growing.txt"), put(tmp_path, "still.txt")
    found = looked(growing, still, meanwhile=lambda: put(tmp_path, "growing.txt", "INT: Hello the"))
    assert found == {growing: Waiting.CHANGING}


def test_a_file_written_in_place_waits(tmp_path: Path) -> None:
    """Copying programs reserve the size first and set the time back: the kernel's time tells."""
    path = put(tmp_path, "one.txt", "0123456789")
    status = path.stat()

    def write_on() -> None:
        path.write_text("abcdefghij", encoding="utf-8")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert looked(path, meanwhile=write_on) == {path: Waiting.CHANGING}


def test_a_file_that_goes_meanwhile_waits(tmp_path: Path) -> None:
    """What was renamed or taken away between the looks is not read under its old name."""
    path = put(tmp_path, "one.txt")
    assert looked(path, meanwhile=path.unlink) == {path: Waiting.CHANGING}


def test_old_files_cost_no_wait(tmp_path: Path) -> None:
    """Where nothing was touched lately a run begins at once, whichever way the clock was set."""
    path = put(tmp_path, "one.txt")
    touched = path.stat().st_ctime

    def never(_seconds: float) -> None:
        raise AssertionError

    for shift in (SETTLE + 1, 86_400 * 400, -SETTLE - 1, -86_400):
        now = touched + shift
        assert waiting([path], settle_seconds=SETTLE, now=lambda now=now: now, sleep=never) == {}


@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("interview.docx", "~$terview.docx"),
        ("talk123.docx", "~$alk123.docx"),
        ("talk.docx", "~$talk.docx"),
        ("table.xlsx", "~$table.xlsx"),
        ("notes.odt", ".~lock.notes.odt#"),
    ],
)
def test_what_is_open_in_an_office_program_waits(tmp_path: Path, name: str, lock: str) -> None:
    """A lock file beside it, as Word, Excel and LibreOffice write it; another's is none."""
    path, other = put(tmp_path, name), put(tmp_path, "another" + Path(name).suffix)
    put(tmp_path, lock)
    assert looked(path, other) == {path: Waiting.OPEN}


def test_a_lock_that_was_left_behind_holds_nothing_up(tmp_path: Path) -> None:
    """A program that crashed leaves its lock file; after a day it counts no longer."""
    path, lock = put(tmp_path, "talk.docx"), put(tmp_path, "~$talk.docx")
    later = lock.stat().st_ctime + 86_401
    assert waiting([path], settle_seconds=0, now=lambda: later) == {}
    assert waiting([path], settle_seconds=0, now=lambda: later - 60) == {path: Waiting.OPEN}


@pytest.mark.parametrize(
    "name", ["one.docx.part", "one.docx.crdownload", "one.filepart", "ONE.TXT.PARTIAL", "x.tmp"]
)
def test_half_a_download_waits(tmp_path: Path, name: str) -> None:
    """Names that browsers and copying programs give to what is not whole."""
    path = put(tmp_path, name)
    assert looked(path) == {path: Waiting.PARTIAL}
