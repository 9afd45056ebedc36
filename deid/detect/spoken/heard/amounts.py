"""What makes a number one of something: things counted, clock times, pressures.

"Forty-three trestle tables", "half past eleven", "10:15", "one twenty over eighty", "168/88": no
part of an identifier, however near its question. What is told is of one unit only, so that a number
given digit by digit is never lost for the word behind it.
"""

from deid.detect.spoken.heard.lexicon import (
    FIGURE,
    LETTER,
    NATO,
    NUMERAL,
    SCALE,
    SKIP,
    STREET,
    data,
)
from deid.detect.spoken.heard.words import HYPHEN, SLASH, SPACE, Words

_NO_PLURALS = frozenset(data("context")["no_plurals"])
_SMALL = frozenset(
    [*data("context")["dictated_tails"], *data("context")["group_follow"], "a", "an", "and"]
)
_SHORTEST_PLURAL, _PRESSURES, _FIGURES = 4, (5, 6), 2
_LOWEST, _HIGHEST = 30, 260
_HOURS = frozenset({"half", "quarter", "five", "ten", "twenty", "5", "10", "20", "25"})


def is_amount(words: Words, first: int, last: int, units: int) -> bool:
    """Whether a number of some units, between two tokens, counts or measures something."""
    if units > _FIGURES or not words.kinds[first] & NUMERAL:
        return False
    if units == _FIGURES:
        return _is_pressure(words, first, last)
    timed = _is_time(words, first, last) or _is_by_then(words, last)
    return timed or _is_counted(words, last) or _is_over(words, first)


def _is_pressure(words: Words, first: int, last: int) -> bool:
    """As in "168/88"."""
    figures = words.kinds[first] & words.kinds[last - 1] & FIGURE and last - first == _FIGURES
    if not figures or words.gap(last - 1) != SLASH:
        return False
    high, low = words.words[first], words.words[last - 1]
    return len(high) + len(low) in _PRESSURES and _LOWEST < int(low) < int(high) < _HIGHEST


def _is_over(words: Words, first: int) -> bool:
    """As in "a hundred and twenty over eighty", "out of ten"."""
    if words.words[max(0, first - 2) : first] == ["out", "of"]:
        return True
    before = words.words[first - 1] if first > 1 else ""
    return before == "over" and bool(words.kinds[first - 2] & (NUMERAL | SCALE))


def _is_time(words: Words, first: int, last: int) -> bool:
    """As in "10:15", "half past eleven", "ten to ten"."""
    if first and words.between(first) == ":" and words.kinds[first - 1] & FIGURE:
        return last - first == 1 and words.kinds[first] & FIGURE > 0
    said = words.words[max(0, first - 2) : first]
    return len(said) == _FIGURES and said[0] in _HOURS and said[1] in ("past", "to")


def _is_by_then(words: Words, last: int) -> bool:
    """As in "17 by dinner time", "one in the morning", "2 below this morning"."""
    said = words.words[last : last + 3]
    if len(said) < len(_IN_THE) + 1 or words.gap(last) != SPACE:
        return False
    by = said[0] == "by" and said[1] in _PARTS_OF_DAYS
    return by or said[0] == "below" or (said[:2] == _IN_THE and said[2] in _PARTS_OF_DAYS)


_IN_THE = ["in", "the"]
_PARTS_OF_DAYS = frozenset(
    {"afternoon", "bedtime", "breakfast", "dinner", "dinnertime", "evening", "lunch", "lunchtime",
     "midday", "morning", "night", "noon", "tea", "teatime"}
)  # fmt: skip


def is_weight(words: Words, last: int) -> bool:
    """As in "fifty kilo bags", before ``last``: the measure, which spells a K elsewhere."""
    kilo = last > 1 and words.words[last - 1] == "kilo" and words.kinds[last - 2] & NUMERAL
    spelt = last >= len(words.words) or words.kinds[last] & (NUMERAL | LETTER | NATO | SKIP)
    return bool(kilo) and not spelt and words.gap(last) == SPACE


def _is_counted(words: Words, last: int) -> bool:
    """As in "five buckets", "forty-three trestle tables"; never the name of a street."""
    for token in range(last, min(last + _FIGURES, len(words.words))):
        word, kind = words.words[token], words.kinds[token]
        other = kind & (NUMERAL | SCALE | LETTER | SKIP) or (words.cased and words.capital(token))
        if other or words.gap(token) not in (SPACE, HYPHEN):
            return False
        if is_plural(word):
            return not any(each & STREET for each in words.kinds[token : token + _FIGURES])
        if word in _SMALL or "'" in word:
            return False
    return False


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural of things: "rows", no "was", "this", "yes"."""
    ends = len(word) >= _SHORTEST_PLURAL and word[-1] == "s" and word[-2] not in "su'i"
    return ends and word not in _NO_PLURALS
