"""A change in the vault and its audit event: both or neither, whenever the process dies.

The event is noted in the vault in the same transaction as the change, and moved to the log right
after. What a killed process left is moved at the next start; each event carries a key, so that one
that reached the log before the kill is not added again (docs/decisions/0011-release-record.md).
"""

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deid.audit import AuditLog, Configured, EventType
from deid.audit.event import MAX_LINE, MalformedLineError, parsed_line
from deid.audit.facts import checked_actor, checked_facts, checked_files, checked_id
from deid.errors import AuditError
from deid.vault import Vault

KEY = "event"
_MARK = "$configured"
_ADD = "INSERT INTO pending_events (key, log_size, event) VALUES (?, ?, ?)"
_ALL = "SELECT id, key, log_size, event FROM pending_events ORDER BY id"
_DROP = "DELETE FROM pending_events WHERE id = ?"


@dataclass(frozen=True, slots=True)
class PendingEvent:
    """An event to be; the fields are those of :meth:`deid.audit.AuditLog.append`."""

    type: EventType
    actor: str
    subject: str
    facts: Mapping[str, object] = field(default_factory=dict)
    files: Mapping[str, str | None] = field(default_factory=dict)


def add(vault: Vault, log: AuditLog, event: PendingEvent) -> None:
    """Note an event; to be called inside the transaction of the change that it tells of.

    Raises:
        AuditError: The log would not take it; the transaction is to be given up.
    """
    checked_actor(event.actor)
    checked_id(event.subject, where="subject")
    checked_facts(event.facts)
    checked_files(event.files)
    told = {
        "type": event.type.value,
        "actor": event.actor,
        "subject": event.subject,
        "facts": _marked(event.facts),
        "files": dict(event.files),
    }
    vault.run(_ADD, secrets.token_hex(16), _whole_size(log.path), json.dumps(told))


def flush(vault: Vault, log: AuditLog) -> int:
    """Move what is noted to the log, once each and in order, under a signed checkpoint.

    Safe to call at any time and from several processes; the vault's write lock is held meanwhile.

    Returns:
        How many events were noted.

    Raises:
        AuditError: The log does not hold or cannot be written; what is noted stays noted.
    """
    if not vault.run(_ALL):
        return 0
    log.recover()
    with vault.transaction():
        rows = vault.run(_ALL)
        for row_id, key, size, text in rows:
            if not any(found == key for found in _keys_after(log.path, size)):
                _append(log, key, json.loads(text))
            vault.run(_DROP, row_id)
        log.checkpoint()
    return len(rows)


def _append(log: AuditLog, key: str, told: Mapping[str, object]) -> None:
    facts, files = told["facts"], told["files"]
    if not isinstance(facts, dict) or not isinstance(files, dict):
        raise AuditError("an event noted in the vault is malformed")
    log.append(
        EventType(str(told["type"])),
        actor=str(told["actor"]),
        subject=str(told["subject"]),
        facts={**_unmarked(facts), KEY: key},
        files=files,
    )


def _whole_size(path: Path) -> int:
    """Bytes of the log up to its last line feed, so that a line begins there for good."""
    if not path.exists():
        return 0
    with path.open("rb") as file:
        size = file.seek(0, 2)
        start = max(0, size - MAX_LINE - 1)
        file.seek(start)
        return start + file.read(size - start).rfind(b"\n") + 1


def _keys_after(path: Path, size: int) -> Iterator[object]:
    """The keys of the events that were added after the log had this size."""
    if not path.exists():
        return
    with path.open("rb") as file:
        file.seek(size)
        while (line := file.readline(MAX_LINE)).endswith(b"\n"):  # another process may be writing
            try:
                facts = parsed_line(line)["facts"]
            except MalformedLineError:
                raise AuditError(
                    "a line of the audit log does not hold; run `deid audit verify`"
                ) from None
            yield facts.get(KEY) if isinstance(facts, dict) else None


def _marked(value: object) -> object:
    """As JSON, with the strings of the configuration marked as such."""
    if isinstance(value, Configured):
        return {_MARK: str(value)}
    if isinstance(value, Mapping):
        return {str(key): _marked(each) for key, each in value.items()}
    return [_marked(each) for each in value] if isinstance(value, list | tuple) else value


def _unmarked(facts: Mapping[str, object]) -> dict[str, object]:
    return {key: _one_unmarked(value) for key, value in facts.items()}


def _one_unmarked(value: object) -> object:
    if isinstance(value, dict):
        if set(value) == {_MARK}:
            return Configured(value[_MARK])
        return _unmarked(value)
    return [_one_unmarked(each) for each in value] if isinstance(value, list) else value
