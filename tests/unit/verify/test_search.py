"""Which ways of saying a value are a leak, and what only looks like one. Cases are rows."""

from collections.abc import Sequence

import pytest

from deid.transcript import EntityType
from deid.verify import Scope, Searcher, SearchValue, Source
from deid.verify.lexicon import FAMILY

PERSON, NHS, PHONE = EntityType.PERSON, EntityType.UK_NHS, EntityType.PHONE_NUMBER
DOB, POSTCODE, EMAIL = (
    EntityType.DATE_OF_BIRTH,
    EntityType.UK_POSTCODE,
    EntityType.EMAIL_ADDRESS,
)
PLACE, ADDRESS, RECORD = (
    EntityType.LOCATION,
    EntityType.STREET_ADDRESS,
    EntityType.MEDICAL_RECORD,
)


def register(text: str, kind: EntityType) -> SearchValue:
    """A register's value."""
    return SearchValue(text, kind, Source.REGISTER, Scope.STUDY)


def own(text: str, kind: EntityType) -> SearchValue:
    """An original of the transcript that is searched."""
    return SearchValue(text, kind, Source.ORIGINAL, Scope.TRANSCRIPT)


def other(text: str, kind: EntityType) -> SearchValue:
    """An original of another transcript."""
    return SearchValue(text, kind, Source.ORIGINAL, Scope.STUDY)


def is_found(value: SearchValue, text: str, *, kept: Sequence[str] = ()) -> bool:
    """Whether the text leaks the value, wherever it stands in it."""
    return any(Searcher([value], kept=kept).search(["quiet", text, "quiet"]))


