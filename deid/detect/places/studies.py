"""Schools and colleges by a bare name: "is he at Bishop Henderson", "my degree at Ladbrooke".

Nobody is "at" a bishop but whoever looks or shouts at one, and what is learnt somewhere is learnt
at a school, whatever it is called.
"""

from deid.detect.places.wider import goes_on
from deid.detect.words.cues import role_words
from deid.detect.words.evidence import COMMONEST, FAIR, Evidence, contracted
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before
from deid.detect.words.tables import LOOKING
from deid.detect.words.tokens import Case

_RANKS = frozenset(
    {"bishop", "archbishop", "canon", "cardinal", "archdeacon", "abbot", "sir", "dame"}
)
_SUBJECTS = frozenset(
    {"english", "maths", "french", "spanish", "german", "welsh", "history", "geography", "law",
     "engineering", "plumbing", "bricklaying", "carpentry", "joinery", "hairdressing", "beauty",
     "catering", "nursing", "esol", "a-levels", "gcses", "btec", "degree", "master's", "masters",
     "phd", "diploma", "course", "apprenticeship", "art", "music", "drama", "biology", "chemistry",
     "physics", "psychology", "sociology", "computing", "accounting", "pottery", "mechanics"}
)  # fmt: skip
_SORTS = frozenset(sections("roles.txt")["sorts"]) | frozenset(
    sections("roles.txt")["capital-heads"]
)
_LONGEST = 2


def named_school(evidence: Evidence, place: int) -> int | None:
    """The last word of "at Bishop Henderson", "goes to cardinal wiseman"."""
    tokens, name = evidence.tokens, place + 1
    if tokens.lows[place] not in _RANKS or name >= len(tokens) or not tokens.joined(name):
        return None
    first, second = before(tokens, place)
    if not ((first == "at" and second not in LOOKING) or (first, second) == ("to", "goes")):
        return None
    if tokens.turns[name] != tokens.turns[place] or tokens.possessive(place):
        return None
    if tokens.case(place) is not Case.MIXED:
        entry = evidence.entry(name)
        named = entry.name > 0 or not entry.tier
        return name if named and goes_on(evidence, name) else None
    last = _last(evidence, place)
    return last if last > place and tokens.capital(place) and not tokens.possessive(last) else None


def studied_at(evidence: Evidence, place: int) -> int | None:
    """The last word of "she does English at Brasshouse", "my degree at Ladbrooke"."""
    tokens, (first, second) = evidence.tokens, before(evidence.tokens, place)
    if first != "at" or second not in _SUBJECTS or not tokens.joined(place):
        return None
    low, entry = tokens.lows[place], evidence.entry(place)
    plain = low in _SORTS or low in role_words("kin", "labels", "heads") or contracted(low)
    plain = plain or entry.tier == COMMONEST or entry.given >= FAIR or evidence.taken(place)
    if tokens.case(place) is not Case.MIXED:
        return None if plain or entry.tier or not goes_on(evidence, place) else place
    last = _last(evidence, place)
    written = tokens.words[place].istitle() and not tokens.possessive(last)
    return last if written and not plain else None


def _last(evidence: Evidence, place: int) -> int:
    """The last of the words with capitals that go on from one."""
    tokens, last = evidence.tokens, place
    while last - place < _LONGEST and last + 1 < len(tokens) and tokens.joined(last + 1):
        if not tokens.words[last + 1].istitle() or last + 1 in evidence.firm:
            break
        last += 1
    return last
