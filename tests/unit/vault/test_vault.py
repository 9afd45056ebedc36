"""deid.vault: one identity one pseudonym, everything of a transcript lands or nothing does."""

import pickle
from pathlib import Path

import pytest

from deid.errors import BusyError, VaultError
from deid.keys import normalised
from deid.vault import Identity, Original, TranscriptRecord, TranscriptState, Vault
from deid.vault import connection as connection_module


def record(transcript_id: str, state: TranscriptState = TranscriptState.DONE) -> TranscriptRecord:
    """A record with every field set."""
    return TranscriptRecord(
        transcript_id=transcript_id,
        relative_path=f"ward 3/{transcript_id}.docx",
        content_digest="c" * 64,
        fingerprint="f" * 64,
        state=state,
        reason="leak" if state is TranscriptState.WITHHELD else "",
        run_id="run-00000001",
        outputs={"staging/b": "2", "staging/a": "1"},
        size=812,
        mtime_ns=1_700_000_000_000_000_001,
    )


def test_numbers_count_up_within_a_kind(vault: Vault) -> None:
    """From 1, in order of creation; the pseudonym carries the kind in brackets."""
    made = [
        vault.identity_for(kind=kind, alias=alias).pseudonym
        for kind, alias in (("Person", "Amy"), ("Town", "Yate"), ("Person", "Bev"), ("Town", "Wem"))
    ]
    assert made == ["[Person 1]", "[Town 1]", "[Person 2]", "[Town 2]"]


def test_the_same_alias_is_the_same_identity(vault: Vault) -> None:
    """In any case and spacing, again and again; another kind is another identity."""
    first = vault.identity_for(kind="Person", alias="Sarah  Jones", transcript_id="t-00000001")
    assert vault.identity_for(kind="Person", alias="sarah jones") == first
    assert first.created_for == "t-00000001"
    assert vault.identity_for(kind="Nurse", alias="Sarah Jones").id != first.id


def test_the_register_decides_whatever_the_alias(vault: Vault) -> None:
    """One entry is one identity under every name; two entries of one name are two."""
    first = vault.identity_for(kind="Participant", alias="Sarah", register_ref="P01")
    assert vault.identity_for(kind="Person", alias="Sal", register_ref="P01") == first
    second = vault.identity_for(kind="Participant", alias="Sarah", register_ref="P02")
    assert second.id != first.id
    assert vault.find_alias(normalised("Sarah")) == [first, second]
    assert vault.identity_for(kind="Participant", alias="sarah") == first  # shared until told apart
    assert vault.find_alias("sal", ["Participant"]) == [first]
    assert vault.find_alias("sal", ["Nurse", "Person"]) == []


def test_the_same_calls_give_the_same_pseudonyms(tmp_path: Path, key: bytes) -> None:
    """Two vaults that are asked in the same order answer alike."""
    answers = []
    for name in ("a", "b"):
        Vault.create(tmp_path / name, key)
        with Vault.open(tmp_path / name, key) as opened:
            names = [("Person", "Amy"), ("Person", "Bev"), ("Person", "amy"), ("Nurse", "Amy")]
            answers.append([opened.identity_for(kind=kind, alias=alias) for kind, alias in names])
    assert answers[0] == answers[1]


def test_merging_keeps_one_and_never_reuses_the_other_number(vault: Vault) -> None:
    """Aliases, originals and register entry lead to the survivor; the old pseudonym is known."""
    keep = vault.identity_for(kind="Person", alias="Bev")
    absorbed = vault.identity_for(kind="Person", alias="Beverley", register_ref="P03")
    vault.replace_originals("t-00000002", [Original("t-00000002", "PERSON", "Bev", absorbed.id)])
    assert vault.merge(keep=keep.id, absorb=absorbed.id) == ["t-00000002"]
    assert vault.find_alias("beverley") == [keep]
    assert vault.identity_for(kind="Person", alias="x", register_ref="P03").id == keep.id
    assert [row.identity_id for row in vault.originals()] == [keep.id]
    assert [identity.id for identity in vault.identities()] == [keep.id]
    assert vault.identity_by_pseudonym("Person", 2) == absorbed
    assert vault.identity_for(kind="Person", alias="Cat").number == 3
    for wrong in ((keep.id, keep.id), (keep.id, absorbed.id), (keep.id, 99)):
        with pytest.raises(VaultError, match="merge"):
            vault.merge(keep=wrong[0], absorb=wrong[1])


def test_merging_identities_that_share_an_alias(vault: Vault) -> None:
    """The alias is kept once."""
    first = vault.identity_for(kind="Person", alias="Sarah", register_ref="P01")
    second = vault.identity_for(kind="Person", alias="Sarah", register_ref="P02")
    vault.merge(keep=first.id, absorb=second.id)
    assert [alias.text for alias in vault.aliases()] == ["Sarah"]


def test_an_alias_stays_as_first_seen(vault: Vault) -> None:
    """With its source; adding it again changes nothing."""
    identity = vault.identity_for(kind="Person", alias="O'Neil", source="register")
    vault.add_alias(identity.id, "o'neil", source="speech")
    vault.add_alias(identity.id, "Neily", source="reviewer")
    found = [(alias.normalised, alias.text, alias.source) for alias in vault.aliases(identity.id)]
    assert found == [("o'neil", "O'Neil", "register"), ("neily", "Neily", "reviewer")]


