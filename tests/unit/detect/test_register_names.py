"""deid.detect.register_names: the register's people, however they are said, and nobody else."""

import pytest

from deid.detect.register_names import RegisterNames
from deid.detect.speech import Speech
from deid.register import Person, Register
from deid.transcript import EntityType, Transcript, Turn

COMMON = frozenset({"will", "hope", "mark", "the", "stone", "may", "then", "an", "none"})


def person(
    given: str, family: str = "", aliases: str = "", places: str = "", **known: str
) -> Person:
    """A row of the register."""
    return Person(
        reference=f"P-{given}-{family}",
        role="participant",
        given=tuple(given.split()),
        family=family,
        aliases=tuple(filter(None, aliases.split(";"))),
        identifiers=known,
        places=tuple(filter(None, places.split(";"))),
    )


PEOPLE = (
    person("Marguerite Ann", "Oyelaran", "Maggie", "Easton;The Crown", nhs_number="9990000018"),
    person("Will", "Stone", postcode="BS5 6PX", telephone="07700 900311"),
    person("Beverley", "O'Brien", email="Bev.O@example.org"),
    person("Jo", "Ng"),
    person("Zo\u00eb", "Hargreaves"),
)


def found(*texts: str, people: tuple[Person, ...] = PEOPLE) -> list[tuple[str, str]]:
    """What is found in turns with these texts, with the rule, longest first and each once."""
    turns = tuple(Turn(number, text) for number, text in enumerate(texts))
    speech = Speech.of(Transcript(turns, "txt"))
    hits = RegisterNames(Register(people), COMMON.__contains__)(speech)
    outer: list[tuple[int, int, str]] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        assert (hit.recogniser, 0 <= hit.score <= 1) == ("register", True)
        if not any(start <= hit.start and hit.end <= end for start, end, _ in outer):
            outer.append((hit.start, hit.end, hit.rule))
    return [(speech.text[start:end], rule) for start, end, rule in outer]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("with Marguerite Oyelaran", [("Marguerite Oyelaran", "whole")]),
        ("with MARGUERITE OYELARAN", [("MARGUERITE OYELARAN", "whole")]),
        ("with marguerite oyelaran", [("marguerite oyelaran", "whole")]),
        ("Marguerite Ann Oyelaran's", [("Marguerite Ann Oyelaran", "whole")]),
        ("with marguerite", [("marguerite", "name")]),
        ("an oyelaran", [("oyelaran", "name")]),
        ("with Maggie", [("Maggie", "name")]),
        ("Beverley O\u2019Brien", [("Beverley O'Brien", "whole")]),
        ("with Bev", [("Bev", "short-form")]),
        ("a bev", []),
        ("with Hargreeves", [("Hargreeves", "sounds-like")]),
        ("some hargreeves", []),
        ("Zoe said", [("Zoe", "name")]),
        ("Zoe\u0308 said", [("Zo\u00eb", "name")]),
        ("Margue\u00adrite", [("Marguerite", "name")]),
        ("it's will and the two maggies", [("will", "listed")]),
        ("maggie and will", [("maggie", "name"), ("will", "listed")]),
        ("they will and maggie too", [("maggie", "name")]),
        ("will and that is that", []),
        ("in Easton", [("Easton", "whole")]),
        ("in easton", [("easton", "whole")]),
        ("at The Crown", [("The Crown", "whole")]),
        ("an eastonian", []),
        ("with Tobias", []),
        ("", []),
    ],
)
def test_a_name_or_place_is_found_and_says_why(text: str, hits: list[tuple[str, str]]) -> None:
    """Whole in any case, by part, short form or ear; a near match needs its capital."""
    assert found(text) == hits


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("then Will came", [("Will", "name")]),
        ("with Will's knee", [("Will", "name")]),
        ("then Will Stone came", [("Will Stone", "whole")]),
        ("I will come", []),
        ("so. Will you come", []),
        ("a stone", []),
        ("with Jo today", [("Jo", "name")]),
        ("a jo", []),
        ("with Ng today", [("Ng", "name")]),
    ],
)
def test_an_ordinary_or_very_short_word_needs_to_stand_as_a_name(
    text: str, hits: list[tuple[str, str]]
) -> None:
    """Will with a capital where a name would be, and not the verb; two letters likewise."""
    assert found(text) == hits


