"""Who may act: named accounts with argon2id password hashes and roles, kept in the vault.

Every change is an audit event and lands together with it; after the first administrator every
change needs another administrator's or the same one's password. A refused password never tells
which part was wrong, and a password never reaches a message, an event or a ``repr``.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from argon2 import PasswordHasher

from deid.audit import AuditLog, Configured, EventType
from deid.audit.facts import checked_actor
from deid.errors import AccountError, AuditError
from deid.passwords import Passwords, mark
from deid.vault import Vault
from deid.vault import accounts as table
from deid.vault.accounts import AccountRow

FAILURES_TO_LOCK = 5
LOCKED_FOR = timedelta(minutes=15)
SYSTEM_USER = "system."
"""Before the name of a user of the operating system, where no account acts."""
PROGRAMME = "deid"
"""The actor of what the program does by itself; no account has this name."""
_NOT_ACCEPTED = (
    "name and password were not accepted; after several failures an account is locked for "
    f"{LOCKED_FOR.seconds // 60} minutes"
)


class Role(StrEnum):
    """What an account may do; it may have several."""

    CHECKER = "checker"
    RELEASER = "releaser"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    REIDENTIFIER = "reidentifier"


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it was when asked for; :meth:`Accounts.require` looks again.

    ``password_mark`` is another for each password; it says nothing of it.
    """

    name: str
    roles: frozenset[Role]
    disabled: bool
    locked: bool
    password_mark: str = field(repr=False)


def _now() -> datetime:
    return datetime.now(UTC)


