"""Great ages, from ninety on, which name somebody by themselves: "the bride was ninety-one".

What is this old is few people and few other things, so more of what is said around such a number
tells that it is an age than around a smaller one: somebody "is" it, sees it, looks it, died at it
or "doesn't look it". Never a measure, a share, a year or a bus.
"""

from bisect import bisect_left
from itertools import pairwise

from deid.detect.spoken.ages.told_of import is_name
from deid.detect.spoken.heard.lexicon import UNITS, data
from deid.detect.spoken.heard.numerals import Numeral
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP, Words
from deid.detect.words.cues import roles

_GREAT, _REACH, _LONG_REACH = 90, 5, 12
_SOFT = frozenset(
    {"about", "around", "only", "nearly", "almost", "just", "now", "like", "what", "er", "um"}
)
_IS = frozenset({"is", "was", "be", "been", "turns"})
_LOOKS = frozenset({"looks", "looked", "look"})
_SEES = frozenset({"see", "saw", "seen", "reach", "reached", "make", "made"})
_OLDEST = frozenset({"oldest", "eldest", "youngest"})
_SOMEBODY = frozenset(data("context")["ages_somebody"]) | frozenset(data("context")["ages_person"])
_MORE = frozenset(
    {"bride", "groom", "widow", "widower", "resident", "patient", "neighbour", "tenant",
     "pensioner", "client", "member", "volunteer", "couple", "parents", "whom",
     "one"}
)  # fmt: skip
_SUBJECTS = frozenset({"he", "she", "they", "i", "we", "you", "who"})
_WOULD = frozenset(
    {"wouldn't", "didn't", "never", "won't", "to", "she'll", "he'll", "i'll", "you'll", "he'd",
     "she'd", "i'd", "they'd", "couldn't"}
)  # fmt: skip
_CONTRACTED = frozenset({"you're", "i'm", "he's", "she's", "they're", "who's"})
_GONE = frozenset({"died", "passed", "gone", "went", "buried", "lost", "funeral", "dead"})
_GOING_ON = frozenset({"and", "but", "now", "so", "when", "he", "she", "next", "last", "or"})


def is_great(reading: Reading, numeral: Numeral) -> bool:
    """Whether a number from ninety on is somebody's age by what stands around it."""
    words, last = reading.words, numeral.last
    if numeral.value < _GREAT or numeral.first == 0:
        return numeral.value >= _GREAT and _not_looked(reading, numeral)
    if _is_halved(reading, numeral):
        return True
    ends = last >= len(words.words) or words.gap(last) in (PAUSE, STOP, LINE)
    if not ends and (words.words[last] not in _GOING_ON or words.words[last] in UNITS):
        return False
    lead = numeral.first - 1
    while lead > 0 and words.words[lead] in _SOFT and words.gap(lead) in (SPACE, PAUSE):
        lead -= 1
    told = _is_it(words, lead) or _sees_it(words, lead) or _not_looked(reading, numeral)
    return told or (ends and words.gap(numeral.first) == PAUSE and _died(words, numeral.first))


def _is_it(words: Words, lead: int) -> bool:
    """As in "the bride was ninety-one", "he looks about ninety", "you're, what, ninety-one"."""
    said, subject = words.words[lead], lead - 1
    if said in _LOOKS or (said in _CONTRACTED and words.words[lead + 1] == "what"):
        return True
    if said not in _IS or subject < 0 or words.gap(lead) != SPACE:
        return False
    who = words.words[subject]
    if who in _SOMEBODY or who in _MORE or who in roles().kin:
        return who not in {"one", "whom"} or not _OLDEST.isdisjoint(_sentence(words, subject))
    lived = said == "be" and words.words[subject - 1 : lead] in (["lived", "to"], ["live", "to"])
    return lived or who in _OLDEST or is_name(words, subject, who)


def _sees_it(words: Words, lead: int) -> bool:
    """As in "she wouldn't see ninety", "he saw ninety-one", "Mum never made ninety"."""
    if words.words[lead] not in _SEES or lead == 0:
        return False
    who = words.words[lead - 1]
    return who in _WOULD or who in _SUBJECTS or who in roles().family


def _died(words: Words, first: int) -> bool:
    """Whether somebody died in the sentence: "my gran went in her sleep, ninety-seven"."""
    return not _GONE.isdisjoint(_sentence(words, first))


def _sentence(words: Words, token: int) -> list[str]:
    """The words before a token in its sentence, a dozen at most."""
    begin = token
    while begin > 0 and token - begin < _LONG_REACH and words.gap(begin) in (SPACE, PAUSE):
        begin -= 1
    return words.words[begin:token]


def _is_halved(reading: Reading, numeral: Numeral) -> bool:
    """As in "it says ninety-three on here" / "It is. Ninety-three and a half.", both of them."""
    words = reading.words
    place = bisect_left(reading.numerals, numeral.first, key=lambda each: each.first)
    near = reading.numerals[max(0, place - _BESIDE) : place + _BESIDE + 1]
    same = [each for each in near if each.value == numeral.value]
    halved = any(
        words.words[each.last : each.last + len(_HALF)] == _HALF
        and words.closes(each.last + len(_HALF))
        and words.gap(each.first) in (STOP, LINE)
        for each in same[1:]
    )
    first = same[0].first if same else 0
    shown = halved and words.words[first - 1 : first] == ["says"]
    talk = words.words[max(0, first - _TALK) : same[-1].last] if shown else []
    return shown and len(talk) <= 2 * _TALK and _MEASURED.isdisjoint(talk)


_HALF, _BESIDE, _TALK = ["and", "a", "half"], 2, 30
_MEASURED = frozenset([*data("context")["runs_not_ours"], *data("context")["great_measured"]])


def _not_looked(reading: Reading, numeral: Numeral) -> bool:
    """As in "Ninety-four! You don't look it."."""
    words, last = reading.words, numeral.last
    alone = numeral.first == 0 or words.gap(numeral.first) in (STOP, LINE, PAUSE)
    behind = words.words[last : last + _REACH]
    return alone and any(no in _NOT and look == "look" for no, look in pairwise(behind))


_NOT = frozenset({"don't", "doesn't", "didn't", "never", "not", "wouldn't"})
