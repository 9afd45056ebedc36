"""What stands around a town that is a plain word: "I love Rye", "the Bath team", "live in street".

With a capital inside a sentence a verb or a noun of places is enough; without one only the verbs
that take nothing else: living, being born, being sent.
"""

from deid.detect.words.cues import POSSESSIVES, roles
from deid.detect.words.evidence import FAIR, Evidence
from deid.detect.words.frames import MONTHS, free_after
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens

_SAID = sections("places_said.txt")
TOWNS, ISLANDS = frozenset(_SAID["words"]), frozenset(_SAID["word-islands"])
EVERYDAY, ALSO_VERBS = frozenset(_SAID["everyday"]), frozenset(_SAID["also-verbs"])
_LIVE = frozenset(
    {"live", "lives", "lived", "living", "born", "based", "raised", "settled", "grew", "moved",
     "move", "moving", "stayed", "stay", "worked", "works", "work", "trained", "studied"}
)  # fmt: skip
_SENT = frozenset(
    {"sent", "took", "transferred", "moved", "posted", "referred", "drove", "move", "retired",
     "relocated"}
)  # fmt: skip
_GOING = frozenset({"go", "goes", "went", "going", "been", "travel", "travelled"})
_LEFT = frozenset(
    {"love", "loved", "left", "leave", "leaving", "know", "knew", "miss", "missed", "hate", "hated",
     "visit", "visited", "visiting", "reached", "went", "outside", "near", "via", "through"}
)  # fmt: skip
_STAFF = frozenset(
    {"team", "clinic", "hospital", "office", "branch", "depot", "consultant", "surgery",
     "programme", "lot", "people", "crowd", "train", "bus", "road", "area", "end", "service",
     "site", "version", "side", "one", "unit", "campus", "nurses", "physio"}
)  # fmt: skip
GOING_ON = frozenset(
    {"now", "they", "you", "her", "his", "my", "it", "this", "we", "so", "actually", "myself",
     "ourselves", "until", "since", "these", "still", "originally", "anyway", "all", "to", "not"}
)  # fmt: skip
"""What goes on behind a town, beside what may follow any name."""
_OWNED = POSSESSIVES | {"the", "that"}
_PLACE_WORDS = frozenset({"place", "village", "town", "city", "island", "hamlet", "suburb"})
_REACH, _CROSSING = 6, 4
_FOR = frozenset({"for", "because", "when", "where", "last", "every", "cos", "on", "but", "so"})


def told(evidence: Evidence, place: int, *, known: bool) -> bool:
    """Whether the company tells a town.

    Args:
        evidence: What is known of the words.
        place: The word.
        known: Whether it is a town of some size, and not an everyday thing as well.
    """
    tokens = evidence.tokens
    if _over_a_line(tokens, place):
        return known
    if _named(tokens, place) or _up_at(tokens, place) or (known and _set_apart(tokens, place)):
        return True
    island = tokens.lows[place] in ISLANDS and (_on(tokens, place) or _sailed(tokens, place))
    if not known or tokens.possessive(place):
        return island or (tokens.case(place) is not Case.MIXED and _hamlet(tokens, place))
    if tokens.case(place) is Case.MIXED:
        return island or (not tokens.initial(place) and _with_capital(evidence, place))
    return island or _without(tokens, place)


def _with_capital(evidence: Evidence, place: int) -> bool:
    tokens = evidence.tokens
    first, second = before(tokens, place)
    if first in _LEFT and tokens.gap(place) == " ":
        return free_after(tokens, place)
    if _home(tokens, place, first, second):
        return True
    if first in {"is", "one's", "nearest's", "town's"} and _nearest(tokens, place):
        return True
    staffed = tokens.after(place) == " " and following(tokens, place)[0] in _STAFF
    if first in _OWNED and staffed:
        return evidence.lexicon.entry(tokens.lows[place]).place >= FAIR
    going = (first == "to" and second in _GOING | _SENT) or (first, second) in _PARTS
    return going and free_after(tokens, place)


_PARTS = frozenset({("of", "middle"), ("of", "side"), ("of", "outskirts"), ("of", "centre")})


