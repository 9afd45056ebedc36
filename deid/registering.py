"""Changing the register: checked first, then replaced whole, and told in the audit log.

A fault is told by line, column and rule, never by value. What makes an entry wrong is refused;
what makes it risky (a name that is an ordinary word, a name that two people share) is reported,
since only a person can know better. The register stays a file, ``register.csv``, because the
people who keep it keep it in a spreadsheet; how it changed is told as counts and digests.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

import nhs_number

from deid.audit import AuditLog, EventType
from deid.errors import RegisterError
from deid.files import write_atomically
from deid.naming import name_words
from deid.register import COLUMNS, Person, Register, read
from deid.workspace import Workspace

_OLDEST = 120
"""Years; a date of birth further back is taken for a slip."""
_LONGEST_ALIAS = 100
_SHORTEST_NAME = 3
_ONE_OWNER = ("nhs_number", "email")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong, or risky, in a register.

    Attributes:
        line: Of the file, from 1; the first line of an entry that spans several.
        column: Its name in the header.
        rule: What does not hold there.
        risky: Whether it may be meant so; anything else stops an import.
    """

    line: int
    column: str
    rule: str
    risky: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """How a register differs from the one before: entries by kind, and both digests."""

    added: int
    changed: int
    removed: int
    digest: str
    before: str

    @classmethod
    def between(cls, before: Register, after: Register) -> "Change":
        """Hold two registers against each other by reference."""
        old = {person.reference: person for person in before.people}
        new = {person.reference: person for person in after.people}
        return cls(
            added=len(new.keys() - old.keys()),
            changed=sum(old[each] != new[each] for each in old.keys() & new.keys()),
            removed=len(old.keys() - new.keys()),
            digest=after.digest,
            before=before.digest,
        )

    def facts(self) -> dict[str, object]:
        """What an event tells of it."""
        return {
            "added": self.added,
            "changed": self.changed,
            "removed": self.removed,
            "register": self.digest,
            "before": self.before or None,
        }


def faults(path: Path, *, is_common: Callable[[str], bool]) -> list[Fault]:
    """What is wrong or risky in a register file, by line.

    Args:
        path: The file.
        is_common: Whether a folded word is ordinary English.

    Raises:
        RegisterError: It is missing, or no register at all.
    """
    if not path.is_file():
        raise RegisterError("there is no register file here")
    register = read(path)
    lines = dict(zip((each.reference for each in register.people), _lines(path), strict=True))
    told = chain(
        *(_entry(person, lines[person.reference], is_common) for person in register.people),
        _twice(register, lines),
        _shared(register, lines),
    )
    return sorted(told, key=lambda fault: (fault.line, COLUMNS.index(fault.column)))


def note(path: Path) -> str:
    """How much of a register cannot be right, for whoever looks after a run; "" where all can.

    A run takes it as it is, since the rest of it helps.
    """
    if not path.is_file():
        return ""
    wrong = sum(not fault.risky for fault in faults(path, is_common=lambda _: False))
    values = "1 value" if wrong == 1 else f"{wrong} values"
    told = f"{path.name}: {values} cannot be right, and may not be found as written"
    return f"{told}; `deid register check` says where" if wrong else ""


def import_file(
    workspace: Workspace,
    log: AuditLog,
    source: Path,
    *,
    is_common: Callable[[str], bool],
    actor: str = "deid",
) -> tuple[Change, list[Fault]]:
    """Check a file and make it the workspace's register; the difference, and what is risky.

    Raises:
        BusyError: A run holds the workspace.
        RegisterError: Something in it is wrong; the register is as it was.
    """
    found = faults(source, is_common=is_common)
    wrong = [fault for fault in found if not fault.risky]
    if wrong:
        first = wrong[0]
        raise RegisterError(
            f"line {first.line}, column {first.column}: {first.rule} ({len(wrong)} faults in all; "
            "see `deid register check`)"
        )
    with workspace.lock():
        data = source.read_bytes()
        return _replace(workspace, log, data, EventType.REGISTER_IMPORTED, actor=actor), found


