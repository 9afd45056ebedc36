"""A connection to the encrypted database, opened so that a wrong one is told and not touched.

SQLCipher encrypts the file and its journal with AES-256 under a raw 256-bit key. The rollback
journal (``journal_mode=DELETE``) is chosen over a write-ahead log: a trust's folder may lie on a
network share, where the log's shared memory is not safe, and a vault at rest is then one file,
whole and copyable. Temporary tables and sorting stay in memory, deleted rows are overwritten, and
SQLCipher wipes and locks what it allocates. A value never reaches a message.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from deid.errors import BusyError, DeidError, VaultError
from deid.files import sync_folder, temporary_beside
from deid.vault import statements

PAGE_BYTES = 4096
BUSY_S = 60.0
"""How long a writer waits for another one, in seconds."""
KEY_BYTES = 32

_PRAGMAS = (
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
    "cell_size_check = ON",
)


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """Which file was opened under a path; another one under the same path is unequal."""

    path: Path
    device: int
    inode: int

    @classmethod
    def at(cls, path: Path) -> "OpenedFile | None":
        """The file that stands there now, None when there is none."""
        try:
            status = path.stat()
        except OSError:
            return None
        return cls(path, status.st_dev, status.st_ino)


def create(path: Path, key: bytes) -> None:
    """Make an empty vault (0600), whole or not at all.

    Raises:
        VaultError: Something stands there already, or the folder cannot be written.
    """
    try:
        with temporary_beside(path) as temporary:
            with translated(), closing(_connected(temporary, key, mode="rw")) as connection:
                _prepare(connection)
                _migrate(connection, fresh=True)
            path.hardlink_to(temporary)
        sync_folder(path.parent)
    except FileExistsError:
        raise VaultError("there is a vault already; it was left as it is") from None
    except OSError as error:
        raise VaultError(f"the vault cannot be made: {error.strerror}") from None


def connect(path: Path, key: bytes, *, read_only: bool) -> Any:
    """An open connection to a vault that is whole, of this key, and of the latest version.

    Raises:
        VaultError: It is missing, of another key, damaged, or of a newer version; nothing was
            changed.
    """
    if not path.is_file():
        raise VaultError("there is no vault; make one with `deid init`, or restore a backup")
    if path.stat().st_size < PAGE_BYTES:
        raise VaultError("the vault is damaged: it was cut short; restore a backup")
    with translated():
        connection = _connected(path, key, mode="ro" if read_only else "rw")
        try:
            _check_whole(connection, path)
            _bring_up_to_date(connection, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    return connection


def copy(path: Path, key: bytes, target: Path, *, target_key: bytes) -> None:
    """Write all of a vault, as of one moment, into ``target``: an empty file that stands there.

    The copy is encrypted under ``target_key`` and checked page by page. The vault itself is only
    read through the database: opening the file as such would drop this process's locks on it.

    Raises:
        VaultError: The vault cannot be read, or the copy cannot be written or does not hold.
    """
    uri = f"{target.absolute().as_uri()}?mode=rw"
    connection = connect(path, key, read_only=False)
    with translated(), closing(connection):
        connection.execute("ATTACH DATABASE ? AS copy KEY ?", (uri, f"x'{target_key.hex()}'"))
        connection.execute("BEGIN")
        connection.execute("SELECT sqlcipher_export('copy')").fetchall()
        connection.execute("COMMIT")
        connection.execute("DETACH DATABASE copy")
    connect(target, target_key, read_only=True).close()


@contextmanager
def translated() -> Iterator[None]:
    """Turn the database's errors into ours, with none of its words."""
    try:
        yield
    except DeidError:
        raise
    except dbapi2.OperationalError as error:
        if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            raise BusyError("another process holds the vault; try again") from None
        raise VaultError(_worded(error)) from None
    except dbapi2.Error as error:
        raise VaultError(_worded(error)) from None