LEAKS = [
    (register("Siobhán O'Dwyer", PERSON), "so siobhan o'dwyer said"),
    (register("Siobhán O'Dwyer", PERSON), "SIOBHÁN O\u2019DWYER"),
    (register("Siobhán O'Dwyer", PERSON), "Siobha\u0301n, O Dwyer"),
    (register("Siobhán O'Dwyer", PERSON), "Sio\u00adbh\u200ban said"),
    (register("Siobhán O'Dwyer", PERSON), "Mrs ODwyer's knee"),
    (register("Siobhán O'Dwyer", PERSON), "O'Dwyer, Siobhán"),
    (register("Siobhán O'Dwyer", PERSON), "that's S I O B H A N"),
    (register("Siobhán O'Dwyer", PERSON), "s-i-o-b-h-a-n"),
    (register("Siobhán O'Dwyer", PERSON), "Sio bhan O dwyer"),
    (register("Sarah Tremlett", PERSON), "S for sugar, A, R as in Robert, A, H"),
    (register("Sarah Tremlett", PERSON), "T R E M L E double T"),
    (register("Sarah Tremlett", PERSON), "sierra alpha romeo alpha hotel"),
    (register("Siobhán O'Dwyer", PERSON), "siobhan_odwyer_01"),
    (register("Siobhán O'Dwyer", PERSON), "[Siobhan] said"),
    (register("Siobhán O'Dwyer", PERSON), "[Siobhan 2] said"),
    (register("Siobhan Hargreaves", PERSON), "the Hargreavess are in"),
    (register("Łukasz Sørensen", PERSON), "Lukasz Sorensen"),
    (register("Jean-Luc Tremlett", PERSON), "Jean Luc and jeanluc"),
    (register("SARAH OKONKWO", PERSON), "okonkwo"),
    (register("Bev", PERSON), "bev came"),
    (register("Jo", PERSON), "I told Jo that"),
    (register("Hope", PERSON), "then Hope came along"),
    (register("hope", PERSON), "then Hope came along"),
    (register("June", PERSON), "you tell June that"),
    (register("Will Young", PERSON), "it was Will Young who"),
    (own("Dr Okonkwo", PERSON), "okonkwo"),
    (own("Will", PERSON), "and then Will came"),
    (own("Will", PERSON), "Will"),
    (own("Sarah's", PERSON), "sarah said"),
    (own("Sarah Tremlett", PERSON), "Sarah said"),
    (other("Sarah Tremlett", PERSON), "sarah tremlett"),
    (other("Tremlett", PERSON), "tremlett"),
    (own("Bath", PLACE), "we live in Bath now"),
    (own("St Werburgh's", PLACE), "at St. Werburghs"),
    (own("14 Tremlett Road", ADDRESS), "just off tremlett road"),
    (register("999 000 0018", NHS), "it is 9990000018"),
    (register("9990000018", NHS), "999-000-0018"),
    (register("9990000018", NHS), "999 000\n00 18"),
    (register("9990000018", NHS), "nine nine nine, er, oh double oh, oh oh one eight"),
    (register("9990000018", NHS), "ninety-nine nine, triple zero, zero zero eighteen"),
    (register("9990000018", NHS), "number9990000018x"),
    (register("9990000018", NHS), "\u0669\u0669\u0669 000 0018"),
    (own("nine nine nine zero zero zero zero zero one eight", NHS), "999 000 0018"),
    (own("T12345", RECORD), "t 12345"),
    (own("4821", RECORD), "number 4821."),
    (own("20-12-03", EntityType.BANK_ACCOUNT), "20 12 03"),
    (register("QQ 12 34 56 C", EntityType.UK_NINO), "qq123456c"),
    (register("07700 900123", PHONE), "+44 7700 900 123"),
    (register("+44 7700 900123", PHONE), "07700900123"),
    (register("07700 900123", PHONE), "double seven oh oh nine oh oh one two three"),
    (register("07700 900311", PHONE), "oh double seven oh oh, nine hundred, three one one"),
    (register("07700 900311", PHONE), "07700 nine hundred three eleven"),
    (register("07700 900011", PHONE), "oh double seven oh oh nine hundred, oh eleven"),
    (register("01632 960911", PHONE), "01632 nine sixty, nine hundred and eleven"),
    (register("01632 962000", PHONE), "oh one six three two nine six two thousand"),
    (own("oh double seven oh oh nine hundred three one one", PHONE), "07700 900311"),
    (register("BS16 1QU", POSTCODE), "bs161qu"),
    (register("BS16 1QU", POSTCODE), "B S sixteen one Q U"),
    (register("BS1 1AA", POSTCODE), "b s one, one a a"),
    (register("m.traba@example.org", EMAIL), "M.TRABA@EXAMPLE.ORG"),
    (register("m.traba@example.org", EMAIL), "m dot traba at example dot org"),
    (register("m.traba@example.org", EMAIL), "it's m traba at, er, you know"),
    (
        register("www.example.org/trembath", EntityType.URL),
        "www dot example dot org slash trembath",
    ),
    (register("Siobhan Hargreaves", PERSON), "Hargraves said"),
    (register("Siobhan Hargreaves", PERSON), "mrs hagreaves's knee"),
    (register("Siobhan Hargreaves", PERSON), "the Hargreavves family"),
    (register("Siobhan Hargreaves", PERSON), "with Hargreevs"),
    (register("Siobhan Hargreaves", PERSON), "and Sioban"),
    (register("Siobhan Hargreaves", PERSON), "and Soibhan"),
    (register("Łukasz Sørensen", PERSON), "Sorenson"),
    (register("Catherine Tremlett", PERSON), "so Katherine"),
    (own("Katarzyna", PERSON), "with Katarzina"),
    (other("Achterberg", PERSON), "with Achterburg"),
    (register("1973-04-05", DOB), "05/04/1973"),
    (register("1973-04-05", DOB), "5.4.73"),
    (register("1973-04-05", DOB), "the 5th of April 1973"),
    (register("1973-04-05", DOB), "April the fifth, nineteen seventy-three"),
    (register("1973-04-05", DOB), "fifth of April seventy three"),
    (register("1973-04-05", DOB), "oh five, oh four, nineteen seventy three"),
    (register("05/04/1973", DOB), "1973-04-05"),
    (
        own("the fifth of April, nineteen seventy three", DOB),
        "The fifth of April nineteen seventy three",
    ),
    (own("5 May 2021", EntityType.DATE_TIME), "on May 5th, 2021"),
]

