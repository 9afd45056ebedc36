"""Where the name of a website begins that is said in several words before its first "dot".

"It's bumps and bikes dot org", "a page called tall ships dot com", "the forms go on lab hub dot
org": back to the verb, the noun or the preposition that leads in, or to the clause's beginning
where all of it may be a name. Never the talk before it ("I ordered it from ...").
"""

from deid.detect.spoken.heard.lexicon import data
from deid.detect.spoken.heard.words import HYPHEN, LINE, SPACE, STOP, Words
from deid.detect.spoken.web.mail_parts import JOINTS, NOT_JOINED, STOPS

SMALL = frozenset(data("context")["host_small"])
HOST_JOINTS = frozenset({"dot", "slash", "dash", "hyphen", "underscore"})
"""Words that say a sign in the name of a website or its path."""
_CALLS = frozenset({"it's", "is", "called", "that's", "website's", "blog's", "site's"})
_NOUNS = frozenset(data("context")["host_nouns"])
_PLACES = frozenset(
    {"on", "at", "to", "via", "from", "into", "off", "try", "visit", "google", "in"}
)
_ARTICLES = frozenset({"a", "an", "the", "my", "our", "their", "his", "her", "this"})
_HARD = (STOPS | NOT_JOINED | JOINTS | frozenset(data("context")["host_verbs"])) - SMALL
_NO_HOST = frozenset(data("context")["host_none"])
_MAKERS = frozenset({"wrote", "made", "runs", "started", "built", "use", "used", "recommended"})
_OR_NAMES = frozenset({"no", "so", "yes", "early", "first", "big", "old", "new"})
_LOOKS = frozenset(
    {"book", "booked", "donate", "enrol", "find", "is", "it's", "join", "look", "looked", "looking"}
    | {"online", "they're", "we're", "order", "ordered", "register", "registered", "us"}
)
_GOES = frozenset({"go", "went", "log"})
_WITHIN = frozenset({"on", "in", "by", "at", "home", "school"})
_PARTICIPLES = ("ed", "en", "made", "run", "sold", "built", "it", "this", "that", "one")
_LED_BY = frozenset({"with", "for", "as", "about"})
_LONGEST, _LONGEST_REST = 7, 3


def host_start(words: Words, first: int) -> int:
    """The token where the host begins whose last word before "dot" is ``first``."""
    begin = first
    while begin > 0 and first - begin < _LONGEST and words.gap(begin) in (SPACE, HYPHEN):
        if words.words[begin - 1] == "slash":
            return begin
        begin -= 1
    clause = words.words[begin:first]
    looked = begin + _last(clause, frozenset({"at"}))
    if looked > begin and words.words[looked - 1] == "look":
        return looked + 1
    lead = _last(clause, _CALLS)
    if lead >= 0:
        return _past_noun(words, begin + lead + 1, first)
    lead = _last(clause, _NOUNS)
    if lead >= 0:
        start = begin + 1 + max(lead, _last(clause, _MAKERS))
        return start + (start < first and words.words[start] == "at")
    hard = next((at for at in range(len(clause) - 1, -1, -1) if _ends_host(clause, at)), -1)
    began = begin == 0 or words.gap(begin) not in (SPACE, HYPHEN)
    if hard < 0 and began and not _PLACES.intersection(clause[:1]):
        return begin
    lead = max(hard, _last(clause, _PLACES))
    start = begin + lead + 1
    while start < first and words.words[start] in _ARTICLES - {"the"}:
        start += 1
    looked = lead > 0 and clause[lead] in _PLACES and clause[lead - 1] in _LOOKS | _GOES
    longest = _LONGEST if looked else _LONGEST_REST
    if first - start >= longest:  # "it came up with young carers together dot net"
        lead = _last(clause, _LED_BY)
        start = begin + lead + 1
    return start if lead >= 0 and first - start < longest else first


def names_host(words: Words, first: int, dot: int) -> bool:
    """Whether what stands before "dot" may be a host: not "put dot com", "a dot com"."""
    last = words.words[dot - 1]
    if "at" in words.words[first:dot]:
        return False  # an address of mail
    named = first + (words.words[first] == "the") < dot - 1
    return last not in _NO_HOST or (named and last in _OR_NAMES)


def is_look(words: Words, at: int) -> bool:
    """Whether "at" leads in a website ("have a look at ...") and joins no address of mail."""
    if at < 1 or words.gap(at) in (LINE, STOP):
        return False
    lead = words.words[at - 1]
    site = lead.endswith("'s") and lead.removesuffix("'s") in _NOUNS - {"address"}
    return site or lead in _LOOKS


def long_host(words: Words, first: int) -> int:
    """How many words stand before "dot" in "kitchen on cross street dot org", none of them talk."""
    for token in range(first, min(len(words.words), first + _LONGEST)):
        if token > first and words.gap(token) not in (SPACE, HYPHEN):
            return 0
        if words.words[token] == "dot":
            return token - first if words.words[token - 1] not in _NO_HOST else 0
        if is_hard(words.words[token]) and words.words[token] not in _WITHIN:
            return 0
    return 0


def is_hard(word: str) -> bool:
    """Whether a word is talk and belongs to no name."""
    return word in _HARD or ("'" in word and not word.endswith("s"))


def _ends_host(clause: list[str], at: int) -> bool:
    """Whether a host cannot go back over a word.

    "Like" is in one behind "try mums like us", "by" in one that begins a clause: "keys by keith".
    """
    named = clause[at] == "like" and 1 < at < len(clause) and clause[at - 2] in _PLACES
    named = named or (clause[at] == "by" and at == 1 and not clause[0].endswith(_PARTICIPLES))
    return is_hard(clause[at]) and not named


def _last(clause: list[str], leads: frozenset[str]) -> int:
    """The place of the last word of a clause that leads in; -1 where none does."""
    return next((place for place in range(len(clause) - 1, -1, -1) if clause[place] in leads), -1)


def _past_noun(words: Words, start: int, first: int) -> int:
    """Past "a website", "the page", "on" after a verb."""
    while start < first and words.words[start] in ("on", "at"):
        start += 1
    noun = start + (words.words[start] in _ARTICLES)
    return noun + 1 if noun < first and words.words[noun] in _NOUNS else start
