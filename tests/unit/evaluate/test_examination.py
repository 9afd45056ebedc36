"""The generated gold is what it says: safe values, exact spans, the same for the same seed."""

import re
from pathlib import Path
from random import Random

import pytest
from nhs_number.validate import is_valid

from bench import detection, digits, people
from bench.data import split, table
from deid.evaluate.gold import read_gold
from deid.evaluate.values import GoldLabel, Item

WORDS = re.compile(r"\w")


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> tuple[Item, ...]:
    """One whole examination."""
    return read_gold(detection.make(tmp_path_factory.mktemp("gold"), seed=1))


def test_it_has_the_promised_size(items: tuple[Item, ...]) -> None:
    """1,500 identifiers, names of at least 12 origins in three cases, 400 plain sentences."""
    identifiers = [one for one in items if one.source == "identifiers"]
    names = [one for one in items if one.source == "names"]
    plain = [one for one in items if one.source == "plain"]
    assert len(identifiers) >= 1_500
    origins = {span.origin for one in names for span in one.spans}
    assert len(origins) >= 12
    assert {one.case for one in names} == {"sentence", "lower", "upper"}
    assert sum(one.text.count("\n") + 1 for one in plain) == 400
    assert not any(one.spans for one in plain)


def test_spans_run_from_the_first_to_the_last_word(items: tuple[Item, ...]) -> None:
    """Exact at both ends, on one line each, with a form."""
    for one in items:
        for span in one.spans:
            said = one.text[span.start : span.end]
            assert WORDS.match(said[-1])
            assert WORDS.match(said[0]) or said[0] == "+"
            assert "\n" not in said
            assert not said.casefold().startswith(("the ", "number "))
            assert span.form


def test_the_same_seed_makes_the_same_bytes(tmp_path: Path) -> None:
    """Another seed makes another examination of the same shape."""
    first, same, other = (
        [path.read_bytes() for path in detection.make(tmp_path / name, seed=seed)]
        for name, seed in (("a", 5), ("b", 5), ("c", 6))
    )
    assert first == same
    assert all(one != another for one, another in zip(first, other, strict=True))


def test_only_safe_numbers_are_made() -> None:
    """NHS numbers of the 999 range with their check digit; telephone numbers of the drama list."""
    rng = Random(3)  # noqa: S311  repeatable, not secret
    for _ in range(200):
        nhs = "".join(digits.nhs(rng))
        assert nhs.startswith("999")
        assert is_valid(nhs)
        code, block, tail = digits.telephone(rng)
        assert (code, block) in {(one[0], one[1]) for one in digits.DRAMA}
        assert len(code + block + tail) == 11
        assert len(tail) == 3 or tail[0] == "0"


def test_mail_is_at_example_domains_only(items: tuple[Item, ...]) -> None:
    """Nobody's real address can be made by chance."""
    for one in items:
        assert all(
            domain.startswith("example.")
            for domain in re.findall(r"@([\w.]+)", one.text.casefold())
        )


def test_each_origin_has_thirty_given_and_thirty_family_names() -> None:
    """Enough that a group's figure is not one name's."""
    for borne in table("names").values():
        assert len(set(split(borne["given"]))) >= 30
        assert len(set(split(borne["family"]))) >= 30


def test_pieces_of_one_identifier_in_several_turns_are_spans_of_their_own(
    items: tuple[Item, ...],
) -> None:
    """With a nod between them that belongs to nobody."""
    turns = [one for one in items if one.id.startswith("nhs-turns")]
    assert turns
    assert all(
        sum(span.label is GoldLabel.ID and "read back" not in span.form for span in one.spans) == 3
        for one in turns
    )


def test_a_title_is_no_part_of_a_name() -> None:
    """As in every other gold of this project."""
    rng = Random(1)  # noqa: S311  repeatable, not secret
    labels = [one for one in people.labels(rng) if "\nDr " in one["text"]]
    assert labels
    for one in labels:
        assert all(one["text"][span["start"] - 3 : span["start"]] == "Dr " for span in one["spans"])
