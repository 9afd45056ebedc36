"""E-mail addresses with the "at" in a turn of its own.

"It's rosters." / "At." / "Yep." / "gentletouch, one word." / "With an S?" / "No S. Dot care."
Nobody need speak of mail: pieces have to stand before the "at", a host and an ending of a domain in
the few turns behind it, with nothing between but what is heard, asked back or told of the spelling.
Never "It's Monday." / "At?" / "Nine.".
"""

from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.giving import asks, nods, past_leads, turns
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, PAUSE, STOP, Words
from deid.detect.spoken.web.domains import ends_clause
from deid.detect.spoken.web.mail_asked import may_belong
from deid.detect.spoken.web.mail_firsts import IN_NAMES, ONE_WORD
from deid.detect.spoken.web.mail_pieces import is_of_letter, pieces_before
from deid.detect.spoken.web.mail_turns import opens_turn
from deid.detect.spoken.web.names_spelt import letters_said
from deid.transcript import EntityType

type Piece = tuple[int, int]
"""Tokens, half-open."""

_LATER, _LONGEST = 7, 4


def mail_lone(reading: Reading) -> Iterator[Hit]:
    """Hits for the pieces, the "at", the host and the ending."""
    words = reading.words
    if "at" not in words.words or "dot" not in words.words:
        return
    said = list(turns(words))
    for place, (_, last) in enumerate(said):
        if words.words[last - 1] != "at" or not opens_turn(words, last - 1):
            continue
        domain = _domain(reading, said[place + 1 : place + 1 + _LATER])
        before = pieces_before(reading, said, place) if domain else []
        given = domain and not said[place + 1][0] <= domain[0][0] < said[place + 1][1]
        at = [(last - 1, last)] if given else []  # else it is asked for: "At?" / "gentletouch"
        for score, pieces in ((0.75, before), (0.97, [*at, *domain] if before else [])):
            for piece in pieces:
                said_by = ("spoken-mail", "lone-at")
                yield reading.hit(*piece, EntityType.EMAIL_ADDRESS, score, said_by)


def _domain(reading: Reading, said: Sequence[Piece]) -> list[Piece]:
    """The host and the ending that the turns give a clause each; none where talk comes first."""
    words, host = reading.words, list[Piece]()
    for first, last in said:
        for begin, end in _clauses(words, first, last):
            token = past_leads(words, begin, end)
            dot = words.words.index("dot", token, end) if "dot" in words.words[token:end] else end
            named = dot > token and _is_name(words, token, dot) and not asks(words, end, end)
            same = host and words.words[slice(*host[0])] == words.words[token:dot]
            host += [(token, dot)] if same or (named and not host) else []
            ending = ends_clause(words, dot + 1) if dot < end and host else 0
            if ending and (named or dot == token):
                return [*host, (dot, ending), *_again(words, dot, ending)]
            heard = token == end or nods(reading, begin, end) or is_of_letter(words, token, end)
            if not (named or heard or words.phrase(token, ONE_WORD)):
                return []
    return []


def _again(words: Words, dot: int, ending: int) -> Iterator[Piece]:
    """The ending that is said back or spelt in the next turns: "Dot care?" / "C-A-R-E."."""
    token = ending
    while token < min(len(words.words), ending + _LONGEST):
        size = ending - dot
        whole, last = letters_said(words, token)
        if words.words[token : token + size] == words.words[dot:ending]:
            last = token + size
        elif whole != words.words[ending - 1]:
            return
        yield token, last
        token = last


def _clauses(words: Words, first: int, last: int) -> Iterator[Piece]:
    begin = first
    for token in range(first + 1, last + 1):
        if token == last or words.gap(token) in (STOP, PAUSE, BREAK):
            yield begin, token
            begin = token


def _is_name(words: Words, first: int, last: int) -> bool:
    """Whether words may be a host: few, and none of talk."""
    few = last - first <= _LONGEST and not words.phrase(first, ONE_WORD)
    return few and all(may_belong(words, token, IN_NAMES) for token in range(first, last))
