"""What one line looks like: a speaker label set off from speech, in every way it is written.

``Sarah (tutor): …``, ``INT:``, ``Dr Jones - …``, ``[00:12:03] P1: …``, ``[WILL] …``,
``Speaker 2   00:12:03`` alone on its line, ``<v Sarah Jones>…``; and before any of these what
numbers, lists or quotes the lines: ``>> SARAH: …``, ``- Sarah: …``, ``12. Sarah: …``,
``"Sarah: …"``. Whether to believe it is for :mod:`deid.ingest.labels`, which knows the file. No
character of a line may fall between label and speech but the marks around them.
"""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from deid.ingest import times
from deid.ingest.shapes import Shape, key_of, shape_of

_HEAD = 200
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
    BRACKET = "bracket"
    ALONE = "alone"
    CHANGE = "change"
    """Somebody else speaks, nobody says who: ">>" and no label."""


class Mark(StrEnum):
    """What may stand before the label of every line, and is no part of it."""

    NONE = "none"
    CHEVRON = "chevron"
    BULLET = "bullet"
    NUMBER = "number"
    QUOTE = "quote"


_FORMS = {
    Form.COLON: rf"{_STARS}{_LABEL}\s*+(?:(?P<mid>{times.STRONG})\s*+)?{_STARS}[:\uff1a]{_STARS}"
    rf"(?!//|\\|[)(](?:\s|$)){_POST}",
    Form.HEADER: rf"{_STARS}{_LABEL}{_STARS}[\s,|\u2013-]++(?P<mid>{times.WEAK})\s*+$",
    Form.STAMPED: rf"{_LABEL}\s*+(?P<mid>{times.BRACKETED}|(?<=\s){times.LONG})(?=\s++\S)",
    Form.TAB: rf"{_LABEL}[ \xa0]*+\t\s*+(?:(?P<post>{times.WEAK})(?=\s))?",
    Form.DASH: rf"{_LABEL}\s++[-\u2013\u2014]{{1,2}}(?=\s++\S)",
    Form.BRACKET: r"(?P<label>[\[(][^\W\d_][^:\uff1a\t\n|=<>\[\]()]{0,69}[\])])(?=\s++\S)",
    Form.ALONE: rf"{_STARS}{_LABEL}{_STARS}\s*+$",
}
_MARKS = {
    Mark.CHEVRON: r">{2,3}+",
    Mark.BULLET: r"[-\u2013\u2014*\u2022\u2023\u2043\u00b7\u25aa\u25cf\u25e6]",
    Mark.NUMBER: r"[\[(]?\d{1,5}+(?:[.)\]]++|(?=\s))",
    Mark.QUOTE: r"[\"'\u201c\u2018]",
}
_PATTERNS = {form: re.compile(pattern) for form, pattern in _FORMS.items()}
_MARK = re.compile("|".join(rf"(?P<{mark}>{row})" for mark, row in _MARKS.items()))
_CLOSING = {'"': '"', "'": "'", "\u201c": "\u201d", "\u2018": "\u2019"}
_MARKED = frozenset({Form.VOICE, Form.COLON, Form.HEADER, Form.STAMPED, Form.TAB})
_VOICE = re.compile(r"<v(?:\.[\w.-]+)*[ \t]+(?P<label>[^<>\n]{1,80})>")
_LEAD = re.compile(_SKIP)
_PREFIX = re.compile(rf"(?P<time>{times.WEAK})(?P<gap>\s*[-\u2013\u2014|:]?\s*)")
_STAMP = re.compile(rf"(?P<time>{times.ARROWED}|{times.STRONG})")
_ENCLOSED = re.compile(r"^[\[(<](.*)[\])>]$", re.DOTALL)
_BEHIND_BRACKET = re.compile(r"[\[(][^\])]*[\])]\s*\w")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one line looks like; offsets count in the line.

    Attributes:
        form: How the label is set off.
        shape: What kind of words it is made of.
        start: Where the label starts, end exclusive in ``end``; both are one where nobody is named.
        text: Where the speech starts.
        timed: Whether a time stamp precedes the label.
        stamps: Start and end in milliseconds, None where not told.
        mark: What stands before it.
        begin: Where that ends.
        closing: The quotation mark that ends the speech where one stands before the label.
    """

    form: Form
    shape: Shape
    key: str = field(repr=False)
    start: int
    end: int
    text: int
    timed: bool = False
    stamps: times.Stamps = (None, None)
    mark: Mark = Mark.NONE
    begin: int = 0
    closing: str = ""

    @property
    def named(self) -> bool:
        """Whether anybody is named."""
        return self.start < self.end

    def unquoted(self, speech: str) -> str:
        """Speech without white space at its end and without the mark that closes it."""
        return speech.rstrip().removesuffix(self.closing)


def candidate(line: str) -> Candidate | None:
    """The most label-like reading of a line, or None. Reads at most the first 200 characters."""
    head = line[:_HEAD]
    at = _end(_LEAD.match(head))
    found = _read(head, line, at)
    if found:
        return found
    mark, stamp = _MARK.match(head, at), ""
    prefix = _PREFIX.match(head, at)
    if not mark and prefix:
        mark, stamp = _MARK.match(head, prefix.end()), prefix["time"]
    return _marked(head, line, mark, stamp) if mark else None


def _read(head: str, line: str, at: int, stamp: str = "") -> Candidate | None:
    """A label at this place or behind the time stamp there."""
    voice = _VOICE.match(head, at)
    if voice:
        return _made(Form.VOICE, voice, line)
    prefix = _PREFIX.match(head, at)
    if prefix:
        timed = _labelled(head, line, prefix.end(), prefix["time"])
        if timed:
            return timed
    return _labelled(head, line, at, stamp)


def _marked(head: str, line: str, match: re.Match[str], stamp: str) -> Candidate | None:
    """A label behind a mark; ">>" is a candidate by itself."""
    mark = Mark(match.lastgroup or Mark.NONE)
    begin = _end(_LEAD.match(head, match.end()))
    found = _read(head, line, begin, stamp)
    if found and found.form in _MARKED:
        closing = _CLOSING.get(match[0], "")
        return replace(found, mark=mark, begin=begin, closing=closing)
    return changed(begin, times.milliseconds(stamp)) if mark is Mark.CHEVRON else None


def changed(begin: int, stamps: times.Stamps) -> Candidate:
    """A change of speaker without a name; the speech starts at ``begin``."""
    return Candidate(
        form=Form.CHANGE,
        shape=Shape.NONE,
        key="",
        start=begin,
        end=begin,
        text=begin,
        stamps=stamps,
        mark=Mark.CHEVRON,
        begin=begin,
    )


def _labelled(head: str, line: str, at: int, stamp: str) -> Candidate | None:
    for form, pattern in _PATTERNS.items():
        match = pattern.match(head, at)
        if not match or (form is Form.COLON and _clock_like(head, match)):
            continue
        if form in (Form.HEADER, Form.ALONE) and len(line) > _HEAD:
            continue
        found = _made(form, match, line, stamp)
        if found.shape is not Shape.NONE and not _speech_behind(found, match["label"]):
            return found
    return None


def _speech_behind(found: Candidate, label: str) -> bool:
    """Whether a "label" is a bracket and the first words after it ("[Sarah] like this: …")."""
    doubtful = found.shape in (Shape.HANDLE, Shape.WEAK)
    return doubtful and _BEHIND_BRACKET.match(label) is not None


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
