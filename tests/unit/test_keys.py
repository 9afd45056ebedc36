"""deid.keys: one secret in, separate keys out, and none of it ever shown."""

import base64
import os
import pickle
import sys
import traceback
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature

from deid import keys
from deid.errors import StudyKeyError
from deid.keysource import KeyCommand, KeyEnvironment, KeyFile
from deid.workspace import Workspace

SECRET = bytes(range(32))


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A fresh workspace without keys, and no key in the environment."""
    monkeypatch.delenv("DEID_STUDY_KEY", raising=False)
    return Workspace.create(tmp_path / "ws")


def test_keys_are_made_once_and_private(workspace: Workspace) -> None:
    """A second creation finds the same keys; every key file is 0600."""
    first, second = keys.create(workspace), keys.create(workspace)
    assert first.vault_key == second.vault_key == keys.load(workspace).vault_key
    assert {path.name for path in workspace.keys.iterdir()} == {
        "study.key",
        "signing.key",
        "signing.pub",
    }
    assert {path.stat().st_mode & 0o777 for path in workspace.keys.iterdir()} == {0o600}


def test_an_interrupted_creation_is_completed(workspace: Workspace) -> None:
    """A public half that a kill left out is made from the signing key."""
    first = keys.create(workspace)
    (workspace.keys / "signing.pub").unlink()
    second = keys.create(workspace)
    assert keys.key_fingerprint(first.public_key) == keys.key_fingerprint(second.public_key)


def test_no_new_key_is_made_for_an_old_vault(workspace: Workspace) -> None:
    """A lost key is told of while the vault stands; a new one would hide the loss."""
    workspace.vault.touch()
    with pytest.raises(StudyKeyError, match="restore"):
        keys.create(workspace)
    assert not list(workspace.keys.iterdir())


def test_nor_a_signing_key_for_an_old_public_half(workspace: Workspace) -> None:
    """A lost signing key is not replaced behind the auditor's back."""
    keys.create(workspace)
    (workspace.keys / "signing.key").unlink()
    with pytest.raises(StudyKeyError, match="signing"):
        keys.create(workspace)


