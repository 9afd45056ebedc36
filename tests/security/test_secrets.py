"""Promise: no key and no password reaches a ``repr``, a message, a traceback or a pickle."""

import json
import pickle
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from deid import keys, rotation
from deid.accounts import Accounts, Role
from deid.audit import AuditLog
from deid.backup import restore
from deid.cli.opened import with_vault
from deid.errors import DeidError
from deid.keysource import KeyCommand, KeyEnvironment, secret_in
from deid.site import Site
from deid.vault import Vault
from deid.workspace import Workspace

PASSWORD = "Zebedee battery staple"  # noqa: S105 - of an account in this test alone
OTHER_KEY = "c0ffee" * 10 + "abcd"


@pytest.fixture
def made(helper: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace; no key in the environment."""
    monkeypatch.delenv("DEID_STUDY_KEY", raising=False)
    workspace = helper.workspace(tmp_path / "w")
    assert isinstance(workspace, Workspace)
    return workspace


def secrets_of(made: Workspace) -> list[str]:
    """All that must not be shown, as it might be."""
    held = keys.load(made)
    raw = [
        held.vault_key,
        held._originals_key,
        held._identifier_key,
        held._sealing_key,
        held._signing_key.private_bytes_raw(),
    ]
    pem = (made.keys / keys.SIGNING_KEY_NAME).read_text().splitlines()[1]
    shown = [form for key in raw for form in (key.hex(), repr(key)[2:-1], str(key))]
    return [(made.keys / keys.STUDY_KEY_NAME).read_text().strip(), pem, *shown]


def test_what_holds_secrets_is_silent(made: Workspace) -> None:
    """As ``repr``, as ``str``, in a format string and inside other values."""
    secrets = secrets_of(made)
    site = Site.open(made.root)
    with with_vault(made.root, None) as opened:
        account = opened.accounts.add("ada", PASSWORD, roles={Role.ADMINISTRATOR}, by=None)
        holders = (
            *(site, site.keys, opened, opened.vault, opened.log, opened.accounts, account),
            *(AuditLog(made.events, site.keys), Accounts(opened.vault, opened.log)),
        )
        shown = "".join(f"{each!r} {each} {[each]} { ({'x': each}) }" for each in holders)
    assert [secret for secret in [*secrets, PASSWORD, "argon2"] if secret in shown] == []


def test_keys_are_not_pickled(made: Workspace) -> None:
    """Neither by themselves nor inside what a process might hand to another."""
    site = Site.open(made.root)
    for holder in (site.keys, site, AuditLog(made.events, site.keys)):
        with pytest.raises(TypeError, match="never pickled"):
            pickle.dumps(holder)


def _errors(made: Workspace, tmp_path: Path) -> Iterator[Callable[[], object]]:
    """Ways to fail with a key or password in hand."""
    held, log = keys.load(made), AuditLog(made.events, keys.load(made))
    wrong = bytes.fromhex(OTHER_KEY)
    given = tmp_path / "given.key"
    given.touch(mode=0o600)
    given.write_text(f"{OTHER_KEY}x", encoding="utf-8")
    yield lambda: Vault.open(made.vault, wrong)
    yield lambda: Vault.open(made.vault, wrong[:7])
    yield lambda: Vault.create(made.vault, held.vault_key)
    yield lambda: secret_in(given)
    yield lambda: keys.load(made, source=KeyCommand(("sh", "-c", f"echo {OTHER_KEY}; exit 3")))
    yield lambda: keys.load(made, source=KeyCommand((f"/nowhere/{OTHER_KEY}",)))
    yield lambda: keys.load(made, source=KeyEnvironment("DEID_TEST_KEY"))
    yield lambda: held.unseal(held.seal(OTHER_KEY.encode())[:-1])
    yield lambda: rotation.rotate(made, new_secret=wrong)
    yield lambda: restore(made, held, log, made.vault, old_vault_key=wrong)
    with Vault.open(made.vault, held.vault_key) as vault:
        accounts = Accounts(vault, log)
        yield lambda: accounts.authenticate("ada", OTHER_KEY)
        yield lambda: accounts.add("eve", OTHER_KEY[:5], roles={Role.AUDITOR}, by=None)
        yield lambda: accounts.add(OTHER_KEY * 2, OTHER_KEY, roles={Role.AUDITOR}, by=None)


def test_errors_are_silent(
    made: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Message, chain of causes and arguments: neither the right nor the wrong secret is there."""
    monkeypatch.setenv("DEID_TEST_KEY", f"{OTHER_KEY}x")
    secrets = [*secrets_of(made), OTHER_KEY, OTHER_KEY[:5], repr(bytes.fromhex(OTHER_KEY))[2:-1]]
    failed = 0
    for fail in _errors(made, tmp_path):
        with pytest.raises(DeidError) as caught:
            fail()
        error: BaseException | None = caught.value
        while error is not None:
            told = "".join(traceback.format_exception_only(error)) + repr(error.args)
            assert [secret for secret in secrets if secret in told] == []
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        failed += 1
    assert failed == 13


def test_settings_do_not_name_the_secret(made: Workspace) -> None:
    """The log, the configuration and all that stands outside keys/ hold no key."""
    secrets = secrets_of(made)
    for path in made.root.rglob("*"):
        if path.is_file() and not path.is_relative_to(made.keys):
            data = path.read_bytes()
            assert [one for one in secrets if one.encode() in data] == [], path.name
    assert json.loads(made.events.read_bytes().splitlines()[0])["type"] == "workspace.created"
