"""Venues by what is done there: "quiz at the plough", "a film at the Regal", "the do at The Ram".

A pub by a common name needs a capital or drinking around it, a cinema its films, and a name of two
words with capitals its town behind it ("soup at the Royal Arch in Broughty Ferry"). "The Crown" on
television, "we saw it at the end" and "the ship was late" stay.
"""

from collections.abc import Iterator

from deid.detect.names.spans import Named
from deid.detect.places.venues import calls, tells
from deid.detect.places.wider import goes_on
from deid.detect.places.written import in_town
from deid.detect.words.cues import roles
from deid.detect.words.evidence import COMMON_TIER, COMMONEST, FAIR, PART, RAREST_TIER, Evidence
from deid.detect.words.frames import DETERMINERS
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens

_KINDS = sections("place_kinds.txt")
_INNS = frozenset(name for name in _KINDS["pubs"] if " " not in name)
_CINEMAS = frozenset(_KINDS["cinemas"])
_CLUBS = frozenset(_KINDS["clubs"])
_DRINKING = frozenset(
    {"pint", "pints", "drink", "drinks", "drinking", "drank", "quiz", "pub", "pubs", "landlord",
     "landlady", "darts", "skittles", "wake", "runs", "local", "local's", "barmaid", "beer",
     "carvery", "bar", "lunch", "dominoes", "karaoke"}
)  # fmt: skip
_DOINGS = frozenset(
    {"do", "wake", "party", "reception", "buffet", "meal", "menu", "dinner", "roast", "shift",
     "shifts", "quote", "christening", "lunch", "carvery", "quiz", "drink", "pint", "function",
     "final", "finals", "darts", "raffle", "karaoke", "bingo", "disco"}
)  # fmt: skip
_A_DO = frozenset(
    {"the", "a", "his", "her", "my", "our", "their", "works", "work", "leaving", "retirement",
     "christmas", "birthday", "hen", "stag", "engagement", "charity", "family", "big", "little",
     "christening", "wedding", "anniversary", "eighteenth", "thirtieth", "fortieth", "fiftieth",
     "sixtieth", "seventieth", "eightieth"}
)  # fmt: skip
_SHOWN = frozenset(
    {"film", "films", "picture", "pictures", "flicks", "movie", "matinee", "cinema", "saw", "seen",
     "show", "panto", "usherette", "bingo", "projectionist", "dancing", "dance", "dances", "danced",
     "gig", "gigs", "concert", "concerts", "band", "bands", "ticket", "tickets", "circus",
     "theatre", "see", "seeing", "musical", "ballet", "opera", "skating", "courting", "ballroom"}
)  # fmt: skip
_THEATRES = frozenset({"palace", "playhouse", "everyman", "crucible", "pavilion", "academy"})
_STAGED = frozenset(
    {"panto", "pantomime", "musical", "matinee", "ballet", "opera", "gig", "gigs", "comedian"}
)
_LED = frozenset({"at", "in", "to", "from", "down", "up", "outside", "near", "runs", "by", "is"})
_INTO = frozenset({"in", "down", "at", "to", "up", "outside"})
_PAST = _LED | {"past", "opposite", "behind", "above"}
_HALVES = frozenset({"halves", "guinness", "lager", "cider", "ale", "stout", "whist", "fete"})
_DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "night"}
)
_AROUND, _LONGEST, _TWO = 10, 3, 2


def venues_done(evidence: Evidence) -> Iterator[Named]:
    """Pubs, cinemas and halls."""
    tokens = evidence.tokens
    for article, low in enumerate(tokens.lows):
        place = article + 1
        if low != "the" or place >= len(tokens) or not tokens.joined(place):
            continue
        if tokens.turns[place] != tokens.turns[article]:
            continue
        if tokens.possessive(place):
            yield from _shut(evidence, place)
        elif _club(evidence, place):
            yield Named(place, place, 0.65, "club")
        elif _two_things(evidence, place):
            yield Named(place, place + 2, 0.65, "public-house")
        elif _inn(evidence, place) or _pub(evidence, place):
            yield Named(place, place, 0.65, "public-house")
        elif _cinema(evidence, place):
            yield Named(place, place, 0.65, "cinema")
        elif (last := _before_town(evidence, article)) is not None:
            yield Named(place, last, 0.7, "venue-in-town")


def _inn(evidence: Evidence, place: int) -> bool:
    """Whether a pub's common name stands after "the", with a capital or drinking around it."""
    tokens, lead = evidence.tokens, before(evidence.tokens, place - 1)[0]
    mixed = tokens.case(place) is Case.MIXED
    if tokens.lows[place] not in _INNS or lead not in _LED:
        return False
    if not (
        (tokens.capital(place) and _ends(tokens, place)) if mixed else goes_on(evidence, place)
    ):
        return False
    if _did(tokens, place):
        return True
    if lead in _INTO and mixed:
        return not tokens.capital(place - 1)  # "in the Crown", not "in The Crown"
    weekly = not mixed and lead in _INTO and _often(tokens, place)
    return weekly or (place not in evidence.firm and _drinking(evidence, place))


