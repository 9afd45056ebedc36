"""Two capitals that somebody is called by: "I rang TJ", "AJ's mum", "Kev and PJ".

Letters in capitals are mostly a body's, an illness's or a thing's; with a J among two of them they
are hardly anything but somebody.
"""

from deid.detect.words.evidence import Evidence
from deid.detect.words.frames import DETERMINERS
from deid.detect.words.neighbours import before

_OTHERS = frozenset({"DJ", "JD", "NJ", "LJ"})
_TWO = 2


def is_called_by_letters(evidence: Evidence, place: int) -> bool:
    """Whether two capitals are a person here; never "a DJ", "JD Sports", "PJs"."""
    tokens, word = evidence.tokens, evidence.tokens.words[place]
    if len(word) != _TWO or not word.isupper() or "J" not in word or word in _OTHERS:
        return False
    if evidence.taken(place) or before(tokens, place)[0] in DETERMINERS:
        return False
    ahead = place + 1
    firm = ahead < len(tokens) and tokens.joined(ahead) and tokens.capital(ahead)
    return not firm and tokens.after(place)[:1] not in {"/", "-"}
