"""Which of several claims names a stretch: the strongest, unless a weaker one names the whole."""

import pytest

from deid.resolve import resolve
from deid.transcript import Detection, EntityType, Part, Place, Transcript, Turn

TEXT = "Here in Great James Street, mail jade dot okafor, born 3 May 1960."
PERSON, STREET = EntityType.PERSON, EntityType.STREET_ADDRESS
EMAIL, BORN, DAY = EntityType.EMAIL_ADDRESS, EntityType.DATE_OF_BIRTH, EntityType.DATE_TIME


def claim(words: str, entity_type: EntityType, score: float) -> Detection:
    """A claim on the words where they first stand."""
    start = TEXT.index(words)
    place = Place(0, Part.TEXT, start, start + len(words))
    return Detection(place, entity_type, score, "test", "test")


def resolved(*claims: Detection) -> list[tuple[str, EntityType]]:
    """The words and type of each annotation."""
    found = resolve(Transcript((Turn(0, TEXT),), "txt"), claims, is_common=lambda _: True)
    return [(TEXT[each.place.start : each.place.end], each.entity_type) for each in found]


@pytest.mark.parametrize(
    ("weaker", "told"),
    [
        (claim("Great James Street", STREET, 0.6), [("Great James Street", STREET)]),
        (claim("Here in Great James", STREET, 0.6), [("Here in Great James Street", PERSON)]),
        (claim("James Street", STREET, 0.6), [("James Street", PERSON)]),
    ],
)
def test_a_name_within_a_name(weaker: Detection, told: list[tuple[str, EntityType]]) -> None:
    """A street named after somebody is a street; of claims that cross, the stronger one decides."""
    assert resolved(claim("James Street", PERSON, 0.8), weaker) == told


def test_a_date_within_a_date() -> None:
    """The longer claim says nothing about what the day is."""
    claims = claim("3 May 1960", BORN, 0.9), claim("born 3 May 1960", DAY, 0.5)
    assert resolved(*claims) == [("born 3 May 1960", BORN)]


@pytest.mark.parametrize("score", [0.8, 0.99])
def test_a_name_within_an_address(score: float) -> None:
    """An e-mail address is one thing, however sure its parts are names; a name alone is a name."""
    claims = claim("okafor", PERSON, score), claim("jade dot okafor", EMAIL, 0.96)
    assert resolved(*claims) == [("jade dot okafor", EMAIL)]
    alone = claim("okafor", PERSON, 0.99), claim("okafor", EMAIL, 0.9)
    assert resolved(*alone) == [("okafor", PERSON)]


def test_a_word_of_the_alphabet_within_a_number() -> None:
    """One number it is, whoever else is called Mike; a name beside figures stays a name."""
    text = "It's Mike four six two. Ask Jade, four six two."
    number, name = text.index("Mike"), text.index("Jade")

    def at(start: int, end: int, kind: EntityType, score: float) -> Detection:
        return Detection(Place(0, Part.TEXT, start, end), kind, score, "test", "test")

    claims = [
        at(number, number + len("Mike four six two"), EntityType.MEDICAL_RECORD, 0.6),
        at(number, number + len("Mike"), PERSON, 0.9),
        at(name, name + len("Jade, four six two"), EntityType.MEDICAL_RECORD, 0.6),
        at(name, name + len("Jade"), PERSON, 0.9),
    ]
    found = resolve(Transcript((Turn(0, text),), "txt"), claims, is_common=lambda _: True)
    told = [(text[each.place.start : each.place.end], each.entity_type) for each in found]
    assert told[:2] == [("Mike four six two", EntityType.MEDICAL_RECORD), ("Jade", PERSON)]


def test_an_address_takes_in_what_leads_on_to_its_town() -> None:
    """The town keeps its own mask; "in" between a street and its town tells nothing to keep."""
    text = "It's 6 Tanyard Lane in Frome, and she was in Frome."
    found = resolve(
        Transcript((Turn(0, text),), "test"),
        [
            Detection(Place(0, Part.TEXT, 5, 19), STREET, 0.9, "test", "test"),
            Detection(Place(0, Part.TEXT, 23, 28), EntityType.LOCATION, 0.9, "test", "test"),
        ],
        is_common=lambda _: False,
    )
    told = [text[each.place.start : each.place.end] for each in found]
    assert told == ["6 Tanyard Lane in", "Frome", "Frome"]


def test_a_place_by_an_ordinary_word_is_masked_again_where_it_has_a_capital() -> None:
    """As a person's name is, so that the check after writing finds none of it left."""
    text = "If I see you up the Law. I was doing the Law, and the law is the law."
    first = Detection(Place(0, Part.TEXT, 20, 23), EntityType.LOCATION, 0.7, "test", "test")
    found = resolve(Transcript((Turn(0, text),), "test"), [first], is_common=lambda _: True)
    assert [each.place.start for each in found] == [20, 41]
