"""Break-glass: who stands behind one pseudonym, for a named account with a written reason.

A participant may be in danger, or wants to withdraw; then somebody has to look. The reason is kept
in the vault, since it may name people; the log tells who looked at which pseudonym and holds the
reason's HMAC, by which the kept text can be shown to be the one that was given. The log is told
before anything is shown, and of whoever was refused.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from deid.accounts import Account, Accounts, Role
from deid.audit import AuditLog, Configured, EventType
from deid.errors import AccountError, VaultError
from deid.vault import Vault, lookups

SHORTEST_REASON = 20
"""Characters of a reason, white space not counted at its ends."""
_LONGEST_REASON = 2000
_PSEUDONYM = re.compile(r"\[?\s*([A-Za-z][A-Za-z -]{0,80}?)\s+(\d{1,9})\s*\]?")


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a pseudonym stands for; silent in ``repr``.

    Attributes:
        pseudonym: As it stands in outputs.
        names: Everything that the identity was called, as first seen.
        register_ref: Its entry in the register, or None.
        transcripts: Ids of the transcripts in which it was replaced.
    """

    pseudonym: str
    names: tuple[str, ...] = field(repr=False)
    register_ref: str | None = field(repr=False)
    transcripts: tuple[str, ...]


def look_up(
    vault: Vault, log: AuditLog, accounts: Accounts, *, pseudonym: str, reason: str, by: Account
) -> Found:
    """Say who stands behind a pseudonym.

    Args:
        vault: Open for writing.
        log: The study's.
        accounts: Of that vault.
        pseudonym: Such as ``Nurse 2``, with or without brackets.
        reason: Why somebody has to know, at least 20 characters.
        by: Who asks, authenticated.

    Raises:
        AccountError: ``by`` has not the role reidentifier, or the reason is too short.
        VaultError: There is no such pseudonym.
    """
    written = reason.strip()
    meant = _meant(vault, pseudonym)
    try:
        return _shown(vault, log, accounts, meant=meant, written=written, by=by)
    except (AccountError, VaultError):
        facts = {
            "pseudonym": Configured(vault.identity(meant).pseudonym) if meant else None,
            "role": Role.REIDENTIFIER in by.roles,
            "characters": len(written),
        }
        log.append(EventType.VAULT_LOOKUP_REFUSED, actor=by.name, subject="vault", facts=facts)
        raise


def _shown(
    vault: Vault, log: AuditLog, accounts: Accounts, *, meant: int | None, written: str, by: Account
) -> Found:
    if not SHORTEST_REASON <= len(written) <= _LONGEST_REASON:
        raise AccountError(f"a reason has {SHORTEST_REASON} to {_LONGEST_REASON} characters")
    with vault.transaction():
        account = accounts.require(by, Role.REIDENTIFIER)
        if meant is None:
            raise VaultError("there is no such pseudonym; write it as in the output: Nurse 2")
        found = _found(vault, meant)
        at, who = datetime.now(UTC), account.name
        lookups.add(vault, at=at, account=who, pseudonym=found.pseudonym, reason=written)
        facts = {
            "pseudonym": Configured(found.pseudonym),
            "reason": log.keys.hmac_original(written),
            "characters": len(written),
        }
        log.append(EventType.VAULT_LOOKED_UP, actor=who, subject="vault", facts=facts)
    return found


def _meant(vault: Vault, pseudonym: str) -> int | None:
    said = _PSEUDONYM.fullmatch(pseudonym.strip())
    return lookups.meant(vault, said[1], int(said[2])) if said else None


def _found(vault: Vault, identity_id: int) -> Found:
    identity = vault.identity(identity_id)
    return Found(
        pseudonym=identity.pseudonym,
        names=tuple(alias.text for alias in vault.aliases(identity.id)),
        register_ref=identity.register_ref,
        transcripts=tuple(vault.transcripts_of(identity.id)),
    )
