"""New keys for a study: study key, vault key and signing key, whole or not at all.

Everything new is staged beside the old: the keys in ``keys/next/``, the vault re-encrypted in
``vault.next.db``. One file, ``keys/rotation.json``, then decides: without it the old keys and the
old vault stand and what was staged is swept away; with it the new ones are moved into place, and
whoever finds it completes the moves, each of which may be repeated. So a kill at any moment leaves
the old or the new, never a mixture. The keys behind HMACs and ids are wrapped anew, not changed
(docs/decisions/0010): pseudonyms, transcript ids and HMACs stay what they were.
"""

import json
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from deid import keys
from deid.audit import AuditLog, EventType, read, verify
from deid.audit.event import MalformedLineError
from deid.audit.handover import Handover
from deid.errors import AuditError, BusyError, StudyKeyError
from deid.files import sync_folder, temporary_beside, write_new
from deid.keys import StudyKeys
from deid.keysource import KeyFile, KeySource, default_source, study_secret
from deid.vault import Vault
from deid.workspace import Workspace

_NEXT_VAULT = "vault.next.db"
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did: fingerprints of the signing keys, and the log's new head."""

    old: str
    new: str
    head: str


def rotate(
    workspace: Workspace,
    *,
    source: KeySource | None = None,
    new_secret: bytes | None = None,
    actor: str = "deid",
) -> Rotated:
    """Change every key of a study.

    Args:
        workspace: Not in use by a run.
        source: Where the study key comes from; as for :func:`deid.keys.load`.
        new_secret: The new study key, where it is kept outside of the workspace; None makes a
            random one for ``keys/study.key``.
        actor: In whose name.

    Raises:
        BusyError: A run holds the workspace.
        StudyKeyError: The old key cannot be used, or the new one is given or missing wrongly.
        AuditError: The log does not hold; new signatures must not cover an altered log.
        VaultError: The vault cannot be read or copied.
    """
    chosen = source or default_source()
    settle(workspace, source=chosen)
    with workspace.lock():
        old = keys.load(workspace, source=chosen)
        secret = _new_secret(workspace, chosen, new_secret)
        verdict = verify(workspace.root, old.public_key, files=False)
        if not verdict.ok:
            raise AuditError(f"the log does not hold, no key was changed: {verdict.problem}")
        new, files = keys.renewed(old, secret)
        if isinstance(chosen, KeyFile):
            files[keys.STUDY_KEY_NAME] = f"{secret.hex()}\n".encode()
        with Vault.open(workspace.vault, old.vault_key) as vault, vault.transaction():
            _stage(workspace, old, new, files)
            decision = json.dumps(Handover.signed(old, new.public_key).facts() | {"actor": actor})
            write_new(workspace.keys / keys.ROTATION_NAME, decision.encode())
            _move(workspace)
        head = _record(workspace, new)
    return Rotated(keys.key_fingerprint(old.public_key), keys.key_fingerprint(new.public_key), head)


def settle(workspace: Workspace, *, source: KeySource | None = None) -> bool:
    """Complete, or take back, what a killed rotation left; whether it was completed.

    Raises:
        BusyError: The rotation is still under way.
        StudyKeyError: The new key is needed to record it, and the source gives another.
    """
    decided = (workspace.keys / keys.ROTATION_NAME).exists()
    if not decided and not _staged(workspace):
        return False
    try:
        with workspace.lock():
            return _settled(workspace, source)
    except BusyError:
        if decided:
            raise
        return False  # a rotation, or a run, is at work; what is staged is not ours to sweep


def _settled(workspace: Workspace, source: KeySource | None) -> bool:
    if not (workspace.keys / keys.ROTATION_NAME).exists():
        _sweep(workspace)
        return False
    _move(workspace)
    _record(workspace, keys.load(workspace, source=source, settling=True))
    return True


def _new_secret(workspace: Workspace, source: KeySource, given: bytes | None) -> bytes:
    if isinstance(source, KeyFile):
        if given is not None:
            raise StudyKeyError("the study key is kept in keys/study.key; the new one is made")
        return secrets.token_bytes(_SECRET_BYTES)
    if given is None:
        raise StudyKeyError(
            "the study key is kept outside of the workspace; make the new one there, and give it "
            "with --new-key-file"
        )
    if given == study_secret(source, workspace.keys / keys.STUDY_KEY_NAME):
        raise StudyKeyError("the new study key is the old one")
    return given


def _stage(workspace: Workspace, old: StudyKeys, new: StudyKeys, files: dict[str, bytes]) -> None:
    _sweep(workspace)
    folder = _next_keys(workspace)
    folder.mkdir(mode=0o700)
    for name, data in files.items():
        write_new(folder / name, data)
    with temporary_beside(_next_vault(workspace)) as copy:
        Vault.copy(workspace.vault, old.vault_key, copy, target_key=new.vault_key)
        copy.replace(_next_vault(workspace))
    sync_folder(workspace.keys)
    sync_folder(workspace.root)


def _move(workspace: Workspace) -> None:
    """Put what was staged into its place; repeated after a kill, the rest of it."""
    if _next_vault(workspace).exists():
        _next_vault(workspace).replace(workspace.vault)
    if _next_keys(workspace).exists():
        for staged in sorted(_next_keys(workspace).iterdir()):
            staged.replace(workspace.keys / staged.name)
        _next_keys(workspace).rmdir()
    sync_folder(workspace.root)
    sync_folder(workspace.keys)


def _record(workspace: Workspace, new: StudyKeys) -> str:
    """Hand the log over to the new key, once, and end the rotation."""
    decision = workspace.keys / keys.ROTATION_NAME
    try:
        told = json.loads(decision.read_bytes())
        handover = Handover.in_facts(told)
    except (ValueError, MalformedLineError):
        raise StudyKeyError(f"keys/{keys.ROTATION_NAME} is damaged; restore keys/") from None
    log = AuditLog(workspace.events, new)
    earlier = read(workspace.events, types=(EventType.KEYS_ROTATED,))
    if not any(event.facts.get("new") == handover.new for event in earlier):
        log.append(
            EventType.KEYS_ROTATED, actor=told["actor"], subject="keys", facts=handover.facts()
        )
    head = log.sign_anew(actor=told["actor"])
    decision.unlink()
    sync_folder(workspace.keys)
    return head


def _sweep(workspace: Workspace) -> None:
    shutil.rmtree(_next_keys(workspace), ignore_errors=True)
    _next_vault(workspace).unlink(missing_ok=True)


def _staged(workspace: Workspace) -> bool:
    return _next_keys(workspace).exists() or _next_vault(workspace).exists()


def _next_keys(workspace: Workspace) -> Path:
    return workspace.keys / "next"


def _next_vault(workspace: Workspace) -> Path:
    return workspace.root / _NEXT_VAULT
