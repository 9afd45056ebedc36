"""Names that a question, or the next sentence, shows to be somebody's.

"Who booked it?" / "frank did"; "My daughter swears by it. Hope. She runs." A word that is a name
and something else is the name there, with or without capitals.
"""

from deid.detect.words.cues import FILLERS
from deid.detect.words.evidence import PART, STRONG_NAME, Evidence
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens


def is_told(evidence: Evidence, place: int) -> bool:
    """Whether the word answers "who?", or is a sentence of its own about whom the next one is."""
    told = _says_who(evidence, place) or _told_of_next(evidence, place)
    return told or _all_said(evidence, place) or _opens_turn(evidence.tokens, place)


def _opens_turn(tokens: Tokens, place: int) -> bool:
    """As in "Faith would. She's", "Shearer never would.", "Summer, can you do a tea?"."""
    if not (_opens(tokens, place) or before(tokens, place)[0] == "") or not tokens.capital(place):
        return False
    if tokens.case(place) is not Case.MIXED or tokens.possessive(place):
        return False
    after, further = following(tokens, place)
    if tokens.after(place) == ", ":
        return after in _BIDDING and further == "you" and tokens.lows[place] not in _DEAR
    verb = place + 1 + (after == "never")
    does = _opens(tokens, place) and tokens.after(place) == " " and verb < len(tokens)
    return does and tokens.lows[verb] in _SUPPLYING - {"is", "was"} and tokens.closes(verb)


_DEAR = frozenset(
    {"honey", "love", "baby", "princess", "angel", "sunshine", "precious", "treasure", "dear",
     "darling", "duck", "pet", "hen", "sweetie", "major", "sister", "doc", "boss", "mate", "bud",
     "buddy", "captain", "chief", "guy", "guys", "bub", "son", "king", "queen", "ace", "sport"}
)  # fmt: skip
_BIDDING = frozenset({"can", "could", "will", "would", "do", "did", "have", "are"})


def is_whole_answer(evidence: Evidence, place: int) -> bool:
    """Whether the word is all that answers "Surname?", so that it is a name whatever it means."""
    tokens, turn = evidence.tokens, evidence.tokens.turns[place]
    if turn not in evidence.naming or tokens.lows[place] in _NO_NAME or place in evidence.firm:
        return False
    if tokens.lows[place] == "see" and tokens.after(place) == ", ":
        return False  # "See, Gallagher"
    if place in evidence.kept and evidence.entry(place).name < PART:
        return False
    first = last = place
    while first > 0 and tokens.turns[first - 1] == turn and tokens.gap(first) in {" ", ", "}:
        first -= 1
    while tokens.after(last) in {" ", ", "} and tokens.turns[last + 1] == turn:
        if tokens.lows[last + 1] in _WHERE and last > first - 1:
            break  # "olive at thirty six"
        last += 1
    said = [low for low in tokens.lows[first : last + 1] if low not in _LEADING | {"or"}]
    opens = first == 0 or tokens.turns[first - 1] != turn
    if tokens.lows[place] in _AGREEABLE and len(said) > 1:
        return False  # "Imran's fine.", "Aga is fine."
    return opens and 0 < len(said) <= _LONGEST_ANSWER and not _NO_NAME.intersection(said)


_AGREEABLE = frozenset({"fine", "good", "okay", "grand", "great", "lovely", "do", "alright"})
_LONGEST_ANSWER = 2
_WHERE = frozenset({"at", "from", "in", "next"})
_LEADING = FILLERS | {"see", "it's", "that's", "oh", "mine's", "is", "it"}
_NO_NAME = (_LEADING - {"see"}) | {
    "yes", "no", "yeah", "yep", "nope", "sorry", "pardon", "what", "okay", "ok", "right", "sure",
    "same", "hello", "hi", "none", "nothing", "nobody", "unknown", "as", "above", "my", "the", "a",
    "i", "me", "you", "again", "which", "mine", "hers", "his", "who", "why", "ooh", "please", "of",
    "thanks", "hang", "on", "wait", "one", "moment", "sec", "second", "not", "there", "this",
    "that",
    "here", "i'm", "don't", "can't", "course", "name", "surname", "know", "eh", "aye", "mm", "hmm",
    "mm-hmm", "oops", "to", "in", "and", "or", "but", "we", "they", "he", "she", "for", "with",
    "dunno", "forget", "forgot", "forgotten", "whatsit", "god", "gosh", "he's", "she's", "why's",
    "what's", "your", "her", "him", "is", "was", "no-one",
}  # fmt: skip


def _says_who(evidence: Evidence, place: int) -> bool:
    """Whether the word answers "who?": "who booked it?" / "frank did"."""
    tokens, after = evidence.tokens, following(evidence.tokens, place)[0]
    answers = tokens.turns[place] in evidence.whose and before(tokens, place)[0] in _TURNING
    return answers and tokens.after(place) == " " and after in _SUPPLYING


def _all_said(evidence: Evidence, place: int) -> bool:
    """Whether the word alone answers "who?", as in "Who drove you?" / "April, I think"."""
    tokens, turn = evidence.tokens, evidence.tokens.turns[place]
    if turn not in evidence.whose or before(tokens, place)[0] not in _TURNING:
        return False
    opens = place == 0 or tokens.turns[place - 1] != turn or tokens.lows[place - 1] in _TURNING
    ends = tokens.after(place)[:1]
    if tokens.case(place) is Case.MIXED and tokens.capital(place):
        return opens and ends in {".", ",", "?", "\n", ""}
    return opens and ends in {"\n", ""}


def _told_of_next(evidence: Evidence, place: int) -> bool:
    """Whether a sentence is the word alone and the next tells of her or him: "Hope. She was".

    Where no capitals tell, no full stop does: a turn opens with the word, or it ends a likeness.
    """
    tokens, behind = evidence.tokens, place + 1
    if tokens.case(place) is not Case.MIXED and tokens.after(place) == " ":
        led = before(tokens, place) in _LED or _opens(tokens, place)
        after, further = following(tokens, place)
        told = after in OF_SOMEBODY or (
            further in OF_SOMEBODY and evidence.entry(behind).family >= STRONG_NAME
        )
        return led and told and tokens.lows[place] not in _WISHING
    alone = tokens.initial(place) and tokens.after(place).startswith(".")
    after = tokens.lows[place + 1] if place + 1 < len(tokens) else ""
    return alone and before(tokens, place)[0] == "" and after in OF_SOMEBODY


def _opens(tokens: Tokens, place: int) -> bool:
    return place == 0 or tokens.turns[place - 1] != tokens.turns[place]


_LED = frozenset({("me", "as"), ("have", "i"), ("me", "like"), ("me", "with"), ("is", "name")})
_WISHING = frozenset(
    {"hope", "may", "will", "pray", "bless", "bet", "mark", "trust", "wish", "guess", "can", "love"}
)
OF_SOMEBODY = frozenset({"she", "he", "she's", "he's", "she'd", "he'd", "she'll", "he'll"})
_TURNING = frozenset({"", "oh", "well", "probably", "maybe"})
_SUPPLYING = frozenset({"did", "does", "was", "is", "has", "had", "said", "would", "will", "can"})
