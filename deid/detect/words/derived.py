"""Words of no list that English makes of listed ones: "reddish", "nonspeech", "nebulizer".

Only speech without capitals asks for this: with a capital, "Woodly" is more likely somebody's name.
Of the names that official lists hold and no dictionary does, one in fifty looks so made.
"""

import re
from collections.abc import Iterator

from deid.detect.words.gazetteer import Lexicon

_BEGINNINGS = (
    *("non", "anti", "over", "under", "inter", "multi", "semi", "self", "pre", "mis", "un", "re"),
    *("out", "up", "down", "hyper", "hypo", "micro", "sub", "super", "post"),
    *("immuno", "neuro", "cardio", "gastro", "psycho", "physio", "electro", "hydro", "thermo"),
)
_ENDINGS = (
    *("ish", "less", "ness", "like", "wise", "able", "ably", "ful", "fully", "ing", "ings"),
    *("ised", "ized", "iser", "izer", "ization", "isation", "ism", "ist", "ists", "y", "ly"),
    *("ier", "iest", "ers", "er", "ed", "s"),
)
_LEAST_STEM, _LEAST_WORD, _RARE_TIER = 4, 6, 60


def derived(lexicon: Lexicon, low: str) -> bool:
    """Whether a word of no list is an everyday word with a beginning or an ending."""
    if len(low) < _LEAST_WORD:
        return False
    ends = (low.removesuffix(end) for end in _ENDINGS if low.endswith(end))
    begins = (low.removeprefix(begin) for begin in _BEGINNINGS if low.startswith(begin))
    stems = {form for stem in (*ends, *begins) for form in (stem, f"{stem}e", stem[:-1])}
    return any(
        len(stem) >= _LEAST_STEM and 0 < lexicon.entry(stem).tier < _RARE_TIER for stem in stems
    )


def american(lexicon: Lexicon, low: str) -> bool:
    """Whether a word of six letters or more is an everyday word in American spelling."""
    long = len(low) >= _LEAST_WORD
    return long and any(lexicon.entry(spelling).tier for spelling in _british(low))


def _british(low: str) -> Iterator[str]:
    """How an American spelling would be spelt: "diarrhoea", "harbour", "centre", "realise"."""
    yield low.replace("iz", "is").replace("yz", "ys")
    for american, british in _SPELLINGS:
        for match in re.finditer(american, low):
            yield low[: match.start()] + british + low[match.end() :]


_SPELLINGS = (
    *(("e", "ae"), ("e", "oe"), ("or", "our"), ("er$", "re"), ("ense$", "ence")),
    *(("l(?=ed|ing|er)", "ll"), ("og$", "ogue")),
)
