"""One line of the audit log: what it holds, and how its hash is made.

A line is the RFC 8785 canonical JSON of the whole event, so that an event has exactly one way of
being written and a changed byte is a changed event even in white space. Its hash is SHA-256 over
the canonical JSON without ``hash``; ``prev`` is the hash of the line before.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

import rfc8785

from deid.audit.facts import Fact

NO_EVENT = "0" * 64
"""``prev`` of the first line."""
MAX_LINE = 1 << 20
"""Bytes of the longest line that is written or read; keeps reading in constant memory."""

_FIELDS = frozenset(
    {"seq", "at", "type", "actor", "run_id", "subject", "facts", "files", "prev", "hash"}
)


class EventType(StrEnum):
    """Everything that can have happened."""

    WORKSPACE_CREATED = "workspace.created"
    KEYS_CREATED = "keys.created"
    KEYS_ROTATED = "keys.rotated"
    RUN_STARTED = "run.started"
    RUN_FINISHED = "run.finished"
    TRANSCRIPT_READ = "transcript.read"
    TRANSCRIPT_WITHHELD = "transcript.withheld"
    TRANSCRIPT_WRITTEN = "transcript.written"
    TRANSCRIPT_UNCHANGED = "transcript.unchanged"
    TRANSCRIPT_REMOVED = "transcript.removed"
    REGISTER_IMPORTED = "register.imported"
    REGISTER_ALIAS_ADDED = "register.alias-added"
    IDENTITIES_MERGED = "identities.merged"
    VAULT_BACKED_UP = "vault.backed-up"
    VAULT_RESTORED = "vault.restored"
    VAULT_LOOKED_UP = "vault.looked-up"
    VAULT_LOOKUP_REFUSED = "vault.lookup-refused"
    ACCOUNT_ADDED = "account.added"
    ACCOUNT_DISABLED = "account.disabled"
    ACCOUNT_ROLE_CHANGED = "account.role-changed"
    ACCOUNT_PASSWORD_CHANGED = "account.password-changed"  # noqa: S105 - a type of event
    ACCOUNT_REFUSED = "account.refused"
    ACCOUNT_LOCKED = "account.locked"
    REVIEW_OPENED = "review.opened"
    REVIEW_DECIDED = "review.decided"
    REVIEW_LOOKED_AGAIN = "review.looked-again"
    RELEASE_REQUESTED = "release.requested"
    RELEASE_REVIEWED = "release.reviewed"
    RELEASE_VOTED = "release.voted"
    RELEASE_VOTES_VOIDED = "release.votes-voided"
    RELEASE_APPROVED = "release.approved"
    RELEASE_REJECTED = "release.rejected"
    RELEASE_BUILT = "release.built"
    RELEASE_WITHDRAWN = "release.withdrawn"
    CHECKPOINT = "checkpoint"
    LOG_REPAIRED = "log.repaired"


class MalformedLineError(ValueError):
    """A line is not a canonical event. Carries nothing of the line."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event.

    Attributes:
        seq: From 1, without gaps; the number of its line.
        at: UTC, to the microsecond.
        type: What happened.
        actor: Account that did it.
        run_id: Run in which it happened, or "".
        subject: What it happened to: a transcript's id, a request's, or a known word.
        facts: Counts, ids and digests.
        files: Relative path to SHA-256, None for a file that is gone from here on.
        prev: Hash of the line before.
        hash: Hash of this one.
    """

    seq: int
    at: datetime
    type: EventType
    actor: str
    run_id: str
    subject: str
    facts: Mapping[str, Fact]
    files: Mapping[str, str | None]
    prev: str
    hash: str


def sealed_line(body: Mapping[str, Fact]) -> tuple[bytes, str]:
    """The line (with its line feed) of an event's fields without ``hash``, and its hash."""
    digest = _digest(body)
    return rfc8785.dumps({**body, "hash": digest}) + b"\n", digest


def parsed_line(line: bytes) -> dict[str, Fact]:
    """The fields of a line, when it is a canonical event with a right hash and its line feed.

    Raises:
        MalformedLineError: It is not.
    """
    try:
        loaded = json.loads(line)
        if not isinstance(loaded, dict) or loaded.keys() != _FIELDS:
            raise MalformedLineError
        if rfc8785.dumps(loaded) + b"\n" != line:
            raise MalformedLineError
        body = {name: value for name, value in loaded.items() if name != "hash"}
        if loaded["hash"] != _digest(body):
            raise MalformedLineError
    except (ValueError, RecursionError):
        raise MalformedLineError from None
    if not _has_types(loaded):
        raise MalformedLineError
    return loaded


def event_of(fields: Mapping[str, Fact]) -> Event:
    """The typed event of a parsed line.

    Raises:
        MalformedLineError: Its type or time is not one that this version knows.
    """
    try:
        return Event(
            seq=cast("int", fields["seq"]),
            at=datetime.fromisoformat(str(fields["at"])),
            type=EventType(str(fields["type"])),
            actor=str(fields["actor"]),
            run_id=str(fields["run_id"]),
            subject=str(fields["subject"]),
            facts=cast("dict[str, Fact]", fields["facts"]),
            files=cast("dict[str, str | None]", fields["files"]),
            prev=str(fields["prev"]),
            hash=str(fields["hash"]),
        )
    except ValueError:
        raise MalformedLineError from None


def _has_types(fields: Mapping[str, Fact]) -> bool:
    texts = ("at", "type", "actor", "run_id", "subject", "prev", "hash")
    files = fields["files"]
    return (
        type(fields["seq"]) is int  # true is an int, too
        and all(isinstance(fields[name], str) for name in texts)
        and isinstance(fields["facts"], dict)
        and isinstance(files, dict)
        and all(digest is None or isinstance(digest, str) for digest in files.values())
    )


def _digest(body: Mapping[str, Fact]) -> str:
    return hashlib.sha256(rfc8785.dumps(dict(body))).hexdigest()
