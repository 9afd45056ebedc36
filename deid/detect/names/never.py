"""Words that are nobody, however they are written: pronouns, contractions, "gon na".

Recognisers and hurried typists leave full stops out, so that a capital inside a sentence may open
the next one ("she's been quite ill She's not"). Some of these words are surnames elsewhere: after
a courtesy title they are one ("Mrs So"), unless a verb follows ("are you Mrs She said").
"""

import re

from deid.detect.words.cues import COURTESIES
from deid.detect.words.evidence import contracted
from deid.detect.words.gazetteer import MONTHS_SHORT
from deid.detect.words.neighbours import before, following, subject
from deid.detect.words.tokens import Case, Tokens

_PRONOUNS = frozenset(
    {"i", "he", "she", "it", "we", "they", "you", "me", "him", "them", "us", "my", "your", "his",
     "her", "our", "their", "this", "that", "there", "so", "and", "but", "because", "if", "the",
     "then", "well", "what", "when", "where", "which", "who", "how", "why", "no", "not", "yes",
     "can", "till", "could", "would", "should", "do", "does", "did", "have", "has", "had", "is",
     "was", "are", "were", "at", "in", "on", "for", "with", "from", "to", "of", "as", "or", "by",
     "just", "now", "oh", "er", "erm", "um", "mm", "yeah", "all", "any", "some", "here", "only",
     "even", "still", "too", "very", "about", "after", "before", "up", "down", "out", "off", "over",
     "again", "also", "never", "ever", "elses", "tis", "twas", "whichever", "whoever", "whatever",
     "masel", "masell", "mysel", "yersel", "hissel", "hersel", "wirsel", "oorsel", "thirsel"}
)  # fmt: skip
_ACTING = frozenset({"i", "he", "she", "it", "we", "they", "you", "there", "that", "this", "who"})
_NAMING = frozenset({"called", "name's", "i'm", "named"})
_CUT = frozenset({("gon", "na"), ("wan", "na"), ("got", "ta"), ("gim", "me"), ("lem", "me")})


_SCOTS_WAYS = frozenset({"fae", "tae", "dae"})
"""From, to and do."""
_SAYING = frozenset({"i", "he", "she", "you", "we", "they", "who", "it", "and", "what", "just"})
_OWNERS = frozenset({"your", "my", "his", "her", "their", "the", "a", "an", "our"})
_UNITS = frozenset({"minutes", "hours", "days", "weeks", "months", "pounds", "mls", "mg", "times"})
_NUMBERS = frozenset({"one", "two", "four", "eight", "sixteen", "thirty-two", "sixty-four"})
_SHORT = {  # names too: the words before, and those after, that say what they are short for
    "reg": (
        _OWNERS
        | {"car", "car's", "van", "van's", "what", "what's", "taxi", "new", "vehicle", "vehicle's"},
        {"of", "please", "plate", "plates", "number"},
    ),
    "guy": (
        _OWNERS | {"only", "this", "that", "some", "another", "one", "nice", "old", "young", "new"},
        {"who"},
    ),
    "meg": (_NUMBERS, {"of", "ram"}),
    "angus": (frozenset(), {"beef", "steak", "steaks", "burger", "burgers", "bull", "cattle"}),
    "ni": (_OWNERS, {"number", "no", "contributions", "please"}),
    "max": (_UNITS, {"dose"}),
    "min": (_UNITS, {"dose"}),
    "insta": (_OWNERS | {"on", "only"}, {"page", "account", "story"}),
    "chi": (_OWNERS | {"says"}, {"number", "no"}),
    "nino": (_OWNERS, {"number", "no", "please"}),
}


def _short_for(tokens: Tokens, place: int, low: str, after: str) -> bool:
    """Whether it is short for a thing: "what reg is it", "your ni number", "two hours max"."""
    told = _SHORT.get(low)
    if told is None:
        return False
    if low == "reg" and _leads_to_code(tokens, place):
        return True
    if tokens.words[place].istitle():
        beside = tokens.after(place) == " " or after == "please"
        return tokens.initial(place) and beside and after in told[1]
    turn = tokens.turns[place]
    led = place > 0 and tokens.turns[place - 1] == turn
    goes_on = place + 1 < len(tokens) and tokens.turns[place + 1] == turn
    before, ahead = told
    if led and tokens.forms[place - 1] in before:
        return True
    return after in ahead if goes_on else not led


def _leads_to_code(tokens: Tokens, place: int) -> bool:
    """Whether a number plate is given: "Reg's JIZ 3438", "reg is n l sixty-one h k a"."""
    behind = tokens.text[tokens.ends[place] : tokens.ends[place] + _NEAR]
    return _PLATE.match(behind.lower()) is not None


_PLATE = re.compile(
    r"(?:['\u2019]s| is),? (?:(?!a[nst]|by|in|no|my|on|up|of|the|age)[a-z]{1,3} ?\d"
    r"|(?:[a-z]+ )?[b-hj-z](?![\w'\u2019]))"
)
_NEAR = 24
_WARD = re.compile(
    r" (?:[A-Z]?\d"
    r"|(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|[A-Z][a-z]+teen"
    r"|(?:Twen|Thir|For|Fif|Six|Seven|Eigh|Nine)ty)\b)"
)
"""What stands behind a ward: "on Ward 7", "Ward B12", "Ward Twenty-Two"."""


def _figures(between: str) -> bool:
    return any(map(str.isdigit, between))


