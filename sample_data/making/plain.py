"""Plain text, comma-separated values and rich text."""

import csv
import io

from making.clock import DEFAULT_AUTHOR, short, whole
from making.markup import Source


def txt(source: Source) -> bytes:
    """`Label: utterance` paragraphs; Windows encodings get Windows line ends."""
    encoding = source.header.get("encoding", "utf-8")
    end = "\n" if encoding.startswith("utf-8") else "\r\n"
    lines = [
        f"{turn.label.text}: {turn.words.text}" if turn.label.text else turn.words.text
        for turn in source.lines
    ]
    return (f"{end}{end}".join(lines) + end).encode(encoding)


def csv_table(source: Source) -> bytes:
    """Columns time, speaker, text, as an annotation tool exports them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["start", "speaker", "text"])
    for cue in whole(source.lines):
        writer.writerow([short(cue.start_ms), cue.label, cue.text])
    return out.getvalue().encode(source.header.get("encoding", "utf-8"))


def rtf(source: Source) -> bytes:
    """Rich text as an older word processor writes it: code page 1252, the rest escaped."""
    author = _escape(source.header.get("author", DEFAULT_AUTHOR))
    out = [
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Calibri;}}",
        r"{\info{\title " + _escape(source.header["title"]) + r"}{\author " + author + "}}",
        r"\f0\fs22",
    ]
    for turn in source.lines:
        label = rf"{{\b {_escape(turn.label.text)}:}} " if turn.label.text else ""
        out.append(rf"\pard {label}{_escape(turn.words.text)}\par")
    return ("\r\n".join(out) + "\r\n}").encode("ascii")


def _escape(text: str) -> str:
    return "".join(_escape_one(character) for character in text)


def _escape_one(character: str) -> str:
    if character in "\\{}":
        return "\\" + character
    if character.isascii():
        return character
    try:
        return f"\\'{character.encode('cp1252')[0]:02x}"
    except UnicodeEncodeError:
        return f"\\u{ord(character)}?"
