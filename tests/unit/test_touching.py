"""deid.touching: whom a changed register may mean, and whom it cannot."""

from pathlib import Path

import pytest

from deid.detect.speech import Speech
from deid.register import Person
from deid.remembered import people_of, stored
from deid.touching import Touching
from deid.transcript import Transcript, Turn
from deid.vault import Original


def _person(reference: str = "P01", **told: object) -> Person:
    plain = {
        "role": "participant",
        "given": ("Zebedee",),
        "family": "Quillfeather",
        "aliases": (),
        "identifiers": {},
        "places": (),
    }
    return Person(reference=reference, **{**plain, **told})  # type: ignore[arg-type] # as told


def _touching(before: list[Person], after: list[Person]) -> Touching:
    return Touching.between(before, after, is_common=lambda word: word in {"table", "rose"})


def _speech(*texts: str) -> Speech:
    turns = tuple(Turn(number=number, speaker="", text=text) for number, text in enumerate(texts))
    return Speech.of(Transcript(format="txt", turns=turns))


def test_only_what_differs_counts() -> None:
    """Entries as they were and as they are; the same entry in another place is the same."""
    kept, old, new = _person("P01"), _person("P02"), _person("P02", aliases=("Zeb",))
    gone, added = _person("P03"), _person("P04")
    touching = _touching([kept, old, gone], [added, new, kept])
    assert set(map(id, touching.changed.people)) == set(map(id, (old, new, gone, added)))


@pytest.mark.parametrize(
    ("text", "touched"),
    [
        ("That was Zebedee, I think.", True),
        ("that was quillfeather's idea", True),
        ("My number is 07700 900123.", True),
        ("Write to zeb@example.org then.", True),
        ("I walked to Larkspur Close.", True),
        ("Nobody of that name was there.", False),
    ],
)
def test_raw_text_is_searched_as_detection_does(text: str, *, touched: bool) -> None:
    """Names in any case, identifiers and places of a changed entry."""
    identifiers = {"telephone": "07700 900123", "email": "zeb@example.org"}
    changed = _person(identifiers=identifiers, places=("Larkspur Close",))
    assert _touching([], [changed]).raw(_speech("Hello.", text)) is touched


@pytest.mark.parametrize(
    ("said", "touched"),
    [
        ("Zebedee", True),
        ("Dr Quillfeather's", True),
        ("Quillfether", True),
        ("Z", True),
        ("Siobhan Thistlewood", False),
    ],
)
def test_what_was_replaced_may_be_a_changed_entry(said: str, *, touched: bool) -> None:
    """By whole name, part, sound or initial."""
    originals = [Original("t-00000001", "PERSON", said)]
    assert _touching([], [_person()]).replaced(originals, ()) is touched


def test_whom_a_transcript_has_from_the_register_counts() -> None:
    """A changed entry touches where it already stands, however it was called there."""
    touching = _touching([_person(role="nurse")], [_person()])
    assert touching.replaced((), {"P01"})
    assert not touching.replaced((), {"P02"})


def test_what_cannot_be_read_back_counts(tmp_path: Path) -> None:
    """In doubt a transcript is done again."""
    touching = _touching([], [_person()])
    assert touching.written([tmp_path / "absent.parquet"], root=tmp_path)


def test_a_remembered_register_is_the_same_register() -> None:
    """Through the vault and back, nothing differs, so nothing is touched."""
    people = [_person(aliases=("Zeb",), identifiers={"email": "z@example.org"}, places=("Yate",))]
    held = _touching(people, [])
    assert list(people_of(stored(held.changed))) == people
