"""The endings of domains as they are said: "dot com", "dot org dot au", "dot N Z", "dot in".

An ending that is a word too ("dot in", "dot club") is one only at the end of a clause that tells of
a website before it; in mail where mail is spoken of, or behind a host of several words. Never
"there was a red dot in the middle", "the polka dot shop".
"""

from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import ALPHABET, data, domain_endings
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, LINE, PAUSE, SPACE, STOP, Words
from deid.detect.words.gazetteer import lexicon

_SURE = frozenset(ending for ending, sure in domain_endings().items() if sure)
ENDINGS = frozenset(data("context")["mail_endings"]) | _SURE
_WORDS_TOO = domain_endings().keys() - ENDINGS
_ALL_ENDINGS = ENDINGS | _WORDS_TOO
_SITES = frozenset(data("context")["host_nouns"]) | {"www", "url", "visit"}
_NEAR, _SPELT, _BACK = (SPACE, HYPHEN, PAUSE), (3, 2), 8
_MAIL_NEAR, _FEWEST, _LONG = 40, 2, 6


def ending_size(words: Words, token: int) -> int:
    """Tokens of a domain's ending: 1 for "com", 2 for "P L"; 0 for none."""
    said = words.words[token : token + 2]
    if said and said[0] in ENDINGS:
        return 1
    for size in _SPELT:  # "P L", "n-e-t", "Charlie Oscar Mike"; "N O" is no word where it is spelt
        letters = [_letter(words, each) for each in range(token, token + size)]
        if not all(letters) or "".join(letters) not in _ALL_ENDINGS:
            continue
        if all(words.gap(each) in _NEAR for each in range(token + 1, token + size)):
            return size
    return 0


def _letter(words: Words, token: int) -> str:
    """The letter that a token says, singly or in the alphabet of the radio; "" for none."""
    word = words.words[token] if token < len(words.words) else ""
    return word if len(word) == 1 else ALPHABET.get(word, "").lower()


def is_site_ending(words: Words, first: int, token: int) -> bool:
    """Whether a token ends the domain whose name begins at ``first`` although it is a word."""
    too = words.words[token + 1 : token + 2] == ["too"]
    if words.words[token] not in _WORDS_TOO or not (too or words.closes(token + 1)):
        return False
    if first and words.gap(first) == LINE and "?" in words.between(first):
        asked = words.words[max(0, first - _BACK) : first]
        return not _SITES.isdisjoint(asked)  # "and the site?" / "Tax back now dot click."
    for lead in range(first - 1, max(-1, first - _BACK), -1):
        if words.gap(lead + 1) in (LINE, STOP):
            return False
        if words.words[lead].removesuffix("'s") in _SITES:
            return True
    return words.words[first] == "www"


def is_mail_ending(reading: Reading, host: int, token: int) -> bool:
    """Whether a token ends the domain that begins at ``host``, behind "at", although it is a word.

    Its clause has to end, and mail to be spoken of or the host to be "paws and ponder" or a word
    that nobody knows.
    """
    words = reading.words
    if words.words[token] not in _WORDS_TOO or not words.closes(token + 1):
        return False
    if words.words[host] in _ARTICLES:
        return False
    told = reading.cues.near(CueKind.EMAIL, host, token, reach=_MAIL_NEAR)
    name = words.words[host]
    unknown = len(name) >= _LONG and name.isalpha() and lexicon().entry(name).unknown
    return told or unknown or token - host - 1 >= _FEWEST


def ends_clause(words: Words, token: int) -> int:
    """The token after the ending, a word too or not, with which a clause ends; 0 for none."""
    if token < len(words.words) and words.words[token] in _WORDS_TOO:
        return token + 1 if words.closes(token + 1) else 0
    size = ending_size(words, token)
    return token + size if size else 0


_ARTICLES = frozenset({"the", "a", "an", "this", "that", "my", "his", "her", "your"})
