"""deid.workspace: one private folder, one run at a time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deid.errors import BusyError, WorkspaceError
from deid.workspace import VERSION, Workspace


def test_a_workspace_is_private_and_complete(tmp_path: Path) -> None:
    """Every folder is 0700 and every file 0600, whatever the umask."""
    before = os.umask(0)
    try:
        workspace = Workspace.create(tmp_path / "ws")
    finally:
        os.umask(before)
    paths = [workspace.root, *workspace.root.rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_file()} == {0o600}
    for folder in (workspace.inbox, workspace.quarantine, workspace.staging, workspace.outbox):
        assert folder.is_dir()
    assert workspace.redactions.is_dir()
    assert workspace.keys.is_dir()


def test_making_it_again_changes_nothing(tmp_path: Path) -> None:
    """Creating is idempotent and never touches what is inside."""
    workspace = Workspace.create(tmp_path / "ws")
    (workspace.inbox / "x").write_bytes(b"x")
    assert Workspace.create(tmp_path / "ws") == workspace
    assert (workspace.inbox / "x").read_bytes() == b"x"
    assert Workspace.open(tmp_path / "ws") == workspace


def test_making_it_again_completes_it(tmp_path: Path) -> None:
    """A folder that is missing is refused by open and made by create."""
    workspace = Workspace.create(tmp_path / "ws")
    workspace.outbox.rmdir()
    with pytest.raises(WorkspaceError, match="lacks outbox/"):
        Workspace.open(workspace.root)
    Workspace.create(workspace.root)
    Workspace.open(workspace.root)


def test_a_foreign_folder_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A folder with something else in it does not become a workspace."""
    (tmp_path / "letter").touch()
    mode = tmp_path.stat().st_mode
    with pytest.raises(WorkspaceError, match="not empty"):
        Workspace.create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter"]
    assert tmp_path.stat().st_mode == mode


def test_an_init_killed_at_its_first_step_can_be_run_again(tmp_path: Path) -> None:
    """A temporary file of ours does not make a folder foreign."""
    (tmp_path / ".00ff.deid-tmp").touch()
    Workspace.create(tmp_path)
    assert not (tmp_path / ".00ff.deid-tmp").exists()


def test_an_absent_workspace_is_told(tmp_path: Path) -> None:
    """The message says how to make one."""
    with pytest.raises(WorkspaceError, match="deid init"):
        Workspace.open(tmp_path / "none")


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o701, 0o755])
def test_a_workspace_open_to_others_is_refused_with_the_repair(tmp_path: Path, mode: int) -> None:
    """Neither open nor create goes on, and the message shows the command."""
    workspace = Workspace.create(tmp_path / "w s")
    workspace.root.chmod(mode)
    for way in (Workspace.open, Workspace.create):
        with pytest.raises(WorkspaceError, match=r"chmod 700 '.*w s'"):
            way(workspace.root)


def test_a_newer_version_is_refused(tmp_path: Path) -> None:
    """A layout that this program does not know is not guessed at."""
    workspace = Workspace.create(tmp_path / "ws")
    workspace.version_file.write_text(f"{VERSION + 1}\n")
    with pytest.raises(WorkspaceError, match="newer program"):
        Workspace.open(workspace.root)
    workspace.version_file.write_bytes(b"\xff?")
    with pytest.raises(WorkspaceError, match="damaged"):
        Workspace.open(workspace.root)


def test_a_linked_folder_is_refused_but_for_the_inbox(tmp_path: Path) -> None:
    """Outputs cannot be led out of the workspace; raw files may lie elsewhere."""
    workspace = Workspace.create(tmp_path / "ws")
    (tmp_path / "raw").mkdir()
    workspace.inbox.rmdir()
    workspace.inbox.symlink_to(tmp_path / "raw")
    Workspace.open(workspace.root)
    workspace.outbox.rmdir()
    workspace.outbox.symlink_to(tmp_path / "raw")
    with pytest.raises(WorkspaceError, match="outbox/ is a symbolic link"):
        Workspace.open(workspace.root)


def test_one_run_at_a_time(tmp_path: Path) -> None:
    """A second taker is told at once; afterwards the workspace is free, also after an error."""
    workspace = Workspace.create(tmp_path / "ws")
    with workspace.lock(), pytest.raises(BusyError), workspace.lock():
        pass
    with pytest.raises(ZeroDivisionError), workspace.lock():
        raise ZeroDivisionError
    with workspace.lock():
        pass


def test_a_killed_run_gives_the_workspace_up(tmp_path: Path) -> None:
    """The lock of a process ends with it."""
    workspace = Workspace.create(tmp_path / "ws")
    script = (
        "import sys, time; from pathlib import Path; from deid.workspace import Workspace\n"
        "with Workspace(Path(sys.argv[1])).lock(): print('held', flush=True); time.sleep(60)"
    )
    argv = [sys.executable, "-c", script, str(workspace.root)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(BusyError), workspace.lock():
            pass
        holder.kill()
    with workspace.lock():
        pass
