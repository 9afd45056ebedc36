"""Dates of birth said to check who somebody is, though nobody asked for one.

"Maureen Dodds, nineteen six seventy-six, is that you?"; "are you nine nine thirty nine"; "I've a
Janet Beddoes here, six, two, forty-two?" / "That's her." Day, month and year in numbers, all of
their clause, behind a name, "are you" or "it says", and told to be somebody's by what stands after
them or by the answer; or by a whole name in a sentence of its own ("Ann Webb. Two, four, fifty").
Never a score, a dose, a sum or sizes, which nobody answers "that's me".
"""

from collections.abc import Iterator
from itertools import pairwise

from deid.detect.speech import Hit
from deid.detect.spoken.dates.day_first import day_and_month
from deid.detect.spoken.heard.lexicon import NATO, NUMERAL, ORDINAL, data
from deid.detect.spoken.heard.numerals import Numeral, numeral_at, year_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, HYPHEN, LINE, PAUSE, SPACE, STOP, Words
from deid.detect.words.cues import roles
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

_CONTEXT = data("context")
_ASKED, _SAYS = frozenset(_CONTEXT["checked_asking"]), frozenset(_CONTEXT["checked_says"])
_BESIDE = frozenset(_CONTEXT["checked_beside"])
_IS_YOU, _IS_RIGHT = frozenset(_CONTEXT["checked_is_you"]), frozenset(_CONTEXT["checked_is_right"])
_ITS_ME, _YES = frozenset(_CONTEXT["checked_its_me"]), frozenset(_CONTEXT["checked_yes"])
_BETWEEN = _BESIDE | {"the", "er", "erm", "um", "uh"}
_THE_DATE = frozenset({"the date is", "the date's", "my date is", "her date is", "his date is"})
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mister", "missus", "dr", "doctor"})
_INTRODUCING = frozenset(_CONTEXT["birth_name_leads"])
_READINGS = frozenset(_CONTEXT["runs_not_ours"])
_AMOUNTS = frozenset(_CONTEXT["checked_amounts"])
_LONGEST, _TALK, _ANSWER, _LISTED, _SURE, _NO_WORD = 5, 12, 14, 2, 5, 35
_STRIP, _NAMES, _FULL, _WHICH, _PARTS, _CENTURY, _DAY_AND_MONTH = 3, 3, 2, 4, 3, 100, 2


def births_checked(reading: Reading, *, reference_year: int) -> Iterator[Hit]:
    """Hits for such dates, each from its day to its year."""
    words, found = reading.words, 0
    for first in (token for token, kind in enumerate(words.kinds) if kind & (NUMERAL | ORDINAL)):
        joined = first > 0 and words.kinds[first - 1] & NUMERAL and words.gap(first) != STOP
        begin = first - _begun(words, first)
        if first < found or (joined and words.gap(first) != LINE and begin == first):
            continue
        year = year_after(words, first)
        last = year.last if year is not None else 0
        grown = year is not None and is_grown(words, first, year, reference_year)
        if last and _is_somebodys(words, begin, last, found, grown=grown):
            yield reading.hit(
                begin, last, EntityType.DATE_OF_BIRTH, 0.75, ("spoken-dates", "checked")
            )
            found = last


def year_after(words: Words, first: int) -> Numeral | None:
    """The year behind a day and month from one token on; None where they do not stand there."""
    place = day_and_month(words, first)
    if not place:
        return None
    place, corrected = words.skip(place)
    near = place < len(words.words) and words.gap(place) in (PAUSE, SPACE, HYPHEN)
    return year_at(words, place, short=True) if near and not corrected else None


def _begun(words: Words, first: int) -> int:
    """How many tokens of a date were said before it, as in "one one, one one eighty-five"."""
    begin = first - _DAY_AND_MONTH
    again = begin >= 0 and words.words[begin:first] == words.words[first : first + _DAY_AND_MONTH]
    return _DAY_AND_MONTH if again and words.gap(first) in (PAUSE, BREAK) else 0


def _is_somebodys(words: Words, first: int, last: int, found: int, *, grown: bool) -> bool:
    """Whether what stands around a date tells whose; the one found before ends at ``found``."""
    lead = _lead(words, first, found)
    end = _past(words, last, _BESIDE)
    tail = _past(words, end, _IS_YOU)
    if tail > end and (words.closes(tail) or words.closes(tail + 1)):  # "is that you, love?"
        return True
    tail = _past(words, end, _IS_RIGHT)
    told = tail > end and words.closes(tail)
    if not lead or not (told or words.closes(end) or words.words[end] == "or"):
        return False
    me, yes = _answered(words, tail, _ITS_ME), _answered(words, tail, _YES)
    if lead == "name":
        whole = grown and not is_other_talk(words, first, end) and _introduces(words, first, last)
        return told or me or _asks(words, end) or whole
    if is_other_talk(words, first, end):
        return False
    if lead in ("are you", "the date is"):
        return told or me or grown
    return me or (lead == "says" and grown and told and yes)


