"""deid.accounts: who may act, how they show it, and that every change is told."""

import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from deid import keys
from deid.accounts import FAILURES_TO_LOCK, LOCKED_FOR, Account, Accounts, Role
from deid.audit import AuditLog, Event, EventType, read
from deid.audit.facts import WORDS
from deid.errors import AccountError, AuditError
from deid.vault import Vault
from deid.vault import accounts as table
from deid.workspace import Workspace

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "correct horse battery"  # noqa: S105 - of this test alone
OTHER = "staple battery horse"


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock at nine on the first of March."""
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with keys and an empty vault."""
    monkeypatch.delenv("DEID_STUDY_KEY", raising=False)
    place = Workspace.create(tmp_path / "ws")
    Vault.create(place.vault, keys.create(place).vault_key)
    return place


@pytest.fixture
def vault(workspace: Workspace) -> Iterator[Vault]:
    """That vault, open for writing."""
    with Vault.open(workspace.vault, keys.load(workspace).vault_key) as opened:
        yield opened


@pytest.fixture
def accounts(workspace: Workspace, vault: Vault, clock: Clock) -> Accounts:
    """Its accounts, hashed cheaply."""
    log = AuditLog(workspace.events, keys.load(workspace), clock=clock)
    return Accounts(vault, log, hasher=CHEAP, clock=clock)


@pytest.fixture
def admin(accounts: Accounts) -> Account:
    """The first account."""
    return accounts.add("ada", PASSWORD, roles={Role.ADMINISTRATOR}, by=None)


@pytest.fixture
def events(workspace: Workspace) -> Callable[[], list[Event]]:
    """What the log tells by now."""
    return lambda: list(read(workspace.events))


def _refused(act: Callable[[], object]) -> str:
    with pytest.raises(AccountError) as raised:
        act()
    return str(raised.value)


def test_every_role_may_stand_in_the_log() -> None:
    """The audit log knows each role as a word of its own."""
    assert set(Role) <= WORDS


def test_first_account_is_an_administrator_of_its_own_making(
    accounts: Accounts, events: Callable[[], list[Event]]
) -> None:
    """A vault without accounts takes one without asking anybody; it has to administer."""
    assert "administrator" in _refused(
        lambda: accounts.add("bob", PASSWORD, roles={Role.CHECKER}, by=None)
    )
    made = accounts.add("ada", PASSWORD, roles={Role.ADMINISTRATOR, Role.AUDITOR}, by=None)
    assert made.roles == {Role.ADMINISTRATOR, Role.AUDITOR}
    (event,) = events()
    assert (event.type, event.actor) == (EventType.ACCOUNT_ADDED, "ada")
    assert event.facts == {"account": "ada", "roles": ["administrator", "auditor"]}


def test_later_changes_need_an_administrator(accounts: Accounts, admin: Account) -> None:
    """Nobody, and nobody without the role, adds, disables, or gives roles."""
    checker = accounts.add("bob", OTHER, roles={Role.CHECKER}, by=admin)
    for act in (
        lambda: accounts.add("eve", OTHER, roles={Role.CHECKER}, by=None),
        lambda: accounts.add("eve", OTHER, roles={Role.CHECKER}, by=checker),
        lambda: accounts.set_roles("bob", {Role.RELEASER}, by=checker),
        lambda: accounts.disable("ada", by=checker),
        lambda: accounts.set_password("ada", OTHER, by=checker),
    ):
        assert "administrator" in _refused(act)
    assert [each.name for each in accounts.list()] == ["ada", "bob"]
    assert accounts.get("bob").roles == {Role.CHECKER}


def test_a_change_is_told_with_what_was_before(
    accounts: Accounts, admin: Account, events: Callable[[], list[Event]]
) -> None:
    """Roles, disabling and passwords each leave an event; no password stands in any."""
    accounts.add("bob", OTHER, roles={Role.CHECKER}, by=admin)
    accounts.set_roles("bob", {Role.RELEASER}, by=admin)
    accounts.set_password("bob", PASSWORD + "!", by=admin)
    accounts.disable("bob", by=admin)
    told = events()[2:]
    assert [event.type for event in told] == [
        EventType.ACCOUNT_ROLE_CHANGED,
        EventType.ACCOUNT_PASSWORD_CHANGED,
        EventType.ACCOUNT_DISABLED,
    ]
    assert told[0].facts == {"account": "bob", "roles": ["releaser"], "before": ["checker"]}
    assert {event.actor for event in told} == {"ada"}
    assert OTHER not in repr(told)


