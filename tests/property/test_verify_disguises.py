"""However a name is disguised in writing, the leak check finds it, and nothing makes it fail."""

import string
import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from deid.transcript import EntityType
from deid.verify import Scope, Searcher, SearchValue, Source
from deid.verify.lexicon import common_word

_WORD = st.text(string.ascii_lowercase, min_size=5, max_size=12)
_ACCENTS = st.sampled_from(["", "\u0301", "\u0308", "\u00ad", "\u200b"])
_BETWEEN = st.sampled_from([" ", "-", "  ", ", ", "\n", "\u00a0", "_", "/", "."])
_AROUND = st.sampled_from(["", " ", "\u201c", "(", "quiet ", "quiet\n", "- "])
_ANY = st.text(st.characters(exclude_categories=["Cs"]))


def searcher(name: str) -> Searcher:
    """Looks for one name of the register."""
    return Searcher([SearchValue(name, EntityType.PERSON, Source.REGISTER, Scope.STUDY)])


@given(_WORD, _WORD, st.data())
def test_case_accents_and_punctuation_hide_nothing(
    given_: str, family: str, data: st.DataObject
) -> None:
    """Each letter in either case, with or without an accent or an invisible character."""
    assume(not common_word(given_) and not common_word(family))
    disguised = []
    for word in (given_, family):
        letters = [
            (c.upper() if data.draw(st.booleans()) else c) + data.draw(_ACCENTS) for c in word
        ]
        disguised.append(
            unicodedata.normalize(data.draw(st.sampled_from(["NFC", "NFD"])), "".join(letters))
        )
    text = data.draw(_AROUND) + data.draw(_BETWEEN).join(disguised) + data.draw(_AROUND)
    assert any(searcher(f"{given_} {family}").search(["quiet", text]))


@given(st.lists(_ANY, max_size=6), _WORD)
def test_any_text_can_be_searched(cells: list[str], name: str) -> None:
    """Whatever characters a transcript holds, a match is in a cell that exists."""
    matches = list(searcher(name).search([*cells, f"by {name} herself"]))
    assert all(0 <= match.cell <= len(cells) for match in matches)
    assert common_word(name) or len(cells) in {match.cell for match in matches}


@given(_ANY)
def test_any_value_can_be_searched_for(text: str) -> None:
    """A strange register entry never stops the check; found or too little to say, it answers."""
    for kind in EntityType:
        for scope in Scope:
            value = SearchValue(text, kind, Source.ORIGINAL, scope)
            assert list(Searcher([value]).search(["quiet"])) == [] or "quiet" in text.casefold()
