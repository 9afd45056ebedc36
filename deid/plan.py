"""What a run has to do and why: the inbox held against what the vault remembers."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from deid.errors import PASSING, Reason, UsageError
from deid.inbox import Waiting, below, files, waiting
from deid.items import Item, Why, is_as_remembered, items_of
from deid.keys import StudyKeys
from deid.vault import TranscriptRecord, TranscriptState, Vault

_ID = re.compile(r"t-[0-9a-f]{16}")


class Rerun(StrEnum):
    """Which transcripts a run does: whatever is due, or these alone."""

    NEW = "new"
    WITHHELD = "withheld"
    TOUCHED = "touched"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, in the order in which pseudonyms are given out, and how much is left alone.

    Attributes:
        todo: What is done.
        unchanged: Done before, and nothing changed.
        still_withheld: Withheld before, and nothing changed.
        later: Due, and not asked for this time.
        waiting: Not whole yet, by reason.
    """

    todo: tuple[Item, ...]
    unchanged: int
    still_withheld: int
    later: int = 0
    waiting: Mapping[Waiting, int] = field(default_factory=dict)

    def by_reason(self) -> dict[Why, int]:
        """How many are done for which reason."""
        return dict(Counter(item.why for item in self.todo))


def check_ids(ids: Collection[str]) -> None:
    """Refuse what is no transcript id, without repeating it: it may be a name.

    Raises:
        UsageError: which entry it is, and what to type.
    """
    for number, each in enumerate(ids, start=1):
        if not _ID.fullmatch(each):
            raise UsageError(
                f"transcript ids, entry {number}: type an id such as t-0123456789abcdef; "
                "`deid status` lists those of withheld transcripts"
            )


def plan(
    inbox: Path,
    vault: Vault,
    keys: StudyKeys,
    *,
    study_id: str,
    fingerprint: str,
    only: Collection[str] = (),
    rerun: Rerun = Rerun.NEW,
    settle_seconds: float = 0,
    carried: Collection[str] = (),
) -> Plan:
    """Hold the inbox against the vault.

    Args:
        inbox: Folder of raw files, searched with its subfolders; hidden and Office lock files
            are passed over.
        vault: Open for reading.
        keys: Make the ids of files never seen.
        study_id: Of the configuration.
        fingerprint: Of this run; a transcript made under another is done again.
        only: Transcript ids to which the run is limited; these are always done.
        rerun: What is done; without effect beside ``only``.
        settle_seconds: How long a new or changed file has to stand still before it is read.
        carried: Ids taken to have been made under ``fingerprint``.

    Raises:
        UsageError: an entry of ``only`` is no id, or the id of no file of the inbox.
    """
    check_ids(only)
    known = {
        record.relative_path: replace(record, fingerprint=fingerprint)
        if record.transcript_id in carried
        else record
        for record in vault.transcripts()
    }
    paths, held = _settled(inbox, known, settle_seconds)
    items = list(items_of(inbox, paths, known, keys, study_id=study_id, held=held))
    held_ids = {known[path].transcript_id for path in held if path in known}
    unknown = set(only) - {item.transcript_id for item in items} - held_ids
    if unknown:
        raise UsageError(f"no transcript in the inbox has the id {', '.join(sorted(unknown))}")
    todo: list[Item] = []
    unchanged = withheld = later = 0
    for item in sorted(items, key=lambda item: item.transcript_id):
        record = known.get(item.path)
        if only and item.transcript_id not in only:
            continue
        due = _due(item, record, fingerprint)
        if _is_asked_for(record, due, fingerprint, Rerun.ALL if only else rerun):
            todo.append(replace(item, why=due or Why.ASKED))
        elif due is not None:
            later += 1
        elif record is not None and record.state is TranscriptState.WITHHELD:
            withheld += 1
        else:
            unchanged += 1
    wait = Counter(why for path, why in held.items() if not only or _is_one_of(path, known, only))
    return Plan(tuple(todo), unchanged, withheld, later, dict(wait))


def _due(item: Item, record: TranscriptRecord | None, fingerprint: str) -> Why | None:
    """Why it is due without being asked for; None when it is not."""
    if record is None:
        return Why.NEW
    if record.content_digest != item.digest:
        return Why.CHANGED
    if record.fingerprint != fingerprint:
        return Why.TOUCHED
    if (record.reason == Reason.DUPLICATE) != (item.refused is Reason.DUPLICATE):
        return Why.CHANGED
    if record.state is TranscriptState.WITHHELD:
        return Why.AGAIN if record.reason in PASSING else None
    return None if record.state is TranscriptState.DONE else Why.AGAIN


def _is_asked_for(
    record: TranscriptRecord | None, due: Why | None, fingerprint: str, rerun: Rerun
) -> bool:
    match rerun:
        case Rerun.ALL:
            return True
        case Rerun.WITHHELD:
            return record is not None and record.state is TranscriptState.WITHHELD
        case Rerun.TOUCHED:
            return record is not None and record.fingerprint != fingerprint
        case Rerun.NEW:
            return due is not None


def _is_one_of(path: str, known: Mapping[str, TranscriptRecord], only: Collection[str]) -> bool:
    return path in known and known[path].transcript_id in only


def _settled(
    inbox: Path, known: Mapping[str, TranscriptRecord], settle_seconds: float
) -> tuple[list[Path], dict[str, Waiting]]:
    """The files that may be read, and those that wait, by path from the inbox.

    What is as remembered has been read before and needs no second look.
    """
    paths = list(files(inbox))
    moving = [path for path in paths if not _is_as_known(path, inbox, known)]
    held = waiting(moving, settle_seconds=settle_seconds)
    settled = [path for path in paths if path not in held]
    return settled, {below(path, inbox): why for path, why in held.items()}


def _is_as_known(path: Path, inbox: Path, known: Mapping[str, TranscriptRecord]) -> bool:
    record = known.get(below(path, inbox))
    return record is not None and is_as_remembered(path, record)
