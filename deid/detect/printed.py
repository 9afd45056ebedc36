"""What is written rather than said: coordinates, paths, account numbers, hashtags, sign-offs.

E-mailed interviews, notes and tables hold them. Each has a shape of its own, so none needs a cue.
"""

import re
from collections.abc import Iterator

from deid.detect.speech import Hit, Speech
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

NAME = "printed"
_PLACE, _RECORD = EntityType.LOCATION, EntityType.MEDICAL_RECORD
_HANDLE, _PERSON = EntityType.SOCIAL_HANDLE, EntityType.PERSON
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_PATH = r"(?:(?<!\w)[A-Za-z]:\\|\\\\|(?<![\w/])~/|file:///)[^\s\"<>|]{3,200}"
_IBAN = r"(?<!\w)[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?!\w)"
_LICENCE = r"(?<!\w)[A-Z9]{5} ?\d{6} ?[A-Z9][A-Z0-9]\d[A-Z]{2}(?!\w)"
_POINT = r"(?<![\d.])-?\d{1,3}\.\d{3,8}, ?-?\d{1,3}\.\d{3,8}(?![\d.])"
_ADDRESS = rf"(?<![\d.])(?:{_OCTET}\.){{3}}{_OCTET}(?!\.?\d|\w)"
_PATTERNS = (
    ("coordinates", _PLACE, re.compile(_POINT)),
    ("ip-address", EntityType.URL, re.compile(_ADDRESS)),
    ("file-path", EntityType.URL, re.compile(_PATH)),
    ("iban", EntityType.BANK_ACCOUNT, re.compile(_IBAN)),
    ("licence", _RECORD, re.compile(_LICENCE)),
)
_HASHTAG = re.compile(r"(?<!\w)#([A-Za-z]\w{3,40})")
_HUMPS = re.compile(r"[A-Z][a-z]+")
_SIGNED = re.compile(
    r"(?:(?:best|kind|warm|all good) (?:wishes|regards)|^regards"
    r"|yours (?:sincerely|faithfully|truly)|many thanks|^thanks|^cheers|^love)"
    r"(?: from)?[,.]?[ \t]*\n\s{0,4}([^\W\d_][^\n,.?!:;]{0,40})$",
    re.IGNORECASE | re.MULTILINE,
)
_MOST_WORDS = 4
_FAIR, _STOPS = 4, ".,;:!?"


def find(speech: Speech) -> Iterator[Hit]:
    """All of them in a transcript."""
    text = speech.text
    for rule, kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            end = match.start() + len(match.group().rstrip(_STOPS))
            yield Hit(match.start(), end, kind, 0.8, NAME, rule)
    for match in _HASHTAG.finditer(text):
        if any(map(_names, _HUMPS.findall(match[1]))):
            yield Hit(*match.span(), _HANDLE, 0.8, NAME, "hashtag")
    for match in _SIGNED.finditer(text):
        words = match[1].split()
        if len(words) <= _MOST_WORDS and all(word[0].isupper() for word in words):
            end = match.start(1) + len(match[1].rstrip())
            yield Hit(match.start(1), end, _PERSON, 0.8, NAME, "signed")


def _names(word: str) -> bool:
    """Whether a word of a hashtag is a name or a place and no plain word."""
    entry = lexicon().entry(word.lower())
    return entry.tier == 0 and (entry.name >= _FAIR or entry.place >= _FAIR)
