"""The parts of the desk, as the header shows them to whoever may go there."""

from collections.abc import Collection
from dataclasses import dataclass

from deid.accounts import Role

EVERYONE = frozenset({Role.CHECKER, Role.RELEASER, Role.AUDITOR, Role.ADMINISTRATOR})
READERS = frozenset({Role.CHECKER, Role.RELEASER, Role.AUDITOR})
CHECKERS = frozenset({Role.CHECKER})
RELEASERS = frozenset({Role.RELEASER})


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the desk.

    Attributes:
        name: By which a template says that it belongs to it.
        href: Its first page.
        text: What the link says.
        roles: Whoever has one of these may go there.
    """

    name: str
    href: str
    text: str
    roles: frozenset[Role]


SECTIONS = (
    Section("queue", "/", "Queue", EVERYONE),
    Section("releases", "/releases", "Releases", READERS),
    Section("audit", "/audit", "Audit", READERS),
)


def sections_for(roles: Collection[Role]) -> tuple[Section, ...]:
    """Where an account with these roles may go."""
    return tuple(each for each in SECTIONS if each.roles & set(roles))
