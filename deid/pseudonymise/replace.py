"""Putting replacements into a transcript, and knowing where each of them ended up.

Presidio's AnonymizerEngine does the replacing. It keys operators by entity type and would merge
neighbours of one type, which confuses two people named side by side; each annotation is therefore
handed over as a type of its own (docs/decisions/0004).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from deid.settings import Operator
from deid.transcript import Annotation, Part, Place, Transcript, Turn

if TYPE_CHECKING:
    from presidio_anonymizer import AnonymizerEngine


@dataclass(frozen=True, slots=True)
class Redaction:
    """One replacement as it stands in the output.

    Attributes:
        place: Offsets into the OUTPUT text of the turn's part.
        annotation: What was found, with its offsets into the source.
        operator: What was done.
        pseudonym: The identity's pseudonym, or "" where the operator needs none.
        original: What stood there.
    """

    place: Place
    annotation: Annotation
    operator: Operator
    pseudonym: str
    original: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Deidentified:
    """A transcript as it may leave, and every redaction in it in file order."""

    transcript: Transcript
    redactions: tuple[Redaction, ...]


@dataclass(frozen=True, slots=True)
class Replacement:
    """What will stand in the place of one annotation."""

    text: str
    operator: Operator
    pseudonym: str = ""


def replace_all(
    transcript: Transcript,
    annotations: Sequence[Annotation],
    replacements: Sequence[Replacement | None],
) -> Deidentified:
    """The transcript with each annotation replaced; None leaves one in place.

    Raises:
        ValueError: the two sequences differ in length.
    """
    by_part: dict[tuple[int, Part], list[tuple[Annotation, Replacement]]] = {}
    for annotation, wanted in zip(annotations, replacements, strict=True):
        if wanted is not None:
            key = (annotation.place.turn, annotation.place.part)
            by_part.setdefault(key, []).append((annotation, wanted))
    turns, redactions = [], []
    for turn in transcript.turns:
        new: dict[Part, str] = {}
        for part in Part:
            new[part], done = _replace_part(turn, part, by_part.get((turn.number, part), []))
            redactions += done
        turns.append(replace(turn, speaker=new[Part.SPEAKER], text=new[Part.TEXT]))
    return Deidentified(replace(transcript, turns=tuple(turns)), tuple(redactions))


def _replace_part(
    turn: Turn, part: Part, wanted: Sequence[tuple[Annotation, Replacement]]
) -> tuple[str, list[Redaction]]:
    text = turn.part(part)
    if not wanted:
        return text, []
    from presidio_anonymizer.entities import (  # noqa: PLC0415 - as below
        OperatorConfig,
        RecognizerResult,
    )

    found = [
        RecognizerResult(str(index), annotation.place.start, annotation.place.end, 1.0)
        for index, (annotation, _) in enumerate(wanted)
    ]
    operators = {
        str(index): OperatorConfig("replace", {"new_value": replacement.text})
        for index, (_, replacement) in enumerate(wanted)
    }
    result = _engine().anonymize(text, found, operators, merge_entities_with_spaces=False)
    redactions = []
    for item in sorted(result.items, key=lambda item: item.start):
        annotation, replacement = wanted[int(item.entity_type)]
        place = annotation.place
        redactions.append(
            Redaction(
                place=Place(turn.number, part, item.start, item.end),
                annotation=annotation,
                operator=replacement.operator,
                pseudonym=replacement.pseudonym,
                original=text[place.start : place.end],
            )
        )
    return str(result.text), redactions


@cache
def _engine() -> "AnonymizerEngine":
    """Loaded where first used: it brings the analyzer, which takes two seconds."""
    from presidio_anonymizer import AnonymizerEngine  # noqa: PLC0415

    return AnonymizerEngine()
