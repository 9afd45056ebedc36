"""deid.leaks: what was written is read again, and a value of the study in it withholds."""

from collections.abc import Callable
from pathlib import Path

import pytest

from deid import store
from deid.errors import Reason, WithheldError
from deid.leaks import LeakCheck, kept_phrases
from deid.register import Person, Register
from deid.transcript import EntityType

KNOWN = Person(
    reference="P01",
    role="participant",
    given=("Marguerite",),
    family="Oyelaran",
    aliases=("Quillfeather",),
    identifiers={
        "date_of_birth": "1961-04-09",
        "nhs_number": "9990000018",
        "postcode": "BS5 6PX",
        "telephone": "07700 900311",
        "email": "m.oyelaran@example.org",
    },
    places=("Thornbridge",),
)
type Check = Callable[..., None]


@pytest.fixture
def checked(tmp_path: Path) -> Check:
    """Write one text and check it: ``checked(text, check, originals=[…])``."""

    def check(text: str, leaks: LeakCheck, *originals: tuple[EntityType, str]) -> None:
        row = store.TurnRow(
            study_id="LWT",
            transcript_id="t-1",
            turn=4,
            kind="speech",
            speaker="INT",
            start_ms=None,
            end_ms=None,
            text=text,
            n_redactions=0,
        )
        path = tmp_path / "t-1.parquet"
        path.write_bytes(store.table_bytes([row], store.Table.TURNS))
        leaks.check([path], originals, root=tmp_path)

    return check


def leaks(*originals: tuple[EntityType, str], people: tuple[Person, ...] = ()) -> LeakCheck:
    """A check that knows these people and what earlier runs replaced."""
    return LeakCheck(Register(people), originals, is_common="will".__eq__, kept=("bell's palsy",))


@pytest.mark.parametrize(
    "said",
    [
        "Marguerite Oyelaran",
        "marguerite oyelaran",
        "Quillfeather",
        "999 000 0018",
        "BS5 6PX",
        "07700 900311",
        "m.oyelaran@example.org",
        "Thornbridge",
        "9 April 1961",
    ],
)
def test_every_value_of_the_register_withholds(checked: Check, said: str) -> None:
    """Names, aliases, identifiers and places of everybody known, in any usual form."""
    with pytest.raises(WithheldError) as caught:
        checked(f"and {said} said", leaks(people=(KNOWN,)))
    assert caught.value.reason is Reason.LEAK
    assert said not in str(caught.value)
    checked("and [Participant 1] said", leaks(people=(KNOWN,)))


def test_an_original_of_the_transcript_withholds_and_names_its_turn(checked: Check) -> None:
    """What was replaced once and stands elsewhere is found, with the number of findings."""
    with pytest.raises(WithheldError) as caught:
        checked("then Desmond came", leaks(), (EntityType.PERSON, "Desmond Achterberg"))
    assert caught.value.stage == "verify"
    assert "found" in caught.value.detail
    assert "Desmond" not in str(caught.value)


def test_an_original_of_an_earlier_transcript_or_run_withholds(checked: Check) -> None:
    """What is distinctive of one transcript must not stand in another."""
    name = (EntityType.PERSON, "Desmond Achterberg")
    with pytest.raises(WithheldError):
        checked("with Desmond Achterberg", leaks(name))
    check = leaks()
    checked("nobody", check, name)
    with pytest.raises(WithheldError):
        checked("with Desmond Achterberg", check)


def test_an_ordinary_word_of_another_transcript_does_not(checked: Check) -> None:
    """Will of one interview says nothing about the word in the next."""
    checked("I will come", leaks((EntityType.PERSON, "Will")))


def test_a_phrase_that_stays_is_no_leak(checked: Check) -> None:
    """An eponym is not the patient of that name."""
    checked("it was Bell's palsy", leaks((EntityType.PERSON, "Tom Bell")))


def test_many_transcripts_do_not_make_it_forget(checked: Check) -> None:
    """What was learnt stays known when it is put together with what was known before."""
    check = leaks()
    for name in ("Desmond Achterberg", "Philippa Oyelaran", "Kenji Bramhall"):
        checked("nobody", check, (EntityType.PERSON, name))
    for name in ("Desmond Achterberg", "Philippa Oyelaran", "Kenji Bramhall"):
        with pytest.raises(WithheldError):
            checked(f"with {name}", check)


def test_a_file_that_cannot_be_read_back_withholds(tmp_path: Path) -> None:
    """What cannot be checked is not let through."""
    path = tmp_path / "t-1.parquet"
    path.write_bytes(b"PAR1 broken PAR1")
    with pytest.raises(WithheldError):
        leaks().check([path], [], root=tmp_path)


def test_kept_phrases_are_phrases() -> None:
    """Only phrases of several words are spared, never a word alone."""
    phrases = list(kept_phrases())
    assert len(phrases) > 10
    assert all(" " in phrase for phrase in phrases)
