"""The transcript page: both texts, what is doubtful, decisions through forms, refusals."""

import html
import re
import time

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from deid.audit import EventType, read
from deid.deciding import Wanted, open_deciding, raw_transcript
from deid.decisions import Decision, Kind, Reach, table
from deid.detect.words.gazetteer import is_common
from deid.redoing import redo
from deid.review import wording
from deid.review.desk import Desk
from deid.transcript import EntityType, Part, Place
from deid.vault import TranscriptRecord, TranscriptState, Vault

from . import desks

NEEDLESS = {"kind": "keep", "turn": "1", "part": "text", "start": "7", "end": "13"}


def at(desk: Desk, file: str = "1.txt", more: str = "") -> str:
    """The address of a transcript's page."""
    return f"/transcripts/{desks.ids(desk.root)[file]}{more}"


def post(client: TestClient, address: str, **fields: str) -> tuple[int, str]:
    """Send a form; status, and the page or where it leads."""
    csrf = desks.token(client.get("/").text)
    answer = client.post(address, data={**fields, "csrf": csrf})
    return answer.status_code, answer.headers.get("location", answer.text)


def done(client: TestClient, address: str, **fields: str) -> str:
    """Send a form and wait until everything is done again: the page of what changed."""
    status, work = post(client, address, **fields)
    assert status == 303, re.sub(r"<[^>]+>", "", work)[-800:]
    for _ in range(200):
        answer = client.get(work)
        if answer.status_code == 303:
            return client.get(answer.headers["location"]).text
        assert "did not work" not in answer.text, answer.text
        time.sleep(0.05)
    raise AssertionError("the work does not end")


def version(client: TestClient, desk: Desk) -> str:
    """Of the output that a transcript's page shows, as its form sends it back."""
    found = re.search(r'name="version" value="([0-9a-f]{64})"', client.get(at(desk)).text)
    assert found
    return found[1]


def opened(desk: Desk) -> Vault:
    """The vault in this thread; the desk's own is for its thread alone."""
    site = desk.site()
    return Vault.open(site.workspace.vault, site.keys.vault_key, read_only=True)


def decisions(desk: Desk) -> list[Decision]:
    """All that were made."""
    with opened(desk) as vault:
        return list(table.every(vault))


def record(desk: Desk, file: str) -> TranscriptRecord:
    """What the vault knows of a transcript; asked of another connection than the desk's."""
    with opened(desk) as vault:
        found = vault.transcript(desks.ids(desk.root)[file])
    assert found
    return found


def columns(page: str) -> list[tuple[str, str]]:
    """Original and output of every turn, as a reader sees them."""
    cells = re.findall(r'<div class="turn-text"[^>]*>(.*?)</div>', page, re.DOTALL)
    said = [html.unescape(re.sub(r"<[^>]+>", "", cell)) for cell in cells]
    return list(zip(said[::2], said[1::2], strict=True))


def test_both_texts_stand_side_by_side(carl: TestClient, own: Desk) -> None:
    """Turn by turn; what was replaced on one side, its pseudonym on the other."""
    first, second = columns(carl.get(at(own)).text)
    assert first[0] == "I met Oyelaran and Bramhall here."
    assert re.fullmatch(r"I met \[Person \d\] and Bramhall here\.", first[1])
    assert second[0] == "It was Sunday then."
    assert re.fullmatch(r"It was \[Person \d\] then\.", second[1])


def test_merged_is_a_matter_of_the_address(carl: TestClient, own: Desk) -> None:
    """Both in one text; the switch keeps what else the address says."""
    page = carl.get(at(own, more="?view=merged&keys=off")).text
    assert "Oyelaran</mark>" in page
    assert 'data-characters="0"' in page
    assert 'href="/transcripts/' in page
    assert "view=side&amp;keys=off" in page or "view=side&keys=off" in page


def test_recogniser_rule_and_score_are_there_without_a_script(carl: TestClient, own: Desk) -> None:
    """In a popover that a button opens by itself."""
    page = carl.get(at(own)).text
    assert re.search(r'<button type="button" class="mark [^>]*popovertarget="about-1"', page)
    about = re.search(r'id="about-1" popover>(.*?)</p></div>', page, re.DOTALL)
    assert about
    assert all(each in about[1] for each in ("fake", "bars", "0.90", "Change this"))


