"""The one folder on the trust's disk in which everything happens, and who may be in it.

It is readable by its owner alone. This module makes it, refuses to work in one that is open to
others or of another version, and lets one run in at a time. It must never touch the contents of
``inbox/``, and never repair permissions by itself: whoever opened the folder to others has to
know that it was open.
"""

import fcntl
import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deid.errors import BusyError, WorkspaceError
from deid.files import is_temporary, sweep, write_new

VERSION = 1
"""The layout below. A workspace of a higher version is refused, never guessed at."""

_LAYOUT = ("inbox", "quarantine", "staging", "outbox", "audit", "audit/redactions", "keys")
_MAY_BE_A_LINK = frozenset({"inbox"})  # raw files often lie on another volume


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where everything is. Make one with :meth:`create` or :meth:`open`, which check it."""

    root: Path

    @property
    def inbox(self) -> Path:
        """Raw files; never changed or moved."""
        return self.root / "inbox"

    @property
    def register(self) -> Path:
        """Who is known; optional."""
        return self.root / "register.csv"

    @property
    def vault(self) -> Path:
        """The encrypted database."""
        return self.root / "vault.db"

    @property
    def quarantine(self) -> Path:
        """One JSON file a withheld transcript."""
        return self.root / "quarantine"

    @property
    def staging(self) -> Path:
        """De-identified Parquet that awaits approval."""
        return self.root / "staging"

    @property
    def outbox(self) -> Path:
        """Released bundles: the one place that leaves the trust."""
        return self.root / "outbox"

    @property
    def audit(self) -> Path:
        """The log, its checkpoints and the redactions."""
        return self.root / "audit"

    @property
    def events(self) -> Path:
        """The chained log."""
        return self.audit / "events.jsonl"

    @property
    def checkpoints(self) -> Path:
        """Signed heads of the log, kept a second time."""
        return self.audit / "checkpoints.jsonl"

    @property
    def redactions(self) -> Path:
        """Redaction rows as Parquet, each file bound by its digest in an event."""
        return self.audit / "redactions"

    @property
    def keys(self) -> Path:
        """Key files."""
        return self.root / "keys"

    @property
    def version_file(self) -> Path:
        """Holds the version of the layout; makes a folder a workspace."""
        return self.root / "version"

    @property
    def lock_file(self) -> Path:
        """What a run locks; its contents mean nothing."""
        return self.root / ".lock"

    @classmethod
    def create(cls, root: Path) -> "Workspace":
        """Make a workspace, or whatever is missing of one; running it again changes nothing.

        Raises:
            WorkspaceError: ``root`` is a file, holds something else, is of another version, or
                is a workspace that others can read.
        """
        workspace = cls(root.absolute())
        try:
            if not workspace.version_file.exists():
                workspace._claim()
            workspace._check_root()
            for name in _LAYOUT:
                (workspace.root / name).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise WorkspaceError(f"the workspace cannot be made: {error.strerror}") from None
        workspace._check_layout()
        return workspace

    @classmethod
    def open(cls, root: Path) -> "Workspace":
        """The workspace at ``root``, checked.

        Raises:
            WorkspaceError: It is absent, incomplete, of a newer version, or others can read it.
        """
        workspace = cls(root.absolute())
        try:
            if not workspace.version_file.is_file():
                raise WorkspaceError(
                    f"{root} holds no workspace; name yours with --workspace, or make one with "
                    "`deid init`"
                )
            workspace._check_root()
            workspace._check_layout()
        except OSError as error:
            raise WorkspaceError(f"the workspace cannot be opened: {error.strerror}") from None
        return workspace

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the workspace for one run; never waits.

        The lock belongs to the open file, so it also holds while a worker process that was
        forked from the run still lives, and ends with the last of them.

        Raises:
            BusyError: Another run, in this process or another, holds it.
        """
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(self.lock_file, flags, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BusyError(
                    "another run holds the workspace; wait until it has ended and try again"
                ) from None
            try:
                yield
            finally:
                fcntl.flock(descriptor, fcntl.LOCK_UN)
        finally:
            os.close(descriptor)

    def _claim(self) -> None:
        """Turn an absent or empty folder into one with a version file."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(not is_temporary(entry) for entry in self.root.iterdir()):
            raise WorkspaceError(
                "the folder is not empty and not a workspace; name a new or an empty folder"
            )
        sweep(self.root)
        self.root.chmod(0o700)
        write_new(self.version_file, f"{VERSION}\n".encode())

    def _check_root(self) -> None:
        """Refuse a root that others can enter, and a version that this code does not know."""
        if self.root.stat().st_mode & 0o077:
            raise WorkspaceError(
                "the workspace can be read by other accounts; "
                f"repair with: chmod 700 {shlex.quote(str(self.root))}"
            )
        stated = self.version_file.read_bytes()[:16].strip()
        if not stated.isdigit():
            raise WorkspaceError("the workspace's version file is damaged; restore it")
        if int(stated) > VERSION:
            raise WorkspaceError(
                f"the workspace is of version {int(stated)} and this program knows {VERSION}; "
                "use the newer program"
            )

    def _check_layout(self) -> None:
        """Refuse a missing folder, and a folder that is a link out of the workspace."""
        for name in _LAYOUT:
            folder = self.root / name
            if not folder.is_dir():
                raise WorkspaceError(f"the workspace lacks {name}/; run `deid init` again")
            if folder.is_symlink() and name not in _MAY_BE_A_LINK:
                raise WorkspaceError(f"{name}/ is a symbolic link; it has to be a real folder")
