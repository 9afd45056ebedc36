"""JSON of speech recognisers.

Whisper, WhisperX, whisper.cpp, Microsoft Teams, AWS Transcribe, AssemblyAI, Deepgram.

Told apart by their keys, never by the file's name. Speech, speakers and times are read; every
other field (accounts, job names, confidences, words repeated one by one) is left out and the
top-level ones counted.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from deid.errors import InputError, Reason
from deid.ingest import times
from deid.ingest.cues import Cue, joined, labelled
from deid.ingest.drafts import finish
from deid.ingest.encoding import decode
from deid.ingest.limits import Limits
from deid.transcript import Transcript

type Fields = Mapping[str, Any]


def read(data: bytes, limits: Limits) -> Transcript:
    """Read a .json file of one of the known kinds.

    Raises:
        InputError: TRUNCATED where the text ends too early; MALFORMED where it is not JSON, or
            none of the known kinds; else as every reader. A line's length is no limit here.
    """
    text = decode(data, limits=limits, lines=False)
    if text.count("\\n") > limits.lines:
        raise InputError(Reason.TOO_LARGE, detail=f"more than {limits.lines} lines")
    document = _parse(text)
    if isinstance(document, list):
        document = {"entries": document}
    if not isinstance(document, dict):
        raise InputError(Reason.MALFORMED, detail="no object at the top")
    for marker, reader in _KINDS:
        found = _find(document, marker)
        if found:
            dropped = Counter({"metadata-field": len(document) - 1})
            cues = labelled(reader(found))
            return finish(joined(cues), format="json", limits=limits, dropped=dropped)
    if any(_find(document, marker) is not None for marker, _ in _KINDS):
        raise InputError(Reason.EMPTY, detail="no text")
    raise InputError(Reason.MALFORMED, detail="not a known kind of transcript")


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        short = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
    except (RecursionError, ValueError):
        short = False
    reason = Reason.TRUNCATED if short else Reason.MALFORMED
    raise InputError(reason, detail="not complete JSON")


def _find(document: Fields, marker: str) -> Any:
    """The value at a dotted path, None where it is not there or holds no text."""
    value: Any = document
    for key in marker.split("."):
        if not isinstance(value, dict) or key not in value:
            return None
        value = value[key]
    return value if isinstance(value, list | str) else None


def _items(values: Any) -> Iterator[Fields]:
    for value in values:
        if not isinstance(value, dict):
            raise InputError(Reason.MALFORMED, detail="a segment is no object")
        yield value


def _text(fields: Fields, *keys: str) -> str:
    """The first of these keys that is there, as text; numbers are written out."""
    value = next((fields[key] for key in keys if fields.get(key) is not None), "")
    if isinstance(value, dict | list | bool):
        raise InputError(Reason.MALFORMED, detail="text expected")
    return str(value)


def _whisper(segments: Any) -> Iterator[Cue]:
    for segment in _items(segments):
        start, end = (times.from_seconds(segment.get(key)) for key in ("start", "end"))
        yield Cue(_text(segment, "text").strip(), _text(segment, "speaker"), start, end)


def _whisper_cpp(segments: Any) -> Iterator[Cue]:
    """Segments with times in milliseconds (``offsets``), as clocks (``timestamps``), or both."""
    if isinstance(segments, str):
        yield from _whole(segments)
        return
    for segment in _items(segments):
        _require(segment, "text")
        offsets, clocks = (_fields(segment, key) for key in ("offsets", "timestamps"))
        start, end = (
            _offset(clocks.get(key)) if offsets.get(key) is None else _millis(offsets[key])
            for key in ("from", "to")
        )
        yield Cue(_text(segment, "text").strip(), _text(segment, "speaker"), start, end)


def _utterances(utterances: Any) -> Iterator[Cue]:
    """Times are whole milliseconds (AssemblyAI), or seconds where any has a fraction (Deepgram)."""
    keys = ("start", "end")
    listed = list(_items(utterances))
    seconds = any(isinstance(row.get(key), float | str) for row in listed for key in keys)
    clock = times.from_seconds if seconds else _millis
    for row in listed:
        _require(row, "text", "transcript")
        start, end = (clock(row.get(key)) for key in keys)
        yield Cue(_text(row, "text", "transcript").strip(), _text(row, "speaker"), start, end)


def _require(fields: Fields, *keys: str) -> None:
    """Refuse a segment whose words are in none of these, so that none is passed over."""
    if not set(keys) & fields.keys():
        raise InputError(Reason.MALFORMED, detail="not a known kind of transcript")


def _fields(segment: Fields, key: str) -> Fields:
    value = segment.get(key)
    return value if isinstance(value, dict) else {}


def _millis(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if value >= 0 else None


def _whole(text: Any) -> Iterator[Cue]:
    if not isinstance(text, str):
        raise InputError(Reason.MALFORMED, detail="text expected")
    for line in text.split("\n"):
        yield Cue(line.strip())


def _teams(entries: Any) -> Iterator[Cue]:
    for entry in _items(entries):
        _require(entry, "text", "spokenText")
        start, end = (_offset(entry.get(key)) for key in ("startOffset", "endOffset"))
        speaker = _text(entry, "speakerDisplayName", "speakerName", "speakerId", "speaker")
        yield Cue(_text(entry, "text", "spokenText").strip(), speaker, start, end)


def _offset(value: object) -> int | None:
    return times.milliseconds(value)[0] if isinstance(value, str) else None


def _aws_segments(segments: Any) -> Iterator[Cue]:
    for segment in _items(segments):
        start, end = (times.from_seconds(segment.get(key)) for key in ("start_time", "end_time"))
        yield Cue(_text(segment, "transcript"), _text(segment, "speaker_label"), start, end)


def _aws_items(items: Any) -> Iterator[Cue]:
    """Word by word; punctuation has no time and joins the word before."""
    held: Cue | None = None
    for item in _items(items):
        word = next(_items(item.get("alternatives") or [{}]))
        text, speaker = _text(word, "content"), _text(item, "speaker_label", "channel_label")
        start, end = (times.from_seconds(item.get(key)) for key in ("start_time", "end_time"))
        if item.get("type") == "punctuation" and held:
            held = Cue(held.text + text, held.speaker, held.start_ms, held.end_ms)
            continue
        if held:
            yield held
        held = Cue(text, speaker, start, end)
    if held:
        yield held


def _aws_calls(turns: Any) -> Iterator[Cue]:
    for turn in _items(turns):
        start, end = (_millis(turn.get(key)) for key in ("BeginOffsetMillis", "EndOffsetMillis"))
        yield Cue(_text(turn, "Content"), _text(turn, "ParticipantRole"), start, end)


def _aws_whole(transcripts: Any) -> Iterator[Cue]:
    for transcript in _items(transcripts):
        yield Cue(_text(transcript, "transcript"))


_KINDS: tuple[tuple[str, Callable[[Any], Iterator[Cue]]], ...] = (
    ("results.audio_segments", _aws_segments),
    ("results.items", _aws_items),
    ("results.transcripts", _aws_whole),
    ("Transcript", _aws_calls),
    ("results.utterances", _utterances),
    ("utterances", _utterances),
    ("transcription", _whisper_cpp),
    ("segments", _whisper),
    ("entries", _teams),
    ("text", _whole),
)
