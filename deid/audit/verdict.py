"""What a verification found: the answer, and where the log or a file first fails to hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

EVENTS = "audit/events.jsonl"
COPIES = "audit/checkpoints.jsonl"


class Flaw(StrEnum):
    """Every way in which a log or a file can fail to hold."""

    LOG_MISSING = "log-missing"
    ALTERED = "altered"
    REMOVED = "removed"
    REORDERED = "reordered"
    REPEATED = "repeated"
    TORN = "torn"
    TRUNCATED = "truncated"
    HEAD_UNKNOWN = "head-unknown"
    BAD_SIGNATURE = "bad-signature"
    UNSIGNED = "unsigned"
    COPY_MISSING = "copy-missing"
    REWRITTEN = "rewritten"
    FILE_MISSING = "file-missing"
    FILE_CHANGED = "file-changed"
    FILE_RETURNED = "file-returned"


_MEANING = {
    Flaw.LOG_MISSING: "the log is missing or cannot be read",
    Flaw.ALTERED: "this line was altered",
    Flaw.REMOVED: "one or more lines were removed before this place",
    Flaw.REORDERED: "lines were put in another order from this place on",
    Flaw.REPEATED: "a line stands here a second time",
    Flaw.TORN: "the last line is incomplete; the next run sets it aside and records it",
    Flaw.TRUNCATED: "the end was cut off here",
    Flaw.HEAD_UNKNOWN: "no line has the expected head digest; the end was cut off or rewritten",
    Flaw.BAD_SIGNATURE: "this checkpoint is not signed by the given key",
    Flaw.UNSIGNED: "no checkpoint signs any line",
    Flaw.COPY_MISSING: "a checkpoint has no copy here; if it is the last, the next run adds it",
    Flaw.REWRITTEN: "this event gives a permanent file another digest",
    Flaw.FILE_MISSING: "a file that this event recorded is missing",
    Flaw.FILE_CHANGED: "a file no longer matches the digest that this event recorded",
    Flaw.FILE_RETURNED: "a file that this event recorded as removed is there",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """The first place that does not hold.

    Attributes:
        flaw: What is wrong there.
        where: The log, the copies of its checkpoints, or the file that fails; relative.
        line: Line of the log (of the copies, when ``where`` names them), from 1.
    """

    flaw: Flaw
    where: str
    line: int

    def __str__(self) -> str:
        """One line for people."""
        if self.where in {EVENTS, COPIES}:
            return f"{self.where}, line {self.line}: {_MEANING[self.flaw]}"
        return f"{self.where} ({EVENTS}, line {self.line}): {_MEANING[self.flaw]}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a verification.

    Attributes:
        ok: Whether everything holds.
        events: Lines that hold, counted from the first.
        head: Hash of the last of them, "" when there is none.
        signed: The last line that a checkpoint signs; later ones hold only by the chain.
        files: Files whose digests were compared and hold.
        unlisted: Files in staging, outbox and redactions that no event names. They do not make
            the verdict bad, since a killed run leaves such; nothing may be released from them.
        problem: The first that does not hold, None when ``ok``.
        earlier: Keys that handed over to the one asked with, by fingerprint; what they signed
            before that holds by the log.
    """

    ok: bool
    events: int
    head: str
    signed: int
    files: int
    unlisted: int
    problem: Problem | None
    earlier: Mapping[str, Ed25519PublicKey] = field(default_factory=dict)


class FlawError(Exception):
    """Ends a verification at its first problem; never leaves ``deid.audit``."""

    def __init__(self, flaw: Flaw, where: str, line: int) -> None:
        self.problem = Problem(flaw, where, line)
        super().__init__(str(self.problem))
