"""deid.annotating: spans in the text's own offsets, disjoint, labels told from speech."""

from itertools import pairwise
from typing import TYPE_CHECKING, cast

from deid.annotating import SPEAKER, annotate_text
from deid.transcript import Detection, EntityType, Part, Place, Transcript

if TYPE_CHECKING:
    from deid.detect.engine import Detector


class FakeDetector:
    """Finds Sarah in labels and texts, and a number in texts."""

    is_common = staticmethod("will".__eq__)

    def detect(self, transcript: Transcript) -> list[Detection]:
        """Every claim about a transcript."""
        wanted = [("Sarah", EntityType.PERSON), ("999 000 0018", EntityType.UK_NHS)]
        return [
            Detection(Place(turn.number, part, start, start + len(word)), kind, 0.9, "fake", "word")
            for turn in transcript.turns
            for part in Part
            for word, kind in wanted
            if (start := turn.part(part).find(word)) >= 0
        ]


def spans(text: str) -> list[tuple[str, str]]:
    """What is annotated, as label and text."""
    found = list(annotate_text(text, cast("Detector", FakeDetector())))
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert {span.recogniser for span in found} <= {"fake/word", "resolve/repeat"}
    return [(span.label, text[span.start : span.end]) for span in found]


def test_spans_count_in_the_text_as_given() -> None:
    """Whatever stands before, offsets lead to the words; a name in a label is a SPEAKER."""
    text = "\n  Sarah:  It's 999 000 0018, I think.\r\n\r\nINT: Thanks, Sarah.\n"
    assert spans(text) == [("SPEAKER", "Sarah"), ("UK_NHS", "999 000 0018"), ("PERSON", "Sarah")]
    assert SPEAKER == "SPEAKER"


def test_names_are_carried_through_the_text() -> None:
    """Detection is as in the pipeline: a name found once is found again where nobody saw it."""
    assert ("PERSON", "SARAH") in spans("INT: Thanks, Sarah.\nP1: SARAH who?\n")


def test_a_label_that_goes_on_is_annotated_once() -> None:
    """Text without a label of its own does not repeat the span of the label before."""
    found = spans("Sarah: Hello.\n\nAnd another thing.\n\nAnd a third.\n")
    assert found == [("SPEAKER", "Sarah")]


def test_text_without_labels_or_words() -> None:
    """Plain prose is one turn; nothing is no span."""
    assert spans("I met Sarah there") == [("PERSON", "Sarah")]
    assert spans("") == []
    assert spans("\n \n") == []
