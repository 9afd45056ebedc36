"""The audit log as it is written: one process at a time, each line chained to the one before.

An event stands on disk before :meth:`AuditLog.append` returns. What a killed process or a power
cut left behind is found before the next line is added: a torn line is set aside in
``torn-<seq>.bin`` and recorded, a checkpoint that is missing its copy gets it. Nothing is ever
added to a log whose last line does not hold or that is shorter than its checkpoints say.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from deid.audit.appendfile import AppendFile, opened
from deid.audit.checkpoint import head_in_line, signed_head
from deid.audit.event import (
    MAX_LINE,
    NO_EVENT,
    Event,
    EventType,
    MalformedLineError,
    event_of,
    parsed_line,
    sealed_line,
)
from deid.audit.facts import Fact, checked_actor, checked_facts, checked_files, checked_id
from deid.audit.reading import events
from deid.errors import AuditError
from deid.files import sha256_file, write_atomically
from deid.keys import StudyKeys, key_fingerprint

CHECKPOINTS_NAME = "checkpoints.jsonl"
REPAIRER = "deid"
"""The account in whose name the log repairs itself."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class AuditLog:
    """The log at ``path`` (``audit/events.jsonl``), whose folder's parent is the workspace."""

    path: Path
    keys: StudyKeys
    clock: Callable[[], datetime] = _now

    def append(
        self,
        type_: EventType,
        *,
        actor: str,
        subject: str,
        run_id: str = "",
        facts: Mapping[str, object] | None = None,
        files: Mapping[str, str | None] | None = None,
    ) -> Event:
        """Add one event, on disk when this returns.

        Args:
            type_: What happened.
            actor: The account that did it.
            subject: What it happened to: an id or a known word.
            run_id: The run in which it happened.
            facts: Counts, ids, digests and known words, at most four deep.
            files: SHA-256 by path relative to the workspace, of files that stand there now; None
                for a path that is gone now.

        Raises:
            AuditError: A value that may not stand in the log, or a log that does not hold or
                cannot be written; then nothing was added.
        """
        body: dict[str, Fact] = {
            "type": type_.value,
            "actor": checked_actor(actor),
            "run_id": checked_id(run_id, where="run_id", optional=True),
            "subject": checked_id(subject, where="subject"),
            "facts": checked_facts(facts or {}),
            "files": checked_files(files or {}),
        }
        with self._ready() as (log, last):
            return self._add(log, last, body)

    def checkpoint(self, *, actor: str = REPAIRER, run_id: str = "") -> str:
        """Sign the log as it stands and return its head, the hash of its last line.

        A log that ends in a checkpoint of the same key already is left as it is.

        Raises:
            AuditError: As for :meth:`append`.
        """
        body: dict[str, Fact] = {
            "type": EventType.CHECKPOINT.value,
            "actor": checked_actor(actor),
            "run_id": checked_id(run_id, where="run_id", optional=True),
            "subject": "log",
            "files": {},
        }
        key = key_fingerprint(self.keys.public_key)
        with self._ready() as (log, last):
            if last and last.type is EventType.CHECKPOINT and last.facts.get("key") == key:
                return last.hash
            seq, digest = (last.seq, last.hash) if last else (0, NO_EVENT)
            head = signed_head(self.keys, seq=seq, digest=digest)
            event = self._add(log, last, {**body, "facts": head.facts()})
            self._mirror(event)
            return event.hash

    def recover(self) -> None:
        """Set right what a killed process left; :meth:`append` does so by itself.

        Raises:
            AuditError: The log does not hold or cannot be written.
        """
        with self._ready():
            pass

    def sign_anew(self, *, actor: str = REPAIRER) -> str:
        """After a change of the signing key: a checkpoint of the new key, and all copies by it.

        Verify the log with the old key first. Killed half-way, it is to be called again.

        Raises:
            AuditError: As for :meth:`append`.
        """
        head = self.checkpoint(actor=actor)
        with self._ready():
            signed = (
                signed_head(self.keys, seq=event.seq, digest=event.hash).line()
                for event in events(self.path, until=self.path.stat().st_size)
                if event.type is EventType.CHECKPOINT
            )
            write_atomically(self.path.parent / CHECKPOINTS_NAME, b"".join(signed))
        return head

    @contextmanager
    def _ready(self) -> Iterator[tuple[AppendFile, Event | None]]:
        """Hold the lock on a log that is whole; hands out its last event."""
        try:
            with opened(self.path) as log:
                yield log, self._repaired(log)
        except OSError as error:
            raise AuditError(f"the audit log cannot be written: {error.strerror}") from None

    def _repaired(self, log: AppendFile) -> Event | None:
        ending = log.ending()
        last = _last_event(ending.last)
        next_seq = last.seq + 1 if last else 1
        aside = self.path.parent / f"torn-{next_seq}.bin"
        if ending.torn:
            write_atomically(aside, ending.torn)
            log.cut(ending.size)
        self._mirror(last)
        return self._add_repair(log, last, aside) if aside.exists() else last

    def _add_repair(self, log: AppendFile, last: Event | None, aside: Path) -> Event:
        body: dict[str, Fact] = {
            "type": EventType.LOG_REPAIRED.value,
            "actor": REPAIRER,
            "run_id": "",
            "subject": "log",
            "facts": {"what": "torn-line", "bytes": aside.stat().st_size},
            "files": {f"{self.path.parent.name}/{aside.name}": sha256_file(aside)},
        }
        return self._add(log, last, body)

    def _add(self, log: AppendFile, last: Event | None, body: Mapping[str, Fact]) -> Event:
        at = self.clock().astimezone(UTC).isoformat(timespec="microseconds")
        chained: dict[str, Fact] = {
            **body,
            "seq": last.seq + 1 if last else 1,
            "at": at.replace("+00:00", "Z"),
            "prev": last.hash if last else NO_EVENT,
        }
        line, _ = sealed_line(chained)
        if len(line) > MAX_LINE:
            raise AuditError("an event is longer than a line of the log may be; split it")
        event = event_of(parsed_line(line))
        log.add(line)
        return event

    def _mirror(self, last: Event | None) -> None:
        """Give a checkpoint at the log's end its copy, unless it has it.

        Raises:
            AuditError: The copies tell of a longer log than this one.
        """
        path = self.path.parent / CHECKPOINTS_NAME
        is_checkpoint = last is not None and last.type is EventType.CHECKPOINT
        if not is_checkpoint and not path.exists():
            return
        with opened(path) as copies:
            ending = copies.ending()
            copied = _last_copied(ending.last)
            if copied > (last.seq if last else 0):
                raise AuditError(
                    "the log is shorter than its last checkpoint says; run `deid audit verify`"
                )
            if last is not None and is_checkpoint and copied < last.seq:
                if ending.torn:
                    copies.cut(ending.size)
                copies.add(signed_head(self.keys, seq=last.seq, digest=last.hash).line())


def _last_event(line: bytes) -> Event | None:
    if not line:
        return None
    try:
        return event_of(parsed_line(line))
    except MalformedLineError:
        raise AuditError(
            "the last line of the audit log does not hold; run `deid audit verify`"
        ) from None


def _last_copied(line: bytes) -> int:
    if not line:
        return 0
    try:
        return head_in_line(line).seq
    except MalformedLineError:
        raise AuditError(
            "the last line of checkpoints.jsonl does not hold; run `deid audit verify`"
        ) from None
