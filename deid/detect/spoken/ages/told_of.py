"""Ages that are told of somebody without a verb: "Mrs Rasiah, eighty-two,", "Walt's ninety-four".

Beside a name or "a lady", after what people do at an age ("left school at fifteen", "lived to
a hundred and one"), and in answer to "is he still going?". Never a time ("the bus came at ten"), an
amount ("Bob's ninety pounds") or the number of a room or page.
"""

from itertools import pairwise

from deid.detect.spoken.heard.lexicon import MONTH, UNITS, data
from deid.detect.spoken.heard.numerals import Numeral
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP, Words
from deid.detect.words.cues import COURTESIES, roles
from deid.detect.words.gazetteer import lexicon

_YOUNGEST, _GROWN, _OLD, _AGED = 13, 18, 60, 80
_AT_SCHOOL, _NAMED, _REACH = 4, 4, 6
_SOMEBODY = frozenset(data("context")["ages_somebody"]) | {"nephew", "niece", "neighbour"}
_SOFT = frozenset({"only", "about", "around", "nearly", "now", "just", "almost", "er", "erm", "um"})
_DONE = frozenset(data("context")["ages_done"])
_TO_LAST = frozenset({"till", "to", "until", "til"})


def is_told_of(reading: Reading, numeral: Numeral, *, ends: bool) -> bool:
    """Whether a number is somebody's age; ``ends`` where the sentence may end after it."""
    words = reading.words
    lead = numeral.first - 1
    while lead > 0 and words.words[lead] in _SOFT:
        lead -= 1
    if lead < 0:
        return False
    if _of_a_person(words, numeral, lead, ends=ends):
        return True
    if not ends:
        return False
    told = _is_theirs(words, numeral, lead) or _beside_a_name(words, numeral, lead)
    return told or _at_that_age(words, numeral, lead) or _still_there(reading, numeral)


def _of_a_person(words: Words, numeral: Numeral, lead: int, *, ends: bool) -> bool:
    """As in "a lady, ninety-three,"; from sixty on also "a lady seventy four sat"."""
    if words.words[lead] not in _SOMEBODY or numeral.value < _YOUNGEST:
        return False
    if words.gap(lead + 1) not in (SPACE, PAUSE):
        return False
    if ends:
        return True
    last = numeral.last
    counted = last < len(words.words) and words.words[last] in UNITS
    return numeral.value >= _OLD and not counted and not words.words[lead].endswith("s")


def _is_theirs(words: Words, numeral: Numeral, lead: int) -> bool:
    """As in "Walt's ninety-four now"."""
    owner = words.words[lead]
    if not owner.endswith("'s") or words.gap(numeral.first) != SPACE or numeral.value < _YOUNGEST:
        return False
    return is_name(words, lead, owner[:-2])


def is_name(words: Words, token: int, word: str) -> bool:
    """Whether a word is written as a name and is one, or has a title or a first name before it."""
    entry = lexicon().entry(word)
    written = words.capital(token) if words.cased else not entry.tier
    written = written and not words.kinds[token] & MONTH
    titled = token > 0 and words.words[token - 1] in COURTESIES | roles().kin | {"dr", "doctor"}
    behind = token > 0 and words.capital(token - 1) and words.gap(token) == SPACE
    surname = behind and entry.family >= _NAMED  # "Queenie Marsh", not "Page"
    return written and (titled or surname or entry.given >= _NAMED)


def _beside_a_name(words: Words, numeral: Numeral, lead: int) -> bool:
    """As in "Ted, ninety-one, lives alone", "I'm Surinder. Sixty-six."."""
    last = numeral.last
    if numeral.value < _GROWN or not words.cased or not is_name(words, lead, words.words[lead]):
        return False
    gap, behind = words.gap(lead + 1), words.gap(last) if last < len(words.words) else STOP
    if gap == PAUSE:
        return behind in (PAUSE, STOP, LINE)
    named = words.words[lead - 1 : lead] in (["i'm"], ["name's"], ["is"])
    return gap == STOP and behind in (STOP, LINE) and named


def _at_that_age(words: Words, numeral: Numeral, lead: int) -> bool:
    """As in "left school at fifteen", "died at ninety-two", "lived to a hundred and one"."""
    if words.gap(numeral.first) != SPACE or words.gap(lead) in (STOP, LINE, BREAK):
        return False
    said = words.words[lead]
    begin = max(0, lead - _REACH)
    before = words.words[begin:lead]
    stops = [token for token in range(begin + 1, lead + 1) if words.gap(token) in (STOP, LINE)]
    before = before[stops[-1] - begin :] if stops else before
    if said in _TO_LAST:
        return before[-1:] in (["lived"], ["live"]) and numeral.value >= _OLD
    if said != "at":
        return False
    if before[-1:] == ["school"] and numeral.value >= _AT_SCHOOL:
        return True
    return numeral.value >= _YOUNGEST and not _DONE.isdisjoint(before)


def _still_there(reading: Reading, numeral: Numeral) -> bool:
    """As in "is Walt still going?" / "Ninety-one."."""
    words = reading.words
    if numeral.value < _AGED or not reading.starts_turn(numeral.first):
        return False
    asked = words.words[max(0, numeral.first - 2 * _REACH) : numeral.first]
    there = any(first == "still" and other in _THERE for first, other in pairwise(asked))
    return there and "?" in words.between(numeral.first)


_THERE = frozenset({"going", "alive", "about", "around", "with", "here", "living", "driving"})
