"""What no page of the desk sends: numbers of any size where a number belongs, and endless words."""

import time

import pytest
from starlette.testclient import TestClient

from deid.review.asking import Asked
from deid.review.desk import Desk
from deid.transcript import Part, Turn

from .test_transcript import at, post

LONG = "9" * 5_000
NUMBERS = ("999999999", "-1", "0", "9" * 20, LONG, "1e9", "7.0", "\u0663", "\u00b2", "")
SOON = 5.0
"""Seconds, on a machine with other work; an answer takes some tenths of one."""


def answered(client: TestClient, address: str, **fields: str) -> int:
    """Send a form, hold it to its time, and see that the desk still answers."""
    began = time.monotonic()
    status, _ = post(client, address, **fields)
    assert time.monotonic() - began < SOON
    assert client.get("/").status_code == 200
    return status


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("field", ["turn", "start", "end", "which", "identity", "pseudonym"])
def test_a_number_of_any_size_is_refused_at_once(
    carl: TestClient, own: Desk, field: str, number: str
) -> None:
    """By hand or by a broken script: 409, and the desk goes on."""
    told = {"kind": "keep", "turn": "0", "words": "nobody", "reach": "here", "which": ""}
    if field in {"start", "end"}:
        told |= {"words": "", "start": "0", "end": "999999999"}
    if field in {"identity", "pseudonym"}:
        told |= {"kind": "assign"}
        number = f"Person {number}" if field == "pseudonym" else number
    assert answered(carl, at(own, more="/decisions"), **told | {field: number}) == 409


@pytest.mark.parametrize("number", [each for each in NUMBERS if each != "0"])
def test_a_decision_or_a_page_of_any_number(carl: TestClient, own: Desk, number: str) -> None:
    """There is none of that number; of pages the first, or an empty one."""
    assert answered(carl, at(own, more="/take-back"), number=number) == 409
    for address in ("/", "/audit/events", "/audit/redactions"):
        assert carl.get(address, params={"page": number}).status_code in {200, 403}


@pytest.mark.parametrize("words", ["a " * 400_000, "\u00e9" * 100_000, "Person" + " " * 900_000])
def test_endless_words_are_refused_at_once(carl: TestClient, own: Desk, words: str) -> None:
    """They are not looked for."""
    for field in ("words", "pseudonym"):
        told = {"kind": "mask", "turn": "0", "words": "here", "reach": "here", field: f"{words}x"}
        assert answered(carl, at(own, more="/decisions"), **told) in {409, 413}


def test_a_form_that_tells_an_endless_size_is_too_large(carl: TestClient) -> None:
    """It is not read."""
    headers = {"content-length": LONG, "content-type": "application/x-www-form-urlencoded"}
    assert carl.post("/releases", content=b"x", headers=headers).status_code == 413


@pytest.mark.parametrize(("start", "end"), [(0, 5), (2, 8), (0, 3)])
def test_what_stands_around_marked_words_is_left_out(start: int, end: int) -> None:
    """Of a turn as long as the mark says."""
    place = Asked(start=str(start), end=str(end), turn="0")._pointed(Turn(0, "  Bram  ", ""))
    assert place
    assert (place.part, place.start, place.end) == (Part.TEXT, 2, min(end, 6))