def _shut(evidence: Evidence, place: int) -> Iterator[Named]:
    """A pub's common name that is told to be shut: "The Bull's closed", not "the bull's horns"."""
    tokens = evidence.tokens
    known = tokens.lows[place] in _SIGNS and place not in evidence.firm
    written = tokens.case(place) is Case.MIXED and tokens.capital(place)
    if known and written and following(tokens, place)[0] in _SHUT:
        yield Named(place, place, 0.65, "public-house")


_SIGNS = _INNS | {"bull", "bear", "star", "sun", "lion", "eagle", "castle", "cock", "dolphin"}
_SHUT = frozenset({"closed", "shut", "gone", "reopened", "closing", "shutting", "flats"})


def _drinking(evidence: Evidence, place: int) -> bool:
    """Whether one drinks there, or its town is told."""
    tokens = evidence.tokens
    near = _near(tokens, place, _AROUND)
    if not _DRINKING.isdisjoint(near) or tokens.case(place) is Case.MIXED:
        return not _DRINKING.isdisjoint(near)
    into = before(tokens, place - 1)[0] in _INTO
    return (into and _in_a_town(evidence, place)) or not _HALVES.isdisjoint(near)


def _often(tokens: Tokens, place: int) -> bool:
    """Whether one goes there every week: "to the board of a tuesday", "on thursdays"."""
    first, second, third = (*tokens.lows[place + 1 : place + 4], "", "", "")[:3]
    if second == "a" and first in {"of", "on"}:
        return third in _DAYS
    weekly = first == "on" and second.endswith("s") and second[:-1] in _DAYS
    return weekly or (first == "every" and second in _DAYS)


def _in_a_town(evidence: Evidence, place: int) -> bool:
    """Whether its town stands right before: "in wetherby at the swan"."""
    tokens, town = evidence.tokens, place - 3
    if town < 1 or tokens.lows[place - 2] not in {"at", "in"} or not tokens.joined(place - 2):
        return False
    listed = evidence.lexicon.entry(tokens.lows[town]).place >= PART and town not in evidence.kept
    return listed and tokens.lows[town - 1] in {"in", "at", "over", "from"}


def _did(tokens: Tokens, place: int) -> bool:
    """Whether what one does in a pub leads to it: "the do at the ship", "a shift at The Crown"."""
    lead = place - _TWO
    if lead < _TWO or tokens.lows[lead] not in {"at", "in", "from"}:
        return False
    if tokens.turns[lead - 1] != tokens.turns[place] or not tokens.joined(lead):
        return False
    doing = tokens.lows[lead - 1]
    return doing in _DOINGS and (doing != "do" or tokens.lows[lead - 2] in _A_DO)


def _pub(evidence: Evidence, place: int) -> bool:
    """Whether it is told to be a pub: "past the grove pub"; "the local pub" is none."""
    tokens, kind = evidence.tokens, place + 1
    pint = tokens.lows[kind : kind + 2] in (["having", "a"], ["for", "a"], ["having", "some"])
    pint = pint and not _DRINKING.isdisjoint(tokens.lows[kind + 2 : kind + 4])
    if not (tokens.lows[kind : kind + 1] == ["pub"] or pint) or not tokens.joined(kind):
        return False
    if tokens.case(place) is Case.MIXED:
        return tokens.capital(place) and calls(evidence, place)
    known = tokens.lows[place] in _INNS
    led = before(tokens, place - 1)[0] in _PAST and calls(evidence, place)
    return known or (led and tells(evidence, place, article=True))


