"""Ages of children: "I've two boys, Sam's at school and he's six", "Ada is eight and Ben is five".

A small number is mostly something else: a score, a dose, a time. It is a child's age only where a
child is spoken of nearby, the sentence ends after it, and no word of scores stands before.
"""

from deid.detect.spoken.heard.lexicon import data
from deid.detect.spoken.heard.numerals import Numeral
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import SPACE, Words
from deid.detect.words.gazetteer import lexicon

_CHILDREN = frozenset(data("context")["children"])
_NEVER_NEAR = frozenset(data("context")["ages_scores"])
_REACH, _SCORES_REACH, _OLDEST, _YOUNGEST, _SURELY_GIVEN = 30, 12, 19, 1, 5
_IS = frozenset({"is", "was", "be", "just", "only", "nearly", "turned"})
_THEY = frozenset({"he", "she"})
_THEY_ARE = frozenset({"he's", "she's"})


def is_child_of_talk(reading: Reading, numeral: Numeral) -> bool:
    """Whether a number is the age of a child that the talk is about."""
    if not _YOUNGEST <= numeral.value <= _OLDEST or not _ends(reading.words, numeral.last):
        return False
    words, token = reading.words, numeral.first - 1
    if token < 0 or words.gap(numeral.first) != SPACE:
        return False
    tokens = words.words
    while token > 0 and tokens[token] in _IS and numeral.first - token < 4:  # noqa: PLR2004 - "is just nearly"
        if words.gap(token) != SPACE:
            return False
        token -= 1
    verb = token < numeral.first - 1 or tokens[token].endswith("'s")
    near = tokens[max(0, token - _REACH) : numeral.last + _REACH]
    if not _NEVER_NEAR.isdisjoint(tokens[max(0, token - _SCORES_REACH) : numeral.first]):
        return False
    spoken_of = not _CHILDREN.isdisjoint(near) or _paired(reading, token, numeral)
    if tokens[token] in _THEY_ARE or (verb and tokens[token] in _THEY):
        return spoken_of
    return verb and _is_named(reading, token, spoken_of=spoken_of)


def _is_named(reading: Reading, token: int, *, spoken_of: bool) -> bool:
    """Whether the word is a name and no other word, or may be one where children are spoken of."""
    words = reading.words
    entry = lexicon().entry(words.words[token].removesuffix("'s"))
    if words.cased and not words.capital(token):
        return False
    if words.cased and entry.given >= _SURELY_GIVEN:
        return spoken_of
    return spoken_of and not entry.tier and (words.cased or entry.given > 0)


def _paired(reading: Reading, name: int, numeral: Numeral) -> bool:
    """As in "Ada is eight and Ben is five", of either of the two."""
    words = reading.words.words
    after = words[numeral.last : numeral.last + 3]
    before = words[max(0, name - 4) : name]
    if after[:1] == ["and"] and after[2:] == ["is"]:
        return lexicon().entry(after[1]).given > 0 < lexicon().entry(words[name]).given
    paired = before[-1:] == ["and"] and before[1:2] == ["is"]
    return paired and lexicon().entry(before[0]).given > 0 < lexicon().entry(words[name]).given


def _ends(words: Words, last: int) -> bool:
    """Whether the sentence ends or pauses, or goes on with "and" and another's age."""
    if words.closes(last):
        return True
    return words.words[last] in _GOING_ON


_GOING_ON = frozenset({"and", "now", "but", "he's", "she's", "he'll", "she'll", "so", "yeah"})
