"""Codes without their cue: "P481 KWD", "fy08 kdp", "08B 2264K", "RBH-402918", "HB/23/40771/OAC".

Plates of 1963 to 2001 have one letter and three, apart by figures (DVLA INF104). Nothing else has,
save an acronym behind a vertebra or a vitamin: "an L5 MRI". A reference in three parts and more
has capitals and figures that are more than a year; a standard ("BS-EN-1234") is none.
"""

import re
from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import LETTER, MULTIPLE, NATO, NUMERAL, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.words.allow import allowed
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

NAME = "spoken-codes"
_WRITTEN = re.compile(
    r"(?<!\w)(?:(?P<a>[A-HJ-NPR-Y]\d{2,3} ?|[A-HJ-NPR-Y]\d)(?P<tail>[A-Z]{3})"
    r"|(?P<head>[A-Z]{3}) ?\d{1,3}[A-HJ-NPR-Y])(?!\w)"
)
_PIN = re.compile(r"(?<!\w)\d\d[A-L] ?\d{4}[A-Z](?!\w)")
_CURRENT = re.compile(r"(?<!\w)(?:[a-z]{2}\d\d ?|[a-z]\d{2,3})(?P<tail>[a-z]{3})(?!\w)")
_IN_CAPITALS = re.compile(
    r"(?<![\w/-])[A-HJ-PR-Y]{2}(?:0[1-9]|[1257]\d|6\d) (?P<tail>[A-HJ-PR-Z]{3})(?![\w/-])"
)
_RECORD = re.compile(r"(?<![\w-])(?P<head>[A-Z]{2,4})[- ]?\d{6,8}[A-Z]?(?![\w-])")
_REFERENCE = re.compile(
    r"(?<![\w/.-])(?=[A-Z\d/-]*[A-Z]{2})(?!BS|EN|ISO|IEC)[A-Z\d]{1,8}(?:[/-][A-Z\d]{1,10}){2,5}(?![\w/-])"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_HARDWARE = re.compile(r"(?<![\w:-])[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}(?![\w:-])")
_BADGE = re.compile(r"(?<!\w)[A-Z\d]{6} ?[A-Z\d]{2} ?(?:\d{4} ?[A-Z]|\d{3}[A-Z])\d{4}(?!\w)")
_OFFICER = re.compile(r"(?<!\w)(?:W?PC|PCSO) ?(?!(?:19|20)\d\d\b)\d{3,5}(?!\w)")
_FEWEST_FIGURES = 3
_SAID = re.compile(r"[A-HJ-NPR-Y]\d{2,3}(?P<tail>[A-Z]{3})|(?P<head>[A-Z]{3})\d{2,3}[A-HJ-NPR-Y]")
_WORDS = frozenset(data("lexicon")["three_letter_words"])


def printed_codes(reading: Reading) -> Iterator[Hit]:
    """Hits for plates and pins by their shape alone."""
    text, plate = reading.words.text, EntityType.UK_VEHICLE_REGISTRATION
    yield from _plates(reading)
    for match in _PIN.finditer(text):
        yield Hit(*match.span(), EntityType.STAFF_REGISTRATION, 0.7, NAME, "nmc-printed")
    for match in _RECORD.finditer(text):
        if " " in match.group() and _is_word(match["head"].lower()):
            continue  # "MY NUMBER IS 4471902", "GMC 4471902"
        yield Hit(*match.span(), EntityType.MEDICAL_RECORD, 0.7, NAME, "record-printed")
    yield from _references(reading)
    for stretch in reading.stretches:
        heard = _SAID.fullmatch(stretch.chars)
        said = heard is not None and not stretch.quantity and _spelt(reading, stretch.spans)
        test = stretch.chars.lower() in allowed().words  # "HBA1C"
        if heard and said and not (test or is_acronym(heard["tail"] or heard["head"])):
            yield reading.hit(stretch.first, stretch.last, plate, 0.7, (NAME, "older-plate"))


def _is_word(low: str) -> bool:
    """Whether letters before figures say something by themselves."""
    known = low in allowed().words or low in allowed().acronyms or low in _BODIES
    return known or lexicon().entry(low).tier > 0


_BODIES = frozenset(
    {"nhs", "chi", "hsc", "gmc", "nmc", "hcpc", "pin", "tel", "fax", "ref", "ext", "mrn", "nino",
     "crn", "urn", "pas", "ni", "id", "no", "mob"}
)  # fmt: skip


def _plates(reading: Reading) -> Iterator[Hit]:
    """Number plates by their letters: older ones, in capitals, in small letters."""
    text, plate = reading.words.text, EntityType.UK_VEHICLE_REGISTRATION
    for match in _WRITTEN.finditer(text):
        test = match.group().lower() in allowed().words  # "HBA1C"
        if not (test or is_acronym(match["tail"] or match["head"])):
            yield Hit(*match.span(), plate, 0.7, NAME, "older-plate")
    for match in _IN_CAPITALS.finditer(text) if reading.words.cased else ():
        if match["tail"].lower() not in allowed().acronyms:
            yield Hit(*match.span(), plate, 0.7, NAME, "plate-in-capitals")
    for match in _CURRENT.finditer(text):
        if match["tail"] not in _WORDS:
            yield Hit(*match.span(), plate, 0.7, NAME, "plate-in-small-letters")


def _references(reading: Reading) -> Iterator[Hit]:
    """References in parts, the addresses of devices, blue badges and the numbers of constables."""
    text, record = reading.words.text, EntityType.MEDICAL_RECORD
    for match in _REFERENCE.finditer(text):
        figures = sum(map(str.isdigit, _YEAR.sub("", match.group())))
        if figures >= _FEWEST_FIGURES:
            yield Hit(*match.span(), record, 0.75, NAME, "reference-printed")
    for match in _HARDWARE.finditer(reading.words.folded):
        if any(map(str.isalpha, match.group())):
            yield Hit(*match.span(), record, 0.9, NAME, "device")
    for rule, pattern in (("badge", _BADGE), ("officer", _OFFICER)):
        for match in pattern.finditer(text):
            yield Hit(*match.span(), record, 0.75, NAME, rule)


def is_acronym(letters: str) -> bool:
    """Whether the letters are a word, or an abbreviation that everybody knows."""
    low = letters.lower()
    return low in allowed().acronyms or low in allowed().words or low in _WORDS


def _spelt(reading: Reading, spans: tuple[tuple[int, int], ...]) -> bool:
    """Whether it was said letter by letter."""
    kinds = reading.words.kinds
    return all(
        last - first > 1 or kinds[first] & (NUMERAL | MULTIPLE | LETTER | NATO)
        for first, last in spans
    )
