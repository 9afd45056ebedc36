"""Numbers and addresses in speaker labels, which recognisers of speech read like a turn."""

import re
from collections.abc import Iterator

from deid.detect.speakers import in_label
from deid.detect.speech import Recogniser, Speech
from deid.transcript import Detection, EntityType, Transcript, Turn


def find_numbers(transcript: Transcript, recognise: Recogniser) -> list[Detection]:
    """Numbers and addresses in labels: "Caller 07700 900123", "jo@example.org", a patient number.

    Args:
        transcript: Its labels are read, each by itself.
        recognise: The recognisers of numbers and addresses.
    """
    told = {turn.speaker for turn in transcript.turns if _TELLING.search(turn.speaker)}
    found = {label: tuple(_numbers(label, recognise)) for label in told}
    return [
        in_label(turn, start, end, kind, "label-number")
        for turn in transcript.turns
        for start, end, kind in found.get(turn.speaker, ())
    ]


def _numbers(label: str, recognise: Recogniser) -> Iterator[tuple[int, int, EntityType]]:
    speech = Speech.of(Transcript((Turn(0, label),), "label"))
    for hit in recognise(speech):
        for place in speech.places(hit.start, hit.end):
            yield place.start, place.end, hit.entity_type
    for match in _LONG_NUMBER.finditer(label):
        yield *match.span(), EntityType.MEDICAL_RECORD


_TELLING = re.compile(r"@|www\.|(?:\d\D{0,3}){4}")
_LONG_NUMBER = re.compile(r"[A-Za-z]{0,4}\d{7,}[A-Za-z]?")
