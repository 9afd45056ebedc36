"""What counts as caught, as right, as needless, and as neither."""

import pytest

from deid.evaluate import GoldError
from deid.evaluate.measure import measure
from deid.evaluate.scores import Slice, SystemScore
from deid.evaluate.values import GoldLabel, Item, PredictedSpan

from .made import gold, item, predicted

TEXT = "Jo: I saw Dr Ann Lee on 3 May, Lee's lot, she's 50, in Wales with Bob or so"
ANN = gold(TEXT, "Ann Lee", form="full", origin="english")
AGE = gold(TEXT, "50", GoldLabel.AGE)
WALES = gold(TEXT, "Wales", GoldLabel.COUNTRY)
BOB = gold(TEXT, "Bob", GoldLabel.UNSURE)


def score(one: Item, *spans: PredictedSpan) -> SystemScore:
    """One item's score."""
    return measure("ours", [one], [spans])


@pytest.mark.parametrize(
    ("words", "label", "caught"),
    [
        (["Ann Lee"], "PERSON", 1),
        (["Dr Ann Lee on"], "LOCATION", 1),
        (["Ann", "Lee"], "PERSON", 1),
        (["Ann"], "PERSON", 0),
        (["nn Lee"], "PERSON", 0),
        ([], "PERSON", 0),
    ],
)
def test_caught_is_every_word_masked_by_whatever_type(
    words: list[str], label: str, caught: int
) -> None:
    """Half a name is a name; a wrong type hides as well as a right one."""
    result = score(item(TEXT, ANN), *(predicted(TEXT, word, label) for word in words))
    mentions = result.types[GoldLabel.PERSON].mentions
    assert (mentions.caught, mentions.total) == (caught, 1)


@pytest.mark.parametrize("name", ["Lee's", "Lee\N{RIGHT SINGLE QUOTATION MARK}s", "LEE'S"])
def test_a_possessive_ending_may_stay(name: str) -> None:
    """It tells nothing."""
    text = f"That is {name} chair"
    result = score(item(text, gold(text, name)), predicted(text, name[:3]))
    assert result.types[GoldLabel.PERSON].mentions.caught == 1


def test_precision_counts_overlap_with_gold_that_counts_as_the_label() -> None:
    """A name in a speaker label is a person found; a drug taken for a person is not."""
    speaker = gold(TEXT, "Jo", GoldLabel.SPEAKER)
    result = score(
        item(TEXT, speaker, ANN),
        predicted(TEXT, "Jo"),
        predicted(TEXT, "Dr Ann"),
        predicted(TEXT, "with"),
        predicted(TEXT, "Lee", "LOCATION"),
    )
    person, place = result.types[GoldLabel.PERSON], result.types[GoldLabel.LOCATION]
    assert (person.right, person.useful, person.predicted) == (2, 2, 3)
    assert (place.right, place.useful, place.predicted) == (0, 1, 1)
    assert place.mentions.total == 0


def test_neutral_gold_is_neither_right_nor_wrong_nor_needless() -> None:
    """AGE, COUNTRY and UNSURE words may be masked or not, as the policy says."""
    result = score(
        item(TEXT, AGE, WALES, BOB),
        predicted(TEXT, "50"),
        predicted(TEXT, "Wales", "LOCATION"),
        predicted(TEXT, "Bob"),
    )
    assert result.removed == 0
    assert all(one.predicted == 0 for one in result.types.values())
    assert GoldLabel.UNSURE not in result.types
    assert result.types[GoldLabel.AGE].mentions.caught == 1


def test_a_missed_unsure_span_is_not_missed() -> None:
    """UNSURE is never scored."""
    result = score(item(TEXT, BOB))
    assert result.missed == ()
    assert result.direct.total == 0


def test_needless_words_are_those_under_predictions_that_touch_no_gold() -> None:
    """A mask that reaches past an identifier is counted apart."""
    result = score(
        item(TEXT, ANN), predicted(TEXT, "saw Dr Ann Lee"), predicted(TEXT, "3 May", "DATE_TIME")
    )
    assert result.words == len(TEXT.split())
    assert result.plain_words == result.words - 2
    assert (result.removed, result.spilt) == (2, 2)
    assert [one.text for one in result.needless] == ["3 May"]


def test_only_words_with_a_letter_or_digit_are_words() -> None:
    """A dash between spaces is not said."""
    result = score(
        item(
            "well - yes ...",
        )
    )
    assert (result.words, result.plain_words) == (2, 2)


def test_missed_per_10000_counts_direct_identifiers_alone() -> None:
    """A kept age or an employer's name is measured, but it is no leak of a direct identifier."""
    org = gold(TEXT, "lot", GoldLabel.ORG)
    result = score(item(TEXT, ANN, AGE, org))
    assert (result.direct.caught, result.direct.total) == (0, 1)
    assert result.missed_per_10000 == pytest.approx(10_000 / result.words)
    assert [one.text for one in result.missed] == ["Ann Lee", "50", "lot"]


def test_recall_is_cut_by_every_axis_that_is_stated() -> None:
    """An axis that a file does not state makes no row."""
    one = item(TEXT, ANN, source="trust", format="vtt", case="lower")
    cuts = score(one, predicted(TEXT, "Ann Lee")).slices
    person = GoldLabel.PERSON
    assert set(cuts) == {
        Slice("source", "trust", person),
        Slice("format", "vtt", person),
        Slice("case", "lower", person),
        Slice("form", "full", person),
        Slice("origin", "english", person),
        Slice("origin and case", "english, lower", person),
    }
    assert all((cut.caught, cut.total) == (1, 1) for cut in cuts.values())
    assert score(item(TEXT, gold(TEXT, "Bob"))).slices == {}


def test_a_label_of_no_table_masks_but_has_no_row() -> None:
    """A recogniser that a trust added itself still hides what it hides."""
    result = score(item(TEXT, ANN), predicted(TEXT, "Ann Lee", "OUR_OWN"))
    assert list(result.types) == [GoldLabel.PERSON]
    assert result.types[GoldLabel.PERSON].mentions.caught == 1


def test_a_system_answers_every_item_within_its_text() -> None:
    """A short answer or a span past the end stops the run, naming the item by number."""
    with pytest.raises(GoldError, match="0 answers for 1 items"):
        measure("ours", [item(TEXT)], [])
    with pytest.raises(GoldError, match="item 1: a predicted span lies outside"):
        score(item(TEXT), PredictedSpan(0, len(TEXT) + 1, "PERSON"))


def test_nothing_shows_text_in_repr() -> None:
    """A score that ends up in a log tells no name."""
    result = score(item(TEXT, ANN), predicted(TEXT, "with"))
    assert result.missed
    for value in (item(TEXT, ANN), result, result.missed[0], result.needless[0]):
        assert "Ann" not in repr(value)
        assert "with" not in repr(value)
