"""Results of scales and of the laboratory, which are parts of no number that identifies.

"Oswestry was 58, PHQ-9 was 21", "her sodium on the last bloods was 124" / "124? When was that?":
two or three digits, once or said again, after what was measured in the same sentence. Never over
the word for a number ("her sodium's fine, my number's ...").
"""

from deid.detect.spoken.heard.lexicon import CUE, LETTER, NUMERAL, data
from deid.detect.spoken.heard.words import BREAK, LINE, STOP, Words

MEASURED = frozenset(word for said in data("context")["results_of"] for word in (said, said + "'s"))
"""Scales and what the laboratory measures, owning and not."""
_NUMBERS = frozenset(data("context")["results_never_over"])
_LONGEST, _REACH = 3, 10
_TESTS = frozenset(
    {("after", "me"), ("backwards", "from"), ("in", "sevens"), ("take", "seven"),
     ("take", "sevens"), ("sevens", "from"), ("in", "threes"), ("by", "seven"), ("set", "out"),
     ("laid", "out")}
)  # fmt: skip
_DOSES = frozenset(
    (what, "at") for what in ("tablet", "tablets", "capsule", "capsules", "puffs", "dose", "pill")
)
_TESTED, _HOURS = 16, 6


def is_result(words: Words, first: int, chars: str) -> bool:
    """Whether the characters that begin at a token are told as a result."""
    half = len(chars) // 2
    if len(chars) > _LONGEST and (half > _LONGEST or chars[:half] * 2 != chars):
        return False
    if MEASURED.isdisjoint(words.words[max(0, first - _REACH) : first]):
        return False
    for token in range(first, max(0, first - _REACH), -1):
        if words.gap(token) in (STOP, LINE, BREAK) or words.words[token - 1] in _NUMBERS:
            return False
        if words.words[token - 1] in MEASURED:
            return True
    return False


def is_tested(words: Words, first: int, chars: str) -> bool:
    """Whether what is said is a task or the hours of a medicine, and no number was asked for.

    "Say these after me: six one nine four"; "backwards from a hundred in sevens"; "one tablet at
    eight, one at two" / "Eight, two and ten."
    """
    if not chars.isdigit():
        return False
    if chars == "99" and words.words[first - 1] == "say" and words.words[first - 2] != "you":
        return True  # at the chest
    told = _TESTS | _DOSES if len(chars) <= _HOURS else _TESTS
    for token in range(first - 1, max(0, first - _TESTED), -1):
        if words.kinds[token] & CUE and not words.kinds[token] & (NUMERAL | LETTER):
            return False
        if (words.words[token - 1], words.words[token]) in told:
            return True
    return False
