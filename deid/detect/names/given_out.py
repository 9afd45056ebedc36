"""Words that a talk without capitals gives out as somebody's name: "cookie is kevin cook".

A nickname is a word like any other, and no list has it. But people say whom they mean: "we called
him bean before he was born", "who's sticks?" / "my brother-in-law", "tiny" / "yep" in a roll call.
Such a word is sure where its own place leaves no other reading, and a hint elsewhere, which counts
when the word stands as a name a second time or is hinted at in another way (:mod:`.going_by` sees
to that): "he was alright till" said twice tells nothing. What somebody was called in anger ("called
me lazy") and what can be said of anybody is never taken.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cache

from deid.detect.words.cues import POSSESSIVES, role_words, roles
from deid.detect.words.evidence import (
    COMMON_TIER,
    COMMONEST,
    FAIR,
    PART,
    STRONG_NAME,
    Evidence,
    Verdict,
)
from deid.detect.words.gazetteer import WEEKDAYS
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens

_SHORTEST, _SHORT_TURN, _NEAR_TURNS, _OTHERS = 3, 3, 12, 2


def sure_and_hinted(
    evidence: Evidence, chosen: Mapping[int, Verdict]
) -> tuple[frozenset[str], dict[str, dict[int, int]]]:
    """Words that are surely somebody's name here; and all given, by what place and which hint."""
    rolls = _rolls(evidence, chosen)
    sure: set[str] = set()
    given: dict[str, dict[int, int]] = {}
    for place, low in enumerate(evidence.tokens.lows):
        if not _can_name(evidence, place):
            continue
        answered = place in chosen and chosen[place].rule in {"cue-name-answer", "recommended"}
        called = _called_in_roll(evidence, place, rolls) or _of_those_here(evidence, place, chosen)
        called = called or _speaks(evidence, place) or _known_as(evidence, place)
        if answered or called:
            sure.add(low)
        hints = (
            answered or called,
            _asked_who(evidence, place, chosen),
            _called_so(evidence, place),
            _went_by(evidence.tokens, place),
            _is_somebody(evidence, place, chosen),
            _answers_who(evidence, place),
            _told_something(evidence, place),
        )
        if True in hints:
            given.setdefault(low, {})[place] = hints.index(True)
    return frozenset(sure), given


def _can_name(evidence: Evidence, place: int) -> bool:
    """Whether a word in a turn without telling capitals may be what somebody goes by."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if tokens.case(place) is Case.MIXED or len(low) < _SHORTEST or not low.isalpha():
        return False
    if place in evidence.firm or place in evidence.claimed or evidence.dosed(place):
        return False
    if low in _nobodies():
        return False
    return low not in evidence.words.function or evidence.entry(place).given >= STRONG_NAME


@cache
def _nobodies() -> frozenset[str]:
    """Words that are said in answer to who somebody is, and name nobody."""
    return role_words("kin", "titles", "labels") | WEEKDAYS | _NOBODY


_NOBODY = frozenset(
    {"yes", "yeah", "yep", "here", "present", "sorry", "okay", "right", "hello", "thanks", "please",
     "everybody", "everyone", "somebody", "someone", "anybody", "nobody", "next", "speaking",
     "calling", "driving", "paying", "boss", "problem", "thing", "trouble", "point", "question",
     "answer", "reason", "driver", "winner", "favourite", "exception", "lunch", "dinner", "today",
     "tonight", "tomorrow", "upstairs", "downstairs", "outside", "coming", "going", "missing",
     "first", "second", "third", "last", "ready", "responsible", "involved", "left", "best",
     "hubby", "missus", "people", "folk", "girls", "boys", "lads", "upset", "poorly"}
)  # fmt: skip


def _opens(tokens: Tokens, place: int) -> bool:
    return place == 0 or tokens.turns[place - 1] != tokens.turns[place]


def _ends(tokens: Tokens, place: int) -> bool:
    return place + 1 == len(tokens) or tokens.turns[place + 1] != tokens.turns[place]


def _answer(tokens: Tokens, place: int) -> list[str]:
    """The first words of the turn behind the one that this word ends."""
    turn = tokens.turns[place] + 1
    ahead = range(place + 1, min(len(tokens), place + 2 + _SHORT_TURN))
    return [tokens.forms[step] for step in ahead if tokens.turns[step] == turn]


_HERE = frozenset({"yep", "yes", "yeah", "here", "present", "aye", "yup", "hiya"})
_NO_MORE = frozenset({"here", "present", "i", "am", "miss", "sir", "love", "that's", "me"})


def _answers_roll(tokens: Tokens, place: int) -> bool:
    """Whether a word is all of its turn, and somebody answers to it: "tiny" / "yep"."""
    if not (_opens(tokens, place) and _ends(tokens, place)):
        return False
    said = _answer(tokens, place)
    return (
        0 < len(said) <= _SHORT_TURN
        and said[0] in _HERE
        and all(each in _NO_MORE for each in said[1:])
    )


def _rolls(evidence: Evidence, chosen: Mapping[int, Verdict]) -> list[int]:
    """Turns that are a name and no more, and somebody answers that she or he is there."""
    tokens = evidence.tokens
    return [
        tokens.turns[place]
        for place in sorted(chosen)
        if _ends(tokens, place)
        and _is_whole(tokens, place, chosen)
        and _answer(tokens, place)[:1] in _PRESENT
    ]


def _is_whole(tokens: Tokens, place: int, chosen: Mapping[int, Verdict]) -> bool:
    """Whether a turn is the name that ends with this word, with its title or without."""
    first = place - (place - 1 in chosen)
    titled = first > 0 and tokens.lows[first - 1] in roles().titles
    return _opens(tokens, first - titled)


_PRESENT = [[each] for each in sorted(_HERE)]


def _called_in_roll(evidence: Evidence, place: int, rolls: list[int]) -> bool:
    """Whether it is called where others are called by their names and answer."""
    tokens, turn = evidence.tokens, evidence.tokens.turns[place]
    called = _answers_roll(tokens, place) or (_opens(tokens, place) and _said_right(tokens, place))
    if not called:
        return False
    near = bisect_right(rolls, turn + _NEAR_TURNS) - bisect_left(rolls, turn - _NEAR_TURNS)
    return near - bisect_right(rolls, turn) + bisect_left(rolls, turn) >= _OTHERS


def _said_right(tokens: Tokens, place: int) -> bool:
    """As in "bong have i said that right"."""
    said = tuple(tokens.forms[place + 1 : place + 6])
    return said[:1] in {("have",), ("am",), ("did",)} and "right" in said and "i" in said


def _of_those_here(evidence: Evidence, place: int, chosen: Mapping[int, Verdict]) -> bool:
    """Whether a family is asked after behind names: "we've got mags and is that the bishops"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    asked = before(tokens, place) in {("the", "that"), ("the", "it")} and _ends(tokens, place)
    if not asked or evidence.lexicon.entry(low.removesuffix("s")).family < STRONG_NAME:
        return False
    back = range(max(0, place - _NEAR_TURNS), place)
    named = [step for step in back if step in chosen and tokens.turns[step] == tokens.turns[place]]
    return len(named) >= _OTHERS and low.endswith("s")


