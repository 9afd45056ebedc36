"""Names by the names beside them: lists of people, echoes of a name, nicknames with their byname.

What a word alone does not show, its company does: in "Sunil, Moose and Bev" all three are people,
and "Kweeva?" right after somebody said who they are is their name misheard. Only written capitals
count here; nothing allowed, no place and no part of an organisation is ever taken along.
"""

from deid.detect.words.cues import role_words, roles
from deid.detect.words.evidence import (
    COMMON_TIER,
    COMMONEST,
    FAIR,
    PART,
    RARE_TIER,
    STRONG_NAME,
    Evidence,
    Verdict,
    contracted,
)
from deid.detect.words.frames import DATING, DETERMINERS, MONTHS, free_after
from deid.detect.words.neighbours import before, following, place_cued
from deid.detect.words.tokens import Case, Tokens
from deid.transcript import EntityType

_LISTED, _ECHOED = Verdict(0.55, "listed-with"), Verdict(0.6, "echo")
_JOINING = frozenset({"and", "or", "nor"})
_CALLING = frozenset(
    {"they", "we", "everyone", "everybody", "people", "i", "you", "kids", "children", "lads"}
)
_CALLED = frozenset({"called", "call", "calls"})
_SOMEBODY = frozenset({"him", "her", "me", "them", "us", "you"})
_LONGEST_ACRONYM, _LEAST_ECHO, _TURNS_BACK, _SHORTEST, _SYLLABLE = 4, 4, 2, 4, 4


def listed_with(evidence: Evidence, chosen: dict[int, Verdict]) -> None:
    """Take along what is listed with a person: "X, Moose", "Moose and X"; again from there."""
    waiting = sorted(chosen)
    while waiting:
        place = waiting.pop()
        for step in (_before(evidence, place), _behind(evidence, place)):
            if step is None or step in chosen:
                continue
            if _somebody(evidence, step) or _among_names(evidence, step, chosen):
                chosen[step] = _LISTED
                waiting.append(step)


def _among_names(evidence: Evidence, place: int, chosen: dict[int, Verdict]) -> bool:
    """Without capitals: a first name that stays elsewhere, in a list with two or more people.

    As in "anjali, raluca, shell and shell's fella"; never a month, or "anjali, sky and netflix".
    """
    tokens, low, entry = evidence.tokens, evidence.tokens.lows[place], evidence.entry(place)
    if tokens.case(place) is Case.MIXED or low not in evidence.words.first or low in MONTHS:
        return False
    word = low in evidence.words.function or entry.given < STRONG_NAME
    if word or place in evidence.claimed or evidence.dosed(place):
        return False
    return _people_before(evidence, place, chosen) >= _SURE_OF


def _people_before(evidence: Evidence, place: int, chosen: dict[int, Verdict]) -> int:
    """How many who are called nothing else stand before it, one beside the other, in its list."""
    people = 0
    for _ in range(_FARTHEST):
        back = _before(evidence, place)
        if back is None or back not in chosen:
            break
        entry = evidence.entry(back)
        people += entry.tier == 0 and entry.given >= FAIR
        place = back
    return people


_SURE_OF, _FARTHEST = 2, 6


def _behind(evidence: Evidence, place: int) -> int | None:
    """The word that follows the one at a place in a list, if there is one."""
    tokens = evidence.tokens
    step = place + 1
    if step >= len(tokens) or tokens.turns[step] != tokens.turns[place]:
        return None
    if tokens.possessive(place):
        return None
    joined = tokens.gap(step) in {" ", ", "} and tokens.lows[step] in _JOINING
    if joined and step + 1 < len(tokens) and tokens.gap(step + 1) == " ":
        return step + 1
    return step if tokens.gap(step) == ", " and _goes_on(evidence, step) else None


def _before(evidence: Evidence, place: int) -> int | None:
    """The word before the one at a place in a list, if there is one."""
    tokens, step = evidence.tokens, place - 1
    if step < 0 or tokens.turns[step] != tokens.turns[place] or tokens.possessive(step):
        return None
    if tokens.gap(place) == " & ":
        return step
    joined = tokens.lows[step] in _JOINING and tokens.gap(place) == " "
    if step and joined and tokens.gap(step) == " " and not tokens.possessive(step - 1):
        return step - 1
    return step if tokens.gap(place) == ", " and _goes_on(evidence, place) else None


