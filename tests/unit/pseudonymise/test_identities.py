"""deid.pseudonymise.identities: one identity one pseudonym, in every transcript and every rerun."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deid.pseudonymise import identify
from deid.subjects import Subject
from deid.vault import Vault

KEY = bytes(range(32))


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """An empty vault."""
    Vault.create(tmp_path / "vault.db", KEY)
    with Vault.open(tmp_path / "vault.db", KEY) as opened:
        yield opened


def someone(
    *names: str,
    kind: str = "Person",
    reference: str = "",
    mentions: int = 1,
    ambiguous: bool = False,
) -> Subject:
    """A subject of these normalised names, the fullest first."""
    return Subject(kind, names, reference, tuple(range(mentions)), ambiguous)


def called(vault: Vault, *subjects: Subject, transcript: str = "t-1") -> list[str]:
    """The pseudonyms of subjects, each with places of its own."""
    placed = [
        Subject(one.kind, one.names, one.reference, (place,), one.ambiguous)
        for place, one in enumerate(subjects)
    ]
    with vault.transaction():
        found = identify(placed, vault, transcript_id=transcript)
    return [found[place].pseudonym for place in range(len(placed))]


def test_every_mention_has_its_subject_s_identity(vault: Vault) -> None:
    """All places of a subject lead to one identity, and no place is left out."""
    with vault.transaction():
        found = identify([someone("sarah", mentions=3)], vault, transcript_id="t-1")
    assert set(found) == {0, 1, 2}
    assert {identity.pseudonym for identity in found.values()} == {"[Person 1]"}


def test_numbers_follow_first_mentions_within_each_kind(vault: Vault) -> None:
    """Identities are numbered as they come, each kind for itself."""
    subjects = [
        someone("june hargreaves"),
        someone("yate", kind="Town"),
        someone("tom ryder"),
        someone("anita patel", kind="Nurse"),
        someone("bath", kind="Town"),
    ]
    assert called(vault, *subjects) == [
        "[Person 1]",
        "[Town 1]",
        "[Person 2]",
        "[Nurse 1]",
        "[Town 2]",
    ]


def test_a_rerun_gives_the_same_pseudonyms_and_takes_no_number(vault: Vault) -> None:
    """However often a transcript is done, its people keep their numbers and the next is next."""
    subjects = [someone("june hargreaves", "june"), someone("tom"), someone("yate", kind="Town")]
    first = called(vault, *subjects)
    assert called(vault, *subjects) == first
    assert called(vault, *reversed(subjects)) == first[::-1]
    assert called(vault, someone("new body")) == ["[Person 3]"]


def test_the_same_full_name_in_two_transcripts_is_the_same_person(vault: Vault) -> None:
    """A full name is one person across the study, whatever else they are called in each."""
    first = called(vault, someone("sarah jones", "sarah"))
    again = called(vault, someone("sarah jones", "mrs jones"), transcript="t-2")
    assert again == first


def test_another_surname_is_another_person(vault: Vault) -> None:
    """Two Sarahs of different surnames are two, though both are called Sarah as well."""
    one = called(vault, someone("sarah jones", "sarah"))
    other = called(vault, someone("sarah smith", "sarah"), transcript="t-2")
    assert one != other


def test_a_bare_name_is_its_only_bearer(vault: Vault) -> None:
    """A first name that one person of the study has is that person in the next transcript."""
    first = called(vault, someone("sarah jones", "sarah"))
    assert called(vault, someone("sarah"), transcript="t-2") == first


def test_a_bare_name_that_two_have_is_one_shared_identity(vault: Vault) -> None:
    """Where two of the study are called so, the bare name has an identity of its own, once."""
    one = called(vault, someone("sarah jones", "sarah"))
    other = called(vault, someone("sarah smith", "sarah"), transcript="t-2")
    shared = called(vault, someone("sarah"), transcript="t-3")
    assert len({*one, *other, *shared}) == 3
    assert called(vault, someone("sarah"), transcript="t-4") == shared


def test_an_ambiguous_name_is_never_somebody_of_whom_more_is_known(vault: Vault) -> None:
    """Two Sarahs in this transcript: the bare name is not the one whom another transcript knew."""
    known = called(vault, someone("sarah jones", "sarah"))
    here = [
        someone("sarah jones"),
        someone("sarah smith"),
        someone("sarah", ambiguous=True),
    ]
    first, second, shared = called(vault, *here, transcript="t-2")
    assert first == known[0]
    assert len({first, second, shared}) == 3
    assert called(vault, *here, transcript="t-2") == [first, second, shared]


def test_the_register_decides_before_any_name(vault: Vault) -> None:
    """A person of the register is known by reference, also under a new name; nobody else is."""
    first = called(vault, someone("sarah jones", kind="Participant", reference="P01"))
    again = called(vault, someone("duchess", kind="Participant", reference="P01"), transcript="t-2")
    namesake = called(
        vault, someone("sarah jones", kind="Nurse", reference="S01"), transcript="t-3"
    )
    assert first == again == ["[Participant 1]"]
    assert namesake == ["[Nurse 1]"]


def test_somebody_registered_later_keeps_the_pseudonym(vault: Vault) -> None:
    """A pseudonym that may have left the trust stays when the register learns of the person."""
    first = called(vault, someone("sarah jones"))
    known = someone("sarah jones", kind="Participant", reference="P01")
    assert called(vault, known, transcript="t-2") == first


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (someone("yate"), someone("yate", kind="Town")),
        (someone("crown", kind="Street"), someone("crown", kind="Group")),
        (someone("florence", kind="Town"), someone("florence")),
    ],
)
def test_a_place_is_never_its_namesake(vault: Vault, one: Subject, other: Subject) -> None:
    """A person, a place and an organisation of one name are three."""
    first = called(vault, one)
    assert called(vault, other, transcript="t-2") != first
    assert called(vault, one, transcript="t-3") == first


@pytest.mark.parametrize(
    "name", ["\u0130stanbul".casefold(), "stra\u00dfe", "\ufb01eld", "ca\u00f1on"]
)
def test_a_place_is_the_same_again_whatever_its_letters(vault: Vault, name: str) -> None:
    """Letters that have more than one way of being written do not make a second place."""
    first = called(vault, someone(name, kind="Town"))
    assert called(vault, someone(name, kind="Town"), transcript="t-2") == first
