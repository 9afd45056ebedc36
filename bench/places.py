"""Postcodes and street addresses in each form of speech."""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from bench import words
from bench.data import lists

type Pieces = list[str]
type Said = Callable[[Random], Pieces]

OUTWARD = lists("said")["outward"]
INWARD = "ABDEFGHJLNPQRSTUWXYZ"
"""Letters of the inward part: Royal Mail uses no C, I, K, M, O or V there."""
STREETS = lists("said")["streets"]
HOUSES = lists("said")["houses"]
TOWNS = lists("said")["towns"]


def postcode(rng: Random) -> tuple[str, str]:
    """The outward and the inward part."""
    return rng.choice(OUTWARD), f"{rng.randrange(1, 10)}{rng.choice(INWARD)}{rng.choice(INWARD)}"


def _spoken_parts(rng: Random, style: str) -> tuple[str, str]:
    outward, inward = postcode(rng)
    area = outward.rstrip("0123456789")
    district = outward[len(area) :]
    if len(district) == 2 and rng.random() < 0.4:  # noqa: PLR2004  "one six" beside "sixteen"
        district = words.singly(district, "oh")
    else:
        district = words.number(int(district))
    unit = words.UNITS[int(inward[0])]
    first = letters_said(area, rng, style)
    last = letters_said(inward[1:], rng, style)
    comma = "," if style == "for" else ""
    return f"{first}{comma} {district}", f"{unit}{comma} {last}"


def letters_said(text: str, rng: Random, style: str) -> str:
    """Letters singly or as they stand, or by a spelling alphabet."""
    if style == "singly":
        return rng.choice((words.letters(text, rng, style="singly"), text))
    return words.letters(text, rng, style=style)


def _written(rng: Random) -> Pieces:
    outward, inward = postcode(rng)
    said = rng.choice((f"{outward} {inward}", f"{outward}{inward}", f"{outward}, {inward}"))
    return [rng.choice((said, said, said.lower()))]


def _spoken(rng: Random) -> Pieces:
    return [rng.choice((", ", " ", ", ")).join(_spoken_parts(rng, "singly"))]


def _nato(rng: Random) -> Pieces:
    return [", ".join(_spoken_parts(rng, "nato"))]


def _for(rng: Random) -> Pieces:
    return [", ".join(_spoken_parts(rng, "for"))]


def _filled(rng: Random) -> Pieces:
    return [rng.choice(words.FILLERS).join(_spoken_parts(rng, "singly"))]


def _corrected(rng: Random) -> Pieces:
    first, last = _spoken_parts(rng, "singly")
    slip = f"{words.UNITS[rng.randrange(1, 10)]} {rng.choice(INWARD)} {rng.choice(INWARD)}"
    return [f"{first}, {slip}{rng.choice(words.REPAIRS)}{last}"]


def _turns(rng: Random) -> Pieces:
    return list(_spoken_parts(rng, "singly"))


def _half(rng: Random) -> Pieces:
    return [rng.choice((_spoken_parts(rng, "singly")[0], postcode(rng)[0]))]


def _mixed(rng: Random) -> Pieces:
    outward, inward = postcode(rng)
    return [f"{outward} {words.UNITS[int(inward[0])]} {' '.join(inward[1:])}"]


POSTCODE_FORMS: Mapping[str, Said] = {
    "written": _written,
    "letters and words": _spoken,
    "nato": _nato,
    "letter for word": _for,
    "fillers": _filled,
    "correction": _corrected,
    "turns": _turns,
    "half": _half,
    "mixed": _mixed,
}


def _house_number(rng: Random, *, said: bool) -> str:
    value = rng.choice((rng.randrange(1, 100), rng.randrange(1, 30), rng.randrange(101, 260)))
    if not said:
        return f"{value}{rng.choice(('', '', '', 'a', 'B'))}"
    if value < 100:  # noqa: PLR2004  above it people say "one four two" or "a hundred and ..."
        return words.number(value)
    rest = value % 100
    hundreds = words.UNITS[value // 100]
    if not rest:
        return f"{hundreds} hundred"
    return rng.choice(
        (words.singly(str(value), "oh"), f"{hundreds} hundred and {words.number(rest)}")
    )


def _street(rng: Random) -> str:
    return rng.choice(STREETS)


def _in_figures(rng: Random) -> Pieces:
    return [f"{_house_number(rng, said=False)} {_street(rng)}"]


def _in_words(rng: Random) -> Pieces:
    lead = rng.choice(("", "", "number "))
    return [f"{lead}{_house_number(rng, said=True)} {_street(rng)}"]


def _flat(rng: Random) -> Pieces:
    said = rng.choice((True, False))
    flat = words.number(rng.randrange(1, 20)) if said else str(rng.randrange(1, 20))
    return [
        f"{rng.choice(('flat', 'Flat'))} {flat}, {_house_number(rng, said=said)} {_street(rng)}"
    ]


def _house(rng: Random) -> Pieces:
    return [f"{rng.choice(HOUSES)}, {_street(rng)}"]


def _with_town(rng: Random) -> Pieces:
    return [f"{_in_words(rng)[0]}, {rng.choice(TOWNS)}"]


def _address_filled(rng: Random) -> Pieces:
    return [f"{_house_number(rng, said=True)}{rng.choice(words.FILLERS)}{_street(rng)}"]


def _address_corrected(rng: Random) -> Pieces:
    slip, right = _house_number(rng, said=True), _house_number(rng, said=True)
    return [f"{slip}{rng.choice(words.REPAIRS)}{right} {_street(rng)}"]


def _address_turns(rng: Random) -> Pieces:
    return [f"{_house_number(rng, said=True)} {_street(rng)}", rng.choice(TOWNS)]


ADDRESS_FORMS: Mapping[str, Said] = {
    "written": _in_figures,
    "number in words": _in_words,
    "flat": _flat,
    "house name": _house,
    "with town": _with_town,
    "fillers": _address_filled,
    "correction": _address_corrected,
    "turns": _address_turns,
}


def street_only(rng: Random) -> Sequence[str]:
    """A street by itself, as in "just off the Gloucester Road"."""
    return [_street(rng)]
