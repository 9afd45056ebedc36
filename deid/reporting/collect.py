"""From the audit log to a report: which events tell of what was asked for, and what they say.

A redaction file is read only when it is as an event recorded it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pyarrow.parquet as pq
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from deid.audit import Event, EventType, read, verify
from deid.errors import UsageError
from deid.files import sha256_file
from deid.reporting.charts import bars
from deid.reporting.report import Cell, Report, Table
from deid.store import Table as Tables
from deid.store import columns as store_columns

_RUN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_RELEASE = re.compile(r"r-[0-9a-f]{16}")
_TRANSCRIPT = re.compile(r"t-[0-9a-f]{16}")
_REDACTIONS = "audit/redactions/"
_EVENTS = ("line", "when (UTC)", "what", "who")


def report_of(root: Path, what: str, *, study: str, public_key: Ed25519PublicKey) -> Report:
    """The report of a run, a release or a transcript.

    Args:
        root: The workspace.
        what: Its id: of a run, a release (``r-``) or a transcript (``t-``).
        study: The study's id.
        public_key: Against which the log is verified.

    Raises:
        UsageError: It is no id, or the log knows nothing of it.
        AuditError: The log cannot be read.
    """
    collect, by_run = _kind(what)
    log = root / "audit" / "events.jsonl"
    events = tuple(read(log, run=what) if by_run else read(log, transcript=what))
    if not events:
        raise UsageError("the audit log knows nothing of this id")
    kind, facts, counts, tables = collect(root, events)
    return Report(
        kind=kind,
        id=what,
        study=study,
        made=datetime.now(UTC),
        facts=tuple(facts),
        charts=tuple(bars(title, told) for title, told in counts.items() if told),
        tables=(*tables, _told("Events", events)),
        verdict=verify(root, public_key),
    )


def _kind(what: str) -> tuple[Any, bool]:
    for shape, collect, by_run in (
        (_RUN, _run, True),
        (_RELEASE, _release, False),
        (_TRANSCRIPT, _transcript, False),
    ):
        if shape.fullmatch(what):
            return collect, by_run
    raise UsageError("name a run's id (a UUID), a release (r-...) or a transcript (t-...)")


type _Collected = tuple[str, list[tuple[str, Cell]], dict[str, Mapping[str, float]], list[Table]]


def _run(_root: Path, events: tuple[Event, ...]) -> _Collected:
    started = _first(events, EventType.RUN_STARTED)
    ended = _first(events, EventType.RUN_FINISHED)
    facts: list[tuple[str, Cell]] = []
    if started:
        facts += [("Began", _when(started)), ("Transcripts due", _number(started, "due"))]
        facts += [(name, _text(value)) for name, value in _map(started, "versions").items()]
    facts.append(("Ended", _when(ended) if ended else "not recorded: it lasts, or was killed"))
    if ended:
        names = {"written": "Done", "unchanged": "Unchanged", "words": "Words"}
        facts += [(label, _number(ended, name)) for name, label in names.items()]
    written = [each for each in events if each.type is EventType.TRANSCRIPT_WRITTEN]
    withheld = [each for each in events if each.type is EventType.TRANSCRIPT_WITHHELD]
    counts: dict[str, Mapping[str, float]] = {
        "Redactions by type": _summed(written, "redactions"),
        "Kept and flagged, by kind": _summed(written, "flags"),
        "Withheld by reason": Counter(_text(each.facts.get("reason")) for each in withheld),
    }
    tables = [
        Table(
            "Transcripts done",
            ("transcript", "words", "redactions", "flagged"),
            tuple(
                (
                    each.subject,
                    _number(each, "words"),
                    sum(_counts(each, "redactions").values()),
                    sum(_counts(each, "flags").values()),
                )
                for each in written
            ),
        ),
        Table(
            "Transcripts withheld",
            ("transcript", "reason", "stage", "turn"),
            tuple(
                (each.subject, *(_text(each.facts.get(n)) for n in ("reason", "stage", "turn")))
                for each in withheld
            ),
        ),
    ]
    return "Run", facts, counts, [each for each in tables if each.rows]


def _release(root: Path, events: tuple[Event, ...]) -> _Collected:
    asked = _first(events, EventType.RELEASE_REQUESTED)
    facts: list[tuple[str, Cell]] = []
    transcripts: list[str] = []
    if asked:
        labels = ("recipient", "sponsor", "iras_id", "rec_reference", "approved_until", "files")
        facts += [("Asked for", _when(asked)), ("By", asked.actor)]
        facts += [(name.replace("_", " "), _text(asked.facts.get(name))) for name in labels]
        transcripts = cast("list[str]", asked.facts.get("transcripts", []))
    decided = {EventType.RELEASE_APPROVED: "approved", EventType.RELEASE_REJECTED: "rejected"}
    votes = tuple(
        (each.actor, decided[each.type], _when(each), _text(each.facts.get("files")))
        for each in events
        if each.type in decided
    )
    built = _first(events, EventType.RELEASE_BUILT)
    if built:
        facts += [("Built", _when(built)), ("Manifest", _text(built.facts.get("manifest")))]
    last = _latest(root, set(transcripts))
    tables = [
        Table("Votes", ("who", "vote", "when (UTC)", "on the files"), votes),
        Table(
            "Transcripts",
            ("transcript", "words", "redactions", "flagged", "last written (UTC)"),
            tuple(
                (
                    name,
                    _number(each, "words"),
                    sum(_counts(each, "redactions").values()),
                    sum(_counts(each, "flags").values()),
                    _when(each),
                )
                for name, each in sorted(last.items())
            ),
        ),
    ]
    if built:
        files = tuple((path, digest) for path, digest in sorted(built.files.items()))
        tables.append(Table("Files of the bundle", ("file", "SHA-256"), files))
    counts: dict[str, Mapping[str, float]] = {
        "Redactions by type": _summed(last.values(), "redactions")
    }
    return "Release", facts, counts, [each for each in tables if each.rows]


def _transcript(root: Path, events: tuple[Event, ...]) -> _Collected:
    written = [each for each in events if each.type is EventType.TRANSCRIPT_WRITTEN]
    facts: list[tuple[str, Cell]] = [("Times written", len(written))]
    counts: dict[str, Mapping[str, float]] = {}
    tables: list[Table] = []
    if written:
        now = written[-1]
        facts += [
            ("Last written", _when(now)),
            ("Run", now.run_id),
            ("Words", _number(now, "words")),
        ]
        facts += [(path, digest) for path, digest in sorted(now.files.items())]
        counts = {
            "Redactions by type": _counts(now, "redactions"),
            "Kept and flagged, by kind": _counts(now, "flags"),
        }
        tables.append(_redactions(root, now))
    return "Transcript", facts, counts, [each for each in tables if each.rows]


def _redactions(root: Path, event: Event) -> Table:
    columns = tuple(each.name for each in store_columns(Tables.REDACTIONS) if each.travels)[1:]
    rows: list[tuple[Cell, ...]] = []
    for path, digest in event.files.items():
        if path.startswith(_REDACTIONS) and (root / path).is_file():
            if sha256_file(root / path) != digest:
                return Table("Redactions: the file is not as recorded", columns, ())
            read_rows = pq.read_table(root / path).to_pylist()
            rows += (tuple(row[name] for name in columns) for row in read_rows)
    return Table("Redactions", tuple(each.replace("_", " ") for each in columns), tuple(rows))


def _latest(root: Path, ids: set[str]) -> dict[str, Event]:
    """The last time that each of some transcripts was written."""
    found: dict[str, Event] = {}
    types = (EventType.TRANSCRIPT_WRITTEN,)
    for event in read(root / "audit" / "events.jsonl", types=types):
        if event.subject in ids:
            found[event.subject] = event
    return found


def _told(title: str, events: tuple[Event, ...]) -> Table:
    rows = tuple((each.seq, _when(each), each.type.value, each.actor) for each in events)
    return Table(title, _EVENTS, rows)


def _first(events: tuple[Event, ...], kind: EventType) -> Event | None:
    return next((each for each in events if each.type is kind), None)


def _when(event: Event) -> str:
    return f"{event.at:%Y-%m-%d %H:%M:%S}"


def _map(event: Event, name: str) -> dict[str, object]:
    value = event.facts.get(name)
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _counts(event: Event, name: str) -> dict[str, int]:
    return {key: value for key, value in _map(event, name).items() if isinstance(value, int)}


def _number(event: Event, name: str) -> Cell:
    value = event.facts.get(name)
    return value if isinstance(value, int | float) else None


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _summed(events: Iterable[Event], name: str) -> dict[str, float]:
    total: Counter[str] = Counter()
    for event in events:
        total.update(_counts(event, name))
    return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))
