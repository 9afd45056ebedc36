"""How a number is laid out, which is no part of it: "in a three, a three and a four", "ten digits".

Never a digit that goes on: the first of a layout ends its clause, and a count that is said back
opens its turn.
"""

from deid.detect.spoken.heard.lexicon import DIGIT
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE

_PARTED, _COUNTED = ["in", "a"], frozenset({"numbers", "digits", "figures"})


def is_layout(reading: Reading, first: int, last: int) -> bool:
    """As in "is it ten numbers?" / "Ten, yes, in a three, a three and a four"."""
    words = reading.words
    before = words.words[max(0, first - 2) : first]
    if before == _PARTED:
        return bool(words.kinds[first] & DIGIT) and words.closes(first + 1)
    counted = before[1:] and before[1] in _COUNTED and words.words[first] == before[0]
    return bool(counted) and last == first + 1 and words.gap(first) == LINE
