"""deid.rotation: every key changes, no pseudonym does, and a kill leaves the old or the new."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deid import keys, rotation
from deid.audit import AuditLog, EventType, Flaw, read, verify
from deid.errors import AuditError, BusyError, StudyKeyError, VaultError
from deid.keys import StudyKeys
from deid.keysource import KeyEnvironment, KeyFile
from deid.vault import Vault
from deid.workspace import Workspace

NEW_SECRET = bytes(range(100, 132))


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with an identity in its vault and a signed log."""
    monkeypatch.delenv("DEID_STUDY_KEY", raising=False)
    return _made(tmp_path / "ws")


def _made(root: Path) -> Workspace:
    place = Workspace.create(root)
    held = keys.create(place)
    Vault.create(place.vault, held.vault_key)
    with Vault.open(place.vault, held.vault_key) as vault:
        vault.identity_for(kind="Nurse", alias="Zebedee Quillfeather", register_ref="S1")
    log = AuditLog(place.events, held)
    log.append(EventType.WORKSPACE_CREATED, actor="deid", subject="workspace")
    log.checkpoint()
    log.append(EventType.RUN_STARTED, actor="deid", subject="study")
    log.checkpoint()
    return place


def _stable(held: StudyKeys) -> tuple[str, str]:
    return held.hmac_original("Zebedee"), held.identifier("t", "study", "digest")


def _pseudonyms(place: Workspace, held: StudyKeys) -> list[tuple[str, str | None]]:
    with Vault.open(place.vault, held.vault_key, read_only=True) as vault:
        return [(each.pseudonym, each.register_ref) for each in vault.identities()]


def test_every_key_changes_and_no_pseudonym_does(workspace: Workspace) -> None:
    """Study, vault and signing key are new; pseudonyms, HMACs and ids are as before."""
    old = keys.load(workspace)
    secret = (workspace.keys / "study.key").read_text()
    done = rotation.rotate(workspace, actor="ada")
    new = keys.load(workspace)
    assert (workspace.keys / "study.key").read_text() != secret
    assert new.vault_key != old.vault_key
    assert done.old == keys.key_fingerprint(old.public_key)
    assert done.new == keys.key_fingerprint(new.public_key) != done.old
    assert _stable(new) == _stable(old)
    assert _pseudonyms(workspace, new) == [("[Nurse 1]", "S1")]
    with pytest.raises(VaultError, match="study key is not the one"):
        Vault.open(workspace.vault, old.vault_key)
    with pytest.raises(StudyKeyError, match="sealed"):
        new.unseal(old.seal(b"x"))


def test_it_may_be_done_again_and_again(workspace: Workspace) -> None:
    """Three rotations later the ids are the first ones, and every earlier public key is kept."""
    first = keys.load(workspace)
    rotated = [rotation.rotate(workspace) for _ in range(3)]
    last = keys.load(workspace)
    assert _stable(last) == _stable(first)
    assert {path.name for path in workspace.keys.glob("signing-*.pub")} == {
        f"signing-{each.old[:16]}.pub" for each in rotated
    }
    assert verify(workspace.root, last.public_key).ok
    assert {path.stat().st_mode & 0o777 for path in workspace.keys.iterdir()} == {0o600}
    assert not (workspace.root / "vault.next.db").exists()


def test_the_log_is_handed_over_in_the_old_keys_name(workspace: Workspace) -> None:
    """An event signed by the old key names the new one; the log holds under the new key."""
    old = keys.load(workspace)
    done = rotation.rotate(workspace, actor="ada")
    new = keys.load(workspace)
    (event,) = read(workspace.events, types=(EventType.KEYS_ROTATED,))
    assert event.actor == "ada"
    assert event.facts["old"] == old.public_key.public_bytes_raw().hex()
    assert event.facts["new"] == new.public_key.public_bytes_raw().hex()
    kept = keys.load_public_key(workspace.keys / keys.earlier_public_key_name(old.public_key))
    assert kept.public_bytes_raw() == old.public_key.public_bytes_raw()
    verdict = verify(workspace.root, new.public_key, expected_head=done.head)
    assert (verdict.ok, verdict.signed) == (True, verdict.events)


