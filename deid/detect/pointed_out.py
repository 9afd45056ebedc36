"""What a place's name takes and hardly anybody's: "the Sefton?", "out Dalton way", "in Walton,".

Nothing is found here; a name that lists or the network found is told to be a place by what stands
on either side of it. Somebody known by title, kin or what is done stays somebody, and so does a
family ("the Hargreaveses").
"""

from deid.detect.led import PUT_IN_PEOPLE, titled
from deid.detect.names.spans import Named
from deid.detect.words.evidence import FAIR, PART, STRONG_NAME, Evidence
from deid.detect.words.frames import free_after
from deid.detect.words.neighbours import acting, before, following
from deid.detect.words.tokens import Case, Tokens


def pointed_out(evidence: Evidence, name: Named) -> bool:
    """Whether a name stands as only a place does."""
    if titled(evidence, name) or acting(evidence.tokens, name.last):
        return False
    return (
        _the_one(evidence, name)
        or _that_way(evidence, name)
        or _within(evidence, name)
        or _over_there(evidence, name)
        or _at_it(evidence, name)
        or _of_there(evidence, name)
    )


def _the_one(evidence: Evidence, name: Named) -> bool:
    """Whether it takes the article and nothing behind it: "for the Haywood.", "at the Legion"."""
    tokens, last = evidence.tokens, name.last
    article = before(tokens, name.first)[0] == "the" and tokens.gap(name.first) == " "
    listed = evidence.lexicon.entry(tokens.lows[last]).name >= PART
    ends = tokens.closes(last) or (free_after(tokens, last) and not listed)
    whole = tokens.case(last) is Case.MIXED and tokens.capital(last) and ends
    family = tokens.lows[last].endswith(("s", "x", "z")) or tokens.possessive(last)
    return article and whole and not family and evidence.entry(name.first).given < STRONG_NAME


def _that_way(evidence: Evidence, name: Named) -> bool:
    """Whether one goes in its direction: "out Dalton way", "a village, Chakswari side"."""
    tokens, last = evidence.tokens, name.last
    if following(tokens, last)[0] not in _DIRECTIONS or tokens.possessive(last):
        return False
    apart = tokens.gap(name.first).strip() == "," or not before(tokens, name.first)[0]
    led = apart or before(tokens, name.first)[0] in _BOUND
    return led and tokens.joined(last + 1) and free_after(tokens, last + 1)


def _within(evidence: Evidence, name: Named) -> bool:
    """Whether somebody or something is in it: "a postie, in Walton and", "in Roscoe's?"."""
    tokens, last = evidence.tokens, name.last
    first, second = before(tokens, name.first)
    if first != "in" or second in _ALSO_PEOPLE or tokens.case(last) is not Case.MIXED:
        return False
    if evidence.entry(last).given >= STRONG_NAME and not evidence.entry(last).place:
        return False
    ends = tokens.closes(last) or following(tokens, last)[0] in _GOING_ON
    return name.first == last and tokens.capital(last) and ends


def _over_there(evidence: Evidence, name: Named) -> bool:
    """Whether one is over by it or comes from over there: "over by Ness", "from over Beguildy"."""
    tokens, entry = evidence.tokens, evidence.entry(name.first)
    first, second = before(tokens, name.first)
    over = (second, first) in _OVER_THERE and not _done_to(tokens, name.first)
    there = over or (first == "of" and second in _PARTS)
    hardly = entry.given < FAIR or (entry.place >= FAIR and entry.given <= STRONG_NAME)
    return there and hardly and not tokens.possessive(name.last)


def _done_to(tokens: Tokens, place: int) -> bool:
    """Whether somebody did something to somebody: "she was picked up by", "run over by"."""
    verb = place - _BACK
    if verb < 1 or tokens.turns[verb] != tokens.turns[place]:
        return False
    done = tokens.lows[verb].endswith("ed") or tokens.lows[verb] in _DONE
    return done and not _SUFFERED.isdisjoint(tokens.lows[max(0, verb - 2) : verb])


_BACK = 3  # words: from "Hughes" to the verb in "picked up by Hughes"
_DONE = frozenset({"run", "brought", "put", "set", "shown", "taken", "let", "cut", "shut", "held"})
_SUFFERED = frozenset({"was", "were", "been", "being", "be", "got", "get", "gets", "is", "are"})


def _at_it(evidence: Evidence, name: Named) -> bool:
    """Whether "at" and it are all of a sentence, "At Pearson.", or one goes out past it."""
    tokens, entry = evidence.tokens, evidence.entry(name.first)
    first, second = before(tokens, name.first)
    whole = first == "at" and not second and tokens.closes(name.last)
    whole = whole and entry.given < STRONG_NAME and not tokens.possessive(name.last)
    past = first == "past" and second in {"out", "right", "just", "up", "down"}
    return (whole and tokens.capital(name.last)) or (past and entry.place >= PART)


def _of_there(evidence: Evidence, name: Named) -> bool:
    """Whether somebody is of that place: "I'm Bristol through and through"."""
    tokens, place = evidence.tokens, evidence.entry(name.last).place
    behind = following(tokens, name.last)
    return place >= FAIR and behind in {("through", "and"), ("born", "and"), ("born", "bred")}


_DIRECTIONS = frozenset({"way", "side", "direction"})
_BOUND = frozenset({"out", "over", "up", "down", "round", "from", "towards", "back", "at"})
_ALSO_PEOPLE = PUT_IN_PEOPLE | {
    "change", "see", "saw", "seen", "difference", "let", "called", "get", "got", "me", "him",
    "her", "it", "with", "and"
}  # fmt: skip
_GOING_ON = frozenset({"and", "or", "but", "because", "where", "when", "since", "till", "until"})
_OVER_THERE = frozenset(
    {(one, by) for one in ("over", "out", "up", "down") for by in ("by", "near")}
    | {("from", "over"), ("people", "over"), ("and", "over"), ("gone", "over")}
)
_PARTS = frozenset({"gates", "streets", "shores", "banks", "beaches", "suburbs", "university"})
