"""Numbers that are said of a person and are no ages: scores, doses, degrees, repetitions.

"Your Oxford Knee Score, you were twenty-one in April and you're thirty-three today"; "I'm on thirty
now"; "bend it for me. You were ninety". Never what an age was asked for, nor "going on sixty".
"""

from deid.detect.spoken.heard.lexicon import data
from deid.detect.spoken.heard.numerals import Numeral
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, STOP

_SCORES = frozenset(data("context")["not_ages_scores"])
_MEASURES = frozenset(data("context")["not_ages_measures"])
_TAKEN = frozenset(data("context")["not_ages_taken"])
_NEARLY = frozenset({"going", "getting", "gone", "coming", "pushing"})
_READINGS = frozenset(data("context")["not_ages_readings"])
_SUBJECTS = frozenset({"i", "he", "she", "i'm", "i've", "he's", "she's", "and", "but", "so"})
_SOFT_REACH = 4
_REACH, _REACH_MEASURE, _REACH_UNSTOPPED, _AFTER = 22, 26, 8, 4


def is_measured(reading: Reading, numeral: Numeral, subject: int) -> bool:
    """Whether a number after "you were" or "I'm on" is something else than an age."""
    words = reading.words
    if _is_dose(reading, numeral):
        return True
    were = {"you", "were"} <= set(words.words[subject : numeral.first])
    reach = _REACH_MEASURE if words.cased else _REACH_UNSTOPPED  # captions have no full stops
    for token in range(subject - 1, max(-1, subject - reach - 1), -1):
        gap = words.gap(token + 1)
        if gap in (LINE, BREAK) or (gap == STOP and not were):
            return False
        word = words.words[token]
        if subject - token <= _REACH and word in _SCORES:
            return True
        if were and word in _MEASURES:
            return True
    return False


def is_reading_or_year(reading: Reading, numeral: Numeral, soft: frozenset[str]) -> bool:
    """As in "pulse rate is 67", "I left in about 48", "class of 48"; ``soft`` words are passed."""
    words, token = reading.words, numeral.first
    while token > 0 and numeral.first - token < _SOFT_REACH:
        if words.gap(token) in (STOP, LINE, BREAK):
            return False
        token -= 1
        word = words.words[token]
        if word in _READINGS:
            return True
        if word == "of":
            return words.words[token - 1 : token] == ["class"]
        if word in ("in", "since"):
            return not {"years", "year"}.intersection(words.words[numeral.last : numeral.last + 1])
        if word not in soft:
            return False
    return False


def _is_said_of_self(reading: Reading, token: int) -> bool:
    """As in "I'm 92, I take eleven tablets": another clause begins with its subject."""
    words = reading.words
    return words.gap(token) == PAUSE and words.words[token] in _SUBJECTS


def _is_dose(reading: Reading, numeral: Numeral) -> bool:
    """As in "I'm on thirty now", "he's forty twice a day"."""
    words = reading.words
    lead, before = "", ""
    if numeral.first > 1:
        before, lead = words.words[numeral.first - 2], words.words[numeral.first - 1]
    if lead == "on" and before not in _NEARLY:
        return True
    for token in range(numeral.last, min(len(words.words), numeral.last + _AFTER)):
        if words.gap(token) in (STOP, LINE, BREAK) or _is_said_of_self(reading, token):
            return False
        if words.words[token] in _TAKEN:
            return True
    return False
