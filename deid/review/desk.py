"""The workspace behind the pages: opened once for reading, and anew for every change.

All of it is used from one thread (``Desk.call``), since a vault is for one thread; a page's work is
short, and long work is a job of its own. Reading never holds the workspace's lock, so pages open
while a run is under way.
"""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from argon2 import PasswordHasher

from deid.accounts import Account, Accounts
from deid.audit import AuditLog, EventType, Verdict
from deid.review.assertion import Assertions
from deid.review.changes import Changes
from deid.review.jobs import Jobs
from deid.review.sessions import Refusals, Sessions
from deid.site import CONFIG_FOLDER, Site
from deid.vault import Vault
from deid.workspace import Workspace

type _File = tuple[str, int, int, int]


@dataclass(frozen=True, slots=True)
class Verified:
    """What the last verification of the log found: when, for whom, and the answer."""

    at: datetime
    account: str
    verdict: Verdict


class Desk:
    """One workspace, and who is signed in to it.

    Args:
        root: The workspace.
        config: Folder of the settings; None for the workspace's own.
        sessions: Who is signed in.
        hasher: Of passwords; None for the program's own.
        proxy: Whose word is taken for who somebody is; None where people sign in here.
    """

    def __init__(
        self,
        root: Path,
        config: Path | None = None,
        *,
        sessions: Sessions | None = None,
        hasher: PasswordHasher | None = None,
        proxy: Assertions | None = None,
    ) -> None:
        self.workspace = Workspace.open(root)
        self.root, self.config = self.workspace.root, config
        self.sessions = sessions or Sessions()
        self.proxy = proxy
        self.refusals = Refusals()
        self.jobs = Jobs()
        self.changes = Changes()
        self.verified: Verified | None = None
        self._hasher = hasher
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="deid-desk")
        self._vault: Vault | None = None
        self._site: tuple[tuple[_File, ...], Site] | None = None

    async def call[R](self, work: Callable[[], R]) -> R:
        """Do something in the desk's own thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def close(self) -> None:
        """Give the vault up, and end all sessions."""
        self._thread.submit(self._drop_vault).result()
        self._thread.shutdown()
        self.jobs.close()

    def site(self) -> Site:
        """The workspace as it is configured now; opened anew when a file of it changed."""
        state = tuple(self._files())
        if self._site is None or self._site[0] != state:
            self._site = (state, Site.open(self.root, self.config))
        return self._site[1]

    def vault(self) -> Vault:
        """The vault, open for reading; opened anew when another file took its place.

        Raises:
            VaultError: It cannot be opened.
        """
        if self._vault is not None and not self._vault.is_current():
            self._drop_vault()
        if self._vault is None:
            site = self.site()
            self._vault = Vault.open(site.workspace.vault, site.keys.vault_key, read_only=True)
        return self._vault

    @contextmanager
    def accounts(self) -> Iterator[Accounts]:
        """The accounts, open for writing, since a wrong password is counted."""
        site = self.site()
        with Vault.open(site.workspace.vault, site.keys.vault_key) as vault:
            log = AuditLog(site.workspace.events, site.keys)
            yield Accounts(vault, log, hasher=self._hasher)

    def account(self, name: str) -> Account:
        """Somebody who signed in, as they may act now.

        Raises:
            AccountError: The account is gone.
        """
        return Accounts(self.vault(), self._log()).get(name)

    def note_view(self, account: Account, transcript_id: str) -> None:
        """Put on record that somebody was shown originals, before they are.

        Raises:
            AuditError: The log cannot be written; then nothing may be shown.
        """
        self._log().append(EventType.REVIEW_OPENED, actor=account.name, subject=transcript_id)

    def _files(self) -> Iterator["_File"]:
        """Size and time of every file that a site is made of."""
        config = self.config or self.root / CONFIG_FOLDER
        for folder in (config, self.workspace.keys):
            for path in sorted(folder.glob("*")):
                yield _file(path)
        yield _file(self.workspace.register)

    def _log(self) -> AuditLog:
        site = self.site()
        return AuditLog(site.workspace.events, site.keys)

    def _drop_vault(self) -> None:
        if self._vault is not None:
            self._vault.close()
            self._vault = None


def _file(path: Path) -> _File:
    try:
        status = path.stat()
    except OSError:
        return (str(path), 0, 0, 0)
    return (str(path), status.st_ino, status.st_size, status.st_mtime_ns)
