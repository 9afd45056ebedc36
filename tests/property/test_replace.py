"""deid.pseudonymise.replace: outside the replaced spans the text is the same, to the character."""

from itertools import pairwise

import presidio_anonymizer  # noqa: F401 - loaded on first use, which hypothesis would find slow
from hypothesis import given
from hypothesis import strategies as st

from deid.pseudonymise import Replacement, replace_all
from deid.settings import Operator
from deid.transcript import Annotation, EntityType, Part, Place, Transcript, Turn

_TEXT = st.text(st.sampled_from("ab Z9-<>[]\\\u2019\u00ad\u0301\n\U0001f600") | st.characters())
_TURNS = st.lists(st.tuples(_TEXT, _TEXT), min_size=1, max_size=4)
_NEW = st.text(st.sampled_from("[Person 1]<0>\\") | st.characters(), min_size=1, max_size=12)


@st.composite
def replacements(
    draw: st.DrawFn,
) -> tuple[Transcript, list[Annotation], list[Replacement | None]]:
    """Turns of any characters, disjoint annotations in them, and what replaces each or nothing."""
    turns = tuple(
        Turn(number, text, speaker, start_ms=number)
        for number, (text, speaker) in enumerate(draw(_TURNS))
    )
    annotations = []
    for turn in turns:
        for part in Part:
            cuts = sorted(draw(st.sets(st.integers(0, len(turn.part(part))), max_size=6)))
            for start, end in pairwise(cuts):
                if draw(st.booleans()):
                    kind = draw(st.sampled_from(EntityType))
                    place = Place(turn.number, part, start, end)
                    annotations.append(Annotation(place, kind, 0.9, ("test/rule",)))
    wanted = [
        draw(st.none() | st.builds(Replacement, _NEW, st.sampled_from(Operator), _NEW))
        for _ in annotations
    ]
    return Transcript(turns, "txt", {"deleted-run": 1}), annotations, wanted


type Case = tuple[Transcript, list[Annotation], list[Replacement | None]]


@given(replacements())
def test_outside_the_replaced_spans_the_text_is_the_same(case: Case) -> None:
    """Putting the originals back at the redactions' places gives the source to the character."""
    transcript, annotations, wanted = case
    clean = replace_all(transcript, annotations, wanted)
    assert len(clean.transcript.turns) == len(transcript.turns)
    for before, after in zip(transcript.turns, clean.transcript.turns, strict=True):
        for part in Part:
            text = after.part(part)
            for redaction in reversed(clean.redactions):
                place = redaction.place
                if (place.turn, place.part) == (before.number, part):
                    text = text[: place.start] + redaction.original + text[place.end :]
            assert text == before.part(part)


@given(replacements())
def test_a_redaction_points_at_its_replacement_in_the_output(case: Case) -> None:
    """The output has exactly the replacement at every redaction's offsets, in file order."""
    transcript, annotations, wanted = case
    clean = replace_all(transcript, annotations, wanted)
    done = [(one, new) for one, new in zip(annotations, wanted, strict=True) if new is not None]
    assert [redaction.annotation for redaction in clean.redactions] == [one for one, _ in done]
    for redaction, (annotation, new) in zip(clean.redactions, done, strict=True):
        place, source = redaction.place, annotation.place
        told = clean.transcript.turns[place.turn].part(place.part)[place.start : place.end]
        assert told == new.text
        assert (redaction.operator, redaction.pseudonym) == (new.operator, new.pseudonym)
        original = transcript.turns[source.turn].part(source.part)[source.start : source.end]
        assert redaction.original == original


@given(replacements())
def test_everything_but_the_words_stays(case: Case) -> None:
    """Numbers, kinds and times of turns, the format and what was dropped are untouched."""
    transcript, annotations, wanted = case
    clean = replace_all(transcript, annotations, wanted).transcript
    assert (clean.format, clean.dropped) == (transcript.format, transcript.dropped)
    for before, after in zip(transcript.turns, clean.turns, strict=True):
        assert (before.number, before.kind, before.start_ms, before.end_ms) == (
            after.number,
            after.kind,
            after.start_ms,
            after.end_ms,
        )