def _cinema(evidence: Evidence, place: int) -> bool:
    """Whether a cinema's common name stands there, and films around it: "a film at the regal"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    small = tokens.case(place) is Case.MIXED and not tokens.capital(place)
    theatre = low in _THEATRES and not _STAGED.isdisjoint(_near(tokens, place, _AROUND))
    if small or not (theatre or low in _CINEMAS):
        return False
    mixed = tokens.case(place) is Case.MIXED
    if not (_ends(tokens, place) if mixed else goes_on(evidence, place)):
        return False
    led, entry = before(tokens, place - 1)[0] in _INTO, evidence.entry(place)
    led = led or (mixed and tokens.closes(place) and tokens.initial(place - 1))  # "The Plaza."
    if led and not mixed and entry.tier in {0, RAREST_TIER} and entry.given < FAIR:
        return True  # "at the palais", which is nothing else
    return led and not _SHOWN.isdisjoint(_near(tokens, place, _AROUND))


def _rare_in_town(evidence: Evidence, place: int) -> bool:
    """Whether, without capitals, a town is behind a house's name: "at the plaza in old hill".

    Never a room, a kind or a trade: "the foyer in Bath", "the baker in Yate".
    """
    tokens, entry = evidence.tokens, evidence.entry(place)
    if evidence.taken(place) or not in_town(evidence, place):
        return False
    if tokens.lows[place] in _INNS or tokens.lows[place] in _CINEMAS:
        return True
    rare = not 0 < entry.tier < COMMON_TIER and entry.name >= PART
    return rare and _own(evidence, place) and tokens.lows[place] not in _ROOMS


_ROOMS = frozenset(_KINDS["rooms"]).union(_KINDS["houses"], _KINDS["venues"])


def _before_town(evidence: Evidence, article: int) -> int | None:
    """The last word of "at the Royal Arch in Broughty Ferry", "down the New Moon for a pint".

    Capitals, and the town behind or drinking around; without capitals a rare word and the town.
    """
    tokens, last, lead = evidence.tokens, article, before(evidence.tokens, article)[0]
    if tokens.case(article) is not Case.MIXED:
        return article + 1 if _rare_in_town(evidence, article + 1) else None
    drinks = lead in _INTO - {"in"} and not _DRINKING.isdisjoint(_near(tokens, article, _AROUND))
    if not (drinks or lead in {"at", "outside", "behind"}) or tokens.capital(article):
        return None
    while last + 1 < len(tokens) and last - article < _LONGEST and tokens.joined(last + 1):
        if not tokens.words[last + 1].istitle() or last + 1 in evidence.firm:
            break
        last += 1
    name = range(article + 1, last + 1)
    placed = in_town(evidence, last) or (drinks and _ends(tokens, last))
    if len(name) < _TWO or tokens.lows[last] in _MEETINGS or not placed:
        return None
    told = any(_own(evidence, step) for step in name)
    return last if told else None


_MEETINGS = frozenset(
    {"meeting", "conference", "festival", "games", "cup", "awards", "championships", "open"}
)


def _own(evidence: Evidence, place: int) -> bool:
    """Whether a word says which hall it is, and is no kind, sort or role."""
    low, known = evidence.tokens.lows[place], roles()
    said = low in known.heads | known.titles | known.labels or low in _SORTS
    return not said and place not in evidence.kept


_SORTS = frozenset(sections("roles.txt")["sorts"]).union(
    sections("roles.txt")["capital-heads"], _KINDS["kinds"], _KINDS["attributes"]
)


def _near(tokens: Tokens, place: int, reach: int) -> set[str]:
    """The words around, in the same turn."""
    near = range(max(0, place - reach), min(len(tokens), place + reach))
    return {tokens.lows[step] for step in near if tokens.turns[step] == tokens.turns[place]}


def _club(evidence: Evidence, place: int) -> bool:
    """Whether a club or a precinct stands there that towns call so: "down at the legion"."""
    tokens = evidence.tokens
    letters = tokens.words[place].isupper() and len(tokens.words[place]) > 1  # "at the NEC"
    if tokens.lows[place] not in _CLUBS or (tokens.case(place) is Case.MIXED and not letters):
        return False
    odd = evidence.entry(place).tier == 0  # "in the arcadian", but pain in a quadrant
    led = before(tokens, place - 1)[0] in (_PAST if odd else _PAST - {"in", "by", "is", "from"})
    return led and goes_on(evidence, place) and tokens.lows[place + 1 : place + 2] != ["of"]


def _two_things(evidence: Evidence, place: int) -> bool:
    """Whether two things call a pub where one eats or drinks: "a quote from the bell and pump"."""
    tokens, last = evidence.tokens, place + 2
    if tokens.case(place) is Case.MIXED or last >= len(tokens) or tokens.lows[place] not in _INNS:
        return False
    whole = tokens.joined(place + 1) and tokens.joined(last) and tokens.lows[place + 1] == "and"
    if not whole or tokens.turns[last] != tokens.turns[place] or not goes_on(evidence, last):
        return False
    plain = tokens.lows[last] in DETERMINERS or tokens.lows[last] in evidence.words.function
    thing = evidence.entry(last).tier > COMMONEST and not evidence.taken(last)
    led = before(tokens, place - 1)[0] in _PAST
    near = _near(tokens, place, _AROUND)
    return led and thing and not plain and not (_DRINKING | _DOINGS).isdisjoint(near)


def _ends(tokens: Tokens, place: int) -> bool:
    after = tokens.lows[place + 1] if place + 1 < len(tokens) else ""
    closes = tokens.closes(place)
    return closes or after in {"on", "for", "and", "when", "with", "last", "every", "in", "after"}
