"""More places where English puts a person: "X from work", "X keeps saying", "X's mum".

Beside ``names_frames``, with the same two degrees of sureness. What is *proven* here holds where a
sentence opens too, and for words that no list knows; what is only *likely* counts for words that
are first names before they are anything else. Nothing is decided here.
"""

from deid.detect.names.certain import is_asked_after, is_turned_to, owns_surely
from deid.detect.names.relations import companion, is_kin, with_kin
from deid.detect.names.things import HERBS
from deid.detect.words.cues import roles
from deid.detect.words.frames import (
    DATING,
    DETERMINERS,
    MONTHS,
    PAST,
    PERSONAL_VERBS,
    Frame,
    before,
    following,
    free_after,
)
from deid.detect.words.tokens import Case, Tokens

_SWEET = frozenset({"love", "darling", "sweetheart", "babe", "hun", "bless"})
_KIN_AFTER = frozenset(
    {"uncle", "aunty", "auntie", "didi", "bhai", "bhaiya", "ben", "masi", "mausi", "chacha",
     "chachi", "mama", "mami", "mamu", "kaka", "kaki", "bua", "phuppo", "khala", "nana", "nani",
     "anna", "akka", "ji", "apa", "appa", "baji"}
)  # fmt: skip
_ADVERBS = frozenset(
    {"just", "always", "never", "also", "still", "actually", "really", "then", "only", "even",
     "usually", "sometimes", "already", "probably", "obviously", "reckons", "kindly", "bless"}
)  # fmt: skip
_DOING = PERSONAL_VERBS | {
    "likes", "hates", "hated", "smokes", "smoked", "drinks", "snores", "remembers", "remembered",
    "cooks", "cooked", "babysits", "teaches", "laughs", "cries", "moans", "moaned", "cleans",
    "nodded", "shrugged", "sighed", "grinned", "smiled", "winked", "apologised", "complained",
    "complains", "worries", "worried", "panicked", "fainted", "screamed", "popped", "nipped",
    "loves", "loved", "volunteers", "gardens", "knits", "texts", "nags", "nagged", "forgot",
    "forgets", "decided", "offered", "refused", "admitted", "noticed", "visits", "visited",
}  # fmt: skip
_DOING_PAIRS = frozenset(
    {("keeps", "saying"), ("keeps", "asking"), ("keeps", "telling"), ("keeps", "ringing"),
     ("keeps", "on"), ("kept", "saying"), ("kept", "asking"), ("kept", "telling"),
     ("looks", "after"), ("looked", "after"), ("works", "at"), ("works", "in"), ("works", "nights"),
     ("works", "there"), ("worked", "at"), ("took", "me"), ("took", "him"), ("took", "her"),
     ("found", "me"), ("found", "him"), ("found", "her"), ("picked", "me"), ("gave", "me"),
     ("picks", "me"), ("takes", "me"), ("drives", "me"), ("gets", "me"), ("got", "married"),
     ("went", "home"), ("went", "to"), ("went", "off"), ("went", "back"), ("will", "pick"),
     ("will", "ring"), ("will", "be"), ("will", "have"), ("will", "know"), ("will", "tell"),
     ("made", "me"), ("does", "my"), ("does", "the"), ("does", "all"), ("doesn't", "like"),
     ("doesn't", "want"), ("doesn't", "know"), ("doesn't", "think"), ("doesn't", "mind"),
     ("doesn't", "drive"), ("didn't", "want"), ("didn't", "like"), ("didn't", "know"),
     ("didn't", "think"), ("won't", "have"), ("won't", "go"), ("won't", "let"), ("won't", "eat"),
     ("won't", "come"), ("had", "a"), ("has", "got"), ("had", "to"), ("has", "to"),
     ("bought", "me"), ("brought", "me"), ("lent", "me"), ("showed", "me"), ("helps", "me"),
     ("helped", "me"),
     ("has", "a"), ("has", "the"), ("has", "two"), ("has", "been"),
     ("can't", "drive"), ("couldn't", "come"), ("can't", "come"), ("isn't", "well")}
)  # fmt: skip
_ABSTRACT_TOO = frozenset(
    {("made", "me"), ("will", "be"), ("will", "have"), ("had", "a"), ("has", "got"), ("had", "to"),
     ("has", "to"), ("helped", "me"), ("helps", "me"), ("brought", "me"), ("gave", "me"),
     ("keeps", "on"), ("gets", "me"), ("took", "me"), ("went", "to"), ("went", "back"),
     ("works", "in"), ("won't", "go"), ("won't", "let"), ("won't", "have"), ("does", "the"),
     ("has", "a"), ("has", "the"), ("has", "two"), ("has", "been"),
     ("takes", "me"), ("went", "off"), ("found", "me"), ("drives", "me")}
)  # fmt: skip
_ABSTRACT = frozenset(
    {"hope", "faith", "joy", "grace", "patience", "mercy", "charity", "art", "summer", "winter",
     "autumn", "dawn", "sky", "love", "trust", "comfort", "fortune", "justice", "destiny", "will",
     "may", "june", "april", "august", "heath", "forest", "storm", "chance", "liberty", "harmony",
     "melody", "blessing", "constance", "prudence", "temperance", "goodness",
     "trinity", "honor", "miracle", "wisdom", "favour", "serenity"}
)  # fmt: skip
_NOUNS = _ABSTRACT - {"will", "may"}
_HERE = frozenset(
    {"bringing", "driving", "cooking", "ringing", "phoning", "visiting", "staying", "babysitting",
     "expecting", "wearing", "asking", "telling", "saying", "picking", "texting", "upstairs",
     "poorly", "pregnant", "asleep", "having", "working", "moving", "downstairs"}
)  # fmt: skip
_COMES_FROM = frozenset(
    {"work", "school", "church", "college", "uni", "reception", "accounts", "upstairs", "bingo",
     "chapel", "mosque", "temple", "nursery", "payroll", "hr", "next", "number", "choir"}
)  # fmt: skip
_HOUSES = frozenset(
    {"desk", "reception", "office", "ward", "surgery", "chemist", "chemist's", "group", "shop",
     "school", "church", "clinic", "hospital", "practice", "council", "canteen", "kitchen", "till",
     "tills", "door", "pharmacy", "library", "pub", "club", "gym", "salon", "agency", "flat",
     "number", "work", "phones", "front", "centre", "road", "corner", "street", "allotment",
     "committee", "board", "gate", "bus", "market", "stall", "switchboard"}
)  # fmt: skip
_DWELLINGS = _HOUSES | {"house", "cottage", "farm", "bungalow", "flats", "estate", "lodge"}
_WORN = frozenset(
    {"hair", "ponytail", "glasses", "beard", "dog", "tattoo", "tattoos", "van", "hat", "limp",
     "wheelchair", "stick", "kids", "twins", "motorbike", "accent", "moustache"}
)  # fmt: skip
_GREETED = frozenset({"morning", "afternoon", "evening", "night", "birthday", "night-night"})
_EXCLAIMED = frozenset(
    {"no", "yes", "yeah", "oh", "on", "listen", "look", "well", "okay", "ok", "now", "honestly",
     "right", "hey", "sorry", "aye", "hang"}
)  # fmt: skip
_ASKED_OF = frozenset(
    {"still", "coming", "there", "here", "around", "about", "in", "up", "home", "asleep", "awake",
     "okay", "ok", "alright", "upstairs", "downstairs", "working", "bringing", "all", "well"}
)  # fmt: skip
_SOUGHT = frozenset({"where's", "how's", "seen", "wheres", "hows", "remember", "tell", "ask"})
_SOUGHT_PAIRS = frozenset(
    {("what", "about"), ("how", "about"), ("you", "know"), ("you", "remember"), ("and", "him"),
     ("him", "and"), ("her", "and"), ("off", "got"), ("next", "to"), ("give", "to"), ("it", "off"),
     ("that", "was"), ("no", "that's"), ("no", "it's"), ("no", "thats"), ("i", "miss"),
     ("know", "if"), ("it", "to"), ("that", "you"), ("room", "for"), ("everything", "to"),
     ("miss", "is"), ("that", "to"), ("this", "to"), ("them", "to"), ("one", "off")}
)  # fmt: skip
_CALLERS = frozenset({"at", "to", "round", "from", "off", "near", "outside", "up", "over", "by"})
_HOMES = frozenset(
    {"house", "place", "flat", "on", "for", "and", "when", "last", "yesterday", "till", "until",
     "every", "tonight", "tomorrow", "with"}
)  # fmt: skip


