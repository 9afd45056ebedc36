"""deid.subjects: who is meant, told from the transcript and the register alone."""

import re
from collections.abc import Sequence

import pytest

from deid.register import Person, Register
from deid.subjects import PERSON_KIND, THING_KINDS, Subject, subjects
from deid.transcript import Annotation, EntityType, Part, Place, Transcript, Turn

KINDS = {
    "P": EntityType.PERSON,
    "L": EntityType.LOCATION,
    "O": EntityType.ORGANIZATION,
    "A": EntityType.STREET_ADDRESS,
    "C": EntityType.UK_POSTCODE,
    "N": EntityType.UK_NHS,
}
_MARK = re.compile(r"\{([A-Z]):([^}]*)\}")
SARAH = Person("P01", "participant", ("Sarah",), "Jones", ("Duchess",), {}, ())
OTHER_SARAH = Person("S01", "nurse", ("Sarah",), "Smith", (), {}, ())
BEV = Person("S02", "peer tutor", ("Beverley",), "Higgs", (), {}, ())


def marked(text: str, number: int, part: Part) -> tuple[str, list[Annotation]]:
    """Text without its marks ``{P:Sarah}``, and an annotation for each."""
    annotations, plain, last = [], "", 0
    for match in _MARK.finditer(text):
        plain += text[last : match.start()]
        place = Place(number, part, len(plain), len(plain) + len(match[2]))
        annotations.append(Annotation(place, KINDS[match[1]], 0.9, ("test/rule",)))
        plain += match[2]
        last = match.end()
    return plain + text[last:], annotations


def grouped(*turns: str, people: Sequence[Person] = ()) -> tuple[Subject, ...]:
    """The subjects of turns written as ``label: text`` with marks."""
    made, annotations = [], []
    for number, turn in enumerate(turns):
        label, _, text = turn.rpartition("| ")
        speaker, found = marked(label, number, Part.SPEAKER)
        annotations += found
        text, found = marked(text, number, Part.TEXT)
        annotations += found
        made.append(Turn(number, text, speaker))
    return subjects(
        Transcript(tuple(made), "txt"),
        annotations,
        Register(tuple(people)),
        place_kind=lambda name: {"bristol": "City", "yate": "Town"}.get(name, "Place"),
    )


@pytest.mark.parametrize(
    "mention",
    [
        "Beverley",
        "Bev",
        "BEV",
        "bev's",
        "Beverley\u2019s",
        "Higgs",
        "Mrs Higgs",
        "B-E-V-E-R-L-E-Y",
        "H I G G S",
        "Beverly",
        "Bev Higgs",
        "Be\u00adverley",
        "beverley higgs",
    ],
)
def test_one_person_is_one_subject_whatever_they_are_called(mention: str) -> None:
    """Full, short, mis-heard and spelt-out name, nickname, title, case and possessive are one."""
    (one,) = grouped(f"{{P:Beverley Higgs}}| and {{P:{mention}}} again")
    assert one.mentions == (0, 1)
    assert not one.ambiguous


def test_the_order_of_full_and_short_name_does_not_matter() -> None:
    """Somebody called by a short name first is still the one whose full name follows."""
    (one,) = grouped("{P:Bev}| yes", "INT| thanks {P:Beverley}", "INT| {P:Beverley Higgs} then")
    assert one.mentions == (0, 1, 2)
    assert one.names[0] == "beverley higgs"
    assert set(one.names) == {"beverley higgs", "beverley", "bev"}


def test_two_of_one_first_name_are_two_where_the_text_tells_them_apart() -> None:
    """Different surnames are different people; a short name goes to the one it fits."""
    first, second = grouped("{P:Sarah Jones} and {P:Tom Smith}", "{P:Jones}, {P:Tom}, {P:Sarah}")
    assert first.mentions == (0, 2, 4)
    assert second.mentions == (1, 3)
    assert not first.ambiguous
    assert not second.ambiguous


