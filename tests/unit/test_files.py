"""deid.files: whole files or none, readable by their owner alone."""

import os
from pathlib import Path

import pytest

from deid import files


def test_a_file_is_written_whole_and_private_under_any_umask(tmp_path: Path) -> None:
    """What is written has the data and mode 0600, even when the umask would allow more."""
    before = os.umask(0)
    try:
        files.write_atomically(tmp_path / "a", b"data")
    finally:
        os.umask(before)
    assert (tmp_path / "a").read_bytes() == b"data"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk fails half-way, the old content stands and no temporary file is left."""
    target = tmp_path / "a"
    files.write_atomically(target, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_new_file_never_replaces(tmp_path: Path) -> None:
    """write_new leaves what stands there, and no temporary file."""
    files.write_new(tmp_path / "a", b"first")
    with pytest.raises(FileExistsError):
        files.write_new(tmp_path / "a", b"second")
    assert (tmp_path / "a").read_bytes() == b"first"
    assert len(list(tmp_path.iterdir())) == 1


def test_writing_over_a_link_replaces_the_link(tmp_path: Path) -> None:
    """A symbolic link at the target is not followed out of the folder."""
    (tmp_path / "elsewhere").write_bytes(b"mine")
    (tmp_path / "a").symlink_to(tmp_path / "elsewhere")
    files.write_atomically(tmp_path / "a", b"data")
    assert not (tmp_path / "a").is_symlink()
    assert (tmp_path / "elsewhere").read_bytes() == b"mine"


def test_a_link_is_not_hashed(tmp_path: Path) -> None:
    """A digest is of the file named, never of one that a link leads to."""
    (tmp_path / "a").write_bytes(b"data")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert files.sha256_file(tmp_path / "a").startswith("3a6eb0790f39")
    with pytest.raises(OSError, match="symbolic"):
        files.sha256_file(tmp_path / "link")


def test_sweeping_removes_only_what_a_killed_process_left(tmp_path: Path) -> None:
    """Temporary files go, everything else stays, hidden files too."""
    for name in (".0123.deid-tmp", ".0123.deid-tmp-journal", ".hidden", "kept", "kept.deid-tmp"):
        (tmp_path / name).touch()
    assert files.sweep(tmp_path) == 2
    assert {path.name for path in tmp_path.iterdir()} == {".hidden", "kept", "kept.deid-tmp"}