def _lead(words: Words, first: int, found: int) -> str:
    """What a date stands behind: a "name", "are you", "says", "the date is"; "begins", or ""."""
    end = first
    for _ in range(_STRIP):
        end = _before(words, end, _BETWEEN)
    asked = _before(words, end, _ASKED) < end
    if asked or (found and end - 1 == found and words.words[found] == "or"):
        return "are you"  # "are you six, two, forty-two or six, two, forty-three?"
    if _before(words, end, _THE_DATE) < end:
        return "the date is"
    if _before(words, end, _SAYS) < end:
        return "says"
    which = words.gap(end) == LINE and "which" in words.words[max(0, end - _WHICH) : end]
    if (which or words.gap(end) != LINE) and _is_named(words, end):  # "Which David Lloyd?"
        return "name"
    return "begins" if not first or words.gap(first) in (STOP, LINE, BREAK, PAUSE) else ""


def _is_named(words: Words, end: int) -> bool:
    """Whether a name ends before a token: "Janet Beddoes", "Mrs Ali", "Joan"; none of a thing."""
    names = list(_name(words, end))
    entries = [lexicon().entry(words.words[token]) for token in names]
    if not names or all(words.kinds[token] & NATO for token in names):
        return False
    if words.words[names[-1] - 1] in _TITLES:
        return True
    plain = 0 < entries[0].tier < _NO_WORD
    given = entries[-1].given if plain else max(entry.given for entry in entries)
    alone = len(names) == 1 and entries[0].tier == 0
    return given >= (_SURE if alone or plain else _LISTED) and (alone or len(names) >= _FULL)


def _name(words: Words, end: int) -> Iterator[int]:
    """The tokens right before one that may be a name's, last first; only the last a word too."""
    for token in range(end - 1, max(-1, end - 1 - _NAMES), -1):
        entry = lexicon().entry(words.words[token])
        surname = words.cased and token == end - 1
        plain = 0 < entry.tier < _NO_WORD and not surname
        capital = words.capital(token) if words.cased else entry.name > 0
        if not capital or plain or words.words[token] in _TITLES or "'" in words.words[token]:
            return
        if token < end - 1 and words.gap(token + 1) not in (SPACE, HYPHEN):
            return
        yield token


def _introduces(words: Words, first: int, last: int) -> bool:
    """Whether a whole name and the date tell who somebody is: "it's Linda Spratt, four, nine".

    Without capitals only where they end a turn; so does "my husband Joe".
    """
    names = list(_name(words, first))
    if not names:
        return False
    begin, ends = names[-1], last >= len(words.words) or words.gap(last) == LINE
    titled = words.words[begin - 1] in _TITLES and begin > 0
    if len(names) + titled < _FULL:
        return ends and begin > 0 and words.words[begin - 1] in roles().family
    opens = begin == 0 or words.gap(begin) in (LINE, STOP)
    led = opens or words.words[begin - 1] in _INTRODUCING
    if words.gap(first) == STOP:
        return led and (ends or words.gap(last) == STOP)
    return led or (words.gap(first) in (PAUSE, LINE) if words.cased else ends)


def is_other_talk(words: Words, first: int, end: int) -> bool:
    """Whether readings or scores are spoken of, or the sentence is of amounts."""
    begin = first
    while begin > 0 and first - begin < _TALK and words.gap(begin) not in (STOP, LINE, BREAK):
        begin -= 1
    amounts = not _AMOUNTS.isdisjoint(words.words[begin:end])
    return amounts or not _READINGS.isdisjoint(words.words[max(0, first - _TALK) : end])


def is_grown(words: Words, first: int, year: Numeral, reference_year: int) -> bool:
    """Whether the year is no child's, and the three numbers do not go up by steps."""
    values, token = [], first
    while token < year.first:
        numeral = numeral_at(words, token)
        values += [numeral.value] if numeral else []
        token = numeral.last if numeral else token + 1
    values.append(year.value)
    steps = {later - earlier for earlier, later in pairwise(values)}
    counts = len(values) >= _PARTS and len(steps) == 1
    latest = reference_year if year.value >= _CENTURY else _CENTURY - 1
    return not counts and reference_year % _CENTURY < year.value <= latest


def _asks(words: Words, end: int) -> bool:
    """Whether a question mark stands before a token."""
    return "?" in (words.between(end) if end < len(words.words) else words.text[words.ends[-1] :])


def _answered(words: Words, token: int, said: frozenset[str]) -> bool:
    """Whether the next turn begins with one of some answers, behind a "yes" or not."""
    near = range(token, min(len(words.words), token + _ANSWER))
    turn = next((each for each in near if words.gap(each) == LINE), None)
    if turn is None:
        return False
    return any(_past(words, place, said) > place for place in (turn, _past(words, turn, _YES)))


def _past(words: Words, token: int, said: frozenset[str]) -> int:
    """The token after the longest of some phrases that begins at one; else that one."""
    for size in range(min(_LONGEST, len(words.words) - token), 0, -1):
        if " ".join(words.words[token : token + size]) in said:
            return token + size
    return token


def _before(words: Words, token: int, said: frozenset[str]) -> int:
    """The first token of the longest of some phrases that ends before one; else that one."""
    if token and words.gap(token) in (STOP, LINE):
        return token
    for size in range(min(_LONGEST, token), 0, -1):
        if " ".join(words.words[token - size : token]) in said:
            return token - size
    return token
