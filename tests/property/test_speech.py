"""deid.detect.speech: turns joined into one text, and every offset in it led back to its turn."""

from hypothesis import given
from hypothesis import strategies as st

from deid.detect.speech import Hit, Speech
from deid.transcript import EntityType, Part, Transcript, Turn
from deid.visible import visible

_TEXT = st.text(
    st.sampled_from(" \n\u00a0\u00ad\u200b\u2019\u0301\te") | st.characters(), max_size=15
)
TRANSCRIPTS = st.lists(_TEXT, min_size=1, max_size=6).map(
    lambda texts: Transcript(
        tuple(Turn(number, text, "INT") for number, text in enumerate(texts)), "txt"
    )
)


@given(TRANSCRIPTS)
def test_joining_keeps_every_turn_apart(transcript: Transcript) -> None:
    """The stretch of each turn in the joined text is that turn's visible text."""
    speech = Speech.of(transcript)
    assert len(speech.starts) == len(speech.speakers) == len(transcript.turns)
    for turn in transcript.turns:
        start, end = speech.turn_span(turn.number)
        assert speech.text[start:end] == visible(turn.text).text
        assert all(speech.turn_at(place) == turn.number for place in range(start, end))


@given(TRANSCRIPTS, st.data())
def test_places_undo_the_joining(transcript: Transcript, data: st.DataObject) -> None:
    """All letters and digits of a stretch stand at its places, in their order, and end them.

    Marks do not: whether "_" stresses a word depends on what stands behind the stretch.
    """
    speech = Speech.of(transcript)
    start = data.draw(st.integers(0, len(speech.text)))
    end = data.draw(st.integers(start, len(speech.text)))
    places = list(speech.places(start, end))
    assert places == sorted(places)
    assert len({place.turn for place in places}) == len(places)
    told = "".join(
        visible(transcript.turns[place.turn].text[place.start : place.end]).text for place in places
    )
    wanted = [each for each in speech.text[start:end] if each.isalnum()]
    got = [each for each in told if each.isalnum()]
    assert got[:1] == wanted[:1]
    assert got[-1:] == wanted[-1:], "no pause behind it belongs to a stretch"
    there = iter(got)
    assert all(each in there for each in wanted)


@given(TRANSCRIPTS)
def test_one_hit_over_everything_gives_one_detection_in_each_turn(transcript: Transcript) -> None:
    """A claim over several turns is a claim in each of them that says anything."""
    speech = Speech.of(transcript)
    hit = Hit(0, len(speech.text), EntityType.UK_NHS, 0.5, "test", "rule")
    found = list(speech.detections([hit] if speech.text else []))
    speaking = [turn.number for turn in transcript.turns if visible(turn.text).text.strip()]
    assert [detection.place.turn for detection in found] == speaking
    assert {detection.place.part for detection in found} <= {Part.TEXT}
    assert {(each.entity_type, each.rule) for each in found} <= {(hit.entity_type, hit.rule)}
