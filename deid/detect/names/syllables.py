"""Names of several short words: "wing yan", "Chan Tai Man", "luong van son", "Nana Kwame".

Chinese, Korean and Vietnamese given names are syllables, most of which are words of English or
names of nobody when they stand alone; two of them side by side are one name. A day name of Ghana
takes the word of respect before it along. See word_names.txt. A Chinese family name that is a word
belongs to the given name behind it ("tang ruoxi"), which is told by its spelling.
"""

import re
from collections.abc import Callable
from functools import cache

from deid.detect.words.evidence import PLAIN_TIER, RARE_TIER, STRONG_NAME, Evidence, Verdict
from deid.detect.words.gazetteer import sections
from deid.detect.words.tokens import Case

type _Kind = tuple[frozenset[str], frozenset[str], Callable[[Evidence, int, int], bool]]
"""What a name of a kind may begin with, what it may go on with, and whether words are one."""
_NAME = Verdict(0.75, "syllables")
_LEAST_LONG, _LONGEST, _VIETNAMESE = 3, 4, 3


def of_syllables(evidence: Evidence, chosen: dict[int, Verdict]) -> None:
    """Take the runs of syllables that are names, and the honoured among day names."""
    kinds = _kinds()
    leading, free = kinds[0][0] | kinds[1][0] | kinds[2][0], 0
    for place, low in enumerate(evidence.tokens.lows):
        if place < free or low not in leading:
            continue
        for heads, parts, is_name in kinds:
            last = _run(evidence, place, parts) if low in heads else place
            if last > place and (
                is_name(evidence, place, last) or _behind(evidence, place, last, chosen)
            ):
                chosen.update((step, _NAME) for step in range(place, last + 1))
                free = last + 1
                break


@cache
def _kinds() -> tuple[_Kind, ...]:
    """The kinds in the order in which they are tried, read on first use."""
    found = sections("word_names.txt")
    syllables, families, given, honours, days = (
        frozenset(found[key])
        for key in ("syllables", "viet-families", "viet-given", "honours", "day-names")
    )
    return (
        (families, given, _is_vietnamese),
        (syllables, syllables, _is_given),
        (honours, days, _is_honoured),
    )


def _run(evidence: Evidence, place: int, parts: frozenset[str]) -> int:
    """The last of the words that go on from here, written alike and of the given kind."""
    tokens, last = evidence.tokens, place
    if place in evidence.firm or place in evidence.claimed:
        return place
    while last + 1 < len(tokens) and last + 1 - place < _LONGEST:
        step = last + 1
        whole = tokens.joined(step) and tokens.turns[step] == tokens.turns[place]
        barred = tokens.possessive(last) or step in evidence.firm or step in evidence.claimed
        if not whole or barred or tokens.lows[step] not in parts:
            break
        last = step
    written = tokens.case(place) is Case.MIXED
    if written and not all(tokens.words[step].istitle() for step in range(place, last + 1)):
        return place
    return last


def _is_given(evidence: Evidence, first: int, last: int) -> bool:
    """Whether syllables make a name of China or Korea; in small letters one is no English word."""
    tokens, lows = evidence.tokens, evidence.tokens.lows[first : last + 1]
    if len(set(lows)) < len(lows) or not evidence.words.function.isdisjoint(lows):
        return False
    if tokens.case(first) is Case.MIXED:
        return _CAPITAL.isdisjoint(lows)
    if not _WORDS.isdisjoint(lows):
        return False
    entries = [evidence.lexicon.entry(low) for low in lows]
    return any(
        len(low) >= _LEAST_LONG
        and (entry.tier == 0 or entry.tier > (RARE_TIER if len(low) == _LEAST_LONG else PLAIN_TIER))
        and entry.name > 0
        for low, entry in zip(lows, entries, strict=True)
    )


def _behind(evidence: Evidence, first: int, last: int, chosen: dict[int, Verdict]) -> bool:
    """Whether a family name that was found stands before two syllables: "wong ka ho"."""
    tokens, surname = evidence.tokens, first - 1
    if surname not in chosen or last != first + 1 or not tokens.joined(first):
        return False
    sure = evidence.entry(surname).family >= STRONG_NAME and not tokens.possessive(surname)
    plain = any(
        low in evidence.words.function or low in _WORDS for low in tokens.lows[first : last + 1]
    )
    return sure and not plain and tokens.turns[surname] == tokens.turns[first]


def leads_given(evidence: Evidence, place: int) -> bool:
    """Whether the word is a family name of China before a given name of two syllables."""
    if place in evidence.kept or evidence.tokens.lows[place] in evidence.words.function:
        return False
    given = evidence.tokens.lows[place + 1]
    family = evidence.entry(place).family >= STRONG_NAME and _SYLLABLE.fullmatch(
        evidence.tokens.lows[place]
    )
    return bool(family) and not evidence.entry(place + 1).tier and bool(_PINYIN.fullmatch(given))


_FINAL = (
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui"
    r"|un|uo|[aeiou])"
)
_ONE = rf"(?:zh|ch|sh|[bcdfghjklmnpqrstwxyz])?{_FINAL}"
_SYLLABLE, _PINYIN = re.compile(_ONE), re.compile(f"{_ONE}{_ONE}")
"""One and two syllables of Hanyu Pinyin without tones (ISO 7098:2015), generously."""
_CAPITAL = frozenset({"on", "so", "in", "tin", "sum", "long", "to", "do"})
_WORDS = _CAPITAL | frozenset({"gun", "ah", "na", "ya", "la"})
"""Syllables of names with a hyphen, "gun-woo", that by themselves are too common as words."""


def _is_vietnamese(evidence: Evidence, first: int, last: int) -> bool:
    """Whether a family name of Vietnam has a middle and a given name behind it."""
    tokens, lows = evidence.tokens, evidence.tokens.lows[first : last + 1]
    if len(lows) < _VIETNAMESE or tokens.lows[first] in evidence.words.function:
        return False
    foreign = any(not evidence.lexicon.entry(low).tier and len(low) > _LEAST_LONG for low in lows)
    return foreign or tokens.case(first) is Case.MIXED


def _is_honoured(evidence: Evidence, first: int, last: int) -> bool:
    """Whether a word of respect has a day name right behind it: "Nana Ama", "papa yaw"."""
    return last == first + 1 and evidence.tokens.turns[first] == evidence.tokens.turns[last]
