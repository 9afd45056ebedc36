"""Towns that are plain words, by what is theirs or who is from them: "a lady from Pill".

And once one is known in a talk, where it is chosen or asked about: "barking's easier", "about
hull". Nothing that is only done or made there ("reading royal biographies", "barking's annoying").
"""

from deid.detect.places.word_company import ALSO_VERBS, EVERYDAY, GOING_ON, SOMEBODY, TOWNS
from deid.detect.words.frames import free_after
from deid.detect.words.neighbours import COMPASS, before, following
from deid.detect.words.tokens import Case, Tokens


def hails(tokens: Tokens, place: int) -> bool:
    """Whether somebody is from a village, with its capital: "a lady from Pill, and"."""
    first, second = before(tokens, place)
    written = tokens.case(place) is Case.MIXED and not tokens.initial(place)
    led = first == "from" and second in SOMEBODY and tokens.gap(place) == " "
    return written and led and free_after(tokens, place) and tokens.lows[place] not in EVERYDAY


def part(tokens: Tokens, place: int) -> bool:
    """Whether a part of a town is told with its capital: "I'm west Hull"."""
    step = place - 1
    led = step > 0 and tokens.lows[step] in COMPASS and tokens.gap(place) == " "
    written = tokens.case(place) is Case.MIXED and tokens.capital(place)
    led = led and before(tokens, step)[0] != "the" and not tokens.capital(step)
    return led and written and free_after(tokens, place)


def royal(tokens: Tokens, place: int) -> bool:
    """Whether its hospital is meant: "it's the tall one hull royal so"."""
    last = place + 1
    goes_on = last < len(tokens) and (
        free_after(tokens, last) or following(tokens, last)[0] in GOING_ON
    )
    return goes_on and following(tokens, place)[0] == "royal" and tokens.after(place) == " "


def of_venues(tokens: Tokens) -> set[str]:
    """Towns that are words, by what is theirs: who was "at barking hospital" means Barking."""
    return {
        low
        for place, low in enumerate(tokens.lows)
        if low in TOWNS - ALSO_VERBS and (royal(tokens, place) or _with_venue(tokens, place))
    }


def _with_venue(tokens: Tokens, place: int) -> bool:
    led = before(tokens, place)[0] in {"at", "in", "to", "from"} and tokens.after(place) == " "
    return led and following(tokens, place)[0] in _THEIRS


_THEIRS = frozenset({"hospital", "infirmary", "college", "university"})


def chosen(tokens: Tokens, place: int) -> bool:
    """Whether a town that is known is chosen or asked about: "barking's easier", "about hull"."""
    lead, after = before(tokens, place)[0], following(tokens, place)[0]
    if lead == "about":
        return tokens.closes(place) and not tokens.possessive(place)
    if lead == "put":
        by_us = before(tokens, place)[1] in {"i'll", "we'll", "just", "i've", "i'd"}
        return by_us and (tokens.closes(place) or after in {"then", "down"})
    done = tokens.lows[place].endswith("ing")  # "reading." is as often what one does
    ends = tokens.closes(place) and not done
    compared = after in _COMPARED if tokens.possessive(place) else ends
    return not lead and compared  # "barking's easier", "settle." for "in settle or gargrave?"


_COMPARED = frozenset(
    {"easier", "nearer", "closer", "better", "fine", "miles", "quicker", "handier", "further"}
)