def test_a_bare_name_that_fits_two_is_shared_and_flagged() -> None:
    """Whoever is meant, the bare name has one identity of its own, for a person to look at."""
    found = grouped("{P:Sarah Jones} and {P:Sarah Smith}", "then {P:Sarah} and {P:Sarah's} mum")
    assert [each.mentions for each in found] == [(0,), (1,), (2, 3)]
    assert [each.ambiguous for each in found] == [False, False, True]


def test_members_of_a_family_are_two_and_their_surname_is_ambiguous() -> None:
    """June and Roy Hargreaves are two; "Hargreaves" alone may be either."""
    found = grouped("{P:June Hargreaves}, {P:Roy Hargreaves}, {P:Hargreaves}")
    assert [each.mentions for each in found] == [(0,), (1,), (2,)]
    assert [each.ambiguous for each in found] == [False, False, True]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Maria", "Mario"), ("Ann", "Sam"), ("Julie", "Julia"), ("Sarah Jones", "Sam Jones")],
)
def test_names_that_are_alike_are_not_one(one: str, other: str) -> None:
    """Two names that people bear are two people."""
    assert len(grouped(f"{{P:{one}}} and {{P:{other}}}")) == 2


@pytest.mark.parametrize(
    ("turn", "kind"),
    [
        ("Dr {P:Patel} came", "Doctor"),
        ("Dr. {P:Patel} came", "Doctor"),
        ("nurse {P:Patel} came", "Nurse"),
        ("{P:Patel} (tutor)| hello", "Tutor"),
        ("{P:Patel} - Interviewer| hello", "Interviewer"),
        ("GP {P:Patel}| hello", "Doctor"),
        ("{P:Patel}| hello", PERSON_KIND),
        ("saw the doctor. {P:Patel} came", PERSON_KIND),
        ("the doctor, {P:Patel}", PERSON_KIND),
        ("a {P:Patel} nursery", PERSON_KIND),
    ],
)
def test_a_role_said_beside_a_name_is_its_kind(turn: str, kind: str) -> None:
    """A title before a name or a role in the label tells the kind; a role elsewhere does not."""
    (one,) = grouped(turn)
    assert one.kind == kind


def test_the_first_role_said_is_the_kind_of_all_mentions() -> None:
    """One title among many mentions is enough."""
    (one,) = grouped("{P:Anita Patel}", "yes, Dr {P:Patel}", "{P:Anita}")
    assert one.kind == "Doctor"


@pytest.mark.parametrize(
    ("mention", "reference", "kind"),
    [
        ("Sarah Jones", "P01", "Participant"),
        ("Sarah", "P01", "Participant"),
        ("Duchess", "P01", "Participant"),
        ("Bev", "S02", "Peer tutor"),
        ("Bev Higgs", "S02", "Peer tutor"),
        ("Higgs", "S02", "Peer tutor"),
        ("Beverley H} and {P:Bev", "S02", "Peer tutor"),
        ("Tom", "", PERSON_KIND),
        ("Sarah Smith", "", PERSON_KIND),
    ],
)
def test_the_register_says_who_and_what_somebody_is(
    mention: str, reference: str, kind: str
) -> None:
    """A name that means one row of the register is that person, and the row's role the kind."""
    (one,) = grouped(f"{{P:{mention}}}", people=[SARAH, BEV])
    assert (one.reference, one.kind) == (reference, kind)


def test_two_names_of_one_row_are_one_person() -> None:
    """An alias that shares no letter with the name is the same by the register."""
    (one,) = grouped("{P:Duchess}, {P:Sarah Jones}", people=[SARAH])
    assert one.mentions == (0, 1)


def test_a_namesake_whom_the_register_does_not_know_is_somebody_else() -> None:
    """Sarah Smith is not made the registered Sarah Jones by her first name."""
    (one,) = grouped("{P:Sarah Smith} and {P:Sarah}", people=[SARAH])
    assert one.reference == ""
    found = grouped("{P:Sarah Smith}, {P:Sarah Jones}", people=[SARAH])
    assert [each.reference for each in found] == ["", "P01"]


