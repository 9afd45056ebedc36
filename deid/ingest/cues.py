"""Cues to turns: what subtitles and recognisers cut every few seconds is joined again.

Consecutive cues of one speaker become one turn, joined by a space; the line breaks inside a cue
are the screen's, not the speaker's, and become spaces too. Where no cue has a speaker, a turn
ends at a pause or at the end of a sentence past a readable length.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from deid.ingest.drafts import Draft
from deid.ingest.forms import Candidate, Form
from deid.ingest.labels import Book
from deid.transcript import TurnKind

PAUSE_MS = 2_000
READABLE = 1_000
_SENTENCE_ENDS = (".", "?", "!", "\u2026", '."', '?"')
_VOICE = re.compile(r"<v(?:\.[\w.-]+)*[ \t]+([^<>\n]+)>|</v>")
_MARKUP = re.compile(
    r"</?(?:c|i|b|u|ruby|rt|lang|font|s)(?:\.[\w.-]+)*(?:[ \t][^<>\n]*)?>"
    r"|<(?:\d+:)?\d\d:\d\d\.\d{3}>|\{\\an?\d+\}",
    re.IGNORECASE,
)
_LINE_END = re.compile(r"\n|[ \t]+(?=>>)")
_IN_CUES = frozenset({Form.COLON, Form.DASH, Form.BRACKET, Form.VOICE, Form.CHANGE})
_ENTITY = re.compile(r"&(?:amp|lt|gt|nbsp|lrm|rlm|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});")


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: times in milliseconds, "" where no speaker is told.

    ``changes`` tells that somebody else speaks than before, whoever it is.
    """

    text: str = field(repr=False)
    speaker: str = field(default="", repr=False)
    start_ms: int | None = None
    end_ms: int | None = None
    kind: TurnKind = TurnKind.SPEECH
    changes: bool = False


def voices(payload: str) -> list[tuple[str, str]]:
    """A cue's payload cut at its voice tags: (speaker, text), markup removed.

    Only the tags that WebVTT and SubRip know are markup; a transcriber's ``<place 00:01:02>``
    is text.
    """
    found, speaker, at = [], "", 0
    for tag in _VOICE.finditer(payload):
        found.append((speaker, payload[at : tag.start()]))
        speaker, at = (tag[1] or "").strip(), tag.end()
    found.append((speaker, payload[at:]))
    cleaned = [(_entities(who), _plain(text)) for who, text in found]
    return [(who, text) for who, text in cleaned if text.strip() or who]


def _plain(text: str) -> str:
    return _entities(_MARKUP.sub("", text))


def _entities(text: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


def labelled(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Cues whose text begins with a credible label, the label taken out of the text.

    A cue without a label, in a file that has them, goes on with the speaker before; ">>" begins
    another speaker, in the middle of a cue too.
    """
    listed = list(cues)
    speech = [cue for cue in listed if cue.kind is TurnKind.SPEECH and not cue.speaker]
    book = Book.of(line for cue in speech for line in _LINE_END.split(cue.text))
    speaker = ""
    for cue in listed:
        if cue.kind is not TurnKind.SPEECH or cue.speaker:
            yield cue
            continue
        for who, text in _lines(cue.text, book):
            speaker = speaker if who is None else who
            yield replace(cue, text=text, speaker=speaker, changes=who == "")


def _lines(text: str, book: Book) -> Iterator[tuple[str | None, str]]:
    """The labelled stretches of one cue: who speaks ("" unnamed, None as before) and the text."""
    label: Candidate | None = None
    speaker, held = None, list[str]()
    for line in _LINE_END.split(text):
        found = book.label(line)
        if found and found.form in _IN_CUES:
            if held:
                yield speaker, _joined(held, label)
            label, speaker, held = found, line[found.start : found.end], [line[found.text :]]
        else:
            held.append(line)
    if held:
        yield speaker, _joined(held, label)


def _joined(lines: list[str], label: Candidate | None) -> str:
    text = "\n".join(lines)
    return label.unquoted(text) if label else text


def joined(cues: Iterable[Cue]) -> Iterator[Draft]:
    """Turns of consecutive cues of one speaker."""
    open_: Cue | None = None
    for cue in cues:
        flat = replace(cue, text=" ".join(part.strip() for part in cue.text.split("\n")).strip())
        if open_ and _continues(open_, flat):
            open_ = replace(open_, text=f"{open_.text} {flat.text}".strip(), end_ms=flat.end_ms)
            continue
        if open_:
            yield _draft(open_)
        open_ = flat
    if open_:
        yield _draft(open_)


def _continues(before: Cue, after: Cue) -> bool:
    if before.kind is not after.kind or after.kind is not TurnKind.SPEECH:
        return False
    if after.changes or before.speaker != after.speaker:
        return False
    if after.speaker:
        return True
    if len(before.text) > 2 * READABLE:
        return False
    if len(before.text) > READABLE and before.text.endswith(_SENTENCE_ENDS):
        return False
    pause = (after.start_ms or 0) - (before.end_ms or 0)
    return pause < PAUSE_MS or before.end_ms is None


def _draft(cue: Cue) -> Draft:
    return Draft(cue.text, cue.speaker, cue.kind, cue.start_ms, cue.end_ms)
