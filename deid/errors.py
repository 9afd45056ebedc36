"""One error tree: every way this program fails on purpose, each with its exit code.

A message says where, which rule and what to do. It must never carry speech, a name, a file name
from the inbox or any other value of the data: whoever raises one of these names transcripts by
id, and places by turn and character offset. Causes that would show speech are cut with
``raise ... from None``.
"""

from collections.abc import Mapping
from enum import IntEnum, StrEnum


class ExitCode(IntEnum):
    """What ``deid`` returns to the shell; printed in ``deid --help``."""

    OK = 0
    UNEXPECTED = 1
    USAGE = 2
    SETTINGS = 3
    WORKSPACE = 4
    KEY = 5
    VAULT = 6
    WITHHELD = 7
    AUDIT = 8
    BUSY = 9
    INPUT = 10
    REGISTER = 11
    ACCOUNT = 12
    RELEASE = 13
    BUNDLE = 14
    REVIEW = 15


class Reason(StrEnum):
    """Why a transcript is withheld; the only words of a quarantine record besides numbers."""

    EMPTY = "empty"
    TRUNCATED = "truncated"
    ENCRYPTED = "encrypted"
    WRONG_SUFFIX = "wrong-suffix"
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too-large"
    ZIP_BOMB = "zip-bomb"
    XML_ENTITIES = "xml-entities"
    BINARY = "binary"
    MALFORMED = "malformed"
    ENCODING = "encoding"
    OUTSIDE_INBOX = "outside-inbox"
    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate"
    CHANGED_WHILE_READ = "changed-while-read"
    DETECTION_FAILED = "detection-failed"
    TIMED_OUT = "timed-out"
    WORKER_DIED = "worker-died"
    WRITE_FAILED = "write-failed"
    LEAK = "leak"
    NOT_IN_REGISTER = "not-in-register"
    UNEXPECTED = "unexpected"


PASSING = frozenset(
    {Reason.UNREADABLE, Reason.TIMED_OUT, Reason.WORKER_DIED, Reason.WRITE_FAILED}
    | {Reason.CHANGED_WHILE_READ}
)
"""Reasons that may be gone the next time; such transcripts are tried again by every run."""


class DeidError(Exception):
    """The root. ``exit_code`` is what the command line returns for it."""

    exit_code: ExitCode = ExitCode.UNEXPECTED


class UsageError(DeidError):
    """A command or a form asked for something that does not exist."""

    exit_code = ExitCode.USAGE


class SettingsError(DeidError):
    """A configuration file is missing, malformed or has a key that does not exist."""

    exit_code = ExitCode.SETTINGS


class WorkspaceError(DeidError):
    """The workspace is absent, incomplete, of another version, or readable by others."""

    exit_code = ExitCode.WORKSPACE


class StudyKeyError(DeidError):
    """A key is missing, malformed or readable by others."""

    exit_code = ExitCode.KEY


class VaultError(DeidError):
    """The vault cannot be opened: wrong key, damaged, or of a newer version."""

    exit_code = ExitCode.VAULT


class AuditError(DeidError):
    """The audit log does not hold, or cannot be written."""

    exit_code = ExitCode.AUDIT


class BusyError(DeidError):
    """Another run holds the workspace."""

    exit_code = ExitCode.BUSY


class RegisterError(DeidError):
    """The register cannot be used; the message names line and column, never the value."""

    exit_code = ExitCode.REGISTER


class AccountError(DeidError):
    """An account may not do this, or cannot be made or changed so."""

    exit_code = ExitCode.ACCOUNT


class ReleaseError(DeidError):
    """A release may not take the step asked for; the message names the rule."""

    exit_code = ExitCode.RELEASE


class BundleError(DeidError):
    """A bundle cannot be made, or does not hold; the message names file and rule."""

    exit_code = ExitCode.BUNDLE


class ReviewError(DeidError):
    """A decision cannot be made so; the message names the rule, never the words."""

    exit_code = ExitCode.REVIEW


class TransientError(DeidError):
    """Work that failed for a reason that may pass; whoever called may try it again."""


class WithheldError(DeidError):
    """A transcript must not go on. ``turn`` is its number where one is known, else None."""

    exit_code = ExitCode.WITHHELD

    def __init__(
        self, reason: Reason, *, stage: str, turn: int | None = None, detail: str = ""
    ) -> None:
        """``detail`` holds numbers and rule names only; it is written to the quarantine record."""
        self.reason, self.stage, self.turn, self.detail = reason, stage, turn, detail
        self.files: Mapping[str, str] = {}
        where = "" if turn is None else f", turn {turn}"
        super().__init__(f"{stage}{where}: {reason}" + (f" ({detail})" if detail else ""))

    def with_files(self, files: Mapping[str, str]) -> "WithheldError":
        """The same, knowing what had been written (path to digest) when it was withheld."""
        same = WithheldError(self.reason, stage=self.stage, turn=self.turn, detail=self.detail)
        same.files = files
        return same

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a worker process."""
        return (_withheld, (self.reason, self.stage, self.turn, self.detail))


class InputError(WithheldError):
    """A raw file cannot be read as a transcript."""

    exit_code = ExitCode.INPUT

    def __init__(self, reason: Reason, *, detail: str = "") -> None:
        """An input error always belongs to the stage ``ingest``."""
        super().__init__(reason, stage="ingest", detail=detail)

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a worker process."""
        return (_input_error, (self.reason, self.detail))


def _withheld(reason: Reason, stage: str, turn: int | None, detail: str) -> WithheldError:
    return WithheldError(reason, stage=stage, turn=turn, detail=detail)


def _input_error(reason: Reason, detail: str) -> InputError:
    return InputError(reason, detail=detail)