def test_markup_and_what_acts_shows_as_text(carl: TestClient, own: Desk) -> None:
    """A tag, a terminal escape and a right-to-left mark stand on the page and do nothing."""
    page = carl.get(at(own, "3.txt")).text
    assert "&lt;b&gt;Nobody&lt;/b&gt;" in page
    assert "<b>Nobody" not in page
    assert "U+001B</span>[31mRed" in page
    assert "U+202E</span> txet" in page
    assert not re.search("[\x00-\x08\x0b-\x1f\u200e\u200f\u202a-\u202e]", page)


def test_a_missed_name_is_marked_by_turn_and_words(carl: TestClient, own: Desk) -> None:
    """In the study, typed in another case; the difference shows both transcripts."""
    page = done(
        carl, at(own, more="/decisions"), kind="mask", turn="0", words="bramhall", reach="study"
    )
    assert "1 turn changed" in page
    assert "<del>Bramhall</del>" in page
    assert re.search(r"<ins>\[Person \d\]</ins>", page)
    assert desks.ids(own.root)["2.txt"] in page
    assert "Bramhall here" not in columns(carl.get(at(own)).text)[0][1]
    event = list(read(own.workspace.events, types=(EventType.REVIEW_DECIDED,)))[-1]
    assert (event.actor, event.facts["kind"], event.facts["due"]) == ("carl", "mask", 2)
    second = columns(carl.get(at(own, "2.txt")).text)
    assert "Bramhall" not in second[0][1]


def test_a_selection_is_taken_without_what_stands_around_its_words(
    carl: TestClient, own: Desk
) -> None:
    """As a double click leaves it, with a space behind."""
    place = {"turn": "0", "part": "text", "start": "18", "end": "28"}
    done(carl, at(own, more="/decisions"), kind="mask", reach="here", **place)
    (decision,) = decisions(own)
    assert decision.text == "Bramhall"


def test_a_needless_redaction_is_left_and_taken_back(carl: TestClient, own: Desk) -> None:
    """The words come back, and go again; both stand in the list with who decided."""
    page = done(carl, at(own, more="/decisions"), reach="here", **NEEDLESS)
    assert "<ins>Sunday</ins>" in page
    listed = carl.get(at(own)).text
    assert "Leave as it is" in listed
    assert "carl" in listed
    page = done(carl, at(own, more="/take-back"), number="1")
    assert "<del>Sunday</del>" in page
    assert "taken back" in carl.get(at(own)).text


def test_a_name_is_given_to_somebody_new_and_two_are_made_one(carl: TestClient, own: Desk) -> None:
    """A split and a merge, each with another pseudonym after it."""
    place = NEEDLESS | {"kind": "assign"}
    assert carl.get(at(own, more="/mention"), params=place).status_code == 200
    page = done(carl, at(own, more="/decisions"), identity="new", reach="here", **place)
    (old,) = re.findall(r"<del>\[(Person \d)\]</del>", page)
    (new,) = re.findall(r"<ins>\[(Person \d)\]</ins>", page)
    assert new in carl.get(at(own, more="/identities")).text
    page = done(carl, at(own, more="/merge"), keep=old, absorb=f"[{new}]")
    assert f"<ins>[{old}]</ins>" in page
    assert new not in carl.get(at(own, more="/identities")).text


def test_what_something_is_changes_in_one_step(carl: TestClient, own: Desk) -> None:
    """One decision and one event; another pseudonym stands there, in both transcripts."""
    place = NEEDLESS | {"kind": "retype", "entity_type": "LOCATION"}
    page = carl.get(at(own, more="/mention"), params=place).text
    assert "This is something else" in page
    page = done(carl, at(own, more="/decisions"), reach="study", **place)
    assert re.search(r"<del>\[Person \d\]</del>", page)
    assert re.search(r"<ins>\[(Place|Village|Town|City) \d\]</ins>", page)
    assert desks.ids(own.root)["2.txt"] in page
    decided = read(own.workspace.events, types=(EventType.REVIEW_DECIDED,))
    (event,) = (each for each in decided if each.facts["kind"] == "retype")
    told = (event.actor, event.facts["entity_type"], event.facts["due"])
    assert told == ("carl", "LOCATION", 2)
    assert "What it is<br>Place" in carl.get(at(own)).text
    page = done(carl, at(own, more="/take-back"), number="1")
    assert re.search(r"<ins>\[Person \d\]</ins>", page)


