"""Names that a question, or the next sentence, shows to be somebody's.

"Who booked it?" / "frank did"; "My daughter swears by it. Hope. She runs." A word that is a name
and something else is the name there, with or without capitals.
"""

from deid.detect.words.evidence import Evidence
from deid.detect.words.frames import before, following
from deid.detect.words.tokens import Tokens


def is_told(evidence: Evidence, place: int) -> bool:
    """Whether the word answers "who?", or is a sentence of its own about whom the next one is."""
    return _says_who(evidence, place) or _told_of_next(evidence.tokens, place)


def _says_who(evidence: Evidence, place: int) -> bool:
    """Whether the word answers "who?": "who booked it?" / "frank did"."""
    tokens, after = evidence.tokens, following(evidence.tokens, place)[0]
    answers = tokens.turns[place] in evidence.whose and before(tokens, place)[0] in _TURNING
    return answers and tokens.after(place) == " " and after in _SUPPLYING


def _told_of_next(tokens: Tokens, place: int) -> bool:
    """Whether a sentence is the word alone and the next tells of her or him: "Hope. She was"."""
    alone = tokens.initial(place) and tokens.after(place).startswith(".")
    after = tokens.lows[place + 1] if place + 1 < len(tokens) else ""
    return alone and before(tokens, place)[0] == "" and after in _OF_SOMEBODY


_OF_SOMEBODY = frozenset({"she", "he", "she's", "he's", "she'd", "he'd", "she'll", "he'll"})
_TURNING = frozenset({"", "oh", "well", "probably", "maybe"})
_SUPPLYING = frozenset({"did", "does", "was", "is", "has", "had", "said", "would", "will", "can"})
