"""deid.decisions: a person's word is stronger than any recogniser's."""

from datetime import UTC, datetime

import pytest

from deid.decisions import Decided, Decision, Decisions, Kind, Reach, is_decided
from deid.transcript import Annotation, EntityType, Part, Place, Transcript, Turn

ORDINARY = frozenset({"hope", "will", "the", "and", "mark"})
TEXTS = (
    "I asked Persil and Hope.",
    "We hope that Hope will come, and Persil too.",
    "Oyelaran said so. So did oyelaran.",
)
ID = "t-0123456789abcdef"
OTHER = "t-fedcba9876543210"


def transcript(*texts: str) -> Transcript:
    """Turns of these texts."""
    return Transcript(tuple(Turn(number, text) for number, text in enumerate(texts)), "txt")


def place(word: str, turn: int, texts: tuple[str, ...] = TEXTS) -> Place:
    """Where a word first stands in a turn."""
    start = texts[turn].index(word)
    return Place(turn, Part.TEXT, start, start + len(word))


def decision(
    kind: Kind,
    word: str,
    turn: int = 0,
    *,
    reach: Reach = Reach.HERE,
    entity_type: EntityType = EntityType.PERSON,
    identity: int | None = None,
    void: bool = False,
) -> Decision:
    """What a checker decided about a word of the texts above."""
    return Decision(
        id=1,
        at=datetime(2026, 11, 24, tzinfo=UTC),
        account="carl",
        kind=kind,
        reach=reach,
        transcript_id=ID,
        place=place(word, turn),
        entity_type=entity_type,
        text=word,
        identity_id=identity,
        void=void,
    )


def found(word: str, turn: int) -> Annotation:
    """What detection found."""
    return Annotation(place(word, turn), EntityType.PERSON, 0.6, ("ner/PERSON",))


def decided(
    *decisions: Decision,
    annotations: tuple[Annotation, ...] = (),
    transcript_id: str = ID,
    texts: tuple[str, ...] = TEXTS,
) -> Decided:
    """The decisions applied."""
    all_of_them = Decisions(decisions, is_common=ORDINARY.__contains__)
    return all_of_them.on(transcript_id, transcript(*texts), annotations)


def said(result: Decided, texts: tuple[str, ...] = TEXTS) -> list[tuple[int, str]]:
    """What is masked, by turn."""
    return [
        (each.place.turn, texts[each.place.turn][each.place.start : each.place.end])
        for each in result.annotations
    ]


def test_without_decisions_nothing_changes() -> None:
    """Detection's annotations come out as they went in."""
    before = (found("Persil", 0),)
    assert decided(annotations=before) == Decided(before)


def test_a_mask_here_covers_this_place_alone() -> None:
    """The same word elsewhere stays."""
    result = decided(decision(Kind.MASK, "Persil"))
    assert said(result) == [(0, "Persil")]
    assert is_decided(result.annotations[0])
    assert result.annotations[0].score == 1.0


def test_a_mask_over_what_was_found_already_says_both() -> None:
    """The person's word first, and what detection or memory had to say after it."""
    before = (found("Persil", 0),)
    result = decided(decision(Kind.MASK, "Persil"), annotations=before)
    assert [each.rules for each in result.annotations] == [("person/mask-here", "ner/PERSON")]


def test_a_mask_in_the_transcript_covers_every_place() -> None:
    """In every turn, in any case; another transcript has none of it."""
    mask = decision(Kind.MASK, "Oyelaran", 2, reach=Reach.TRANSCRIPT)
    assert said(decided(mask)) == [(2, "Oyelaran"), (2, "oyelaran")]
    assert said(decided(mask, transcript_id=OTHER)) == []


def test_a_mask_in_the_study_covers_other_transcripts() -> None:
    """Whatever the transcript; and the rule says whose word it was."""
    mask = decision(Kind.MASK, "Persil", reach=Reach.STUDY)
    result = decided(mask, transcript_id=OTHER, texts=("Ask Persil.",))
    assert said(result, ("Ask Persil.",)) == [(0, "Persil")]
    assert result.annotations[0].rules == ("person/mask-study",)


def test_an_ordinary_word_marked_as_a_name_is_masked_where_a_name_stands() -> None:
    """With a capital inside a sentence: Hope, never "we hope"."""
    result = decided(decision(Kind.MASK, "Hope", reach=Reach.TRANSCRIPT))
    assert said(result) == [(0, "Hope"), (1, "Hope")]


def test_words_marked_without_capitals_are_masked_wherever_they_stand() -> None:
    """As in captions: the person saw the word in small letters and meant it."""
    result = decided(decision(Kind.MASK, "hope", 1, reach=Reach.TRANSCRIPT))
    assert said(result) == [(0, "Hope"), (1, "hope"), (1, "Hope")]


def test_what_is_kept_stays_however_it_was_found() -> None:
    """Everywhere in the transcript, and the leak check is told."""
    before = (found("Persil", 0), found("Hope", 0), found("Persil", 1))
    keep = decision(Kind.KEEP, "Persil", reach=Reach.TRANSCRIPT)
    result = decided(keep, annotations=before)
    assert said(result) == [(0, "Hope")]
    assert result.kept == {"Persil"}


