"""Who is speaking: the labels before speech, as every line-based format writes them.

``Sarah (tutor): …``, ``INT:``, ``Dr Jones - …``, ``[00:12:03] P1: …``, ``Speaker 2   00:12:03``
alone on its line, ``<v Sarah Jones>…``. A label is often a name, so a label that is missed stays
in the text under the eyes of the recognisers, but a false one ("So I said to him: no") would cut
speech in two. What a line looks like (:func:`candidate`) is therefore kept apart from what the
whole file makes credible (:class:`Book`). No character of a line may fall between the two.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from deid.ingest import times
from deid.ingest.shapes import Shape, key_of, shape_of

_HEAD = 200
_OFTEN = 3
_SKIP = r"[\s\ufeff\u200b\u2060\u200e\u200f]*"
_LABEL = r"(?P<label>[\[(<]?[^\W\d_][^:\uff1a\t\n|=<>]{0,69}?(?<!\s))"
_STARS = r"\*{0,2}"
_POST = rf"(?:[ \t\xa0]*+(?P<post>{times.BRACKETED}|{times.LONG}(?=\s|$)))?"


class Form(StrEnum):
    """How a label is set off from the speech."""

    VOICE = "voice"
    COLON = "colon"
    HEADER = "header"
    STAMPED = "stamped"
    TAB = "tab"
    DASH = "dash"
    ALONE = "alone"


_FORMS = {
    Form.COLON: rf"{_STARS}{_LABEL}\s*+(?:(?P<mid>{times.STRONG})\s*+)?{_STARS}[:\uff1a]{_STARS}"
    rf"(?!//|\\|[)(](?:\s|$)){_POST}",
    Form.HEADER: rf"{_STARS}{_LABEL}{_STARS}[\s,|\u2013-]++(?P<mid>{times.WEAK})\s*+$",
    Form.STAMPED: rf"{_LABEL}\s*+(?P<mid>{times.BRACKETED}|(?<=\s){times.LONG})(?=\s++\S)",
    Form.TAB: rf"{_LABEL}[ \xa0]*+\t\s*+(?:(?P<post>{times.WEAK})(?=\s))?",
    Form.DASH: rf"{_LABEL}\s++[-\u2013\u2014]{{1,2}}(?=\s++\S)",
    Form.ALONE: rf"{_STARS}{_LABEL}{_STARS}\s*+$",
}
_PATTERNS = {form: re.compile(pattern) for form, pattern in _FORMS.items()}
_VOICE = re.compile(r"<v(?:\.[\w.-]+)*[ \t]+(?P<label>[^<>\n]{1,80})>")
_LEAD = re.compile(_SKIP)
_PREFIX = re.compile(rf"(?P<time>{times.WEAK})(?P<gap>\s*[-\u2013\u2014|:]?\s*)")
_STAMP = re.compile(rf"(?P<time>{times.ARROWED}|{times.STRONG})")
_ENCLOSED = re.compile(r"^[\[(<](.*)[\])>]$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one line looks like; offsets count in the line.

    Attributes:
        form: How the label is set off.
        shape: What kind of words it is made of.
        start: Where the label starts, end exclusive in ``end``.
        text: Where the speech starts.
        timed: Whether a time stamp precedes the label.
        stamps: Start and end in milliseconds, None where not told.
    """

    form: Form
    shape: Shape
    key: str = field(repr=False)
    start: int
    end: int
    text: int
    timed: bool = False
    stamps: times.Stamps = (None, None)


def candidate(line: str) -> Candidate | None:
    """The most label-like reading of a line, or None. Reads at most the first 200 characters."""
    head = line[:_HEAD]
    at = _end(_LEAD.match(head))
    voice = _VOICE.match(head, at)
    if voice:
        return _made(Form.VOICE, voice, line)
    prefix = _PREFIX.match(head, at)
    if prefix:
        timed = _labelled(head, line, prefix.end(), prefix["time"])
        if timed:
            return timed
    return _labelled(head, line, at, "")


def _labelled(head: str, line: str, at: int, stamp: str) -> Candidate | None:
    for form, pattern in _PATTERNS.items():
        match = pattern.match(head, at)
        if not match or (form is Form.COLON and _clock_like(head, match)):
            continue
        if form in (Form.HEADER, Form.ALONE) and len(line) > _HEAD:
            continue
        found = _made(form, match, line, stamp)
        if found.shape is not Shape.NONE:
            return found
    return None


def _clock_like(head: str, match: re.Match[str]) -> bool:
    """Whether the colon stands between two figures, as in "at 10:30"."""
    colon = max(head.rfind(":", 0, match.end()), head.rfind("\uff1a", 0, match.end()))
    if match["post"]:
        return False
    return head[colon - 1 : colon].isdigit() and head[colon + 1 : colon + 2].isdigit()