def _goes_on(evidence: Evidence, place: int) -> bool:
    """Whether a comma parts two of a list: one more comma or "and" comes, or the list ends."""
    tokens = evidence.tokens
    after = tokens.after(place)
    if after[:1] == "," or following(tokens, place)[0] in _JOINING:
        return True
    return after[:1] == "." and tokens.gap(place - 1) == ", " if place else False


def _somebody(evidence: Evidence, place: int) -> bool:
    """Whether nothing speaks against the word's being a person's name in such company."""
    tokens, low, entry = evidence.tokens, evidence.tokens.lows[place], evidence.entry(place)
    if tokens.case(place) is not Case.MIXED:
        return _somebody_bare(evidence, place)
    either = low in evidence.words.first or place in evidence.kept  # "Sarah, Jordan and India"
    opens = low in evidence.words.function or not either
    written = tokens.capital(place) and not (tokens.initial(place) and opens)
    if not written or tokens.words[place].isupper():
        return False
    first = either and low not in MONTHS and not place_cued(tokens, place)
    shared = first and entry.given >= STRONG_NAME and place not in evidence.firm | evidence.claimed
    laughs = low == "ha" and tokens.initial(place)  # "Ha, Gwilym, okay."
    if (evidence.taken(place) and not shared) or evidence.dosed(place) or laughs:
        return False
    plain = low in evidence.words.function and entry.given < FAIR
    if plain or low in role_words("kin", "titles", "labels") or _holds(tokens, place):
        return False
    if tokens.initial(place) or evidence.network.get(place) in _NOBODY:
        return entry.given >= STRONG_NAME
    return entry.place <= entry.name


def _holds(tokens: Tokens, place: int) -> bool:
    """Whether an office with a capital follows, of which the word tells: "Green Councillor"."""
    ahead = place + 1
    if ahead >= len(tokens) or not (tokens.joined(ahead) and tokens.capital(ahead)):
        return False
    return tokens.lows[ahead] in role_words("titles", "labels")


_NOBODY = frozenset({EntityType.LOCATION, EntityType.ORGANIZATION})


def _somebody_bare(evidence: Evidence, place: int) -> bool:
    """Without capitals: a word that no list knows, or a first name that is a rare word too."""
    tokens, low, entry = evidence.tokens, evidence.tokens.lows[place], evidence.entry(place)
    if evidence.taken(place) or evidence.dosed(place):
        return False
    if low in role_words("kin", "titles", "labels") | evidence.words.function:
        return False
    long = len(low) >= _SHORTEST and not contracted(low)
    named = entry.tier == 0 and entry.place <= entry.name
    first = low in evidence.words.first and free_after(tokens, place)
    least = PART + 1 if first else STRONG_NAME
    rare = entry.given >= least and (entry.tier >= COMMON_TIER or first)
    return long and (named or rare)


def echoed(evidence: Evidence, verdicts: dict[int, Verdict], chosen: dict[int, Verdict]) -> None:
    """Take along a name misheard ("Kweeva?") or told by its sounds ("Keer-an."), just after it."""
    tokens = evidence.tokens
    named: dict[int, set[str]] = {}
    for place in chosen:
        named.setdefault(tokens.turns[place], set()).add(tokens.lows[place][0])
    for place in verdicts.keys() - chosen.keys():
        near = range(tokens.turns[place] - _TURNS_BACK, tokens.turns[place] + 1)
        begun = set().union(*(named.get(turn, ()) for turn in near))
        if not begun or not tokens.initial(place):
            continue
        alike = tokens.lows[place][0] in begun
        sounded = alike and _sounded(evidence, place)
        if not (sounded or _asked(evidence, place)):
            continue
        entry, low = evidence.entry(place), tokens.lows[place]
        barred = place in evidence.kept or evidence.dosed(place) or low in roles().labels
        word = 0 < entry.tier < RARE_TIER or (entry.tier > 0 and not alike)  # "Palpitations?"
        plain = barred or any(map(str.isdigit, low)) or word
        if not plain and len(low) >= _LEAST_ECHO and entry.place < FAIR:
            chosen[place] = _ECHOED


