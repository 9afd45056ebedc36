"""What a bundle says about itself besides its rows: approval, checks, versions; no names.

Recipient, title and sponsor come from the study's configuration and the purpose from the request;
all of them are searched for leaks with the rest. Accounts appear by their role only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from deid.bundle.approved import Approved
from deid.settings import Study
from deid.store import Table

VERSIONS = (
    *("code_version", "model_name", "model_version", "model_digest", "policy_digest"),
    *("config_digest", "register_digest", "lists_digest"),
)
"""Columns of the transcripts table that say what made an output."""


@dataclass(frozen=True, slots=True)
class Approval:
    """One checker's vote: in which role, when (UTC), and on files of which digest."""

    role: str
    at: datetime
    files_digest: str

    def told(self) -> dict[str, str]:
        """For the manifest."""
        return {"role": self.role, "at": moment(self.at), "files": self.files_digest}


@dataclass(frozen=True, slots=True)
class Check:
    """A check that was run; a bundle is only made when all of them passed.

    Attributes:
        name: Which check.
        threshold: What had to be reached, or not exceeded.
        result: What was found.
        meaning: One line on what was counted.
    """

    name: str
    threshold: float
    result: float
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Facts about a release.

    Attributes:
        release_id: Its id.
        made_at: When the bundle was made, UTC.
        study: The approval under which it leaves.
        recipient: One of the approved recipients.
        purpose: In the requester's words.
        approvals: The votes.
        checks: What was checked.
        measured: Recall and the like, measured at this version; empty when not given.
        audit_head: Hash of the audit log's last line when the bundle was made.
    """

    release_id: str
    made_at: datetime
    study: Study
    recipient: str
    purpose: str
    approvals: tuple[Approval, ...]
    checks: tuple[Check, ...]
    measured: Mapping[str, Any] = field(default_factory=dict)
    audit_head: str = ""

    def approval(self) -> dict[str, str]:
        """The study's approval, in words."""
        study = self.study
        return {
            "study": study.id,
            "title": study.title,
            "iras_id": study.iras_id,
            "rec_reference": study.rec_reference,
            "sponsor": study.sponsor,
            "recipient": self.recipient,
            "purpose": self.purpose,
            "approved_from": study.approved_from.isoformat(),
            "approved_until": study.approved_until.isoformat(),
        }


def moment(at: datetime) -> str:
    """A time in UTC to the second, as ISO 8601."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def versions(transcripts: Sequence[Approved]) -> dict[str, list[str]]:
    """Which versions made the outputs; several where transcripts were made at different times."""
    rows = [transcript.summary() for transcript in transcripts]
    return {name: sorted({str(row[name]) for row in rows}) for name in VERSIONS}


def counts(transcripts: Sequence[Approved]) -> dict[str, int]:
    """Transcripts, and rows of each table."""
    rows = {which.value: sum(t.count(which) for t in transcripts) for which in Table}
    return {**rows, "transcripts": len(transcripts)}
