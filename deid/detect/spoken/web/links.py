"""Web addresses that are said: "www dot marling mens shed, all one word, dot org dot uk"."""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import NUMERAL
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, HYPHEN, LINE, PAUSE, SPACE, STOP, Words
from deid.detect.spoken.web.asides import before_asides
from deid.detect.spoken.web.domains import ending_size, is_site_ending
from deid.detect.spoken.web.hosts import HOST_JOINTS, host_start, is_look, names_host
from deid.detect.spoken.web.mail_firsts import said_as_one
from deid.detect.spoken.web.mail_parts import is_everybodys
from deid.detect.spoken.web.paths import later_paths, path_end
from deid.transcript import EntityType

_WEB = frozenset({"w", "www", "u", "double", "triple", "dub", "dubs"})
_HYPHENS = frozenset({"hyphen", "dash", "minus", "underscore"})
_NEAR = (SPACE, PAUSE, HYPHEN)
_LONGEST_HOST, _LONGEST_LINK = 4, 40
_SCHEME_MARKS = frozenset({"colon", "slash", "forward", "double"})
_SCHEME, _APART = _SCHEME_MARKS | {"h", "t", "p", "s", "http", "https"}, (LINE, STOP, BREAK)


def spoken_links(reading: Reading) -> Iterator[Hit]:
    """Hits for addresses with an ending that a domain has, in order."""
    words = reading.words
    tokens, taken = words.words, 0
    for token, word in enumerate(tokens):
        if word != "dot" or token < taken or token == 0 or token + 1 >= len(tokens):
            continue
        aside = before_asides(words, token, max(0, token - _LONGEST_HOST))
        head = aside if aside > 0 and said_as_one(words, token) else token
        first = with_www(words, host_start(words, _link_start(words, head)))
        first = with_scheme(words, first)
        last, ended = link_end(words, token)
        ended = ended or is_site_ending(words, first, last - 1)
        taken = last
        joined = words.gap(token) in (SPACE, PAUSE) and names_host(words, first, head)
        if is_everybodys(words, token) and "slash" not in tokens[token:last]:
            continue
        if ended and joined and not _is_mail(words, first):
            yield reading.hit(first, last, EntityType.URL, 0.8, ("spoken-web", "spoken"))
            for begin, end in later_paths(reading, last):
                yield reading.hit(begin, end, EntityType.URL, 0.8, ("spoken-web", "path"))


def _link_start(words: Words, dot: int) -> int:
    first = dot - 1
    while first > 1 and words.words[first - 1] in _HYPHENS and words.gap(first) == SPACE:
        first -= 2  # "drip hyphen drop dot scot"
    while first > 0 and _is_www(words, first - 1) and _is_www(words, first):
        first -= 1
    return first


def _is_www(words: Words, token: int) -> bool:
    """Whether a word is one of "w w w", "double u double u", close to the one behind it."""
    close = words.gap(token + 1) in _NEAR or words.between(token + 1) == "."
    return words.words[token] in _WEB and close


def with_www(words: Words, first: int) -> int:
    """Where "www," before a host begins, or the first of "w w w"; ``first`` without them."""
    begin = first
    while begin > 0 and _is_www(words, begin - 1):
        begin -= 1
    said = words.words[begin:first]
    whole = "www" in said or len(said) >= len("www") or words.words[first] in _WEB
    return begin if whole else first


def with_scheme(words: Words, first: int) -> int:
    """Where "h t t p s colon slash slash" before a host begins; ``first`` without it."""
    begin = first
    while begin > 0 and words.words[begin - 1] in _SCHEME and words.gap(begin) not in _APART:
        begin -= 1
    spelt = "".join(word for word in words.words[begin:first] if word not in _SCHEME_MARKS)
    return begin if spelt in ("http", "https") else first


def link_end(words: Words, dot: int) -> tuple[int, bool]:
    """The token after the link, and whether it came to a domain's ending."""
    tokens, last, ended = words.words, dot, False
    web = tokens[dot - 1] in _WEB
    while (
        last + 1 < min(len(tokens), dot + _LONGEST_LINK)
        and tokens[last] in HOST_JOINTS
        and not (ended and tokens[last] == "slash")
    ):
        size = ending_size(words, last + 1)
        ended, last = ended or size > 0, last + 1 + max(1, size)
        if (
            not ended
            and words.words[last + 1 : last + 2] == ["dot"]
            and words.kinds[last] & NUMERAL
        ):
            last += words.gap(last) == SPACE  # "motors dot force nine dot co"
        if web and not ended and last < len(tokens) and words.gap(last) != BREAK:
            last = _next_dot(words, last)
    last = min(last, len(tokens))
    return (path_end(words, last) if ended else last), ended


def _next_dot(words: Words, last: int) -> int:
    """The "dot" after the words of a host, and what is remarked on them; ``last`` for none."""
    for token in range(last, min(len(words.words), last + 2 * _LONGEST_HOST)):
        if words.words[token] == "dot":
            near = before_asides(words, token, last) - last < _LONGEST_HOST
            return token if near else last
    return last


def _is_mail(words: Words, first: int) -> bool:
    """Whether the link is the domain of an e-mail address."""
    for token in range(first, max(0, first - 3), -1):
        if words.gap(token) in (STOP, LINE, BREAK):
            return False
        if words.words[token - 1] == "at":
            return not is_look(words, token - 1)
    return False