@pytest.mark.parametrize("name", ["study.key", "signing.key"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(workspace: Workspace, name: str, mode: int) -> None:
    """The message names the file and the repair."""
    keys.create(workspace)
    (workspace.keys / name).chmod(mode)
    with pytest.raises(StudyKeyError, match=f"chmod 600 keys/{name}"):
        keys.load(workspace)


@pytest.mark.parametrize(
    "written", [SECRET.hex(), SECRET.hex().upper() + "\n", base64.b64encode(SECRET).decode() + "\n"]
)
def test_every_source_and_form_gives_the_same_keys(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    """File, environment and command, hexadecimal and Base64, are the same secret."""
    keys.create(workspace)
    (workspace.keys / "study.key").write_text(written)
    from_file = keys.load(workspace, source=KeyFile())
    monkeypatch.setenv("TRUST_SECRET", written)
    from_environment = keys.load(workspace, source=KeyEnvironment("TRUST_SECRET"))
    show = "import os; print(os.environ['TRUST_SECRET'])"
    from_command = keys.load(workspace, source=KeyCommand((sys.executable, "-c", show)))
    assert from_file.vault_key == from_environment.vault_key == from_command.vault_key
    assert from_file.hmac_original("x") == from_command.hmac_original("x")


def test_the_environment_goes_before_the_file(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With DEID_STUDY_KEY set no key file is made or read."""
    monkeypatch.setenv("DEID_STUDY_KEY", SECRET.hex())
    made = keys.create(workspace)
    assert not (workspace.keys / "study.key").exists()
    assert keys.load(workspace).vault_key == made.vault_key


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("", "needs 32 bytes"),
        ("00" * 31, "needs 32 bytes"),
        ("not a key, but speech that was pasted: Shazia", "needs 32 bytes"),
        ("00" * 32, "not a random key"),
        ("ab" * 32, "not a random key"),
    ],
)
def test_what_is_no_key_is_refused_and_not_shown(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, written: str, rule: str
) -> None:
    """The message tells the rule; nothing of the value stands in it or in the traceback."""
    monkeypatch.setenv("DEID_STUDY_KEY", written)
    keys_made = workspace.keys / "signing.key"
    with pytest.raises(StudyKeyError, match=rule) as raised:
        keys.create(workspace)
    shown = "".join(traceback.format_exception(raised.value))
    assert not written or written not in shown
    assert "Shazia" not in shown
    assert keys_made.exists()  # the signing key does not depend on the secret


@pytest.mark.parametrize(
    ("argv", "rule"),
    [
        ((), "empty"),
        (("/nonexistent/secret-tool",), "could not be started"),
        ((sys.executable, "-c", "print('canary'); raise SystemExit(3)"), "exit code 3"),
        ((sys.executable, "-c", "print('canary')"), "needs 32 bytes"),
        ((sys.executable, "-c", "import time; print('canary'); time.sleep(9)"), "over 0.2 seconds"),
    ],
)
def test_a_failing_key_command_is_told_without_its_output(
    workspace: Workspace, argv: tuple[str, ...], rule: str
) -> None:
    """Neither the program's arguments nor what it printed reach the message."""
    keys.create(workspace)
    timeout = 0.2 if "over" in rule else 10.0
    with pytest.raises(StudyKeyError, match=rule) as raised:
        keys.load(workspace, source=KeyCommand(argv, timeout_s=timeout))
    assert "canary" not in "".join(traceback.format_exception(raised.value))


def test_secrets_are_silent_and_stay_in_the_process(workspace: Workspace) -> None:
    """No repr, str or pickle holds a key."""
    made = keys.create(workspace)
    assert repr(made) == str(made) == "StudyKeys()"
    with pytest.raises(TypeError, match="never pickled"):
        pickle.dumps(made)


def test_sub_keys_differ(workspace: Workspace) -> None:
    """One use tells nothing of another: no two derived keys, and none the secret itself."""
    made = keys.create(workspace)
    secret = bytes.fromhex((workspace.keys / "study.key").read_text())
    derived = {made.vault_key, made._originals_key, made._identifier_key, made._sealing_key}
    assert len(derived | {secret}) == 5


def test_originals_are_recognised_in_any_dress(workspace: Workspace) -> None:
    """Case, width, spaces, soft hyphens and composition do not matter; letters do."""
    made = keys.create(workspace)
    digest = made.hmac_original("Zoë  O'Neil")
    for same in ("zoe\u0308 o'neil", "ZOË O'NEIL\n", "Zo\u00adë\u200b O'Neil", "Ｚoë O'Neil"):  # noqa: RUF001 - a full-width letter is the point
        assert made.hmac_original(same) == digest
    assert made.hmac_original("Zoe O'Neil") != digest
    assert len(digest) == 64


def test_identifiers_depend_on_every_part_and_its_bounds(workspace: Workspace) -> None:
    """The same parts give the same id; moving a letter between parts gives another."""
    made = keys.create(workspace)
    assert made.identifier("t", "study", "ab") == made.identifier("t", "study", "ab")
    others = {
        made.identifier("t", "study", "ab"),
        made.identifier("t", "studya", "b"),
        made.identifier("t", "studyab"),
        made.identifier("r", "study", "ab"),
    }
    assert len(others) == 4
    assert all(len(other) == 18 for other in others)


def test_sealed_data_opens_only_untouched_with_its_key_and_context(workspace: Workspace) -> None:
    """Any change of data, context or key is found; sealing twice gives different bytes."""
    made = keys.create(workspace)
    sealed = made.seal(b"data", context=b"turn 4")
    assert made.unseal(sealed, context=b"turn 4") == b"data"
    assert sealed != made.seal(b"data", context=b"turn 4")
    for place in range(len(sealed)):
        broken = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(StudyKeyError):
            made.unseal(broken, context=b"turn 4")
    with pytest.raises(StudyKeyError):
        made.unseal(sealed, context=b"turn 5")
    with pytest.raises(StudyKeyError):
        made.unseal(b"")


def test_a_signature_is_checked_with_the_public_file_alone(workspace: Workspace) -> None:
    """What the instance signs, signing.pub verifies, and nothing else."""
    made = keys.create(workspace)
    public = keys.load_public_key(workspace.keys / "signing.pub")
    public.verify(made.sign(b"head"), b"head")
    with pytest.raises(InvalidSignature):
        public.verify(made.sign(b"head"), b"other head")


@pytest.mark.parametrize("name", ["signing.key", "signing.pub"])
def test_signing_keys_that_do_not_fit_are_refused(
    tmp_path: Path, workspace: Workspace, name: str
) -> None:
    """Garbage, and a key of another instance, are told."""
    keys.create(workspace)
    other = Workspace.create(tmp_path / "other")
    keys.create(other)
    (workspace.keys / name).write_bytes((other.keys / name).read_bytes())
    with pytest.raises(StudyKeyError, match="do not belong together"):
        keys.load(workspace)
    (workspace.keys / name).write_bytes(os.urandom(50))
    with pytest.raises(StudyKeyError, match="PEM"):
        keys.load(workspace)