def slot_at(tokens: Tokens, place: int) -> Frame | None:
    """Whether people stand where this word stands; a determiner before it says no."""
    first, second = before(tokens, place)
    if first in DETERMINERS and first not in {"little", "all", "that"}:
        return None
    if tokens.lows[place] in MONTHS and first in DATING:
        return None
    after, further = following(tokens, place)
    if tokens.possessive(place):
        return Frame.PROVEN if is_kin(tokens, place) else _owning(tokens, place, first)
    if (
        (first == "poor" and tokens.case(place) is Case.MIXED and tokens.capital(place))
        or _sure_after(tokens, place, after, further)
        or _acting(tokens, place)
        or with_kin(tokens, place)
        or is_kin(tokens, place)
        or is_asked_after(tokens, place)
        or is_turned_to(tokens, place)
    ):
        return Frame.PROVEN
    likely = (
        _asked(tokens, place, after, further)
        or _sought(tokens, place, first, second)
        or companion(tokens, place)
        or _minded(tokens, place, first)
        or _greeted(tokens, place, first, second)
    )
    return Frame.LIKELY if likely else None


def _owning(tokens: Tokens, place: int, first: str) -> Frame | None:
    """As owner: "X's mum", "X's bringing the cake", "round at X's on Monday"."""
    after, further = following(tokens, place)
    if after in roles().family or after in _HERE or (after == "not" and further == "well"):
        return Frame.PROVEN
    if owns_surely(tokens, place) or (after, further) == ("running", "late"):
        return Frame.PROVEN
    ends = tokens.closes(place)
    if first in _CALLERS and (ends or after in _HOMES):
        return Frame.PROVEN
    return Frame.LIKELY if first in {"it's", "its", "is", "was"} and after == "turn" else None


