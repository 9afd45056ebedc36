"""A vault of each older version, as it was shipped, opened by today's program."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from deid.errors import VaultError
from deid.vault import Vault, statements

OLD = range(1, statements.LATEST)
ROWS = (
    "INSERT INTO meta VALUES ('kept', 'as it was')",
    "INSERT INTO identities VALUES (1, 'Participant', 1, 'P01', NULL, NULL)",
    "INSERT INTO identities VALUES (2, 'Person', 4, NULL, 't-0000000000000001', NULL)",
    "INSERT INTO aliases VALUES (1, 1, 'maggie', 'Maggie', 'register')",
    """INSERT INTO transcripts
        VALUES ('t-0000000000000001', 'a.txt', 'c', 'f', 'done', '', 'r', '{}', 5, 7)""",
    "INSERT INTO originals VALUES (1, 't-0000000000000001', 'PERSON', 'Maggie', 0, 1)",
)


def opened(path: Path, key: bytes) -> Any:
    """The database itself, past the program."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def held(path: Path, key: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the tables that the first version had."""
    tables = ("meta", "identities", "aliases", "transcripts", "originals")
    with closing(opened(path, key)) as connection:
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608 - names from above


def schema(path: Path, key: bytes) -> set[tuple[str, str]]:
    """Tables and indices, as they were made."""
    with closing(opened(path, key)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {(name, sql) for name, sql in rows}


@pytest.fixture(params=OLD)
def old(request: pytest.FixtureRequest, tmp_path: Path, key: bytes) -> Path:
    """A vault as that version made it, with rows."""
    path = tmp_path / "old" / "vault.db"
    path.parent.mkdir()
    with closing(opened(path, key)) as connection:
        for version in range(1, request.param + 1):
            for statement in statements.MIGRATIONS[version]:
                connection.execute(statement)
            connection.execute(statements.SET_VERSION, (version,))
        for statement in ROWS:
            connection.execute(statement)
    return path


def test_rows_are_kept_and_the_tables_are_todays(old: Path, path: Path, key: bytes) -> None:
    """Afterwards nothing tells it from a new one but what it holds."""
    before = held(old, key)
    with Vault.open(old, key) as vault:
        assert [each.pseudonym for each in vault.identities()] == ["[Participant 1]", "[Person 4]"]
        record = vault.transcript("t-0000000000000001")
        assert record is not None
        assert record.size == 5
        made = vault.new_identity(kind="Person", alias="Toby")
        assert made.number == 5, "a number is never given twice"
    after = held(old, key)
    assert {name: after[name][: len(rows)] for name, rows in before.items()} == before
    assert schema(old, key) == schema(path, key)


def test_an_older_program_refuses_it_afterwards(
    old: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Going back is told, names both versions, and changes nothing."""
    with closing(opened(old, key)) as connection:
        (before,) = connection.execute(statements.GET_VERSION).fetchone()
    Vault.open(old, key).close()
    data = old.read_bytes()
    latest = statements.LATEST
    monkeypatch.setattr(statements, "LATEST", before)
    for read_only in (False, True):
        with pytest.raises(VaultError, match=f"version {latest} and this program knows {before}"):
            Vault.open(old, key, read_only=read_only)
    assert old.read_bytes() == data
    assert list(old.parent.iterdir()) == [old]