def add_alias(
    workspace: Workspace, log: AuditLog, reference: str, alias: str, *, actor: str = "deid"
) -> Change:
    """Add one more way in which somebody of the register is called.

    Raises:
        BusyError: A run holds the workspace.
        RegisterError: No such entry, no register, or no alias that could be searched for.
    """
    said = alias.strip()
    if not name_words(said) or len(said) > _LONGEST_ALIAS or not said.isprintable() or ";" in said:
        raise RegisterError(
            f"an alias is one name on one line, without semicolon, {_LONGEST_ALIAS} characters at "
            "most"
        )
    with workspace.lock():
        register = read(workspace.register)
        person = next((each for each in register.people if each.reference == reference), None)
        if person is None:
            raise RegisterError("the register has no entry of this reference")
        if said in person.aliases:
            raise RegisterError("this entry has the alias already")
        rows = list(_rows(workspace.register))
        for row in rows:
            if row["participant_id"].strip() == reference:
                row["aliases"] = ";".join((*person.aliases, said))
        return _replace(workspace, log, _written(rows), EventType.REGISTER_ALIAS_ADDED, actor=actor)


def _replace(
    workspace: Workspace, log: AuditLog, data: bytes, type_: EventType, *, actor: str
) -> Change:
    """Tell the log, then put the new register in its place."""
    before = read(workspace.register)
    digest = hashlib.sha256(data).hexdigest()
    checked = workspace.root / f".register-{digest[:16]}.csv"
    write_atomically(checked, data)
    try:
        after = read(checked)
        change = Change.between(before, after)
        if change.digest != change.before:
            log.append(type_, actor=actor, subject="register", facts=change.facts())
            checked.replace(workspace.register)
    finally:
        checked.unlink(missing_ok=True)
    return change


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def _lines(path: Path) -> Iterator[int]:
    """Where each entry starts."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, strict=True)
        _ = rows.fieldnames
        start = rows.line_num + 1
        for _ in rows:
            yield start
            start = rows.line_num + 1


def _written(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _entry(person: Person, line: int, is_common: Callable[[str], bool]) -> Iterator[Fault]:
    """What one entry shows by itself."""
    number = person.identifiers.get("nhs_number")
    if number is not None and not nhs_number.is_valid(number):
        yield Fault(line, "nhs_number", "the check digit is wrong, or it has not ten digits")
    born = person.identifiers.get("date_of_birth")
    if born is not None and not _is_birthday(born):
        yield Fault(line, "date_of_birth", "is no day of the last 120 years as YYYY-MM-DD")
    if not person.given and not person.family and not person.aliases:
        yield Fault(line, "given_names", "there is no name to look for")
    named = (
        *(("given_names", name) for name in person.given),
        ("family_name", person.family),
        *(("aliases", name) for name in person.aliases),
    )
    for column, name in named:
        words = name_words(name)
        if len(words) == 1 and is_common(words[0]):
            yield Fault(line, column, "a name that is an ordinary word", risky=True)
        elif words and len("".join(words)) < _SHORTEST_NAME:
            yield Fault(line, column, "a name of one or two letters", risky=True)


def _twice(register: Register, lines: Mapping[str, int]) -> Iterator[Fault]:
    """Identifiers that two entries have, which belong to one person."""
    for column in _ONE_OWNER:
        first: dict[str, str] = {}
        for person in register.people:
            value = "".join(person.identifiers.get(column, "").casefold().split())
            other = first.setdefault(value, person.reference) if value else person.reference
            if other != person.reference:
                rule = f"stands on line {lines[other]} already"
                yield Fault(lines[person.reference], column, rule)


def _shared(register: Register, lines: Mapping[str, int]) -> Iterator[Fault]:
    """Full names that two entries have: bare mentions cannot be told apart."""
    first: dict[tuple[str, ...], str] = {}
    for person in register.people:
        full = tuple(chain.from_iterable(map(name_words, (*person.given, person.family))))
        other = first.setdefault(full, person.reference)
        if len(full) > 1 and other != person.reference:
            rule = f"the same name as on line {lines[other]}"
            yield Fault(lines[person.reference], "family_name", rule, risky=True)


def _is_birthday(written: str) -> bool:
    try:
        born = date.fromisoformat(written)
    except ValueError:
        return False
    today = datetime.now(UTC).date()
    return born <= today and today.year - born.year <= _OLDEST and len(written) == len("YYYY-MM-DD")
