"""Caption files: WebVTT with and without voices, and SubRip."""

from html import escape

from making.clock import Cue, cues, stamp
from making.markup import Source

WORDS_A_CUE = 11


def vtt(source: Source) -> bytes:
    """WebVTT; a turn with a label becomes `<v Label>` cues, one without becomes bare cues."""
    out = ["WEBVTT", "", f"NOTE duration of cues: {WORDS_A_CUE} words at most", ""]
    for number, cue in enumerate(cues(source.turns, words=WORDS_A_CUE), start=1):
        out += [str(number), f"{stamp(cue.start_ms)} --> {stamp(cue.end_ms)}", _voiced(cue), ""]
    return "\n".join(out).encode()


def srt(source: Source) -> bytes:
    """SubRip; `LABEL: ` stands before the first cue of a turn only."""
    out = []
    for number, cue in enumerate(cues(source.turns, words=WORDS_A_CUE), start=1):
        times = f"{stamp(cue.start_ms, decimal=',')} --> {stamp(cue.end_ms, decimal=',')}"
        label = f"{cue.label}: " if cue.first and cue.label else ""
        out += [str(number), times, f"{label}{cue.text}", ""]
    return "\r\n".join(out).encode()


def _voiced(cue: Cue) -> str:
    text = escape(cue.text, quote=False)
    return f"<v {cue.label}>{text}</v>" if cue.label else text