@contextmanager
def transaction(connection: Any, *, opened: OpenedFile | None = None) -> Iterator[None]:
    """All or nothing: ``BEGIN IMMEDIATE``, then commit, or roll back on any exception.

    With ``opened``, a change to a vault that a key rotation or a restore has replaced since it
    was opened is refused: it would be lost with the replaced file.
    """
    with translated():
        connection.execute("BEGIN IMMEDIATE")
    try:
        _refuse_replaced(opened)
        yield
        with translated():
            connection.execute("COMMIT")
    except BaseException:
        with suppress(dbapi2.Error):  # what ended the transaction is the error to tell
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        raise


def _refuse_replaced(opened: OpenedFile | None) -> None:
    if opened is not None and opened != OpenedFile.at(opened.path):
        raise BusyError("the vault was replaced in the meantime; try again")


def _connected(path: Path, key: bytes, *, mode: str) -> Any:
    if len(key) != KEY_BYTES:
        raise VaultError(f"a vault key has {KEY_BYTES} bytes")
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = dbapi2.connect(uri, uri=True, isolation_level=None, timeout=BUSY_S)
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to stderr
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA cipher_memory_security = ON")
    return connection


def _check_whole(connection: Any, path: Path) -> None:
    """Tell a wrong key from damage by how many pages fail their HMAC, and find any damage.

    A journal that a killed process left is rolled back by the first read, so with one about, a
    wrong key has to be found before that read.
    """
    journal = path.with_name(path.name + "-journal")
    if journal.exists():
        _refuse_wrong_key(connection, path)
    try:
        connection.execute("BEGIN")
        connection.execute(statements.COUNT_TABLES).fetchone()
    except dbapi2.OperationalError as error:
        if error.sqlite_errorname.startswith("SQLITE_READONLY"):
            raise VaultError(
                "a killed run left an unfinished change in the vault; `deid run` takes it back"
            ) from None
        raise
    except dbapi2.DatabaseError:
        _refuse_wrong_key(connection, path)
        raise
    if _failing(connection) or path.stat().st_size % PAGE_BYTES:
        raise VaultError("the vault is damaged: its pages do not hold; restore a backup")
    connection.execute("COMMIT")
    _prepare(connection)


def _refuse_wrong_key(connection: Any, path: Path) -> None:
    """Under a wrong key every whole page fails; damage that reaches every page does not happen."""
    failing = sum("HMAC" in row for row in _failing(connection))
    if failing >= path.stat().st_size // PAGE_BYTES:
        raise VaultError(
            "the study key is not the one that this vault was made with (or its first bytes are "
            "overwritten); use the right key or restore a backup"
        )


def _failing(connection: Any) -> list[str]:
    """What SQLCipher says of each page that does not hold; page numbers and rules only."""
    return [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check").fetchall()]


def _version(connection: Any) -> int:
    found = connection.execute(statements.GET_VERSION).fetchone()
    return int(found[0])


def _bring_up_to_date(connection: Any, *, read_only: bool) -> None:
    version = _version(connection)
    if version > statements.LATEST:
        raise VaultError(
            f"the vault is of version {version} and this program knows {statements.LATEST}; "
            "use the newer program"
        )
    if version < statements.LATEST:
        if read_only:
            raise VaultError("the vault is of an older version; run `deid run` once")
        _migrate(connection, fresh=False)


def _migrate(connection: Any, *, fresh: bool) -> None:
    with transaction(connection):
        since = 0 if fresh else _version(connection)  # under the lock: another may have been first
        for version in range(since + 1, statements.LATEST + 1):
            for statement in statements.MIGRATIONS[version]:
                connection.execute(statement)
            connection.execute(statements.SET_VERSION, (version,))


def _prepare(connection: Any) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _worded(error: Exception) -> str:
    name = getattr(error, "sqlite_errorname", "") or type(error).__name__
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return "the vault is damaged; restore a backup"
    if name.startswith("SQLITE_FULL"):
        return "the disk of the vault is full; free some space and run again: nothing was changed"
    return f"the vault could not be read or changed ({name})"
