"""Venues that capitals tell in ordinary writing: clubs of peoples, halls, schools, inns and pubs.

"at the West Indian Club", "the Miners' Welfare in Ystalyfera", "at Bishop's Mead primary", "the
Wherry at Surlingham", "the Chequer, that's the pub". Never a sort alone ("the village hall", "the
Job Centre at Yate"), nor what is a role, a body or a time.
"""

from deid.detect.places.wider import goes_on
from deid.detect.places.written import inns
from deid.detect.words.cues import role_words
from deid.detect.words.evidence import Evidence
from deid.detect.words.frames import free_after
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case, Tokens

_SORTS = frozenset(sections("roles.txt")["sorts"])
_PEOPLES = frozenset(sections("keep_public.txt")["peoples"])
_CLUBS = frozenset({"club", "centre", "association", "church", "hall"})
_HALLS = frozenset(
    {("civic", "hall"), ("memorial", "hall"), ("corn", "exchange"), ("miners", "welfare"),
     ("miner", "welfare"), ("miners", "institute"), ("drill", "hall"), ("assembly", "rooms"),
     ("pump", "rooms"), ("masonic", "hall"), ("cloth", "hall"), ("methodist", "hall"),
     ("baptist", "hall"), ("quaker", "hall"), ("temperance", "hall"), ("assembly", "hall"),
     ("guild", "hall"), ("jubilee", "hall"), ("coronation", "hall"), ("mechanics", "institute"),
     ("methodist", "chapel"), ("baptist", "chapel")}
)  # fmt: skip
_SCHOOLS = frozenset(
    {"primary", "infants", "juniors", "secondary", "nursery", "academy", "playgroup", "comp"}
)
_AT = frozenset({"at", "to", "from", "in", "near", "outside", "into"})
_KINDS = frozenset({"pub", "local", "hotel", "inn", "church", "school", "club", "chapel", "hall"})
_INNS = frozenset(
    {"fox", "crown", "bell", "plough", "ship", "anchor", "swan", "bull", "lion", "wheatsheaf",
     "star", "railway", "castle", "angel", "sun", "greyhound", "chequers", "feathers", "ram"}
)  # fmt: skip
"""The commonest names of inns in one word (CAMRA's lists), which are things and bodies too."""
_TOLD = frozenset({"the", "our", "my", "a", "their", "his", "her"})
_LONGEST = 3


def club_of_people(evidence: Evidence, place: int) -> int | None:
    """The last word of "in the Maltese Club", "the West Indian Club": what a people calls so."""
    tokens = evidence.tokens
    if before(tokens, place)[0] != "the" or not tokens.capital(place):
        return None
    for club in (place + 1, place + 2):
        if club >= len(tokens) or not tokens.joined(club) or not tokens.capital(club):
            return None
        said = tokens.lows[place:club]
        named = " ".join(said) in _PEOPLES or (len(said) > 1 and said[-1] in _PEOPLES)
        if tokens.lows[club] in _CLUBS and named:
            return club
    return None


def hall(evidence: Evidence, place: int) -> int | None:
    """The last word of "the Civic Hall", "the Miners' Welfare"; without capitals where one is."""
    tokens, last = evidence.tokens, place + 1
    if last >= len(tokens) or (tokens.lows[place], tokens.lows[last]) not in _HALLS:
        return None
    owned = tokens.gap(last) in {"' ", "\u2019 "}
    first, second = before(tokens, place)
    whole = (tokens.joined(last) or owned) and first == "the"
    if tokens.case(place) is not Case.MIXED:
        return last if whole and second in _BY and goes_on(evidence, last) else None
    return last if whole and tokens.capital(place) and tokens.capital(last) else None


_BY = frozenset({"at", "in", "to", "from", "near", "outside", "behind", "opposite", "by", "past"})


def temple(evidence: Evidence, place: int) -> int | None:
    """The last word of "the Guru Nanak Gurdwara": whoever it is named for, who else is kept."""
    tokens = evidence.tokens
    opens = before(tokens, place)[0] in _AT | {"the", "our"} and tokens.capital(place)
    for last in range(place + 1, min(len(tokens), place + _LONGEST + 1)) if opens else ():
        if not tokens.joined(last) or not tokens.capital(last):
            return None
        if tokens.lows[last] in _TEMPLES:
            small = last + 1 < len(tokens) and tokens.joined(last + 1)
            hall = small and tokens.lows[last + 1] in {"hall", "kitchen", "centre"}
            return last + hall
    return None


_TEMPLES = frozenset({"gurdwara", "gurudwara", "mandir", "masjid", "mosque", "synagogue", "vihara"})


def school_written(evidence: Evidence, place: int) -> int | None:
    """The last word of "at Bishop's Mead primary": names with capitals, the kind without."""
    tokens = evidence.tokens
    if before(tokens, place)[0] not in _AT or not _names(evidence, place):
        return None
    for last in range(place + 1, min(len(tokens), place + _LONGEST + 1)):
        if not tokens.joined(last) or tokens.turns[last] != tokens.turns[place]:
            return None
        if not tokens.capital(last):
            return last if tokens.lows[last] in _SCHOOLS else None
    return None


