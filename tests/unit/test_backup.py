"""deid.backup: a copy opens, goes back only where it belongs, and never leaves half a vault."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deid import backup, keys, rotation
from deid.audit import AuditLog, EventType, read, verify
from deid.errors import BusyError, VaultError
from deid.files import sha256_file
from deid.keysource import KeyFile
from deid.vault import Vault
from deid.workspace import Workspace

CANARY = "Zebedee Quillfeather"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace whose vault knows a nurse."""
    monkeypatch.delenv("DEID_STUDY_KEY", raising=False)
    return _made(tmp_path / "ws")


def _made(root: Path) -> Workspace:
    place = Workspace.create(root)
    held = keys.create(place)
    Vault.create(place.vault, held.vault_key)
    _add(place, CANARY)
    log = AuditLog(place.events, held)
    log.append(EventType.WORKSPACE_CREATED, actor="deid", subject="workspace")
    log.checkpoint()
    return place


def _add(place: Workspace, alias: str) -> str:
    with Vault.open(place.vault, keys.load(place).vault_key) as vault:
        return vault.identity_for(kind="Nurse", alias=alias).pseudonym


def _back_up(place: Workspace, target: Path) -> backup.Copied:
    held = keys.load(place)
    return backup.backup(place, held, AuditLog(place.events, held), target, actor="ada")


def _restore(place: Workspace, source: Path, old: bytes | None = None) -> backup.Copied:
    held = keys.load(place, source=KeyFile())
    log = AuditLog(place.events, held)
    return backup.restore(place, held, log, source, old_vault_key=old, actor="ada")


def _names(path: Path, key: bytes) -> set[str]:
    with Vault.open(path, key, read_only=True) as vault:
        return {alias.text for alias in vault.aliases()}


def _files(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_backup_is_a_private_encrypted_whole(workspace: Workspace, tmp_path: Path) -> None:
    """Mode 0600, no plain byte, opens with the study's key, and its digest is in the log."""
    target = tmp_path / "copy.db"
    copied = _back_up(workspace, target)
    assert target.stat().st_mode & 0o777 == 0o600
    assert CANARY.encode() not in target.read_bytes()
    assert b"SQLite format" not in target.read_bytes()
    assert _names(target, keys.load(workspace).vault_key) == {CANARY}
    (event,) = read(workspace.events, types=(EventType.VAULT_BACKED_UP,))
    assert event.actor == "ada"
    assert event.facts == {"digest": copied.digest, "identities": 1, "transcripts": 0}
    assert [path.name for path in tmp_path.iterdir() if path.name != "ws"] == ["copy.db"]


def test_an_earlier_backup_is_not_overwritten(workspace: Workspace, tmp_path: Path) -> None:
    """Nor is anything else; and a folder that is not there is told."""
    (tmp_path / "copy.db").write_bytes(b"earlier")
    with pytest.raises(VaultError, match="name a new file"):
        _back_up(workspace, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == b"earlier"
    with pytest.raises(VaultError, match="cannot be written"):
        _back_up(workspace, tmp_path / "absent" / "copy.db")


def test_a_backup_may_be_made_during_a_run(workspace: Workspace, tmp_path: Path) -> None:
    """It takes the vault as it is between two transcripts."""
    copy = tmp_path / "copy.db"
    with workspace.lock():
        _back_up(workspace, copy)
    key = keys.load(workspace).vault_key
    assert _names(copy, key) == _names(workspace.vault, key) == {CANARY}


def test_pseudonyms_are_stable_after_a_restore(workspace: Workspace, tmp_path: Path) -> None:
    """Who was known keeps the number; the replaced vault is kept, whole, and readable."""
    second = _add(workspace, "Hyacinth Thistlewood")
    source = tmp_path / "copy.db"
    digest = _back_up(workspace, source).digest
    _add(workspace, "Later Person")
    source.chmod(0o400)
    done = _restore(workspace, source)
    assert done.digest == digest == sha256_file(source)
    key = keys.load(workspace).vault_key
    assert _names(workspace.vault, key) == {CANARY, "Hyacinth Thistlewood"}
    assert _add(workspace, "Hyacinth Thistlewood") == second
    assert "Later Person" in _names(workspace.root / done.kept, key)
    assert (workspace.root / done.kept).stat().st_mode & 0o777 == 0o600
    (event,) = read(workspace.events, types=(EventType.VAULT_RESTORED,))
    assert event.facts == {"digest": done.digest, "identities": 2, "transcripts": 0}
    assert verify(workspace.root, keys.load(workspace).public_key).ok


def test_a_damaged_or_missing_vault_is_replaced(workspace: Workspace, tmp_path: Path) -> None:
    """That is what a backup is for; the damaged file is kept, with its journal."""
    _back_up(workspace, tmp_path / "copy.db")
    workspace.vault.write_bytes(b"x" * 8192)
    journal = workspace.root / "vault.db-journal"
    journal.write_bytes(b"old journal")
    done = _restore(workspace, tmp_path / "copy.db")
    assert (workspace.root / done.kept).read_bytes() == b"x" * 8192
    assert (workspace.root / f"{done.kept}-journal").read_bytes() == b"old journal"
    assert not journal.exists()
    workspace.vault.unlink()
    assert _restore(workspace, tmp_path / "copy.db").kept == ""
    assert _names(workspace.vault, keys.load(workspace).vault_key) == {CANARY}


KILLED_WRITER = """
import os, sys
from pathlib import Path
from deid.vault import Original, Vault
vault = Vault.open(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
vault.run("PRAGMA cache_size = 10")
with vault.transaction():
    rows = [Original("t-00000001", "PERSON", f"other {n}") for n in range(4000)]
    vault.replace_originals("t-00000001", rows)
    os.kill(os.getpid(), 9)
"""


def test_a_killed_writers_journal_does_not_reach_the_restored(
    workspace: Workspace, tmp_path: Path
) -> None:
    """A journal of the old vault is rolled back into the old one before it goes."""
    _back_up(workspace, tmp_path / "copy.db")
    key = keys.load(workspace).vault_key
    argv = [sys.executable, "-c", KILLED_WRITER, str(workspace.vault), key.hex()]
    assert subprocess.run(argv, check=False).returncode == -9
    assert (workspace.root / "vault.db-journal").stat().st_size > 0
    done = _restore(workspace, tmp_path / "copy.db")
    for path in (workspace.vault, workspace.root / done.kept):
        assert _names(path, key) == {CANARY}
    assert not list(workspace.root.glob("*-journal"))


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        (lambda data: data[:-4096], "damaged"),
        (lambda data: data[:5000] + bytes([data[5000] ^ 1]) + data[5001:], "damaged"),
        (lambda data: b"x" * len(data), "study key is not the one"),
        (lambda _: b"", "damaged"),
    ],
)
def test_what_does_not_hold_is_not_restored(
    workspace: Workspace, tmp_path: Path, damage: Callable[[bytes], bytes], rule: str
) -> None:
    """Nothing in the workspace changes, not even the log."""
    source = tmp_path / "copy.db"
    _back_up(workspace, source)
    source.write_bytes(damage(source.read_bytes()))
    before = _files(workspace.root)
    with pytest.raises(VaultError, match=rule):
        _restore(workspace, source)
    assert _files(workspace.root) == before | {".lock": b""}


