"""What stands between two masks of one thing: "number 92, um, Ridgeway", "717, oh no, 317, 6182".

A filler, a correction or "just off the" left standing in the middle tells that one thing was cut in
two, and reads as if there were two. It joins nothing over a full stop between the parts of an
address, and never two things of different kinds.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

import yaml

from deid.transcript import EntityType

__all__ = ["joins"]

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_STOP = re.compile(r"(?<!\.)[.?!;](?!\.)")
_MOST = 70
_WHEREABOUTS = frozenset({EntityType.STREET_ADDRESS, EntityType.LOCATION, EntityType.UK_POSTCODE})
_KEPT_APART = frozenset(
    {
        EntityType.PERSON,
        EntityType.ORGANIZATION,
        EntityType.LOCATION,
        EntityType.AGE,
        EntityType.DATE_TIME,
    }
)

type _Phrases = Mapping[str, list[tuple[str, ...]]]


def joins(one: EntityType, other: EntityType, between: str) -> bool:
    """Whether what stands between two neighbours of one turn belongs to them both.

    Args:
        one: What the first is.
        other: What the second is.
        between: The text from the end of the first to the beginning of the second.
    """
    address = {one, other} <= _WHEREABOUTS and EntityType.STREET_ADDRESS in (one, other)
    if len(between) > _MOST or not (address or (one is other and one not in _KEPT_APART)):
        return False
    if address and _STOP.search(between):
        return False
    said = [word.replace("\u2019", "'") for word in _WORD.findall(between.lower())]
    return bool(said) and _is_all(said, _phrases("addresses" if address else "codes"))


def _is_all(said: list[str], phrases: _Phrases) -> bool:
    """Whether the words are phrases of the table, one after another."""
    place = 0
    while place < len(said):
        for phrase in phrases.get(said[place], ()):
            if tuple(said[place : place + len(phrase)]) == phrase:
                place += len(phrase)
                break
        else:
            return False
    return True


@cache
def _phrases(kind: str) -> _Phrases:
    """The phrases by their first word, longest first."""
    path = resources.files("deid") / "data" / "said_between.yaml"
    lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    table: dict[str, list[tuple[str, ...]]] = {}
    for entry in _entries(lists, kind):
        table.setdefault(entry[0], []).append(entry)
    for alternatives in table.values():
        alternatives.sort(key=len, reverse=True)
    return table


def _entries(lists: Mapping[str, list[str]], kind: str) -> Iterator[tuple[str, ...]]:
    for phrase in (*lists["anywhere"], *lists[kind]):
        yield tuple(phrase.split())
