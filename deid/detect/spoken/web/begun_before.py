"""What an address of mail or the web began with, before somebody said something else.

"Noreen dash kaur, you'd think I'd know it by now, at icloud dot com"; "the hyphen sewing hyphen
shed, no, don't tell me, dot co dot uk". The rest of the address was found; what was begun in the
same turn with a sign, with letters or with a word and figures, is one with it and with what lies
between. Where nobody talks of mail a full "hyphen" or "underscore" has to tell.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import LETTER, NUMERAL
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, LINE, PAUSE, SPACE, STOP, Words
from deid.detect.spoken.web.mail_before import local_start
from deid.detect.spoken.web.mail_firsts import over_letter, said_as_one, true_first
from deid.detect.spoken.web.mail_parts import JOINTS
from deid.transcript import EntityType

_TYPES = frozenset({EntityType.EMAIL_ADDRESS, EntityType.URL})
_SURE = frozenset({"hyphen", "underscore"})
_ADDRESS = re.compile(r"[a-z]{2,}\d{1,4}")
_TOLD_OF = frozenset({"there's", "is", "with", "has", "got", "not", "add", "then"})
_SAYING = frozenset({"that's", "it's"})
_LONGEST, _REACH, _SPELT = 30, 40, 3


def begun_before(reading: Reading, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits, and one more over each address that was begun before them in their turn."""
    words = reading.words
    for hit in hits:
        yield hit
        if hit.entity_type not in _TYPES:
            continue
        last = bisect_left(words.starts, hit.start)
        if (named := _spelt_from(words, last)) < last:
            start, end = words.starts[named], max(hit.end, words.ends[last])
            yield Hit(start, end, hit.entity_type, hit.score, hit.recogniser, "spelt-from")
        for token in _turn(words, last):
            if _begins(reading, token, last):
                first = over_letter(words, _operand(reading, token))
                end = max(hit.end, words.ends[last])
                yield Hit(
                    words.starts[first], end, hit.entity_type, hit.score, hit.recogniser, "begun"
                )
                break


def _spelt_from(words: Words, letters: int) -> int:
    """Where "s bielski that's" begins before the letters that spell it; ``letters`` elsewhere."""
    name = letters - 2
    if name < 0 or words.words[letters - 1] not in _SPELLING or len(words.words[letters]) > 1:
        return letters
    if words.gap(letters - 1) in (LINE, STOP):
        return letters
    while name and words.kinds[name] & NUMERAL and words.gap(name) in (SPACE, HYPHEN):
        name -= 1  # "jaz seventy-nine, so J A Z"
    if words.words[name][0] != words.words[letters] or words.gap(letters) not in (SPACE, PAUSE):
        return letters
    while name and len(words.words[name - 1]) == 1 and words.gap(name) in (SPACE, PAUSE):
        name -= 1
    return name


_SPELLING = frozenset({"that's", "spelt", "spelled", "so"})


def _turn(words: Words, last: int) -> range:
    """The tokens of the turn before one, at most some thirty."""
    first = last
    while first > max(0, last - _LONGEST) and words.gap(first) != LINE:
        first -= 1
    return range(first, last)


def _begins(reading: Reading, token: int, last: int) -> bool:
    """Whether an address begins at a sign, at a run of letters or at a word with figures."""
    words = reading.words
    again = words.words[token : token + 2] == [words.words[last], "at"] and token + 2 < last
    if again and words.gap(token + 2) in (PAUSE, STOP):
        return True  # "rohit at, no, wait, it's rohit dot patel at ..."
    size = last - token - 1
    again = words.words[last - 1] in _SAYING and size > 1
    if again and words.words[token : last - 1] == words.words[last : last + size]:
        return True  # "the dot carlins, that's the, dot, carlins, at ..."
    told = reading.cues.before(CueKind.EMAIL, token, reach=_REACH) is not None
    between = range(token + 1, last)
    if any(reading.cues.before(CueKind.EMAIL, each, reach=0) == 0 for each in between):
        return False  # "ann dash marie is here, her email's ..."
    if words.words[token] in JOINTS:
        if words.words[token - 1] == "a" and words.words[max(0, token - 2)] in _TOLD_OF:
            return False  # "there's a hyphen"
        signed = token > 0 and words.gap(token) in (SPACE, PAUSE) and token + 1 < last
        return signed and (told or words.words[token] in _SURE)
    letters = words.kinds[token : token + _SPELT]
    singly = words.words[token : token + _SPELT]
    spelt = len(singly) == _SPELT and all(
        kind & LETTER and len(word) == 1 for kind, word in zip(letters, singly, strict=True)
    )
    return told and (spelt or _ADDRESS.fullmatch(words.words[token]) is not None)


def _operand(reading: Reading, token: int) -> int:
    """Where what stands before a sign begins: a word, letters said singly, or words said as one."""
    words = reading.words
    if words.words[token] not in JOINTS:
        return token
    if said_as_one(words, token):  # "jill and pete, all one word, dash"
        return true_first(reading, local_start(words, token), token, token)
    first = token - 1
    while first and len(words.words[first]) == len(words.words[first - 1]) == 1:
        if words.gap(first) not in (SPACE, PAUSE):
            break
        first -= 1
    return first
