"""deid.alignment: walking raw text and output together gives back every original and its place."""

from collections.abc import Mapping
from dataclasses import replace

import presidio_anonymizer  # noqa: F401 - loaded on first use, which hypothesis would find slow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.alignment import Mention, Row, align
from deid.errors import ReviewError
from deid.pseudonymise import Deidentified, Replacement, replace_all
from deid.settings import Operator
from deid.transcript import Annotation, EntityType, Part, Place, Transcript, Turn
from deid.vault import Original

TEXT = st.text("ab [P1]é\n\u202e\U0001f600", max_size=24)
INSTEAD = ("[P 1]", "a", "[name]", "ab")


@st.composite
def done(draw: st.DrawFn) -> tuple[Transcript, Deidentified]:
    """A transcript, and the same with disjoint stretches of it replaced by what may look alike."""
    turns, annotations = [], []
    for number in range(draw(st.integers(1, 3))):
        turn = Turn(number, draw(TEXT), draw(TEXT))
        turns.append(turn)
        for part in Part:
            cuts = st.lists(st.integers(0, len(turn.part(part))), unique=True, max_size=6)
            edges = sorted(draw(cuts))
            annotations += [
                Annotation(Place(number, part, start, end), EntityType.PERSON, 0.5, ("x/y",))
                for start, end in zip(edges[::2], edges[1::2], strict=False)
            ]
    transcript = Transcript(tuple(turns), "txt")
    wanted = [
        Replacement(draw(st.sampled_from(INSTEAD)), Operator.PSEUDONYM, "[P 1]")
        for _ in annotations
    ]
    return transcript, replace_all(transcript, annotations, wanted)


def rows(clean: Deidentified) -> tuple[list[Row], list[Row], list[Original]]:
    """What the outputs and the vault keep of it."""
    turns: list[Row] = [
        {"speaker": turn.speaker, "text": turn.text} for turn in clean.transcript.turns
    ]
    redactions: list[Row] = [
        {
            "turn": each.place.turn,
            "part": each.place.part.value,
            "start": each.place.start,
            "end": each.place.end,
            "entity_type": "PERSON",
            "pseudonym": each.pseudonym,
            "operator": "pseudonym",
            "recogniser": "x",
            "rule": "y",
            "score": 0.5,
            "by_person": False,
        }
        for each in clean.redactions
    ]
    originals = [Original("t", "PERSON", each.original) for each in clean.redactions]
    return turns, redactions, originals


@given(done())
def test_every_original_and_every_offset_comes_back(
    both: tuple[Transcript, Deidentified],
) -> None:
    """In file order; the pieces joined are the raw text on one side, the output on the other."""
    raw, clean = both
    found = align(raw, *rows(clean))
    assert [(each.place, each.original) for each in found.mentions()] == [
        (each.annotation.place, each.original) for each in clean.redactions
    ]
    assert [each.written for each in found.mentions()] == [each.place for each in clean.redactions]
    for turn, before, after in zip(found.turns, raw.turns, clean.transcript.turns, strict=True):
        for part in Part:
            said = [p.original if isinstance(p, Mention) else p for p in turn.pieces(part)]
            assert "".join(said) == before.part(part)
            assert turn.written(part) == after.part(part)


@given(done(), st.data())
def test_what_does_not_belong_together_is_refused(
    both: tuple[Transcript, Deidentified], data: st.DataObject
) -> None:
    """One more character anywhere in the raw text, and nothing is shown."""
    raw, clean = both
    at = data.draw(st.integers(0, len(raw.turns) - 1))
    turn = raw.turns[at]
    cut = data.draw(st.integers(0, len(turn.text)))
    longer = replace(turn, text=f"{turn.text[:cut]}Q{turn.text[cut:]}")
    other = replace(raw, turns=(*raw.turns[:at], longer, *raw.turns[at + 1 :]))
    with pytest.raises(ReviewError, match="do not fit"):
        align(other, *rows(clean))


def _one() -> tuple[Transcript, list[Row], list[Row], list[Original]]:
    raw = Transcript((Turn(0, "I met Ann."),), "txt")
    place = Place(0, Part.TEXT, 6, 9)
    found = [Annotation(place, EntityType.PERSON, 0.5, ("x/y",))]
    clean = replace_all(raw, found, [Replacement("[P 1]", Operator.PSEUDONYM, "[P 1]")])
    return (raw, *rows(clean))


@pytest.mark.parametrize(
    "wrong", [{"start": 5}, {"end": 99}, {"turn": 7}, {"start": 11, "end": 11}, {"part": "speaker"}]
)
def test_an_offset_that_is_wrong_is_refused(wrong: Mapping[str, object]) -> None:
    """Whatever is wrong about it; no message holds a word."""
    raw, turns, (redaction,), originals = _one()
    with pytest.raises(ReviewError) as refused:
        align(raw, turns, [{**redaction, **wrong}], originals)
    assert "Ann" not in str(refused.value)


def test_an_original_too_few_is_refused() -> None:
    """As when a run was killed between the vault and the files."""
    raw, turns, redactions, _ = _one()
    with pytest.raises(ReviewError):
        align(raw, turns, redactions, [])
