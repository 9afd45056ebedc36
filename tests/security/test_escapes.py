"""Promise: nothing is read or written through a link or a path that leads out of its folder."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from deid.errors import ExitCode, ReleaseError
from deid.files import write_atomically
from deid.release import withdraw
from deid.workspace import Workspace

type Call = Callable[..., tuple[int, str]]
CLIMBING = ("../../x", "/etc/passwd", "..", "t-../../../x", "\x00", "r-0123456789abcdef/../x")


@pytest.fixture
def made(helper: ModuleType, tmp_path: Path) -> Workspace:
    """A workspace with finished transcripts and accounts."""
    workspace = helper.workspace(tmp_path / "w")
    with helper.opener(workspace)() as releases:
        helper.add_accounts(releases)
    assert isinstance(workspace, Workspace)
    return workspace


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder that nothing may be written to."""
    folder = tmp_path / "outside"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("name", ["staging", "quarantine", "audit", "keys", "audit/redactions"])
def test_a_folder_that_is_a_link_is_refused(
    call: Call, made: Workspace, outside: Path, name: str
) -> None:
    """The workspace does not open, and where the link leads nothing appears."""
    folder = made.root / name
    folder.rename(made.root / "aside")
    folder.symlink_to(outside)
    code, said = call("audit", "verify", "--workspace", made.root)
    assert code in {ExitCode.WORKSPACE, ExitCode.AUDIT}, said
    assert call("register", "list", "--workspace", made.root)[0] == ExitCode.WORKSPACE
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("name", ["audit/events.jsonl", "audit/checkpoints.jsonl"])
def test_a_log_that_is_a_link_is_not_written(
    call: Call, made: Workspace, outside: Path, name: str
) -> None:
    """Where it leads stays as it is."""
    target = (made.root / name).rename(outside / "x")
    before = target.read_bytes()
    (made.root / name).symlink_to(target)
    code, _ = call("vault", "backup", outside.parent / "copy.db", "--workspace", made.root)
    assert code != 0
    assert target.read_bytes() == before


def test_a_recorded_file_that_is_a_link_does_not_hold(
    call: Call, made: Workspace, outside: Path
) -> None:
    """Even when what it leads to is the same, to the byte."""
    file = next(made.staging.rglob("*.parquet"))
    target = file.rename(outside / file.name)
    file.symlink_to(target)
    code, said = call("audit", "verify", "--workspace", made.root)
    assert (code, file.name in said) == (ExitCode.AUDIT, True)


def test_writing_replaces_a_link_and_does_not_follow_it(outside: Path) -> None:
    """A planted link is gone afterwards; where it led is untouched."""
    (outside / "x").write_bytes(b"theirs")
    link = outside.parent / "ours"
    link.symlink_to(outside / "x")
    write_atomically(link, b"ours")
    assert (link.is_symlink(), link.read_bytes()) == (False, b"ours")
    assert (outside / "x").read_bytes() == b"theirs"


def test_a_backup_follows_no_link(call: Call, made: Workspace, outside: Path) -> None:
    """Something stands there, wherever it leads."""
    (outside.parent / "copy.db").symlink_to(outside / "x")
    backup = ("vault", "backup", outside.parent / "copy.db", "--workspace", made.root)
    assert call(*backup)[0] == ExitCode.VAULT
    assert list(outside.iterdir()) == []


def test_an_id_is_no_path(call: Call, made: Workspace, helper: ModuleType) -> None:
    """Ids of releases and transcripts that climb are of nothing, and nothing is read or made."""
    made.lock_file.touch(mode=0o600)
    before = sorted(made.root.parent.rglob("*"))
    with helper.opener(made)() as releases:
        ash, kim = helper.account(releases, "ash"), helper.account(releases, "kim")
        for text in CLIMBING:
            for attempt in (
                partial(releases.review, kim, text),
                partial(withdraw, releases, ash, text, reason="x"),
                partial(helper.built, releases, text),
                partial(helper.requested, releases, text),
            ):
                with pytest.raises(ReleaseError) as caught:
                    attempt()
                assert text not in str(caught.value) or text == ".."
    for text in CLIMBING:
        assert call("run", "--only", text, "--workspace", made.root)[0] == ExitCode.USAGE
    assert sorted(made.root.parent.rglob("*")) == before


def test_what_stands_at_a_releases_place_is_not_written_into(
    made: Workspace, helper: ModuleType, outside: Path
) -> None:
    """A link planted in the outbox under the release's id stops the building."""
    with helper.opener(made)() as releases:
        release = helper.approved(releases)
        (made.outbox / release).symlink_to(outside)
        with pytest.raises(ReleaseError, match="something that no release made"):
            helper.built(releases, release)
    assert list(outside.iterdir()) == []
