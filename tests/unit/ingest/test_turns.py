"""People whose names are everyday words, and words that are not people."""

from itertools import chain, repeat

import pytest

from deid.ingest.plain import split

SAID = "I could not sleep and it was\nhard for all of us at home\nin that long winter."
SET_OFF = {
    "colon": "{}: {}",
    "tab": "{}\t{}",
    "dash": "{} - {}",
    "long dash": "{} \u2013 {}",
    "stamped": "{} [00:00:01] {}",
    "header": "{}   00:00:01\n{}",
    "timed header": "00:00:01 {}\n{}",
    "alone": "{}\n{}",
    "bracket": "[{}] {}",
    "bracket and colon": "[{}]: {}",
    "chevron": ">> {}: {}",
    "chevron without a space": ">>{}: {}",
    "hyphen": "- {}: {}",
    "bullet": "\u2022 {}: {}",
    "number": "1. {}: {}",
    "bare number": "001 {}: {}",
    "number and time": "7 [00:00:01] {}: {}",
    "time and chevron": "[00:00:01] >> {}: {}",
    "quote": '"{}: {}"',
    "curly quote": "\u201c{}: {}\u201d",
}


def speakers(text: str) -> list[str]:
    """Who speaks, piece by piece."""
    return [piece.speaker for piece in split(text)]


@pytest.mark.parametrize("form", SET_OFF)
@pytest.mark.parametrize(
    "name", ["Will", "May", "Mark", "So", "Can", "WILL", "Will Smith", "Dr Oh"]
)
def test_a_name_that_is_a_word_is_a_label_where_it_takes_turns(form: str, name: str) -> None:
    """In every form, twice, with turns that run over lines; nothing of the label stays behind."""
    rows = list(chain(*repeat([("Interviewer", SAID), (name, SAID)], 2)))
    found = split("\n".join(SET_OFF[form].format(*row) for row in rows))
    assert [(piece.speaker, piece.text) for piece in found] == rows


@pytest.mark.parametrize("form", ["{}: {}", "{} - {}", "{} [00:00:01] {}"])
def test_once_is_enough_for_a_name_between_two_turns(form: str) -> None:
    """An interviewer does not follow himself."""
    rows = [("Interviewer", "How was it?"), ("Will", "It was hard."), ("Interviewer", "I see.")]
    text = "\n".join(form.format(*row) for row in rows)
    assert [(piece.speaker, piece.text) for piece in split(text)] == rows


@pytest.mark.parametrize(
    "text",
    [
        "INT: Go on.\nP1: I went.\nSo: I said no.\nINT: And?\nP1: Oh.\nSo: I left.\nINT: Right.",
        "INT - Go on.\nP1 - I went.\nSo - I left\nINT - And?\nP1 - Oh.\nSo - yes\nINT - Right.",
        "P1: My son.\nWill - he is ten - came.\nP2: Ah.\nP1: Yes.\nWill - bless him.\nP2: Oh.",
        "INT\tGo on.\nP1\tI went.\nSo it was.\nINT\tAnd?\nP1\tOh.\nSo it was.",
        "INT - Go on.\nYeah - no.\nINT - So?\nI left.\nINT - Oh.\nI did.\nINT - Bye.\nYeah - bye.",
        "INTERVIEWER\nGo on?\nYes.\nINTERVIEWER\nAnd now?\nYes.\nINTERVIEWER\nRight.\nYes.",
        "INT: Go.\nP1: Well.\n[laughs] yes\n[laughs] no\nINT: Oh.\n[Pause] so\nP1: So.\n[Pause] no",
        "INT: Pain?\nP1: Yes:\n- Back: seven\n- Back: six\nINT: Oh.\nP1: Yes.\nINT: And?\nP1: No.",
        "So: I said no.\nAnd: he said yes.\nSo: I left.\nWell: that was it.",
        "I took many.\n3 times: I told them\n2 times: I went\nand so on.",
        "We were away.\nMay: it was wet.\nThen we went home.\nAnd so on.",
        'He wrote this.\n"Sarah: come home."\nSo I did.\nThat was it.',
        "It was 3\n>> 2, I think.\nThat was it.",
    ],
)
def test_words_that_open_sentences_are_speech(text: str) -> None:
    """Between turns of two people, in lists, in brackets, in prose without labels."""
    labels = {"INT", "P1", "P2", "INTERVIEWER", ""}
    assert set(speakers(text)) <= labels
    kept = " ".join(piece.text for piece in split(text)).split()
    assert {"So:", "Yeah", "[laughs]", "[Pause]", "Back:", "Will", "times:", "May:", ">>"} & set(
        text.split()
    ) <= set(kept)


def test_chevrons_without_a_name_change_the_speaker() -> None:
    """Lines below go on; a name that stands behind the chevrons is read, a word is not."""
    text = ">> SARAH: hello\n>> and so\nit goes on\n>> WILL: hi\n>> Well: yes"
    assert [(piece.speaker, piece.text) for piece in split(text)] == [
        ("SARAH", "hello"),
        ("", "and so\nit goes on"),
        ("WILL", "hi"),
        ("", "Well: yes"),
    ]


def test_a_quotation_inside_a_quoted_turn_stays() -> None:
    """Only the mark that stood before the label is closed."""
    text = '"INT: he said "no", then"\n"P1: and\nshe said "yes""\n"INT: right"'
    assert [piece.text for piece in split(text)] == [
        'he said "no", then',
        'and\nshe said "yes"',
        "right",
    ]
