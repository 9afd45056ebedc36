"""The register of the run before, so that the next one can tell what changed in it.

One at a time: with a new one, what is no longer in it is forgotten.
"""

from dataclasses import dataclass, field

from deid.vault import statements
from deid.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A register as a run found it.

    Attributes:
        digest: Its keyed digest.
        people: Its entries, as JSON.
    """

    digest: str
    people: str = field(repr=False)


def get(vault: Vault) -> RegisterRow | None:
    """The register of the run before, None when there was none."""
    rows = vault.run(statements.GET_REGISTER)
    return RegisterRow(*rows[0]) if rows else None


def put(vault: Vault, row: RegisterRow) -> None:
    """Keep a register, in place of what was kept; inside of a transaction."""
    vault.run(statements.DROP_REGISTERS)
    vault.run(statements.PUT_REGISTER, row.digest, row.people)
