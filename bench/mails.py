"""E-mail addresses, all at example.org and its sisters, in each form of speech."""

from collections.abc import Callable, Mapping
from random import Random

from bench import words

type Said = Callable[[Random], list[str]]

_GIVEN = "jane tom priya carys declan agnes moses hana eric lena oscar ruth"
_FAMILY = "smith patel llewellyn murphy nowak mensah traynor okoro barrow finch kelly stokes"
_SIGNS = {".": "dot", "_": "underscore", "-": "dash"}


def _address(rng: Random) -> tuple[list[str], str]:
    """The local part in pieces (names, signs, digits) and the domain's last part."""
    given, family = rng.choice(_GIVEN.split()), rng.choice(_FAMILY.split())
    given = rng.choice((given, given, given[0]))
    pieces = [given, rng.choice((".", "_", "-", ".", "")), family]
    if rng.random() < 0.4:  # noqa: PLR2004  two in five carry a number
        pieces.append(str(rng.randrange(10, 100)))
    return [piece for piece in pieces if piece], rng.choice(("org", "com", "net"))


def _local(pieces: list[str], rng: Random) -> str:
    said = []
    for piece in pieces:
        if piece.isdigit():
            said.append(rng.choice((words.number(int(piece)), words.singly(piece, "oh"), piece)))
        else:
            said.append(_SIGNS.get(piece, piece))
    return " ".join(said)


def _written(rng: Random) -> list[str]:
    pieces, end = _address(rng)
    return [f"{''.join(pieces)}@example.{end}"]


def _spoken(rng: Random) -> list[str]:
    pieces, end = _address(rng)
    return [f"{_local(pieces, rng)} at example dot {end}"]


def _spelt(rng: Random) -> list[str]:
    pieces, end = _address(rng)
    said = [
        words.letters(piece, rng, style=rng.choice(("singly", "hyphens", "double")))
        if piece.isalpha()
        else _local([piece], rng)
        for piece in pieces
    ]
    return [f"{' '.join(said)} at example dot {end}"]


def _filled(rng: Random) -> list[str]:
    pieces, end = _address(rng)
    pause, stop = rng.choice(words.FILLERS), rng.choice((" ", ", er, "))
    return [f"{_local(pieces, rng)}{pause}at example{stop}dot {end}"]


def _one_word(rng: Random) -> list[str]:
    pieces, end = _address(rng)
    names = " ".join(piece for piece in pieces if piece not in _SIGNS)
    return [f"{names}, all one word, at example dot {end}"]


def _turns(rng: Random) -> list[str]:
    pieces, end = _address(rng)
    return [_local(pieces, rng), f"at example dot {end}"]


def _corrected(rng: Random) -> list[str]:
    pieces, end = _address(rng)
    return [f"{_local(pieces, rng)} at example dot co{rng.choice(words.REPAIRS)}dot {end}"]


MAIL_FORMS: Mapping[str, Said] = {
    "written": _written,
    "spoken": _spoken,
    "spelt": _spelt,
    "fillers": _filled,
    "all one word": _one_word,
    "turns": _turns,
    "correction": _corrected,
}