SHORT = tuple(map(person, ("Jo", "Ed", "Al", "Mo", "Di", "Vi", "Ng", "An", "Bo")))


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("and jo said it again, then jo went home.", ["jo", "jo"]),
        ("i was with jo. jo's knee, jo", ["jo", "jo", "jo"]),
        ("a jo, the jo, jo- job, jo job, jo.b@example.org, jo-ann, bo both", []),
        ("with bo in the bath", ["bo"]),
        ("my brother ed came, and ed rang, ed's wife, thanks ed", ["ed", "ed", "ed", "ed"]),
        ("i went to ed, in ed they said, the ed doctor, ed department, ed was full, from ed", []),
        ("the ed's doctors, people with ed, ed nurses, sex ed, by ed", []),
        ("me and al, al and i, told al", ["al", "al", "al"]),
        ("smith et al, al dente, al fresco", []),
        ("half a mo, in a mo, mo mo", []),
        ("mo lives there", ["mo"]),
        ("di didn't, di dear, lady di ana", []),
        ("auntie di, auntie vi", ["di", "vi"]),
        ("part vi says, chapter vi", []),
        ("an ng tube, ng feed, on ng", []),
        ("an apple", []),
    ],
)
def test_two_letters_without_a_capital_are_a_name_where_nothing_else_is_meant(
    text: str, hits: list[str]
) -> None:
    """Anywhere, if they are said for nothing else; or where only somebody could be meant."""
    assert [said for said, _ in found(text, people=SHORT)] == hits


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("my number is 999 000 0018 okay", ["999 000 0018"]),
        ("it's 9990000018.", ["9990000018"]),
        ("it's 999-000-0018.", ["999-000-0018"]),
        (
            "it's nine nine nine, oh oh oh, double oh one eight yes",
            ["nine nine nine, oh oh oh, double oh one eight"],
        ),
        ("in BS5 6PX now", ["BS5 6PX"]),
        ("in bs56px now", ["bs56px"]),
        ("on 07700 900311, or 07700-900311", ["07700 900311", "07700-900311"]),
        ("bev.o@example.org or BEV.O@EXAMPLE.ORG", ["bev.o@example.org", "BEV.O@EXAMPLE.ORG"]),
        ("999 000 0026", []),
        ("bev@example.org", []),
    ],
)
def test_an_identifier_is_found_as_it_is_said(text: str, hits: list[str]) -> None:
    """Written with any gaps or said in words; another number is not this one."""
    assert [said for said, rule in found(text) if rule in {"identifier", "e-mail"}] == hits


def test_an_email_is_found_at_its_own_place_after_letters_that_fold_longer() -> None:
    """Offsets count in the text, also behind letters that have two when folded."""
    text = "\u0130\u0130\u00df wrote to bev.o@example.org"
    assert found(text) == [("bev.o@example.org", "e-mail")]


@pytest.mark.parametrize("cell", ["-", "n/a", "none", "N/A 1", "?", "unknown"])
def test_a_cell_that_says_there_is_none_finds_nothing(cell: str) -> None:
    """What people write into an empty cell is no identifier, and ends in no endless search."""
    known = (person("Tobias", nhs_number=cell, telephone=cell, postcode=cell, email=cell),)
    assert found("n/a none - unknown ? n a 1, no number at all 1 2 3", people=known) == []


def test_somebody_without_a_name_is_known_by_number() -> None:
    """A row may have only identifiers."""
    known = (person("", nhs_number="9990000018"),)
    assert found("it's 999 000 0018", people=known) == [("999 000 0018", "identifier")]


def test_an_empty_register_finds_nobody() -> None:
    """Without a register nobody is known."""
    assert found("Marguerite Oyelaran 999 000 0018", people=()) == []


def test_every_hit_has_its_type() -> None:
    """People, places and each kind of identifier are told apart."""
    text = "Maggie in Easton, 999 000 0018, BS5 6PX, 07700 900311, bev.o@example.org"
    speech = Speech.of(Transcript((Turn(0, text),), "txt"))
    types = {
        hit.entity_type for hit in RegisterNames(Register(PEOPLE), COMMON.__contains__)(speech)
    }
    assert types == {
        EntityType.PERSON,
        EntityType.LOCATION,
        EntityType.UK_NHS,
        EntityType.UK_POSTCODE,
        EntityType.PHONE_NUMBER,
        EntityType.EMAIL_ADDRESS,
    }
