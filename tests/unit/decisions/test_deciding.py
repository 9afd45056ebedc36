"""deid.deciding and deid.redoing: from a checker's word to the changed file, without a model.

Detection's answers are made by hand: what stands between bars was found.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pyarrow.parquet as pq
import pytest
from argon2 import PasswordHasher

from deid.accounts import Account, Role
from deid.audit import EventType, read, verify
from deid.deciding import Deciding, Wanted, open_deciding
from deid.decisions import Kind, Reach, table
from deid.errors import AccountError, BusyError, ReviewError
from deid.files import sha256_file
from deid.items import Item
from deid.keys import load_public_key
from deid.pipeline import Prepared
from deid.redoing import redo
from deid.run import open_run
from deid.site import Site
from deid.transcript import Annotation, EntityType, Part, Place, Transcript, Turn
from deid.vault import TranscriptState, Vault
from deid.worker import Outcome

PASSWORD = "correct horse battery"  # noqa: S105 - of accounts that exist in tests alone
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
FIRST = "INT: I met |Oyelaran| and Bramhall, |Sunday| it was."
SECOND = "INT: Bramhall again, with |Sunday| roast."
THIRD = "INT: Nobody here at all."


@pytest.fixture
def site(blank: Path) -> Site:
    """A workspace in which three transcripts are done, with a checker and a releaser."""
    site = Site.open(blank)
    texts = {"1.txt": FIRST, "2.txt": SECOND, "3.txt": THIRD}
    for name, text in texts.items():
        (site.workspace.inbox / name).write_text(text.replace("|", ""), encoding="utf-8")
    with open_run(blank, run_id=str(uuid4())) as run:
        for item in (item for batch in run.batches() for item in batch):
            run.take_one(item, answered(site, item, texts[item.path]))
        run.close()
    with deciding(site) as desk:
        admin = desk.accounts.add("adm", PASSWORD, roles=[Role.ADMINISTRATOR], by=None)
        desk.accounts.add("carl", PASSWORD, roles=[Role.CHECKER], by=admin)
        desk.accounts.add("rita", PASSWORD, roles=[Role.RELEASER], by=admin)
    return site


@contextmanager
def deciding(site: Site) -> Iterator[Deciding]:
    """The workspace, held to decide in it; no word is ordinary but two."""
    ordinary = {"sunday", "roast"}.__contains__
    with open_deciding(site.workspace.root, is_common=ordinary, hasher=HASHER) as desk:
        yield desk


def answered(site: Site, item: Item, barred: str) -> Outcome:
    """What a worker would answer, had it found exactly what stands between bars."""
    plain, annotations = "", []
    for number, piece in enumerate(barred.removeprefix("INT: ").split("|")):
        if number % 2:
            where = Place(0, Part.TEXT, len(plain), len(plain) + len(piece))
            annotations.append(Annotation(where, EntityType.PERSON, 0.9, ("fake/bars",)))
        plain += piece
    transcript = Transcript((Turn(0, plain, "INT"),), "txt")
    digest = sha256_file(site.workspace.inbox / item.path)
    return Outcome(
        item.transcript_id, prepared=Prepared(digest, transcript, tuple(annotations), 0.1)
    )


def account(desk: Deciding, name: str = "carl") -> Account:
    """Somebody who signed in."""
    return desk.accounts.authenticate(name, PASSWORD)


def ids(site: Site) -> dict[str, str]:
    """File name to transcript id."""
    with Vault.open(site.workspace.vault, site.keys.vault_key, read_only=True) as vault:
        return {each.relative_path: each.transcript_id for each in vault.transcripts()}


def states(site: Site) -> dict[str, TranscriptState]:
    """File name to state."""
    with Vault.open(site.workspace.vault, site.keys.vault_key, read_only=True) as vault:
        return {each.relative_path: each.state for each in vault.transcripts()}


def wanted(site: Site, kind: Kind, word: str, *, reach: Reach, file: str = "1.txt") -> Wanted:
    """A decision about a word of the first turn."""
    text = (site.workspace.inbox / file).read_text(encoding="utf-8").removeprefix("INT: ")
    start = text.index(word)
    place = Place(0, Part.TEXT, start, start + len(word))
    return Wanted(kind, reach, ids(site)[file], place, EntityType.PERSON)


def outputs(site: Site) -> dict[str, str]:
    """File name to the first turn's de-identified text."""
    texts = {}
    for name, transcript_id in ids(site).items():
        path = site.workspace.staging / "turns" / f"{transcript_id}.parquet"
        texts[name] = pq.read_table(path)["text"][0].as_py()
    return texts


