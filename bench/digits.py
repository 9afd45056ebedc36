"""NHS and telephone numbers, all from the ranges kept for tests and drama, in each form of speech.

A form gives the pieces in which a number is said: one for one turn, several where the listener
nods between them.
"""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from nhs_number.validate import calculate_checksum

from bench import words

type Pieces = list[str]
type Groups = Sequence[str]

DRAMA = (
    ("01632", "960", 3),
    ("07700", "900", 3),
    ("0117", "496", 4),
    ("020", "7946", 4),
    ("0191", "498", 4),
    ("0161", "496", 4),
    ("0113", "496", 4),
    ("0121", "496", 4),
    ("0131", "496", 4),
    ("0141", "496", 4),
    ("029", "2018", 4),
)
"""Ofcom, Telephone numbers for use in TV and radio drama programmes: code, block, free digits.

In the blocks of four the first digit is 0."""


def nhs(rng: Random) -> Groups:
    """A number of the 999 range with a right check digit, in the groups 3, 3, 4."""
    while True:
        nine = f"999{rng.randrange(10**6):06d}"
        check = calculate_checksum(nine)
        if check is not None and int(check) < 10:  # noqa: PLR2004  ten has no digit: not issued
            return nine[:3], nine[3:6], f"{nine[6:]}{check}"


def telephone(rng: Random) -> Groups:
    """A drama number in its usual groups."""
    code, block, free = rng.choice(DRAMA)
    return code, block, f"{rng.randrange(1000):03d}".rjust(free, "0")


def written(groups: Groups, rng: Random) -> Pieces:
    """In figures, with one of the usual separators."""
    return [rng.choice((" ", "", "-", " ", ".", ", ")).join(groups)]


def international(groups: Groups, rng: Random) -> Pieces:
    """+44 in figures."""
    tail = rng.choice((" ", "")).join((groups[0][1:], *groups[1:]))
    return [rng.choice(("+44 ", "+44", "0044 ", "+44 (0)")) + tail]


def singly(groups: Groups, rng: Random) -> Pieces:
    """Digit by digit in words."""
    nought = rng.choice(words.NOUGHTS)
    return [
        rng.choice((", ", ", ", " ", ". ")).join(words.singly(group, nought) for group in groups)
    ]


def doubled(groups: Groups, rng: Random) -> Pieces:
    """With double and triple where there is a run."""
    nought = rng.choice(words.NOUGHTS)
    return [", ".join(words.doubled(group, nought) for group in groups)]


def by_tens(groups: Groups, rng: Random) -> Pieces:
    """In pairs."""
    nought, hyphen = rng.choice(words.NOUGHTS), rng.choice((True, False))
    return [", ".join(words.by_tens(group, nought, hyphen=hyphen) for group in groups)]


def filled(groups: Groups, rng: Random) -> Pieces:
    """With a hesitation."""
    return [words.with_filler(_any_way(groups, rng), rng)]


def corrected(groups: Groups, rng: Random) -> Pieces:
    """With a slip in the second or last group, taken back."""
    where = rng.choice((1, len(groups) - 1))
    right = list(groups[where])
    slip = right.copy()
    at = rng.randrange(len(slip))
    slip[at] = str((int(slip[at]) + rng.randrange(1, 9)) % 10)
    keep = rng.choice((len(slip), max(2, at + 1)))
    nought = rng.choice(words.NOUGHTS)
    said = [words.doubled(group, nought) for group in groups]
    return [words.corrected(said, words.doubled("".join(slip[:keep]), nought), where, rng)]


def in_turns(groups: Groups, rng: Random) -> Pieces:
    """A group a turn."""
    return _any_way(groups, rng)


def mixed(groups: Groups, rng: Random) -> Pieces:
    """Some groups in figures, some in words, as some transcribers have it."""
    nought, figures = rng.choice(words.NOUGHTS), rng.randrange(len(groups))
    return [
        ", ".join(
            group if place == figures else words.singly(group, nought)
            for place, group in enumerate(groups)
        )
    ]


def spaced(groups: Groups, rng: Random) -> Pieces:
    """Figure by figure."""
    return [rng.choice((" ", ", ")).join("".join(groups))]


def misheard(groups: Groups, rng: Random) -> Pieces:
    """One digit wrong, missing or too many: the check digit no longer fits."""
    last = groups[-1]
    wrong = (int(last[-1]) + rng.randrange(1, 10)) % 10
    last = rng.choice((f"{last[:-1]}{wrong}", last[:-1], f"{last}{wrong}"))
    return singly((*groups[:-1], last), rng)


type Form = Callable[[Groups, Random], Pieces]

FORMS: Mapping[str, Form] = {
    "written": written,
    "digits in words": singly,
    "double": doubled,
    "tens": by_tens,
    "fillers": filled,
    "correction": corrected,
    "turns": in_turns,
    "mixed": mixed,
    "spaced figures": spaced,
}
NHS_FORMS: Mapping[str, Form] = {**FORMS, "misheard": misheard}
TELEPHONE_FORMS: Mapping[str, Form] = {**FORMS, "international": international}


def _any_way(groups: Groups, rng: Random) -> list[str]:
    nought = rng.choice(words.NOUGHTS)
    way = rng.choice((words.singly, words.doubled, words.by_tens))
    return [way(group, nought) for group in groups]
