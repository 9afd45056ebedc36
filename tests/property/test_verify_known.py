"""The study's values by fingerprint find what an automaton of all their forms finds, no less.

Originals of one transcript are searched for by automata over all of their forms, which makes them
the oracle: the same values given as the study's have to be found in the same places.
"""

from collections import Counter
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from deid.transcript import EntityType
from deid.verify import Match, Scope, Searcher, SearchValue, Source
from deid.verify.forms import forms
from deid.verify.lexicon import Lexicon, common_word
from deid.verify.values import Stream

LEXICON = Lexicon(common_word, common_word, frozenset(), frozenset())
KEPT = ("Parkinson's disease", "hope house road")

_PIECES = st.sampled_from(
    (
        *("Siobhan", "Hargreaves", "O'Dwyer", "\u0141ukasz", "Will", "Hope", "house", "Ross"),
        *("Jess", "Parkinson", "St", "Achterberg", "Achterburg", "Katherine", "Catherine", "Road"),
        *("14", "of", "07700", "900123", "999", "0000018", "BS16", "1QU", "m.traba@example.org"),
        *("Tremletts", "nine", "hundred", "double", "four", "5", "April", "1973", "\ufdfa", "s"),
        *("es", "\x01", "a", "Wolfeschlegelsteinhausenbergerdorff", "\u00df\u0130x"),
        "\u0645\u062d\u0645\u062f",
    )
)
_JOINTS = st.sampled_from([" ", "", "-", ", ", ". ", "'", "/", "  "])
_ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@st.composite
def _texts(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(_PIECES | _ANY, min_size=1, max_size=5))
    return "".join(piece + draw(_JOINTS) for piece in pieces)


_VALUES = st.lists(
    st.builds(
        SearchValue, _texts(), st.sampled_from(EntityType), st.sampled_from(Source),
        st.sampled_from(Scope),
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip


def _betraying(draw: st.DrawFn, value: SearchValue) -> str:
    """Something that one of the value's forms says, put another way."""
    patterns = [
        str(form.pattern) for form in forms(value, LEXICON) if form.stream is not Stream.BYTES
    ]
    said = draw(st.sampled_from([value.text, *patterns]))
    at = draw(st.integers(0, len(said)))
    return draw(
        st.sampled_from(
            (
                *(said, said.upper(), said.title(), " ".join(said), f"{said}s", f"x{said}x"),
                *(f"{said[:at]} {said[at:]}", f"{said[:at]}e{said[at:]}"),
                *(said[:at] + said[at + 1 :], said[:at] + said[at : at + 2][::-1] + said[at + 2 :]),
                said.replace("c", "k"),
            )
        )
    )


@st.composite
def _cases(draw: st.DrawFn) -> tuple[list[SearchValue], list[str]]:
    values = draw(_VALUES)
    cells = [
        draw(_JOINTS).join((draw(_texts()), _betraying(draw, draw(st.sampled_from(values)))))
        for _ in range(draw(st.integers(1, 4)))
    ]
    return values, cells


def _found(matches: Sequence[Match]) -> Counter[tuple[object, ...]]:
    """By place, value and manner; in which of the readings first is all one."""
    return Counter((match.cell, match.form.how, match.form.value) for match in matches)


@settings(max_examples=300)
@given(_cases(), st.integers(0, 8))
def test_no_match_is_lost_and_none_is_added(
    case: tuple[list[SearchValue], list[str]], first: int
) -> None:
    """Whole, by part, spelt, joined, counted, a letter off, sounding alike, in capitals."""
    values, cells = case
    oracle = Searcher([], kept=KEPT).plus(dict.fromkeys(values))
    study = Searcher(values[:first], kept=KEPT).grown(values[first:])
    assert _found([*study.search(cells)]) == _found([*oracle.search(cells)])


@settings(max_examples=200)
@given(_cases(), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]), st.binary(max_size=9))
def test_none_is_lost_in_raw_bytes(
    case: tuple[list[SearchValue], list[str]], encoding: str, before: bytes
) -> None:
    """At any place, in the encodings that a library might use."""
    values, cells = case
    said = "".join([*cells, values[0].text]).encode(encoding, errors="ignore")
    study, oracle = Searcher(values), Searcher([]).plus(dict.fromkeys(values))
    assert _found([*study.search_bytes(before + said)]) == _found(
        [*oracle.search_bytes(before + said)]
    )
    assert study.longest_bytes == oracle.longest_bytes


def test_a_pattern_is_found_on_the_border_of_what_is_told_at_once() -> None:
    """Words and bytes are gone through in parts, which overlap as far as they must."""
    name = "Siobhan Quillfeather"
    searcher = Searcher([SearchValue(name, EntityType.PERSON, Source.REGISTER, Scope.STUDY)])
    for before in (8_190, 8_191, 8_192):
        assert any(searcher.search([f"{'a ' * before}{name}"]))
    for before in range((1 << 16) - len(name), (1 << 16) + 2):
        assert any(searcher.search_bytes(b"\0" * before + name.encode()))


def test_thousands_of_values_are_each_found() -> None:
    """In one shelf or in many, with numbers that go on from one to the next."""
    names = [f"{a}{b}{c}qu" for a in "bdfgk" for b in "aeiou" for c in ("rst", "lmn", "ntz")]
    values = [
        SearchValue(f"{one} {two}", EntityType.PERSON, Source.ORIGINAL, Scope.STUDY)
        for one in names
        for two in names
    ]
    searcher = Searcher(values[:4000])
    for at in range(4000, len(values), 13):
        searcher = searcher.grown(values[at : at + 13])
    for value in (*values[::977], values[3999], values[4000], values[-1]):
        found = {match.form.value.text for match in searcher.search([value.text.upper()])}
        assert value.text in found
