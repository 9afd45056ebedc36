"""Dates of birth that no month's name gives away: all numbers, a bare year, or given in pieces.

"Date of birth?" / "oh nine, two, eighty-three"; "born in nineteen ninety one", "born in London, in
the Royal, in 1953"; "the fifth of April" / "and the year?" / "seventy three". Works near a birth
cue only.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.dates.years_of_others import is_another
from deid.detect.spoken.heard.cues import Cue, CueKind
from deid.detect.spoken.heard.lexicon import FIGURE, MONTH, NUMERAL, ORDINAL, UNITS
from deid.detect.spoken.heard.numerals import Numeral, day_at, ordinal_at, year_at
from deid.detect.spoken.heard.reading import Reading, read
from deid.detect.spoken.heard.stretches import Stretch
from deid.detect.spoken.heard.words import BREAK, LINE, SPACE, STOP, Words
from deid.transcript import EntityType

NAME = "spoken-dates"
_REACH, _MOST_LINES, _YEAR_REACH = 25, 5, 12
_FEWEST, _MOST, _FEWEST_ANEW = 3, 10, 4
_LONGEST_ASKED, _FEWEST_ASKED = 16, 4
_OF_DATES = frozenset({"birth", "birthday", "born", "year", "month", "day", "date", "dob", "b"})
_LONGEST_PLACE, _EARLIEST = 3, 1900
_OF_OTHERS, _CLOSE = frozenset({"many", "where", "was", "were"}), 4
_SHORT_CUES = frozenset({"born", "birthday"})
OTHER = (
    CueKind.NHS,
    CueKind.PHONE,
    CueKind.POSTCODE,
    CueKind.ADDRESS,
    CueKind.RECORD,
    CueKind.AGE,
)


def find_births(speech: Speech, *, record_cues: tuple[str, ...] = ()) -> Iterable[Hit]:
    """Dates of birth in numbers alone, years after "born", the pieces of a divided answer."""
    reading = read(speech.text, record_cues)
    cues = reading.cues.of(CueKind.BIRTH)
    if not cues:
        return
    yield from _all_numbers(reading)
    for cue in cues:
        yield from _bare_year(reading, cue)
        yield from _told_after(reading, cue)
        yield from _pieces(reading, cue)


def _all_numbers(reading: Reading) -> Iterator[Hit]:
    yield from _said_anew(reading)
    for stretch in reading.stretches:
        if not _FEWEST <= len(stretch.chars) <= _MOST or not stretch.chars.isdigit():
            continue
        if (
            stretch.quantity
            or _vague(reading, stretch.last)
            or not _asked(reading, stretch)
            or is_another(reading, stretch)
        ):
            continue
        plain = plausible(stretch.chars) or plausible(stretch.chars[-8:])
        score, rule = (0.9, "birth-numbers") if plain else (0.7, "birth-numbers-odd")
        if len(stretch.chars) == _FEWEST and not plain:
            continue
        yield reading.hit(
            stretch.first, stretch.last, EntityType.DATE_OF_BIRTH, score, (NAME, rule)
        )


def _vague(reading: Reading, last: int) -> bool:
    """As in "nineteen sixty-something": no year."""
    return reading.words.words[last : last + 1] == ["something"]


def _said_anew(reading: Reading) -> Iterator[Hit]:
    """Days said more than once in one run: put right ("scrub that"), or read back at once."""
    ends = {stretch.first: stretch for stretch in reading.stretches if len(stretch.chars) > _MOST}
    asked: Stretch | None = None
    for segment in reading.segments:
        asked = ends.get(segment.first) or (
            asked if asked is not None and segment.last <= asked.last else None
        )
        if asked is None or not _asked(reading, asked) or segment.quantity:
            continue
        whole = _FEWEST_ANEW <= len(segment.chars) <= _MOST and segment.chars.isdigit()
        if whole and plausible(segment.chars):
            claim = (NAME, "birth-numbers-anew")
            yield reading.hit(segment.first, segment.last, EntityType.DATE_OF_BIRTH, 0.8, claim)


def _asked(reading: Reading, stretch: Stretch) -> bool:
    """Whether a birth cue is the nearest before it, "born" only when it follows at once."""
    distance = reading.cues.before(CueKind.BIRTH, stretch.first, reach=_REACH)
    if distance is None:
        return reading.cues.after(CueKind.BIRTH, stretch.last, reach=4) is not None
    cue_last = stretch.first - distance
    if reading.lines_between(cue_last - 1, stretch.first) > _MOST_LINES:
        return False
    short = _SHORT_CUES.intersection(reading.words.words[max(0, cue_last - 2) : cue_last])
    if short and distance > 3:  # noqa: PLR2004
        return False
    return reading.cues.nearest(OTHER, stretch.first, stretch.last, reach=distance, ahead=0) is None


def plausible(digits: str) -> bool:
    """Whether the digits can be cut into day, month and year, in any order."""
    for year_size in (4, 2):
        rest = len(digits) - year_size
        if not 2 <= rest <= 4:  # noqa: PLR2004 - day and month have one or two digits each
            continue
        for head in (digits[year_size:], digits[:-year_size]):
            for cut in range(max(1, rest - 2), min(2, rest - 1) + 1):
                parts = sorted((int(head[:cut]), int(head[cut:])))
                if 1 <= parts[0] <= 12 and parts[1] <= 31:  # noqa: PLR2004 - months, days
                    return True
    return False


def _bare_year(reading: Reading, cue: Cue) -> Iterator[Hit]:
    """As in "born in nineteen ninety one", "born in fifty eight"; the month before it too."""
    words = reading.words
    token, _ = words.skip(cue.last)
    tokens = words.words
    if token < len(tokens) and tokens[token] in ("in", "is", "was", "back", "it's", "about"):
        token, _ = words.skip(token + 1)
    if token < len(tokens) and tokens[token] in ("in", "it's"):
        token, _ = words.skip(token + 1)
    year = year_at(words, token, short=True) if token < len(tokens) else None
    if year is None and tokens[token - 1] == "in":
        year = _after_place(reading, token)
    if year is None or (
        year.last < len(tokens) and words.gap(year.last) == SPACE and tokens[year.last] in UNITS
    ):
        return
    if _vague(reading, year.last) or ordinal_at(words, token):
        return  # "twenty-first"
    yield reading.hit(year.first, year.last, EntityType.DATE_OF_BIRTH, 0.85, (NAME, "birth-year"))


def _told_after(reading: Reading, cue: Cue) -> Iterator[Hit]:
    """The year behind places: "born in London in Whitechapel Hospital in 1953".

    Also what the listener asks back in a turn of its own: "that was in 1927, wasn't it?".
    """
    words = reading.words
    if "born" not in words.words[cue.first : cue.last]:
        return
    lines = 0
    for token in range(cue.last, min(len(words.words) - 1, cue.last + _TOLD_REACH)):
        lines += words.gap(token) == LINE
        word = words.words[token]
        back = lines and token > 1 and words.words[token - 2 : token] in _THAT_WAS
        goes_on = word == "and" and words.words[token + 1] not in _RAISED
        if not lines and (word in _CLAUSE or goes_on or words.gap(token) in (STOP, BREAK)):
            lines = 1
        if lines > _LINES_BACK or word != "in" or not (back or lines == 0):
            continue
        year = year_at(words, token + 1, short=False)
        if year is not None and year.value >= _EARLIEST:
            claim = (NAME, "birth-year-told")
            yield reading.hit(year.first, year.last, EntityType.DATE_OF_BIRTH, 0.8, claim)
            return


_TOLD_REACH, _LINES_BACK = 40, 4
_THAT_WAS = (["that", "was"], ["was", "that"], ["it", "was"])
_RAISED = frozenset({"brought", "bred", "raised", "reared", "grew"})
_CLAUSE = frozenset(
    {"i", "we", "you", "he", "she", "it", "they", "that", "which", "who", "where", "when", "but",
     "because", "so", "died", "moved", "was", "were", "had", "closed", "opened", "built", "came",
     "went", "started", "until", "till", "before", "after", "then", "married", "there's", "it's"}
)  # fmt: skip


def _after_place(reading: Reading, token: int) -> Numeral | None:
    """The year of "born in Liverpool, nineteen twenty four": four digits, right after the place."""
    words = reading.words
    for size in range(1, _LONGEST_PLACE + 1):
        at = token + size
        if at >= len(words.words) or (words.gap(at - 1) in (LINE, BREAK) and size > 1):
            return None
        year = year_at(words, at, short=False)
        if year is not None:
            return year if year.value >= _EARLIEST else None
    return None


def _pieces(reading: Reading, cue: Cue) -> Iterator[Hit]:
    """What is left over when the answer comes in turns: a lone month, day or year."""
    words = reading.words
    if words.words[cue.last - 1] in _SHORT_CUES and not _ends_question(reading, cue):
        return
    token, lines = cue.last, 0
    limit = min(len(words.words), cue.last + _REACH + _YEAR_REACH)
    while token < limit and lines <= _MOST_LINES:
        lines += token > 0 and words.gap(token) == LINE
        if words.kinds[token] & (NUMERAL | ORDINAL | MONTH) and reading.starts_turn(
            _lead(reading, token)
        ):
            last = _piece_end(reading, token)
            if last > token and not _asked_else(reading, token):
                yield reading.hit(token, last, EntityType.DATE_OF_BIRTH, 0.7, (NAME, "birth-piece"))
                token = last
                continue
        token += 1


def _ends_question(reading: Reading, cue: Cue) -> bool:
    """As in "And born?" / "The second." / "Go on." / "Then it's December."."""
    words, last = reading.words, cue.last
    asked = last < len(words.words) and words.gap(last) == LINE and "?" in words.between(last)
    return asked and _OF_OTHERS.isdisjoint(words.words[max(0, cue.first - _CLOSE) : cue.first])


def _asked_else(reading: Reading, token: int) -> bool:
    """Whether a plain number answers another question: "how many points are on it?" / "Three."."""
    words, turn = reading.words, _lead(reading, token)
    if _is_told_to_say(words, turn, token):
        return True
    if words.kinds[token] & (ORDINAL | MONTH) or "?" not in words.between(turn):
        return False
    first = turn - 1
    while first > 0 and words.gap(first) != LINE and turn - first < _LONGEST_ASKED:
        first -= 1
    dated = any(kind & (MONTH | ORDINAL) for kind in words.kinds[first:turn])
    asked = words.words[first:turn]
    other = _OF_DATES.isdisjoint(asked) or ("year", "did") in pairwise(asked)
    return len(asked) >= _FEWEST_ASKED and not dated and other


def _is_told_to_say(words: Words, turn: int, token: int) -> bool:
    """As in "open wide and say ninety-nine" / "Ninety-nine.", no "did you say ninety-nine?"."""
    return any(
        words.words[at] == "say" and words.words[at + 1] == words.words[token]
        for at in range(max(0, turn - _LONGEST_ASKED), turn - 1)
        if not at or words.words[at - 1] != "you"
    )


def _lead(reading: Reading, token: int) -> int:
    words = reading.words
    while (
        token > 0
        and words.gap(token) != LINE
        and words.words[token - 1] in ("the", "of", "it's", "in")
    ):
        token -= 1
    return token


def _piece_end(reading: Reading, token: int) -> int:
    """The token after a turn that is nothing but a day, a month or a year; else ``token``."""
    words = reading.words
    last = token
    ranked = ordinal_at(words, token)
    if words.kinds[token] & MONTH:
        last = token + 1
    elif found := ranked or year_at(words, token, short=True) or day_at(words, token):
        last = found.last
    after, _ = words.skip(last)
    ends = after >= len(words.words) or words.gap(after) in (LINE, BREAK)
    ends = ends or (ranked is not None and words.gap(last) == STOP)
    ended = ends or (last < len(words.words) and words.gap(last) == LINE)
    single = words.kinds[token] & FIGURE and len(words.words[token]) > 4  # noqa: PLR2004 - a year
    cried = last == token + 1 and words.words[token] in ("oh", "o")
    return last if ended and not single and not cried else token
