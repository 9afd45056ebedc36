"""Bars called after whoever keeps them: "in Flannery's, the Friday", "a pint at hasson's bar"."""

from deid.detect.names.agreeing import OPEN
from deid.detect.names.spans import Named
from deid.detect.words.cues import role_words, roles
from deid.detect.words.evidence import FAIR, Evidence
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case


def bar_of(evidence: Evidence, name: Named) -> bool:
    """Whether a surname's owner keeps the place: "a do for him in Flannery's, the Friday"."""
    tokens, last = evidence.tokens, name.last
    entry = evidence.entry(last)
    written = tokens.case(last) is Case.MIXED and tokens.possessive(last) and name.first == last
    closes = tokens.closes(last)
    surname = entry.given < FAIR and tokens.lows[last] not in roles().kin
    lead = before(tokens, last)[0]
    drinking = lead in {"at", "in"} and not _DRINKS.isdisjoint(tokens.lows[max(0, last - 6) : last])
    return written and closes and ((surname and lead in {"in", "into", "outside"}) or drinking)


_DRINKS = frozenset({"pint", "pints", "drink", "drinks", "guinness", "quiz", "darts"})


def bar_behind(evidence: Evidence, name: Named) -> bool:
    """Whether a bar is called after somebody, without capitals: "a pint at hasson's bar"."""
    tokens, last = evidence.tokens, name.last
    if tokens.case(last) is Case.MIXED or not tokens.possessive(last) or name.rule not in OPEN:
        return False
    bar, after = following(tokens, last)
    kin = before(tokens, name.first)[0] in role_words("kin", "titles")
    return bar in _BARS and after != "of" and not kin


_BARS = frozenset({"bar", "tavern", "diner", "nightclub", "chippy", "cafe", "caf\u00e9", "hotel"})
