"""Ages: "I'm seventy six", "aged 40", the answer to "how old are you?". Found here, kept by policy.

The hit covers the number alone. Never a score, a dose, a duration or a price: after "I'm" the
sentence must end or go on in a way that an age allows.
"""

from collections.abc import Iterable
from itertools import pairwise

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.ages.birthdays import birthdays
from deid.detect.spoken.ages.children import is_child_of_talk
from deid.detect.spoken.ages.great import is_great
from deid.detect.spoken.ages.not_ages import is_measured, is_reading_or_year
from deid.detect.spoken.ages.told_of import is_told_of
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import UNITS, data
from deid.detect.spoken.heard.numerals import Numeral
from deid.detect.spoken.heard.reading import Reading, read
from deid.detect.spoken.heard.results import is_result
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP
from deid.transcript import EntityType

NAME = "spoken-ages"
_OLDEST, _YOUNGEST_SAID, _YOUNGEST_ASKED = 119, 13, 5  # younger: too often just a small number
_QUESTION_REACH, _QUESTION_LINES = 26, 5
_ECHO, _SCORE_REACH = 24, 4
_SCORES = frozenset(data("context")["ages_scores"])
_YEARS = frozenset({"year", "years", "yr", "yrs", "years'"})
_PERSON = frozenset(data("context")["ages_person"])
_BE = frozenset(data("context")["ages_be"])
_CONTRACTED = frozenset(["i'm", "im", "he's", "she's", "you're", "who's", "mum's", "dad's"])
_BETWEEN = frozenset(data("context")["ages_between"])
_SHALL = frozenset({"i'll", "he'll", "she'll", "he'd", "she'd", "i'd"})
_SOFT = frozenset(data("context")["ages_soft"])
_MAY_FOLLOW = frozenset(data("context")["ages_may_follow"])
_NOT_AFTER = frozenset(["percent", "per", "out", "over", "point", "to", "or", "of"]) | (
    UNITS - _YEARS
)
_SMALL = frozenset({"to", "or", "of", "out", "over", "other", "more"})
_YOUNGEST_ODD, _OLD, _AT_ONCE = 20, 60, 4
_FRACTIONS = (("and", "three", "quarters"), ("and", "a", "half"), ("and", "a", "quarter"))
_NEAR_AGE = 10
_SOMEBODY = frozenset(data("context")["ages_somebody"])
_MADE = frozenset({"you", "me", "him", "her"})
_AGED = frozenset({"aged", "age"})
_TOLD_OF = 0.5, "told-of"  # a door, a day or a number that is found there goes before


def find_ages(speech: Speech, *, record_cues: tuple[str, ...] = ()) -> Iterable[Hit]:
    """Ages of people, the number alone."""
    reading = read(speech.text, record_cues)
    yield from birthdays(reading)
    known: list[Numeral] = []
    for numeral in reading.numerals:
        if not 0 < numeral.value <= _OLDEST:
            continue
        found = _rule(reading, numeral, known)
        if found is not None:
            score, rule = found
            known.append(numeral)
            last = _with_rest(reading, numeral)
            yield reading.hit(numeral.first, last, EntityType.AGE, score, (NAME, rule))


def _with_rest(reading: Reading, numeral: Numeral) -> int:
    """The token after "four and three quarters", "ninety odd"; after the number otherwise."""
    words = reading.words.words
    if numeral.value >= _YOUNGEST_ODD and words[numeral.last : numeral.last + 1] == ["odd"]:
        return numeral.last + 1
    for rest in _FRACTIONS:
        if tuple(words[numeral.last : numeral.last + len(rest)]) == rest:
            return numeral.last + len(rest)
    return numeral.last


def _rule(reading: Reading, numeral: Numeral, known: list[Numeral]) -> tuple[float, str] | None:
    """Score and rule of an age; None for another number."""
    words = reading.words
    after = words.words[numeral.last : numeral.last + 3]
    gap = words.gap(numeral.last) if after else STOP
    if after and gap in (SPACE, "-") and _years_old(after):
        thing = numeral.first > 0 and words.words[numeral.first - 1] == "it's"
        return None if thing else (0.9, "years-old")
    near = words.words[max(0, numeral.first - 2) : numeral.first]
    if near[-1:] and (near[-1] in _AGED or near == ["age", "of"]):
        return 0.9, "aged"
    counted = gap == SPACE and bool(after) and after[0] in _NOT_AFTER
    if counted or _is_part_of_number(reading, numeral):
        return None
    if after[:2] == ["next", "birthday"] or (near[1:] == ["of"] and near[0] in _SOMEBODY):
        one_case = not words.cased and numeral.value >= _YOUNGEST_SAID and not counted
        ends = one_case or near[1:] != ["of"] or _ends_well(reading, numeral)
        return (0.85, "of-somebody") if ends else None
    as_old = _as_old(near, known, numeral) and numeral.value >= _OLD
    if (as_old or (near[:1] == ["makes"] and near[1] in _MADE)) and _ends_well(reading, numeral):
        return 0.85, "as-old" if as_old else "makes"
    return _by_context(reading, numeral, known, turned=near[-1:] == ["turned"])


