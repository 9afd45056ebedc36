"""deid.vault.bearing: of all who are called so, the few that decide who is meant."""

from pathlib import Path

import pytest

from deid.vault import Vault, bearers, statements

KEY = bytes(32)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """Three people called Sarah, one of them only so, one in the register; and a town."""
    path = tmp_path / "vault.db"
    Vault.create(path, KEY)
    opened = Vault.open(path, KEY)
    for more, reference in (("sarah wren", "P01"), ("sarah hill", None), (None, None)):
        who = opened.new_identity(kind="Person", alias="sarah", register_ref=reference)
        if more:
            opened.add_alias(who.id, more, source="speech")
    opened.new_identity(kind="Town", alias="sarah")
    return opened


def numbers(vault: Vault, **asked: object) -> list[str]:
    """Pseudonyms of those who are called Sarah and fit."""
    found = bearers(vault, "sarah", **{"most": 9, **asked})  # type: ignore[arg-type] # any option
    return [identity.pseudonym for identity in found]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["[Person 1]", "[Person 2]", "[Person 3]", "[Town 1]"]),
        ({"most": 2}, ["[Person 1]", "[Person 2]"]),
        ({"kinds": ["Town"]}, ["[Town 1]"]),
        ({"but": ["Town"]}, ["[Person 1]", "[Person 2]", "[Person 3]"]),
        ({"but": ["Town"], "unregistered": True}, ["[Person 2]", "[Person 3]"]),
        ({"but": ["Town"], "bare": True}, ["[Person 3]"]),
    ],
)
def test_who_is_called_so(vault: Vault, asked: dict[str, object], expected: list[str]) -> None:
    """In order of creation, and only those that fit."""
    assert numbers(vault, **asked) == expected


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        (statements.BEARERS, ("sarah", "", "", False, 1)),
        (statements.BARE_BEARERS, ("sarah", "", "", False, 1)),
        (statements.ALIASES_OF, (0, 1, 9)),
        (statements.ORIGINALS_OF, (0, "t-1", 9)),
    ],
)
def test_what_is_asked_for_each_transcript_goes_by_an_index(
    vault: Vault, statement: str, values: tuple[object, ...]
) -> None:
    """No table is gone through and nothing is sorted, however much the study has grown."""
    steps = [str(row[3]) for row in vault.run(f"EXPLAIN QUERY PLAN {statement}", *values)]
    assert steps[0].startswith("SEARCH")
    assert not [step for step in steps if "TEMP B-TREE" in step]
    assert not [step for step in steps if step.startswith("SCAN")]
