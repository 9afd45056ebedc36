"""Cars by their maker, games that are played, goods with somebody's whole name: which is it here?

"The Ford Maverick", "an Octavia" where a Skoda was spoken of, "playing Madden", "a glass of the
Carlo Rossi" are things; "my cousin Octavia", "Maverick is my grandson", "Carlo Rossi rang" are
people. Only words of keep_both.txt, and what stands behind a maker or in a glass, are kept here.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from deid.detect.words.cues import POSSESSIVES, role_words, roles
from deid.detect.words.frames import PAST, PERSONAL_VERBS
from deid.detect.words.gazetteer import lexicon, sections
from deid.detect.words.neighbours import before, following
from deid.detect.words.tables import AFTER_WARE, ARTICLES, HOLDERS, TAKING, WARES
from deid.detect.words.tokens import Case, Tokens

_STRONG, _FAIR, _PART = 5, 4, 2
_CARS_NEAR = 30
_DETERMINERS = ARTICLES | POSSESSIVES | {"another", "this", "that", "me", "one", "no"}
_CARS = frozenset(
    {"car", "cars", "drive", "drives", "driving", "drove", "driven", "garage", "mot", "engine",
     "van", "gearbox", "clutch", "exhaust", "bonnet", "boot", "parked", "petrol", "diesel",
     "mechanic", "dealership", "dealer", "insurance", "mileage", "tyres", "tires", "hatchback",
     "estate", "truck", "pickup", "minivan", "windscreen", "windshield", "trunk", "motor"}
)  # fmt: skip
_DOING = (PERSONAL_VERBS | PAST) - {"is", "was", "had", "has", "were"}
_TOLD_OF = frozenset({"who", "who's", "i", "we", "he", "she", "they"})
_PLAYING = frozenset({"play", "plays", "playing", "played", "replaying"})
_GAMES = frozenset(
    {"game", "games", "tournament", "controller", "level", "levels", "console", "music", "theme"}
)
_AFTER_GAME = AFTER_WARE | {"with", "on", "all", "again", "online", "for", "till", "until"}
_SUNG = frozenset({"sing", "sings", "singing", "sang", "sung", "song", "like", "play", "playing"})
_NUMBERED = re.compile(
    r" (?:[1-9]|[1-3]\d)(?![\d:]|\.\d| (?:years|months|weeks|days|minutes|miles|quid|pounds|people"
    r"|times|and a half|pm|am|o'clock)\b)"
)


@cache
def _listed(section: str) -> frozenset[str]:
    return frozenset(sections("keep_both.txt")[section])


@cache
def _pairs(section: str) -> frozenset[tuple[str, str]]:
    found = (entry.split() for entry in sections("keep_both.txt")[section])
    return frozenset((first, second) for first, second in found)


@cache
def _firsts() -> frozenset[str]:
    """The words that whole names begin with: asked of every word."""
    return frozenset(first for first, _ in _pairs("full-names") | _pairs("full-things"))


def makes(tokens: Tokens) -> Iterator[int]:
    """The places of words that are cars, games and goods here."""
    makers, models, played = _listed("makers"), _listed("models"), _listed("played")
    cars = [place for place, low in enumerate(tokens.lows) if low in _CARS or low in makers]
    for place, low in enumerate(tokens.lows):
        made = low in makers and _is_made(tokens, place)
        if made or _is_full_name(tokens, place):
            yield from (place, place + 1)
        elif (
            (low in models and _is_driven(tokens, place, cars))
            or (low in played and _is_played(tokens, place))
            or _is_poured(tokens, place)
        ):
            yield place


def _written(tokens: Tokens, place: int) -> bool:
    """Whether the word may be a name: with a capital, or where capitals tell nothing."""
    return tokens.case(place) is not Case.MIXED or tokens.capital(place)


def _acts(tokens: Tokens, last: int) -> bool:
    """Whether a person does something behind the word, or a surname follows."""
    after = following(tokens, last)[0]
    step = last + 1
    longer = step < len(tokens) and tokens.joined(step) and tokens.capital(step)
    told = after in _DOING or (after in _TOLD_OF and not tokens.closes(last))
    return told or (longer and _named(tokens, step))


def _named(tokens: Tokens, place: int) -> bool:
    found = lexicon().entry(tokens.lows[place])
    return tokens.case(place) is Case.MIXED and found.name > 0 and found.tier == 0


def _is_made(tokens: Tokens, maker: int) -> bool:
    """As in "the Ford Maverick", "a Kia Soul"; "the Kia Emma drives" is Emma's."""
    model = maker + 1
    if model >= len(tokens) or not tokens.joined(model) or tokens.possessive(maker):
        return False
    mixed, who = tokens.case(maker) is Case.MIXED, lexicon().entry(tokens.lows[maker])
    if not tokens.capital(maker) if mixed else who.tier:  # "take a seat robin"
        return False
    if not _written(tokens, model) or _acts(tokens, model) or tokens.lows[model] in roles().kin:
        return False
    found, listed = lexicon().entry(tokens.lows[model]), tokens.lows[model] in _listed("models")
    else_said = found.place or tokens.lows[model] in _bodies()  # "the Packard Foundation"
    else_said = else_said or before(tokens, maker)[1] in _TO_A_HOUSE
    if not listed and (not mixed or found.given >= _FAIR or else_said):
        return False
    if max(who.name, who.place) < _FAIR and not who.tier:
        return True
    led = before(tokens, maker)
    ours = found.family >= _FAIR and led[0] in POSSESSIVES | {"me"}
    also = who.tier or who.place or who.family > _PART  # "the Royal Arch" is a house
    mostly = listed or not (also or found.name >= _FAIR)
    return mostly and not ours and not _DETERMINERS.isdisjoint(led)


