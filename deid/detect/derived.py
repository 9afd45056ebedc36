"""Words of no list that English makes of listed ones: "reddish", "nonspeech", "nebulizer".

Only speech without capitals asks for this: with a capital, "Woodly" is more likely somebody's name.
Of the names that official lists hold and no dictionary does, one in sixty looks so made.
"""

from deid.detect.gazetteer import Lexicon

_BEGINNINGS = (
    *("non", "anti", "over", "under", "inter", "multi", "semi", "self", "pre", "mis", "un", "re"),
    *("out", "up", "down", "hyper", "hypo", "micro", "sub", "super", "post"),
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
    if lexicon.entry(low.replace("iz", "is").replace("yz", "ys")).tier:
        return True
    ends = (low.removesuffix(end) for end in _ENDINGS if low.endswith(end))
    begins = (low.removeprefix(begin) for begin in _BEGINNINGS if low.startswith(begin))
    stems = {form for stem in (*ends, *begins) for form in (stem, f"{stem}e", stem[:-1])}
    return any(
        len(stem) >= _LEAST_STEM and 0 < lexicon.entry(stem).tier < _RARE_TIER for stem in stems
    )