def test_a_bare_name_of_two_rows_is_flagged() -> None:
    """A name that two people of the register bear is nobody's until a person decides."""
    (one,) = grouped("then {P:Sarah} came", people=[SARAH, OTHER_SARAH])
    assert (one.reference, one.ambiguous) == ("", True)


def test_a_registered_person_s_bare_name_is_ambiguous_beside_a_namesake() -> None:
    """Where the text knows two Sarahs, knowing one of them does not tell who is meant."""
    found = grouped("{P:Sarah Smith}, {P:Sarah Jones}, {P:Sarah}", people=[SARAH])
    assert [each.reference for each in found] == ["", "P01", ""]
    assert [each.ambiguous for each in found] == [False, False, True]


def test_a_role_of_initials_is_said_in_words() -> None:
    """A register's "GP" is a Doctor, as it is in a speaker label."""
    known = Person("S09", "GP", ("Anita",), "Patel", (), {}, ())
    (one,) = grouped("{P:Anita Patel}", people=[known])
    assert one.kind == "Doctor"


def test_a_reference_is_not_taken_for_a_name() -> None:
    """Somebody called like another's study id stays somebody else."""
    known = Person("tom", "participant", ("Sarah",), "Jones", (), {}, ())
    assert len(grouped("{P:Sarah Jones} and {P:Tom}", people=[known])) == 2


@pytest.mark.parametrize(
    ("mark", "kind", "name"),
    [
        ("{L:Bristol}", "City", "bristol"),
        ("{L:the Yate}", "Town", "yate"),
        ("{L:Nowhere}", "Place", "nowhere"),
        ("{L:London Road}", "Street", "london road"),
        ("{A:1 London Road}", "Address", "1 london road"),
        ("{C:BS5 6PX}", "Postcode", "bs5 6px"),
        ("{O:Southmead Hospital}", "Hospital", "southmead hospital"),
        ("{L:Southmead Hospital}", "Hospital", "southmead hospital"),
        ("{O:the Yate group}", "Group", "yate group"),
        ("{O:St Mary's Church}", "Place of worship", "st mary s church"),
        ("{O:Acme}", "Organisation", "acme"),
    ],
)
def test_places_and_organisations_have_their_kind(mark: str, kind: str, name: str) -> None:
    """What a place or an organisation is stands in its pseudonym."""
    (one,) = grouped(mark)
    assert (one.kind, one.names) == (kind, (name,))
    assert kind in THING_KINDS


def test_the_same_place_is_the_same_subject() -> None:
    """Case, article and typography make no second place; another place is another."""
    first, second = grouped("{L:The  Crown\u2019s End}, {L:Yate}", "{L:crown's end}, {L:YATE}")
    assert (first.mentions, second.mentions) == ((0, 2), (1, 3))


def test_a_place_and_a_person_of_one_name_are_two() -> None:
    """A town is never its namesake."""
    assert len(grouped("{L:Yate} and {P:Yate}")) == 2


def test_what_is_neither_person_nor_place_is_no_subject() -> None:
    """Numbers have tags, not identities."""
    assert grouped("{N:999 000 0018}") == ()


def test_subjects_come_in_the_order_of_their_first_mention() -> None:
    """Whom the text names first is numbered first, whatever is said of them later."""
    found = grouped("{L:Yate} {P:Tom} {O:Acme}", "{P:Ann} {P:Tom} {L:Yate} {P:Ann}")
    firsts = [each.mentions[0] for each in found]
    assert firsts == sorted(firsts)
    assert sorted(index for each in found for index in each.mentions) == list(range(7))


def test_a_subject_is_silent_in_repr() -> None:
    """No name shows in a log or a debugger."""
    assert "quillfeather" not in repr(grouped("{P:Quillfeather}")).casefold()
