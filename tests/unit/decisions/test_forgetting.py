"""deid.forgetting: nothing of a withdrawn participant's transcript is left but the record of it."""

import pytest

from deid.audit import EventType, read, verify
from deid.decisions import table
from deid.errors import AccountError, UsageError
from deid.forgetting import forget
from deid.keys import load_public_key
from deid.site import Site
from deid.vault import Vault
from tests.unit.decisions.test_deciding import account, deciding, ids, site

__all__ = ["site"]


def _forget(site: Site, transcript_id: str, name: str = "adm") -> None:
    with deciding(site) as held:
        forget(
            *(held.site, held.vault, held.log, held.accounts),
            transcript_id=transcript_id,
            by=account(held, name),
        )


def test_files_originals_and_findings_go_and_the_log_holds(site: Site) -> None:
    """Others keep every byte; the log tells who removed it."""
    gone = ids(site)["1.txt"]
    (site.workspace.inbox / "1.txt").unlink()
    _forget(site, gone)
    assert not list(site.workspace.staging.rglob(f"{gone}.parquet"))
    with Vault.open(site.workspace.vault, site.keys.vault_key, read_only=True) as vault:
        assert vault.transcript(gone) is None
        assert not list(vault.originals(transcript_id=gone))
        assert not vault.run("SELECT 1 FROM findings WHERE transcript_id = ?", gone)
        assert not vault.run("SELECT 1 FROM overviews WHERE transcript_id = ?", gone)
        assert list(table.every(vault)) == []
    (event,) = read(site.workspace.events, types=(EventType.TRANSCRIPT_REMOVED,))
    assert (event.actor, event.subject) == ("adm", gone)
    public = load_public_key(site.workspace.keys / "signing.pub")
    assert verify(site.workspace.root, public).ok


def test_what_still_lies_in_the_inbox_is_not_forgotten(site: Site) -> None:
    """The next run would do it again."""
    there = ids(site)["1.txt"]
    with pytest.raises(UsageError, match="still in the inbox"):
        _forget(site, there)
    assert list(site.workspace.staging.rglob(f"{there}.parquet"))


def test_only_an_administrator_forgets(site: Site) -> None:
    """A checker may not; an unknown id is none."""
    there = ids(site)["1.txt"]
    (site.workspace.inbox / "1.txt").unlink()
    with pytest.raises(AccountError, match="administrator"):
        _forget(site, there, "carl")
    with pytest.raises(UsageError, match="no transcript"):
        _forget(site, "t-0000000000000000")
