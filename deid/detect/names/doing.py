"""What people do, so that a word before it is somebody: "X just laughed", "X never liked it".

Asked by ``slots``; nothing is decided here.
"""

from deid.detect.names.plainly import is_awaited
from deid.detect.names.things import ABSTRACT, GROWN
from deid.detect.words.frames import PAST, PERSONAL_VERBS
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Tokens

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
    "sneezed", "coughed", "winced", "yawned", "blushed", "ironed", "knitted", "understands",
    "posted", "baked", "apologises", "argues", "argued", "sulked", "wept", "babysat",
}  # fmt: skip
_MINDING = frozenset(
    {"liked", "wanted", "minded", "married", "complained", "moaned", "bothered", "listened",
     "learned", "learnt", "believed", "forgave", "trusted", "cared", "talked", "spoke", "ate",
     "wore", "cried", "visited", "smoked", "drank", "fancied", "drove", "understood", "asks"}
)  # fmt: skip
_HANDLING = frozenset(
    {"burnt", "burned", "grew", "wore", "threw", "sold", "baked", "posted", "painted", "washed",
     "parked", "packed", "ironed", "swept", "chopped", "cooked", "ate", "drank", "caught", "wrote",
     "polished", "sewed", "stole", "hid", "fetched", "carried", "signed", "opened", "pushed"}
)  # fmt: skip
_HANDLED = frozenset({"the", "it", "a", "an", "my", "our", "his", "her", "them", "some", "us"})
_CAUGHT = frozenset({"same", "flu", "op", "operation", "baby", "jab", "twins"})
_BUSY = frozenset(
    {"driving", "cooking", "babysitting", "snoring", "crying", "shouting", "coughing", "laughing",
     "upstairs", "downstairs", "asleep", "pregnant", "poorly", "ringing", "phoning", "texting"}
)  # fmt: skip
_BY_NOW = frozenset({"now", "all", "in"})
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
     ("can't", "drive"), ("couldn't", "come"), ("can't", "come"), ("isn't", "well"),
     ("moved", "away"), ("moved", "out"), ("moved", "house"), ("came", "round"),
     ("came", "over"), ("came", "with"), ("looked", "at"), ("went", "round"), ("went", "up"),
     ("understood", "me"), ("sat", "with"), ("stayed", "with"), ("stayed", "over"),
     ("stayed", "the"), ("stepped", "in"), ("passed", "in"), ("passed", "away"), ("passed", "last"),
     ("passed", "on"), ("kept", "the"), ("drove", "the")}
)  # fmt: skip
_ABSTRACT_TOO = frozenset(
    {("made", "me"), ("will", "be"), ("will", "have"), ("had", "a"), ("has", "got"), ("had", "to"),
     ("has", "to"), ("helped", "me"), ("helps", "me"), ("brought", "me"), ("gave", "me"),
     ("keeps", "on"), ("gets", "me"), ("took", "me"), ("went", "to"), ("went", "back"),
     ("works", "in"), ("won't", "go"), ("won't", "let"), ("won't", "have"), ("does", "the"),
     ("has", "a"), ("has", "the"), ("has", "two"), ("has", "been"),
     ("takes", "me"), ("went", "off"), ("found", "me"), ("drives", "me"),
     ("came", "round"), ("came", "over"), ("came", "with"), ("looked", "at"), ("went", "round"),
     ("went", "up"), ("stayed", "with"), ("stepped", "in"), ("passed", "in"), ("passed", "on"),
     ("passed", "away"), ("kept", "the")}
)  # fmt: skip
_NOUNS = ABSTRACT - {"will", "may"}
_PERSON = frozenset({"person", "girl", "boy", "woman", "man", "lad", "lass", "lady", "bloke"})
_NOT_DOING = frozenset(
    {"", "be", "have", "also", "i", "you", "he", "she", "we", "they", "it", "the", "a", "not",
     "cause", "help", "make", "lead", "affect", "only", "never", "always", "still"}
)  # fmt: skip
_REFUSING = frozenset(
    {"can't", "won't", "couldn't", "wouldn't", "didn't", "doesn't", "hasn't", "hadn't", "isn't"}
)
_ABLE = frozenset({"can", "could", "will", "would", "should", "might", "must", "may"})
_UNABLE = ABSTRACT | GROWN | _ABLE
_BEFORE_A_CLAUSE = frozenset(
    {"", "it", "him", "her", "them", "and", "but", "so", "because", "cos", "if", "then", "well",
     "yeah", "no", "oh", "think", "thought", "said", "says", "reckon", "maybe", "perhaps"}
)  # fmt: skip
NOT_BEFORE_A_SUBJECT = frozenset(
    {"i", "you", "he", "she", "it", "we", "they", "there", "who", "to", "not", "that", "this",
     "on", "in", "at", "by", "for", "from", "about", "with", "into", "near", "under", "over",
     "'ll", "he'll", "she'll", "i'll", "and", "or", "i'd", "he'd", "don't", "didn't", "would"}
)  # fmt: skip


def is_acting(tokens: Tokens, place: int) -> bool:
    """Whether what follows is what people do, adverbs passed over: "X just laughed"."""
    low, last = tokens.lows[place], place
    first, _ = before(tokens, place)
    if is_awaited(tokens, place):
        return False
    if tokens.after(place) == " " and _able(tokens, place, first):
        return True
    refusing = following(tokens, place)[0] in _REFUSING and low not in ABSTRACT
    if tokens.after(place) != " " or first in NOT_BEFORE_A_SUBJECT:
        after, further = following(tokens, place)
        handling = after in _HANDLING and further in _HANDLED
        foremost = (after, further) == ("was", "the") and _foremost(tokens, place + 2)
        return (refusing or handling or foremost) and first in {"and", "or"}
    while following(tokens, last)[0] in _ADVERBS and tokens.after(last) == " ":
        last += 1
    after, further = following(tokens, last)
    pair, third = (after, further), following(tokens, last + 1)[1]
    return (
        refusing
        or after in _DOING
        or (last > place and (after in _MINDING or (after in PAST and low not in _NOUNS)))
        or (after in _HANDLING and further in _HANDLED)
        or (pair in _DOING_PAIRS and (low not in ABSTRACT or pair not in _ABSTRACT_TOO))
        or (after in {"was", "is"} and further in _BUSY and low not in ABSTRACT)
        or (pair == ("had", "the") and third in _CAUGHT)
        or (pair == ("has", "it") and third in _BY_NOW)
        or (pair == ("was", "the") and _foremost(tokens, last + 2))
    )


def _foremost(tokens: Tokens, place: int) -> bool:
    """Whether it was "the only one who", "the first girl to"."""
    rank, whom = following(tokens, place)
    one = whom == "one" and following(tokens, place + 1)[1] == "who"
    return rank in {"only", "first", "last"} and (one or whom in _PERSON)


def _able(tokens: Tokens, place: int, first: str) -> bool:
    """Whether it can do something and no article stands before it: "leave it there mark can come".

    Things that grow have no article either.
    """
    low, (after, further) = tokens.lows[place], following(tokens, place)
    barred = low in _UNABLE or further in _NOT_DOING or further.endswith("'t")
    return after in _ABLE and first in _BEFORE_A_CLAUSE and not barred