def inn(evidence: Evidence, article: int) -> int | None:
    """The last word of the name in "the Wherry at Surlingham", "the Chequer, that's the pub"."""
    tokens, place = evidence.tokens, article + 1
    if place >= len(tokens) or not tokens.joined(place) or not _names(evidence, place):
        return None
    last, longer = place, place + 1
    if longer < len(tokens) and tokens.joined(longer) and tokens.capital(longer):
        last = longer
    if tokens.possessive(last) or not _names(evidence, last):
        return None
    return last if _in_village(evidence, last) or _told(tokens, last) else None


def inn_small(evidence: Evidence, article: int) -> int | None:
    """The word of "upstairs at the crown" without a capital, where the talk is of meeting there."""
    tokens, place = evidence.tokens, article + 1
    if place >= len(tokens) or tokens.case(place) is Case.MIXED or not _called_so(tokens, place):
        return None
    lead, near = before(tokens, article)[0], tokens.lows[max(0, place - _TALK) : place + _TALK]
    there = _OVER_INNS.get(lead, _MEETING)
    led = lead in {"at", "in", *_OVER_INNS} and tokens.joined(place)
    ends = tokens.closes(place) or free_after(tokens, place) or goes_on(evidence, place)
    kept = lead in _RAN and tokens.lows[place] in inns() - _ALSO_RUN
    met = led and not there.isdisjoint(near)
    return place if ends and (met or kept) else None


_RAN = frozenset({"ran", "runs", "running", "managed", "manages", "owned", "owns"})
_ALSO_RUN = frozenset({"railway", "grove", "oak", "ship", "anchor", "nags", "lamb", "ram"})


def _called_so(tokens: Tokens, place: int) -> bool:
    """Whether inns are called by the word; "down" and "above" lead to a rarer one as well."""
    low, lead = tokens.lows[place], before(tokens, place - 1)[0]
    return low in _INNS or (
        lead in {*_OVER_INNS, *_RAN} and low in inns() - {"railway", "grove", "oak"}
    )


_OVER_INNS = {
    "above": frozenset({"living", "live", "lives", "lived", "flat", "room", "rooms", "bedsit"}),
    "down": frozenset({"half", "pint", "pints", "drink", "drinks", "pub", "darts", "skittles",
                       "quiz", "beer", "beers", "friday", "saturday", "sunday", "landlord"}),
}  # fmt: skip
"""Where one lives above an inn, and what one goes down to it for."""
_TALK = 9
_MEETING = frozenset(
    {"met", "meet", "meets", "meeting", "upstairs", "drink", "drinks", "pint", "pints", "pub",
     "quiz", "lunch", "dinner", "darts", "skittles", "landlord", "carvery", "wake", "lounge"}
)  # fmt: skip


def named_for_royalty(evidence: Evidence, place: int) -> int | None:
    """The last word of "Queen Mary Infirmary", "at prince philip hospital": kept words open it."""
    tokens, last = evidence.tokens, place + 2
    if tokens.lows[place] not in _ROYAL or last >= len(tokens) or tokens.lows[last] not in _CARE:
        return None
    if not (tokens.joined(place + 1) and tokens.joined(last)):
        return None
    mixed = tokens.case(place) is Case.MIXED
    written = not mixed or (tokens.capital(place) and tokens.capital(place + 1))
    named = evidence.lexicon.entry(tokens.lows[place + 1]).given > 0
    return last if written and named else None


_ROYAL = frozenset({"queen", "king", "prince", "princess", "duke", "duchess"})
_CARE = frozenset({"hospital", "infirmary", "hospice", "school", "college", "academy", "clinic"})


def _names(evidence: Evidence, place: int) -> bool:
    """Whether a word with a capital may call a venue: no role, no sort, no body, no letters."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if tokens.case(place) is not Case.MIXED or not tokens.words[place].istitle():
        return False
    if low in _INNS:
        return True
    if place in evidence.firm or place in evidence.claimed or low == "year":
        return False
    said = low in role_words("kin", "titles", "labels", "heads", "desks")
    said = said or low in _SORTS or place in evidence.kept
    return not said or tokens.possessive(place)


def _in_village(evidence: Evidence, last: int) -> bool:
    """Whether "at" and a listed place follow: "the Wherry at Surlingham", "the Bow, at Otley"."""
    tokens, town = evidence.tokens, last + 2
    if town >= len(tokens) or tokens.lows[last + 1] != "at" or not tokens.capital(town):
        return False
    whole = tokens.after(last) in {" ", ", "} and tokens.joined(town)
    listed = evidence.lexicon.entry(tokens.lows[town])
    return whole and town not in evidence.kept and listed.place > listed.given


def _told(tokens: Tokens, last: int) -> bool:
    """Whether it is told what it is: ", that's the pub", ", that's our local"."""
    told = tokens.forms[last + 1 : last + 4]
    kind = tokens.lows[last + 3 : last + 4]
    apart = tokens.after(last).strip() == ","
    return (
        apart
        and told[:1] == ["that's"]
        and told[1:2] != []
        and told[1] in _TOLD
        and (kind != [] and kind[0] in _KINDS)
    )
