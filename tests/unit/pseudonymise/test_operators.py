"""deid.pseudonymise.operators: what stands in the place of each kind of find."""

import re

import pytest

from deid.pseudonymise import Replacement, replacement
from deid.pseudonymise.operators import TAGS
from deid.settings import Operator
from deid.settings.models import ALLOWED
from deid.transcript import EntityType


def told(entity_type: EntityType, operator: Operator, said: str) -> str | None:
    """The words of a replacement, or None where the find is kept."""
    new = replacement(entity_type, operator, said, pseudonym="[Person 1]")
    return new.text if new else None


def test_there_is_one_tag_for_each_type() -> None:
    """No type is without its tag, and tags are brackets around words that tell the kind."""
    assert set(TAGS) == set(EntityType)
    assert len(set(TAGS.values())) == len(TAGS)
    assert all(re.fullmatch(r"\[[A-Za-z&][A-Za-z&' -]+\]", tag) for tag in TAGS.values())


@pytest.mark.parametrize("operator", Operator)
@pytest.mark.parametrize("entity_type", EntityType)
def test_every_operator_answers_for_every_type(entity_type: EntityType, operator: Operator) -> None:
    """Whatever a policy may ask, the answer is text that is not empty, or to keep."""
    new = replacement(entity_type, operator, "nonsense", pseudonym="[Person 1]")
    if operator is Operator.KEEP:
        assert new is None
    elif new is not None:
        assert new.text.strip()
        assert new.operator is operator


def test_a_pseudonym_is_written_and_noted() -> None:
    """The pseudonym stands in the text and in the redaction; a tag has none to note."""
    new = replacement(EntityType.PERSON, Operator.PSEUDONYM, "Sarah", pseudonym="[Nurse 2]")
    assert new == Replacement("[Nurse 2]", Operator.PSEUDONYM, "[Nurse 2]")
    tag = replacement(EntityType.PERSON, Operator.TAG, "Sarah", pseudonym="[Nurse 2]")
    assert tag == Replacement("[name]", Operator.TAG, "")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("3 March 2024", "March 2024"),
        ("the third of March, twenty twenty-four", "March 2024"),
        ("March the 3rd 2024", "March 2024"),
        ("03/04/2024", "April 2024"),
        ("3.4.2024", "April 2024"),
        ("2024-04-03", "April 2024"),
        ("the seventeenth of November nineteen ninety-one", "November 1991"),
        ("17 Nov", "November"),
        ("third of March", "March"),
        ("31/12/1999", "December 1999"),
        ("03/04/24", "[date]"),
        ("03/14/2024", "[date]"),
        ("the third", "[date]"),
        ("between 3 March and 4 April", "[date]"),
        ("", "[date]"),
    ],
)
def test_a_calendar_day_becomes_its_month_and_year(said: str, left: str) -> None:
    """Day before month; where no month can be told for sure nothing of the date stays."""
    assert told(EntityType.DATE_TIME, Operator.MONTH_AND_YEAR, said) == left


@pytest.mark.parametrize("day", ["17", "seventeenth", "17th", "three", "3rd"])
def test_nothing_of_the_day_is_left(day: str) -> None:
    """The day is what identifies: it is gone in every form."""
    said = told(EntityType.DATE_TIME, Operator.MONTH_AND_YEAR, f"{day} of March 2024")
    assert said in {"March 2024", "[date]"}


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("89", None),
        ("eighty-nine", None),
        ("seventy six", None),
        ("seventy-six years old", None),
        ("90", "90 or over"),
        ("ninety", "90 or over"),
        ("ninety-three", "90 or over"),
        ("93", "90 or over"),
        ("a hundred and two", "90 or over"),
        ("102", "90 or over"),
        ("eighty-nine, no, ninety", "90 or over"),
        ("as old as the hills", "[age]"),
        ("", "[age]"),
    ],
)
def test_an_age_is_kept_up_to_89_and_no_further(said: str, left: str | None) -> None:
    """89 is kept, 90 is generalised, and an age that cannot be read is not kept."""
    assert told(EntityType.AGE, Operator.TOP_CODE, said) == left


def test_the_policy_s_choices_are_total_and_no_direct_identifier_may_be_kept() -> None:
    """Every type has its choices; only a date and an age have keeping among them."""
    assert set(ALLOWED) == set(EntityType)
    assert all(ALLOWED.values())
    kept = {name for name, choices in ALLOWED.items() if Operator.KEEP in choices}
    assert kept == {EntityType.DATE_TIME, EntityType.AGE}
    assert all(Operator.TAG in choices for choices in ALLOWED.values())
