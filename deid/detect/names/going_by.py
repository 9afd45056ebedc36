"""A word that the talk gives out as somebody's name, in the places where it stands as one.

No list has the nickname, so its places alone tell: an ask, a possessive, whom something is for.
What is given by a hint only (:mod:`.given_out`) needs a second place that speaks for a name, or a
hint of another kind; what stands as the plain word ("he's tiny", "the girls said") is left.
"""

from deid.detect.names.courtesies import spoken_to_by_name
from deid.detect.names.given_out import sure_and_hinted
from deid.detect.names.plainly import is_plainly_word, said_of
from deid.detect.words.contexts import AGAIN, HARDLY, LIKELY, naming
from deid.detect.words.evidence import SURE, Evidence, Verdict
from deid.detect.words.frames import DETERMINERS, again
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case, Tokens


def go_by(evidence: Evidence, chosen: dict[int, Verdict]) -> None:
    """Take the words that the talk gives out as names, where they stand as such."""
    tokens = evidence.tokens
    sure, given = sure_and_hinted(evidence, chosen)
    places: dict[str, list[int]] = {low: [] for low in given}
    for place, low in enumerate(tokens.lows):
        if low in places and tokens.case(place) is not Case.MIXED:
            places[low].append(place)
    for low, found in places.items():
        stands = {place for place in found if place in chosen or _stands(evidence, place)}
        hints = set(given[low].values())
        if low in sure or len(hints) > 1 or stands - given[low].keys():
            for place in (stands | given[low].keys()) - chosen.keys():
                chosen[place] = Verdict(SURE, "given-out")


def _stands(evidence: Evidence, place: int) -> bool:
    """Whether a word that names somebody here, and hardly anybody elsewhere, does so at a place."""
    tokens = evidence.tokens
    if place in evidence.claimed or place in evidence.firm or evidence.dosed(place):
        return False
    odds, first = naming(tokens, place), before(tokens, place)
    if is_plainly_word(tokens, place) or said_of(*first):
        return False
    if (first in _MAYBE and tokens.closes(place)) or _which_one(tokens, place):
        return True
    if first[::-1] in _REACHED or _echoed_at_once(tokens, place) or _their_family(tokens, place):
        return True
    if first[0] in DETERMINERS:
        return False
    turned = spoken_to_by_name(tokens, place) and odds >= HARDLY
    return turned or odds >= LIKELY or (odds >= AGAIN and again(tokens, place))


def _which_one(tokens: Tokens, place: int) -> bool:
    """As in "is tiny the massive one"."""
    asks = before(tokens, place) in {("is", ""), ("was", "")}
    return asks and tokens.lows[place + 1 : place + 4 : 2] == ["the", "one"]


def _echoed_at_once(tokens: Tokens, place: int) -> bool:
    """Whether a turn opens with what the turn before said last: "boo" / "boo like a ghost"."""
    turn = tokens.turns[place]
    if place == 0 or tokens.turns[place - 1] == turn:
        return False
    back = range(max(0, place - _ECHO), place)
    return any(
        tokens.lows[step] == tokens.lows[place] and tokens.turns[step] == turn - 1 for step in back
    )


def _their_family(tokens: Tokens, place: int) -> bool:
    """As in "one of the bishops", where the bishops are a family here."""
    first, second = before(tokens, place)
    return first == "the" and second in _OF_FAMILIES and tokens.lows[place].endswith("s")


_REACHED = frozenset(
    {("gone", "to"), ("over", "to"), ("spoke", "to"), ("spoken", "to"), ("speak", "to"),
     ("top", "of"), ("hold", "of"), ("word", "with"), ("heard", "from"), ("through", "to")}
)  # fmt: skip
_ECHO = 6
_OF_FAMILIES = frozenset({"of", "that", "and", "with", "from"})
_MAYBE = frozenset({("be", each) for each in ("might", "could", "must", "would", "it'll")})
