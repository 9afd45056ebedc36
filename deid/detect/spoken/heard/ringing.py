"""A call to a practice that is spoken of, with no number given: "you can ring us that day".

Who may ring "us" is told so by those whose number it is, so what the other voice says next is none.
Never where a number is spoken of or asked for, nor where the cue is the last that is said.
"""

from deid.detect.spoken.heard.cues import Cue
from deid.detect.spoken.heard.giving import asks
from deid.detect.spoken.heard.words import Words

_RINGING = (["ring", "us"], ["call", "us"], ["phone", "us"], ["text", "us"])
_NUMBERED = frozenset({"number", "numbers", "what", "what's", "which", "on", "landline", "mobile"})


def only_rung(words: Words, cue: Cue, first: int, last: int) -> bool:
    """Whether a cue for telephones is no more than that in its sentence or turn, half-open."""
    if words.words[cue.first : cue.last] not in _RINGING or cue.last >= last:
        return False
    return not asks(words, cue.last, last) and _NUMBERED.isdisjoint(words.words[first:last])
