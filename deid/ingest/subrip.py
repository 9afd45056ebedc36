"""SubRip (.srt), read with the srt library, strictly: nothing unreadable is passed over.

A title above the first cue is no cue and not unreadable; it is kept as a note.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator

import srt

from deid.errors import InputError, Reason
from deid.ingest.cues import Cue, joined, labelled, voices
from deid.ingest.drafts import finish
from deid.ingest.encoding import decode
from deid.ingest.limits import Limits
from deid.transcript import Transcript, TurnKind

logging.getLogger(srt.__name__).addHandler(logging.NullHandler())

_SEPARATOR = "[,.:\uff0c\uff0e\u3002\uff1a]"  # as the library has it
_FIRST = re.compile(
    rf"^(?:-?\d+\.?\d*[ \t]*\n\s*)?[ \t]*\d+(?:{_SEPARATOR}\d+){{2,3}} *-[ -] *>", re.MULTILINE
)


def read(data: bytes, limits: Limits) -> Transcript:
    """Read a .srt file.

    Raises:
        InputError: MALFORMED where a stretch is not a numbered, timed cue; else as every reader.
    """
    text = decode(data, limits=limits)
    dropped: Counter[str] = Counter()
    try:
        cues = list(_cues(text, dropped))
    except srt.SRTParseError:
        raise InputError(Reason.MALFORMED, detail="text outside the cues") from None
    return finish(joined(labelled(cues)), format="srt", limits=limits, dropped=dropped)


def _cues(text: str, dropped: Counter[str]) -> Iterator[Cue]:
    title, text = _parted(text)
    if title:
        yield Cue(title, kind=TurnKind.NOTE)
    for cue in srt.parse(text.lstrip() + "\n"):
        start = round(cue.start.total_seconds() * 1000)
        end = round(cue.end.total_seconds() * 1000)
        found = voices(cue.content)
        dropped["empty-cue"] += not found
        dropped["cue-setting"] += bool(cue.proprietary.strip())
        for speaker, said in found:
            yield Cue(said, speaker, start, end)


def _parted(text: str) -> tuple[str, str]:
    """What stands above the first cue, "" for nothing, and the rest."""
    first = _FIRST.search(text)
    if first is None or "-->" in text[: first.start()]:
        raise InputError(Reason.MALFORMED, detail="text outside the cues")
    return text[: first.start()].strip(), text[first.start() :]
