"""What lists and cues decide by themselves, and with a word from the network."""

import pytest

from deid.detect import named
from deid.detect.speech import Hit, Speech
from deid.transcript import EntityType, Transcript, Turn


def _find(*turns: str, labels: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    speakers = labels or ("",) * len(turns)
    speech = Speech.of(
        Transcript(tuple(Turn(n, text, speaker=speakers[n]) for n, text in enumerate(turns)), "txt")
    )
    hits = named.find(speech, [])
    return [(hit.entity_type.value, speech.text[hit.start : hit.end]) for hit in hits]


def test_a_title_and_a_possessive_are_no_part_of_a_name() -> None:
    """Of "Dr Jones's" only "Jones" is the person."""
    assert _find("It was Dr Jones's idea.") == [("PERSON", "Jones")]


def test_an_answer_to_a_question_for_a_name_is_a_name() -> None:
    """Also where the name is on no list and opens the turn."""
    found = _find("Could I take your full name, please?", "Yeah, it's Qwelyn Tharn, that's me.")
    assert ("PERSON", "Qwelyn Tharn") in found


def test_a_label_makes_its_words_names_in_the_text() -> None:
    """The speaker "Frost" is masked where another turn says "Frost"."""
    found = _find("Well, as Frost said.", "Right.", labels=("INT", "Frost"))
    assert ("PERSON", "Frost") in found


def test_a_label_that_is_a_plain_word_is_a_name_in_the_text() -> None:
    """Without capitals too, where the word may stand for somebody: "hey, tone", "tone can't"."""
    found = _find(
        "hey, tone, turn that fan. tone can't hear.", "it's on", labels=("barber", "tone")
    )
    assert found == [("PERSON", "tone"), ("PERSON", "tone")]


def test_a_transcribers_tag_is_left_whole() -> None:
    """Names of places and people inside a tag's brackets are the transcriber's words."""
    assert _find("[inaudible 00:12:03] and <place 00:01:02> then [laughs]") == []


@pytest.mark.parametrize(
    ("note", "names"),
    [
        ("[Dora Kent leaves the room]", [("PERSON", "Dora Kent")]),
        ("[door slams, Philippa comes in]", [("PERSON", "Philippa")]),
        ("[Moved to Chipping Sodbury at this point]", [("LOCATION", "Chipping Sodbury")]),
        ("<Dora laughs>", [("PERSON", "Dora")]),
    ],
)
def test_a_note_in_brackets_is_read(note: str, names: list[tuple[str, str]]) -> None:
    """A transcriber's note names people and places as speech does; so it does in captions."""
    assert set(names) <= set(_find(f"So it went on. {note} And on."))
    assert set(names) <= set(_find(f"so it went on {note} and on"))


@pytest.mark.parametrize(
    "tag",
    ["[Phone rings]", "[Background Noise]", "[CROSS TALK]", "[Name of GP]", "[Hospital A]",
     "[P3 nods]", "[They both laugh]", "[Participant leaves to answer the door]",
     "[Speaks in Polish]"],
)  # fmt: skip
def test_a_tag_names_nobody(tag: str) -> None:
    """Noises, codes and what somebody does stay, and do not part a name."""
    assert _find(f"So it went on. {tag} And on.") == []
    assert _find(f"I'm Dora {tag} Kent.")[0] == ("PERSON", "Dora")


def test_an_editors_name_in_brackets_is_masked() -> None:
    """What stands in "[Sarah]" is a name that the transcriber supplied, no tag."""
    assert _find("And then [Sarah] went home.") == [("PERSON", "Sarah")]


@pytest.mark.parametrize("text", ["I've Parkinson's, me.", "It's the Crohn's and the gabapentin."])
def test_a_disease_stays(text: str) -> None:
    """An eponym is nobody's name."""
    assert _find(text) == []


def test_the_family_of_a_disease_is_masked() -> None:
    """A title beats the allow-list."""
    assert _find("Mr Parkinson has Parkinson's.") == [("PERSON", "Parkinson")]


def test_the_network_makes_an_unlisted_word_a_name() -> None:
    """Without capitals and lists only the network can know."""
    text = "we had zorbela come over"
    hit = Hit(7, 14, EntityType.PERSON, 0.6, "ner", "network-person")
    speech = Speech(text, (0,), ("",))
    assert named.find(speech, []) == []
    assert [(found.start, found.end) for found in named.find(speech, [hit])] == [(7, 14)]


def test_nothing_in_is_nothing_out() -> None:
    """Empty transcripts and empty turns are fine."""
    assert _find("") == []
    assert named.find(Speech("", (), ()), []) == []


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "um ",
        "College Of ",
        "'-",
        "de ",
        "Sarah ",
        "[Sarah] ",
        "a-",
        "St ",
        "the ",
        "the Church ",
        "hi ",
    ],
)
def test_a_long_run_of_anything_ends(unit: str) -> None:
    """No rule's cost grows with the square of the text (the time limit would tell)."""
    text = unit * (20_000 // len(unit))
    hits = named.find(Speech(text, (0,), ("",)), [])
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("I worked for Vickers till they shut.", ("ORGANIZATION", "Vickers")),
        ("The firm was Tierney and Sons and they folded.", ("ORGANIZATION", "Tierney and Sons")),
        ("He went to a firm you know, Boosey and Hawkes.", ("ORGANIZATION", "Boosey and Hawkes")),
        ("She works for Transport for London now.", ("ORGANIZATION", "Transport for London")),
        ("We sold QuizNook and then she left.", ("ORGANIZATION", "QuizNook")),
        ("I talked to AnnMarie and then she left.", ("PERSON", "AnnMarie")),
        ("I talked to McKendrick and then he left.", ("PERSON", "McKendrick")),
        ("I worked for Sheila till she died.", ("PERSON", "Sheila")),
        ("I worked with Vickers, he was my boss.", ("PERSON", "Vickers")),
        ("My gaffer, Mr Vickers, had a firm.", ("PERSON", "Vickers")),
    ],
)
def test_a_firm_called_after_somebody_is_a_firm(said: str, wanted: tuple[str, str]) -> None:
    """What stands around a surname says whether it is a firm's; a person's is never a firm's."""
    assert wanted in _find(said)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Now, Kent reacts to the new law on water.", ("LOCATION", "Kent")),
        ("Some Kent MPs are standing down.", ("LOCATION", "Kent")),
        ("He is from the village of Garva.", ("LOCATION", "Garva")),
        ("We saw the source of the Nile there.", ("LOCATION", "Nile")),
        ("Then South Dannet MP Craig McKinley came.", ("LOCATION", "South Dannet")),
        ("They had forty acres in Harold, California.", ("LOCATION", "Harold")),
        ("I live in with Harold, up in the attic.", ("PERSON", "Harold")),
        ("My brother Kent reacts to penicillin.", ("PERSON", "Kent")),
        ("Kent said no. Kent reacts to penicillin.", ("PERSON", "Kent")),
        ("Then Craig McKinley MP came.", ("PERSON", "Craig McKinley")),
    ],
)
def test_a_county_is_a_place_unless_somebody_has_its_name(
    said: str, wanted: tuple[str, str]
) -> None:
    """The type is decided for the whole transcript; nothing is let go."""
    assert wanted in _find(said)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Devon has been hit really hard by the cuts.", ("LOCATION", "Devon")),
        ("They were flying out of Shannon on the Tuesday.", ("LOCATION", "Shannon")),
        ("We lived between Kendal and Morecambe.", ("LOCATION", "Kendal")),
        ("Is that Orton?\nOrton Goldhay, yes.", ("LOCATION", "Orton")),
        ("And you live at...\nGladstone Street. We moved.", ("LOCATION", "Gladstone Street")),
        ("Devon has been a great help.", ("PERSON", "Devon")),
        ("That is between Kendal and me.", ("PERSON", "Kendal")),
        ("Who drove you?\nAshton.", ("PERSON", "Ashton")),
        ("My name is Alan Fern Island.", ("PERSON", "Alan Fern Island")),
        ("Who is your GP?\nMorris Lane, he is lovely.", ("PERSON", "Morris Lane")),
    ],
)
def test_what_is_said_of_it_tells_a_town_from_a_person(said: str, wanted: tuple[str, str]) -> None:
    """What only a town is or has makes it one; the same name with nothing telling is somebody's."""
    assert wanted in _find(said)