def _asked_who(evidence: Evidence, place: int, chosen: Mapping[int, Verdict]) -> bool:
    """Whether "who's X" is answered by whose kin or by a name: "who's sticks" / "my brother"."""
    tokens = evidence.tokens
    asks = before(tokens, place)[0] == "who's" or before(tokens, place) == ("is", "who")
    if not (asks and _ends(tokens, place)) or _like_anybody(evidence, place):
        return False
    said = _answer(tokens, place)
    whose = said[1:] != [] and said[0] in POSSESSIVES
    if whose and said[1].split("-")[0] in role_words("kin", "labels") | _MEN:
        return True
    ahead = range(place + 1, place + 1 + len(said) * ("name" not in " ".join(said)))
    return any(step in chosen and evidence.entry(step).given >= FAIR for step in ahead)


_MEN = frozenset({"mate", "friend", "boss", "keeper", "neighbour", "manager", "captain", "lodger"})
_CALLING = frozenset({"called", "call", "calls", "nicknamed", "christened"})
_THEM = frozenset({"him", "her", "me"})
_GOING_ON = frozenset(
    {"", "and", "because", "cos", "before", "after", "since", "till", "until", "when", "from",
     "for", "but", "so", "he", "she", "he's", "she's", "at", "all", "who"}
)  # fmt: skip


def _called_so(evidence: Evidence, place: int) -> bool:
    """Whether somebody is called by it: "we called him bean before", never "called me lazy"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    first, second = before(tokens, place)
    called = second in _CALLING and first in _THEM and following(tokens, place)[0] in _GOING_ON
    return called and low not in _SAID_OF_ANYBODY and not _like_anybody(evidence, place)


def _known_as(evidence: Evidence, place: int) -> bool:
    """As in "everybody knows him as tank", "his nickname's moose", "we call him fingers"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    first, second = before(tokens, place)
    known = first == "as" and second in _THEM and tokens.lows[place - 3] in _KNOWING
    nick = first.startswith("nickname") or (first in {"is", "was"} and second == "nickname")
    habit = first in _THEM and second == "call" and tokens.lows[place - 3] in _CALLERS
    nick = nick or habit
    entry = evidence.entry(place)
    free = (entry.name or entry.tier > COMMONEST) and place not in evidence.kept
    told = (known or nick) and low not in _SAID_OF_ANYBODY and not _like_anybody(evidence, place)
    day = low.removesuffix("s") in WEEKDAYS
    return bool(told and free) and not day and following(tokens, place)[0] in _GOING_ON


