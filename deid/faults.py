"""What is wrong or risky in a register, by line, column and rule, never by value.

What makes an entry wrong is refused by an import; what makes it risky (a name that is an ordinary
word, a name that two people share) is reported, since only a person can know better.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

import nhs_number

from deid.errors import RegisterError
from deid.naming import TITLES, name_words
from deid.register import COLUMNS, Person, Register, read, rows

_OLDEST = 120
"""Years; a date of birth further back is taken for a slip."""
_SHORTEST_NAME = 3
_ONE_OWNER = {"nhs_number": False, "email": True, "telephone": True}
"""Columns whose value is one person's, and whether two (a couple) may share it all the same."""


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
    register, lines = read(path), lines_of(path)
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


def lines_of(path: Path) -> dict[str, int]:
    """Where the entry of each reference starts."""
    return {row["participant_id"].strip(): line for line, row in rows(path.name, path.read_bytes())}


def _entry(person: Person, line: int, is_common: Callable[[str], bool]) -> Iterator[Fault]:
    """What one entry shows by itself."""
    number = person.identifiers.get("nhs_number")
    if number is not None and not nhs_number.is_valid(number):
        yield Fault(line, "nhs_number", "the check digit is wrong, or it has not ten digits")
    born = person.identifiers.get("date_of_birth")
    if born is not None and not _is_birthday(born):
        yield Fault(line, "date_of_birth", "is no day of the last 120 years as YYYY-MM-DD")
    yield from _names(person, line, is_common)


def _names(person: Person, line: int, is_common: Callable[[str], bool]) -> Iterator[Fault]:
    """Names that say too little, or nothing."""
    if not any(person.names()):
        yield Fault(line, "given_names", "there is no name to look for")
        return
    named = (
        *(("given_names", name) for name in person.given),
        ("family_name", person.family),
        *(("aliases", name) for name in person.aliases),
    )
    for column, name in named:
        words = name_words(name)
        if name and not words and name.casefold().strip(".") not in TITLES:
            yield Fault(line, column, "no name that could be looked for", risky=True)
        elif len(words) == 1 and is_common(words[0]):
            yield Fault(line, column, "a name that is an ordinary word", risky=True)
        elif words and len("".join(words)) < _SHORTEST_NAME:
            yield Fault(line, column, "a name of one or two letters", risky=True)
        if column == "aliases" and "," in name:
            rule = "a comma in an alias; several are separated by semicolons"
            yield Fault(line, column, rule, risky=True)


def _twice(register: Register, lines: Mapping[str, int]) -> Iterator[Fault]:
    """Identifiers that two entries have, which belong to one person, and ids nearly the same."""
    for column, shared in _ONE_OWNER.items():
        values = (
            (each, _bare(column, each.identifiers.get(column, ""))) for each in register.people
        )
        for person, other in _met_before(values):
            rule = f"stands on line {lines[other]} already"
            yield Fault(lines[person], column, rule, risky=shared)
    ids = ((each, each.reference.casefold()) for each in register.people)
    for person, other in _met_before(ids):
        rule = f"differs from line {lines[other]} in capitals alone"
        yield Fault(lines[person], "participant_id", rule, risky=True)


def _bare(column: str, value: str) -> str:
    """An identifier without the ways in which it may be written."""
    if column == "telephone":
        return re.sub(r"\D", "", value).removeprefix("00").removeprefix("44").lstrip("0")
    return "".join(value.casefold().split())


def _met_before(values: Iterable[tuple[Person, str]]) -> Iterator[tuple[str, str]]:
    """Whose value is that of somebody before; both references."""
    first: dict[str, str] = {}
    for person, value in values:
        other = first.setdefault(value, person.reference) if value else person.reference
        if other != person.reference:
            yield person.reference, other


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
