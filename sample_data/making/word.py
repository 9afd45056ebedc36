"""Word files in three layouts, as transcription services and interviewers send them."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import docx
from docx.enum.text import WD_BREAK

from making.clock import DEFAULT_AUTHOR, Cue, short, whole
from making.markup import Line, Source
from making.word_xml import Footnotes, add_text_box, date_comment, write_words
from making.zips import settle

_DAY = dt.datetime(2025, 3, 4, 9, tzinfo=dt.UTC)


def table(source: Source) -> bytes:
    """Cover table, header and footer, then one two-column table: speaker | speech."""

    def body(document: Any) -> None:
        covers = source.of_kind("cover")
        rows = [(line.label.text, line.words.text) for line in covers]
        _fill(document.add_table(rows=0, cols=2), rows or [("Kind", source.header["kind"])])
        document.add_paragraph("")
        _fill(
            document.add_table(rows=0, cols=2),
            [(turn.label.text, turn.words.text) for turn in source.turns],
        )

    return _file(source, body)


def labels(source: Source) -> bytes:
    """Paragraphs `[00:01:02] Name: words`, with comments, footnotes and tracked changes."""

    def body(document: Any) -> None:
        notes = Footnotes()
        times = iter(whole(source.turns))
        paragraph = None
        for line in source.lines:
            if not line.kind:
                paragraph = _spoken(document, line, time=next(times))
            elif paragraph is not None:
                _annotate(document, paragraph, line, notes)
        notes.attach(document)

    return _file(source, body)


def cover(source: Source) -> bytes:
    """A cover page, then `Name: words` paragraphs, with text boxes and hidden text."""

    def body(document: Any) -> None:
        document.add_heading("Transcript", level=1)
        for line in source.of_kind("cover"):
            document.add_paragraph(f"{line.label.text}: {line.words.text}")
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        paragraph = None
        notes = Footnotes()
        for line in source.lines:
            if not line.kind:
                paragraph = _spoken(document, line, time=None)
            elif paragraph is not None:
                _annotate(document, paragraph, line, notes)
        notes.attach(document)

    return _file(source, body)


def _file(source: Source, body: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    properties = document.core_properties
    author = source.header.get("author", DEFAULT_AUTHOR)
    properties.author, properties.last_modified_by = author, author
    properties.title = source.header["title"]
    properties.comments = ""
    properties.created = properties.modified = _DAY
    section = document.sections[0]
    for line in source.of_kind("header"):
        section.header.paragraphs[0].text = line.words.text
    for line in source.of_kind("footer"):
        section.footer.paragraphs[0].text = line.words.text
    body(document)
    out = io.BytesIO()
    document.save(out)
    return settle(out.getvalue())


def _fill(target: Any, rows: list[tuple[str, str]]) -> None:
    for left, right in rows:
        cells = target.add_row().cells
        cells[0].text, cells[1].text = left, right


def _spoken(document: Any, line: Line, *, time: Cue | None) -> Any:
    paragraph = document.add_paragraph()
    if time is not None:
        paragraph.add_run(f"[{short(time.start_ms)}] ")
    if line.label.text:
        half = len(line.label.text) // 2
        for piece in (line.label.text[:half], line.label.text[half:]):
            paragraph.add_run(piece).bold = True
        paragraph.add_run(": ")
    write_words(paragraph, line.words)
    return paragraph


def _annotate(document: Any, paragraph: Any, line: Line, notes: Footnotes) -> None:
    words = line.words.text
    if line.kind == "comment":
        author = line.label.text
        initials = "".join(part[0] for part in author.split())
        comment = document.add_comment(
            paragraph.runs[-1:], text=words, author=author, initials=initials
        )
        date_comment(comment)
    elif line.kind == "footnote":
        notes.add(paragraph, words)
    elif line.kind == "textbox":
        add_text_box(document, words)
    elif line.kind == "hidden":
        document.add_paragraph().add_run(words).font.hidden = True