def test_what_is_kept_here_is_masked_elsewhere() -> None:
    """One place is one place."""
    before = (found("Persil", 0), found("Persil", 1))
    assert said(decided(decision(Kind.KEEP, "Persil"), annotations=before)) == [(1, "Persil")]


def test_of_two_that_contradict_the_mask_wins() -> None:
    """In whichever order they were made."""
    both = [decision(kind, "Persil", reach=Reach.TRANSCRIPT) for kind in (Kind.MASK, Kind.KEEP)]
    for order in (both, both[::-1]):
        assert said(decided(*order)) == [(0, "Persil"), (1, "Persil")]


def test_a_longer_name_is_not_uncovered_by_a_part_that_is_kept() -> None:
    """Only what is exactly the kept words stays."""
    texts = ("I saw Persil Oyelaran.",)
    whole = Annotation(place("Persil Oyelaran", 0, texts), EntityType.PERSON, 0.9, ("ner/PERSON",))
    keep = decision(Kind.KEEP, "Persil", reach=Reach.STUDY)
    assert said(decided(keep, annotations=(whole,), texts=texts), texts) == [(0, "Persil Oyelaran")]


def test_a_mask_whose_place_moved_covers_the_words_wherever_they_are() -> None:
    """A file that was corrected after the decision fails closed."""
    texts = ("Well now.", "And then Persil came.")
    assert said(decided(decision(Kind.MASK, "Persil"), texts=texts), texts) == [(1, "Persil")]


def test_a_decision_taken_back_does_nothing() -> None:
    """It stays on record only."""
    assert said(decided(decision(Kind.MASK, "Persil", void=True))) == []


def test_a_name_is_given_to_somebody_here_or_throughout() -> None:
    """By place in the annotations; the last word counts."""
    before = (found("Persil", 0), found("Hope", 0), found("Persil", 1))
    here = decision(Kind.ASSIGN, "Persil", identity=7)
    assert decided(here, annotations=before).meant == {0: 7}
    throughout = decision(Kind.ASSIGN, "Persil", reach=Reach.TRANSCRIPT, identity=8)
    assert decided(here, throughout, annotations=before).meant == {0: 8, 2: 8}


def test_what_cannot_be_applied_is_refused_at_birth() -> None:
    """No identity for what is kept, none missing where a name is given, none for the study."""
    for kind, reach, identity in (
        (Kind.KEEP, Reach.HERE, 3),
        (Kind.ASSIGN, Reach.HERE, None),
        (Kind.ASSIGN, Reach.STUDY, 3),
    ):
        with pytest.raises(ValueError, match=r"identity|nobody"):
            decision(kind, "Persil", reach=reach, identity=identity)
    assert "Persil" not in repr(decision(Kind.MASK, "Persil"))


def test_another_type_holds_for_the_words_and_uncovers_nothing() -> None:
    """Here or throughout; the person's word stands first among the reasons, detection's after."""
    before = (found("Persil", 0), found("Hope", 0), found("Persil", 1))
    for reach, types in ((Reach.HERE, "LPP"), (Reach.TRANSCRIPT, "LPL")):
        place_of = decision(Kind.RETYPE, "Persil", reach=reach, entity_type=EntityType.LOCATION)
        result = decided(place_of, annotations=before)
        assert "".join(each.entity_type[0] for each in result.annotations) == types
        assert said(result) == [(0, "Persil"), (0, "Hope"), (1, "Persil")]
        rules = dict.fromkeys([f"person/retype-{reach}", "person/retype-here", "ner/PERSON"])
        assert result.annotations[0].rules == tuple(rules)
        assert is_decided(result.annotations[0])


def test_another_type_masks_what_detection_does_not_find_any_more() -> None:
    """Whoever said what it is saw that it is something; of two types the last counts."""
    retypes = [
        decision(Kind.RETYPE, "Persil", reach=Reach.STUDY, entity_type=each)
        for each in (EntityType.UK_NHS, EntityType.LOCATION)
    ]
    for order, type_ in ((retypes, EntityType.LOCATION), (retypes[::-1], EntityType.UK_NHS)):
        result = decided(*order)
        assert said(result) == [(0, "Persil"), (1, "Persil")]
        assert {each.entity_type for each in result.annotations} == {type_}


def test_another_type_lapses_where_other_words_stand_now() -> None:
    """A changed file: what was pointed at is masked wherever it is, its place is nothing."""
    texts = ("I asked Oxford. Persil.",)
    other = Annotation(place("Oxford", 0, texts), EntityType.PERSON, 0.6, ("ner/PERSON",))
    place_of = decision(Kind.RETYPE, "Persil", entity_type=EntityType.LOCATION)
    assert place_of.place.start == other.place.start
    result = decided(place_of, annotations=(other,), texts=texts)
    assert [each.entity_type for each in result.annotations] == [
        EntityType.PERSON,
        EntityType.LOCATION,
    ]


def test_a_place_is_nobodys_name_any_more() -> None:
    """Whom the words were given to before lapses with their type."""
    name = decision(Kind.ASSIGN, "Persil", identity=7)
    place_of = decision(Kind.RETYPE, "Persil", entity_type=EntityType.LOCATION)
    assert decided(name, place_of, annotations=(found("Persil", 0),)).meant == {}
