"""Who is called by a name, asked so that the answer costs the same however large the study is.

Hundreds of people of a study share a first name. Nobody needs all of them: the first, whether
there is a second, or the first that was never called more, is what decides who is meant.
"""

from collections.abc import Collection

from deid.vault import statements
from deid.vault.rows import Identity
from deid.vault.vault import Vault


def bearers(
    vault: Vault,
    alias: str,
    *,
    most: int,
    kinds: Collection[str] = (),
    but: Collection[str] = (),
    unregistered: bool = False,
    bare: bool = False,
) -> list[Identity]:
    """The first identities that are called so, by order of creation.

    Args:
        vault: Open.
        alias: In normalised form.
        most: How many are asked for.
        kinds: Only these; empty for any.
        but: None of these.
        unregistered: Only such as the register does not know.
        bare: Only such as were never called by more than one word.
    """
    statement = statements.BARE_BEARERS if bare else statements.BEARERS
    rows = vault.run(statement, alias, _listed(kinds), _listed(but), unregistered, most)
    return [Identity(*row) for row in rows]


def _listed(kinds: Collection[str]) -> str:
    """Kinds in one text, between bars, which no kind has; JSON would cost twice the time."""
    return "".join(f"|{kind}|" for kind in kinds)
