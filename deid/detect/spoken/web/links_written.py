"""Web addresses as they are written, with any ending that a domain has.

"sailloftmuseum.ca", "www.felltrust.wales", "https://...". Endings that are words too need more,
because a full stop often lacks its blank ("we went home.it was late"): a cue before ("go to
rohanandmeg.in"), or a name that is no word, and a clause that ends behind. Never "come.in".
"""

import re
from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import data, domain_endings
from deid.detect.spoken.heard.words import Words
from deid.detect.spoken.web.mail_parts import STOPS
from deid.detect.words.allow import allowed
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

# Bounded everywhere, so that no text makes it slow.
_LINK = re.compile(
    r"www\.\s[a-z0-9-]{2,63}(?:\.\s?(?:com?|org|net|uk|nhs|ac|gov|info|wales|scot)){1,2}(?!\w)"
    r"|(?:https?://|www\.)[^\s<>\"')\]]{2,300}"
    r"|(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,3}[a-z]{2,6}/[^\s<>\"')\]]{2,200}"
    r"|(?<![\w@.-])((?:[a-z0-9-]{2,63}\.){1,4}[a-z]{2,7})(?![\w-]|\.\w)"
)
_ENDS = re.compile(r"/|[.,;:!?]?(?:[\"')\]]|\s*\Z|\s*\n)|[.,;:!?]\s| (?:and|but|for|if|or)\b")
_SECOND = frozenset({"ac", "co", "com", "edu", "gob", "gov", "govt", "net", "org"})
_NOUNS = "|".join(data("context")["host_nouns"])
_TOLD = re.compile(rf"\b(?:{_NOUNS}|url)(?:'s)?(?: (?:at|called|is|on|was))?[:,]? $")
_LED = re.compile(
    r"\b(?:at|called|check out|follow|go to|it's|on|see|tag|that's|try|use|via|visit)[:,]? $"
)
_BEFORE, _LONG, _SHORTEST, _COMMON = 40, 8, 2, 20


def links_written(words: Words) -> Iterator[Hit]:
    """Hits for them."""
    text = words.folded
    if "." not in text:
        return
    for match in _LINK.finditer(text):
        size = len(match.group().rstrip(".,;:!?"))
        if match[1] is not None:
            size = _host_size(words, match.start(), match[1])
        if size:
            end = match.start() + size
            yield Hit(match.start(), end, EntityType.URL, 0.85, "spoken-web", "written")


def _host_size(words: Words, start: int, host: str) -> int:
    """The length of what is an address in words that full stops join; 0 where none is."""
    labels = host.split(".")
    while len(labels) > 1:
        size = len(".".join(labels))
        if _is_host(words, start, labels, start + size):
            return size
        labels.pop()
    return 0


def _is_host(words: Words, start: int, labels: list[str], end: int) -> bool:
    name, ending = labels[-2], labels[-1]
    sure = domain_endings().get(ending)
    if sure is None or name.isdigit():
        return False
    if name in STOPS and not (sure and len(labels) > _SHORTEST and labels[-3] not in STOPS):
        return False  # "pennine.me.uk"
    written = words.text[end - len(ending) : end]
    if written[0].isupper() and not written.isupper():
        return False  # "we moved.London was dear"
    if sure or _ENDS.match(words.folded, end) is None:
        return sure
    return (name in _SECOND and len(labels) > _SHORTEST) or _is_told(words, start, name)


def _is_told(words: Words, start: int, name: str) -> bool:
    """Whether a name before an ending that is a word is one of a site, by itself or its cue."""
    before = words.folded[max(0, start - _BEFORE) : start]
    odd = any(map(str.isdigit, name)) or any(map(_is_unknown, name.split("-")))
    if _TOLD.search(before):
        return odd or not 0 < lexicon().entry(name).tier <= _COMMON
    led = _LED.search(before) is not None
    return odd and (led or (len(name) >= _LONG and not words.text[start].isupper()))


def _is_unknown(word: str) -> bool:
    return word not in allowed().words and lexicon().entry(word).unknown