def test_a_type_that_is_not_chosen_or_would_uncover_is_refused(carl: TestClient, own: Desk) -> None:
    """With the page it came from; what the register knows is not made a mere date."""
    header = "participant_id,role,given_names,family_name,aliases,date_of_birth,nhs_number,"
    own.workspace.register.write_text(
        f"{header}postcode,telephone,email,places\nP01,participant,Sunday,Osei,,,,,,,\n",
        encoding="utf-8",
    )
    place = NEEDLESS | {"kind": "retype", "reach": "here"}
    for entity_type, message in (
        ("", "choose what it is"),
        ("DATE_TIME", "the register knows this"),
    ):
        asked = place | {"entity_type": entity_type}
        status, page = post(carl, at(own, more="/decisions"), **asked)
        assert (status, message in page.lower()) == (409, True)
        assert 'href="#retype-type"' in page
    assert decisions(own) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"turn": "9", "words": "x"}, "number of a turn, 0 to 1"),
        ({"turn": "0", "words": ""}, "select or type"),
        ({"turn": "0", "words": "met I"}, "do not stand in this turn"),
        ({"turn": "0", "words": "Bram"}, "as whole words"),
        ({"turn": "0", "words": "here", "reach": "nowhere"}, "how far this reaches"),
        ({"turn": "0", "words": "here", "pseudonym": "Nobody 7"}, "no such pseudonym"),
        (
            {"turn": "0", "words": "here", "entity_type": "LOCATION", "identity": "new"},
            "only a person",
        ),
        (
            {"turn": "0", "words": "here", "entity_type": "LOCATION", "identity": "1"},
            "belongs to a person",
        ),
    ],
)
def test_a_form_that_does_not_fit_comes_back_filled_in(
    carl: TestClient, own: Desk, fields: dict[str, str], message: str
) -> None:
    """With what is wrong; nothing is decided."""
    status, page = post(carl, at(own, more="/decisions"), **({"kind": "mask"} | fields))
    assert (status, message in page.lower()) == (409, True)
    assert f'value="{fields["turn"]}"' in page
    assert f'value="{fields["words"]}"' in page or not fields["words"]
    assert decisions(own) == []


def test_while_a_run_holds_the_workspace_nothing_typed_is_lost(carl: TestClient, own: Desk) -> None:
    """The page says why, and the form is as it was."""
    with own.workspace.lock():
        status, page = post(
            carl, at(own, more="/decisions"), turn="0", words="Bramhall", reach="study"
        )
        assert (status, "A run holds the workspace" in page) == (409, True)
        assert 'value="Bramhall"' in page
        assert re.search(r'value="study"[^>]* checked', page)
        status, page = post(carl, at(own, more="/decisions"), reach="transcript", **NEEDLESS)
        assert (status, "A run holds the workspace" in page) == (409, True)
        status, page = post(carl, at(own, more="/merge"), keep="Person 1", absorb="Person 2")
        assert (status, 'value="Person 2"' in page) == (409, True)
    assert decisions(own) == []


