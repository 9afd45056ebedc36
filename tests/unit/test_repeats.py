"""deid.repeats: a name found once is masked wherever it is said again, and ordinary words are not.

Each case gives the turn in which a recogniser saw the name, between the bars, and another turn.
"""

from collections.abc import Iterable

import pytest

from deid.repeats import repeated
from deid.transcript import Annotation, EntityType, Part, Place, Transcript, Turn

COMMON = frozenset(
    {"will", "may", "rose", "hope", "mark", "price", "young", "nurse", "doctor", "sister"}
    | {"the", "well", "in", "street", "old", "north", "end", "house", "nan", "and", "grace"}
    | {"times"}
)


def said_again(
    seen: str, later: str, entity_type: EntityType = EntityType.PERSON, *, speaker: str = ""
) -> list[str]:
    """What of ``later`` is masked because ``seen`` holds an annotation between bars."""
    before, name, after = seen.split("|")
    turns = (Turn(0, before + name + after), Turn(1, later, speaker))
    place = Place(0, Part.TEXT, len(before), len(before) + len(name))
    found = repeated(
        Transcript(turns, "txt"),
        [Annotation(place, entity_type, 0.8, ("ner/person",))],
        COMMON.__contains__,
    )
    return texts(turns, (each.place for each in found if each.place.turn == 1))


def texts(turns: tuple[Turn, ...], places: Iterable[Place]) -> list[str]:
    """What stands at places, the parts of what is masked as a whole left out."""
    outer: list[Place] = []
    for place in places:
        if not any(place.overlaps(other) and place.end <= other.end for other in outer):
            outer.append(place)
    return [turns[each.turn].part(each.part)[each.start : each.end] for each in outer]


@pytest.mark.parametrize("seen", ["|Great-Grandad Herman|", "|Grandma Bette|", "|Step Aunty Jo|"])
def test_kin_before_a_name_is_nobodys_name(seen: str) -> None:
    """The name is masked again, "Grandad" alone is not."""
    assert said_again(seen, "Grandad, Grandma, Aunty: sit down.") == []
    name = seen.strip("|").rsplit(" ", 1)[1]
    assert said_again(seen, f"I said to {name}.") == [name] * (len(name) > 2)


@pytest.mark.parametrize(
    ("later", "masked"),
    [
        ("and sarah said so", ["sarah"]),
        ("SARAH", ["SARAH"]),
        ("Sarah's knee", ["Sarah"]),
        ("Sarah\u2019s knee", ["Sarah"]),
        ("Sarah'd gone, Sarah'll come", ["Sarah", "Sarah"]),
        ("the two Sarahs", ["Sarahs"]),
        ("Sa\u00adrah", ["Sa\u00adrah"]),
        ("S\u200barah came", ["S\u200barah"]),
        ("(Sarah)", ["Sarah"]),
        ("Sarah-Jane", ["Sarah"]),
        ("Sarah/Tom", ["Sarah"]),
        ("sarahs1", []),
        ("the Sahara", []),
        ("Sarahan", []),
        ("xsarah", []),
        ("", []),
    ],
)
def test_a_name_is_masked_however_it_is_written(later: str, masked: list[str]) -> None:
    """In any case, with possessive, contraction or plural; never inside another word."""
    assert said_again("my friend |Sarah| came", later) == masked


def test_a_plural_that_is_an_ordinary_word() -> None:
    """Somebody called Tim is in most studies; "at times" is not about them."""
    assert said_again("|Tim| came", "at times it hurt, and other times not") == []
    assert said_again("|Tim| came", "both the Tims, and tim, came") == ["Tims", "tim"]


def test_a_month_is_nobody_where_a_date_stands() -> None:
    """Where a June or a Dec takes part, "in June" and "Dec 2019" are still the month."""
    assert said_again("|June| came", "In June, since June, June 3rd. Then June left") == ["June"]
    assert said_again("|Dec| came", "in Dec, Dec 2019, ask Dec") == ["Dec"]


