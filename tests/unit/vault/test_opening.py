"""deid.vault: a wrong key, damage and a newer version are told apart, and nothing is changed."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from deid.errors import VaultError
from deid.vault import Original, Vault, statements

CANARY = "Zebedee Quillfeather"
PAGE = 4096
MIDDLE = 9 * PAGE + 50


@pytest.fixture
def filled(path: Path, key: bytes) -> Path:
    """A vault of several dozen pages that holds a canary."""
    with Vault.open(path, key) as vault:
        rows = [Original("t-00000001", "PERSON", f"{CANARY} {n}") for n in range(2000)]
        vault.replace_originals("t-00000001", rows)
    return path


def told(path: Path, key: bytes, *, read_only: bool = False) -> str:
    """The error on opening; the folder must be byte for byte what it was."""
    before = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    with pytest.raises(VaultError) as raised:
        Vault.open(path, key, read_only=read_only)
    assert {each.name: each.read_bytes() for each in path.parent.iterdir()} == before
    assert raised.value.__cause__ is None
    return str(raised.value)


def test_a_vault_is_private_and_one_file(filled: Path) -> None:
    """Mode 0600, and nothing beside it at rest."""
    assert filled.stat().st_mode & 0o777 == 0o600
    assert list(filled.parent.iterdir()) == [filled]


def test_an_existing_vault_is_never_replaced(filled: Path, key: bytes) -> None:
    """Creating over it is refused and leaves it, and no temporary file."""
    before = filled.read_bytes()
    with pytest.raises(VaultError, match="already"):
        Vault.create(filled, key)
    assert filled.read_bytes() == before
    assert list(filled.parent.iterdir()) == [filled]


def test_nothing_readable_lies_on_disk_even_while_writing(path: Path, key: bytes) -> None:
    """Neither the file nor its journal holds a plain byte of what is being written."""
    with Vault.open(path, key) as vault:
        vault.replace_originals("t-00000001", [Original("t-00000001", "PERSON", CANARY)] * 3000)
        with vault.transaction():
            vault._run("PRAGMA cache_size = 10")  # so that pages spill to the file at once
            vault.replace_originals("t-00000001", [Original("t-00000001", "PERSON", CANARY)] * 3000)
            held = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    assert set(held) == {"vault.db", "vault.db-journal"}
    for data in held.values():
        assert CANARY.encode() not in data
        assert CANARY[:8].encode() not in data
        assert b"CREATE TABLE" not in data
        assert b"SQLite format" not in data


def test_the_settings_that_leave_nothing_behind(path: Path, key: bytes) -> None:
    """Deleted rows are overwritten, temporary tables stay in memory, memory is wiped."""
    with Vault.open(path, key) as vault:
        settings = {
            name: str(vault._run(f"PRAGMA {name}")[0][0])
            for name in (
                "journal_mode",
                "secure_delete",
                "temp_store",
                "foreign_keys",
                "synchronous",
                "cipher_memory_security",
            )
        }
    assert settings == {
        "journal_mode": "delete",
        "secure_delete": "1",
        "temp_store": "2",
        "foreign_keys": "1",
        "synchronous": "3",
        "cipher_memory_security": "1",
    }


@pytest.mark.parametrize("read_only", [False, True])
def test_a_wrong_key_is_told(filled: Path, *, read_only: bool) -> None:
    """As such, not as damage."""
    assert "study key is not the one" in told(filled, b"x" * 32, read_only=read_only)


def test_a_key_of_another_length_is_told(filled: Path) -> None:
    """Before the file is touched."""
    assert "32 bytes" in told(filled, b"x" * 31)


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[:100],
        lambda data: data[:7000],
        lambda data: data[:-PAGE],
        lambda data: data[:-1],
        lambda data: data[:200] + b"\0" * 8 + data[208:],
        lambda data: data[:MIDDLE] + bytes([data[MIDDLE] ^ 1]) + data[MIDDLE + 1 :],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    ],
)
def test_damage_anywhere_is_told(
    filled: Path, key: bytes, damage: Callable[[bytes], bytes]
) -> None:
    """Cut short or changed, in the first page, the middle or the last byte."""
    filled.write_bytes(damage(filled.read_bytes()))
    assert "damaged" in told(filled, key)


def test_a_missing_vault_is_told_and_not_made(tmp_path: Path, key: bytes) -> None:
    """Opening never creates."""
    assert "deid init" in told(tmp_path / "vault.db", key)


def _set_version(path: Path, key: bytes, version: int) -> None:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute(statements.SET_VERSION, (version,))
    connection.close()


def test_a_newer_version_is_told(filled: Path, key: bytes) -> None:
    """With both versions and what to do."""
    _set_version(filled, key, statements.LATEST + 1)
    assert f"version {statements.LATEST + 1}" in told(filled, key)


def test_an_older_version_is_brought_up_to_date_whole(
    filled: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A migration that fails leaves the old vault; one that works runs once; data stays."""
    newer = statements.LATEST + 1
    monkeypatch.setattr(statements, "LATEST", newer)
    broken = ("CREATE TABLE extra (id INTEGER) STRICT", "NO SUCH STATEMENT")
    monkeypatch.setitem(statements.MIGRATIONS, newer, broken)
    assert "older version" in told(filled, key, read_only=True)
    with pytest.raises(VaultError):
        Vault.open(filled, key)
    monkeypatch.setitem(statements.MIGRATIONS, newer, broken[:1])
    for _ in range(2):
        with Vault.open(filled, key) as vault:
            assert vault._run(statements.GET_VERSION) == [(newer,)]
            assert sum(1 for _ in vault.originals()) == 2000


