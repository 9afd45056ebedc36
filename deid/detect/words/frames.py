"""Where English puts a person and hardly anything else: "rang X up", "X reckons", "me and our X".

For words that are a name and something else a list says little; these places say more. A place is
proven when the word could not be the plain word there ("will reckons": no modal takes a verb in
"-s"), likely when people mostly stand there. Nothing is decided here, and nothing looks farther
than :mod:`.neighbours` does: four words back and two ahead.
"""

from enum import StrEnum

from deid.detect.words.cues import roles
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens


class Frame(StrEnum):
    """How surely a person stands at a place."""

    PROVEN = "proven"
    LIKELY = "likely"


DETERMINERS = frozenset(
    {"a", "an", "the", "any", "some", "no", "another", "every", "each", "much", "more", "most",
     "such", "this", "that", "these", "those", "my", "your", "his", "her", "their", "its", "of",
     "pure", "great", "real", "little", "good", "bad", "last", "new", "all", "only", "what", "own"}
)  # fmt: skip
_SUBJECTS = frozenset(
    {"i", "you", "he", "she", "it", "we", "they", "there", "that", "this", "who", "what", "which",
     "one", "people", "everyone", "somebody", "someone", "to"}
)  # fmt: skip
_PREPOSITIONS = frozenset(
    {"on", "in", "at", "by", "for", "from", "to", "about", "with", "into", "near", "under", "over"}
)
MODALS = frozenset({"will", "may", "can", "might", "must"})
MONTHS = frozenset({"jan", "april", "may", "june", "august", "january", "summer", "autumn"})
DATING = frozenset(
    {"in", "by", "since", "until", "till", "from", "every", "last", "next", "this", "early", "late",
     "mid", "around", "before", "after", "during", "of", "on", "and", "or", "through", "to", "end"}
)  # fmt: skip
_TAKERS = frozenset(
    {"rang", "phoned", "texted", "messaged", "emailed", "asked", "told", "met", "married", "wed",
     "thanked", "visited", "invited", "knew", "reminded", "hugged", "nursed", "divorced", "dated",
     "blamed", "warned", "persuaded", "convinced", "introduced", "asking", "telling"}
)  # fmt: skip
_WRITTEN_TAKERS = frozenset(
    {"ask", "tell", "ring", "phone", "text", "thank", "remind", "marry", "invite", "ringing", "saw"}
)
_TAKER_PAIRS = frozenset(
    {("ran", "into"), ("bumped", "into"), ("run", "into"), ("bump", "into"), ("said", "to"),
     ("says", "to"), ("say", "to"), ("spoke", "to"), ("spoken", "to"), ("speak", "to"),
     ("speaking", "to"), ("talk", "to"), ("talked", "to"), ("talking", "to"), ("chatting", "to"),
     ("listen", "to"), ("listened", "to"), ("married", "to"), ("engaged", "to"), ("sat", "with"),
     ("went", "with"), ("came", "with"), ("weren't", "for"), ("wasn't", "for"), ("me", "and"),
     ("i", "and"), ("thanks", "to"), ("heard", "from"), ("apologies", "from"),
     ("i've", "known"), ("we've", "known"), ("i'd", "known"), ("we'd", "known"), ("have", "known"),
     ("had", "known"), ("she'd", "known"), ("he'd", "known"), ("they'd", "known"),
     ("sat", "next"), ("together", "with"), ("chat", "with"), ("word", "with"), ("mentioned", "to"),
     ("introduced", "to"), ("related", "to"), ("wrote", "to"), ("written", "to"),
     ("lift", "off"), ("lift", "from"), ("down", "as"), ("shouted", "at"), ("shouting", "at"),
     ("smiled", "at"), ("waved", "at"),
     ("seen", "by"), ("referred", "by"), ("done", "by"), ("was", "under"), ("i'm", "under"),
     ("still", "under"), ("be", "under"), ("it's", "under"), ("filed", "under"), ("look", "under")}
)  # fmt: skip
_TURNING = frozenset({"go", "goes", "went", "turn", "turns", "turned", "come", "comes", "came"})
_THINKING = frozenset(
    {"think", "thought", "reckon", "guess", "suppose", "know", "heard", "when", "because", "cos",
     "if", "then", "and", "but", "while", "before", "after", "until", "till", "like", "as", "so",
     "says", "said"}
)  # fmt: skip
_SAYING = frozenset({"said", "says", "told", "reckons", "reckoned", "thinks", "goes", "asked"})
PAST = frozenset(
    {"came", "fell", "went", "got", "took", "gave", "made", "brought", "bought", "taught", "began",
     "left", "sat", "stood", "ran", "rang", "drove", "wrote", "spoke", "told", "said", "knew",
     "thought", "felt", "found", "kept", "lost", "met", "sent", "was", "had", "did", "died", "used",
     "didn't", "wasn't", "hadn't", "isn't", "doesn't", "hasn't", "does", "has", "is", "would've",
     "might've", "could've", "should've", "must've", "were", "wouldn't", "couldn't", "grew", "won",
     "paid", "showed", "sang", "swore", "slept", "held", "heard", "saw", "broke", "woke", "led"}
)  # fmt: skip
_FREE_AFTER = frozenset(
    {"and", "or", "who", "said", "says", "in", "at", "from", "about", "because", "cos", "when",
     "while", "i", "she", "he", "since", "again", "up", "back", "too", "there", "was", "is", "had",
     "has", "what", "where", "then", "but", "yesterday", "today", "last", "next", "yet", "though",
     "that's", "she's", "he's", "i'd", "i've", "i'm", "for", "with", "over", "down", "round",
     "out", "years", "ages", "before", "after", "by", "an", "if", "as", "on", "near"}
)  # fmt: skip
OWNED = frozenset(
    {"idea", "turn", "fault", "house", "birthday", "car", "funeral", "wedding", "place", "dog",
     "number", "group", "class", "words", "party", "leaving", "swimming", "nursery", "teacher",
     "kids", "children", "lad", "lass", "boy", "girl", "baby",
     "hand", "hip", "knee", "face", "kitchen", "flat", "job", "email", "message", "cake",
     "coat", "bag", "phone", "ticket", "tickets", "minutes", "mam", "mum", "mother", "dad",
     "father", "wife", "husband", "sister", "brother", "son", "daughter", "nan", "gran", "mate",
     "back", "leg", "shoulder", "physio", "desk", "chair", "shift", "seat", "garden", "shed",
     "van", "bike", "cat", "plate", "dinner", "tea", "recipe", "voice", "handwriting", "sandwich",
     "patients", "secretary", "clinic"}
)  # fmt: skip
PERSONAL_VERBS = frozenset(
    {"said", "says", "told", "tells", "reckons", "reckoned", "thinks", "rang", "rings", "asked",
     "asks", "phoned", "texted", "wants", "wanted", "knows", "knew", "mentioned", "promised",
     "insisted", "swears", "swore", "laughed", "cried", "died", "lives", "lived", "drove", "drives",
     "suggested", "introduced", "shouted", "whispered", "explained", "married", "phones", "texts",
     "messaged", "emailed", "retired", "thought"}
)  # fmt: skip
_NO_SUBJECT_AFTER = _SUBJECTS | _PREPOSITIONS
_SHORTEST_ED = 5


