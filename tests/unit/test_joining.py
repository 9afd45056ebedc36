"""What stands between two masks of one thing is masked with them; other talk is not."""

import pytest

from deid.joining import joins
from deid.transcript import EntityType

STREET, TOWN, NHS = EntityType.STREET_ADDRESS, EntityType.LOCATION, EntityType.UK_NHS
PHONE, MAIL, PERSON = EntityType.PHONE_NUMBER, EntityType.EMAIL_ADDRESS, EntityType.PERSON


@pytest.mark.parametrize(
    ("one", "other", "between"),
    [
        (STREET, TOWN, ", um, "),
        (STREET, TOWN, " in "),
        (STREET, STREET, ", just off the "),
        (STREET, STREET, ", uh, what's it called, "),
        (TOWN, STREET, ", hang on, "),
        (NHS, NHS, " (unclear) "),
        (NHS, NHS, ", oh no, "),
        (PHONE, PHONE, " is the code, then "),
        (MAIL, MAIL, ", the at symbol, "),
    ],
)
def test_joined(one: EntityType, other: EntityType, between: str) -> None:
    """Fillers, corrections and what leads on."""
    assert joins(one, other, between)


@pytest.mark.parametrize(
    ("one", "other", "between"),
    [
        (STREET, TOWN, ". Um, "),
        (STREET, TOWN, ", "),
        (STREET, STREET, " and then we moved to "),
        (TOWN, TOWN, " in "),
        (PERSON, PERSON, ", no, "),
        (NHS, PHONE, ", um, "),
        (PHONE, PHONE, ", and my wife's is "),
        (NHS, NHS, " and "),
        (PHONE, PHONE, ", and then "),
    ],
)
def test_not_joined(one: EntityType, other: EntityType, between: str) -> None:
    """Another sentence, another thing, or words that tell something."""
    assert not joins(one, other, between)
