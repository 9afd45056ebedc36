"""Lines of a cover sheet: "Participant: Will", "Location: Bath", "Audio file: OyelaranP.m4a".

What such a line is about stands before its colon, so a word is a name there that is none elsewhere.
Only lines that nobody says are read (the turns without a speaker).
"""

import re
from collections.abc import Iterator
from functools import cache

from deid.detect.speech import Hit, Speech
from deid.detect.words.allow import allowed
from deid.detect.words.cues import PARTICLES, role_words, roles
from deid.detect.words.gazetteer import lexicon, sections
from deid.transcript import EntityType

NAME = "cover"
_LINE = re.compile(
    r"^[ \t]*([^\W\d_]+(?: [^\W\d_]+){0,3})[ \t]*[:\t][ \t]*(\S.{0,120}?)[ \t]*$", re.MULTILINE
)
_PART = re.compile(r"(?:[^,;/&()\[\]\n]+)")
_AND = re.compile(r"\s+(?:and|with)\s+")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['\u2019\-](?=[^\W\d_]))*")
_HUMPS = re.compile(r"[A-Z]?[a-z\u00df-\u00ff]+|[A-Z]+(?![a-z])")
_CODE = re.compile(r"[A-Za-z]{0,4}[-_ ]?\d+[A-Za-z]?")
_MOST_WORDS, _FEWEST_LETTERS, _PART_WEIGHT, _FAIR, _RARE_TIER = 4, 3, 2, 4, 40


@cache
def _keys() -> dict[str, frozenset[str]]:
    return {key: frozenset(entries) for key, entries in sections("cover_keys.txt").items()}


def find(speech: Speech) -> Iterator[Hit]:
    """The names, places and file names of cover lines."""
    for number, speaker in enumerate(speech.speakers):
        if not speaker:
            yield from _cover(speech, *speech.turn_span(number))


def _cover(speech: Speech, start: int, end: int) -> Iterator[Hit]:
    text, keys = speech.text, _keys()
    for match in _LINE.finditer(text[start:end]):
        key, base = match[1].lower(), start + match.start(2)
        if key in keys["names"]:
            spans, kind = _names(match[2]), EntityType.PERSON
        elif key in keys["places"]:
            spans, kind = _places(match[2]), EntityType.LOCATION
        elif key in keys["files"]:
            spans, kind = _files(match[2]), EntityType.MEDICAL_RECORD
        else:
            continue
        for first, last in spans:
            yield Hit(base + first, base + last, kind, 0.8, NAME, "line-of-cover")


def _parts(value: str) -> Iterator[tuple[int, str]]:
    """What commas, slashes, brackets and "and" part, with its offset."""
    for match in _PART.finditer(value):
        offset = match.start()
        for piece in _AND.split(match.group()):
            at = value.index(piece, offset)
            yield at, piece
            offset = at + len(piece)


def _names(value: str) -> Iterator[tuple[int, int]]:
    for offset, part in _parts(value):
        words = [word for word in _WORD.finditer(part) if _low(word) not in roles().titles]
        if not 0 < len(words) <= _MOST_WORDS or _CODE.fullmatch(part.strip()):
            continue
        told = _names_somebody_joined if "_" in part else _names_somebody
        if all(told(word, alone=len(words) == 1) for word in words):
            yield offset + words[0].start(), offset + words[-1].end()


def _low(word: re.Match[str]) -> str:
    return word.group().lower().replace("\u2019", "'")


def _names_somebody(word: re.Match[str], *, alone: bool) -> bool:
    low, entry = _low(word), lexicon().entry(_low(word))
    if low in PARTICLES and not alone:
        return True
    who = low in role_words("kin", "labels", "desks") or low in _keys()["nobody"]
    written = word.group()[0].isupper() or entry.tier == 0 or entry.given >= _FAIR
    plain = entry.tier > 0 and entry.given < _PART_WEIGHT and entry.family < _FAIR
    return written and not (who or plain or (low in allowed().words and entry.given < _FAIR))


def _names_somebody_joined(word: re.Match[str], *, alone: bool) -> bool:
    """As :func:`_names_somebody`, of a word of "jo_achterberg", which needs no capital."""
    low = _low(word)
    return not alone and low not in roles().labels and low not in _keys()["nobody"]


def _places(value: str) -> Iterator[tuple[int, int]]:
    sorts = (
        _keys()["nobody"]
        | role_words("labels", "heads")
        | frozenset(sections("roles.txt")["sorts"])
    )
    for offset, part in _parts(value):
        words = list(_WORD.finditer(part))
        named = bool(words) and part.strip().startswith("The ") and words[-1].group()[0].isupper()
        if named or any(_low(word) not in sorts and _is_own(word) for word in words):
            yield offset + words[0].start(), offset + words[-1].end()


def _is_own(word: re.Match[str]) -> bool:
    """Whether a word with a capital is a place's own rather than a plain one."""
    low, entry = _low(word), lexicon().entry(_low(word))
    own = entry.tier == 0 or entry.tier >= _RARE_TIER or entry.place >= _FAIR
    return word.group()[0].isupper() and own and low not in allowed().words


def _files(value: str) -> Iterator[tuple[int, int]]:
    """A whole file name, where a part of it is no plain word."""
    stem = value.rpartition(".")[0] or value
    parts = (part.lower() for part in _HUMPS.findall(stem) if len(part) >= _FEWEST_LETTERS)
    known = _keys()["nobody"] | roles().labels
    if any(lexicon().entry(low).tier == 0 and low not in known for low in parts):
        yield 0, len(value)
