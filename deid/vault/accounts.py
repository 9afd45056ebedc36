"""Accounts as the vault keeps them: a row each, never a password.

Only :mod:`deid.accounts` decides with them; nothing here checks who asks.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from deid.vault import statements
from deid.vault.vault import Vault

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account.

    Attributes:
        name: Lower-case letters, digits, ``.``, ``_`` and ``-``; also the actor of its events.
        password_hash: Argon2id in its encoded form, with salt and parameters.
        roles: Words of :class:`deid.accounts.Role`, sorted.
        disabled: Whether it may do nothing any more.
        failures: Wrong passwords since the last right one or the last lock.
        locked_until: ISO 8601 UTC time up to which no password is accepted, or "".
    """

    name: str
    password_hash: str = field(repr=False)
    roles: tuple[str, ...]
    disabled: bool = False
    failures: int = 0
    locked_until: str = ""


def get(vault: Vault, name: str) -> AccountRow | None:
    """The account of this name."""
    rows = vault.run(statements.GET_ACCOUNT, name)
    return _row(rows[0]) if rows else None


def put(vault: Vault, row: AccountRow) -> None:
    """Keep an account, in place of what was kept under its name; inside of a transaction."""
    vault.run(
        statements.PUT_ACCOUNT,
        *(row.name, row.password_hash, json.dumps(sorted(row.roles))),
        *(int(row.disabled), row.failures, row.locked_until),
    )


def every(vault: Vault) -> Iterator[AccountRow]:
    """All accounts by name."""
    after = ""
    while page := vault.run(statements.ACCOUNTS, after, None, _PAGE):
        yield from map(_row, page)
        after = page[-1][0]


def _row(columns: Sequence[Any]) -> AccountRow:
    name, password_hash, roles, disabled, failures, locked_until = columns
    return AccountRow(
        name, password_hash, tuple(json.loads(roles)), bool(disabled), failures, locked_until
    )
