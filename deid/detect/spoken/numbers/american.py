"""North American telephone numbers: of people who live, study or have family there.

"My aunt's on 719-555-0148", "(902) 555-0176", "+1 719 555 0148": in figures as they are printed
there, with an area in use; after "reach us at" also "555-0148" and "719 555 0148". Never what
adjoins further figures, a part's, a page's or a version's number, nor amounts.
"""

import re
from collections.abc import Iterator
from typing import Final

import phonenumbers

from deid.detect.speech import Hit
from deid.detect.spoken.heard.checks import is_valid_health
from deid.transcript import EntityType

NAME = "spoken-written"
_LINE: Final = r"[2-9]\d\d[ .\-\u2010-\u2013]?\d{4}(?![\w@]|[.\-/:,]\d|\u00b0|%)"
_ANY = re.compile(r"\d{3}[ .\-\u2010-\u2013]?\d{4}(?!\d)")
_PRINTED = re.compile(
    r"(?<![\w.+/:#\u00a3$\u20ac-])(?<!\d,)(?<!\d[ ])"
    rf"(?:\+1[ .\-]?\(?[2-9]\d\d\)?[ .\-\u2010-\u2013]?{_LINE}"
    r"|(?:(?<= on )|(?<= at ))[2-9]\d\d [2-9]\d\d \d{4}(?![\w@]|[.\-/:,]\d|\u00b0|%)"
    rf"|(?:1[ .\-])?\([2-9]\d\d\)[ .\-]?{_LINE}"
    r"|(?:1[.\-\u2010-\u2013 ])?[2-9]\d\d([.\-\u2010-\u2013])[2-9]\d\d\1\d{4}"
    r"(?![\w@]|[.\-/:,]\d|\u00b0|%))"
)
_CALLED = re.compile(
    r"\b(?:call|called|dial|fax|phone|reach|ring|text)\b[^.?!\n\d]{1,40}"
    r"\b(?:at|on|to) ((?:1[ \-])?(?:[2-9]\d\d[ .\-]){1,2}\d{4})(?![\w@]|[.\-/:,]\d|\u00b0|%)",
    re.IGNORECASE,
)
"""After what rings and "at", also without an area and apart by spaces."""
_BEFORE, _ROUND = re.compile(r"([a-z]+)\W{1,3}$", re.IGNORECASE), re.compile(r"(?:\d+0\W?){2,3}")
_NOT_OURS = frozenset(
    {"catalogue", "catalog", "isbn", "item", "model", "page", "pages", "part", "parts", "product"}
    | {"ratio", "sku", "version"}
)
_LONGEST_WORD, _AREA_AND_LINE = 14, 10


def american_numbers(text: str) -> Iterator[Hit]:
    """Hits for them; never for a valid health number."""
    if _ANY.search(text) is None:
        return
    for match in _PRINTED.finditer(text):
        digits = "".join(filter(str.isdigit, match.group()))[-_AREA_AND_LINE:]
        if is_american(digits) and not _counts(text, match):
            yield Hit(*match.span(), EntityType.PHONE_NUMBER, 0.8, NAME, "american")
    for match in _CALLED.finditer(text):
        if not _ROUND.fullmatch(match[1]):
            yield Hit(*match.span(1), EntityType.PHONE_NUMBER, 0.8, NAME, "american")


def is_american(digits: str) -> bool:
    """Whether ten digits can be dialled in the United States, Canada or the Caribbean."""
    if len(digits) != _AREA_AND_LINE or digits[0] in "01" or is_valid_health(digits):
        return False
    return phonenumbers.is_valid_number(phonenumbers.parse("+1" + digits))


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether the word before tells of a part or a page, or all groups are round."""
    before = _BEFORE.search(text, max(0, match.start() - _LONGEST_WORD), match.start())
    named = before is not None and before[1].lower() in _NOT_OURS
    return named or _ROUND.fullmatch(match.group()) is not None