NO_LEAKS = [
    (register("Siobhán O'Dwyer", PERSON), "[Person 2] said"),
    (register("01632 960911", PHONE), "nine hundred and eleven pounds in two thousand and twelve"),
    (register("Bethan Hughes", PERSON), "with Hughie"),
    (register("Marcus Hope", PERSON), "the circus"),
    (other("Achter", PERSON), "with Achtor"),
    (own("Thornbridge", PLACE), "over a thornridge"),
    (own("Hargreaves", PERSON), "Hargreavesons"),
    (own("Nurse", PERSON), "[Nurse 2] said"),
    (own("Town", PLACE), "in [Town 3], [NHS number], [date of birth]"),
    (own("Will", PERSON), "you will see. Will you come? \u201cWill it?\u201d"),
    (own("will", PERSON), "you will see"),
    (own("WILL", PERSON), "SO WILL YOU COME"),
    (register("Hope", PERSON), "I hope so. Hope is good"),
    (register("June", PERSON), "in June, since June, on June 5th"),
    (register("May", PERSON), "in May 2021"),
    (other("Hope", PERSON), "then Hope came along"),
    (other("Bev", PERSON), "bev came"),
    (other("Sarah Tremlett", PERSON), "Sarah said"),
    (other("Mounjaro", PERSON), "on Mounjaro"),
    (other("12 March 2021", EntityType.DATE_TIME), "on 12 March 2021"),
    (register("Theresa", PERSON), "there's a thing"),
    (register("Noah", PERSON), "no, ah, well"),
    (register("Ann", PERSON), "you cannot plan it, an n"),
    (register("Ellen", PERSON), "excellent"),
    (register("Mr Parkinson", PERSON), "with Parkinson's disease"),
    (own("seventy six", EntityType.AGE), "seventy six steps"),
    (own("76", EntityType.AGE), "76 steps"),
    (own("the 12th", EntityType.DATE_TIME), "the 12th time"),
    (own("12", RECORD), "12 weeks"),
    (own("the hospital", EntityType.ORGANIZATION), "at the hospital"),
    (other("12-34-56", EntityType.BANK_ACCOUNT), "12 34 56"),
    (own("00:12:03", EntityType.BANK_ACCOUNT), "[inaudible 00:12:03]"),
    (register("9990000018", NHS), "999 000 0019"),
    (register("9990000018", NHS), "999 000 people, 0018"),
    (register("1234567", RECORD), "0a1234567bcdef0123456789abcdef01"),
    (register("BS16 1QU", POSTCODE), "abs16 1qub"),
    (register("1973-04-05", DOB), "in April 1973, 5 of them"),
    (own("...", PERSON), "..."),
    (own("", PERSON), ""),
]


@pytest.mark.parametrize(("value", "text"), LEAKS, ids=[text for _, text in LEAKS])
def test_found(value: SearchValue, text: str) -> None:
    """Case, accents, punctuation, spacing, speech and the order of a date hide nothing."""
    assert is_found(value, text)


KEPT = ("Parkinson's disease", "Mounjaro")


@pytest.mark.parametrize(("value", "text"), NO_LEAKS, ids=[text for _, text in NO_LEAKS])
def test_not_found(value: SearchValue, text: str) -> None:
    """Ordinary words, pseudonyms and chance digits withhold nothing."""
    assert not is_found(value, text, kept=KEPT)


