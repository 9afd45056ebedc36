"""What a reader sees of a text, with the way back to its characters.

Soft hyphens, zero-width characters, direction marks, a hyphen at the end of a line and the marks
of conversation analysts ("Sa::rah") hide inside names; stammers, pauses, stress and the end of a
wrapped line part what belongs together; curly quotes, full-width figures, non-breaking spaces and
decomposed accents make one word two. Detection reads the visible form; the offsets it returns are
carried back here, so that the text itself is never normalised (decision 0021).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x180E, 0x2060, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F)]
)
_ALIKE = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc\u0060\u00b4"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201f"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011"), "-"),
    **dict.fromkeys([0x00A0, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)], " "),
}
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_TABLE = {**_ALIKE, **_FULL_WIDTH, **_INVISIBLE}
_BROKEN = re.compile(r"(?<=[a-z\u00df-\u00ff])-[ \t]{0,3}\r?\n[ \t]{0,3}(?=[a-z\u00df-\u00ff])")
"""A word broken at the end of a line; "well-" / "known" is read as one too, which does no harm."""
_STRETCHED = re.compile(
    r"(?<=[^\W\d_])(?:::+|\(h+\))(?=[^\W\d_])"
    r"|(?<=[a-z,)] [A-Z]):(?=[a-z])|(?<=[:=][a-z]):(?=[a-z])|(?<=[A-Z]{2}):(?=[A-Z])"
    r"|(?<=[^\W\d_][a-z\u00df-\u00ff])(?:[:=]|[\u2191\u2193\u00b0\[\]])(?=[a-z\u00df-\u00ff])"
)
"""What analysts of talk write in a word: length ("Sa::rah", "Ro=sa"), pitch, overlap, laughter.

