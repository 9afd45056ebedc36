"""What belongs to a place beside its name: "south Leeds", "Keynsham library".

A place that was found tells too much with its part or its venue left standing. Only what stands
right beside the name is taken, and never a country's part: "the south of England" stays.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from deid.detect.names.spans import Named
from deid.detect.spoken.heard.lexicon import VALUES
from deid.detect.words.cues import COURTESIES
from deid.detect.words.evidence import FAIR, Evidence, contracted
from deid.detect.words.frames import free_after
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import COMPASS, before, following
from deid.detect.words.tokens import Case, Tokens
from deid.transcript import EntityType

_HEADING = frozenset(
    {"due", "further", "farther", "head", "headed", "heading", "facing", "go", "going", "went",
     "drive", "drove", "driving", "miles", "moved", "fly", "flew"}
)  # fmt: skip
_VENUES = frozenset(sections("place_kinds.txt")["venues"])
_SCHOOLS = frozenset({"elementary", "grammar", "high", "primary", "junior"})
_LONGEST, _MOST_CAPITALS = 4, 6


def wider(evidence: Evidence, found: Iterable[Named]) -> Iterator[Named]:
    """The same places, each with its part of the compass and its venue."""
    for name in found:
        first = _with_compass(evidence, _with_age(evidence, name.first))
        last = with_kind(evidence, with_venue(evidence.tokens, name.last))
        last = max(last, with_capitals(evidence, name.last))
        if last > name.last:
            first = min(first, _with_name(evidence, name.first))
        yield replace(name, first=first, last=last)


def with_capitals(evidence: Evidence, place: int) -> int:
    """The last word of "Kilrea Presbyterian", "Corby Danesholme": capitals that go on from it."""
    tokens, last = evidence.tokens, place
    if tokens.case(place) is not Case.MIXED or not tokens.words[place].istitle():
        return place
    somebody = before(tokens, place)[0] not in _WHERE or not _somebody(evidence, place)
    most = min(place + _MOST_CAPITALS, len(tokens) - 1)
    while last < most and not tokens.possessive(last) and _goes_with(evidence, last + 1):
        if somebody and _somebody(evidence, last + 1):
            break
        last += 1
    return last


_WHERE = frozenset({"at", "in", "near", "by", "past", "round", "outside", "the", "on", "off"})
"""Where the network is wrong about both words: "by Keswick Copse"; not "my name's Callan Pike"."""


def _somebody(evidence: Evidence, place: int) -> bool:
    return evidence.network.get(place) is EntityType.PERSON


def _goes_with(evidence: Evidence, place: int) -> bool:
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if not _beside(tokens, place) or not tokens.words[place].istitle() or len(low) == 1:
        return False
    barred = evidence.taken(place) or evidence.dosed(place) or contracted(low)
    return not barred and evidence.entry(place).given < FAIR


def _with_compass(evidence: Evidence, place: int) -> int:
    """Where "south east London" begins; "it's further south. Leeds" keeps its south."""
    tokens, first = evidence.tokens, place
    while first and _beside(tokens, first) and tokens.lows[first - 1] in COMPASS:
        first -= 1
    return place if first < place and before(tokens, first)[0] in _HEADING else first


def _with_age(evidence: Evidence, place: int) -> int:
    """Where "at new kilmarnock", "Old Costessey" begin; "a new leeds", "Old Leeds fans" do not."""
    tokens, step = evidence.tokens, place - 1
    if not (place > 0 and _beside(tokens, place)):
        return place
    if tokens.case(place) is not Case.MIXED:
        lead = before(tokens, step)[0]
        street = not lead and following(tokens, place)[0] in _ROADS  # "great junction street."
        aged = tokens.lows[step] in _AGES and (lead in _LEADING or street)
        return step if aged else place
    part = tokens.lows[step] in _AGES | _ORDINALS | _LANDS | (_PREFIXES - {"up", "down"})
    small = tokens.lows[step] in {"upper", "lower"}  # "the upper Bush Hill Street"
    written = part and (small or tokens.capital(step)) and tokens.capital(place)
    led = not tokens.initial(step) or tokens.after(place)[:1] in {".", "?", ""}
    return step if written and led else place


_AGES = frozenset({"new", "old", "great", "little", "upper", "lower", "nether", "higher"})
_ORDINALS = frozenset({"first", "second", "third"})  # of congregations: "First Kilrea"
_LANDS = frozenset({"long", "high", "church", "broad", "black", "royal"})
_LEADING = frozenset({"at", "in", "from", "near", "to", "by", "past", "through", "round"})


def has_venue(tokens: Tokens, place: int) -> bool:
    """Whether a venue follows, so that a name of plain words is one: "Long Lane village hall"."""
    return with_venue(tokens, place) > place


def prefixed(tokens: Tokens, place: int) -> int:
    """Where "Great Alton" begins; the word itself where nothing of the sort stands before it."""
    before_ = place - 1
    beside = place > 0 and _beside(tokens, place) and tokens.lows[before_] in _PREFIXES
    written = beside and tokens.capital(before_) and tokens.capital(place)
    return before_ if written and not tokens.initial(before_) else place


_PREFIXES = frozenset(
    {"great", "little", "upper", "lower", "nether", "up", "down", "market", "chipping", "kings",
     "abbots", "bishops", "stoke", "upton", "cold", "marsh", "wick", "castle", "temple", "steeple",
     "monks", "priors"}
)  # fmt: skip


def with_venue(tokens: Tokens, place: int) -> int:
    """The last word of "Keynsham library", "Yate community centre", "Ely Magistrates' Court"."""
    saint = place > 0 and tokens.lows[place - 1] in SAINTS
    if (tokens.possessive(place) and not saint) or place + 1 >= len(tokens):
        return place
    if not (_beside(tokens, place + 1) or (saint and _of_many(tokens, place + 1))):
        return place
    said, venue = tokens.lows[place + 1], place
    if (
        said in _VENUES
        or (saint and said in _OF_SAINTS)
        or (saint and said in _LANDS_OF_SAINTS and _both_written(tokens, place))
        or (said == "school" and tokens.lows[place] in _SCHOOLS)
        or (said in ROADSIDE and tokens.lows[place] in _ROADS)
        or (said == "centre" and tokens.capital(place) and before(tokens, place)[0] == "the")
    ):
        venue = place + 1
    said = tokens.forms[place + 1]  # "children's hospital"
    for last in range(place + 2, min(len(tokens), place + _LONGEST + 1)):
        if not (_beside(tokens, last) or _of_many(tokens, last)):
            break
        said = f"{said} {tokens.forms[last]}"
        venue = last if said in _VENUES else venue
    return venue


def with_kind(evidence: Evidence, place: int) -> int:
    """The last word of "bridge end surgery", "tyne tunnel", "riverside methodist hospital".

    Only in a turn of one case, where the kind has no capital that tells it; and, of kinds that are
    anything ("leeds park homes"), only where no noun goes on from them.
    """
    tokens, last = evidence.tokens, place + 1
    if tokens.case(place) is Case.MIXED or tokens.possessive(place):
        return place
    while last < len(tokens) and last - place <= _MOST_SORTS and _beside(tokens, last):
        low = tokens.lows[last]
        sure = low in _SURE_KINDS and following(tokens, last)[0] != "society"
        if sure or (low in _KINDS_ALONE and goes_on(evidence, last)):
            return last
        if low not in _BETWEEN:
            break
        last += 1
    return place


def goes_on(evidence: Evidence, place: int) -> bool:
    """Whether no noun goes on from a word that is a kind: "at leeds dock and", not "dock road"."""
    tokens, after = evidence.tokens, following(evidence.tokens, place)[0]
    if tokens.closes(place) or tokens.possessive(place):
        return True
    small = (
        after in evidence.words.function
        or after in COURTESIES
        or after in VALUES
        or contracted(after)
    )
    return small or free_after(tokens, place)


_MOST_SORTS = 3
_KINDS_ALONE = frozenset(sections("place_kinds.txt")["behind"])
_SURE_KINDS = frozenset(
    {"surgery", "hospital", "infirmary", "hospice", "school", "academy", "college", "university",
     "sanatorium", "building", "tunnel", "cathedral", "mosque", "gurdwara", "synagogue", "hotel",
     "viaduct"}
)  # fmt: skip
_BETWEEN = frozenset(sections("place_kinds.txt")["between"])


ROADSIDE = frozenset(
    {"surgery", "practice", "clinic", "school", "primary", "infants", "juniors", "church", "chapel",
     "baths", "library", "mosque", "temple", "gurdwara", "hospital", "station", "allotments"}
)  # fmt: skip
"""What stands in a street is called after it: "carter road surgery", "Nene Quay surgery"."""
_ROADS = frozenset(
    {"street", "road", "avenue", "lane", "crescent", "terrace", "quay", "square", "bridge",
     "cross", "gate", "hill", "green", "mount", "drive"}
)  # fmt: skip
SAINTS = frozenset({"st", "saint", "saints"})
_OF_SAINTS = frozenset({"church", "hospital", "hospice", "school", "primary", "hall", "centre"})


_LANDS_OF_SAINTS = frozenset(
    {"park", "square", "court", "place", "hill", "quay", "green", "field", "fields", "bay",
     "island", "head", "gate", "way", "close", "walk", "well", "wharf", "gardens",
     "lodge", "house", "mews"}
)  # fmt: skip


def _both_written(tokens: Tokens, place: int) -> bool:
    """Whether the next word is of the name: "St George's Park", not "st anne's way of it"."""
    if tokens.case(place) is Case.MIXED:
        return tokens.capital(place + 1)
    return tokens.lows[place + 1] not in {"way", "place", "close", "well", "head", "house"}


def _of_many(tokens: Tokens, place: int) -> bool:
    """Whether a plural owns the word: "Magistrates' Court"."""
    owned = tokens.gap(place) in {"' ", "\u2019 "} and tokens.lows[place - 1].endswith("s")
    return owned and tokens.turns[place] == tokens.turns[place - 1]


def _with_name(evidence: Evidence, place: int) -> int:
    """The first word with a capital of a venue's name: "Marsh" of "Marsh Yate village hall"."""
    tokens, first = evidence.tokens, place
    if tokens.case(place) is not Case.MIXED:
        return place
    while first and _beside(tokens, first) and place - first < _LONGEST:
        step = first - 1
        if not tokens.capital(step) or tokens.initial(step) or step in evidence.kept:
            break
        first = step
    return first


def _beside(tokens: Tokens, place: int) -> bool:
    """Whether nothing but a space or a hyphen parts a word from the one before, in its turn."""
    whole = tokens.joined(place) or tokens.gap(place) == "-"
    return whole and tokens.turns[place] == tokens.turns[place - 1]
