"""What the queue shows of each transcript: counts, in the order in which a person should look.

Kept in the vault beside the transcript's state, so that ten thousand of them are sorted and
counted without opening a file. Whoever checked a transcript checked these very outputs: when they
change, it waits again.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from deid.vault import TranscriptState, Vault

UNCERTAIN_BELOW = 0.6
"""Score under which a detection is shown as uncertain."""
_QUASI = frozenset({"country", "nationality-or-ethnicity", "religion", "drug", "diagnosis", "job"})
_WEIGHTS: Mapping[str, float] = {
    "residual": 8.0,
    "ambiguous": 4.0,
    "uncertain": 1.0,
    "quasi_kinds": 2.0,
}
"""How much each counts: what may still stand, then who may be confused, then what is doubtful."""

_PUT = "INSERT OR REPLACE INTO overviews VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_DROP = "DELETE FROM overviews WHERE transcript_id = ?"
_GET = """SELECT words, redactions, flags, uncertain, by_person, residual_turns FROM overviews
    WHERE transcript_id = ?"""
_NOT_LOOKED_AT = """FROM transcripts t JOIN overviews o ON o.transcript_id = t.transcript_id
    WHERE t.state = 'done' AND o.residual IS NULL"""
_CHECK = """INSERT INTO checks (at, account, transcript_id, outputs)
    SELECT ?, ?, transcript_id, outputs FROM transcripts WHERE transcript_id = ?"""
_CHECKED_BY = """SELECT c.account FROM checks c JOIN transcripts t
    ON c.transcript_id = t.transcript_id AND c.outputs = t.outputs
    WHERE t.transcript_id = ? ORDER BY c.id DESC LIMIT 1"""
_ROWS = """SELECT t.transcript_id, t.state, t.reason, t.run_id, o.words, o.redactions, o.flags,
        o.uncertain, o.by_person, o.residual_turns,
        (SELECT account FROM checks c WHERE c.transcript_id = t.transcript_id
            AND c.outputs = t.outputs ORDER BY c.id DESC LIMIT 1) AS checked_by
    FROM transcripts t LEFT JOIN overviews o ON o.transcript_id = t.transcript_id"""
_ORDER = "ORDER BY (t.state = 'withheld') DESC, coalesce(o.risk, 1e9) DESC, t.transcript_id"
_CHECKED = """EXISTS (SELECT 1 FROM checks c WHERE c.transcript_id = t.transcript_id
    AND c.outputs = t.outputs)"""


class Show(StrEnum):
    """Which transcripts a queue shows."""

    WAITING = "waiting"
    CHECKED = "checked"
    WITHHELD = "withheld"
    DUE = "due"
    ALL = "all"


_WHERE: Mapping[Show, str] = {
    Show.WAITING: f"t.state = 'done' AND NOT {_CHECKED}",
    Show.CHECKED: f"t.state = 'done' AND {_CHECKED}",
    Show.WITHHELD: "t.state = 'withheld'",
    Show.DUE: "t.state = 'new'",
    Show.ALL: "1",
}


@dataclass(frozen=True, slots=True)
class Overview:
    """One transcript's counts.

    Attributes:
        transcript_id: Its id.
        words: Words before de-identification.
        redactions: Stretches replaced, by entity type.
        flags: Quasi-identifiers that were kept, and ambiguous identities, by kind.
        uncertain: Detections with a score under ``UNCERTAIN_BELOW``.
        by_person: Replacements that a person decided.
        residual_turns: Turns in which a fresh look at the output found something; None before one.
    """

    transcript_id: str
    words: int
    redactions: Mapping[str, int]
    flags: Mapping[str, int]
    uncertain: int
    by_person: int
    residual_turns: tuple[int, ...] | None = None

    @property
    def residual(self) -> int | None:
        """In how many turns a fresh look at the output found something; None before one."""
        return None if self.residual_turns is None else len(self.residual_turns)

    @property
    def ambiguous(self) -> int:
        """Names that may mean more than one person."""
        return self.flags.get("ambiguous-identity", 0)

    @property
    def quasi_kinds(self) -> int:
        """How many kinds of quasi-identifiers pile up."""
        return len(_QUASI & set(self.flags))

    @property
    def risk(self) -> float:
        """In which order a person should look; it compares transcripts and measures nothing."""
        counts = {
            "residual": self.residual or 0,
            "ambiguous": self.ambiguous,
            "uncertain": self.uncertain,
            "quasi_kinds": self.quasi_kinds,
        }
        return sum(weight * counts[name] for name, weight in _WEIGHTS.items())


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue; ``overview`` is None where nothing was written yet."""

    transcript_id: str
    state: TranscriptState
    reason: str
    run_id: str
    checked_by: str
    overview: Overview | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many transcripts each choice shows, and what was replaced in all of them.

    ``not_looked_at``: how many outputs nobody has taken a fresh look at.
    """

    by_show: Mapping[Show, int]
    by_reason: Mapping[str, int]
    not_looked_at: int
    redactions: Mapping[str, int] = field(default_factory=dict)


def put(vault: Vault, overview: Overview) -> None:
    """Keep a transcript's counts in place of what was kept; inside of a transaction."""
    vault.run(
        _PUT,
        *(overview.transcript_id, overview.words),
        *(json.dumps(dict(overview.redactions)), json.dumps(dict(overview.flags))),
        *(overview.uncertain, overview.by_person, overview.residual, overview.risk),
        None if overview.residual_turns is None else json.dumps(overview.residual_turns),
    )


