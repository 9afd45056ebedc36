"""JSON as three speech recognisers write it: WhisperX, Microsoft Teams, Amazon Transcribe."""

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from making.clock import Cue, cues, stamp, whole
from making.markup import Source

_NAMESPACE = uuid.UUID("5c9c5ac4-6a0e-5b57-9d3c-3f2f2a3a0c11")
_WORDS_A_SEGMENT = 28
_FINAL_PUNCTUATION = re.compile(r"^(?P<word>.*[^.,?!])(?P<mark>[.,?!]+)$")


def whisper(source: Source) -> bytes:
    """WhisperX: segments with a leading space, times in seconds, speaker by segment."""
    segments: list[dict[str, Any]] = []
    for number, cue in enumerate(cues(source.turns, words=_WORDS_A_SEGMENT)):
        segment = {
            "id": number,
            "start": cue.start_ms / 1000,
            "end": cue.end_ms / 1000,
            "text": f" {cue.text}",
            "avg_logprob": -0.21,
            "no_speech_prob": 0.01,
        }
        segments.append(segment | ({"speaker": cue.label} if cue.label else {}))
    text = "".join(segment["text"] for segment in segments)
    return _json({"text": text, "segments": segments, "language": "en"})


def teams(source: Source) -> bytes:
    """Microsoft Teams, as Stream stores a meeting's transcript: one entry a turn."""
    entries = [
        {
            "id": str(uuid.uuid5(_NAMESPACE, f"{source.name}/{number}")),
            "speechLanguage": "en-gb",
            "speakerId": str(uuid.uuid5(_NAMESPACE, f"{source.name}/{cue.label}")),
            "speakerDisplayName": cue.label,
            "confidence": 0.87,
            "startOffset": stamp(cue.start_ms) + "0000",
            "endOffset": stamp(cue.end_ms) + "0000",
            "hasBeenEdited": False,
            "text": cue.text,
        }
        for number, cue in enumerate(whole(source.turns))
    ]
    return _json(
        {
            "$schema": "http://stream.office.com/schemas/transcript.json",
            "version": "1.0.0",
            "type": "Transcript",
            "entries": entries,
            "events": [],
        }
    )


def aws(source: Source) -> bytes:
    """Amazon Transcribe with speaker labels: items a word, punctuation as items without times."""
    spoken = list(whole(source.turns))
    items = [item for cue in spoken for item in _items(cue)]
    segments = [
        {
            "id": number,
            "transcript": cue.text,
            "start_time": _seconds(cue.start_ms),
            "end_time": _seconds(cue.end_ms),
            "speaker_label": cue.label,
        }
        for number, cue in enumerate(spoken)
    ]
    labels = [
        {key: segment[key] for key in ("start_time", "end_time", "speaker_label")}
        for segment in segments
    ]
    results = {
        "transcripts": [{"transcript": " ".join(cue.text for cue in spoken)}],
        "speaker_labels": {"speakers": len({cue.label for cue in spoken}), "segments": labels},
        "items": [{"id": number} | item for number, item in enumerate(items)],
        "audio_segments": segments,
    }
    job = source.header["title"].replace(" ", "-")
    return _json(
        {
            "jobName": job,
            "accountId": "000000000000",
            "status": "COMPLETED",
            "results": results,
        }
    )


def _items(cue: Cue) -> Iterator[dict[str, Any]]:
    words = cue.text.split(" ")
    step = (cue.end_ms - cue.start_ms) // len(words)
    for place, word in enumerate(words):
        found = _FINAL_PUNCTUATION.match(word)
        start = cue.start_ms + step * place
        yield {
            "type": "pronunciation",
            "alternatives": [{"confidence": "0.97", "content": found["word"] if found else word}],
            "start_time": _seconds(start),
            "end_time": _seconds(start + step),
            "speaker_label": cue.label,
        }
        if found:
            yield {
                "type": "punctuation",
                "alternatives": [{"confidence": "0.0", "content": found["mark"]}],
                "speaker_label": cue.label,
            }


def _seconds(ms: int) -> str:
    return f"{ms / 1000:.3f}"


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
