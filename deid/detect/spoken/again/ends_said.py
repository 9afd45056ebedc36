"""What is said of an identifier's ends right beside it: "capital W", "and a B on the end".

"NI ... double two, ending in C"; "TC141633U, no sorry, A"; "L8 0JU, not J, U"; "WX12 DGT, that's D
for David, G for goat"; "hospital number No. X628276". It is the end of the number or tells it, so
that it is masked with it; never what begins another clause.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import PAUSE
from deid.transcript import EntityType

NAME = "spoken-again"
_CODES = frozenset(
    {
        EntityType.UK_NINO,
        EntityType.UK_POSTCODE,
        EntityType.UK_VEHICLE_REGISTRATION,
        EntityType.MEDICAL_RECORD,
        EntityType.STAFF_REGISTRATION,
    }
)
_KINDS = _CODES | {
    EntityType.UK_NHS,
    EntityType.UK_CHI,
    EntityType.UK_HSC,
    EntityType.PHONE_NUMBER,
    EntityType.BANK_ACCOUNT,
    EntityType.CREDIT_CARD,
}
_LED = re.compile(r"(?<!\w)(?:(?:capitals?|block capital|upper case) |no\.\s?|#)\Z")
_ENDING = re.compile(
    r",? (?:and |then |with |plus )?(?:an? |the )?(?:letter |capital )?"
    r"(?:\w(?!\w)(?: for [a-z]+)? )?(?:on|at) the end(?! of)(?!\w)"
    r"|,? (?:and )?(?:ending|ends)(?: in| with)?(?: an?| the letter)? [a-z]"
    r"(?=[,.;!?\n]|\Z| (?:is|and|on|for|as)\b)"
    r"|,? (?:and )?(?:then )?(?:the letter|capital) [a-z](?!\w)"
    r"|,? (?:(?:no|sorry|correction|i mean|oh no|or rather|not that),? ){1,3}[a-z\d]"
    r"(?=[,.;!?\n]|\Z| (?:at|on|is|and|written)\b)"
    r"|(?:,? (?:that's |it's |so |and ){0,2}(?P<letter>[a-z]) for (?P=letter)[a-z]{2,}){1,4}"
)
_ABROAD = re.compile(
    r"(?:plus|\+) ?(?:four four|44|353|three five three),? "
    r"(?:drop|without|minus|leave off|lose|not|no) (?:the )?(?:first )?\Z"
)
_BEFORE, _BEHIND, _MOST_AGAIN, _FAR = 16, 100, 6, 48


def ends_said(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """A hit over each of the hits with what is said of its ends."""
    folded = reading.words.folded
    for hit in hits:
        if hit.entity_type not in _KINDS:
            continue
        start, end = hit.start, hit.end
        if hit.entity_type in _CODES:
            led = _LED.search(folded, max(0, start - _BEFORE), start)
            start = led.start() if led else start
            while ending := _ENDING.match(folded, end, min(len(folded), end + _BEHIND)):
                end = ending.end()
            start = _begun(reading, start)
        elif abroad := _ABROAD.search(folded, max(0, start - _FAR), start):
            start = abroad.start()
        end = _not_this(reading, start, end)
        if (start, end) != (hit.start, hit.end):
            yield Hit(start, end, hit.entity_type, hit.score, NAME, "end-said")


def _begun(reading: Reading, start: int) -> int:
    """Where "B, B, B1 8RE" begins."""
    words = reading.words
    first = bisect_left(words.starts, start)
    letter = words.words[first][0]
    while first > 0 and words.words[first - 1] == letter and words.gap(first) == PAUSE:
        first -= 1
    return min(start, words.starts[first])


def _not_this(reading: Reading, start: int, end: int) -> int:
    """The end of "not J, U" where "U" is what the identifier ends in; ``end`` elsewhere."""
    words = reading.words
    last = bisect_left(words.starts, end)
    if words.words[last : last + 1] != ["not"]:
        return end
    first = bisect_left(words.starts, start)
    for size in range(1, min(_MOST_AGAIN, last - first) + 1):
        again = last + 1 + size
        if words.words[again : again + size] == words.words[last - size : last]:
            return words.ends[again + size - 1]
        tail = "".join(words.words[again : again + size])
        if tail and words.words[last - 1].endswith(tail) and size == 1:
            return words.ends[again]
    return end
