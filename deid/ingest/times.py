"""Time stamps as transcribers and tools write them, and their milliseconds.

Three strengths: bracketed ("[00:12:03]", "(12:03)", "#00:12:03-5#"), which is always a stamp;
hours, minutes and seconds ("00:12:03.250"), which nobody writes for a time of day in speech; and
minutes and seconds alone ("12:03"), which is as likely half past ten and counts only beside a
label. A tag with words in it ("[inaudible 00:12:03]") is none of these.
"""

import re

LONG = r"(?<![\d:])\d{1,2}:[0-5]\d:[0-5]\d(?:[.,:;]\d{1,7})?(?!\d|:\d)"
SHORT = r"(?<![\d:])\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?(?!\d|:\d)"
_ARROW = r"\s*(?:-{1,2}>|[-\u2013\u2014]|to)\s*"
_ANY = rf"(?:{LONG}|{SHORT})"
BRACKETED = rf"[\[({{<#]\s*{_ANY}(?:-\d)?(?:{_ARROW}{_ANY})?\s*[\])}}>#]"
STRONG = rf"(?:{BRACKETED}|{LONG}(?:{_ARROW}{LONG})?)"
ARROWED = rf"{_ANY}\s*-->\s*{_ANY}"
WEAK = rf"(?:{ARROWED}|{STRONG}|{SHORT}(?:{_ARROW}{SHORT})?)"

_CLOCK = re.compile(
    r"(?:(\d{1,2}):)?(\d{1,3}):(\d\d)(?:[.,](\d{1,7})|[:;]\d{1,3})?(?:-(\d)(?!\d))?"
)


type Stamps = tuple[int | None, int | None]
"""Start and end in milliseconds, None where not told."""


def milliseconds(stamp: str) -> Stamps:
    """Start and end in milliseconds of what one of the patterns above matched.

    The end is None where the stamp is no range, or runs backwards. Frames ("00:12:03:14") are
    left out; f4's tenths ("#00:12:03-5#") count.
    """
    clocks = [_one(match) for match in _CLOCK.finditer(stamp)]
    start = clocks[0] if clocks else None
    end = clocks[1] if len(clocks) > 1 else None
    if start is None or end is None or end < start:
        return start, None
    return start, end


def _one(match: re.Match[str]) -> int:
    hours, minutes, seconds, fraction, tenth = match.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    digits = fraction or tenth or "0"
    return whole * 1000 + int(float(f"0.{digits}") * 1000 + 0.5)


def from_seconds(value: object) -> int | None:
    """Milliseconds of a number of seconds (or its decimal string); None where it is neither."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        milliseconds_ = round(float(value) * 1000)
    except (ValueError, OverflowError):
        return None
    return milliseconds_ if milliseconds_ >= 0 else None


_WHOLE = re.compile(rf"\s*{WEAK}\s*")


def is_stamp(text: str) -> bool:
    """Whether this is a time stamp of any strength and nothing else."""
    return _WHOLE.fullmatch(text) is not None