def _as_old(near: list[str], known: list[Numeral], numeral: Numeral) -> bool:
    """As in "dad lived to ninety-one, his brother to ninety-four"."""
    after_age = bool(known) and numeral.first - known[-1].last <= _AT_ONCE
    return after_age and near[1:] == ["to"] and near[0] in _PERSON


_WEIGHED = 5


def _by_context(
    reading: Reading, numeral: Numeral, known: list[Numeral], *, turned: bool
) -> tuple[float, str] | None:
    if not _ends_well(reading, numeral):
        told = is_told_of(reading, numeral, ends=False) or is_great(reading, numeral)
        return _TOLD_OF if told else None
    put_right = bool(known) and _put_right(reading, numeral, known[-1])
    if put_right or turned or _has_years(reading, numeral):
        return 0.85, "put-right" if put_right else "turned"
    person = _said_of_person(reading, numeral) or is_child_of_talk(reading, numeral)
    weighed = "stone" in reading.words.words[max(0, numeral.first - _WEIGHED) : numeral.first]
    person = person and not weighed  # "I was eleven stone and I'm fourteen"
    if person or is_told_of(reading, numeral, ends=True) or is_great(reading, numeral):
        return (0.8, "person-is") if person else _TOLD_OF
    fraction = _with_rest(reading, numeral) > numeral.last
    small = numeral.value < _YOUNGEST_ASKED and not fraction
    if (not small or _answers_at_once(reading, numeral)) and _asked(reading, numeral):
        return 0.85, "asked"
    near = (each for each in known[-4:] if numeral.first - each.last <= _ECHO)
    counted = _YEARS.intersection(reading.words.words[numeral.last : numeral.last + 1])
    if (
        not counted
        and numeral.value >= _YOUNGEST_SAID
        and numeral.value in {each.value for each in near}
        and not is_result(reading.words, numeral.first, str(numeral.value))
    ):
        return 0.75, "echo"
    return None


def _put_right(reading: Reading, numeral: Numeral, age: Numeral) -> bool:
    """As in "you're eighty three?" / "Eighty two.", "seventy? Seventy eight."."""
    words, apart = reading.words, numeral.first - age.last
    if not 0 <= apart <= _AT_ONCE or words.gap(numeral.first) not in (STOP, LINE, PAUSE):
        return False
    near = 0 < abs(numeral.value - age.value) < _NEAR_AGE
    last, counted = _with_rest(reading, numeral), _YEARS
    after = words.words[last] if last < len(words.words) else ""
    taken_back = words.words[numeral.first - 1] in ("no", "sorry")
    begins = words.gap(numeral.first) != PAUSE or reading.starts_turn(numeral.first) or taken_back
    return near and begins and numeral.value >= _YOUNGEST_SAID and after not in counted


def _years_old(after: list[str]) -> bool:
    if after[0] in ("yo", "y"):
        return after[0] == "yo" or after[1:2] == ["o"]
    return after[0] in _YEARS and (
        after[1:2] == ["old"] or after[1:3] == ["of", "age"] or after[1:2] == ["olds"]
    )


def _is_part_of_number(reading: Reading, numeral: Numeral) -> bool:
    """Whether a number or a sign adjoins: a range, a decimal, a fraction, money, a time."""
    words = reading.words
    text = words.folded
    start, end = words.starts[numeral.first], words.ends[numeral.last - 1]
    if text[start - 1 : start] in tuple("£$€/:.-") and start:
        return True
    tail = text[end : end + 2]
    if tail[:1] in tuple("%/:°") or (tail[:1] in (".", ",", "-") and tail[1:].isdigit()):
        return True
    after = words.words[numeral.last : numeral.last + 1]
    return tail[:1] == "-" and tail[1:2].isalpha() and after not in (["odd"], ["ish"])


