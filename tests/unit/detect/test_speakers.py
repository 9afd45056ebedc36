"""Speaker labels: names are found, roles and codes are not."""

import pytest

from deid.detect import label_numbers, speakers
from deid.detect.spoken import family
from deid.transcript import Part, Transcript, Turn

_NAMES = {
    "SARAH": ["SARAH"],
    "Sarah (tutor)": ["Sarah"],
    "Dr Jones": ["Jones"],
    "Dr. Sarah Jones-Smith": ["Sarah Jones-Smith"],
    "TomVale": ["TomVale"],
    "Interviewer (Bev)": ["Bev"],
    "Tom and Priya": ["Tom", "Priya"],
    "Tui Ranginui": ["Tui Ranginui"],
    "ORLA McC": ["ORLA McC"],
    "Jo O'B": ["Jo O'B"],
    "Ruth Timpson": ["Ruth Timpson"],
    "Mrs Wickes": ["Wickes"],
    "Wickes": ["Wickes"],
    "Sarah NHS": ["Sarah"],
    "Nurse Okonkwo": ["Okonkwo"],
    "Siobhán O'Flaherty": ["Siobhán O'Flaherty"],
    "Wikidaily": ["Wikidaily"],
    "Frost": ["Frost"],
    "J. Smith": ["J. Smith"],
    "Spud": ["Spud"],
    "Twist": ["Twist"],
    "Trist (tutor)": ["Trist"],
    "Spud (tutor)": ["Spud"],
    "JAY": ["JAY"],
    "JSM": ["JSM"],
    "PEARL BISHOP": ["PEARL BISHOP"],
    "Dr Senior": ["Senior"],
    "Mr T": ["T"],
    "Sarah W": ["Sarah W"],
    "Sarah W.": ["Sarah W"],
    "Dr. A. Patel": ["A. Patel"],
    "Tutor Spud": ["Spud"],
    "Mary's husband": ["Mary"],
    "Guy Young": ["Guy Young"],
    "Aunty Vie": ["Aunty Vie"],
    "Uncle Raj (P4)": ["Uncle Raj"],
    "Patient's uncle Raj": ["Raj"],
    "Foster": ["Foster"],
    "Walker": ["Walker"],
    "Potter": ["Potter"],
    "Finder Okonkwo": ["Okonkwo"],
    "Charity": ["Charity"],
    "Mason (garage)": ["Mason"],
    "Young, Grace": ["Young", "Grace"],
    "DA": ["DA"],
    "amber hand": ["amber hand"],
    "tone": ["tone"],
    "sticks": ["sticks"],
    "junior beckford": ["junior beckford"],
    "Mrs Ten Brink": ["Ten Brink"],
    "Mr Douglas Home": ["Douglas Home"],
    "Lena du Plessis": ["Lena du Plessis"],
    "Denise Tutor": ["Denise"],
    "Ann online": ["Ann"],
    "Day": ["Day"],
    "Nurse Day": ["Day"],
    "Grace Day": ["Grace Day"],
    "Dr Patel pain clinic": ["Patel"],
}
_ROLES = [
    "", "INT", "Int", "Interviewer", "P1", "P 2", "Speaker 2", "Speaker A", "Doctor", "Patient",
    "Facilitator", "Tutor", "Moderator", "R", "Male voice", "Participant 12", "GP", "M1",
    "Peer support worker", "Researcher 1", "Unknown speaker", "Nurse", "Mum", "Q", "A",
    "Housing Officer", "Young Carer", "Expert Patient", "Ex-teacher", "Voice from the back", "MOD",
    "Ward manager", "P3's wife", "Aunty", "Uncle 2", "Garage", "Coroner", "Stoma supplier",
    "Union rep", "Diabetes Nurse", "Tesco Manager", "English Speaker", "PHY",
    "Boater", "finder", "Maker", "PC", "PCSO", "Lock keeper", "Paralegal", "bill payer",
    "Foster carer", "AMBULANCE CREW", "Ferryman", "renal unit", "Doctor Two", "junior doctor",
    "Biochemist", "Training admin", "FCP", "Companion", "Machinist 2",
    "groomer", "tuner", "tape", "crowd", "day senior", "Night carer", "Day nurse", "bank nurse",
]  # fmt: skip


def _found(label: str) -> list[str]:
    transcript = Transcript((Turn(0, "hello", speaker=label),), "txt")
    found = speakers.find(transcript)
    assert all(each.place.part is Part.SPEAKER for each in found)
    return [label[each.place.start : each.place.end] for each in found]


@pytest.mark.parametrize(("label", "names"), _NAMES.items())
def test_a_label_that_holds_a_name_is_found_without_its_role(label: str, names: list[str]) -> None:
    """The name is masked, the role beside it stays."""
    assert _found(label) == names


@pytest.mark.parametrize("label", _ROLES)
def test_a_role_or_a_code_is_no_name(label: str) -> None:
    """Who somebody is in the study stays readable."""
    assert _found(label) == []


def test_camel_case_labels_tell_the_names_in_the_text() -> None:
    """The label "TomVale" makes both "Tom" and "Vale" names in the text."""
    assert speakers.label_names(["TomVale", "INT"]).people == {"tom", "vale"}


def test_a_label_on_no_list_is_no_persons_name_in_the_text() -> None:
    """It is masked all the same, as an organisation."""
    names = speakers.label_names(["Wikidaily"])
    assert names.people == frozenset()
    assert names.others == {"wikidaily"}


def _numbers_found(label: str) -> list[str]:
    transcript = Transcript((Turn(0, "hello", speaker=label),), "txt")
    found = label_numbers.find_numbers(transcript, family.find)
    return [label[each.place.start : each.place.end] for each in found]


@pytest.mark.parametrize(
    ("label", "numbers"),
    [
        ("Caller 07700900123", "07700900123"),
        ("+44 7700 900123", "+44 7700 900123"),
        ("NHS 999 000 0018", "999 000 0018"),
        ("P1 (DOB 04/05/1961)", "04/05/1961"),
        ("jo@example.org", "jo@example.org"),
        ("RVJ1234567", "RVJ1234567"),
    ],
)
def test_a_number_in_a_label_is_found(label: str, numbers: str) -> None:
    """A caller's number, a patient's, a birthday and an address are no labels that may stay."""
    assert numbers in _numbers_found(label)


@pytest.mark.parametrize("label", ["P12", "Speaker 2", "FG2 P3", "Participant 0012", "S0412"])
def test_a_code_of_the_study_is_no_number(label: str) -> None:
    """Whom the study calls so stays told apart."""
    assert _numbers_found(label) == []


def test_a_label_of_endless_length_is_masked_whole() -> None:
    """It is not read, so it may not stay."""
    label = "P1 and the other one " * 20 + "Philippa Oyelaran"
    assert _found(label) == [label]


def _labels_found(*turns: tuple[str, str]) -> list[str]:
    turned = [Turn(number, text, speaker=label) for number, (label, text) in enumerate(turns)]
    return [turns[each.place.turn][0] for each in speakers.find(Transcript(tuple(turned), "txt"))]


def test_a_label_that_the_text_calls_a_role_is_no_name() -> None:
    """Letters stand for what the transcript says they do; a person's initials stay hers."""
    turns = ("HA", "[HA = health advisor, DK = Dora Kent]"), ("DK", "Hello."), ("HA", "Hiya.")
    assert _labels_found(*turns) == ["DK"]
    assert speakers.label_names(["HA", "DK"], turns[0][1]).others == {"dk"}
    assert _labels_found(("HO", "Hello."), ("SB", "SB = interviewer Sue Bond")) == ["HO", "SB"]