def test_a_kept_phrase_excuses_only_what_stands_in_it() -> None:
    """The Parkinson family is found beside the disease."""
    value = register("Mr Parkinson", PERSON)
    assert is_found(value, "Parkinson's disease, says Parkinson", kept=KEPT)
    assert is_found(own("Mounjaro", PERSON), "Mounjaro", kept=KEPT)


def test_a_match_tells_which_string_it_is_in() -> None:
    """Cells are searched together and never run into one another."""
    searcher = Searcher([register("Siobhan Hargreaves", PERSON)])
    cells = ["quiet", "", "hargreaves", "\x01\x02", "siobhan", "Siobhan", "999"]
    assert sorted({match.cell for match in searcher.search(cells)}) == [2, 4, 5]
    assert not list(searcher.search(["siob", "han"]))
    assert not list(searcher.search([]))


def test_a_long_value_that_is_called_a_postcode_is_searched_too() -> None:
    """A register's column may hold anything; the ways to read it aloud double with each group."""
    value = register("14 of 0999 es 5 BS16 1QU s " * 4, POSTCODE)
    assert is_found(value, f"so {value.text} it said")


def test_words_that_the_caller_calls_common_count() -> None:
    """The word list of detection and that of the check are both heard."""
    value = own("Magicians", PERSON)
    assert is_found(value, "young magicians")
    searcher = Searcher([value], is_common={"magicians"}.__contains__)
    assert not list(searcher.search(["young magicians"]))
    assert list(searcher.search(["young Magicians"]))


PLURALS = [
    (own("Les Brown", PERSON), "I felt less tired after that", False),
    (own("Les Brown", PERSON), "So Less is more", False),
    (own("Les", PERSON), "I felt less tired", False),
    (register("Linh Thi Tran", PERSON), "this is it, he said, This is it", False),
    (register("Tim Alway", PERSON), "it always hurts", False),
    (own("Jean Whittaker", PERSON), "I wore my jeans. Jeans are warm", False),
    (own("Jean Whittaker", PERSON), "jean's knee", True),
    (own("Jean Whittaker", PERSON), "the whittakers came", True),
    (own("Len Whittaker", PERSON), "a lens. Lens and frame", False),
    (own("Len Whittaker", PERSON), "at Lens house", True),
    (own("Dee Carter", PERSON), "the carters next door", True),
    (own("Graham", PERSON), "in grahams house", True),
    (register("Anne-Marie Tremlett", PERSON), "at anne maries", True),
    (register("Anne-Marie Tremlett", PERSON), "at annemaries", True),
    (own("Len", PLACE), "through a lens, a Lens", False),
]
_WORDS = {"lens", "carters", "grahams", "carter", "graham", "jean"}


@pytest.mark.parametrize(("value", "text", "found"), PLURALS, ids=[row[1] for row in PLURALS])
def test_a_plural_that_is_another_word_is_a_name_only_as_one_is_written(
    value: SearchValue, text: str, *, found: bool
) -> None:
    """An everyday word withholds nothing because somebody's name is that word without its s."""
    common = _WORDS - {"carter", "graham", "jean"}
    searcher = Searcher([value], is_common=common.__contains__, is_word=_WORDS.__contains__)
    assert any(searcher.search(["quiet", text, "quiet"])) is found


def test_one_transcripts_originals_are_added_without_changing_the_rest() -> None:
    """The study's automaton is built once; what one transcript adds stays with it."""
    study = Searcher([register("Tremlett", PERSON)])
    both = study.plus([own("Okonkwo", PERSON)])
    assert len(list(both.search(["tremlett, okonkwo"]))) == 2
    assert len(list(study.search(["tremlett, okonkwo"]))) == 1


def test_a_searcher_without_values_finds_nothing() -> None:
    """An empty vault is no error."""
    assert not list(Searcher([]).search(["anything", "at all"]))
    assert not list(Searcher([]).search_bytes(b"anything"))


def test_every_kind_has_its_family() -> None:
    """A new entity type cannot be forgotten."""
    assert set(FAMILY) == set(EntityType)
