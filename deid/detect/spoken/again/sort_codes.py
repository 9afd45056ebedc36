"""Sort codes and account numbers where payment is spoken of, without their own words.

"Shall we do it by bank?" / "Bank. 20-46-73." / "Mm-hm." / "And 90, 44 17, 58."; "he's sent his
bank" / "Eighty, twenty-two, sixty. And double oh one four, ...". Three pairs that stand alone, and
the seven or eight digits after them. Never a date, a pressure, or pairs that no account follows.
"""

from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.again.dictated import ended, led
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import SCALE, TEEN, TENS, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.detect.spoken.heard.words import HYPHEN
from deid.transcript import EntityType

_BANK = EntityType.BANK_ACCOUNT
_SORT, _ACCOUNT, _PAIR, _TALK, _APART, _MOST_LINES, _AHEAD = 6, (7, 8), 2, 80, 24, 4, 3
_CLAIM = ("spoken-numbers", "sort-code")
_TO = frozenset({"account", "bank", "code", "into", "to"})
_PAYING = frozenset(data("context")["paying_talk"])


def sort_codes(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for such codes and accounts that ``hits`` do not cover."""
    if _PAYING.isdisjoint(reading.words.words):
        return
    taken, segments = covered(reading, hits), reading.segments
    for place, code in enumerate(segments):
        if _in_one_breath(reading, code) and not all(taken[code.first : code.last]):
            yield reading.hit(code.first, code.last, _BANK, 0.75, _CLAIM)
        if len(code.chars) != _SORT or not _is_told(reading, code) or not _is_paid(reading, code):
            continue
        account = next(
            (
                each
                for each in segments[place + 1 : place + 1 + _AHEAD]
                if len(each.chars) in _ACCOUNT and _is_told(reading, each)
            ),
            None,
        )
        near = account is not None and _is_near(reading, code, account)
        if not near and not _is_hyphened(reading, code):
            continue
        for each in (code, account) if near and account is not None else (code,):
            if not all(taken[each.first : each.last]):
                yield reading.hit(each.first, each.last, _BANK, 0.7, _CLAIM)


def _in_one_breath(reading: Reading, segment: Segment) -> bool:
    """As in "forty thirty twelve then six six oh one double nine two eight"."""
    if len(segment.chars) - _SORT not in _ACCOUNT or not _is_told(reading, segment):
        return False
    words, pairs = reading.words, _SORT // _PAIR
    kinds = words.kinds[segment.first : segment.first + pairs]
    figures = words.words[segment.first : segment.first + pairs]
    said = all(kind & (TEEN | TENS) for kind in kinds)
    written = all(figure.isdecimal() and len(figure) == _PAIR for figure in figures)
    return (said or written) and _is_paid(reading, segment)


def _is_told(reading: Reading, segment: Segment) -> bool:
    """Digits alone in their clause, no amount."""
    if segment.quantity or not segment.chars.isdigit():
        return False
    if any(kind & SCALE for kind in reading.words.kinds[segment.first : segment.last]):
        return False
    to = segment.first > 0 and reading.words.words[segment.first - 1] in _TO
    return (to or led(reading, segment.first)) and ended(reading, segment.last)


def _is_paid(reading: Reading, code: Segment) -> bool:
    return not _PAYING.isdisjoint(reading.words.words[max(0, code.first - _TALK) : code.first])


def _is_near(reading: Reading, code: Segment, account: Segment) -> bool:
    lines = reading.lines_between(code.last - 1, account.first)
    return account.first - code.last <= _APART and lines <= _MOST_LINES


def _is_hyphened(reading: Reading, code: Segment) -> bool:
    """Whether it is written in three pairs: "20-46-73"."""
    words = reading.words
    pairs = [words.words[token] for token in range(code.first, code.last)]
    joined = all(words.gap(token) == HYPHEN for token in range(code.first + 1, code.last))
    return joined and [len(pair) for pair in pairs] == [_PAIR] * (_SORT // _PAIR)
