"""Whether a participant_id of the register still means whom its pseudonym was given to.

A pseudonym belongs to a participant_id for good, so an id that is used again for somebody else
would put two people under one pseudonym. Somebody is taken to be the same who shares a given name,
the family name or an alias with what is known of the bearer, or the date of birth or NHS number.
Only a person can say that nothing of all this was kept and it is the same person all the same.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path

from deid.errors import RegisterError
from deid.faults import lines_of
from deid.naming import is_short_form, name_words, sounds_like
from deid.register import Person, Register
from deid.remembered import remembered
from deid.vault import Vault

RENAMED = "register"
"""Source of an alias in the vault that an import said is the same person's."""

_SAME_ONE = ("date_of_birth", "nhs_number")
type Name = tuple[str, ...]


def reused(register: Register, vault: Vault) -> list[str]:
    """References whose pseudonym was given to somebody of whom nothing is left in their entry.

    Args:
        register: As it would be from now on.
        vault: Open for reading: who has a pseudonym, what they were called, and the register of
            the run before.
    """
    before = {person.reference: person for person in remembered(vault)}
    return [
        person.reference
        for person in register.people
        if person != before.get(person.reference)
        and not _is_the_same(person, before.get(person.reference), vault)
    ]


def refuse_reused(
    register: Register, vault: Vault, path: Path, *, renamed: Collection[str] = ()
) -> None:
    """Refuse a register in which an id that has a pseudonym changed to somebody else.

    Args:
        register: As it would be from now on.
        vault: As for :func:`reused`.
        path: The file that it was read from.
        renamed: References of which a person said that they are the same as before.

    Raises:
        RegisterError: Names the lines, and what to do.
    """
    wrong = [each for each in reused(register, vault) if each not in renamed]
    if wrong:
        lines = lines_of(path)
        where = ", ".join(str(lines[each]) for each in wrong)
        raise RegisterError(
            f"{path.name}, line {where}: this participant_id has a pseudonym, and nothing of its "
            "entry is as it was (given name, family name, alias, date of birth, NHS number); give "
            "somebody else a participant_id of their own, or say that the same person was renamed: "
            "`deid register import FILE --renamed PARTICIPANT_ID`"
        )


def note_renamed(register: Register, vault: Vault, renamed: Collection[str]) -> None:
    """Have the vault know the new names of those who were renamed; inside of a transaction."""
    for person in register.people:
        identity = vault.identity_by_reference(person.reference)
        if identity is not None and person.reference in renamed:
            for name in person.names():
                vault.add_alias(identity.id, " ".join(name), source=RENAMED)


def _is_the_same(person: Person, before: Person | None, vault: Vault) -> bool:
    """Whether somebody has no pseudonym yet, or is the one who has it; in doubt they are."""
    identity = vault.identity_by_reference(person.reference)
    if identity is None:
        return True
    if before and any(_identifier(person, each) == _identifier(before, each) for each in _SAME_ONE):
        return True
    called = {name_words(alias.text) for alias in vault.aliases(identity.id)}
    called |= set(_names(before)) if before else set()
    known = [name for name in called if _tells(name)]
    return not known or any(_alike(one, other) for one in _names(person) for other in known)


def _identifier(person: Person, column: str) -> str | object:
    """An identifier without spaces; one that is not there is like no other."""
    return "".join(person.identifiers.get(column, "").split()) or object()


def _names(person: Person) -> Iterator[Name]:
    """Given names one by one, the family name and each alias as a whole."""
    every: Iterable[str] = chain(person.given, (person.family,), person.aliases)
    return (name for name in map(name_words, every) if _tells(name))


def _tells(name: Name) -> bool:
    """Whether a name is more than initials."""
    return any(len(word) > 1 for word in name)


def _alike(one: Name, other: Name) -> bool:
    """Whether one of two names has the other in it, as written, by short form or by ear."""
    short, long = sorted((one, other), key=len)
    return any(
        all(map(_same, short, long[start : start + len(short)]))
        for start in range(len(long) - len(short) + 1)
    )


def _same(one: str, other: str) -> bool:
    return one == other or is_short_form(one, other) or sounds_like(one, other)