_CALLERS = frozenset({"we", "everyone", "everybody", "all"})
_KNOWING = frozenset({"know", "knows", "knew", "known"})


def _went_by(tokens: Tokens, place: int) -> bool:
    """Whether somebody was it for years: "he was bean till he went to school"."""
    first, second = before(tokens, place)
    gone = first == "was" and second in {"he", "she", "i"}
    known = gone and following(tokens, place)[0] in {"till", "until", "ever"}
    return known and tokens.lows[place] not in _SAID_OF_ANYBODY


def _answers_who(evidence: Evidence, place: int) -> bool:
    """As in "who told you that" / "tiny at work"."""
    opens = evidence.tokens.turns[place] in evidence.whose and _opens(evidence.tokens, place)
    return opens and following(evidence.tokens, place) in _FROM_HERE


_FROM_HERE = frozenset(
    {("at", "work"), ("from", "work"), ("next", "door"), ("from", "school"), ("at", "school"),
     ("from", "church"), ("in", "accounts"), ("from", "accounts"), ("at", "church")}
)  # fmt: skip


def _told_something(evidence: Evidence, place: int) -> bool:
    """As in "i won't tell tubby about them": a rare word that some are called by."""
    entry, first = evidence.entry(place), before(evidence.tokens, place)[0]
    rare = entry.name >= PART and (entry.tier >= COMMON_TIER or entry.given >= FAIR)
    told = first in {"tell", "told", "ask", "asked"} and rare
    return told and following(evidence.tokens, place)[0] in {"", "about", "that", "if", "he", "she"}


def _speaks(evidence: Evidence, place: int) -> bool:
    """Whether a first name with an s is one person's: "so jacks says it's", "is going to ask".

    What is many has no such verb; an owner ("tom's going to ask") is found by its name.
    """
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    one = evidence.lexicon.entry(low.removesuffix("s"))
    if not low.endswith("s") or one.given < STRONG_NAME or before(tokens, place)[0] not in _OPENERS:
        return False
    if evidence.taken(place) or 0 < evidence.entry(place).tier < COMMON_TIER:
        return False
    after, further = following(tokens, place)
    if after == "says":
        return further in _SAID
    ahead = tokens.lows[place + 1 : place + 5]
    return ahead[:3] == ["is", "going", "to"] and ahead[3:] != [] and ahead[3] in _TO_SOMEBODY


_CLAUSES = frozenset({"", "and", "so", "oh", "yeah", "because", "well", "now"})
_OPENERS = _CLAUSES | {"but", "then", "cos", "if"}
_SAID = frozenset({"it's", "it", "he's", "she's", "he", "she", "they", "you", "we", "no", "yes"})
_TO_SOMEBODY = frozenset(
    {"ask", "ring", "phone", "tell", "email", "text", "call", "check", "speak"}
)


def _like_anybody(evidence: Evidence, place: int) -> bool:
    """Whether it is spelt like what somebody is like: "useless", "boring"; names are not."""
    ending = evidence.tokens.lows[place].endswith(("less", "ing", "ed", "ous", "ful", "ic", "ly"))
    return ending and evidence.entry(place).given < PART


_SAID_OF_ANYBODY = frozenset(
    {"names", "back", "out", "over", "round", "early", "late", "twice", "again", "today", "first",
     "stupid", "fat", "ugly", "thick", "lazy", "weird", "mad", "crazy", "daft", "soft", "slow",
     "rude", "selfish", "cruel", "bossy", "mean", "nasty", "cold", "hard", "weak", "dirty", "rich",
     "posh", "skinny", "everything", "liars", "old", "young", "yesterday", "once", "straight",
     "mum", "mam", "dad", "sir", "miss", "doctor", "love", "darling", "honey", "babe", "brave",
     "flower", "duck", "petal", "poppet", "chick", "hen", "pet", "sweetheart", "sunshine", "sugar",
     "princess", "treasure", "doll", "chuck", "queen", "mate", "bro", "babes", "dear", "liar",
     "rubbish", "weekly", "monthly", "daily", "nightly", "loads", "mornings", "evenings", "nights",
     "wrong", "sick", "ill", "poorly", "disabled", "normal", "different", "difficult", "special"}
)  # fmt: skip


def _is_somebody(evidence: Evidence, place: int, chosen: Mapping[int, Verdict]) -> bool:
    """Whether a clause says who goes by it: "cookie is kevin cook", "bean is benedykt"."""
    tokens, name = evidence.tokens, place + 2
    if name >= len(tokens) or tokens.turns[name] != tokens.turns[place] or tokens.possessive(name):
        return False
    if tokens.forms[place + 1] not in {"is", "was"} or before(tokens, place)[0] not in _CLAUSES:
        return False
    entry = evidence.entry(name)
    return name in chosen and entry.tier == 0 and entry.given >= FAIR