@cache
def _bodies() -> frozenset[str]:
    """What a body, a house or a street is called after somebody by."""
    found, places = sections("roles.txt"), sections("place_kinds.txt")
    bodies = roles().heads | {*found["capital-heads"], *found["sorts"], "arch", "street", "road"}
    return bodies.union(places["houses"], places["kinds"])


def _is_driven(tokens: Tokens, place: int, cars: list[int]) -> bool:
    """As in "an Octavia", "that old Robin", where a car or a maker is spoken of nearby."""
    first, second = before(tokens, place)
    if not tokens.capital(place) or tokens.case(place) is not Case.MIXED or _acts(tokens, place):
        return False
    led = first in ARTICLES and second not in {"to", "with", "called"}
    led = led or (second in ARTICLES and first in _LOOKS)
    pub = first == "the" and (second in _TO_A_HOUSE or lexicon().entry(tokens.lows[place]).tier > 0)
    if not led or pub or following(tokens, place)[0] in roles().kin:
        return False
    near = slice(bisect_left(cars, place - _CARS_NEAR), bisect_right(cars, place + _CARS_NEAR))
    return any(car != place for car in cars[near])


_TO_A_HOUSE = frozenset(
    {"to", "at", "by", "near", "past", "from", "of", "outside", "behind", "opposite", "down", "up"}
)
_LOOKS = frozenset(
    {"old", "new", "little", "red", "blue", "silver", "black", "white", "green", "yellow", "used",
     "battered", "brand-new", "second-hand", "rusty", "big", "same"}
)  # fmt: skip


def _is_played(tokens: Tokens, place: int) -> bool:
    """As in "playing Madden and", "Madden 24", "a game of Catan", "the Zelda game"."""
    if not _written(tokens, place) or tokens.possessive(place):
        return False
    first, second = before(tokens, place)
    after = following(tokens, place)[0]
    closes = tokens.closes(place) or after in _AFTER_GAME
    if after in _GAMES or (first == "of" and second in {"game", "games", "round", "level"}):
        return True
    if lexicon().entry(tokens.lows[place]).given >= _STRONG:
        return first in _PLAYING and bool(_ON_A_CONSOLE.match(tokens.text, tokens.ends[place]))
    if tokens.case(place) is Case.MIXED and _NUMBERED.match(tokens.text, tokens.ends[place]):
        return True
    return first in _PLAYING and closes and not _acts(tokens, place)


_ON_A_CONSOLE = re.compile(
    r" all (?:day|night|weekend|evening|afternoon)\b|"
    r" on (?:the |his |her |my |our |their |your )?"
    r"(?:switch|xbox|playstation|wii|nintendo|gameboy|game boy|ds|n64|ps\d|sega|pc)\b",
    re.IGNORECASE,
)


def _is_full_name(tokens: Tokens, place: int) -> bool:
    """As in "it's the Carlo Rossi.", "a Tom Ford suit", "it's like Old MacDonald"."""
    last = place + 1
    if tokens.forms[place] not in _firsts() or last >= len(tokens) or not tokens.joined(last):
        return False
    pair = (tokens.forms[place], tokens.lows[last])
    thing = pair in _pairs("full-things")
    named = thing or pair in _pairs("full-names")
    if not named or not (_written(tokens, place) and _written(tokens, last)):
        return False
    first, _ = before(tokens, place)
    if following(tokens, last)[0] in WARES | _VOICES:
        return first not in role_words("kin", "titles")
    if _acts(tokens, last):
        return False
    if tokens.lows[place] == "old":  # a song, with its capital
        return first in _SUNG and tokens.capital(place)
    return _is_one_of_its_kind(tokens, place, ARTICLES if thing else frozenset({"the"}))


def _is_one_of_its_kind(tokens: Tokens, place: int, articles: frozenset[str]) -> bool:
    """As in "the Carlo Rossi", "a bottle of Sam Adams", "wearing Ted Baker and"."""
    (first, second), last = before(tokens, place), place + 1
    closes = tokens.closes(last) or following(tokens, last)[0] in AFTER_WARE
    held = first == "of" and second in HOLDERS
    led = first in articles or held or (first in TAKING and closes)
    return led and not tokens.possessive(last)


_VOICES = frozenset({"voice", "impression", "costume", "film", "movie", "theme", "house", "style"})


def _is_poured(tokens: Tokens, place: int) -> bool:
    """As in "a glass of Picpoul": what no list knows as a name or a place."""
    if not place or tokens.lows[place - 1] != "of" or before(tokens, place)[1] not in HOLDERS:
        return False
    whole = tokens.closes(place) or following(tokens, place)[0] in AFTER_WARE
    return whole and tokens.capital(place) and lexicon().entry(tokens.lows[place]).unknown
