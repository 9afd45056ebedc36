"""What became of each transcript, put on record: log first, then vault.

A run that is killed between the two does the transcript again and comes to the same event; that
event then stands in the log already and is not written twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from deid import overview, quarantine, store
from deid.audit import AuditLog, Event, EventType, read_back
from deid.audit.facts import Fact
from deid.errors import WithheldError
from deid.items import Item
from deid.pipeline import Prepared
from deid.tabling import Written
from deid.vault import TranscriptRecord, TranscriptState, Vault
from deid.workspace import Workspace

ACTOR = "deid"
_OUTCOMES = (EventType.TRANSCRIPT_WRITTEN, EventType.TRANSCRIPT_WITHHELD)


def unfinished(log: Path) -> dict[str, Event]:
    """The last outcome of each transcript since a run last finished; empty after a whole run.

    Read from the end of the log, which may be long, to where a run last finished.
    """
    open_events: dict[str, Event] = {}
    for event in read_back(log):
        if event.type is EventType.RUN_FINISHED:
            break
        if event.type in _OUTCOMES:
            open_events.setdefault(event.subject, event)
    return open_events


@dataclass(frozen=True)
class Records:
    """Writes outcomes to log, vault and quarantine.

    Attributes:
        run_id: Stands in every event.
        fingerprint: Of the run; kept with each transcript.
        workspace: Whose staging and quarantine.
        vault: Open for writing.
        log: Open for appending.
        before: From :func:`unfinished`.
    """

    run_id: str
    fingerprint: str
    workspace: Workspace
    vault: Vault
    log: AuditLog
    before: Mapping[str, Event] = field(repr=False)

    def written(self, item: Item, prepared: Prepared, written: Written) -> None:
        """A transcript was written and verified."""
        facts: dict[str, Fact] = {
            "content": prepared.digest,
            "fingerprint": self.fingerprint,
            "words": written.words,
            "redactions": dict(written.by_type),
            "flags": dict(written.flags),
            "dropped": dict(prepared.transcript.dropped),
        }
        self._append(EventType.TRANSCRIPT_WRITTEN, item, facts, dict(written.files))
        record = self._record(item, prepared.digest, TranscriptState.DONE, written.files)
        counts = overview.Overview(
            item.transcript_id,
            written.words,
            written.by_type,
            written.flags,
            written.uncertain,
            written.by_person,
        )
        with self.vault.transaction():
            self.vault.upsert_transcript(record)
            overview.put(self.vault, counts)
        quarantine.clear(self.workspace.quarantine, item.transcript_id)

    def withheld(self, item: Item, error: WithheldError) -> None:
        """A transcript is withheld: what was written of it is taken away, then recorded.

        Redaction rows of a withheld attempt stay, as all under audit/ do, and are listed.
        """
        gone = store.remove_transcript(self.workspace.staging, item.transcript_id)
        record = quarantine.Record.of(
            error, transcript_id=item.transcript_id, run_id=self.run_id, at=datetime.now(UTC)
        )
        quarantine.write(self.workspace.quarantine, record)
        facts: dict[str, Fact] = {
            "reason": error.reason.value,
            "stage": error.stage,
            "turn": error.turn,
        }
        files: dict[str, str | None] = {**error.files, **dict.fromkeys(gone)}
        self._append(EventType.TRANSCRIPT_WITHHELD, item, facts, files)
        known = self._record(item, item.digest, TranscriptState.WITHHELD, {})
        with self.vault.transaction():
            self.vault.upsert_transcript(replace(known, reason=error.reason.value))
            overview.drop(self.vault, item.transcript_id)

    def _append(
        self,
        kind: EventType,
        item: Item,
        facts: Mapping[str, Fact],
        files: Mapping[str, str | None],
    ) -> None:
        """One event, unless a killed run wrote the very same."""
        before = self.before.get(item.transcript_id)
        if (
            before is None
            or (before.type, before.facts) != (kind, facts)
            or (files and before.files != files)
        ):
            self.log.append(
                kind,
                actor=ACTOR,
                run_id=self.run_id,
                subject=item.transcript_id,
                facts=facts,
                files=files,
            )

    def _record(
        self, item: Item, digest: str, state: TranscriptState, files: Mapping[str, str]
    ) -> TranscriptRecord:
        return TranscriptRecord(
            transcript_id=item.transcript_id,
            relative_path=item.path,
            content_digest=digest,
            fingerprint=self.fingerprint,
            state=state,
            run_id=self.run_id,
            outputs=dict(files),
            size=item.size,
            mtime_ns=item.mtime_ns,
        )
