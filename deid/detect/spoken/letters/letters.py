"""Names spelt out: "that's S M I T H", "S-M-I-T-H", "M for mother, A, double T".

The rule: letters said singly are a spelt-out name when there are two or more and a word of naming
or spelling stands close before ("spelt", "surname", "that's"), when a name with the same first
letter does, or when each is explained ("S for sugar"); five or more are one anywhere. Known
abbreviations (M R I) never are.
"""

from collections.abc import Iterable, Iterator

from rapidfuzz.distance import Levenshtein

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import CHUNK, LETTER, MIXED, NATO, phrases
from deid.detect.spoken.heard.reading import Reading, read
from deid.detect.spoken.heard.stretches import Stretch
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP
from deid.detect.spoken.letters.hyphened import hyphened_letters
from deid.detect.spoken.letters.lessons import Lessons, abbreviations, is_everyday
from deid.detect.words.allow import allowed
from deid.detect.words.gazetteer import WEEKDAYS, lexicon
from deid.transcript import EntityType

NAME = "spoken-letters"
_REACH, _FEWEST, _LISTED, _CERTAIN, _SAID, _NEARLY = 10, 2, 4, 5, 40, 1
_BEFORE_ARTICLE = frozenset(
    {"with", "without", "has", "have", "got", "there's", "is", "not", "or", "just", "by"}
)
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def find_letters(speech: Speech, *, record_cues: tuple[str, ...] = ()) -> Iterable[Hit]:
    """Names spelt out letter by letter."""
    reading = read(speech.text, record_cues)
    yield from hyphened_letters(reading)
    lessons = Lessons(reading)
    for stretch in reading.stretches:
        if len(stretch.chars) >= _FEWEST:
            for start, end in _runs(reading, stretch):
                rule = _rule(reading, stretch, start, end)
                if rule and not lessons.hold(stretch, start, end):
                    first, last = stretch.spans[start][0], stretch.spans[end - 1][1]
                    chars = _chars(stretch, start, end)
                    last += _completes(reading, first, last, chars)
                    last = _rest(reading, _put_right(reading, last))
                    first -= _spells_before(reading, first, last)
                    first = _with_size(reading, first)
                    yield reading.hit(first, last, EntityType.PERSON, 0.8, (NAME, rule))


def _completes(reading: Reading, first: int, last: int, chars: str) -> bool:
    """Whether "a" or "i" after the letters is one: they spell a name, or it ends the list."""
    words = reading.words.words
    if len(chars) >= _LISTED and _ends_list(reading, last):
        return True
    said = f"{chars.replace('0', 'O').lower()}{words[last]}" if last < len(words) else ""
    again = said in words[max(0, first - 3) : first]
    whole = lexicon().entry(said).given > _FEW_PEOPLE and not lexicon().entry(said[:-1]).name
    return (again or whole) and said[-1:] in {"a", "i"} and len(said) > _CERTAIN


def _put_right(reading: Reading, last: int) -> int:
    """The token after letters that put the last ones right: "... a n g a, oops, i"."""
    words = reading.words
    token, corrected = words.skip(last) if last < len(words.words) else (last, False)
    end = token
    while end < len(words.words) and len(words.words[end]) == 1 and words.kinds[end] & LETTER:
        end += 1
    near = all(
        words.gap(each) in (SPACE, PAUSE) for each in range(last, min(end, len(words.words)))
    )
    return end if corrected and near and end > token and words.closes(end) else last


def _rest(reading: Reading, last: int) -> int:
    """The token after "..., then T H E R", "..., new word, A O D H A"; ``last`` without it."""
    words = reading.words
    lead = words.phrase(last, _LINKS) if last < len(words.words) else 0
    end = last + lead
    while lead and end < len(words.words) and words.gap(end) in (SPACE, PAUSE):
        spelt = words.kinds[end] & NATO or (
            words.kinds[end] & LETTER and len(words.words[end]) == 1
        )
        if not spelt:
            break
        end += 1
    near = last < len(words.words) and words.gap(last) in (SPACE, PAUSE)
    return end if near and end - last - lead >= _FEWEST else last


_LINKS = phrases(["then", "and then", "new word"])


def _ends_list(reading: Reading, last: int) -> bool:
    words = reading.words
    if last >= len(words.words) or words.words[last] not in {"a", "i"}:
        return False
    ends = last + 1 == len(words.words) or words.gap(last + 1) in (STOP, LINE)
    return ends and words.gap(last) == words.gap(last - 1) == PAUSE


def _spells_before(reading: Reading, first: int, last: int) -> bool:
    """Whether the letters spell the word right before them, or nearly: "smith, s m y t h"."""
    words = reading.words
    spelt = "".join(words.words[first:last])
    before = words.words[first - 1] if first else ""
    if len(spelt) < _CERTAIN or words.gap(first) not in (SPACE, PAUSE) or is_everyday(before):
        return False
    near = before[:1] == spelt[:1] and len(before) >= _CERTAIN - 1
    return near and Levenshtein.distance(before, spelt, score_cutoff=_NEARLY) <= _NEARLY


def _with_size(reading: Reading, first: int) -> int:
    """Where "capital M, small C, N A L" begins, of which the letters alone were found."""
    words, token = reading.words, first
    while token > 0 and words.words[token - 1] in _SIZES and words.gap(token) == SPACE:
        first = token = token - 1
        letter = token > 0 and words.kinds[token - 1] & LETTER and len(words.words[token - 1]) == 1
        if letter and words.gap(token) in (SPACE, PAUSE):
            first = token = token - 1
    return first


_SIZES = frozenset({"capital", "small", "big", "little", "cap", "lowercase", "uppercase"})


