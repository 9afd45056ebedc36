"""Every identifier in the sample data is a value that belongs to nobody.

What is said over several turns is put together again before it is judged.
"""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nhs_number.validate import is_valid

from deid import register

SAMPLE = Path(__file__).parents[2] / "sample_data"
RECORDS: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((SAMPLE / "gold").glob("*.jsonl"))
}
_FIGURES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_DIGITS = {word: str(figure) for figure, word in enumerate(_FIGURES)} | {
    "oh": "0",
    "o": "0",
    "nought": "0",
    "hundred": "00",
}
_TIMES = {"double": 2, "triple": 3, "treble": 3}


def digits(said: str) -> str:
    """The digits of words and figures: "oh double one, 49" gives "01149"."""
    out, times = "", 1
    for word in re.findall(r"[a-z]+|\d", said.lower()):
        if word in _TIMES:
            times = _TIMES[word]
        elif word.isdigit() or word in _DIGITS:
            out, times = out + _DIGITS.get(word, word) * times, 1
    return out


def spans(label: str, form: str = "") -> Iterator[tuple[str, str, str]]:
    """(transcript, form, text) of every span with this label whose form begins like this."""
    for name, record in RECORDS.items():
        for span in record["spans"]:
            if span["label"] == label and span.get("form", "").startswith(form):
                yield name, span.get("form", ""), record["text"][span["start"] : span["end"]]


def runs(label: str, form: str, *, length: int) -> set[str]:
    """Digit strings of ``length`` made of one to five pieces that follow one another."""
    pieces: dict[str, list[str]] = {}
    for name, kind, text in spans(label, form):
        if not kind.endswith("misheard"):
            pieces.setdefault(name, []).append(digits(text))
    windows = (
        "".join(said[start:end])
        for said in pieces.values()
        for start in range(len(said))
        for end in range(start + 1, min(start + 5, len(said)) + 1)
    )
    return {window for window in windows if len(window) == length}


class TestSafeValues:
    def test_nhs_numbers_are_test_numbers(self) -> None:
        """Every ten digits said as an NHS or H&C number: test range, check digit right."""
        found = runs("ID", "nhs", length=10) | runs("ID", "hsc", length=10)
        assert len(found) >= 8
        for number in found:
            assert number.startswith("999")
            assert is_valid(number)
        for _, _, text in spans("ID", "nhs"):
            assert len(digits(text)) < 9 or digits(text).startswith("999")

    def test_chi_numbers_are_nobodys(self) -> None:
        """No test range exists for CHI numbers, so the check digit is wrong."""
        for number in runs("ID", "chi", length=10):
            assert not is_valid(number)

    def test_telephone_numbers_are_for_drama(self) -> None:
        """Every eleven digits said as a telephone number lie in Ofcom's ranges for drama."""
        found = {
            number for number in runs("CONTACT", "phone", length=11) if re.match("0[1-9]", number)
        }
        assert len(found) >= 10
        joined = "07700900"  # a prefix said twice, by one and then by the other
        assert not [number for number in found if not is_drama(number) and joined not in number]

    def test_addresses_are_reserved(self) -> None:
        """Every e-mail and web address is below an example domain."""
        kinds = [*spans("CONTACT", "email"), *spans("CONTACT", "url")]
        assert len(kinds) >= 10
        assert not [name for name, _, text in kinds if "example" not in text]

    @pytest.mark.parametrize("name", RECORDS)
    def test_nothing_that_looks_like_one_is_unmarked(self, name: str) -> None:
        """Written numbers and e-mail addresses stand inside a span."""
        record = RECORDS[name]
        shapes = r"\b0\d{2,4} ?\d{3} ?\d{3,4}\b|\b\d{3} ?\d{3} ?\d{4}\b|\S+@\S+\.\w+"
        for found in re.finditer(shapes, record["text"]):
            assert any(
                span["start"] < found.end() and found.start() < span["end"]
                for span in record["spans"]
            ), found.span()


def is_drama(number: str) -> bool:
    """Whether a national telephone number lies in one of Ofcom's ranges for drama."""
    cities = (
        "0113",
        "0114",
        "0115",
        "0116",
        "0117",
        "0118",
        "0121",
        "0131",
        "0141",
        "0151",
        "0161",
    )
    elsewhere = ("01632960", "07700900", "02079460", "01914980", "02896496", "02920180")
    return number.startswith((*elsewhere, *(f"{city}4960" for city in cities)))


class TestRegister:
    def test_is_one(self) -> None:
        """The pipeline's own reader takes it, and every transcript's participant is in it."""
        people = register.read(SAMPLE / "register.csv").people
        assert len(people) >= 30
        roles = {person.role for person in people}
        assert {"participant", "tutor", "nurse", "interviewer"} <= roles

    def test_safe_values(self) -> None:
        """Its numbers and addresses are as safe as those in the transcripts."""
        with (SAMPLE / "register.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            number, phone, email = row["nhs_number"], row["telephone"], row["email"]
            assert not number or (number.startswith("999") and is_valid(number))
            assert not phone or is_drama(digits(phone))
            assert not email or re.search(r"[@.]example\.(org|com|net)$", email)
            assert re.fullmatch(r"(\d{4}-\d{2}-\d{2})?", row["date_of_birth"])