def test_a_change_that_cannot_be_told_is_not_made(
    accounts: Accounts, admin: Account, workspace: Workspace
) -> None:
    """With a log that does not take the event, the account is not there either."""
    workspace.events.write_bytes(b"no event\n")
    with pytest.raises(AuditError):
        accounts.add("bob", OTHER, roles={Role.CHECKER}, by=admin)
    assert [each.name for each in accounts.list()] == ["ada"]


def test_the_last_administrator_stays(accounts: Accounts, admin: Account) -> None:
    """Neither disabling nor roles leave a study without an administrator."""
    assert "last administrator" in _refused(lambda: accounts.disable("ada", by=admin))
    assert "last administrator" in _refused(
        lambda: accounts.set_roles("ada", {Role.CHECKER}, by=admin)
    )
    accounts.add("bob", OTHER, roles={Role.ADMINISTRATOR}, by=admin)
    assert accounts.disable("ada", by=admin).disabled


@pytest.mark.parametrize(
    ("name", "password", "roles", "rule"),
    [
        ("Ada", PASSWORD, {Role.CHECKER}, "lower-case"),
        ("bob smith", PASSWORD, {Role.CHECKER}, "lower-case"),
        ("deid", PASSWORD, {Role.CHECKER}, "own"),
        ("ada", PASSWORD, {Role.CHECKER}, "already"),
        ("bob", "short", {Role.CHECKER}, "characters"),
        ("bob", "x" * 1025, {Role.CHECKER}, "characters"),
        ("bob-the-builder", "bob-the-builder", {Role.CHECKER}, "name"),
        ("bob", PASSWORD, set(), "at least one role"),
    ],
)
def test_what_is_no_account_is_refused(
    *, accounts: Accounts, admin: Account, name: str, password: str, roles: set[Role], rule: str
) -> None:
    """Each rule is named, and no password is shown in message or traceback."""
    with pytest.raises(AccountError, match=rule) as raised:
        accounts.add(name, password, roles=roles, by=admin)
    assert (
        password not in "".join(traceback.format_exception_only(raised.value)) or name == password
    )


def test_authentication_gives_the_account(accounts: Accounts, admin: Account) -> None:
    """Name and password together, also where another keyboard composes the accents."""
    assert accounts.authenticate("ada", PASSWORD) == admin
    accounts.add("zoe", "Zoe\u0308 in the garden", roles={Role.CHECKER}, by=admin)
    assert accounts.authenticate("zoe", "Zo\u00eb in the garden").name == "zoe"


def test_a_refusal_never_tells_why(accounts: Accounts, admin: Account) -> None:
    """Wrong password, unknown name, disabled and locked accounts are told in the same words."""
    for name in ("bob", "eve"):
        accounts.add(name, OTHER, roles={Role.CHECKER}, by=admin)
    accounts.disable("bob", by=admin)
    for _ in range(FAILURES_TO_LOCK):
        _refused(lambda: accounts.authenticate("eve", "wrong"))
    told = {
        _refused(lambda: accounts.authenticate("ada", "wrong")),
        _refused(lambda: accounts.authenticate("nobody", PASSWORD)),
        _refused(lambda: accounts.authenticate("bob", OTHER)),
        _refused(lambda: accounts.authenticate("eve", OTHER)),
    }
    assert len(told) == 1


