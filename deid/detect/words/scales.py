"""Scales by what stands behind them: "the Abbey pain scale", "Oswestry was 58", "the Oxford is 22".

"Oswestry was 58 miles away" and "the Oxford bus" are the towns.
"""

import re

from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Tokens

_SCALES = frozenset({"oswestry", "oxford", "tampa"})
_SCORE = re.compile(
    r"(?:['\u2019]s)?"
    r"(?: (?:is|was|went|came|has|been|gone|come|of|today|now|at (?:baseline|discharge|review)))*"
    r"(?: (?:down|up|from|to|at|about|around))*"
    r" (?:\d{1,3}(?![\d:])|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|[a-z]{2,5}teen)\b"
    r"(?! ?(?:mile|minute|year|quid|pound|people|degree|hour|nil|of us|km|am\b|pm\b))"
    r"(?![ -](?:one|two|three|four|five|six|seven|eight|nine) (?:mile|minute|year|people))",
    re.IGNORECASE,
)


def scored(tokens: Tokens, place: int) -> bool:
    """Whether a scale stands there, with its figure behind it."""
    if tokens.lows[place] not in _SCALES:
        return False
    return _SCORE.match(tokens.text, tokens.ends[place]) is not None


def names_a_scale(tokens: Tokens, place: int) -> bool:
    """Whether the kind of scale stands behind: "the Abbey pain scale", "the Westley score"."""
    measured, kind = following(tokens, place)
    if before(tokens, place)[0] == "the" and measured in _KINDS - {"test", "chart"}:
        return True
    return measured in _MEASURED and kind in _KINDS


_MEASURED = frozenset(
    {"pain", "depression", "anxiety", "fatigue", "disability", "sleepiness", "frailty", "falls",
     "stress", "mood", "dementia", "cognitive", "memory", "balance", "coping"}
)  # fmt: skip
_KINDS = frozenset({"scale", "score", "index", "inventory", "questionnaire", "test", "chart"})
