"""deid.resolve: no character uncovered, none covered twice, and no luck in the order of claims."""

from collections.abc import Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from deid.resolve import extend, resolve
from deid.transcript import Annotation, Detection, EntityType, Part, Place, Transcript, Turn

_LETTERS = st.text(
    st.sampled_from("ab Z9-.'\u2019\u00ad\u0301\n") | st.characters(), min_size=1, max_size=24
)
_TURNS = st.lists(st.tuples(_LETTERS, _LETTERS), min_size=1, max_size=3)


@st.composite
def found_in_turns(draw: st.DrawFn) -> tuple[Transcript, list[Detection]]:
    """A transcript of any characters, and claims of any kind anywhere in it."""
    turns = tuple(
        Turn(number, text, speaker) for number, (text, speaker) in enumerate(draw(_TURNS))
    )
    detections = []
    for _ in range(draw(st.integers(0, 8))):
        turn = draw(st.sampled_from(turns))
        part = draw(st.sampled_from(Part))
        length = len(turn.part(part))
        start = draw(st.integers(0, length - 1))
        end = draw(st.integers(start + 1, length))
        detections.append(
            Detection(
                Place(turn.number, part, start, end),
                draw(st.sampled_from(EntityType)),
                draw(st.sampled_from([0.3, 0.6, 0.6, 0.9])),
                draw(st.sampled_from(["ner", "spoken", "register"])),
                draw(st.sampled_from(["one", "two"])),
            )
        )
    return Transcript(turns, "txt"), detections


def covered(found: Sequence[Detection] | Sequence[Annotation]) -> list[tuple[int, Part, int]]:
    """Every character that is covered, as often as it is."""
    return [
        (each.place.turn, each.place.part, offset)
        for each in found
        for offset in range(each.place.start, each.place.end)
    ]


def never(_word: str) -> bool:
    """No word is ordinary: the widest repeating."""
    return False


@given(found_in_turns())
def test_no_letter_or_digit_that_was_claimed_is_uncovered(
    case: tuple[Transcript, list[Detection]],
) -> None:
    """Every letter and digit of every claim is in an annotation, whatever else was claimed."""
    transcript, detections = case
    masked = set(covered(resolve(transcript, detections, is_common=never)))
    for turn, part, offset in covered(detections):
        if transcript.turns[turn].part(part)[offset].isalnum():
            assert (turn, part, offset) in masked


@given(found_in_turns())
def test_a_claim_with_a_letter_in_it_is_covered_to_its_last_character(
    case: tuple[Transcript, list[Detection]],
) -> None:
    """A claim that stands alone is annotated whole, punctuation and invisible characters too."""
    transcript, detections = case
    for detection in detections[:1]:
        place = detection.place
        text = transcript.turns[place.turn].part(place.part)
        if any(map(str.isalnum, text[place.start : place.end])):
            masked = set(covered(resolve(transcript, [detection], is_common=never)))
            assert set(covered([detection])) <= masked


@given(found_in_turns())
def test_annotations_are_disjoint_and_in_file_order(
    case: tuple[Transcript, list[Detection]],
) -> None:
    """No character has two annotations; labels come before texts, turns in their order."""
    transcript, detections = case
    annotations = resolve(transcript, detections, is_common=never)
    characters = covered(annotations)
    assert len(characters) == len(set(characters))
    keys = [
        (each.place.turn, each.place.part is Part.TEXT, each.place.start) for each in annotations
    ]
    assert keys == sorted(keys)


@given(found_in_turns(), st.randoms())
def test_the_order_of_claims_decides_nothing(
    case: tuple[Transcript, list[Detection]], random: Random
) -> None:
    """The same claims in another order give the same annotations, rules and scores included."""
    transcript, detections = case
    shuffled = list(detections)
    random.shuffle(shuffled)
    first = resolve(transcript, detections, is_common=never)
    assert resolve(transcript, shuffled, is_common=never) == first


@given(found_in_turns())
def test_no_annotation_cuts_a_word(case: tuple[Transcript, list[Detection]]) -> None:
    """An annotation's neighbours are no letters of the same word, unless another covers them."""
    transcript, detections = case
    annotations = resolve(transcript, detections, is_common=never)
    masked = set(covered(annotations))
    for each in annotations:
        place = each.place
        text = transcript.turns[place.turn].part(place.part)
        for inside, beside in ((place.start, place.start - 1), (place.end - 1, place.end)):
            if 0 <= beside < len(text) and text[inside].isalnum() and text[beside].isalnum():
                assert (place.turn, place.part, beside) in masked


@given(found_in_turns(), st.data())
def test_what_was_covered_stays_covered_when_more_is_found(
    case: tuple[Transcript, list[Detection]], data: st.DataObject
) -> None:
    """Whatever the study's memory adds, it takes nothing away, and all stays disjoint."""
    transcript, detections = case
    cut = data.draw(st.integers(0, len(detections)))
    first = resolve(transcript, detections[:cut], is_common=never)
    both = extend(transcript, first, detections[cut:])
    masked = covered(both)
    assert len(masked) == len(set(masked))
    for turn, part, offset in covered(first):
        if transcript.turns[turn].part(part)[offset].isalnum():
            assert (turn, part, offset) in set(masked)


@given(found_in_turns())
def test_taking_in_nothing_changes_nothing(case: tuple[Transcript, list[Detection]]) -> None:
    """Annotations taken in again are the same annotations."""
    transcript, detections = case
    first = resolve(transcript, detections, is_common=never)
    assert extend(transcript, first, []) == first
