"""Venues and villages by a word with a capital: "we're down Pool now", "the Broch".

No list holds them; what is said around a word tells it: going "down" there, the town before it
("Fraserburgh, the Broch,"), a denomination that one goes to ("at the Methodist, on a Friday"), or
the listener's question ("no Rayners." / "What's that?" / "It's a pub.").
"""

from deid.detect.places.wider import goes_on
from deid.detect.words.cues import roles
from deid.detect.words.evidence import FAIR, PART, Evidence
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens

_SORTS = (
    frozenset(sections("roles.txt")["sorts"])
    | frozenset(sections("roles.txt")["capital-heads"])
    | frozenset(sections("place_kinds.txt")["kinds"])
)
_DENOMINATIONS = frozenset(
    {"methodist", "methodists", "baptist", "baptists", "congregational", "presbyterian",
     "pentecostal", "unitarian", "wesleyan", "quakers"}
)  # fmt: skip
_GOES_ON = frozenset(
    {"now", "for", "and", "last", "when", "because", "cos", "so", "then", "every", "on", "with"}
    | {"one", "once", "first", "instead", "till", "until"}
)


def down_to(evidence: Evidence, place: int) -> int | None:
    """The word of "we're down Pool now", "I'm from down Rock.": a listed village, and a way."""
    tokens, (first, second) = evidence.tokens, before(evidence.tokens, place)
    if first not in _WAYS or second not in _ON_THE_WAY or not _ends(tokens, place):
        return None
    listed = evidence.lexicon.entry(tokens.lows[place])
    village = listed.place >= PART and listed.given < FAIR
    return place if village and _capital(evidence, place) else None


_WAYS = frozenset({"down", "up", "over", "out", "round"})
_ON_THE_WAY = frozenset(
    {"we're", "i'm", "she's", "he's", "they're", "from", "live", "lives", "lived", "living",
     "went", "go", "going", "goes", "been", "moved", "is", "was", "were", "are", "back"}
)  # fmt: skip


def capital_there(evidence: Evidence, place: int) -> int | None:
    """The last word of "walk from the Centre", "into the Duchess first", "outside Dreamland".

    A plain word inside a sentence has a capital because it is a name, and where somebody comes from
    or goes into it is a place's or a firm's. "From", "in" and "to" lead to more without an article.
    """
    tokens = evidence.tokens
    article = place > 1 and tokens.lows[place - 1] == "the" and tokens.joined(place)
    lead = place - 1 - article
    if lead < 0 or tokens.turns[lead] != tokens.turns[place] or not _capital(evidence, place):
        return None
    there = _THERE if article else _THERE_ALONE
    written = bool(article) and tokens.capital(place - 1)
    if tokens.lows[lead] not in there or written or not tokens.joined(lead + 1):
        return None
    last = place
    while last - place < _MORE and last + 1 < len(tokens) and tokens.joined(last + 1):
        if not _capital(evidence, last + 1):
            break
        last += 1
    words = tokens.lows[place : last + 1]
    sorts = _SORTS if last > place or not article else _BUILT
    said = sorts.intersection(words) or words[-1].endswith(_ABSTRACT) or words == ["the"]
    after = following(tokens, last)[0]
    ends = _ends(tokens, last) or (after in evidence.words.function and after != "of")
    return last if ends and not said and all(map(str.isalpha, words)) else None


_MORE = 2  # words with a capital behind the first
_ABSTRACT = ("sion", "tion", "ment", "ness", "ance", "ity", "ses")
_BUILT = frozenset({"bridge", "church", "hospital", "school", "library", "station"})
_THERE_ALONE = frozenset({"into", "outside", "near", "off", "past", "opposite", "behind", "along"})
_THERE = _THERE_ALONE | {"from", "in", "at", "to", "up", "down", "by", "round", "across"}