def _asked(evidence: Evidence, place: int) -> bool:
    tokens = evidence.tokens
    written = tokens.case(place) is Case.MIXED and tokens.words[place].istitle()
    return written and tokens.after(place)[:1] == "?" and place not in evidence.claimed


def _sounded(evidence: Evidence, place: int) -> bool:
    """Whether a sentence is one word in syllables that are no words: "Neev-uh."."""
    tokens, parts = evidence.tokens, evidence.tokens.lows[place].split("-")
    if tokens.case(place) is not Case.MIXED or tokens.after(place)[:1] not in {".", ",", "?"}:
        return False
    odd = any(len(part) > 1 and evidence.lexicon.entry(part).tier == 0 for part in parts)
    short = all(len(part) <= _SYLLABLE for part in parts)
    return len(set(parts)) > 1 and short and odd and place not in evidence.claimed


def byname(evidence: Evidence, place: int) -> bool:
    """Whether somebody is called so: "Cocky, they called him", "they called me KB"."""
    tokens, word = evidence.tokens, evidence.tokens.words[place]
    kept = place in evidence.kept and evidence.entry(place).given < STRONG_NAME
    dated = tokens.lows[place] in MONTHS and before(tokens, place)[0] in DATING
    if kept or dated or place in evidence.firm or before(tokens, place)[0] in DETERMINERS:
        return False
    first, second = before(tokens, place)
    mixed = tokens.case(place) is Case.MIXED
    if mixed and word.isupper() and 1 < len(word) <= _LONGEST_ACRONYM:
        return first in _SOMEBODY and second in _CALLED
    if mixed and not tokens.capital(place):
        return False
    if _that_is_a_name(tokens, place):
        return True
    if evidence.entry(place).tier == COMMONEST:
        return False
    entry, after = evidence.entry(place), following(tokens, place)[0]
    said = not mixed and after in {*_CALLING, "the"}  # "cruel they called me"
    plain = said and entry.tier > 0 and entry.given < PART
    return not plain and _named_behind(tokens, place)


def _named_behind(tokens: Tokens, place: int) -> bool:
    """Whether the words after it say that it names: "X they call him", "X her name was"."""
    if tokens.after(place) not in {" ", ", "} or tokens.lows[place] in _ASKING:
        return False
    the = following(tokens, place)[0] == "the"
    after, further = following(tokens, place + the)
    third = following(tokens, place + the + 1)[1]
    if after in _CALLING and further in _CALLED:
        return third in _SOMEBODY
    if (after, further) in _KNOWN_AS or (after in _OWNERS and further == "name"):
        last = place + 2 + (third in {"is", "was"})
        if further == "name" and last == place + 2:
            return False
        return tokens.after(last)[:1] in {",", ".", "?", "\n", ""} or _on(tokens, last)
    return False


def _that_is_a_name(tokens: Tokens, place: int) -> bool:
    """As in "a new girl, Price, that's her first name"; never "that's my middle name"."""
    after, owner = following(tokens, place)
    if after not in _THAT_IS or owner not in _OWNERS or tokens.after(place) not in {" ", ", "}:
        return False
    sort = following(tokens, place + 2)[0]
    name = place + 3 + (sort in _SORTS_OF_NAME)
    return tokens.lows[name : name + 1] == ["name"] and tokens.closes(name)


_THAT_IS = frozenset({"that's", "that\u2019s"})
_SORTS_OF_NAME = frozenset(
    {"first", "real", "actual", "last", "maiden", "full", "proper", "second"}
)


def _on(tokens: Tokens, last: int) -> bool:
    """Whether a clause goes on and "called" has no object: "he's called and", not "called me"."""
    return tokens.after(last) == " " and following(tokens, last)[0] in _GOING_ON


NAMING_BEHIND = frozenset({"called", "name"})
_ASKING = frozenset(
    {"what", "whatever", "how", "that", "so", "and", "because", "if", "when", "like", "where"}
)
_KNOWN_AS = frozenset({("he's", "called"), ("she's", "called"), ("they're", "called")})
_OWNERS = frozenset({"his", "her", "their"})
_GOING_ON = frozenset({"and", "but", "so", "he", "she", "he's", "she's", "who", "from", "they"})