def test_a_missed_name_is_masked_in_the_study(site: Site) -> None:
    """Where it was seen and wherever else it stands; what it does not touch keeps every byte."""
    untouched = site.workspace.staging / "turns" / f"{ids(site)['3.txt']}.parquet"
    before = (untouched.read_bytes(), untouched.stat().st_mtime_ns)
    with deciding(site) as desk:
        asked = wanted(site, Kind.MASK, "Bramhall", reach=Reach.STUDY)
        recorded = desk.decide(account(desk), asked)
    assert set(recorded.due) == {ids(site)["1.txt"], ids(site)["2.txt"]}
    assert states(site)["2.txt"] is TranscriptState.NEW
    seen: list[tuple[int, int]] = []
    summary = redo(site.workspace.root, None, recorded.due, progress=lambda *now: seen.append(now))
    assert (summary.written, seen) == (2, [(0, 2), (1, 2), (2, 2)])
    after = outputs(site)
    assert "Bramhall" not in after["1.txt"] + after["2.txt"]
    assert after["1.txt"].split(" and ")[1].split(",")[0] == after["2.txt"].split(" again")[0]
    assert (untouched.read_bytes(), untouched.stat().st_mtime_ns) == before


def test_a_needless_redaction_is_undone_where_asked(site: Site) -> None:
    """In its transcript, although the same words are masked in another."""
    with deciding(site) as desk:
        asked = wanted(site, Kind.KEEP, "Sunday", reach=Reach.TRANSCRIPT)
        recorded = desk.decide(account(desk), asked)
    summary = redo(site.workspace.root, None, recorded.due)
    assert (summary.written, dict(summary.withheld)) == (1, {})
    assert outputs(site)["1.txt"].endswith("Sunday it was.")
    assert "Sunday" not in outputs(site)["2.txt"]


def test_a_decision_taken_back_gives_the_same_bytes_again(site: Site) -> None:
    """As if it had never been made; it stays on record."""
    before = outputs(site)
    with deciding(site) as desk:
        asked = wanted(site, Kind.MASK, "Bramhall", reach=Reach.STUDY)
        made = desk.decide(account(desk), asked)
    redo(site.workspace.root, None, made.due)
    assert outputs(site) != before
    with deciding(site) as desk:
        back = desk.take_back(account(desk), made.number)
        assert [each.void for each in table.every(desk.vault)] == [True]
        with pytest.raises(ReviewError, match="no decision"):
            desk.take_back(account(desk), made.number)
    assert set(back.due) == set(made.due)
    redo(site.workspace.root, None, back.due)
    assert outputs(site) == before


def test_a_name_is_given_to_somebody_new(site: Site) -> None:
    """The pseudonym changes, and nothing is uncovered."""
    before = outputs(site)["2.txt"]
    with deciding(site) as desk:
        first = wanted(site, Kind.ASSIGN, "Sunday", reach=Reach.TRANSCRIPT, file="2.txt")
        asked = Wanted(
            first.kind,
            first.reach,
            first.transcript_id,
            first.place,
            first.entity_type,
            somebody_new=True,
        )
        recorded = desk.decide(account(desk), asked)
    redo(site.workspace.root, None, recorded.due)
    after = outputs(site)["2.txt"]
    assert after != before
    assert "Sunday" not in after
    assert re.sub(r"\d", "", after) == re.sub(r"\d", "", before)