def _without(tokens: Tokens, place: int) -> bool:
    """Without a capital: only after verbs that take a place and nothing else."""
    first, second = before(tokens, place)
    closes = free_after(tokens, place) or following(tokens, place)[0] in _STILL
    closes = closes or (second in _SITED and following(tokens, place)[0] in _NEW_CLAUSE)
    hailing = first == "from" and second in SOMEBODY
    closes = closes or (hailing and following(tokens, place)[0] in _NAMED | GOING_ON)
    if tokens.gap(place) != " " or not closes:
        return _group_of(tokens, place, first, second)
    if first in {"is", "nearest's", "hospital's"}:
        return _nearest(tokens, place) and _ends(tokens, place)
    if first == "in":
        sited = second in _SITED and tokens.lows[place] not in MONTHS
        living = not _LIVE.isdisjoint(_back(tokens, place))
        return sited or living or _for_weeks(tokens, place)
    if _home(tokens, place, first, second):
        return True
    if first in {"from", "at"}:
        known = _AWAY if first == "from" else _BEING_AT
        return hailing or second in known or second in _KIN_IS
    return first == "near" or (first == "to" and _to(tokens, place, second))


def _group_of(tokens: Tokens, place: int, first: str, second: str) -> bool:
    """Whether somebody runs or joins the group of a town: "he was running the deal group"."""
    led = first == "the" and second in _RUNNING and tokens.gap(place) == " "
    return led and following(tokens, place)[0] == "group" and tokens.lows[place] not in _GROUPS


_RUNNING = frozenset(
    {"run", "runs", "ran", "running", "started", "leads", "led", "leading", "joined", "join"}
)
_GROUPS = frozenset({"reading", "rock", "battle", "eye", "wool", "street", "harrow", "seal"})
"""Words that say what a group does: "running the reading group"."""
_NAMED = frozenset({"called", "named", "who"})
_SITED = frozenset(
    {"inn", "hotel", "college", "flat", "house", "office", "warehouse", "travelodge", "prison",
     "branch", "shop", "clinic", "hospital", "pub", "bungalow", "caravan", "factory", "church",
     "school", "b&b", "conference", "depot", "yard", "cottage", "hospice", "surgery", "mosque"}
)  # fmt: skip
_NEW_CLAUSE = frozenset({"you'd", "we", "we'd", "they", "they'd", "you", "it", "so", "which", "my"})


def _hamlet(tokens: Tokens, place: int) -> bool:
    """Whether somebody lives in, or is from, a small place that is a word: "a lad from gore"."""
    low, (first, second) = tokens.lows[place], before(tokens, place)
    if low in _STATES or tokens.gap(place) != " " or tokens.possessive(place):
        return False
    if first == "between" and tokens.lows[place + 1 : place + 2] == ["and"]:
        return tokens.lows[place + 2 : place + 3] in (["home"], ["here"], ["there"])
    if not (free_after(tokens, place) or following(tokens, place)[0] in _STILL | _NEW_CLAUSE):
        return False
    if first == "from":
        return second in SOMEBODY and not low.endswith("ing")
    if first != "in":
        return False
    back = _back(tokens, place)[-_CROSSING:]
    grew = second == "up" and not _GREW.isdisjoint(back)
    alone = second in _ALONE and not _LIVED.isdisjoint(back)  # "she lives herself in"
    return grew or alone or second in _LIVED or (second in _CLUBS and not low.endswith("s"))


_ALONE = frozenset({"alone", "myself", "yourself", "himself", "herself", "themselves", "own"})
_CLUBS = frozenset({"club", "chapel", "church", "bungalow", "pub", "caravan", "mosque", "welfare"})
_STATES = frozenset({"bedlam", "folly", "healing", "badminton", "bowling", "bobbing", "ripe"})
SOMEBODY = frozenset(
    {"he's", "she's", "i'm", "they're", "we're", "originally", "lad", "lass", "girl", "family",
     "shes", "hes", "theyre", "im", "farmer",
     "redhead", "bloke", "woman", "man", "lady", "boy", "fella", "couple", "chap"}
)  # fmt: skip


def _for_weeks(tokens: Tokens, place: int) -> bool:
    """Whether one was there for longer than anybody bathes: "in bath for three weeks"."""
    ahead = tokens.lows[place + 1 : place + 1 + _CROSSING]
    return ahead[:1] == ["for"] and not {"weeks", "months", "years"}.isdisjoint(ahead)


def _home(tokens: Tokens, place: int, first: str, second: str) -> bool:
    """Whether somebody comes from there, or lives there: "she comes from Ham originally"."""
    if not (free_after(tokens, place) or following(tokens, place)[0] in _STILL):
        return False
    if first == "in":
        grew = second == "up" and not _GREW.isdisjoint(_back(tokens, place)[-_CROSSING:])
        return grew or second in _LIVED
    coming = second in _COMING and not comes_of(tokens, place)
    return first == "from" and (coming or second in _AWAY | _KIN_IS)


