"""The sources' markup: one turn a line, identifiers marked where they stand.

``Label<TAB>utterance``; an identifier is ``{{TYPE|text}}`` or ``{{TYPE:form|text}}``; a tracked
change is ``{{del|text}}`` or ``{{ins|text}}``. A label that begins with ``@`` is not speech:
``@cover:Field``, ``@header``, ``@footer``, ``@comment:Author``, ``@footnote``, ``@textbox``,
``@hidden``. Whatever is not marked is not identifying; the parser must never guess.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TYPES = frozenset(
    {"PERSON", "SPEAKER", "LOCATION", "COUNTRY", "POSTCODE", "DOB"}
    | {"DATE", "AGE", "CONTACT", "ID", "ORG", "UNSURE"}
)
KINDS = frozenset(("cover", "header", "footer", "comment", "footnote", "textbox", "hidden"))
_MARK = re.compile(r"\{\{(?P<type>[A-Za-z]+)(?::(?P<form>[a-z:-]+))?\|(?P<text>[^{}|]+)\}\}")
_ARTICLE = re.compile(r"the (?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch: half-open offsets into the clean text, and what stands there."""

    start: int
    end: int
    label: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its markup, and the marks: identifiers, insertions, deletions.

    ``deleted`` holds (offset, text) of words that the typist struck out: they stand in the raw
    file and must not stand anywhere else, so they are no part of ``text``.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    inserted: tuple[tuple[int, int], ...] = ()
    deleted: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source: a turn, or (``kind`` not "") something that is not speech."""

    label: Marked
    words: Marked
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A whole source: its name without suffix, its header and its lines."""

    name: str
    header: dict[str, str]
    lines: tuple[Line, ...]

    @property
    def turns(self) -> tuple[Line, ...]:
        """What was said."""
        return tuple(line for line in self.lines if not line.kind)

    def of_kind(self, kind: str) -> tuple[Line, ...]:
        """What stands in the file without having been said."""
        return tuple(line for line in self.lines if line.kind == kind)


def unmark(raw: str) -> Marked:
    """The clean text and the marks of one marked-up string."""
    text, marks, inserted, deleted, done = "", [], [], [], 0
    for found in _MARK.finditer(raw):
        text += raw[done : found.start()]
        done = found.end()
        label, words = found["type"], found["text"]
        if label == "del":
            deleted.append((len(text), words))
            continue
        if label == "ins":
            inserted.append((len(text), len(text) + len(words)))
        elif label in TYPES:
            start = len(text) + _article(label, words)
            marks.append(Mark(start, len(text) + len(words), label, found["form"] or ""))
        else:
            raise ValueError(f"unknown mark {label}")
        text += words
    text += raw[done:]
    if "  " in text:
        raise ValueError("a deletion leaves two spaces: put one of them into it")
    if "{{" in text or "}}" in text:
        raise ValueError("a mark is not closed, or stands in another")
    return Marked(text, tuple(marks), tuple(inserted), tuple(deleted))


def parse(name: str, raw: str) -> Source:
    """A source from its text; a fault is a ValueError that names source and line."""
    head, _, body = raw.partition("\n\n")
    header = dict(_key_value(line) for line in head.splitlines())
    offset = head.count("\n") + 3
    lines = []
    for number, line in enumerate(body.splitlines(), start=offset):
        if not line.strip():
            continue
        try:
            lines.append(_line(line))
        except ValueError as fault:
            raise ValueError(f"{name}, line {number}: {fault}") from None
    return Source(name, header, tuple(lines))


def read_all(folder: Path) -> Iterable[Source]:
    """All sources of a folder, in name order."""
    for path in sorted(folder.glob("*.txt")):
        yield parse(path.stem, path.read_text(encoding="utf-8"))


def _article(label: str, words: str) -> int:
    """How many characters of a leading "the" do not belong to a date's or organisation's span."""
    found = _ARTICLE.match(words) if label in {"DATE", "DOB", "ORG"} else None
    return found.end() if found else 0


def _key_value(line: str) -> tuple[str, str]:
    key, colon, value = line.partition(":")
    if not colon:
        raise ValueError("a header line is `key: value`")
    return key.strip(), value.strip()


def _line(line: str) -> Line:
    label, tab, words = line.partition("\t")
    if not tab or not words.strip():
        raise ValueError("a line is a label, a tab and words")
    if "\t" in words or "  " in words or words != words.strip():
        raise ValueError("words are parted by single spaces")
    if not label.startswith("@"):
        return Line(unmark(label), unmark(words))
    kind, _, rest = label[1:].partition(":")
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind}")
    return Line(unmark(rest), unmark(words), kind)