def _rewritten(workspace: Workspace, held: StudyKeys, line: int, **facts: str) -> None:
    """Forge a log: change facts in one line, then chain and copy everything anew."""
    told = [
        (json.loads(each)["type"], json.loads(each)["facts"])
        for each in workspace.events.read_text().splitlines()
    ]
    told[line - 1] = (told[line - 1][0], told[line - 1][1] | facts)
    workspace.events.unlink()
    workspace.checkpoints.unlink()
    log = AuditLog(workspace.events, held)
    for kind, each in told:
        log.append(EventType(kind), actor="deid", subject="log", facts=each)


def test_old_checkpoints_are_still_checked(workspace: Workspace) -> None:
    """A checkpoint of the old key is verified by that key, known through the handover."""
    rotation.rotate(workspace)
    new = keys.load(workspace)
    text = workspace.events.read_text()
    forged = json.loads(text.splitlines()[1])["facts"]["signature"]
    broken = ("0" if forged[0] != "0" else "1") + forged[1:]
    _rewritten(workspace, new, 2, signature=broken)
    problem = verify(workspace.root, new.public_key).problem
    assert problem is not None
    assert problem.flaw is Flaw.BAD_SIGNATURE


def test_a_handover_that_the_old_key_did_not_sign_does_not_hold(workspace: Workspace) -> None:
    """Another signature in the event is told, with its line."""
    rotation.rotate(workspace)
    new = keys.load(workspace)
    _rewritten(workspace, new, 5, signature="0" * 128)
    problem = verify(workspace.root, new.public_key).problem
    assert problem is not None
    assert (problem.flaw, problem.line) == (Flaw.BAD_SIGNATURE, 5)


def test_an_altered_log_is_not_signed_anew(workspace: Workspace) -> None:
    """New signatures must not cover a change: nothing is rotated."""
    text = workspace.events.read_text()
    workspace.events.write_text(text.replace('"subject":"study"', '"subject":"vault"'))
    before = _files(workspace)
    with pytest.raises(AuditError, match="no key was changed"):
        rotation.rotate(workspace)
    assert _files(workspace) == before


def test_a_run_keeps_it_out(workspace: Workspace) -> None:
    """While the workspace is held nothing is rotated."""
    before = _files(workspace)
    with workspace.lock(), pytest.raises(BusyError):
        rotation.rotate(workspace)
    assert _files(workspace) == before


def _files(workspace: Workspace) -> dict[str, bytes]:
    paths = (path for path in workspace.root.rglob("*") if path.is_file())
    return {
        path.relative_to(workspace.root).as_posix(): path.read_bytes()
        for path in paths
        if path != workspace.lock_file
    }


@pytest.mark.parametrize("damage", [b"", b"x" * 8192])
def test_a_damaged_vault_is_told_and_nothing_changed(workspace: Workspace, damage: bytes) -> None:
    """The old keys stay, and so does the damaged file."""
    workspace.vault.write_bytes(damage)
    before = _files(workspace)
    with pytest.raises(VaultError):
        rotation.rotate(workspace)
    assert rotation.settle(workspace) is False
    assert _files(workspace) == before


def test_a_vault_of_another_key_is_told_and_nothing_changed(workspace: Workspace) -> None:
    """A study key that is not the vault's rotates nothing."""
    (workspace.keys / "study.key").write_text(NEW_SECRET.hex())
    before = _files(workspace)
    with pytest.raises(VaultError, match="study key is not the one"):
        rotation.rotate(workspace)
    assert rotation.settle(workspace) is False
    assert _files(workspace) == before