def _runs(reading: Reading, stretch: Stretch) -> Iterator[tuple[int, int]]:
    """Maximal runs of letter units, as half-open ranges of ``stretch.spans``."""
    begin: int | None = None
    for unit in range(len(stretch.spans) + 1):
        is_letter = unit < len(stretch.spans) and _is_letter(reading, stretch, unit)
        if is_letter and begin is not None and _joined_by_and(reading, stretch, unit):
            yield begin, unit
            begin = None
        if is_letter and begin is not None and _is_with_a(reading, stretch, begin, unit):
            begin = None
        if is_letter and begin is None:
            begin = unit
        elif not is_letter and begin is not None:
            yield begin, unit
            begin = None


def _joined_by_and(reading: Reading, stretch: Stretch, unit: int) -> bool:
    before, here = stretch.spans[unit - 1][1], stretch.spans[unit][0]
    return bool({"and", "then"} & set(reading.words.words[before:here]))


def _is_with_a(reading: Reading, stretch: Stretch, begin: int, unit: int) -> bool:
    """As in "with a U?", "with a T H?" before a spelling in the next turn: an article, letters."""
    first = stretch.spans[begin][0]
    if not _FEWEST <= unit - begin <= _FEWEST + 1 or stretch.breaks[unit] not in (LINE, STOP):
        return False
    words = reading.words
    article = words.words[first] == "a" and not (words.cased and words.capital(first))
    return article and first > 0 and words.words[first - 1] in _BEFORE_ARTICLE


def _is_letter(reading: Reading, stretch: Stretch, unit: int) -> bool:
    first, last = stretch.spans[unit]
    kind = reading.words.kinds[first]
    if last - first == 1:
        if kind & (CHUNK | MIXED):
            return False
        return bool(kind & (LETTER | NATO)) and reading.words.words[first] != "oh"
    token = reading.words.kinds[first + 1]
    if _chars(stretch, unit, unit + 1).isalpha() and last - first == len(("two", "Fs")):
        return True
    return bool(kind & LETTER) or bool(token & (LETTER | NATO))


def _chars(stretch: Stretch, start: int, end: int) -> str:
    return "".join(
        char for char, unit in zip(stretch.chars, stretch.units, strict=True) if start <= unit < end
    )


def _rule(reading: Reading, stretch: Stretch, start: int, end: int) -> str:
    chars = _chars(stretch, start, end)
    if not _may_be_name(chars):
        return ""
    if len(chars) > _FEWEST and _said_before(reading, stretch, (start, end), chars):
        return "said-before"
    return _by_context(reading, stretch, (start, end), chars)


def _by_context(reading: Reading, stretch: Stretch, run: tuple[int, int], chars: str) -> str:
    start, end = run
    apart = len(chars) >= _CERTAIN and stretch.breaks[end : end + 1] in (PAUSE, STOP, LINE)
    if not apart and any(char.isdigit() and char != "0" for char in stretch.chars):
        return ""
    first = stretch.spans[start][0]
    explained = sum(
        1
        for low, high in stretch.spans[start:end]
        if high - low > 2  # noqa: PLR2004 - "S for sugar"
        and reading.words.words[high - 1] not in WEEKDAYS  # "M for Monday, F for Friday"
    )
    if explained >= _FEWEST:
        return "explained"
    if len(chars) <= _FEWEST or _only_known(chars):
        return ""
    if reading.cues.before(CueKind.NAME, first, reach=_REACH) is not None:
        return "spelt"
    after_name = _after_name(reading, first, chars)
    return "after-name" if after_name else "letters" if len(chars) >= _CERTAIN else ""


def _may_be_name(chars: str) -> bool:
    """Not a stutter ("I, I, I"), an abbreviation, a medicine or the alphabet."""
    stutter = len(set(chars)) == 1 and len(chars) > _FEWEST
    known = chars in abbreviations() or _is_thing(chars)
    alphabet = chars.replace("0", "O") in _ALPHABET
    return len(chars) >= _FEWEST and not (stutter or known or alphabet)


def _said_before(reading: Reading, stretch: Stretch, run: tuple[int, int], chars: str) -> bool:
    """Whether a name was said shortly before: "... underscore khan ..." / "K-H-A-N?"."""
    start, end = run
    apart = start == 0 or stretch.breaks[start] in (LINE, STOP)
    if not apart or stretch.breaks[end : end + 1] not in ("", LINE, STOP):
        return False
    first = stretch.spans[start][0]
    low = chars.replace("0", "O").lower()
    known = lexicon().entry(low).name > _FEW_PEOPLE and not is_everyday(low)
    return known and low in reading.words.words[max(0, first - _SAID) : first]


def _is_thing(chars: str) -> bool:
    """Whether a medicine, a brand or a condition is spelt, and nobody's name."""
    low = chars.replace("0", "O").lower()
    known = low in allowed().words and lexicon().entry(low).name < _FEW_PEOPLE
    return len(low) >= _CERTAIN and (known or allowed().term_like(low))


_FEW_PEOPLE = 2


def _only_known(chars: str) -> bool:
    """Whether the letters are abbreviations one after the other ("M R I, C T", "a C T")."""
    if chars[0] in "AI" and chars[1:] in abbreviations():
        return True
    for size in range(1, len(chars)):
        if chars[:size] in abbreviations() and chars[size:] in abbreviations():
            return True
    return False


def _after_name(reading: Reading, first: int, chars: str) -> bool:
    words = reading.words
    before = words.skip_back(first - 1)
    if before < 0 or len(words.words[before]) < len(chars) - 1:
        return False
    low = chars.replace("0", "O").lower()
    if words.words[before] == low and words.cased and not words.capital(before):
        return not is_everyday(low)  # "the scan." / "S-C-A-N?"
    return words.words[before][:1].upper() == chars[:1]
