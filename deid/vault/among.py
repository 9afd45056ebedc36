"""Many identities and names asked for at once, as a page about a whole transcript needs them.

In an encrypted database a question costs more than its answer: one for each of a hundred people
takes as long as everything else on their page together.
"""

import json
from collections.abc import Collection, Mapping

from deid.vault import statements
from deid.vault.rows import Identity
from deid.vault.vault import Vault


def identities_among(vault: Vault, ids: Collection[int]) -> Mapping[int, Identity]:
    """The identities with these keys, those that were merged into another among them."""
    rows = vault.run(statements.IDENTITIES_AMONG, json.dumps(sorted(ids)))
    return {row[0]: Identity(*row) for row in rows}


def aliases_among(vault: Vault, ids: Collection[int]) -> Mapping[int, list[str]]:
    """What each of these identities is called, in the order in which it came up."""
    found: dict[int, list[str]] = {each: [] for each in ids}
    for identity_id, text in vault.run(statements.ALIASES_AMONG, json.dumps(sorted(ids))):
        found[identity_id].append(text)
    return found


def transcripts_among(vault: Vault, ids: Collection[int]) -> Mapping[int, int]:
    """In how many transcripts each of these identities was replaced."""
    counted = dict(vault.run(statements.TRANSCRIPTS_AMONG, json.dumps(sorted(ids))))
    return {each: counted.get(each, 0) for each in ids}


def shared_among(
    vault: Vault, names: Collection[str], *, but: Collection[str] = ()
) -> frozenset[str]:
    """Of these names, in normalised form, those that more than one identity has.

    ``but``: kinds of identities that do not count.
    """
    kinds = "".join(f"|{kind}|" for kind in but)
    rows = vault.run(statements.SHARED_AMONG, json.dumps(sorted(names)), kinds)
    return frozenset(row[0] for row in rows)