def test_originals_are_replaced_whole(vault: Vault) -> None:
    """A transcript's second set takes the place of its first; others stay."""
    amy = vault.identity_for(kind="Person", alias="Amy")
    vault.replace_originals("t-00000001", [Original("t-00000001", "PERSON", "Amy", amy.id)])
    kept = [Original("t-00000002", "UK_NHS", "x"), Original("t-00000002", "PERSON", "Amy", amy.id)]
    vault.replace_originals("t-00000002", kept)
    vault.replace_originals("t-00000001", [Original("t-00000001", "PERSON", "Am", amy.id)])
    assert list(vault.originals(transcript_id="t-00000002")) == kept
    assert list(vault.distinct_originals()) == [
        ("PERSON", "Am"),
        ("PERSON", "Amy"),
        ("UK_NHS", "x"),
    ]
    assert vault.transcripts_of(amy.id) == ["t-00000001", "t-00000002"]
    with pytest.raises(VaultError, match="another transcript"):
        vault.replace_originals("t-00000001", kept)


def test_long_lists_come_whole_and_in_order(vault: Vault) -> None:
    """Reading in pages loses and doubles nothing, also while the list grows."""
    rows = [Original("t-00000001", "PERSON", f"name {n:05}") for n in range(2500)]
    vault.replace_originals("t-00000001", rows)
    assert list(vault.originals()) == rows
    assert [text for _, text in vault.distinct_originals()] == [row.text for row in rows]
    reading = vault.originals()
    next(reading)
    vault.replace_originals("t-00000002", [Original("t-00000002", "PERSON", "late")])
    assert sum(1 for _ in reading) == 2500


def test_transcripts_are_kept_by_id_and_state(vault: Vault) -> None:
    """What goes in comes out; a second record takes the place of the first."""
    done, withheld = record("t-00000002"), record("t-00000001", TranscriptState.WITHHELD)
    vault.upsert_transcript(record("t-00000001", TranscriptState.NEW))
    for each in (done, withheld):
        vault.upsert_transcript(each)
    assert list(vault.transcripts()) == [withheld, done]
    assert list(vault.transcripts(state=TranscriptState.DONE)) == [done]
    assert list(vault.transcripts(state=TranscriptState.NEW)) == []
    assert vault.transcript("t-00000002") == done
    vault.replace_originals("t-00000002", [Original("t-00000002", "PERSON", "x")])
    vault.remove_transcript("t-00000002")
    assert vault.transcript("t-00000002") is None
    assert list(vault.originals()) == []


def test_meta(vault: Vault) -> None:
    """A value by name, the latest counts."""
    assert vault.meta("study") is None
    vault.set_meta("study", "a")
    vault.set_meta("study", "b")
    assert vault.meta("study") == "b"


def test_a_transaction_lands_whole_or_not_at_all(vault: Vault) -> None:
    """An exception inside takes everything back, numbers too."""
    with pytest.raises(ZeroDivisionError), vault.transaction():  # noqa: PT012 - what comes first
        vault.identity_for(kind="Person", alias="Amy")
        vault.replace_originals("t-00000001", [Original("t-00000001", "PERSON", "Amy")])
        vault.upsert_transcript(record("t-00000001"))
        raise ZeroDivisionError
    assert list(vault.identities()) == []
    assert list(vault.originals()) == []
    assert list(vault.transcripts()) == []
    assert vault.identity_for(kind="Person", alias="Bev").number == 1


def test_a_failed_change_outside_a_transaction_is_taken_back_too(vault: Vault) -> None:
    """An identity whose alias cannot be added is not left behind."""
    with pytest.raises(VaultError):
        vault.identity_for(kind="Person", alias="  ")
    with pytest.raises(ValueError, match="kind"):
        vault.identity_for(kind="[Person", alias="Amy")
    assert list(vault.identities()) == []


def test_transactions_do_not_nest(vault: Vault) -> None:
    """A second one inside is an error, and ends the first one's changes."""
    with pytest.raises(VaultError), vault.transaction():  # noqa: PT012 - must be taken back
        vault.set_meta("a", "1")
        with vault.transaction():
            pass
    assert vault.meta("a") is None


def test_two_writers_take_turns(
    path: Path, key: bytes, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one holds the vault another waits its time, then is told that it is busy."""
    monkeypatch.setattr(connection_module, "BUSY_S", 0.05)
    with Vault.open(path, key) as other:
        with vault.transaction():
            vault.set_meta("a", "1")
            with pytest.raises(BusyError), other.transaction():
                pass
        other.set_meta("a", "2")
    assert vault.meta("a") == "2"


def test_values_are_silent(vault: Vault) -> None:
    """No repr of a row, and no error of the database, shows a name."""
    identity = vault.identity_for(kind="Person", alias="Canary", register_ref="Canary")
    vault.replace_originals("t-00000001", [Original("t-00000001", "PERSON", "Canary")])
    shown = [identity, *vault.originals(), *vault.aliases(), record("Canary"), vault]
    assert "Canary" not in repr(shown[:3]) + repr(shown[-1])
    assert "docx" not in repr(record("t-00000001"))
    with pytest.raises(VaultError) as raised:
        vault._run("INSERT INTO identities VALUES (9, 'Person', 1, 'Canary', NULL, NULL)")
    assert "Canary" not in str(raised.value)


def test_rows_go_between_processes() -> None:
    """A record pickles and is frozen through and through."""
    made = record("t-00000001")
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own bytes
    with pytest.raises(TypeError):
        made.outputs["x"] = "y"  # type: ignore[index]  # that it cannot be set is the point


@pytest.mark.parametrize("kind", ["", "person", "[Person", "Person 1", "A\nB", "Person  x"])
def test_a_kind_that_would_not_read_well_is_refused(kind: str) -> None:
    """Pseudonyms are made of letters only, so that they carry nothing else."""
    with pytest.raises(ValueError, match="kind"):
        Identity(1, kind, 1)
    Identity(1, "Place of worship", 1)


def test_an_unknown_identity_is_told(vault: Vault) -> None:
    """By its number."""
    with pytest.raises(VaultError, match="identity 7"):
        vault.identity(7)
