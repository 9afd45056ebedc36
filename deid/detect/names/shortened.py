"""A name cut short by who knows its bearer: "That was Bash" where Bashir speaks, "Morning, Baba".

Only a capital that stands inside a sentence or is all of its clause, on a word that begins the name
of somebody who speaks or is spoken of, and that the same talk nowhere writes small.
"""

from collections.abc import Iterator, Sequence

from deid.detect.names.epithets import is_epithet
from deid.detect.names.spans import Named
from deid.detect.names.things import ARTICLES
from deid.detect.words.evidence import Evidence
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case

_SHORTEST, _LEAST_CUT = 3, 2


def shortened(evidence: Evidence, people: Sequence[Named]) -> Iterator[Named]:
    """Hits for such words, none of them in ``people``."""
    tokens = evidence.tokens
    taken = {place for name in people for place in range(name.first, name.last + 1)}
    names = {tokens.lows[name.first] for name in people} | set(evidence.labels)
    begun = {name[:size] for name in names for size in range(_SHORTEST, len(name) - _LEAST_CUT + 1)}
    small = {
        tokens.lows[place]
        for place, word in enumerate(tokens.words)
        if word.islower() and tokens.case(place) is Case.MIXED
    }
    for place, low in enumerate(tokens.lows):
        if low not in begun or low in small or place in taken or place in evidence.kept:
            continue
        written = tokens.case(place) is Case.MIXED and tokens.words[place].istitle()
        whole = before(tokens, place)[0] not in ARTICLES  # not "the Chr- thing"
        if written and whole and (not tokens.initial(place) or tokens.closes(place)):
            first = place - (place > 0 and tokens.joined(place) and is_epithet(evidence, place - 1))
            yield Named(first, place, 0.6, "shortened")
