"""Health, telephone and account numbers in figures as they are printed, whatever stands beside.

The normaliser joins figures over spaces, commas, tabs and "and", because people say numbers in
pieces; so "bed 4, 999 000 0018" or two cells of a table are one run to it, of no valid length. What
is written as these numbers are printed is found here by itself.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.heard.checks import (
    FREEPHONE,
    is_valid_health,
    is_valid_phone,
    region,
)
from deid.detect.spoken.numbers.american import american_numbers
from deid.transcript import EntityType

NAME = "spoken-written"
_HEALTH = re.compile(r"(?<!\d)(\d{3})([ .\-\u2013|:\u00b7]?)(\d{3})\2(\d{4})(?!\d)")
_AS_FIGURES = re.compile(r"(?<![^\W_])(?:[\dO]*\d[\dO]*|OO+)(?![^\W_])")
"""Figures with the letter O for a nought: "999 OOO OO18"."""
_EXTENSION = re.compile(r"[ ,]{0,2}(?:#|x) ?\d{2,6}(?!\d)")
_BORN = re.compile(
    r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[ -]\d{4}(?=[,.;?!\n]|\Z)(?![,.]\d)"
)
"""A birth date and four figures, as a CHI number is printed."""
_ACCOUNT = re.compile(r"(?<!\d)\d{2}-\d{2}-\d{2}[ \t,;]{1,3}\d{8}(?!\d)")
_DIALLED = re.compile(r"(?<![\d+])(?:\+44|0044|\(?0\d{2,10})")
_GROUP = re.compile(r"(?:\(0\))?[ .\-\u2013()|:\u00b7]{0,3}(\d+)")
_LENGTHS, _PRINTED = (10, 11), {(5, 6), (4, 3, 4), (3, 4, 4), (3, 8), (4, 7), (5, 3, 3), (11,)}


def written_numbers(speech: Speech, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Those that no hit covers; a telephone number only with its area and in a valid length."""
    abroad = list(american_numbers(speech.text))
    yield from abroad
    known = sorted((*hits, *abroad), key=lambda hit: hit.start)
    starts = [hit.start for hit in known]
    reached = list(accumulate((hit.end for hit in known), max))
    for hit in (*_written(speech.text), *_extensions(speech.text, known)):
        before = bisect_right(starts, hit.start)
        if not before or reached[before - 1] < hit.end:
            yield hit


def _extensions(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """As in "020 7946 0282 #5748"."""
    for hit in hits:
        match = hit.entity_type is EntityType.PHONE_NUMBER and _EXTENSION.match(text, hit.end)
        if match:
            yield Hit(*match.span(), EntityType.PHONE_NUMBER, 0.8, NAME, "extension")


def _written(said: str) -> Iterator[Hit]:
    text = _AS_FIGURES.sub(lambda match: match.group().replace("O", "0"), said)
    for match in _HEALTH.finditer(text):
        digits = "".join(match.group(1, 3, 4))
        if is_valid_health(digits):
            score = 0.85 if match[2] else 0.75
            yield Hit(*match.span(), region(digits), score, NAME, "valid")
    for match in _BORN.finditer(text):
        yield Hit(*match.span(), EntityType.UK_CHI, 0.7, NAME, "born")
    for match in _ACCOUNT.finditer(text):
        yield Hit(*match.span(), EntityType.BANK_ACCOUNT, 0.8, NAME, "sort-code")
    for start, end in _phones(text):
        yield Hit(start, end, EntityType.PHONE_NUMBER, 0.85, NAME, "phone")


def _phones(text: str) -> Iterator[tuple[int, int]]:
    """Half-open offsets of UK telephone numbers in figures."""
    free = 0
    for match in _DIALLED.finditer(text):
        end = _phone_end(text, match)
        if end is not None and match.start() >= free:
            yield match.start(), end
            free = end


def _phone_end(text: str, begun: re.Match[str]) -> int | None:
    """Where the number ends: the longest valid run of its groups, or one grouped as printed."""
    first = begun.group().lstrip("(")
    abroad = not first.startswith("0") or first.startswith("0044")
    digits, groups = ("0", []) if abroad else (first, [len(first)])
    end, best = begun.end(), None
    while len(digits) <= _LENGTHS[1]:
        dialled = len(digits) in _LENGTHS and not digits.startswith(FREEPHONE)
        if dialled and (tuple(groups) in _PRINTED or is_valid_phone(digits)):
            best = end
        group = _GROUP.match(text, end)
        if group is None:
            break
        said = group[1].removeprefix("0") if digits == "0" else group[1]
        digits, end = digits + said, group.end()
        groups.append(len(said))
    return best
