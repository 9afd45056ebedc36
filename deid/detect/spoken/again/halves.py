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

NAME = "spoken-exchanges"
_PARTS = frozenset(data("context")["half_parts"])
_BETWEEN = frozenset(data("context")["half_between"])
_SEEN = (["can", "see"], ["can", "read"], ["could", "see"], ["could", "read"])
_SHOWN = frozenset({"see", "read"})
_REST = frozenset(data("context")["half_rest"])
_REACH, _LINES, _LEAD, _FEWEST, _MOST_MORE, _BEHIND = 45, 2, 6, 3, 12, 9


def halves(reading: Reading, said: Sequence[Group], hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for what is said of a part, as far as it goes on."""
    kinds = [kind for kind in SORTS if reading.cues.of(kind)]
    if not kinds or (_PARTS | _SHOWN | _REST).isdisjoint(reading.words.words):
        return
    taken = covered(reading, hits)
    for place, group in enumerate(said):
        if all(taken[group.first : group.last]):
            continue
        cut_off = _is_cut_off(reading, group)
        if not (cut_off or _is_part(reading, group)):
            continue
        kind = _asked(reading, group, kinds)
        if kind is None or kind is CueKind.BIRTH:
            continue
        sort = SORTS[kind]
        last, chars = _all_of_it(reading, said, place)
        at_once = reading.lines_between(_asked_at(reading, kind, group), group.first) <= 1
        if _may_be(sort, chars, _FEWEST - at_once):
            yield reading.hit(group.first, last, sort.kind, 0.65, (NAME, "half"))


def _asked(reading: Reading, group: Group, kinds: Sequence[CueKind]) -> CueKind | None:
    """The kind whose cue is nearest before, in this turn or the two before it."""
    kind = reading.cues.nearest(tuple(kinds), group.first, group.first, reach=_REACH, ahead=0)
    if kind is None:
        return None
    near = reading.lines_between(_asked_at(reading, kind, group), group.first) <= _LINES
    return kind if near else None


def _asked_at(reading: Reading, kind: CueKind, group: Group) -> int:
    """The last token of the cue before a group."""
    back = reading.cues.before(kind, group.first, reach=_REACH) or 0
    return max(0, group.first - back - 1)


def _is_cut_off(reading: Reading, group: Group) -> bool:
    """As in "One, and the rest's rubbed off", "8 7 3 and then it's been folded" as an answer."""
    words = reading.words
    behind = words.words[group.last : group.last + _BEHIND]
    told = not _REST.isdisjoint(behind) and not reading.lines_between(
        group.last - 1, group.last + len(behind) - 1
    )
    seen = words.words[group.first - 2 : group.first] in _SEEN
    return told and not group.dated and (seen or reading.starts_turn(group.first))


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


def _may_be(sort: Sort, chars: str, fewest: int) -> bool:
    """Whether the characters are of such an identifier, enough to tell and not too many."""
    fits = sort.lettered or chars.isdigit()
    return fits and fewest <= len(chars) <= sort.longest and any(map(str.isdigit, chars))