Jefferson, Glossary of transcript symbols (2004); Du Bois and others, Outline of discourse
transcription (1993).
"""
_STAMMERED = re.compile(
    r"(?<![^\W_])(?!d-day)([^\W\d_]{1,3})-(?:\1-){0,4}(?=\1[^\W\d_])"
    r"|(?<![^\W_])([^\W\d_]{1,6})- (?:\2- ){0,4}(?=\2[^\W\d_])"
    r"|(?<![^\W_])([^\W\d_]{6,20})- (?=\3(?![^\W_]))",
    re.IGNORECASE,
)
"""A word begun again: "D-Dave", "s- seven", "Mar- Margaret"; what was begun belongs to the word."""
_PAUSED = re.compile(r"(?:(?<=\s)|\A)\((?:\.|\d{0,2}\.\d{1,2})\) ")
"""A pause that was timed, or too short for that: "Sarah (0.4) Marsh", "nineteen (.) sixty"."""
_EMPHASISED = re.compile(
    r"(?<![^\s(\[\"'])[*_]{1,3}(?=[^\W_])"
    r"|(?<=[^\W_.,?!])[*_]{1,3}(?![^\s.,?!:;)\]\"'])"
)
"""What stands around a word to stress it: "*Sarah* did", "_never_"."""
_FILLED = re.compile(r"(?<=[^\W_]),? (?:um+|uh+|er|erm|uhm),?(?= [^\W_])")
"""A pause that was spoken: "Markham er Road", "the, um, ninth of April"."""
_NEXT_WORD = re.compile(r" ([^\W\d_]{4,9})(?![^\W_])")
_KINDS_OF_PLACE = frozenset(
    {"road", "street", "lane", "avenue", "close", "drive", "court", "green", "park", "hill",
     "house", "hospital", "surgery", "centre", "station", "school", "church", "practice", "town"}
)  # fmt: skip
_WRAPPED = re.compile(r"(?<=[^\W_]|,)[ \t]{0,8}\r?\n[ \t]{0,40}(?=[^\W_])")
"""A line that goes on in the next, as in a text that was wrapped to a width."""
_KEYED = re.compile(r"[^\n:]{1,40}:(?:\s|\Z)")
_SHORTEST_LINE = 30
_LAST_WORD = re.compile(r"(?:[^\W\d_]|[:=\u2191\u2193\u00b0\[\]])+\Z")
_MARKS = re.compile(r"[^\w]+")
_INSIDE = (_BROKEN, _STRETCHED, _STAMMERED, _PAUSED, _EMPHASISED, _FILLED, _WRAPPED)
_LONGEST_KEY = 16
_KEYS = frozenset(
    {"name", "names", "surname", "forename", "nickname", "alias", "note", "dob", "born", "tel",
     "phone", "mobile", "email", "mail", "mailto", "http", "https", "web", "address", "home", "ref",
     "date", "time", "place", "location", "town", "village", "city", "school", "ward", "hospital",
     "surgery", "speaker", "interviewer", "interviewee", "participant", "patient", "doctor",
     "nurse", "tutor", "gp", "consultant", "carer", "contact", "signed", "author", "subject",
     "attn", "present"}
)  # fmt: skip
"""What stands before a colon that parts two words, written without a blank ("name:sarah")."""
_FORMULA = re.compile(r"\s*[=+@\uff1d\uff0b\uff20\uff0d-]")


@dataclass(frozen=True, slots=True)
class Visible:
    """The visible form of a text.

    Attributes:
        text: Without invisible characters, marks in and around words, pauses and line ends within
            words and sentences; quotes, spaces and figures in their plain form; composed (NFC).
        offsets: Where each visible character began in the source, and after the last one the
            source's length; None where the two have the same offsets.
    """

    text: str = field(repr=False)
    offsets: tuple[int, ...] | None = field(repr=False, default=None)

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Half-open offsets into the source for a non-empty stretch of the visible text."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end]


def visible(text: str) -> Visible:
    """The visible form; most texts only have quotes and spaces exchanged, one for one."""
    plain = text.translate(_TABLE)
    whole = len(plain) == len(text) and not any(each.search(plain) for each in _INSIDE)
    if whole and unicodedata.is_normalized("NFC", plain):
        return Visible(plain)
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        shown = character.translate(_TABLE)
        if not shown:
            continue
        if characters and unicodedata.combining(shown):
            composed = unicodedata.normalize("NFC", characters[-1] + shown)
            if len(composed) == 1:
                characters[-1] = composed
                continue
        characters.append(shown)
        offsets.append(offset)
    shown = "".join(characters)
    gone = (_BROKEN, _PAUSED, _EMPHASISED)
    broken = {at for each in gone for found in each.finditer(shown) for at in range(*found.span())}
    broken.update(_stretched(shown))
    for match in _STAMMERED.finditer(shown):
        broken.update(range(*match.span()))
        offsets[match.end()] = offsets[match.start()]
    for start, end in chain(_filled(shown), _wraps(shown)):
        characters[start] = " "  # so that what stands before ends where it did
        broken.update(range(start + 1, end))
    kept = [at for at in range(len(shown)) if at not in broken] if broken else range(len(shown))
    seen = "".join(characters[at] for at in kept)
    return Visible(seen, (*(offsets[at] for at in kept), len(text)))


def _stretched(text: str) -> Iterator[int]:
    """The offsets of marks inside words; a colon after what asks for a name is none."""
    for match in _STRETCHED.finditer(text):
        key = _MARKS.sub("", _word_before(text, match.start())).lower()
        if match[0] != ":" or key not in _KEYS:
            yield from range(*match.span())


def _filled(text: str) -> Iterator[tuple[int, int]]:
    """Spoken pauses and the blank behind; between names, commas keep them: "Dave, um, Sarah"."""
    for match in _FILLED.finditer(text):
        ahead = _NEXT_WORD.match(text, match.end())
        first = _word_before(text, match.start())[:1]
        names = first.isupper() and text[match.end() + 1].isupper()
        place = ahead is not None and ahead[1].lower() in _KINDS_OF_PLACE
        if place or not (names and "," in match[0]):
            yield match.start(), match.end() + 1


def _word_before(text: str, end: int) -> str:
    """The letters right before a mark, with other marks among them; the last sixteen at most."""
    found = _LAST_WORD.search(text, max(0, end - _LONGEST_KEY), end)
    return found[0] if found else ""


def _wraps(text: str) -> Iterator[tuple[int, int]]:
    """The line ends at which a sentence goes on; short lines and keys ("Date: ") are their own."""
    for match in _WRAPPED.finditer(text):
        start, end = match.span()
        long = start - (text.rfind("\n", 0, start) + 1) >= _SHORTEST_LINE
        if long and _KEYED.match(text, end) is None:
            yield start, end


def inert(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula: with an apostrophe in front where one would."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
