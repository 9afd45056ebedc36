"""Gold records: the text as `Speaker: utterance` lines, and where its identifiers stand.

A record also says what stands in the raw file and must never be read out of it (`never`):
struck-out words and the author in the document properties.
"""

import json
from typing import Any

from making.clock import DEFAULT_AUTHOR
from making.markup import Line, Mark, Source


def record(source: Source, *, file: str) -> dict[str, Any]:
    """One gold record: id, format, kind, file, text, spans (by start), never.

    Args:
        source: The parsed source.
        file: The raw file's name in the inbox.
    """
    text, spans = "", []
    for line in source.lines:
        label = line.label.text
        spans += [_span(mark, offset=len(text)) for mark in line.label.marks]
        text += f"{label}: " if label else ""
        spans += [_span(mark, offset=len(text)) for mark in line.words.marks]
        text += line.words.text + "\n"
    return {
        "id": source.name,
        "format": source.header["format"],
        "kind": source.header["kind"],
        "file": file,
        "text": text.removesuffix("\n"),
        "spans": sorted(spans, key=lambda span: int(span["start"])),
        "never": _never(source),
    }


def dump(source: Source, *, file: str) -> str:
    """The record as one line of JSON."""
    return json.dumps(record(source, file=file), ensure_ascii=False) + "\n"


def _span(mark: Mark, *, offset: int) -> dict[str, Any]:
    span: dict[str, Any] = {
        "start": offset + mark.start,
        "end": offset + mark.end,
        "label": mark.label,
    }
    return span | ({"form": mark.form} if mark.form else {})


def _never(source: Source) -> list[str]:
    struck = [words for line in source.lines for words in _deleted(line)]
    author = source.header.get("author", DEFAULT_AUTHOR)
    return struck + ([author] if author != DEFAULT_AUTHOR else [])


def _deleted(line: Line) -> list[str]:
    return [words.strip(" ,") for _, words in line.words.deleted]