def test_another_studys_backup_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    """By its key; and where an old key is given, by its stamp."""
    other = _made(tmp_path / "other")
    _back_up(other, tmp_path / "copy.db")
    with pytest.raises(VaultError, match="study key is not the one"):
        _restore(workspace, tmp_path / "copy.db")
    with pytest.raises(VaultError, match="another study"):
        _restore(workspace, tmp_path / "copy.db", keys.load(other).vault_key)
    assert _names(workspace.vault, keys.load(workspace).vault_key) == {CANARY}


def test_a_backup_from_before_a_rotation_comes_back(workspace: Workspace, tmp_path: Path) -> None:
    """With the study key of its time, and under the new one from then on."""
    _back_up(workspace, tmp_path / "copy.db")
    old = keys.load(workspace).vault_key
    _add(workspace, "Later Person")
    rotation.rotate(workspace)
    with pytest.raises(VaultError, match="study key is not the one"):
        _restore(workspace, tmp_path / "copy.db")
    _restore(workspace, tmp_path / "copy.db", old)
    assert _names(workspace.vault, keys.load(workspace).vault_key) == {CANARY}


def test_a_run_keeps_a_restore_out(workspace: Workspace, tmp_path: Path) -> None:
    """While the workspace is held nothing is restored."""
    _back_up(workspace, tmp_path / "copy.db")
    with workspace.lock(), pytest.raises(BusyError):
        _restore(workspace, tmp_path / "copy.db")


def test_a_kill_at_any_moment_leaves_a_whole_vault(
    tmp_path: Path, killed_at_each_step: Callable[..., Iterator[int]]
) -> None:
    """The old one or the restored one, and never the restored one without its event."""
    pattern = _made(tmp_path / "pattern")
    source = tmp_path / "copy.db"
    _back_up(pattern, source)
    _add(pattern, "Later Person")
    place = Workspace(tmp_path / "ws")
    outcomes = []

    def prepare() -> None:
        shutil.rmtree(place.root, ignore_errors=True)
        shutil.copytree(pattern.root, place.root)

    for _ in killed_at_each_step(lambda: _restore(place, source), prepare):
        held = keys.load(place, source=KeyFile())
        restored = _names(place.vault, held.vault_key) == {CANARY}
        AuditLog(place.events, held).recover()
        told = list(read(place.events, types=(EventType.VAULT_RESTORED,)))
        assert len(told) == 1 or not restored
        assert verify(place.root, held.public_key).ok
        outcomes.append(restored)
    assert set(outcomes) == {False, True}
    assert outcomes == sorted(outcomes)