def _sure_after(tokens: Tokens, place: int, after: str, further: str) -> bool:
    """By what follows: "X love, sit down", "X uncle", "X from work", "X on the desk"."""
    if tokens.after(place) != " ":
        return False
    third, fourth = following(tokens, place + 1)[1], following(tokens, place + 2)[1]
    if after in _SWEET:
        return further in {"her", "him"} or tokens.after(place + 1)[:1] == ","
    if after in _KIN_AFTER:
        return tokens.lows[place] not in DETERMINERS | roles().kin
    if after == "from":
        return further in _COMES_FROM or (further == "the" and bool({third, fourth} & _DWELLINGS))
    if after in {"on", "in", "at", "over"} and further in {"the", "number", "reception"}:
        return third in _HOUSES or further != "the"
    worn = after == "with" and further == "the" and not _WORN.isdisjoint((third, fourth))
    return worn or (after, further) == ("next", "door")


def _acting(tokens: Tokens, place: int) -> bool:
    """Whether what follows is what people do, adverbs passed over: "X just laughed"."""
    low, last = tokens.lows[place], place
    first, _ = before(tokens, place)
    if tokens.after(place) == " " and _able(tokens, place, first):
        return True
    refusing = following(tokens, place)[0] in _REFUSING and low not in _ABSTRACT
    if tokens.after(place) != " " or first in _NOT_BEFORE_A_SUBJECT:
        return refusing and first in {"and", "or"}
    while following(tokens, last)[0] in _ADVERBS and tokens.after(last) == " ":
        last += 1
    after, further = following(tokens, last)
    if after in _DOING or (last > place and after in PAST and low not in _NOUNS):
        return True
    if refusing:
        return True
    pair = after, further
    return pair in _DOING_PAIRS and (low not in _ABSTRACT or pair not in _ABSTRACT_TOO)


def _able(tokens: Tokens, place: int, first: str) -> bool:
    """Whether it can do something and no article stands before it: "leave it there mark can come".

    Things that grow have no article either.
    """
    low, (after, further) = tokens.lows[place], following(tokens, place)
    barred = low in _ABSTRACT | _GROWN | _ABLE or further in _NOT_DOING or further.endswith("'t")
    return after in _ABLE and first in _BEFORE_A_CLAUSE and not barred