def _in_the_chair(tokens: Tokens, place: int) -> bool:
    """Whether an office is spoken to: "Mr President, I would"; "I'm Mr Speaker, from" is a man."""
    titled = place > 0 and tokens.joined(place) and tokens.lows[place - 1] in _TO_THE_CHAIR
    if not titled:
        return False
    led = tokens.initial(place - 1) or tokens.gap(place - 1).strip() == ","
    return led and tokens.after(place)[:1] == "," and tokens.capital(place)


_TO_THE_CHAIR = frozenset({"mr", "mister", "madam", "mrs", "ms"})
_OFFICES = frozenset(
    {"president", "speaker", "chairman", "chairwoman", "chair", "chairperson", "moderator",
     "convener", "ambassador", "secretary", "minister", "chancellor", "deputy", "vice-president"}
)  # fmt: skip


def _month(tokens: Tokens, place: int) -> bool:
    """Whether Jan or Dec is the month: "in Jan", "since Dec 2020"; in speech it is hardly ever."""
    beside = tokens.gap(place) + tokens.after(place)
    first, second = before(tokens, place)
    led = second if first == "and" else first
    return any(map(str.isdigit, beside)) or led in _IN


_IN = frozenset(
    {"in", "since", "until", "till", "every", "last", "next", "this", "early", "late", "nov"}
)


def _grade(tokens: Tokens, place: int) -> bool:
    """Whether it is what sort of nurse somebody is: "a Sister Tutor", "the Nurse Practitioner"."""
    led = place > 0 and tokens.joined(place) and tokens.lows[place - 1] in _NURSING
    return led and tokens.lows[place] in _GRADES


_NURSING = frozenset({"sister", "nurse", "matron", "doctor", "staff", "midwife"})
_GRADES = frozenset(
    {"tutor", "practitioner", "manager", "specialist", "consultant", "educator", "assistant",
     "midwife", "teacher", "prescriber", "coordinator", "probationer", "student", "associate",
     "advisor", "adviser", "lecturer", "anaesthetist"}
)  # fmt: skip


def _article(tokens: Tokens, place: int, after: str) -> bool:
    """Whether "An" opens a title: "They saw An American in Paris"; "An Okafor" is a way to err."""
    return tokens.words[place] == "An" and after[:1] in {"a", "e", "i", "o", "u"}


_WHOEVER = frozenset({"so-and-so", "whatsit", "whatsisname", "whatshername", "thingummy"})
"""Whom nobody names: "Mrs So-and-so in two"."""


def _am(tokens: Tokens, place: int) -> bool:
    """Whether "Im" is "I'm" of a hasty typist: no title and no capital leads to it."""
    led = place > 0 and tokens.gap(place) == " " and tokens.turns[place - 1] == tokens.turns[place]
    name = led and tokens.capital(place - 1) and tokens.lows[place - 1] != "sorry"
    return not name and tokens.case(place) is Case.MIXED


def _done_to(tokens: Tokens, place: int) -> bool:
    """Whether it is what some do to others: "they sue you", not "they rang sue you know"."""
    if not place or tokens.lows[place - 1] not in _DOERS or tokens.capital(place):
        return False
    others = following(tokens, place)
    done = before(tokens, place)[0] in _DOERS and others[0] in _OTHERS
    return done and others[1] != "know"


_DOERS = frozenset({"they", "we", "you", "i"})
_OTHERS = frozenset({"you", "me", "us", "them"})


def nobody(tokens: Tokens, place: int) -> bool:
    """Whether the word is a pronoun, a small word or a contraction where no surname can be."""
    low = tokens.lows[place]
    chair = low in _OFFICES and _in_the_chair(tokens, place)
    said = low == "said" and place > 0 and tokens.lows[place - 1] in _SAYING
    counted = low == "miles" and _figures(tokens.gap(place))
    counted = counted or (
        low == "ward" and _WARD.match(tokens.text, tokens.ends[place]) is not None
    )
    dated = low in MONTHS_SHORT and _month(tokens, place)
    unnamed = contracted(low) or low in _WHOEVER or (low == "im" and _am(tokens, place))
    unnamed = unnamed or _done_to(tokens, place)
    if said or chair or counted or dated or unnamed or _grade(tokens, place):
        return True
    after = tokens.lows[place + 1] if place + 1 < len(tokens) else ""
    if low == "ha" and tokens.initial(place) and tokens.after(place)[:1] == ",":
        return True  # "Ha, Gwilym, okay."
    if low in _SCOTS_WAYS and tokens.words[place] == low and not subject(tokens, place):
        return bool(after) and tokens.joined(place + 1)
    cut = (low, after) in _CUT and tokens.joined(place + 1)
    cut = cut or ((low, after) == ("will", "do") and tokens.closes(place + 1))
    if cut or _article(tokens, place, after) or _short_for(tokens, place, low, after):
        return True
    naming = place > 0 and tokens.forms[place - 1] in _NAMING
    if low not in _PRONOUNS or (naming and tokens.capital(place) and tokens.joined(place)):
        return False
    courtesy = place > 0 and tokens.joined(place) and tokens.lows[place - 1] in COURTESIES
    ill = courtesy and tokens.words[place - 1] == "MS" and not tokens.words[place].isupper()
    courtesy = courtesy and not ill  # "a bit of MS. And now"
    acting = low in _ACTING and (tokens.possessive(place) or subject(tokens, place))
    return not courtesy or acting or after in _ACTING
