"""The one table of what leaves: every column of every output, its type, unit and meaning.

The Parquet schemas, the row types' test, and the data dictionary that travels with a release are
all made from it. A column is added here and nowhere else; none may hold an original.
"""

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

SCHEMA_VERSION = "1"
"""Goes into every file's footer; raised when a column is renamed, removed or changes meaning."""


class Table(StrEnum):
    """The three outputs."""

    TURNS = "turns"
    TRANSCRIPTS = "transcripts"
    REDACTIONS = "redactions"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        table: The output that it belongs to.
        name: Its name in the file and in the row type.
        type: How it is stored.
        meaning: One line for the data dictionary.
        unit: What a number counts, "" where that is no question.
        nullable: Whether it may be unknown.
        travels: Whether it may stand in a release; what may not stays in ``audit/``.
    """

    table: Table
    name: str
    type: pa.DataType
    meaning: str
    unit: str = ""
    nullable: bool = False
    travels: bool = True


_TEXT = pa.string()
_COUNT = pa.int32()
_COUNTS = pa.map_(pa.string(), pa.int32())
_TURNS, _SCRIPTS, _REDACTIONS = Table.TURNS, Table.TRANSCRIPTS, Table.REDACTIONS

COLUMNS: tuple[Column, ...] = (
    Column(_TURNS, "study_id", _TEXT, "The study, as named in its configuration"),
    Column(_TURNS, "transcript_id", _TEXT, "The transcript; made from a keyed digest"),
    Column(_TURNS, "turn", _COUNT, "Place of the turn in its transcript, from 0 without gaps"),
    Column(_TURNS, "kind", _TEXT, "Where the turn stood in the raw file: speech, comment, ..."),
    Column(_TURNS, "speaker", _TEXT, "Speaker label, de-identified; empty where there is none"),
    Column(_TURNS, "start_ms", pa.int64(), "Start in the recording", "milliseconds", nullable=True),
    Column(_TURNS, "end_ms", pa.int64(), "End in the recording", "milliseconds", nullable=True),
    Column(_TURNS, "text", _TEXT, "What was said, de-identified, otherwise as in the raw file"),
    Column(_TURNS, "n_redactions", _COUNT, "Stretches replaced in label and text", "redactions"),
    Column(_SCRIPTS, "study_id", _TEXT, "The study, as named in its configuration"),
    Column(_SCRIPTS, "transcript_id", _TEXT, "The transcript; made from a keyed digest"),
    Column(_SCRIPTS, "format", _TEXT, "Which reader read the raw file: docx, vtt, ..."),
    Column(_SCRIPTS, "words", _COUNT, "Words of all turns before de-identification", "words"),
    Column(_SCRIPTS, "speakers", _COUNT, "Different speaker labels", "speakers"),
    Column(_SCRIPTS, "turns", _COUNT, "Turns of every kind", "turns"),
    Column(_SCRIPTS, "n_redactions", _COUNT, "Stretches replaced", "redactions"),
    Column(_SCRIPTS, "redactions_by_type", _COUNTS, "The same, by entity type", "redactions"),
    Column(_SCRIPTS, "flags", _COUNTS, "Quasi-identifiers kept, by kind", "mentions"),
    Column(_SCRIPTS, "dropped", _COUNTS, "Parts of the raw file that were left out, by kind"),
    Column(_SCRIPTS, "code_version", _TEXT, "Version of this program"),
    Column(_SCRIPTS, "model_name", _TEXT, "Package of the language model"),
    Column(_SCRIPTS, "model_version", _TEXT, "Version of the language model"),
    Column(_SCRIPTS, "model_digest", _TEXT, "SHA-256 of the language model's files"),
    Column(_SCRIPTS, "policy_digest", _TEXT, "SHA-256 of the policy"),
    Column(_SCRIPTS, "config_digest", _TEXT, "SHA-256 of the configuration"),
    Column(
        *(_SCRIPTS, "register_digest", _TEXT),
        "Keyed digest of the register that the output was made under; a later one that would not "
        "change it leaves it",
    ),
    Column(_SCRIPTS, "lists_digest", _TEXT, "SHA-256 of the word lists and gazetteers"),
    Column(_REDACTIONS, "transcript_id", _TEXT, "The transcript; made from a keyed digest"),
    Column(_REDACTIONS, "turn", _COUNT, "The turn that holds the replacement"),
    Column(_REDACTIONS, "part", _TEXT, "Which string of the turn: speaker or text"),
    Column(
        _REDACTIONS, "start", _COUNT, "Where the replacement starts in the output", "characters"
    ),
    Column(_REDACTIONS, "end", _COUNT, "Where it ends, exclusive", "characters"),
    Column(_REDACTIONS, "entity_type", _TEXT, "What was found, in Presidio's names"),
    Column(_REDACTIONS, "pseudonym", _TEXT, "Pseudonym of the identity, empty where there is none"),
    Column(_REDACTIONS, "operator", _TEXT, "What was done: pseudonym, tag, generalise, ..."),
    Column(_REDACTIONS, "recogniser", _TEXT, "Which way of knowing decided"),
    Column(_REDACTIONS, "rule", _TEXT, "Which of its rules fired"),
    Column(_REDACTIONS, "score", pa.float64(), "Confidence of the deciding rule, 0 to 1"),
    Column(_REDACTIONS, "by_person", pa.bool_(), "Whether a person decided it"),
    Column(
        _REDACTIONS,
        "original_hmac",
        _TEXT,
        "HMAC-SHA-256 of the original under the study key: tells same from other, tells no value",
        travels=False,
    ),
)


def columns(table: Table) -> tuple[Column, ...]:
    """The columns of one output, in file order."""
    return tuple(column for column in COLUMNS if column.table is table)


def schema(table: Table) -> pa.Schema:
    """The Arrow schema of one output, without metadata."""
    return pa.schema([pa.field(c.name, c.type, nullable=c.nullable) for c in columns(table)])


def data_dictionary() -> list[dict[str, object]]:
    """One row a column: table, column, type, unit, nullable, travels, meaning."""
    return [
        {
            "table": column.table.value,
            "column": column.name,
            "type": str(column.type),
            "unit": column.unit,
            "nullable": column.nullable,
            "travels": column.travels,
            "meaning": column.meaning,
        }
        for column in COLUMNS
    ]
