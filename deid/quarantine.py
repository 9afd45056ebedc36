"""Why a transcript was withheld: one small JSON file for the person who puts it right.

A record names the transcript by id, the reason by code, and the place by stage and turn. It never
holds speech, a name or a file name: its free text is only kept when it is made of numbers, known
words.
"""

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path

from deid import files
from deid.errors import Reason, WithheldError
from deid.transcript import EntityType

REFUSED = "refused"
"""Stands where a detail was not of the allowed shape: the record is written all the same."""

_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_RUN_ID = re.compile(r"[A-Za-z0-9.-]{0,64}")
_STAGE = re.compile(r"[a-z][a-z-]{0,31}")
_SHAPE = re.compile(r"[A-Za-z0-9 ,;:=./'%_-]{0,200}")
_LONG_NUMBER = re.compile(r"(?:[0-9][ .,:/-]?){13}")
_KNOWN = re.compile("|".join([*EntityType, r"[A-Z][A-Za-z]{0,40}Error"]))
_LETTERS = re.compile(r"[A-Za-z_]+")


@cache
def detail_words() -> frozenset[str]:
    """Every word that a detail may be made of besides entity types and names of errors."""
    text = (resources.files("deid") / "data" / "detail_words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def is_safe_detail(detail: str) -> bool:
    """Whether a detail is made of numbers under 13 digits, known words and names of errors."""
    words = _LETTERS.findall(_KNOWN.sub("", detail))
    return (
        _SHAPE.fullmatch(detail) is not None
        and _LONG_NUMBER.search(detail) is None
        and all(word.casefold() in detail_words() for word in words)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One withheld transcript.

    Attributes:
        transcript_id: Which; 1 to 64 ASCII letters, digits and hyphens.
        reason: Why.
        stage: Which stage refused it.
        turn: The turn's number where one is known.
        detail: Numbers, known words and entity types; anything else becomes ``"refused"``.
        run_id: The run that withheld it.
        at: When; with a time zone.
    """

    transcript_id: str
    reason: Reason
    stage: str
    turn: int | None
    detail: str
    run_id: str
    at: datetime

    def __post_init__(self) -> None:
        """Refuse an id or a stage of another shape; level the detail and the time."""
        if not _ID.fullmatch(self.transcript_id) or not _RUN_ID.fullmatch(self.run_id):
            raise ValueError("an id of a quarantine record has letters, digits and hyphens only")
        if not _STAGE.fullmatch(self.stage):
            raise ValueError("a stage is named by lower-case letters and hyphens")
        if self.turn is not None and self.turn < 0:
            raise ValueError("a turn's number is 0 or more")
        if self.at.tzinfo is None:
            raise ValueError("a quarantine record's time needs a time zone")
        object.__setattr__(self, "at", self.at.astimezone(UTC))
        if not is_safe_detail(self.detail):
            object.__setattr__(self, "detail", REFUSED)

    @classmethod
    def of(cls, error: WithheldError, *, transcript_id: str, run_id: str, at: datetime) -> "Record":
        """What an error says of the transcript that it withholds."""
        return cls(
            transcript_id=transcript_id,
            reason=error.reason,
            stage=error.stage,
            turn=error.turn,
            detail=error.detail,
            run_id=run_id,
            at=at,
        )


def write(folder: Path, record: Record) -> Path:
    """Write ``<transcript_id>.json``, in place of an earlier one; whole or not at all.

    Raises:
        OSError: The folder is missing or not writable.
    """
    fields = {**asdict(record), "at": record.at.isoformat(timespec="seconds")}
    path = folder / f"{record.transcript_id}.json"
    files.write_atomically(path, (json.dumps(fields, indent=2) + "\n").encode())
    return path


def clear(folder: Path, transcript_id: str) -> bool:
    """Remove a transcript's record, now that it is no longer withheld; whether there was one.

    Raises:
        ValueError: The id is not of the allowed shape.
    """
    if not _ID.fullmatch(transcript_id):
        raise ValueError("a transcript id is 1 to 64 ASCII letters, digits and hyphens")
    path = folder / f"{transcript_id}.json"
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    files.sync_folder(folder)
    return True


def record(folder: Path, transcript_id: str) -> Record | None:
    """Why one transcript is withheld; None where nothing is on record.

    Raises:
        ValueError: The id is not of the allowed shape, or its file is no record.
    """
    if not _ID.fullmatch(transcript_id):
        raise ValueError("a transcript id is 1 to 64 ASCII letters, digits and hyphens")
    path = folder / f"{transcript_id}.json"
    return _read(path) if path.is_file() else None


def records(folder: Path) -> list[Record]:
    """Every record, by transcript id.

    Raises:
        ValueError: A file in the folder is no record; the message does not show it.
    """
    return [_read(path) for path in sorted(folder.glob("[!.]*.json"))]


def _read(path: Path) -> Record:
    try:
        fields = json.loads(path.read_bytes())
        fields["reason"] = Reason(fields["reason"])
        fields["at"] = datetime.fromisoformat(fields["at"])
        record = Record(**fields)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ValueError(
            "quarantine/ holds a file that is no record; move it away and run again"
        ) from None
    if path.stem != record.transcript_id:
        raise ValueError("a quarantine record stands under another transcript's id")
    return record