_NOT_DOING = frozenset(
    {"", "be", "have", "also", "i", "you", "he", "she", "we", "they", "it", "the", "a", "not",
     "cause", "help", "make", "lead", "affect", "only", "never", "always", "still"}
)  # fmt: skip
_GROWN = HERBS | {
    "honey", "cherry", "holly", "olive", "hazel", "clover", "amber", "coral", "sandy", "robin",
    "candy",
}  # fmt: skip
_REFUSING = frozenset(
    {"can't", "won't", "couldn't", "wouldn't", "didn't", "doesn't", "hasn't", "hadn't", "isn't"}
)
_NOT_BEFORE_A_SUBJECT = frozenset(
    {"i", "you", "he", "she", "it", "we", "they", "there", "who", "to", "not", "that", "this",
     "on", "in", "at", "by", "for", "from", "about", "with", "into", "near", "under", "over",
     "'ll", "he'll", "she'll", "i'll", "and", "or", "i'd", "he'd", "don't", "didn't", "would"}
)  # fmt: skip


def _asked(tokens: Tokens, place: int, after: str, further: str) -> bool:
    """Spoken to, or of as having done it: "X do you want to", "X has done it for years"."""
    if tokens.lows[place] in _ABSTRACT or tokens.after(place) != " ":
        return False
    if after in _OFFERING and further == "you":
        return before(tokens, place)[0] not in _NOT_BEFORE_A_SUBJECT
    return after in {"has", "had"} and further in _HAVING_DONE


_OFFERING = frozenset({"do", "can", "would", "could", "are", "did", "have", "should"})
_ABLE = frozenset({"can", "could", "will", "would", "should", "might", "must", "may"})
_BEFORE_A_CLAUSE = frozenset(
    {"", "it", "him", "her", "them", "and", "but", "so", "because", "cos", "if", "then", "well",
     "yeah", "no", "oh", "think", "thought", "said", "says", "reckon", "maybe", "perhaps"}
)  # fmt: skip
_HAVING_DONE = frozenset({"done", "been", "gone", "got", "never", "always", "just", "already"})


def _sought(tokens: Tokens, place: int, first: str, second: str) -> bool:
    """Asked for: "where's X?", "is X still in bed", "seen X?", "sat next to X", "no, that's X"."""
    after = following(tokens, place)[0]
    if first == "what's":
        return after in {"going", "doing", "saying", "playing"}
    if (second, first) == ("how", "is"):
        return after in {"is", "getting", "doing", "now", "these", "coping"}
    if first == "is" and after in _ASKED_OF:
        return second not in {"it", "that", "this", "there", "he", "she", "what"}
    if first in _SOUGHT or (second, first) in _SOUGHT_PAIRS:
        if (second, first) == ("that", "was") and tokens.lows[place] in MONTHS:
            return False
        goes_on = after in {"doing", "getting", "feeling", "can", "does"} or after in PAST
        return free_after(tokens, place) or goes_on
    return first == "if" and after in {"can", "does", "comes", "has", "is", "rings"}


def _minded(tokens: Tokens, place: int, first: str) -> bool:
    """By a word before: "because X was ill", "like X does", "not X, the other one", "poor X"."""
    low, (after, further) = tokens.lows[place], following(tokens, place)
    told = first in {"said", "says", "thought", "reckons"} and low not in MONTHS
    told = told and tokens.case(place) is Case.MIXED and tokens.capital(place)
    if told and after in _WAS:
        return True
    if first in _LINKING and after in _WAS:
        return low not in _ABSTRACT and not low.endswith("day")
    if first in {"love", "loves", "loved", "adores"}:
        return (after, further) == ("to", "bits")
    ends = tokens.after(place)[:1]
    if first in {"poor", "little", "big", "old", "dear", "wee"} and tokens.capital(place):
        return tokens.case(place) is Case.MIXED
    if first == "poor" and low != "guy":
        return ends in {",", ".", "\n", ""} or after in {"she", "he", "had", "was", "has", "is"}
    return first == "not" and ends == "," and low not in _ABSTRACT


_LINKING = frozenset({"because", "cos", "since", "if", "like", "when", "that", "until", "till"})
_WAS = frozenset(
    {"was", "is", "has", "had", "does", "did", "came", "went", "got", "wasn't", "isn't", "can't",
     "passed", "died", "retired"}
)  # fmt: skip


def _greeted(tokens: Tokens, place: int, first: str, second: str) -> bool:
    """By a greeting: "morning, X.", "happy birthday X!", "no, X, leave it"."""
    ends = tokens.closes(place)
    if not ends:
        return False
    if first in _GREETED:
        return second in {"", "good", "happy", "night"}
    return first in _EXCLAIMED and tokens.gap(place) == ", " and tokens.after(place)[:1] == ","