def get(vault: Vault, transcript_id: str) -> Overview | None:
    """A transcript's counts; None where nothing is written."""
    rows = vault.run(_GET, transcript_id)
    return _overview(transcript_id, rows[0]) if rows else None


def drop(vault: Vault, transcript_id: str) -> None:
    """Forget a transcript's counts; inside of a transaction."""
    vault.run(_DROP, transcript_id)


def not_looked_at(vault: Vault) -> list[str]:
    """Ids of the transcripts that are done and whose outputs nobody has taken a fresh look at."""
    rows = vault.run(f"SELECT t.transcript_id {_NOT_LOOKED_AT} ORDER BY t.transcript_id")
    return [row[0] for row in rows]


def note_residual(vault: Vault, transcript_id: str, turns: Sequence[int]) -> None:
    """Keep what a fresh look found, which may move the transcript up; inside of a transaction."""
    known = get(vault, transcript_id)
    if known is not None:
        put(vault, replace(known, residual_turns=tuple(turns)))


def note_check(vault: Vault, transcript_id: str, account: str, *, at: datetime) -> None:
    """Note that somebody read a transcript's outputs as they are; inside of a transaction."""
    vault.run(_CHECK, at.astimezone(UTC).isoformat(), account, transcript_id)


def checked_by(vault: Vault, transcript_id: str) -> str:
    """Who last read a transcript's outputs as they are; "" when nobody did."""
    rows = vault.run(_CHECKED_BY, transcript_id)
    return str(rows[0][0]) if rows else ""


def queue(
    vault: Vault,
    show: Show,
    *,
    reason: str = "",
    entity_type: str = "",
    limit: int,
    offset: int = 0,
) -> Iterator[Row]:
    """Transcripts, those first that a person should look at first.

    Args:
        vault: Open for reading.
        show: Which ones.
        reason: Only those withheld for this reason.
        entity_type: Only those in which something of this type was replaced.
        limit: How many at most.
        offset: How many to pass over.
    """
    where, values = _filters(show, reason, entity_type)
    statement = f"{_ROWS} WHERE {where} {_ORDER} LIMIT ? OFFSET ?"
    return map(_row, vault.run(statement, *values, limit, offset))


def found(vault: Vault, show: Show, *, reason: str = "", entity_type: str = "") -> int:
    """How many transcripts :func:`queue` would show in all."""
    where, values = _filters(show, reason, entity_type)
    statement = f"""SELECT count(*) FROM transcripts t
        LEFT JOIN overviews o ON o.transcript_id = t.transcript_id WHERE {where}"""  # noqa: S608 - of constants
    return int(vault.run(statement, *values)[0][0])


def counts(vault: Vault) -> Counts:
    """The numbers over the queue."""
    by_show = {
        show: int(vault.run(f"SELECT count(*) FROM transcripts t WHERE {where}")[0][0])  # noqa: S608 - of constants
        for show, where in _WHERE.items()
    }
    reasons = vault.run("""SELECT reason, count(*) FROM transcripts WHERE state = 'withheld'
        GROUP BY reason ORDER BY count(*) DESC, reason""")
    replaced: Counter[str] = Counter()
    for key, number in vault.run("""SELECT each.key, sum(each.value) FROM overviews,
            json_each(overviews.redactions) each GROUP BY each.key"""):
        replaced[key] = number
    unseen = int(vault.run(f"SELECT count(*) {_NOT_LOOKED_AT}")[0][0])
    return Counts(by_show, dict(reasons), unseen, dict(sorted(replaced.items())))


def _filters(show: Show, reason: str, entity_type: str) -> tuple[str, Sequence[object]]:
    wanted: list[tuple[str, object]] = []
    if reason:
        wanted.append(("t.reason = ?", reason))
    if entity_type:
        wanted.append(("instr(o.redactions, ?)", f'"{entity_type}": '))  # as JSON is written here
    return " AND ".join([_WHERE[show], *(each for each, _ in wanted)]), [v for _, v in wanted]


def _row(columns: Sequence[Any]) -> Row:
    transcript_id, state, reason, run_id, *counted, checked_by = columns
    overview = _overview(transcript_id, counted) if counted[0] is not None else None
    return Row(transcript_id, TranscriptState(state), reason, run_id, checked_by or "", overview)


def _overview(transcript_id: str, columns: Iterable[Any]) -> Overview:
    words, redactions, flags, uncertain, by_person, turns = columns
    return Overview(
        transcript_id,
        words,
        json.loads(redactions),
        json.loads(flags),
        uncertain,
        by_person,
        None if turns is None else tuple(json.loads(turns)),
    )