def after_town(evidence: Evidence, article: int) -> int | None:
    """The word of "Fraserburgh, the Broch, ye ken": what those who live there call a town."""
    tokens, place = evidence.tokens, article + 1
    if article < 1 or place >= len(tokens) or tokens.gap(article) != ", ":
        return None
    town = evidence.lexicon.entry(tokens.lows[article - 1])
    sure = town.place >= FAIR and town.given < FAIR and tokens.capital(article - 1)
    called = tokens.joined(place) and _capital(evidence, place)
    called = called and tokens.lows[place] not in _SORTS | roles().heads
    return place if sure and called and tokens.closes(place) else None


def chapel(evidence: Evidence, article: int) -> int | None:
    """The word of "at the Methodist, on a Friday": what one goes to is a chapel."""
    tokens, place = evidence.tokens, article + 1
    if place >= len(tokens) or tokens.lows[place] not in _DENOMINATIONS:
        return None
    there = before(tokens, article)[0] in {"at", "to", "from", "outside", "behind", "near"}
    small = tokens.case(place) is Case.MIXED and not tokens.capital(place)
    ends = tokens.closes(place) or following(tokens, place)[0] in _GOES_ON
    return place if there and tokens.joined(place) and ends and not small else None


def numbered_church(evidence: Evidence, place: int) -> int | None:
    """The last word of "at First Baptist", "from second presbyterian": which of a town's it is."""
    tokens, last = evidence.tokens, place + 1
    if tokens.lows[place] not in _ORDINALS or last >= len(tokens) or not tokens.joined(last):
        return None
    mixed = tokens.case(place) is Case.MIXED
    led = before(tokens, place)[0] in {"at", "to", "from", "in", "near", "outside"}
    led = led or (mixed and before(tokens, place)[0] == "the")
    if (
        not led
        or tokens.lows[last] not in _DENOMINATIONS
        or tokens.turns[last] != tokens.turns[place]
    ):
        return None
    written = tokens.capital(place) and tokens.capital(last)
    return last if (written if mixed else goes_on(evidence, last)) else None


_ORDINALS = frozenset({"first", "second", "third"})


def explained(evidence: Evidence, place: int) -> int | None:
    """The word of "no Rayners." / "Sorry, what's that?" / "It's a pub."."""
    tokens, asked = evidence.tokens, place + 1
    turn, told = tokens.turns[place], asked
    if asked >= len(tokens) or tokens.turns[asked] != turn + 1 or not _capital(evidence, place):
        return None
    while told < len(tokens) and tokens.turns[told] == turn + 1:
        told += 1
    question = tokens.lows[asked:told]
    asks = len(question) <= _SHORT and not _WHAT.isdisjoint(question)
    asks = asks and told > asked and "?" in tokens.after(told - 1)
    if not asks or told >= len(tokens) or tokens.turns[told] != turn + 2:
        return None
    answer = tokens.forms[told : told + _SHORT]
    return place if answer[:1] == ["it's"] and not _PLACES.isdisjoint(answer) else None


_SHORT = 6
_WHAT = frozenset({"what", "what's", "where", "where's"})
_PLACES = frozenset(
    {"pub", "club", "village", "town", "place", "bar", "hotel", "estate", "street", "hall",
     "farm", "hospital", "school", "island", "park", "hamlet", "centre", "cafe"}
)  # fmt: skip


def _capital(evidence: Evidence, place: int) -> bool:
    """Whether a word has a capital inside a sentence and is nothing known besides."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if tokens.case(place) is not Case.MIXED or tokens.initial(place) or evidence.taken(place):
        return False
    if not tokens.words[place].istitle() or len(low) <= PART or tokens.possessive(place):
        return False
    known = roles()
    said = any(low in each for each in (known.kin, known.titles, known.labels, known.heads))
    return not said and not evidence.dosed(place)


def _ends(tokens: Tokens, place: int) -> bool:
    """Whether a clause ends with the word, or goes on as it does after a place."""
    return tokens.closes(place) or (
        tokens.after(place) == " " and tokens.lows[place + 1] in _GOES_ON
    )