class Accounts:
    """The accounts of a vault that is open for writing."""

    def __init__(
        self,
        vault: Vault,
        log: AuditLog,
        *,
        hasher: PasswordHasher | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        """``hasher`` is that of :class:`deid.passwords.Passwords`."""
        self._vault, self._log, self._clock = vault, log, clock
        self._passwords = Passwords(hasher)

    def list(self) -> Iterator[Account]:
        """All accounts by name, disabled ones among them."""
        return map(self._account, table.every(self._vault))

    def get(self, name: str) -> Account:
        """One account.

        Raises:
            AccountError: There is none of this name.
        """
        return self._account(self._row(name))

    def add(
        self, name: str, password: str, *, roles: Collection[Role], by: Account | None
    ) -> Account:
        """Make an account; ``by`` is None for the first one only, which is an administrator.

        Raises:
            AccountError: The name is malformed or taken, the password too short, no role is
                given, or ``by`` is no administrator.
        """
        _check_name(name)
        row = AccountRow(name, self._passwords.kept(name, password), _words(roles))
        with self._vault.transaction():
            first = next(self.list(), None) is None
            if first and Role.ADMINISTRATOR not in roles:
                raise AccountError("the first account has to be an administrator")
            actor = name if first else self._administrator(by)
            if table.get(self._vault, name) is not None:
                raise AccountError("there is an account of this name already")
            self._keep(EventType.ACCOUNT_ADDED, row, actor, {"roles": list(row.roles)})
        return self._account(row)

    def set_roles(self, name: str, roles: Collection[Role], *, by: Account) -> Account:
        """Give an account these roles in place of the ones it had.

        Raises:
            AccountError: No such account, no role, it is the last administrator and would not
                be one any more, or ``by`` is no administrator.
        """
        with self._vault.transaction():
            actor = self._administrator(by)
            before = self._row(name)
            row = replace(before, roles=_words(roles))
            self._check_administrators(row)
            facts = {"roles": list(row.roles), "before": list(before.roles)}
            self._keep(EventType.ACCOUNT_ROLE_CHANGED, row, actor, facts)
        return self._account(row)

    def disable(self, name: str, *, by: Account) -> Account:
        """Take from an account, for good, whatever it may do.

        Raises:
            AccountError: No such account, it is the last administrator, or ``by`` is none.
        """
        with self._vault.transaction():
            actor = self._administrator(by)
            row = replace(self._row(name), disabled=True)
            self._check_administrators(row)
            self._keep(EventType.ACCOUNT_DISABLED, row, actor, {})
        return self._account(row)

    def set_password(self, name: str, password: str, *, by: Account) -> Account:
        """Give an account a new password, and unlock it; an account may do so for itself.

        Raises:
            AccountError: No such account, the password is too short, or ``by`` is neither the
                account itself nor an administrator.
        """
        hashed = self._passwords.kept(name, password)
        with self._vault.transaction():
            actor = self._active(by.name).name if by.name == name else self._administrator(by)
            row = replace(self._row(name), password_hash=hashed, failures=0, locked_until="")
            self._keep(EventType.ACCOUNT_PASSWORD_CHANGED, row, actor, {})
        return self._account(row)

    def authenticate(self, name: str, password: str) -> Account:
        """The account, when name and password belong together and it may act.

        An unknown, a disabled and a locked account cost the same hashing as a known one. Wrong
        passwords are counted; the fifth in a row locks the account for 15 minutes. Every refusal
        is an event, which names the account only when there is one: whoever types in a hurry
        types a password where the name belongs.

        Raises:
            AccountError: It was not accepted; always with the same words.
        """
        row, nobody = table.get(self._vault, name), self._passwords.of_nobody
        stored = row.password_hash if row else nobody
        right = self._passwords.match(stored, password)
        may = row is not None and not row.disabled and not self._is_locked(row)
        if row is None or not (may and right):
            self._tell_refusal(row)
            if may:
                self._count_failure(name)
            raise AccountError(_NOT_ACCEPTED)
        if row.failures or row.locked_until or self._passwords.outdated(stored):
            self._settle(name, stored, password)
        return self.get(name)

    def vouched(self, name: str) -> Account:
        """The account for which a trusted proxy vouches; no password is asked.

        Raises:
            AccountError: There is none, or it may not act; noted like a refused password.
        """
        row = table.get(self._vault, name)
        if row is None or row.disabled or self._is_locked(row):
            why = "unknown" if row is None else "disabled" if row.disabled else "locked"
            raise self.refused(row, why)
        return self._account(row)

    def refused(self, row: AccountRow | None, why: str) -> AccountError:
        """Note why the word of a proxy was not taken; the error to raise."""
        self._tell_refusal(row, {"reason": why})
        return AccountError(
            "the trust's sign-in was not accepted here "
            f"({why}); an administrator of the desk finds it in the audit log"
        )

    def require(self, account: Account, role: Role) -> Account:
        """The account as it is now, when it has this role and is not disabled.

        Raises:
            AccountError: It has not, or it is.
        """
        now = self._active(account.name)
        if role not in now.roles:
            raise AccountError(f"this needs an account with the role {role}")
        return now

    def _administrator(self, by: Account | None) -> str:
        if by is None:
            raise AccountError("this needs an administrator's name and password")
        return self.require(by, Role.ADMINISTRATOR).name

    def _active(self, name: str) -> Account:
        now = self.get(name)
        if now.disabled:
            raise AccountError("the account is disabled")
        return now

    def _check_administrators(self, changed: AccountRow) -> None:
        """Refuse a change after which nobody could administer the accounts."""
        rows = [changed, *(row for row in table.every(self._vault) if row.name != changed.name)]
        if not any(Role.ADMINISTRATOR in row.roles and not row.disabled for row in rows):
            raise AccountError("the last administrator has to remain one")

    def _tell_refusal(
        self, row: AccountRow | None, more: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        facts = {"account": Configured(row.name) if row else None, **more}
        self._log.append(EventType.ACCOUNT_REFUSED, actor=PROGRAMME, subject="account", facts=facts)

    def _count_failure(self, name: str) -> None:
        with self._vault.transaction():
            row = self._row(name)
            failures = row.failures + 1
            if failures < FAILURES_TO_LOCK:
                table.put(self._vault, replace(row, failures=failures))
                return
            until = (self._clock() + LOCKED_FOR).isoformat()
            row = replace(row, failures=0, locked_until=until)
            self._keep(EventType.ACCOUNT_LOCKED, row, PROGRAMME, {"failures": failures})

    def _settle(self, name: str, stored: str, password: str) -> None:
        """After a right password: forget the failures, and hash anew where parameters changed."""
        with self._vault.transaction():
            row = replace(self._row(name), failures=0, locked_until="")
            if row.password_hash == stored and self._passwords.outdated(stored):
                row = replace(row, password_hash=self._passwords.renewed(password))
            table.put(self._vault, row)

    def _keep(
        self, type_: EventType, row: AccountRow, actor: str, facts: Mapping[str, object]
    ) -> None:
        table.put(self._vault, row)
        told = {"account": Configured(row.name), **facts}
        self._log.append(type_, actor=actor, subject="account", facts=told)

    def _row(self, name: str) -> AccountRow:
        row = table.get(self._vault, name)
        if row is None:
            raise AccountError("there is no account of this name")
        return row

    def _account(self, row: AccountRow) -> Account:
        roles = frozenset(map(Role, row.roles))
        locked = self._is_locked(row)
        return Account(row.name, roles, row.disabled, locked, mark(row.password_hash))

    def _is_locked(self, row: AccountRow) -> bool:
        return bool(row.locked_until) and self._clock() < datetime.fromisoformat(row.locked_until)


def _check_name(name: str) -> None:
    try:
        checked_actor(name)
    except AuditError:
        raise AccountError("a name is lower-case letters, digits and . _ -, 64 at most") from None
    if name == PROGRAMME or name.startswith(SYSTEM_USER):
        raise AccountError("this name is the program's own")


def _words(roles: Collection[Role]) -> tuple[str, ...]:
    if not roles:
        raise AccountError("an account has at least one role")
    return tuple(sorted(role.value for role in roles))