@pytest.mark.parametrize(
    "written", ["Sa::rah", "Sa:rah", "Sar=ah", "Sa[rah", "Sa\u2191rah", "Sa(h)rah", "S:arah"]
)
def test_a_name_is_masked_as_analysts_write_it(written: str) -> None:
    """Marks of length, overlap and pitch are inside the mask, not in its way."""
    assert said_again("my friend |Sarah| came", f"then {written} left") == [written]


def test_a_decomposed_accent_is_the_same_name() -> None:
    """A name typed with a separate accent is the same, and the accent goes with it."""
    assert said_again("|Zo\u00eb| came", "then Zoe\u0308 left") == ["Zoe\u0308"]
    assert said_again("|Zoe\u0308| came", "then Zo\u00eb left") == ["Zo\u00eb"]


@pytest.mark.parametrize(
    ("later", "masked"),
    [
        ("the Hargreaveses came", ["Hargreaveses"]),
        ("Mrs Hargreaves", ["Hargreaves"]),
        ("the Hargreaves' house", ["Hargreaves"]),
        ("Hargreaves's", ["Hargreaves"]),
        ("June Hargreaves", ["June Hargreaves"]),
        ("hargreaves, june", ["hargreaves", "june"]),
        ("some graves", []),
    ],
)
def test_a_full_name_is_masked_whole_and_by_part(later: str, masked: list[str]) -> None:
    """Either part of a full name is masked alone; the whole is one place, not two."""
    assert said_again("it was |June Hargreaves| then", later) == masked


@pytest.mark.parametrize(
    ("later", "masked"),
    [
        ("then Will came", ["Will"]),
        ("and Will'd know", ["Will"]),
        ("and Will\u2019s knee", ["Will"]),
        ("then I will come", []),
        ("WILL YOU? will you", []),
        ("yes. Will you come", []),
        ("so Willing", []),
        ("goodwill", []),
    ],
)
def test_a_name_that_is_a_word_is_masked_only_where_it_stands_as_a_name(
    later: str, masked: list[str]
) -> None:
    """Will inside a sentence is the man; will is the verb, at a sentence's beginning as well."""
    assert said_again("my son |Will| came", later) == masked


@pytest.mark.parametrize(
    ("later", "masked"),
    [
        ("then May came", ["May"]),
        ("it was in May", []),
        ("since May 2019", []),
        ("the 3rd May", []),
        ("early May", []),
        ("it may rain", []),
    ],
)
def test_a_month_is_not_the_woman_of_that_name(later: str, masked: list[str]) -> None:
    """May is masked where a woman would stand, not where a month would."""
    assert said_again("my sister |May| came", later) == masked


def test_words_of_a_common_full_name_are_masked_with_their_capitals_only() -> None:
    """Grace Price both are words: together or alone they need a name's capitals."""
    seen = "this is |Grace Price| here"
    assert said_again(seen, "we asked Grace Price") == ["Grace Price"]
    assert said_again(seen, "the price of grace price") == []
    assert said_again(seen, "and Price said") == ["Price"]


def test_particles_and_titles_are_no_part_of_a_name() -> None:
    """What joins a name, and a title caught with it, are not masked elsewhere."""
    assert said_again("met |Ruth van der Berg| there", "the van and der Weg") == []
    assert said_again("met |Ruth van der Berg| there", "and Berg") == ["Berg"]
    assert said_again("met |Nurse Salthouse| there", "the Nurse and the Doctor") == []
    assert said_again("met |Doctor Salthouse| there", "Salthouse, the Doctor") == ["Salthouse"]


def test_a_speaker_label_is_searched_too() -> None:
    """A name found in the text is masked in a later label."""
    assert said_again("thanks |Sarah|", "yes", speaker="Sarah (tutor)") == ["Sarah"]


