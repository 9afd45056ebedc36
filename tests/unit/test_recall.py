"""deid.recall: a distinctive name of one transcript is masked in the next, an ordinary one not."""

import pytest

from deid.recall import StudyMemory
from deid.transcript import EntityType, Transcript, Turn

COMMON = frozenset({"will", "rose", "hope", "house", "surgery", "northern", "general", "thursday"})


def remembered(originals: list[tuple[EntityType, str]], text: str) -> list[str]:
    """What of a text is masked by a study that replaced these originals before."""
    memory = StudyMemory(COMMON.__contains__)
    memory.learn(originals)
    found = memory.detections(Transcript((Turn(0, text),), "txt"))
    masked = {place for each in found for place in range(each.place.start, each.place.end)}
    shown = "".join(char if place in masked else "|" for place, char in enumerate(text))
    return [piece for piece in shown.split("|") if piece]


@pytest.mark.parametrize(
    ("original", "text", "masked"),
    [
        ("Philippa Oyelaran", "with philippa oyelaran", ["philippa oyelaran"]),
        ("Philippa Oyelaran", "and Philippa", ["Philippa"]),
        ("Philippa Oyelaran", "an oyelaran", ["oyelaran"]),
        ("Will", "then Will came", []),
        ("Ann", "then Ann came", []),
        ("Kenji", "then Kenji came", []),
        ("Desmond", "then Desmond's knee", ["Desmond"]),
        ("Hope House", "at Hope House", []),
        ("Rose Oyelaran", "then Rose came", []),
    ],
)
def test_only_distinctive_names_are_carried_over(
    original: str, text: str, masked: list[str]
) -> None:
    """Several telling words or one rare long one: a short or ordinary name says nothing."""
    assert remembered([(EntityType.PERSON, original)], text) == masked


def test_a_body_of_everyday_words_is_carried_over_with_its_capitals() -> None:
    """The leak check looks for them as well, and would withhold what the memory left standing."""
    known = [(EntityType.ORGANIZATION, "Hope House")]
    assert remembered(known, "Hope House, he said") == ["Hope House"]
    assert remembered(known, "we hope house prices fall; Hope alone") == []


def test_ages_and_dates_are_forgotten() -> None:
    """What is said of one day or age is nobody's elsewhere."""
    forgotten = [
        (EntityType.AGE, "ninety-three"),
        (EntityType.DATE_TIME, "seventeenth November"),
        (EntityType.DATE_OF_BIRTH, "seventeenth April sixty-one"),
    ]
    text = "ninety-three, seventeenth November, seventeenth April sixty-one"
    assert remembered(forgotten, text) == []


def test_an_empty_memory_finds_nothing() -> None:
    """A new study knows nobody."""
    assert remembered([], "Philippa Oyelaran") == []


def test_the_first_kind_learnt_stays() -> None:
    """What is learnt later does not change what the same words were called first."""
    memory = StudyMemory(COMMON.__contains__)
    memory.learn([(EntityType.PERSON, "Bramhall")])
    memory.learn([(EntityType.LOCATION, "Bramhall")])
    (found,) = memory.detections(Transcript((Turn(0, "in Bramhall"),), "txt"))
    assert (found.entity_type, found.recogniser, found.rule) == (
        EntityType.PERSON,
        "recall",
        "study",
    )