@pytest.mark.usefixtures("admin")
def test_an_unknown_name_costs_a_verification_too(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever measures time learns no names: every attempt verifies one hash."""
    calls = []
    verify = PasswordHasher.verify

    def counted(self: PasswordHasher, stored: str, password: str) -> bool:
        calls.append(stored)
        return verify(self, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    for name in ("ada", "nobody"):
        with pytest.raises(AccountError):
            accounts.authenticate(name, "wrong")
    assert len(calls) == 2


@pytest.mark.usefixtures("admin")
def test_failures_lock_for_a_time(
    accounts: Accounts, clock: Clock, events: Callable[[], list[Event]]
) -> None:
    """Five wrong passwords in a row lock; the right one is refused until the time is over."""
    for _ in range(FAILURES_TO_LOCK):
        _refused(lambda: accounts.authenticate("ada", "wrong"))
    assert accounts.get("ada").locked
    assert events()[-1].type is EventType.ACCOUNT_LOCKED
    _refused(lambda: accounts.authenticate("ada", PASSWORD))
    clock.now += LOCKED_FOR - timedelta(seconds=1)
    _refused(lambda: accounts.authenticate("ada", PASSWORD))
    clock.now += timedelta(seconds=1)
    assert not accounts.authenticate("ada", PASSWORD).locked


@pytest.mark.usefixtures("admin")
def test_a_right_password_forgets_the_failures(accounts: Accounts) -> None:
    """Four wrong ones, a right one, and four wrong ones lock nobody."""
    for _ in range(2):
        for _ in range(FAILURES_TO_LOCK - 1):
            _refused(lambda: accounts.authenticate("ada", "wrong"))
        assert accounts.authenticate("ada", PASSWORD)


def test_a_new_password_replaces_the_old_and_unlocks(accounts: Accounts, admin: Account) -> None:
    """An account sets its own; the old one is refused from then on."""
    bob = accounts.add("bob", OTHER, roles={Role.CHECKER}, by=admin)
    accounts.set_password("bob", PASSWORD + "!", by=bob)
    _refused(lambda: accounts.authenticate("bob", OTHER))
    assert accounts.authenticate("bob", PASSWORD + "!")


@pytest.mark.usefixtures("admin")
def test_hashes_follow_new_parameters(
    accounts: Accounts, vault: Vault, workspace: Workspace
) -> None:
    """A right password is hashed anew once the parameters have changed; both are argon2id."""
    before = table.get(vault, "ada")
    log = AuditLog(workspace.events, keys.load(workspace))
    dearer = Accounts(vault, log, hasher=PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert dearer.authenticate("ada", PASSWORD)
    after = table.get(vault, "ada")
    assert before is not None
    assert after is not None
    assert before.password_hash.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert after.password_hash.startswith("$argon2id$v=19$m=16,t=2,p=1$")
    assert accounts.authenticate("ada", PASSWORD)


def test_a_disabled_account_cannot_act_on_an_old_sign_in(
    accounts: Accounts, admin: Account
) -> None:
    """What an account may do is looked up when it acts, not when it signed in."""
    bob = accounts.add("bob", OTHER, roles={Role.CHECKER}, by=admin)
    assert accounts.require(bob, Role.CHECKER) == bob
    assert "role releaser" in _refused(lambda: accounts.require(bob, Role.RELEASER))
    accounts.set_roles("bob", {Role.RELEASER}, by=admin)
    assert "role checker" in _refused(lambda: accounts.require(bob, Role.CHECKER))
    accounts.disable("bob", by=admin)
    assert "disabled" in _refused(lambda: accounts.require(bob, Role.RELEASER))


@pytest.mark.usefixtures("admin")
def test_hashes_are_silent(vault: Vault) -> None:
    """No repr holds a hash."""
    assert "argon2" not in repr(list(table.every(vault)))


def test_every_refusal_is_told(
    accounts: Accounts, admin: Account, events: Callable[[], list[Event]]
) -> None:
    """Unknown, wrong, disabled or locked: an event each; what is no account is not repeated."""
    accounts.add("kim", "another horse battery", roles=[Role.CHECKER], by=admin)
    accounts.disable("kim", by=admin)
    before = len(events())
    for name in ("my secret horse password", "nobody", "kim", admin.name):
        _refused(partial(accounts.authenticate, name, "wrong horse battery"))
    told = events()[before:]
    assert {each.type for each in told} == {EventType.ACCOUNT_REFUSED}
    assert [each.facts["account"] for each in told] == [None, None, "kim", admin.name]
    for _ in range(FAILURES_TO_LOCK):
        _refused(lambda: accounts.authenticate(admin.name, "wrong horse battery"))
    assert [each.type for each in events()].count(EventType.ACCOUNT_LOCKED) == 1
