"""The half of an identifier that is all that somebody knows: "it begins SM57, I can't read on".

Asked for an identifier, people give its beginning or its end and say which it is. What stands bare
behind "it starts", "the last four are", "all I can remember is" is a part of it. Never without the
question, and never an amount ("it starts at nine", "the last two years").
"""

from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.again.groups import Group
from deid.detect.spoken.again.wholes import SORTS, Sort
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import SKIP, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import STOP
from deid.transcript import EntityType

NAME = "spoken-exchanges"
_PARTS = frozenset(data("context")["half_parts"])
_BETWEEN = frozenset(data("context")["half_between"])
_SEEN = (["can", "see"], ["can", "read"], ["could", "see"], ["could", "read"])
_REACH, _LINES, _LEAD, _FEWEST, _MOST_MORE = 45, 2, 6, 3, 12


def halves(reading: Reading, said: Sequence[Group], hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for what is said of a part, as far as it goes on."""
    kinds = [kind for kind in SORTS if reading.cues.of(kind)]
    if not kinds or _PARTS.isdisjoint(reading.words.words):
        return
    taken = covered(reading, hits)
    for place, group in enumerate(said):
        if all(taken[group.first : group.last]) or not _is_part(reading, group):
            continue
        sort = SORTS[kind] if (kind := _asked(reading, group, kinds)) is not None else None
        if sort is None or sort.kind is EntityType.DATE_OF_BIRTH:
            continue
        last, chars = _all_of_it(reading, said, place)
        if _may_be(sort, chars):
            yield reading.hit(group.first, last, sort.kind, 0.65, (NAME, "half"))


def _asked(reading: Reading, group: Group, kinds: Sequence[CueKind]) -> CueKind | None:
    """The kind whose cue is nearest before, in this turn or the two before it."""
    kind = reading.cues.nearest(tuple(kinds), group.first, group.first, reach=_REACH, ahead=0)
    if kind is None:
        return None
    back = reading.cues.before(kind, group.first, reach=_REACH) or 0
    near = reading.lines_between(max(0, group.first - back - 1), group.first) <= _LINES
    return kind if near else None


def _is_part(reading: Reading, group: Group) -> bool:
    """Whether "it begins", "the last four are" and nothing else leads to a group."""
    words = reading.words
    if group.dated or not group.bare:
        return False
    for token in range(group.first - 1, max(-1, group.first - 1 - _LEAD), -1):
        if words.words[token] in _PARTS or words.words[token - 1 : token + 1] in _SEEN:
            return True
        if words.words[token] not in _BETWEEN and not words.kinds[token] & SKIP:
            return False
        if words.gap(token) == STOP:
            return False
    return False


def _all_of_it(reading: Reading, said: Sequence[Group], place: int) -> tuple[int, str]:
    """Where a group and those right behind it end, and what they say together."""
    last, chars = said[place].last, said[place].chars
    for group in said[place + 1 : place + _MOST_MORE]:
        if group.first > last or reading.lines_between(last - 1, group.first):
            break
        if group.first == last and group.bare and not group.dated:
            last, chars = group.last, chars + group.chars
    return last, chars


def _may_be(sort: Sort, chars: str) -> bool:
    """Whether the characters are of such an identifier, enough to tell and not too many."""
    fits = sort.lettered or chars.isdigit()
    return fits and _FEWEST <= len(chars) <= sort.longest and any(map(str.isdigit, chars))
