"""A release as the vault keeps it: who asked for what, which files, and the votes.

Free text (purpose, reasons) and votes stay in the vault; the audit log gets keyed digests and, once
both votes are in, what they were.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import rfc8785

from deid.errors import ReleaseError
from deid.release.states import State
from deid.vault import Vault

type Files = Mapping[str, Mapping[str, str]]
"""SHA-256 by path from the workspace, by transcript id."""

VOTES_NEEDED = 2

_COLUMNS = """release_id, state, requested_by, requested_at, recipient, purpose, files, folder,
    manifest"""
_GET = f"SELECT {_COLUMNS} FROM releases WHERE release_id = ?"  # noqa: S608 - constants only
_ALL = f"SELECT {_COLUMNS} FROM releases ORDER BY requested_at, release_id"  # noqa: S608
_PUT = "INSERT OR REPLACE INTO releases VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_VOTES = """SELECT account, decision, reason, files, at FROM release_votes
    WHERE release_id = ? AND void = 0 ORDER BY id"""
_VOTE = """INSERT INTO release_votes (release_id, account, decision, reason, files, at, void)
    VALUES (?, ?, ?, ?, ?, ?, 0)"""
_VOID = "UPDATE release_votes SET void = 1 WHERE release_id = ? AND void = 0"
_REVIEWED = """SELECT count(*) FROM release_reviews
    WHERE release_id = ? AND account = ? AND files_digest = ?"""
_REVIEW = "INSERT INTO release_reviews VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"


class Decision(StrEnum):
    """What a checker says."""

    APPROVE = "approve"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Vote:
    """One checker's vote on files of these digests; what it says is not shown by accident."""

    account: str
    decision: Decision = field(repr=False)
    reason: str = field(repr=False)
    files: Files = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release.

    Attributes:
        release_id: Its id, also the name of its folder in the outbox.
        state: Where it stands.
        requested_by: Account that asked for it.
        requested_at: When, UTC.
        recipient: One of the study's approved recipients.
        purpose: Why, in the requester's words.
        files: What is to leave.
        folder: Name of the finished folder that still has to be put into its place, else "".
        manifest: SHA-256 of the bundle's manifest, "" before it is built.
        votes: Those that hold, in the order in which they came.
    """

    release_id: str
    state: State
    requested_by: str
    requested_at: datetime
    recipient: str
    purpose: str = field(repr=False)
    files: Files = field(repr=False)
    folder: str = ""
    manifest: str = ""
    votes: tuple[Vote, ...] = ()

    @property
    def transcripts(self) -> tuple[str, ...]:
        """Ids of the transcripts, in order."""
        return tuple(sorted(self.files))

    @property
    def files_digest(self) -> str:
        """One digest over all files' digests."""
        return digest_of(self.files)


@dataclass(frozen=True, slots=True)
class Standing:
    """What anybody may know of a release.

    Attributes:
        release: The release; its votes are left out until both are in.
        votes_in: How many votes hold.
        outdated: Whether a file changed since, which voids the votes at the next step.
    """

    release: Release
    votes_in: int
    outdated: bool


def digest_of(value: Any) -> str:
    """SHA-256 over the canonical JSON of a plain value."""
    return hashlib.sha256(rfc8785.dumps(value)).hexdigest()


def get(vault: Vault, release_id: str) -> Release:
    """One release with its votes.

    Raises:
        ReleaseError: There is none of this id.
    """
    rows = vault.run(_GET, release_id)
    if not rows:
        raise ReleaseError("there is no release of this id; see `deid release status`")
    return _release(vault, rows[0])


def every(vault: Vault) -> list[Release]:
    """All releases, oldest first."""
    return [_release(vault, row) for row in vault.run(_ALL)]


def put(vault: Vault, release: Release) -> None:
    """Note a release in place of what was known of it; votes have their own functions."""
    vault.run(
        _PUT,
        *(release.release_id, release.state.value, release.requested_by),
        *(release.requested_at.isoformat(), release.recipient, release.purpose),
        *(json.dumps(release.files), release.folder, release.manifest),
    )


def add_vote(vault: Vault, release_id: str, vote: Vote) -> None:
    """Note a vote."""
    vault.run(
        _VOTE,
        *(release_id, vote.account, vote.decision.value, vote.reason),
        *(json.dumps(vote.files), vote.at.isoformat()),
    )


def void_votes(vault: Vault, release_id: str) -> None:
    """Let the votes on a release hold no longer; they stay on record."""
    vault.run(_VOID, release_id)


def add_review(vault: Vault, release: Release, account: str, at: datetime) -> None:
    """Note that a checker was shown these very files."""
    vault.run(_REVIEW, release.release_id, account, release.files_digest, at.isoformat())


def was_reviewed(vault: Vault, release: Release, account: str) -> bool:
    """Whether a checker was shown the release's files as they are now."""
    rows = vault.run(_REVIEWED, release.release_id, account, release.files_digest)
    return bool(rows[0][0])


def _release(vault: Vault, row: Sequence[Any]) -> Release:
    release_id, state, by, at, recipient, purpose, files, folder, manifest = row
    votes = (
        Vote(account, Decision(decision), reason, json.loads(on), datetime.fromisoformat(when))
        for account, decision, reason, on, when in vault.run(_VOTES, release_id)
    )
    return Release(
        release_id=release_id,
        state=State(state),
        requested_by=by,
        requested_at=datetime.fromisoformat(at),
        recipient=recipient,
        purpose=purpose,
        files=json.loads(files),
        folder=folder,
        manifest=manifest,
        votes=tuple(votes),
    )