def test_a_key_from_outside_is_changed_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the key in the environment the new one has to be given, and is not written down."""
    monkeypatch.setenv("TRUST_SECRET", bytes(range(32)).hex())
    source = KeyEnvironment("TRUST_SECRET")
    monkeypatch.setenv("DEID_STUDY_KEY", bytes(range(32)).hex())
    place = _made(tmp_path / "ws")
    old = keys.load(place, source=source)
    with pytest.raises(StudyKeyError, match="--new-key-file"):
        rotation.rotate(place, source=source)
    with pytest.raises(StudyKeyError, match="is the old one"):
        rotation.rotate(place, source=source, new_secret=bytes(range(32)))
    rotation.rotate(place, source=source, new_secret=NEW_SECRET)
    with pytest.raises(StudyKeyError, match="only the new study key"):
        keys.load(place, source=source)
    monkeypatch.setenv("TRUST_SECRET", NEW_SECRET.hex())
    new = keys.load(place, source=source)
    assert _stable(new) == _stable(old)
    assert _pseudonyms(place, new) == [("[Nurse 1]", "S1")]
    assert not (place.keys / "study.key").exists()
    assert not any(NEW_SECRET.hex().encode() in data for data in _files(place).values())


def test_a_new_key_for_a_key_file_is_refused(workspace: Workspace) -> None:
    """keys/study.key is made by the program, so that it is random."""
    with pytest.raises(StudyKeyError, match="the new one is made"):
        rotation.rotate(workspace, new_secret=NEW_SECRET)


def test_lost_data_keys_are_told(workspace: Workspace) -> None:
    """Without the wrapped keys, ids would silently become others."""
    rotation.rotate(workspace)
    (workspace.keys / "data.key").unlink()
    with pytest.raises(StudyKeyError, match=r"data\.key is missing"):
        keys.load(workspace)


def test_an_unfinished_rotation_is_told(workspace: Workspace) -> None:
    """Keys are not loaded from between the old and the new."""
    (workspace.keys / "rotation.json").write_text("{}")
    with pytest.raises(StudyKeyError, match="deid keys settle"):
        keys.load(workspace)
    with pytest.raises(StudyKeyError, match="damaged"):
        rotation.settle(workspace)


def test_a_writer_of_the_replaced_vault_is_refused(workspace: Workspace) -> None:
    """What someone would write into the file that is no longer the vault is not lost silently."""
    with Vault.open(workspace.vault, keys.load(workspace).vault_key) as late:
        rotation.rotate(workspace)
        with pytest.raises(BusyError, match="replaced"):
            late.set_meta("canary", "lost")
    with Vault.open(workspace.vault, keys.load(workspace).vault_key) as vault:
        assert vault.meta("canary") is None


def test_a_kill_at_any_moment_leaves_the_old_or_the_new(
    tmp_path: Path, killed_at_each_step: Callable[..., Iterator[int]]
) -> None:
    """Killed at each touch of a file: what stands opens, as the old or the new, and can rotate."""
    pattern = _made(tmp_path / "pattern")
    old = keys.load(pattern, source=KeyFile())
    place = Workspace(tmp_path / "ws")
    outcomes: list[bool] = []

    def prepare() -> None:
        shutil.rmtree(place.root, ignore_errors=True)
        shutil.copytree(pattern.root, place.root)

    def act() -> None:
        rotation.rotate(place, source=KeyFile())

    for _ in killed_at_each_step(act, prepare):
        rotation.settle(place, source=KeyFile())
        held = keys.load(place, source=KeyFile())
        rotated = keys.key_fingerprint(held.public_key) != keys.key_fingerprint(old.public_key)
        assert (held.vault_key != old.vault_key) == rotated
        assert _stable(held) == _stable(old)
        assert _pseudonyms(place, held) == [("[Nurse 1]", "S1")]
        AuditLog(place.events, held).recover()
        assert verify(place.root, held.public_key).ok
        told = list(read(place.events, types=(EventType.KEYS_ROTATED,)))
        assert len(told) == rotated
        assert not (place.keys / "next").exists()
        assert not (place.root / "vault.next.db").exists()
        outcomes.append(rotated)
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}
    assert len(outcomes) > 40
