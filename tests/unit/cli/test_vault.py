"""``deid vault``: backups from the shell, and break-glass with a name and a reason."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deid import keys
from deid.audit import EventType, read
from deid.errors import ExitCode
from deid.vault import Original, Vault
from deid.workspace import Workspace

type Shell = Callable[..., Any]

ADA = "correct horse battery"
REASON = "The participant asked on 3 March to withdraw; ticket 12."
CANARY = "Zebedee Quillfeather"


@pytest.fixture
def filled(deid: Shell, workspace: Path, password: Callable[..., Path]) -> tuple[str, ...]:
    """A nurse in the vault, and options that sign an account in that may look her up."""
    held = keys.load(Workspace(workspace))
    with Vault.open(workspace / "vault.db", held.vault_key) as vault, vault.transaction():
        nurse = vault.identity_for(kind="Nurse", alias=CANARY, register_ref="S1")
        row = Original("t-0123abcd", "PERSON", CANARY, nurse.id)
        vault.replace_originals("t-0123abcd", [row])
    file = password(ADA)
    roles = ("--role", "administrator", "--role", "reidentifier")
    assert deid("users", "add", "ada", *roles, "--new-password-file", file).code == 0
    return ("--as", "ada", "--password-file", str(file))


def test_backup_and_restore(deid: Shell, filled: tuple[str, ...], tmp_path: Path) -> None:
    """A backup is made, an account added since is gone after the restore, and the log holds."""
    assert "1 identities" in deid("vault", "backup", tmp_path / "copy.db").out
    deid("users", "role", "ada", "--role", "administrator", *filled)
    done = deid("vault", "restore", tmp_path / "copy.db")
    assert "kept as vault-replaced-" in done.out
    assert "reidentifier" in deid("users", "list").out
    assert deid("audit", "verify").code == 0
    again = deid("vault", "backup", tmp_path / "copy.db")
    assert again.code == ExitCode.VAULT
    assert CANARY not in done.out + again.err


@pytest.mark.usefixtures("terminal")
def test_lookup_shows_and_tells(deid: Shell, filled: tuple[str, ...], workspace: Path) -> None:
    """Names on the terminal; account and pseudonym in the log, the reason in the vault only."""
    done = deid("vault", "lookup", "nurse 1", "--reason", REASON, *filled)
    assert done.code == 0
    for shown in (CANARY, "[Nurse 1]", "S1", "t-0123abcd"):
        assert shown in done.out
    held = keys.load(Workspace(workspace))
    (event,) = read(workspace / "audit/events.jsonl", types=(EventType.VAULT_LOOKED_UP,))
    assert event.actor == "ada"
    assert event.facts == {
        "pseudonym": "[Nurse 1]",
        "reason": held.hmac_original(REASON),
        "characters": len(REASON),
    }
    assert REASON not in (workspace / "audit/events.jsonl").read_text()
    with Vault.open(workspace / "vault.db", held.vault_key) as vault:
        ((_, _, *kept),) = vault.run("SELECT * FROM lookups")
    assert kept == ["ada", "[Nurse 1]", REASON]


def test_lookup_is_for_a_terminal(deid: Shell, filled: tuple[str, ...]) -> None:
    """A pipe or a file would keep the names."""
    done = deid("vault", "lookup", "Nurse 1", "--reason", REASON, *filled)
    assert (done.code, done.out) == (ExitCode.ACCOUNT, "")
    assert "terminal" in done.err


@pytest.mark.usefixtures("terminal")
def test_a_wrong_password_at_a_lookup_is_told(
    deid: Shell, workspace: Path, filled: tuple[str, ...], password: Callable[..., Path]
) -> None:
    """As a refused sign-in of that account, like at every other command."""
    wrong = ("--as", filled[1], "--password-file", password("not the right battery"))
    assert deid("vault", "lookup", "Nurse 1", "--reason", REASON, *wrong).code == ExitCode.ACCOUNT
    (event,) = read(workspace / "audit/events.jsonl", types=(EventType.ACCOUNT_REFUSED,))
    assert event.facts == {"account": "ada"}


@pytest.mark.usefixtures("terminal")
def test_lookup_needs_role_reason_and_pseudonym(
    deid: Shell, filled: tuple[str, ...], workspace: Path
) -> None:
    """Each is refused on its own, nothing is shown, and the log tells who was refused what."""
    look = ("vault", "lookup", "Nurse 1", "--reason")
    refused = [
        deid(*look, "because", *filled),
        deid(*look, REASON, "--as", "ada", "--password-file", "/nonexistent"),
        deid("vault", "lookup", "Nurse 2", "--reason", REASON, *filled),
        deid("vault", "lookup", CANARY, "--reason", REASON, *filled),
    ]
    deid("users", "role", "ada", "--role", "administrator", *filled)
    refused.append(deid(*look, REASON, *filled))
    account, vault = ExitCode.ACCOUNT, ExitCode.VAULT
    assert [done.code for done in refused] == [account, account, vault, vault, account]
    assert not any(CANARY in done.out + done.err for done in refused)
    log = workspace / "audit/events.jsonl"
    assert not list(read(log, types=(EventType.VAULT_LOOKED_UP,)))
    told = [each.facts for each in read(log, types=(EventType.VAULT_LOOKUP_REFUSED,))]
    assert [(each["pseudonym"], each["role"]) for each in told] == [
        *(("[Nurse 1]", True), (None, True), (None, True), ("[Nurse 1]", False))
    ]
    assert CANARY not in log.read_text()