def test_a_reader_cannot_write(filled: Path, key: bytes) -> None:
    """Opened read-only, a change is refused."""
    with Vault.open(filled, key, read_only=True) as vault, pytest.raises(VaultError):
        vault.set_meta("a", "b")


KILLED_WRITER = """
import os, sys
from pathlib import Path
from deid.vault import Original, Vault
vault = Vault.open(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
vault._run("PRAGMA cache_size = 10")
with vault.transaction():
    rows = [Original("t-00000001", "PERSON", f"other {n}") for n in range(4000)]
    vault.replace_originals("t-00000001", rows)
    os.kill(os.getpid(), 9)
"""


def test_a_killed_writer_leaves_the_vault_as_before(filled: Path, key: bytes) -> None:
    """Its half-written change is rolled back at the next opening; a wrong key does not do that."""
    argv = [sys.executable, "-c", KILLED_WRITER, str(filled), key.hex()]
    assert subprocess.run(argv, check=False).returncode == -9
    assert (filled.parent / "vault.db-journal").stat().st_size > 0
    assert "study key is not the one" in told(filled, b"x" * 32)
    with Vault.open(filled, key) as vault:
        assert {row.text for row in vault.originals()} == {f"{CANARY} {n}" for n in range(2000)}
    assert list(filled.parent.iterdir()) == [filled]


def test_a_reader_cannot_undo_a_killed_change(filled: Path, key: bytes) -> None:
    """Read-only, it says what to do first, and leaves vault and journal as they are."""
    argv = [sys.executable, "-c", KILLED_WRITER, str(filled), key.hex()]
    subprocess.run(argv, check=False)
    assert "unfinished change" in told(filled, key, read_only=True)


def test_errors_are_not_printed(filled: Path) -> None:
    """SQLCipher's own words do not reach the terminal."""
    script = (
        "import sys; from pathlib import Path; from deid.errors import VaultError\n"
        "from deid.vault import Vault\n"
        "try: Vault.open(Path(sys.argv[1]), b'x' * 32)\n"
        "except VaultError: pass"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(filled)],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    assert (done.stdout, done.stderr) == (b"", b"")
