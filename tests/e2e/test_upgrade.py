"""Promise: a workspace that an older program made goes on under this one, and says so in its log.

``first_version/`` is the configuration as it was first shipped; the vault is made as version 1 of
its tables was. What a newer program made is refused, and not a byte of it is changed.
"""

import shutil
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from deid import settings
from deid.audit import EventType, read
from deid.cli.initialise import init
from deid.errors import DeidError, VaultError, WorkspaceError
from deid.run import open_run, preview
from deid.site import Site
from deid.vault import Vault, statements
from deid.workspace import VERSION

from .killing import outputs, problem

FIRST = Path(__file__).with_name("first_version")
FIRST_TABLES = ("meta", "identities", "aliases", "transcripts", "originals")


@pytest.fixture
def older(study: Path) -> Path:
    """The small study with the configuration that the first version shipped."""
    for file in FIRST.iterdir():
        shutil.copy(file, study / "config" / file.name)
    return study


def bytes_of(root: Path) -> dict[str, str]:
    """Every file of a workspace, by its digest."""
    return {
        str(path.relative_to(root)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def opened(path: Path, key: bytes) -> Any:
    """The database itself, past the program."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def as_first_version(root: Path) -> None:
    """Make the vault what it would have been: its first tables with their rows, no other."""
    site = Site.open(root)
    key, path = site.keys.vault_key, site.workspace.vault
    new = path.with_suffix(".first")
    with closing(opened(path, key)) as today, closing(opened(new, key)) as first:
        for statement in (*statements.MIGRATIONS[1], "UPDATE schema_version SET version = 1"):
            first.execute(statement)
        for table in FIRST_TABLES:
            rows = today.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - from above
            for row in rows:
                marks = ", ".join("?" * len(row))
                first.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608
    new.chmod(0o600)
    new.replace(path)


def people(root: Path) -> list[tuple[str, list[str]]]:
    """Every pseudonym and what it stands for."""
    site = Site.open(root)
    with Vault.open(site.workspace.vault, site.keys.vault_key, read_only=True) as vault:
        return [
            (each.pseudonym, sorted(alias.normalised for alias in vault.aliases(each.id)))
            for each in vault.identities()
        ]


def test_the_first_configuration_is_understood() -> None:
    """Blocks that came later are as they are shipped today, but for what would be new work."""
    told, shipped = settings.load(FIRST).programme, settings.load(settings.shipped()).programme
    for block in ("release", "inbox", "morning", "schedule", "serve", "notify", "review"):
        assert getattr(told, block) == getattr(shipped, block), block
    assert told.execution.engine == shipped.execution.engine


@pytest.mark.model
def test_an_older_workspace_goes_on(older: Path, run_here: Callable[..., Any]) -> None:
    """Outputs and pseudonyms stay; nothing is done twice; the log states the vault's version."""
    run_here(older)
    before, known = outputs(older), people(older)
    as_first_version(older)
    untouched = bytes_of(older)
    with pytest.raises(VaultError, match="older version; run `deid run` once"):
        preview(older)
    assert bytes_of(older) == untouched
    summary = run_here(older)
    assert (summary.written, summary.withheld_now) == (0, 0)
    assert outputs(older) == before
    assert people(older) == known
    assert problem(older) == ""
    runs = read(older / "audit" / "events.jsonl", types=(EventType.RUN_STARTED,))
    assert [run.facts["vault_version"] for run in runs] == [statements.LATEST] * 2
    preview(older)


def test_a_newer_vault_is_refused(blank: Path) -> None:
    """Every way in says which program to use; not a byte changes."""
    site = Site.open(blank)
    with closing(opened(site.workspace.vault, site.keys.vault_key)) as vault:
        vault.execute(statements.SET_VERSION, (statements.LATEST + 1,))
    assert_refused(blank, VaultError, ways=(preview, run))


def test_a_newer_workspace_is_refused(blank: Path) -> None:
    """The same, when it is the layout of the folder that is newer."""
    (blank / "version").write_text(f"{VERSION + 1}\n")
    assert_refused(blank, WorkspaceError, ways=(preview, run, init))


def assert_refused(
    root: Path, error: type[DeidError], *, ways: tuple[Callable[[Path], object], ...]
) -> None:
    """Every one of these ways into a workspace ends in this error and leaves all as it was."""
    before = bytes_of(root)
    for way in ways:
        with pytest.raises(error, match="use the newer program"):
            way(root)
        assert {**bytes_of(root), ".lock": ""} == {**before, ".lock": ""}


def run(root: Path) -> None:
    """A run that gets as far as it may."""
    with open_run(root, run_id="0"):
        pass