def frame_at(tokens: Tokens, place: int) -> Frame | None:
    """Whether people stand where this word stands; a determiner or a date before it says no."""
    first, second = before(tokens, place)
    refused = first == "no" and not second and tokens.lows[place] not in FELT  # "no carol retired"
    if first in DETERMINERS and not refused:
        return None
    if first in _TAKERS or (second, first) in _TAKER_PAIRS:
        return _taken(tokens, place)
    if first in _WRITTEN_TAKERS and tokens.capital(place) and tokens.case(place) is Case.MIXED:
        return _taken(tokens, place)
    if tokens.lows[place] in MONTHS and first in DATING - {"and", "to"}:
        return None
    return _doing(tokens, place, first, second) or _presented(tokens, place, first, second)


def _taken(tokens: Tokens, place: int) -> Frame | None:
    """After a verb that takes people; "asked may I go" is a question."""
    asks = tokens.after(place) == " " and following(tokens, place)[0] in _SUBJECTS
    if tokens.lows[place] in MODALS and asks:
        return None
    return Frame.PROVEN if _subject_of(tokens, place) else Frame.LIKELY


def _doing(tokens: Tokens, place: int, first: str, second: str) -> Frame | None:
    """Before a verb that people are the subject of."""
    asked = first == "it" and second in {"was", "is"}
    if first in _NO_SUBJECT_AFTER and not asked:
        return None
    if _subject_of(tokens, place):
        return Frame.PROVEN
    return Frame.LIKELY if _likely_subject(tokens, place, first) else None


def _subject_of(tokens: Tokens, place: int) -> bool:
    """Whether what follows can follow no plain word: a verb of people, a past after "will"."""
    low, (after, second) = tokens.lows[place], following(tokens, place)
    if tokens.possessive(place):
        return low in MODALS or (after in _COMING and low not in MONTHS | _SEASONS)
    if after in _SAYING or after in PERSONAL_VERBS or (after == "used" and second == "to"):
        return True
    return low in MODALS and (after in PAST or _ends_ed(after))


def _likely_subject(tokens: Tokens, place: int, first: str) -> bool:
    """Whether somebody owns what follows, or does it: "X's idea", "X who", "when X came"."""
    after, _ = following(tokens, place)
    inside = tokens.case(place) is Case.MIXED and tokens.words[place].istitle()
    if inside and not tokens.initial(place) and after in _ABLE and tokens.after(place) == " ":
        return tokens.lows[place] not in MONTHS | FELT
    if tokens.possessive(place):
        return after in OWNED or after in roles().kin
    if after in {"who", "who's"}:
        return first in _WHO
    if first == "when":
        return after in PAST or _ends_ed(after)
    return first in _THINKING and after.endswith("'ve") and after in PAST


