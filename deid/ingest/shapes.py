"""What the words of a would-be speaker label are: a role, a name, a handle, or ordinary speech.

The word lists are data (labels.yaml). Nothing here may remember a label.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml

_MOST_WORDS = 6
_MOST_CHARS = 60
_ABBREVIATION = 3
_PAIR, _TITLED = 2, 4
_NOTE = re.compile(r"[(\[][^)\]]*[)\]]?")
_SPLIT = re.compile(r"[\s,/]+")
_CODE = re.compile(r"(?:[A-Za-z]{1,4}[-_.]?\d{1,4}[A-Za-z]?|[A-Z]|#?\d{1,4})")
_HANDLE = re.compile(r"[^\W_][\w.'\u2019@-]{0,39}")
_INITIAL = re.compile(r"(?:[^\W\d_]\.){1,4}")


class Shape(StrEnum):
    """What kind of words a label is made of, most label-like first."""

    ROLE = "role"
    NAME = "name"
    EITHER = "either"
    """A name that is an everyday word, too: Will, May."""
    HANDLE = "handle"
    WEAK = "weak"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class _Words:
    roles: frozenset[str]
    titles: frozenset[str]
    particles: frozenset[str]
    discourse: frozenset[str]
    everyday: frozenset[str]
    tags: frozenset[str]
    cover: frozenset[str]


@cache
def words() -> _Words:
    """The lists of labels.yaml."""
    rows = yaml.safe_load(files("deid.ingest").joinpath("labels.yaml").read_text("utf-8"))
    lists = {name: frozenset(rows[name].split()) for name in rows if name != "cover"}
    cover = frozenset(" ".join(row.split()) for row in rows["cover"].split("|"))
    return _Words(cover=cover, **lists)


def is_cover_key(label: str) -> bool:
    """Whether this is what a cover page says before a colon ("Date of interview")."""
    return " ".join(label.casefold().split()) in words().cover


def is_tag(key: str) -> bool:
    """Whether this is what a transcriber heard ("[phone rings]") and nobody who speaks."""
    return any(word.strip(".,;") in words().tags for word in key.split())


def key_of(label: str) -> str:
    """What two writings of one label share: case, a note in brackets and spacing do not count."""
    return " ".join((_NOTE.sub(" ", label).strip() or label).casefold().split())


def shape_of(label: str, *, titled: bool = False) -> Shape:
    """The kind of words that a label is made of.

    With ``titled`` only a name after an honorific ("dr jones") is a NAME; all else is NONE.
    """
    core = _NOTE.sub(" ", label).strip(" ,;-*'\"\u201c\u201d\xa0") or label.strip("()[] ")
    parts = [part for part in _SPLIT.split(core) if part]
    if not 1 <= len(parts) <= _MOST_WORDS or len(core) > _MOST_CHARS:
        return Shape.NONE
    folded = [part.casefold().replace("\u2019", "'").strip(".'?#") for part in parts]
    if titled:
        return Shape.NAME if folded[0] in words().titles and len(parts) > 1 else Shape.NONE
    speaks = all(word in words().roles for word in folded)  # "Client:" is on cover pages too
    if (is_cover_key(core) and not speaks) or _sentence(parts, folded):
        return Shape.NONE
    return _shape(parts, folded)


def _sentence(parts: list[str], folded: list[str]) -> bool:
    """Whether a full stop, question or exclamation mark ends a sentence before the last word."""
    return any(
        part.endswith(("!", "?", "..", ";"))
        or (part.endswith(".") and len(word) > _ABBREVIATION and word not in words().titles)
        for part, word in zip(parts[:-1], folded[:-1], strict=True)
    )


def _shape(parts: list[str], folded: list[str]) -> Shape:
    known = words()
    roles = [_is_role(part, word) for part, word in zip(parts, folded, strict=True)]
    fillers = [word in known.particles or word in ("number", "no") for word in folded]
    if any(roles) and all(a or b for a, b in zip(roles, fillers, strict=True)):
        return Shape.ROLE
    spoken = [
        word in known.discourse and not role and not _surname(place, parts, folded)
        for place, (word, role) in enumerate(zip(folded, roles, strict=True))
    ]
    if any(spoken):
        if len(parts) == 1 and folded[0] in known.everyday:
            return Shape.EITHER if _capital(parts[0]) else Shape.HANDLE
        return Shape.WEAK if len(parts) <= _PAIR and _capital(parts[0]) else Shape.NONE
    named = [_capital(part) for part in parts]
    proper = [a or b or c for a, b, c in zip(named, roles, fillers, strict=True)]
    if any(named) and all(proper):
        return Shape.NAME
    most = _TITLED if folded[0] in known.titles else _PAIR  # "mr douglas home", "mrs van der berg"
    if len(parts) <= most and all(_HANDLE.fullmatch(part) for part in parts):
        return Shape.HANDLE
    return Shape.NONE


def _surname(place: int, parts: list[str], folded: list[str]) -> bool:
    """Whether an everyday word is part of a name: "Will Smith", "Sarah So", "DR OH"."""
    if len(parts) == 1 or not _capital(parts[place]):
        return False
    if place == 0:
        return folded[0] in words().everyday
    return folded[0] in words().titles or not all(part.isupper() for part in parts)


def _is_role(part: str, word: str) -> bool:
    return word.removesuffix("'s") in words().roles or _CODE.fullmatch(part.strip(".?")) is not None


def _capital(part: str) -> bool:
    """Whether a word looks proper: a capital first, or a script that has no capitals."""
    letters = [char for char in part if char.isalpha()]
    if not letters:
        return False
    return not letters[0].islower() or _INITIAL.fullmatch(part) is not None or "Mc" in part
