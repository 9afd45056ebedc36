"""Ages said as the birthday they are: "my nan's eightieth", "for her twenty first birthday".

Never another ordinal: a child's birthday long ago tells little, and without
the word "birthday" only a round one of a person's counts, at the end of a clause.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.explaining import joined
from deid.detect.spoken.heard.lexicon import ORDINAL, TENS, data, ordinal_value
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP, Words
from deid.detect.words.cues import roles
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

_YOUNGEST = 13
_RULE = ("spoken-ages", "birthday")
_ROUND = frozenset(data("context")["round_birthdays"])
_OWNERS = frozenset(data("context")["birthday_owners"])
_MAY_FOLLOW = frozenset({"on", "this", "next", "in", "last", "so", "party"})


def birthdays(reading: Reading) -> Iterator[Hit]:
    """Ordinals that are ages."""
    words = reading.words
    for token, word in enumerate(words.words):
        if word not in _ROUND and not words.kinds[token] & ORDINAL:
            continue
        first, last = token, token + 1
        if first and words.kinds[first - 1] & TENS and joined(words, first):
            first -= 1
        elif word not in _ROUND and (ordinal_value(word) or 0) < _YOUNGEST:
            continue
        ends = last >= len(words.words)
        named = not ends and words.gap(last) == SPACE and words.words[last] == "birthday"
        ends = ends or words.gap(last) in (STOP, LINE, PAUSE, BREAK)
        ends = ends or words.words[last] in _MAY_FOLLOW
        owned = first > 0 and _owns(words, first - 1) and words.gap(first) == SPACE
        if named or (owned and ends and word in _ROUND):
            yield reading.hit(first, last, EntityType.AGE, 0.7, _RULE)


def _owns(words: Words, token: int) -> bool:
    """Whether somebody owns what follows: "her", "Mammy's", "Kirsty's"."""
    owner = words.words[token]
    if owner in _OWNERS:
        return True
    own = owner.removesuffix("'s")
    written = words.cased and words.capital(token)
    return own != owner and (own in roles().kin or (written and lexicon().entry(own).given > 0))