def _made(form: Form, match: re.Match[str], line: str, stamp: str = "") -> Candidate:
    groups = match.groupdict()
    stamp = stamp or groups.get("mid") or groups.get("post") or ""
    if form is Form.ALONE and stamp:
        form = Form.HEADER
    start, label = match.start("label"), match["label"].rstrip().rstrip("*").rstrip()
    enclosed = _ENCLOSED.match(label)
    if enclosed and enclosed[1].strip():
        start, label = start + 1, enclosed[1].rstrip()
        start, label = start + len(label) - len(label.lstrip()), label.lstrip()
    text = match.end() + _end(_LEAD_SPACE.match(line[match.end() :]))
    return Candidate(
        form=form,
        shape=shape_of(label),
        key=key_of(label),
        start=start,
        end=start + len(label),
        text=text,
        timed=bool(stamp) and stamp not in (groups.get("mid"), groups.get("post")),
        stamps=times.milliseconds(stamp),
    )


_LEAD_SPACE = re.compile(r"\s*")


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def leading_stamp(line: str) -> tuple[int, times.Stamps]:
    """Offset after a certain time stamp at the start of the line (0 without one), and its times."""
    at = _end(_LEAD.match(line[:_HEAD]))
    match = _STAMP.match(line[:_HEAD], at)
    if not match:
        return 0, (None, None)
    return match.end(), times.milliseconds(match["time"])


@dataclass(frozen=True, slots=True)
class Book:
    """What the whole file makes credible. Built once a file, asked for every line."""

    counts: Counter[tuple[str, Form]] = field(repr=False)
    names: Counter[str] = field(repr=False)
    dense: bool
    labelled: bool

    @classmethod
    def of(cls, lines: Iterable[str]) -> Self:
        """Survey all lines of a file."""
        counts: Counter[tuple[str, Form]] = Counter()
        firm = loose = total = 0
        for line in lines:
            if not line.strip():
                continue
            total += 1
            found = candidate(line)
            if found:
                counts[found.key, found.form] += 1
                firm += found.shape in (Shape.ROLE, Shape.NAME) and found.form is not Form.DASH
                loose += found.form is Form.COLON and found.shape is not Shape.NONE
        names: Counter[str] = Counter()
        for (key, form), count in counts.items():
            if form is not Form.DASH:
                names[key] += count
        repeated = any(form is Form.COLON and count > 1 for (_, form), count in counts.items())
        return cls(
            counts=counts,
            names=names,
            dense=total > 0 and loose >= 0.5 * total,
            labelled=repeated or (total > 0 and firm >= 0.3 * total),
        )

    def label(self, line: str) -> Candidate | None:
        """The line's label where it is credible in this file, else None."""
        found = candidate(line)
        return found if found and self._credible(found) else None

    def _credible(self, found: Candidate) -> bool:
        count = self.counts[found.key, found.form]
        if found.form is Form.VOICE or found.shape is Shape.NONE:
            return found.form is Form.VOICE
        if found.form is Form.COLON:
            return self._colon(found, count)
        if found.shape in (Shape.HANDLE, Shape.WEAK):
            return found.form is Form.HEADER and not found.timed and count > 1
        if found.form is Form.DASH:
            return self._dash(found, count)
        return self._set_apart(found, count)

    def _set_apart(self, found: Candidate, count: int) -> bool:
        """A role or name set off by a time, a tab or its own line."""
        role = found.shape is Shape.ROLE
        match found.form:
            case Form.HEADER:
                return role or not found.timed or count > 1 or self.names[found.key] > 1
            case Form.ALONE:
                return role and count > 1
            case _:
                return role or count > 1

    def _colon(self, found: Candidate, count: int) -> bool:
        match found.shape:
            case Shape.ROLE:
                return True
            case Shape.NAME:
                return count > 1 or self.labelled or self.names[found.key] > 1
            case Shape.HANDLE:
                return count > 1 or self.dense
            case _:
                return count >= _OFTEN and self.dense

    def _dash(self, found: Candidate, count: int) -> bool:
        """A dash also breaks off speech, so it must not compete with labels set off by a colon."""
        if self.dense:
            return self.names[found.key] > 1
        return count > 1 or shape_of(found.key, titled=True) is Shape.NAME


_CELL_STAMP = re.compile(rf"^(?P<time>{times.WEAK})\s*|\s*(?P<last>{times.WEAK})$")


def speaker_of(cell: str) -> tuple[str, times.Stamps]:
    """The label in a speaker cell, without the colon and time stamp written beside it."""
    label = cell.strip()
    stamps: times.Stamps = (None, None)
    found = _CELL_STAMP.search(label.rstrip(": "))
    if found:
        stamps = times.milliseconds(found[0])
        label = label[: found.start()] + label[found.end() :]
    return label.strip().rstrip(":\uff1a").rstrip(), stamps
