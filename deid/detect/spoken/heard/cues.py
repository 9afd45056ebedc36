"""Cues: the words near which a number, a date or a letter is an identifier of one kind.

Phrases come from ``deid/data/spoken_cues.yaml`` and, for hospital numbers, from the trust's
settings. Cues are found by token, so that they cost nothing where their first word is absent.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from deid.detect.spoken.heard.lexicon import CUE, data, phrases
from deid.detect.spoken.heard.words import BREAK, LINE, Words


class CueKind(StrEnum):
    """The keys of ``spoken_cues.yaml``."""

    NHS = "nhs"
    CHI = "chi"
    HSC = "hsc"
    PHONE = "phone"
    EXTENSION = "extension"
    CARD = "card"
    BANK = "bank"
    RECORD = "record"
    NINO = "nino"
    GMC = "gmc"
    NMC = "nmc"
    HCPC = "hcpc"
    STAFF = "staff"
    VEHICLE = "vehicle"
    POSTCODE = "postcode"
    ADDRESS = "address"
    BIRTH = "birth"
    AGE = "age"
    EMAIL = "email"
    HANDLE = "handle"
    NAME = "name"
    NUMBER = "number"
    IDENT = "ident"
    ACCESS = "access"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: its tokens, half-open."""

    kind: CueKind
    first: int
    last: int


type Table = dict[str, list[tuple[tuple[str, ...], CueKind]]]


@cache
def table(record_cues: tuple[str, ...] = ()) -> Table:
    """First word -> phrases with their kind, longest first. ``record_cues`` are added ones."""
    made: Table = {}
    for kind in CueKind:
        entries = [*data("cues")[kind], *(record_cues if kind is CueKind.RECORD else ())]
        for head, said in phrases(entries).items():
            made.setdefault(head, []).extend((phrase, kind) for phrase in said)
    for alternatives in made.values():
        alternatives.sort(key=lambda each: -len(each[0]))
    return made


class Cues:
    """All cues of a text by kind, for look-ups of the nearest."""

    def __init__(self, words: Words, cue_table: Table) -> None:
        """Find them; one phrase may be a cue of several kinds."""
        self._words = words
        self._by_kind: dict[CueKind, list[Cue]] = {kind: [] for kind in CueKind}
        for cue in _find(words, cue_table):
            self._by_kind[cue.kind].append(cue)
        self._firsts = {
            kind: [cue.first for cue in cues] for kind, cues in self._by_kind.items() if cues
        }
        self._lasts = {
            kind: [cue.last for cue in cues] for kind, cues in self._by_kind.items() if cues
        }

    def of(self, kind: CueKind) -> list[Cue]:
        """All cues of a kind, in order."""
        return self._by_kind[kind]

    def before(self, kind: CueKind, token: int, *, reach: int) -> int | None:
        """Tokens between the nearest cue that ends at or before ``token`` and it, if in reach."""
        lasts = self._lasts.get(kind)
        if lasts is None:
            return None
        place = bisect_right(lasts, token) - 1
        if place < 0 or token - lasts[place] > reach:
            return None
        return token - lasts[place]

    def after(self, kind: CueKind, token: int, *, reach: int) -> int | None:
        """Tokens between ``token`` and the nearest cue of its turn that begins there or later."""
        firsts = self._firsts.get(kind)
        if firsts is None:
            return None
        place = bisect_left(firsts, token)
        if place == len(firsts) or firsts[place] - token > reach:
            return None
        if any(self._words.gap(each) == LINE for each in range(token, firsts[place] + 1)):
            return None
        return firsts[place] - token

    def near(self, kind: CueKind, first: int, last: int, *, reach: int, ahead: int = 6) -> bool:
        """Whether a cue stands within ``reach`` before ``first`` or ``ahead`` after ``last``."""
        if self.before(kind, first, reach=reach) is not None:
            return True
        return bool(ahead) and self.after(kind, last, reach=ahead) is not None

    def nearest(
        self, kinds: tuple[CueKind, ...], first: int, last: int, *, reach: int, ahead: int = 5
    ) -> CueKind | None:
        """The kind whose cue is nearest; what stands before counts rather than what follows."""
        best: tuple[float, CueKind] | None = None
        for kind in kinds:
            distance: float | None = self.before(kind, first, reach=reach)
            if (
                ahead
                and distance is None
                and (behind := self.after(kind, last, reach=ahead)) is not None
            ):
                distance = behind + reach / 2
            if distance is not None and (best is None or distance < best[0]):
                best = (distance, kind)
        return None if best is None else best[1]


def _in_hand(tokens: list[str], token: int) -> bool:
    """Whether "phone" is the thing and no number of it: "it's in my phone", "on the phone"."""
    return token > 1 and tokens[token - 1] in _ITS and tokens[token - 2] in _UPON


_ITS = frozenset({"my", "the", "your", "his", "her", "this", "a", "our", "me"})
_UPON = frozenset(
    {"in", "on", "off", "from", "with", "up", "into", "onto", "over", "down", "through"}
)


def _find(words: Words, cue_table: Table) -> Iterator[Cue]:
    tokens, free = words.words, dict.fromkeys(CueKind, 0)
    for token, kind_bits in enumerate(words.kinds):
        if not kind_bits & CUE:
            continue
        head = tokens[token]
        for phrase, kind in cue_table.get(head) or cue_table[head.removesuffix("'s")]:
            last = token + len(phrase)
            if kind is CueKind.PHONE and phrase == ("phone",) and _in_hand(tokens, token):
                continue
            if free[kind] <= token and (len(phrase) == 1 or _said(tokens[token:last], phrase)):
                if phrase == ("h", "c") and words.gap(token + 1) != BREAK:
                    continue  # "H&C", and no letters that are spelt
                free[kind] = last
                yield Cue(kind, token, last)


def _said(tokens: list[str], phrase: tuple[str, ...]) -> bool:
    """Whether the tokens are the phrase, its last word possibly with "'s" or in the plural."""
    if len(tokens) != len(phrase):
        return False
    if tuple(tokens[:-1]) != phrase[:-1]:
        return False
    last = phrase[-1]
    return (
        tokens[-1] == last
        or tokens[-1].removesuffix("'s") == last
        or (last == "number" and tokens[-1] == "numbers")
    )