_ABLE = frozenset(
    {"can", "will", "could", "would", "might", "can't", "won't", "shouldn't", "couldn't"}
)
"""What is said of a capital inside a sentence as it is of somebody: "and Moose can sit there"."""
_COMING = frozenset(
    {"coming", "bringing", "driving", "fetching", "ringing", "phoning", "cooking", "moaning",
     "laughing", "crying", "asking", "away", "poorly", "asleep"}
)  # fmt: skip
_SEASONS = frozenset({"spring", "summer", "autumn", "winter", "christmas", "easter", "dawn"})
_WHO = frozenset({"was", "is", "it's", "that's", "and", "from", "with", "to", "called", "named"})


def _ends_ed(word: str) -> bool:
    return word.endswith("ed") and len(word) >= _SHORTEST_ED


def _presented(tokens: Tokens, place: int, first: str, second: str) -> Frame | None:
    """Whether the word is brought in as a person: "goes to X for", "our X", "me, X and"."""
    after, further = following(tokens, place)
    role = first in {"was", "is"} and second in roles().labels and tokens.capital(place)
    shown = first in {"here's", "that's", "it's"} or (first == "is" and second in {"this", "here"})
    told = first == "that's" or (second, first) == ("that", "was")
    pointed = shown or told or (second, first) == ("it", "was")
    listed = first in {"me", "us"} and tokens.gap(place).strip() == ","
    ours = first == "our" and second in {"and", "with"} and tokens.lows[place] not in FELT
    likely = (
        (ours and tokens.after(place)[:1] in {",", ".", "\n", ""})
        or (first == "to" and second in _TURNING and after == "for")
        or (second, first) in {("short", "for"), ("known", "as"), ("all", "as")}
        or (first in _RUNG and second not in _SUBJECTS and after in {"on", "at"})
        or (shown and after in _GOING_ON)
        or (told and after == "and" and further in _GOING_ON)
        or (pointed and after in {"that", "who"} and further in _LED)
        or (role and tokens.case(place) is Case.MIXED)
        or (first in {"i'm", "name's", "called"} and (after, further) == ("as", "in"))
        or (listed and "and" in {after, further})
        or (tokens.possessive(place) and first in _AROUND and after in _GATHERINGS)
        or (first == "was" and second == "there" and tokens.lows[place] in MODALS)
    )
    return Frame.LIKELY if likely else None


_AROUND = frozenset({"at", "for", "to", "after", "before", "from", "till", "until"})
_GATHERINGS = frozenset({"party", "wedding", "funeral", "birthday", "christening", "house"})
_RUNG = frozenset({"ring", "call", "phone", "text", "email", "contact"})
FELT = frozenset({"hope", "faith", "joy", "grace", "patience", "love", "trust", "charity"})
_LED = PERSONAL_VERBS | {"ran", "runs", "started", "organised", "led", "met", "cooked", "taught"}
_GOING_ON = frozenset({"she", "he", "who", "she's", "he's"})


def free_after(tokens: Tokens, place: int) -> bool:
    """Whether a clause may go on after a name here: the word is no adjective and no modal."""
    if tokens.possessive(place) or tokens.closes(place):
        return True
    return following(tokens, place)[0] in _FREE_AFTER


def again(tokens: Tokens, place: int) -> bool:
    """Whether an everyday word that is somebody's name here ("will", "hope") can be it again."""
    first, _ = before(tokens, place)
    low, after = tokens.lows[place], following(tokens, place)[0]
    if first in DETERMINERS or first in _SUBJECTS or first.endswith(("'s", "'ll", "n't")):
        return first in {"it's", "that's"} and free_after(tokens, place)
    dated = low in MONTHS and first in DATING - {"and"}
    if dated or is_modal(tokens, place):
        return False
    if tokens.possessive(place) or after in PAST or _ends_ed(after) or after in PERSONAL_VERBS:
        return True
    if after in _WOULD:
        return low not in MODALS
    if low not in MODALS and after in _AFTER_A_VERB and first not in _SPOKEN_TO:
        return False
    joined = first in _TOGETHER or not first or after in _TOGETHER
    joined = joined or (first in _SPOKEN_TO and low not in MODALS)
    return joined and free_after(tokens, place)


def is_modal(tokens: Tokens, place: int) -> bool:
    """Whether the word is a modal verb: "will he come", "may I", "the vote will be"."""
    return tokens.lows[place] in MODALS and following(tokens, place)[0] in _WITH_A_MODAL


def verbal(tokens: Tokens, place: int) -> bool:
    """Whether the word stands as a verb: "I hope I get", "will you", "to mark"."""
    return before(tokens, place)[0] in _SUBJECTS or following(tokens, place)[0] in _AFTER_A_VERB


_WITH_A_MODAL = _SUBJECTS | {"be", "have", "not"}
_SPOKEN_TO = frozenset({"sorry", "thanks", "okay", "ok", "right", "hello", "hi", "hiya", "bye"})
_WOULD = frozenset({"would", "could", "should", "might", "wouldn't", "couldn't"})
_AFTER_A_VERB = frozenset({"for", "so", "not", "that", "to", "it", "i", "you", "we"})
_TOGETHER = frozenset(
    {"and", "was", "with", "to", "is", "saw", "told", "asked", "for", "or", "from"}
)