def _ends_well(reading: Reading, numeral: Numeral) -> bool:
    """Whether the sentence ends after the number, or goes on as it may after an age."""
    words = reading.words
    last = _with_rest(reading, numeral)
    if last >= len(words.words):
        return True
    gap = words.gap(last)
    counted = words.words[last] in _YEARS and words.gap(last) == SPACE
    if counted:
        after = last + 1
        return words.closes(after)
    if last > numeral.last and gap == SPACE and words.words[last] in UNITS:
        return False
    if gap in (STOP, LINE, PAUSE, BREAK):
        following = words.words[last]
        counted = following in UNITS and following not in _MAY_FOLLOW | _SMALL
        return not (gap == PAUSE and counted)
    return words.words[last] in _MAY_FOLLOW and words.words[last : last + 2] != ["in", "a"]


def _said_of_person(reading: Reading, numeral: Numeral) -> bool:
    """As in "I'm, uh, fifty three", "mum was ninety", "when I was five"."""
    words = reading.words
    tokens, token = words.words, numeral.first - 1
    floor = max(0, numeral.first - 6)
    while token >= floor and tokens[token] in _SOFT:
        token -= 1
    if token < floor:
        return False
    subject = token
    if tokens[token] in _BE and token > 0:
        subject = token - 1
        while subject > floor and tokens[subject] in _BETWEEN:
            subject -= 1
    elif not _is_contracted(tokens[token]) and tokens[token] not in _SHALL:
        return False
    elif tokens[token].endswith("'d") and tokens[numeral.last : numeral.last + 1] == ["in"]:
        return False  # "I'd seventy in the queue"
    if tokens[subject].removesuffix("'s") not in _PERSON or any(
        words.gap(each) in (STOP, BREAK) for each in range(subject + 1, numeral.first + 1)
    ):
        return False
    if _scored(reading, subject) or is_measured(reading, numeral, subject):
        return False
    child = numeral.value < _YOUNGEST_SAID
    return not child or not _WHEN.isdisjoint(tokens[max(0, subject - 2) : subject])


_WHEN = frozenset({"when", "since", "until", "till", "before", "once", "after"})


def _is_contracted(word: str) -> bool:
    return word in _CONTRACTED or (word.endswith("'s") and word[:-2] in _PERSON)


def _has_years(reading: Reading, numeral: Numeral) -> bool:
    """As in "my mother has ninety one years", as speakers of many tongues say."""
    words = reading.words.words
    counted = _YEARS.intersection(words[numeral.last : numeral.last + 1])
    subject = words[max(0, numeral.first - 2) : numeral.first]
    return (
        bool(counted) and numeral.value >= _OLD and subject[1:] == ["has"] and subject[0] in _PERSON
    )


def _scored(reading: Reading, subject: int) -> bool:
    """As in "on the PHQ she was ...", "by lunchtime I'm about ...": a score, not an age."""
    words = reading.words
    for token in range(subject - 1, max(-1, subject - _SCORE_REACH - 1), -1):
        if words.gap(token + 1) in (STOP, LINE, BREAK):
            return False
        if words.words[token] in _SCORES:
            return True
    return False


def _answers_at_once(reading: Reading, numeral: Numeral) -> bool:
    """Whether it begins the answer to "how old is she?", so that a small number is an age too."""
    near = reading.cues.before(CueKind.AGE, numeral.first, reach=_AT_ONCE) is not None
    return near and reading.starts_turn(numeral.first)


def _other_question(between: list[str]) -> bool:
    """Whether something else was asked since: "how long have you been married?"."""
    return any(first == "how" and second in _COUNTING for first, second in pairwise(between))


_COUNTING = frozenset({"long", "many", "much", "often", "far"})


def _asked(reading: Reading, numeral: Numeral) -> bool:
    """Whether it answers "how old are you?", or follows talk of an age closely."""
    distance = reading.cues.before(CueKind.AGE, numeral.first, reach=_QUESTION_REACH)
    if distance is None:
        return False
    words = reading.words
    cue = words.words[numeral.first - distance - 1]
    lines = reading.lines_between(numeral.first - distance - 1, numeral.first)
    if cue in ("aged", "ages") or lines > _QUESTION_LINES:
        return False
    if _other_question(words.words[numeral.first - distance : numeral.first]):
        return False
    if is_reading_or_year(reading, numeral, _SOFT | _BE):
        return False
    lead = words.words[numeral.first - 1]
    bare = reading.starts_turn(numeral.first) or lead in _SOFT or lead in _BE or lead in _CONTRACTED
    return bare or lead == "is" or distance <= 2  # noqa: PLR2004 - "my age, sixty"
