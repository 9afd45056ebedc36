"""register.csv: who is known to the study, and which of them a name as spoken may mean.

The register is raw personal data. Nothing here prints, logs or names a value: a fault is reported
by line and column.
"""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from deid.errors import RegisterError
from deid.naming import is_short_form, name_words, sounds_like

COLUMNS = (
    "participant_id",
    "role",
    "given_names",
    "family_name",
    "aliases",
    "date_of_birth",
    "nhs_number",
    "postcode",
    "telephone",
    "email",
    "places",
)
_LIST_SEPARATOR = ";"
_ROLE = re.compile(r"[A-Za-z]{1,24}(?:[ -][A-Za-z]{1,24}){0,3}")  # as in a pseudonym
_REFERENCE = re.compile(r"[A-Za-z0-9_-]{1,32}")


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the register.

    Attributes:
        reference: The study's own id (``participant_id``), unique in the register.
        role: "participant", "nurse", "tutor" …; becomes the pseudonym's kind.
        given: Given names, in order.
        family: Family name as written, may be several words.
        aliases: Whatever else they are called.
        identifiers: Column name to value: date of birth, NHS number, postcode, telephone, e-mail.
        places: Places and organisations that would tell who it is.
    """

    reference: str
    role: str
    given: tuple[str, ...] = field(repr=False)
    family: str = field(repr=False)
    aliases: tuple[str, ...] = field(repr=False)
    identifiers: Mapping[str, str] = field(repr=False)
    places: tuple[str, ...] = field(repr=False)

    def names(self) -> Iterator[tuple[str, ...]]:
        """Every way the register itself gives to say the name, as folded words."""
        given = [name_words(name) for name in self.given]
        family = name_words(self.family)
        if given and family:
            yield given[0] + family
            yield tuple(word for name in given for word in name) + family
        yield from given
        if family:
            yield family
        yield from (words for words in map(name_words, self.aliases) if words)


@dataclass(frozen=True)
class Register:
    """All rows, and the digest of the file they came from ("" where there is no register)."""

    people: tuple[Person, ...] = field(default=(), repr=False)
    digest: str = ""

    @cached_property
    def by_name(self) -> Mapping[tuple[str, ...], tuple[Person, ...]]:
        """Who is called exactly this, by folded words."""
        found: dict[tuple[str, ...], tuple[Person, ...]] = {}
        for person in self.people:
            for name in dict.fromkeys(person.names()):
                found[name] = (*found.get(name, ()), person)
        return found

    def meant_by(self, name: tuple[str, ...]) -> tuple[Person, ...]:
        """Everyone whom a name as spoken may mean: as written, by short form, or by ear.

        Args:
            name: Folded words, titles and possessive left off.

        Returns:
            The people of the closest way of matching that matches anyone; () when nobody.
        """
        exact = self.by_name.get(name)
        if exact:
            return exact
        return self._by(name, is_short_form) or self._by(name, sounds_like)

    def _by(self, name: tuple[str, ...], same: Callable[[str, str], bool]) -> tuple[Person, ...]:
        found = [
            person
            for known, people in self.by_name.items()
            if len(known) == len(name)
            and all(a == b or same(a, b) for a, b in zip(known, name, strict=True))
            for person in people
        ]
        return tuple({person.reference: person for person in found}.values())


def read(path: Path) -> Register:
    """The register of a file; an empty one where the file does not exist.

    Raises:
        RegisterError: not UTF-8, a column is missing or unknown, a row has too many cells, a
            reference is missing, malformed or used twice. Names line and column only.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Register()
    except OSError as error:
        raise RegisterError(f"{path.name}: cannot be read ({type(error).__name__})") from None
    people: dict[str, Person] = {}
    lines: dict[str, int] = {}
    for line, row in rows(path.name, data):
        person = _person(path.name, line, row)
        before = lines.setdefault(person.reference, line)
        if before != line:
            raise RegisterError(
                f"{path.name}, line {line}: participant_id stands on line {before} already"
            )
        people[person.reference] = person
    return Register(tuple(people.values()), hashlib.sha256(data).hexdigest())


def rows(name: str, data: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row of a file below the header, by column, with the line on which it begins.

    Blank lines, and the rows of commas only that spreadsheets leave, are none.

    Raises:
        RegisterError: not UTF-8, no CSV, a column is missing or unknown, a row has more or fewer
            cells than there are columns.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RegisterError(f"{name}: is not UTF-8; save it as CSV UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = next(reader, [])
        _check_columns(name, columns)
        line = reader.line_num + 1
        for cells in reader:
            if any(map(str.strip, cells)):
                if len(cells) != len(columns):
                    raise RegisterError(f"{name}, line {line}: a row has {len(COLUMNS)} cells")
                yield line, dict(zip(columns, cells, strict=True))
            line = reader.line_num + 1
    except csv.Error:
        raise RegisterError(f"{name}, line {reader.line_num}: is not CSV") from None


def _check_columns(name: str, columns: Sequence[str]) -> None:
    missing = [column for column in COLUMNS if column not in columns]
    if missing:
        raise RegisterError(f"{name}, line 1: no column {', '.join(missing)}")
    if len(columns) > len(COLUMNS):
        raise RegisterError(f"{name}, line 1: {len(columns) - len(COLUMNS)} columns too many")


def _person(name: str, line: int, row: Mapping[str, str]) -> Person:
    cells = {column: value.strip() for column, value in row.items()}
    if not _REFERENCE.fullmatch(cells["participant_id"]):
        raise RegisterError(f"{name}, line {line}: participant_id is letters, digits, - and _")
    if not _ROLE.fullmatch(cells["role"]):
        raise RegisterError(f"{name}, line {line}: role is a word such as participant or nurse")
    return Person(
        reference=cells["participant_id"],
        role=cells["role"],
        given=tuple(cells["given_names"].split()),
        family=cells["family_name"],
        aliases=_items(cells["aliases"]),
        identifiers={
            column: cells[column]
            for column in ("date_of_birth", "nhs_number", "postcode", "telephone", "email")
            if cells[column]
        },
        places=_items(cells["places"]),
    )


def _items(cell: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in cell.split(_LIST_SEPARATOR) if item.strip())