@pytest.mark.parametrize(
    ("entity_type", "seen", "later", "masked"),
    [
        (EntityType.LOCATION, "in |Yate| then", "back to yate", ["yate"]),
        (EntityType.LOCATION, "in |Yate| then", "the Yates", []),
        (EntityType.LOCATION, "in |Old Street| then", "an old street", []),
        (EntityType.LOCATION, "in |Old Street| then", "on Old Street", ["Old Street"]),
        (EntityType.LOCATION, "in |North End| then", "the north of it", []),
        (EntityType.LOCATION, "in |North End| then", "the North of it", []),
        (EntityType.ORGANIZATION, "at |Hope House| then", "I hope", []),
        (EntityType.PHONE_NUMBER, "on |01632 960555| yes", "01632 960555", ["01632 960555"]),
        (EntityType.PHONE_NUMBER, "on |01632 960555| yes", "960555", []),
        (EntityType.UK_NHS, "it's |9990000018| yes", "9990000018.", ["9990000018"]),
        (EntityType.MEDICAL_RECORD, "it's |47| yes", "47 of them", []),
        (EntityType.AGE, "I'm |ninety-three| now", "ninety-three people", []),
        (EntityType.DATE_TIME, "on |3 March 2024| yes", "3 March 2024", []),
        (EntityType.DATE_OF_BIRTH, "on |9 April 1961| yes", "9 April 1961", ["9 April 1961"]),
    ],
)
def test_other_things_are_repeated_whole(
    entity_type: EntityType, seen: str, later: str, masked: list[str]
) -> None:
    """Places, numbers and dates of birth only whole; ages and other dates not at all."""
    assert said_again(seen, later, entity_type) == masked


def test_a_repeat_says_how_it_was_known() -> None:
    """The rule tells whether the whole was said again or a part of a name."""
    turns = (Turn(0, "June Hargreaves"), Turn(1, "June Hargreaves"), Turn(2, "and June"))
    found = repeated(
        Transcript(turns, "txt"),
        [Annotation(Place(0, Part.TEXT, 0, 15), EntityType.PERSON, 0.8, ("ner/person",))],
        COMMON.__contains__,
    )
    rules: dict[int, str] = {}
    for each in found:
        assert (each.recogniser, each.score) == ("resolve", 0.8)
        rules.setdefault(each.place.turn, each.rule)
    assert (rules[1], rules[2]) == ("repeat", "part-of-name")


def test_nothing_found_is_nothing_repeated() -> None:
    """Without annotations there is nothing to look for."""
    turns = (Turn(0, "Sarah"),)
    assert list(repeated(Transcript(turns, "txt"), [], COMMON.__contains__)) == []


@pytest.mark.parametrize(
    ("seen", "later", "masked"),
    [
        ("it's |S-H-E-I-K-H|", "Thank you, Sheikh.", ["Sheikh"]),
        ("|S for sugar, H for Harry, E for egg|", "So Mrs She, is it?", ["She"]),
        ("|P R I C E|", "Right, thanks, Price.", ["Price"]),
        ("|p r i c e|", "thank you, price.", ["price"]),
        ("|p r i c e|", "what a price to pay", []),
        ("|golf india lima lima|", "Mr Gill, then.", ["Gill"]),
        ("|G I double L|", "Mr Gill, then.", ["Gill"]),
        ("I met |Gill|", "G, I, double L", ["G, I, double L"]),
        ("I met |Fox|", "that's foxtrot, oscar, x-ray", ["foxtrot, oscar, x-ray"]),
        ("I met |Fox|", "F-O-X, like the animal", ["F-O-X"]),
        ("I met |Mike|", "m, and then i", []),
    ],
)
def test_a_name_spelt_out_is_the_name_joined(seen: str, later: str, masked: list[str]) -> None:
    """Letters, doubled letters, "S for sugar" and NATO's words; there and back again."""
    assert said_again(seen, later) == masked


@pytest.mark.parametrize(
    ("later", "masked"),
    [
        ("was it 1962?", ["1962"]),
        ("it has hurt since May of 1962", []),
        ("we moved in June 1962", []),
        ("before 1962 there was no road", []),
    ],
)
def test_a_year_of_birth_is_not_an_events(later: str, masked: list[str]) -> None:
    """A year found as a birth year is masked again, but not where it tells when something was."""
    turns = (Turn(0, "1962"), Turn(1, later))
    born = Annotation(Place(0, Part.TEXT, 0, 4), EntityType.DATE_OF_BIRTH, 0.8, ("spoken/year",))
    found = repeated(Transcript(turns, "txt"), [born], COMMON.__contains__)
    assert [later[each.place.start : each.place.end] for each in found if each.place.turn] == masked
