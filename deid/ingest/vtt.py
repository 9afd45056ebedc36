"""WebVTT, as Teams, Zoom and captioning tools write it.

webvtt-py knows the blocks; it is asked block by block because its own loop leaves out, without a
word, what it does not recognise. Here every block is a cue, a note, a style (counted), or text
that is kept. Times may lack their milliseconds, or have SubRip's comma before them.
"""

import re
from collections import Counter
from collections.abc import Iterator

from webvtt.utils import iter_blocks_of_lines
from webvtt.vtt import WebVTTCommentBlock, WebVTTStyleBlock

from deid.errors import InputError, Reason
from deid.ingest import times
from deid.ingest.cues import Cue, joined, labelled, voices
from deid.ingest.drafts import finish
from deid.ingest.encoding import decode
from deid.ingest.limits import Limits
from deid.transcript import Transcript, TurnKind

_HEADER = re.compile(r"WEBVTT(?:[ \t]*$|[ \t]+-?[ \t]*(.*)$)")
_CLOCK = r"(?:\d+:)?[0-5]?\d:[0-5]\d(?:[.,]\d{1,3})?"
_TIMING = re.compile(rf"\s*({_CLOCK})\s*-->\s*({_CLOCK})(?=\s|$)")
_HEADER_FIELD = re.compile(r"(?:Kind|Language|X-TIMESTAMP-MAP)\s*[:=]", re.IGNORECASE)


def read(data: bytes, limits: Limits) -> Transcript:
    """Read a .vtt file.

    Raises:
        InputError: WRONG_SUFFIX without the WEBVTT line; MALFORMED for a cue whose times cannot
            be read; else as every reader.
    """
    lines = decode(data, limits=limits).lstrip("\n").split("\n")
    header = _HEADER.match(lines[0])
    if not header:
        raise InputError(Reason.WRONG_SUFFIX, detail="no WEBVTT line")
    dropped: Counter[str] = Counter()
    cues = [*_title(header[1] or ""), *_blocks(lines[1:], dropped)]
    return finish(joined(labelled(cues)), format="vtt", limits=limits, dropped=dropped)


def _title(title: str) -> Iterator[Cue]:
    if title.strip():
        yield Cue(title.strip(), kind=TurnKind.COVER)


def _blocks(lines: list[str], dropped: Counter[str]) -> Iterator[Cue]:
    first = True
    for block in iter_blocks_of_lines(lines):
        timing = next((place for place, line in enumerate(block[:2]) if "-->" in line), None)
        if timing is not None:
            yield from _cue(block, timing, dropped)
        elif WebVTTCommentBlock.is_valid(block):
            yield Cue(WebVTTCommentBlock.from_lines(block).text, kind=TurnKind.NOTE)
        elif WebVTTStyleBlock.is_valid(block) or block[0].startswith("REGION"):
            dropped["style"] += 1
        elif first and all(_HEADER_FIELD.match(line) for line in block):
            dropped["header-field"] += len(block)
        else:
            yield from _cues_of("\n".join(block), (None, None))
        first = False


def _cue(block: list[str], timing: int, dropped: Counter[str]) -> Iterator[Cue]:
    if timing and block[0].strip():
        dropped["cue-identifier"] += 1
    if any("-->" in line for line in block[timing + 1 :]):
        raise InputError(Reason.MALFORMED, detail="two times in one cue")
    if len(block) == timing + 1:
        dropped["empty-cue"] += 1
        return
    clocks = _TIMING.match(block[timing])
    if not clocks:
        raise InputError(Reason.MALFORMED, detail="a cue's times cannot be read")
    start, end = (times.milliseconds(clock)[0] for clock in clocks.groups())
    yield from _cues_of("\n".join(block[timing + 1 :]), (start, end))


def _cues_of(payload: str, stamps: times.Stamps) -> Iterator[Cue]:
    for speaker, text in voices(payload):
        yield Cue(text, speaker, *stamps)
