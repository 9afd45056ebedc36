"""Web addresses that are thought about while they are said, or spelt on the way.

"www dot dry, let me think, dash feet, dot org"; "h t t p s colon slash slash dog ate the, B U T
T O N, dot com"; "It's Caring, spelt C A R I N G, Times dot org". Behind what begins an address, or
in a turn that says nothing else: words, signs, letters and asides up to a domain's ending. Never
over other talk, nor where nothing stands between its words: those have rules of their own.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.giving import past_leads, turns
from deid.detect.spoken.heard.lexicon import BACKCHANNELS, LETTER, NUMERAL, SKIP
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, SPACE, STOP, Words
from deid.detect.spoken.web.asides import past_asides
from deid.detect.spoken.web.domains import ending_size
from deid.detect.spoken.web.hosts import SMALL, is_hard
from deid.detect.spoken.web.links import link_end, with_scheme, with_www
from deid.detect.spoken.web.mail_parts import JOINTS, STATE, is_everybodys
from deid.detect.spoken.web.names_spelt import lead_size, letters_said
from deid.transcript import EntityType

_LEADS = frozenset({"it's", "go", "to", "try", "on", "use", "just", "type", "in", "visit", "you"})
_APART, _MOST_PLAIN, _LONGEST, _FEWEST = (LINE, STOP, BREAK), 6, 40, 3


def links_thought(reading: Reading) -> Iterator[Hit]:
    """Hits for them, with what begins them and the path behind."""
    words = reading.words
    if "dot" not in words.words:
        return
    for begin, first in [*_begun(words), *_turns(words)]:
        last = _end(words, first, begun=begin < first)
        if last:
            yield reading.hit(begin, last, EntityType.URL, 0.9, ("spoken-web", "thought"))


def _begun(words: Words) -> Iterator[tuple[int, int]]:
    """Where "www dot" or "h t t p s colon slash slash" begins, and the token after it."""
    for token, word in enumerate(words.words[:-1]):
        if word == "dot" and (begin := with_www(words, token)) < token:
            yield with_scheme(words, begin), token + 1
        elif word == "slash" and (begin := with_scheme(words, token + 1)) <= token:
            yield begin, token + 1


def _turns(words: Words) -> Iterator[tuple[int, int]]:
    """The token after what leads to an answer in each turn, twice."""
    for first, last in turns(words):
        if "dot" not in words.words[first:last]:
            continue
        token = past_leads(words, first, last)
        while token < last and words.words[token] in _LEADS:
            token += 1
        if token < last:
            yield token, token


def _end(words: Words, first: int, *, begun: bool) -> int:
    """The token after the address whose host begins at ``first``; 0 without an aside in it."""
    token, plain, aside, joined = first, 0, False, True
    public = words.words[first + (words.words[first] == "the")] in STATE
    while token < min(len(words.words) - 1, first + _LONGEST):
        word, apart = words.words[token], words.gap(token) in _APART
        if token > first and apart:
            return 0
        if word == "dot" and ending_size(words, token + 1):
            last, ended = link_end(words, token)
            known = (public and plain == 1) or is_everybodys(words, token)
            return last if ended and aside and plain and not known else 0
        after = _past_sign(words, token) or _past_spelling(words, token)
        after = after or (_past_thought(words, token) if token > first else token)
        if after > token:
            aside = aside or word not in JOINTS or after > token + 1
            token, joined = after, True
            continue
        character = words.kinds[token] & (LETTER | NUMERAL)
        near = joined or words.gap(token) == SPACE
        if not character and not (near and (_is_plain(words, token) or (begun and word.isalpha()))):
            return 0
        aside = aside or (bool(character) and words.gap(token) != SPACE and token > first)
        token, plain, joined = token + 1, plain + (not character), bool(character)
        if plain > _MOST_PLAIN:
            return 0
    return 0


def _past_thought(words: Words, token: int) -> int:
    """The token after an aside; ``token`` for "and", and for what a listener says."""
    after = past_asides(words, token)
    heard = words.phrase(token, BACKCHANNELS) > 0 or not words.hesitates(token, after)
    return token if heard else after


def _past_sign(words: Words, token: int) -> int:
    """The token after "dash", "dash, sorry, not dash" and asides behind it; 0 for no sign."""
    if words.words[token] not in JOINTS:
        return 0
    after = past_asides(words, token + 1)
    taken = words.words[after : after + 1] == ["not"] and words.words[after + 1 : after + 2] != []
    return after + 2 if taken and words.words[after + 1] in JOINTS else after


def _past_spelling(words: Words, token: int) -> int:
    """The token after "that's m-o-t-o-r-s"; 0 for none."""
    lead = lead_size(words, token)
    letters, last = letters_said(words, token + lead) if lead else ("", token)
    return last if len(letters) >= _FEWEST else 0


def _is_plain(words: Words, token: int) -> bool:
    """Whether a word may be one of a host's."""
    word = words.words[token]
    return word in SMALL or not (is_hard(word) or words.kinds[token] & SKIP)