_STILL = frozenset({"these", "now", "still", "originally", "anyway", "all", "just"})
_LIVED = frozenset({"live", "lives", "lived", "living", "born", "based", "settled"})
_GREW = frozenset({"grew", "brought"})


def comes_of(tokens: Tokens, place: int) -> bool:
    """Whether something comes of doing it: "it comes from reading too much"."""
    said = tokens.lows[max(0, place - _WORDS) : place - 1]
    return len(said) > 1 and said[0] in _THINGS and said[1] in _COMING


_COMING, _WORDS = frozenset({"comes", "come", "came", "coming"}), 3
_THINGS = frozenset({"it", "that", "this", "which", "what", "all", "it's", "pain", "most", "some"})
_AWAY = frozenset({"i'm", "she's", "he's", "hour", "miles", "minutes", "away", "over", "far"})
_BEING_AT = frozenset({"was", "were", "been", "i'm", "she's", "he's", "treated", "seen"})
_KIN_IS = frozenset(f"{kin}'s" for kin in roles().kin)


def _to(tokens: Tokens, place: int, second: str) -> bool:
    """Whether somebody goes or is sent there; "sent me to deal with it" is a verb."""
    sent = not _SENT.isdisjoint(_back(tokens, place)[-_CROSSING:])
    verb, going = tokens.lows[place] in ALSO_VERBS, second in _GOING
    if verb and second == "moved" and following(tokens, place)[0] in {"last", "when", "years"}:
        return True
    if _ends(tokens, place):
        return sent
    return not verb and (sent or going) and following(tokens, place)[0] in _FOR


def _ends(tokens: Tokens, place: int) -> bool:
    return tokens.closes(place)


def _back(tokens: Tokens, place: int) -> list[str]:
    """The words before, in the same turn and sentence."""
    step = place
    while step > max(0, place - _REACH) and tokens.gap(step) in {" ", ", "}:
        step -= 1
    return tokens.lows[step:place]


def _nearest(tokens: Tokens, place: int) -> bool:
    """Whether it is the nearest: "the nearest one's March", "nearest a and e is bath"."""
    return any(word.startswith("nearest") for word in _back(tokens, place))


def _named(tokens: Tokens, place: int) -> bool:
    """Whether a town is said to be called so: "a village called Ham"."""
    first, second = before(tokens, place)
    return first in {"called", "named"} and second in _PLACE_WORDS and free_after(tokens, place)


def _set_apart(tokens: Tokens, place: int) -> bool:
    """Whether it is told which: "a little place, Loose, outside Maidstone"."""
    led = tokens.gap(place) == ", " and tokens.lows[place - 1] in _PLACE_WORDS
    return led and tokens.capital(place) and tokens.after(place) == ", "


def _on(tokens: Tokens, place: int) -> bool:
    """Whether somebody lived "on Mull"."""
    if before(tokens, place)[0] not in {"on", "to", "from"} or not free_after(tokens, place):
        return False
    return not (_LIVE | {"were", "was", "ferry", "i'm"}).isdisjoint(_back(tokens, place))


def _sailed(tokens: Tokens, place: int) -> bool:
    """Whether a boat goes there: "I'm on the Yell ferry"; a ferry that may yell has no capital."""
    written = tokens.case(place) is Case.MIXED and tokens.capital(place)
    return written and following(tokens, place)[0] in {"ferry", "ferries", "boat", "sound"}


def _up_at(tokens: Tokens, place: int) -> bool:
    """Whether somebody is "up at Tongue", with a capital inside a sentence."""
    first, second = before(tokens, place)
    written = tokens.case(place) is Case.MIXED and tokens.gap(place) == " "
    led = first == "at" and second in {"up", "down", "over", "out"}
    return written and led and free_after(tokens, place)


def _over_a_line(tokens: Tokens, place: int) -> bool:
    """Whether a caption's line ends between the preposition and the town: "moved up to / Bath"."""
    lead = place - 1
    if lead < 1 or tokens.gap(place).strip(" ") != "\n" or not free_after(tokens, place):
        return False
    back = _back(tokens, lead)[-_CROSSING:]
    return tokens.lows[lead] in {"in", "to", "near", "from"} and not _MOVING.isdisjoint(back)


_MOVING = _LIVE | _SENT | {"went", "came", "i'm", "she's", "he's", "you're", "they're"}
