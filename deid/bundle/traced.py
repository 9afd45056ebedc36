"""What the audit log tells of a bundle: who approved these very files, who built it, and when.

A bundle that holds by its signature proves that the trust's key made it. Beside the log it proves
more, both ways: the log has the head that the bundle took along, so its end was not cut off since;
and the log has the event of this bundle, so it left by the way that the log tells of.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deid.audit import Event, EventType, read
from deid.bundle.verify import Verdict
from deid.errors import AuditError, BundleError


@dataclass(frozen=True, slots=True)
class Traced:
    """A bundle's way out, by the log.

    Attributes:
        line: The line whose hash the bundle holds as the log's head.
        approved_by: Accounts that approved these files.
        built_by: Account that built it.
        built_at: When, UTC.
        withdrawn_at: When the release was withdrawn, None while it stands.
    """

    line: int
    approved_by: tuple[str, ...]
    built_by: str
    built_at: datetime
    withdrawn_at: datetime | None


def trace(events: Path, held: Verdict) -> Traced:
    """Find a bundle that holds in a log that holds.

    Args:
        events: The log.
        held: What :func:`deid.bundle.verify` answered.

    Raises:
        AuditError: No line has the head that the bundle holds.
        BundleError: The log does not tell that this bundle was built.
    """
    line = next((event.seq for event in read(events) if event.hash == held.audit_head), None)
    if line is None:
        raise AuditError(
            "no line of the audit log has the head that the bundle holds; the log's end was cut "
            "off, or it is another log"
        )
    told = list(read(events, transcript=held.release_id))
    built = next((each for each in told if _built(each, held)), None)
    if built is None or built.seq < line:
        raise BundleError("the audit log does not tell that this bundle was built")
    approved = [
        each.actor
        for each in told
        if each.type is EventType.RELEASE_APPROVED
        and each.facts.get("files") == built.facts.get("files")
    ]
    withdrawn = (each.at for each in told if each.type is EventType.RELEASE_WITHDRAWN)
    return Traced(line, tuple(approved), built.actor, built.at, next(withdrawn, None))


def _built(event: Event, held: Verdict) -> bool:
    known = event.facts.get("manifest") == held.manifest_digest
    return event.type is EventType.RELEASE_BUILT and known