def test_two_who_are_one_are_merged(site: Site) -> None:
    """Whatever had the absorbed pseudonym is due, and comes out with the other."""
    with deciding(site) as desk:
        keep, absorb = (desk.vault.find_alias(name)[0] for name in ("oyelaran", "sunday"))
        recorded = desk.merge(account(desk), keep=keep.id, absorb=absorb.id)
    assert set(recorded.due) == {ids(site)["1.txt"], ids(site)["2.txt"]}
    redo(site.workspace.root, None, recorded.due)
    assert absorb.pseudonym not in "".join(outputs(site).values())
    assert outputs(site)["1.txt"].count(keep.pseudonym) == 2


def test_a_decision_is_an_event_in_the_checkers_name_without_the_words(site: Site) -> None:
    """Counts, ids and the keyed digest; the log holds."""
    with deciding(site) as desk:
        asked = wanted(site, Kind.MASK, "Bramhall", reach=Reach.STUDY)
        desk.decide(account(desk), asked)
    (event,) = read(site.workspace.events, types=(EventType.REVIEW_DECIDED,))
    assert (event.actor, event.facts["kind"], event.facts["due"]) == ("carl", "mask", 2)
    assert event.facts["original"] == site.keys.hmac_original("Bramhall")
    assert b"Bramhall" not in site.workspace.events.read_bytes()
    public = load_public_key(site.workspace.keys / "signing.pub")
    assert verify(site.workspace.root, public).ok


@pytest.mark.parametrize("name", ["adm", "rita"])
def test_only_a_checker_decides(site: Site, name: str) -> None:
    """Not the administrator, not the releaser; nothing becomes due."""
    with deciding(site) as desk:
        asked = wanted(site, Kind.MASK, "Bramhall", reach=Reach.STUDY)
        with pytest.raises(AccountError, match="checker"):
            desk.decide(account(desk, name), asked)
        assert list(table.every(desk.vault)) == []
    assert set(states(site).values()) == {TranscriptState.DONE}


def _changed_file(site: Site) -> None:
    path = site.workspace.inbox / "1.txt"
    path.write_text(path.read_text(encoding="utf-8") + " More.", encoding="utf-8")


def _known_to_the_register(site: Site) -> None:
    header = site.workspace.register
    header.write_text(
        "participant_id,role,given_names,family_name,aliases,date_of_birth,nhs_number,postcode,"
        "telephone,email,places\nP01,participant,Sunday,Adeyemi,,,,,,,\n",
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("spoil", "message"),
    [(_changed_file, "raw file changed"), (_known_to_the_register, "register knows")],
)
def test_what_cannot_be_decided_is_refused(
    site: Site, spoil: Callable[[Site], None], message: str
) -> None:
    """With the rule, never the words; nothing is kept."""
    asked = wanted(site, Kind.KEEP, "Sunday", reach=Reach.TRANSCRIPT)
    spoil(site)
    with deciding(site) as desk:
        with pytest.raises(ReviewError, match=message) as refused:
            desk.decide(account(desk), asked)
        assert list(table.every(desk.vault)) == []
    assert "Sunday" not in str(refused.value)


def test_a_place_outside_the_transcript_is_refused(site: Site) -> None:
    """Beyond the turn's end, or a turn that is not there."""
    inside = wanted(site, Kind.MASK, "Bramhall", reach=Reach.HERE)
    with deciding(site) as desk:
        for place in (Place(0, Part.TEXT, 5, 999), Place(7, Part.TEXT, 0, 3)):
            asked = Wanted(Kind.MASK, Reach.HERE, inside.transcript_id, place, EntityType.PERSON)
            with pytest.raises(ReviewError, match="mark between"):
                desk.decide(account(desk), asked)


def test_nobody_decides_while_a_run_holds_the_workspace(site: Site) -> None:
    """The run might otherwise finish a transcript without the decision."""
    with site.workspace.lock(), pytest.raises(BusyError), deciding(site):
        pass
