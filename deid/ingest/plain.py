"""Plain text cut into turns, with exact offsets: the .txt reader and what others build on.

A line that begins with a credible label begins a turn; lines without one belong to the turn
before, their line feeds kept. A file without labels is read by paragraph. What is left out of
the pieces is white space, time stamps, and the punctuation around labels; nothing else, ever.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from deid.ingest.drafts import Draft, finish
from deid.ingest.encoding import decode
from deid.ingest.forms import Candidate, Form, candidate, leading_stamp
from deid.ingest.labels import Book
from deid.ingest.limits import Limits
from deid.ingest.shapes import Shape, is_cover_key
from deid.ingest.times import Stamps
from deid.transcript import Transcript, TurnKind

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_VOICE_END = "</v>"
_COVER_KEY = re.compile(r"[\s\ufeff]*([^\W\d_][^:\uff1a\t\n]{0,40}?)\s*[:\uff1a\t]")
_COVER_LINES = 60
_COVER_GAP = 6
_WRAPPED = 100
_NAME_WORDS = 4
_MANY_CLOCKS = 3
_CLOCK_ALONE = re.compile(r"\s*\d{1,3}:[0-5]\d\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """One turn of a plain text, located in it.

    Attributes:
        speaker: The label as written, "" without one.
        speaker_start: Where it stands. After a time stamp inside a turn, the next piece carries
            the same label at the same place, so two pieces may share it.
        text: The speech, ``source[text_start : text_start + len(text)]`` to the character.
        text_start: Where it stands.
        kind: COVER for what a cover page says before the talk begins, else SPEECH.
        start_ms: Start in milliseconds where a stamp tells it.
        end_ms: End in milliseconds where a stamp tells it.
    """

    speaker: str = field(repr=False)
    speaker_start: int
    text: str = field(repr=False)
    text_start: int
    kind: TurnKind = TurnKind.SPEECH
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str = field(repr=False)

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def lines_of(text: str) -> list[str]:
    """The lines that labels are looked for in, without their ends."""
    return [line.text for line in _lines(text)]


def split(text: str, *, book: Book | None = None) -> tuple[Piece, ...]:
    """Cut a text into turns.

    Args:
        text: Any text; line ends of every kind are understood and left alone.
        book: What labels are credible, where the text is a part of a larger whole.

    Returns:
        The pieces in order, disjoint in ``text``.
    """
    lines = _lines(text)
    cutter = _Cutter(text, book or Book.of(line.text for line in lines), lines)
    return tuple(cutter.pieces())


def _lines(text: str) -> list[_Line]:
    """Every line, blank ones included, with its offset."""
    found, start = [], 0
    for match in _BREAK.finditer(text):
        found.append(_Line(start, text[start : match.start()]))
        start = match.end()
    found.append(_Line(start, text[start:]))
    return found


class _Cutter:
    """One pass over the lines; holds the turn that is open."""

    def __init__(self, source: str, book: Book, lines: list[_Line]) -> None:
        self._source, self._book, self._lines = source, book, lines
        self._labels = [book.label(line.text) for line in lines]
        self._cover = _cover_lines(lines, self._labels, self._book)
        clocks = sum(1 for line in lines if _CLOCK_ALONE.fullmatch(line.text))
        self._clocks = clocks >= _MANY_CLOCKS
        self._by_block = not any(self._labels) and _hard_wrapped(lines)
        self._speaker: tuple[str, int] = ("", 0)
        self._label: Candidate | None = None
        self._stamps: Stamps = (None, None)
        self._open: tuple[int, int] | None = None

    def pieces(self) -> Iterator[Piece]:
        """All pieces in order."""
        for number, (line, label) in enumerate(zip(self._lines, self._labels, strict=True)):
            if number < self._cover:
                yield from self._whole(line, TurnKind.COVER)
            elif line.blank:
                if self._by_block:
                    yield from self._close()
            elif label:
                yield from self._close()
                self._begin(line, label)
            else:
                yield from self._unlabelled(line)
        yield from self._close()

    def _begin(self, line: _Line, label: Candidate) -> None:
        name = line.text[label.start : label.end]
        self._speaker, self._label = (name, line.start + label.start), label
        if label.stamps[0] is not None:
            self._stamps = label.stamps
        self._open = (line.start + label.text, line.start + len(line.text))

    def _unlabelled(self, line: _Line) -> Iterator[Piece]:
        after, stamps = leading_stamp(line.text)
        if not after and self._clocks and _CLOCK_ALONE.fullmatch(line.text):
            after, stamps = len(line.text), _clock(line.text)
        if after:
            yield from self._close()
            self._stamps = stamps
            if line.text[after:].strip():
                self._open = (line.start + after, line.start + len(line.text))
        elif self._open and (self._by_block or self._label):
            self._open = (self._open[0], line.start + len(line.text))
        else:
            yield from self._close()
            self._open = (line.start, line.start + len(line.text))

    def _whole(self, line: _Line, kind: TurnKind) -> Iterator[Piece]:
        if not line.blank:
            start = line.start + len(line.text) - len(line.text.lstrip())
            yield Piece("", line.start, line.text.strip(), start, kind)

    def _close(self) -> Iterator[Piece]:
        if self._open is None:
            return
        (start, end), self._open = self._open, None
        text = self._source[start:end].rstrip().removesuffix(_VOICE_END)
        text = self._label.unquoted(text) if self._label else text
        start += len(text) - len(text.lstrip())
        name, name_start = self._speaker
        start_ms, end_ms = self._stamps
        self._stamps = (None, None)
        yield Piece(name, name_start, text.strip(), start, TurnKind.SPEECH, start_ms, end_ms)


def _clock(text: str) -> Stamps:
    minutes, seconds = text.strip().split(":")
    return (int(minutes) * 60 + int(seconds)) * 1000, None


def _cover_lines(lines: list[_Line], labels: list[Candidate | None], book: Book) -> int:
    """How many lines at the top are a cover page: up to the last "Date: …" before the talk."""
    last = gap = 0
    for number, (line, label) in enumerate(zip(lines[:_COVER_LINES], labels, strict=False)):
        talks = label and book.names[label.key] > 1 and not _belongs(line)
        key = _COVER_KEY.match(line.text)
        if key and is_cover_key(key[1]) and not talks:
            last, gap = number + 1, 0
        elif not line.blank:
            gap += 1
        if gap > _COVER_GAP or talks:
            break
    while last and last < len(lines) and _belongs(lines[last]):
        last += 1
    return last


def _belongs(line: _Line) -> bool:
    """Whether a line right below a cover entry is one more ("Interviewer: Tom Green")."""
    found = candidate(line.text)
    if not found or found.form is not Form.COLON or found.shape is not Shape.ROLE:
        return False
    words = line.text[found.text :].split()
    return (
        0 < len(words) <= _NAME_WORDS
        and not words[-1].endswith((".", "?", "!", ","))
        and all(word[0].isupper() or word[0].isdigit() or not word[0].isalpha() for word in words)
    )


def _hard_wrapped(lines: list[_Line]) -> bool:
    """Whether paragraphs are set off by blank lines and their lines are broken short."""
    full = [line for line in lines if not line.blank]
    body = "\n".join(line.text for line in lines).strip()
    return "\n\n" in body and all(len(line.text) <= _WRAPPED for line in full)


def drafts_of(pieces: Iterable[Piece]) -> Iterator[Draft]:
    """Pieces as turns to be."""
    for piece in pieces:
        yield Draft(piece.text, piece.speaker, piece.kind, piece.start_ms, piece.end_ms)


def read(data: bytes, limits: Limits) -> Transcript:
    """Read a .txt file. CRLF and CR become LF; every other character stays.

    Raises:
        InputError: as :func:`deid.ingest.encoding.decode` and :func:`deid.ingest.drafts.finish`.
    """
    text = decode(data, limits=limits)
    return finish(drafts_of(split(text)), format="txt", limits=limits)