def test_a_withheld_transcript_shows_why_and_what_was_decided(carl: TestClient, own: Desk) -> None:
    """Left standing here and masked elsewhere in it, a name is withheld; the desk leads out."""
    name = "Oyelaran"
    register = (
        "participant_id,role,given_names,family_name,aliases,date_of_birth,nhs_number,postcode,"
        "telephone,email,places\nP01,participant,Grace,Bramhall,,,,,,,\n"
    )
    own.workspace.register.write_text(register, encoding="utf-8")
    texts = {"4.txt": f"INT: |{name}|.\nP1: Then Bramhall came.\n"}
    (own.workspace.inbox / "4.txt").write_text(texts["4.txt"].replace("|", ""), encoding="utf-8")
    desks.run(own.root, {**desks.TEXTS, **texts})
    known = record(own, "4.txt")
    assert (known.state, known.reason) == (TranscriptState.WITHHELD, "leak")
    page = carl.get(at(own, "4.txt")).text
    assert all(each in page for each in ("withheld", "leak", "verify", "as in the raw file"))
    cells = re.findall(r'<div class="turn-text"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert len(cells) == 1  # only the turn that is named
    assert raw_transcript(own.site(), known).turns[1].text in html.unescape(page)
    page = done(
        carl, at(own, "4.txt", "/decisions"), turn="1", words="Bramhall", reach="transcript"
    )
    assert "withheld" not in page.split("What changed")[1].split("</h2>")[0]
    assert "Bramhall" not in columns(carl.get(at(own, "4.txt")).text)[1][1]


def test_the_work_and_the_change_are_shown_to_whom_they_belong(carl: TestClient, own: Desk) -> None:
    """Another account sees no job; a change that is forgotten says so."""
    job = own.jobs.start("kim", "/", lambda _report: None)
    assert carl.get(f"/jobs/{job.id}").status_code == 409
    assert "no longer remembered" in carl.get(at(own, more="/changes/0123")).text


def test_work_that_failed_says_that_the_decision_is_kept(carl: TestClient, own: Desk) -> None:
    """With the rule that stopped it; the transcript waits, and can be done again by hand."""
    with own.workspace.lock():
        job = own.jobs.start("carl", f"{at(own)}/changes/0", lambda _report: _fail())
        own.jobs.close()
    page = carl.get(f"/jobs/{job.id}").text
    assert "What was decided is kept" in page
    assert at(own) in page


def _fail() -> None:
    from deid.errors import BusyError  # noqa: PLC0415

    raise BusyError("another run holds the workspace")


def test_what_is_due_is_done_again_by_hand(carl: TestClient, own: Desk) -> None:
    """A decision that no run has applied yet is told of, with the way to apply it; once."""
    place = Place(1, Part.TEXT, 7, 13)
    with open_deciding(own.root, is_common=is_common, hasher=desks.HASHER) as deciding:
        account = deciding.accounts.get("carl")
        transcript_id = desks.ids(own.root)["1.txt"]
        asked = Wanted(Kind.KEEP, Reach.HERE, transcript_id, place, EntityType.PERSON)
        deciding.decide(account, asked)
    assert "has not been done again yet" in carl.get(at(own)).text
    assert "<ins>Sunday</ins>" in done(carl, at(own, more="/again"))
    assert "has not been done again yet" not in carl.get(at(own)).text
    assert post(carl, at(own, more="/again"))[0] == 409


def test_a_transcript_that_was_read_waits_again_when_it_changes(
    carl: TestClient, own: Desk
) -> None:
    """What was read is these very outputs; the record says who read them."""
    assert post(carl, at(own, more="/checked"), version=version(carl, own)) == (303, "/")
    assert "carl has read this transcript" in carl.get(at(own)).text
    event = list(read(own.workspace.events, types=(EventType.REVIEW_DECIDED,)))[-1]
    assert (event.actor, event.facts["kind"]) == ("carl", "checked")
    done(carl, at(own, more="/decisions"), reach="here", **NEEDLESS)
    assert "Nobody has noted yet" in carl.get(at(own)).text


def test_what_changed_since_it_was_opened_is_not_noted_as_read(carl: TestClient, own: Desk) -> None:
    """A page that stayed open, or a form without what was shown: refused, and shown anew."""
    stale = version(carl, own)
    done(carl, at(own, more="/decisions"), reach="here", **NEEDLESS)
    for given in ({"version": stale}, {}):
        status, page = post(carl, at(own, more="/checked"), **given)
        assert (status, "changed since you opened it" in page) == (409, True)
        assert "Nobody has noted yet" in page
    assert post(carl, at(own, more="/checked"), version=version(carl, own)) == (303, "/")


@pytest.mark.model
def test_an_alias_goes_into_the_register_and_what_it_touches_is_done_again(
    carl: TestClient, own: Desk
) -> None:
    """In the checker's name; a name that is no name is refused and stays in the form."""
    header = (
        "participant_id,role,given_names,family_name,aliases,date_of_birth,nhs_number,postcode,"
        "telephone,email,places\n"
    )
    own.workspace.register.write_text(
        f"{header}P01,participant,Grace,Oyelaran,,,,,,,\n", encoding="utf-8"
    )
    with opened(own) as vault:
        ids = [each.transcript_id for each in vault.transcripts()]
    redo(own.root, None, ids)
    assert "P01" in carl.get(at(own, more="/identities")).text
    address = at(own, more="/alias")
    status, page = post(carl, address, reference="P01", alias="a;b")
    assert (status, 'value="a;b"' in page) == (409, True)
    page = done(carl, address, reference="P01", alias="Bramhall")
    assert desks.ids(own.root)["2.txt"] in page
    written = (own.workspace.staging / "turns").glob("*.parquet")
    said = "".join(str(pq.read_table(path)["text"].to_pylist()) for path in written)
    assert "[Participant 1]" in said
    assert "Bramhall" in own.workspace.register.read_text(encoding="utf-8")
    (event,) = read(own.workspace.events, types=(EventType.REGISTER_ALIAS_ADDED,))
    assert event.actor == "carl"


def test_every_type_kind_and_reach_has_a_name() -> None:
    """The pages' tables are whole."""
    assert set(wording.TYPE_NAMES) == set(EntityType)
    assert set(wording.KIND_NAMES) == set(Kind)
    assert set(wording.REACH_NAMES) == set(Reach)
