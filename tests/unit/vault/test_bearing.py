"""deid.vault.bearing: of all who are called so, the few that decide who is meant."""

from pathlib import Path

import pytest

from deid.vault import (
    Original,
    Vault,
    aliases_among,
    bearers,
    identities_among,
    shared_among,
    statements,
    transcripts_among,
)

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


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        (statements.IDENTITIES_AMONG, ("[1]",)),
        (statements.ALIASES_AMONG, ("[1]",)),
        (statements.TRANSCRIPTS_AMONG, ("[1]",)),
        (statements.SHARED_AMONG, ('["sarah"]', "")),
    ],
)
def test_what_is_asked_for_many_goes_by_an_index(
    vault: Vault, statement: str, values: tuple[object, ...]
) -> None:
    """Only what was asked for is gone through."""
    steps = [str(row[3]) for row in vault.run(f"EXPLAIN QUERY PLAN {statement}", *values)]
    assert steps[0].startswith("SCAN asked")
    assert all(step.startswith(("SEARCH", "USE TEMP B-TREE")) for step in steps[1:])


def test_many_are_asked_for_at_once(vault: Vault) -> None:
    """The same as one by one; whoever was asked for and is not there is left out."""
    vault.replace_originals(
        "t-1", [Original("t-1", "PERSON", name, 1) for name in ("Sarah", "Sarah Wren")]
    )
    vault.replace_originals("t-2", [Original("t-2", "PERSON", "Sarah", 1)])
    assert identities_among(vault, [1, 4, 99]) == {1: vault.identity(1), 4: vault.identity(4)}
    assert aliases_among(vault, [2, 3]) == {
        each: [alias.text for alias in vault.aliases(each)] for each in (2, 3)
    }
    assert transcripts_among(vault, [1, 2]) == {1: 2, 2: 0}


def test_a_name_is_shared_by_those_that_count(vault: Vault) -> None:
    """Two people and a town share one; a person and a town do not, where towns do not count."""
    vault.new_identity(kind="Town", alias="sarah hill")
    asked = ["sarah", "sarah hill", "sarah wren", "nobody"]
    assert shared_among(vault, asked) == {"sarah", "sarah hill"}
    assert shared_among(vault, asked, but=["Town"]) == {"sarah"}
    assert shared_among(vault, []) == frozenset()
