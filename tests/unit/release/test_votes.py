"""Who may ask, look and vote, and what a vote counts for."""

from datetime import UTC, datetime
from typing import Any

import pytest

from deid import store
from deid.audit import Event, EventType, read
from deid.errors import AccountError, ReleaseError
from deid.release import Decision, Releases, State, can_review, can_vote
from deid.workspace import Workspace

from . import study
from .study import FIRST, PURPOSE, RECIPIENT, SECOND


def ask(releases: Releases, name: str = "ash", **changes: Any) -> str:
    """Ask for a release of the first transcript, differing in what is given; its id."""
    wanted = {"transcripts": [FIRST], "recipient": RECIPIENT, "purpose": PURPOSE, **changes}
    return releases.request(study.account(releases, name), **wanted).release_id


def events(releases: Releases, release_id: str) -> list[Event]:
    """The release's events."""
    return list(read(releases.log.path, transcript=release_id))


def test_two_approvals_approve(releases: Releases) -> None:
    """Two checkers who did not ask; the log then names both, each with the outcome."""
    release_id = study.approved(releases)
    assert releases.standing(release_id).release.state is State.APPROVED
    decided = [e for e in events(releases, release_id) if e.type is EventType.RELEASE_APPROVED]
    assert [(e.actor, e.facts["outcome"]) for e in decided] == [
        ("kim", "approved"),
        ("lee", "approved"),
    ]


@pytest.mark.parametrize("first", Decision)
def test_one_rejection_of_two_rejects(releases: Releases, first: Decision) -> None:
    """Whoever of the two it is."""
    second = Decision.APPROVE if first is Decision.REJECT else Decision.REJECT
    release_id = study.requested(releases).release_id
    study.voted(releases, release_id, "kim", first)
    assert releases.standing(release_id).release.state is State.UNDER_REVIEW
    assert study.voted(releases, release_id, "lee", second).state is State.REJECTED


@pytest.mark.parametrize("decision", Decision)
def test_a_first_vote_is_blind(releases: Releases, decision: Decision) -> None:
    """Until the second is in, neither status nor log nor a ``repr`` tells what it says."""
    release_id = study.requested(releases).release_id
    shown = study.voted(releases, release_id, "kim", decision)
    standing = releases.standing(release_id)
    assert (standing.votes_in, standing.release.votes, shown.votes) == (1, (), ())
    told = [event for event in events(releases, release_id) if event.actor == "kim"]
    assert [event.type for event in told] == [
        EventType.RELEASE_REVIEWED,
        EventType.RELEASE_VOTED,
    ]
    assert set(told[-1].facts) == {"event", "files", "votes"}
    assert decision.value not in repr(releases.current(release_id))


def test_who_asked_does_not_vote(releases: Releases) -> None:
    """Even with the role checker."""
    release = study.requested(releases)
    with pytest.raises(ReleaseError, match="asked for a release does not check it"):
        study.voted(releases, release.release_id, "ash")
    assert not can_review(release, "ash")
    assert can_review(release, "kim")


def test_the_same_checker_votes_once(releases: Releases) -> None:
    """The second vote has to be another's."""
    release_id = study.requested(releases).release_id
    study.voted(releases, release_id, "kim")
    with pytest.raises(ReleaseError, match="has voted"):
        study.voted(releases, release_id, "kim")


def test_a_third_vote_is_refused(releases: Releases) -> None:
    """Two are in; a third cannot turn an approval."""
    release_id = study.approved(releases)
    with pytest.raises(ReleaseError, match="this is not possible now"):
        study.voted(releases, release_id, "max", Decision.REJECT)


@pytest.mark.parametrize("name", ["eve", "adm"])
def test_the_role_is_needed(releases: Releases, name: str) -> None:
    """Without the role checker nobody looks or votes, without releaser nobody asks."""
    release_id = study.requested(releases).release_id
    with pytest.raises(AccountError):
        releases.review(study.account(releases, name), release_id)
    with pytest.raises(AccountError):
        releases.vote(study.account(releases, name), release_id, Decision.APPROVE)
    with pytest.raises(AccountError):
        ask(releases, name)


def test_a_disabled_account_does_nothing(releases: Releases) -> None:
    """Not even with an account that was fetched before it was disabled."""
    release_id = study.requested(releases).release_id
    one, asks = study.account(releases, "kim"), study.account(releases, "ash")
    releases.review(one, release_id)
    for name in ("kim", "ash"):
        releases.accounts.disable(name, by=study.account(releases, "adm"))
    with pytest.raises(AccountError):
        releases.vote(one, release_id, Decision.APPROVE)
    with pytest.raises(AccountError):
        releases.withdrawn(asks, release_id, reason="changed my mind")
    assert releases.standing(release_id).votes_in == 0


def test_a_vote_needs_a_look(releases: Releases) -> None:
    """Nobody votes on files that they were not shown."""
    release_id = study.requested(releases).release_id
    releases.review(study.account(releases, "kim"), release_id)
    with pytest.raises(ReleaseError, match="look first"):
        releases.vote(study.account(releases, "lee"), release_id, Decision.APPROVE)


def test_a_rejection_needs_a_reason(releases: Releases) -> None:
    """One line of text, which stays in the vault."""
    release_id = study.requested(releases).release_id
    one = study.account(releases, "kim")
    releases.review(one, release_id)
    for reason in ("", "  ", "two\nlines", "x" * 501):
        with pytest.raises(ReleaseError, match="reason"):
            releases.vote(one, release_id, Decision.REJECT, reason=reason)
    releases.vote(one, release_id, Decision.REJECT, reason="turn 3 names a school")
    assert b"names a school" not in releases.log.path.read_bytes()


@pytest.mark.parametrize("rest", ["one vote", "approved"])
def test_a_changed_file_voids_the_votes(made: Workspace, rest: str) -> None:
    """A rerun that writes one transcript anew sends the release back to the beginning."""
    with study.opener(made)() as releases:
        release_id = study.requested(releases).release_id
        study.voted(releases, release_id, "kim")
        if rest == "approved":
            study.voted(releases, release_id, "lee")
    study.finish(made, SECOND, said=[("[Participant 1]", "Eight out of ten.")])
    with study.opener(made)() as releases:
        assert releases.standing(release_id).outdated
        with pytest.raises(ReleaseError):
            study.built(releases, release_id)
        standing = releases.standing(release_id)
        assert (standing.release.state, standing.votes_in) == (State.REQUESTED, 0)
        assert not standing.outdated
        void = [e for e in events(releases, release_id) if e.type is EventType.RELEASE_VOTES_VOIDED]
        assert [e.facts["votes"] for e in void] == [1 if rest == "one vote" else 2]
        releases.review(study.account(releases, "lee"), release_id)
        with pytest.raises(ReleaseError, match="look first"):
            releases.vote(study.account(releases, "kim"), release_id, Decision.APPROVE)
        study.voted(releases, release_id, "kim")
        assert study.voted(releases, release_id, "lee").state is State.APPROVED


def test_a_file_that_no_run_wrote_stops_everything(releases: Releases, made: Workspace) -> None:
    """A byte changed by hand is neither voted on nor released."""
    release_id = study.approved(releases)
    turns, _ = store.transcript_paths(made.staging, FIRST)
    turns.write_bytes(turns.read_bytes()[:-1] + b"\0")
    with pytest.raises(ReleaseError, match="not as the pipeline wrote it"):
        study.built(releases, release_id)
    with pytest.raises(ReleaseError, match="not as the pipeline wrote it"):
        ask(releases)


def test_another_recipient_is_refused(releases: Releases) -> None:
    """The message names the rule."""
    with pytest.raises(ReleaseError, match=r"study\.approved_recipients"):
        ask(releases, recipient="University of Elsewhere")
    assert releases.standings() == []


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        (datetime(2025, 12, 31, tzinfo=UTC), "study.approved_from"),
        (datetime(2029, 1, 1, tzinfo=UTC), "study.approved_until"),
    ],
)
def test_a_day_outside_of_the_approval_is_refused(
    made: Workspace, day: datetime, rule: str
) -> None:
    """At the request, at the vote and at the build."""
    with study.opener(made)() as releases:
        release_id = study.approved(releases)
        second = study.requested(releases)
        study.voted(releases, second.release_id, "kim")
    with study.opener(made, at=day)() as releases:
        with pytest.raises(ReleaseError, match=rule):
            ask(releases)
        with pytest.raises(ReleaseError, match=rule):
            study.voted(releases, second.release_id, "lee")
        with pytest.raises(ReleaseError, match=rule):
            study.built(releases, release_id)


@pytest.mark.parametrize("transcripts", [[], ["t-00000000000000ff"]])
def test_a_request_names_finished_transcripts(releases: Releases, transcripts: list[str]) -> None:
    """None, or one that does not exist, is refused; nothing is noted."""
    with pytest.raises(ReleaseError, match="transcripts"):
        ask(releases, transcripts=transcripts)
    assert releases.standings() == []


def test_asking_is_the_same_as_trying(releases: Releases) -> None:
    """``can_vote`` answers what ``check_can_vote`` would raise about."""
    release = study.requested(releases)
    rest: dict[str, Any] = {
        "study": releases.site.settings.programme.study,
        "today": study.TODAY.date(),
    }
    approve, reject = Decision.APPROVE, Decision.REJECT
    assert can_vote(release, "kim", approve, "", reviewed=True, **rest)
    assert not can_vote(release, "kim", approve, "", reviewed=False, **rest)
    assert not can_vote(release, "ash", approve, "", reviewed=True, **rest)
    assert not can_vote(release, "kim", reject, "", reviewed=True, **rest)


def test_a_review_shows_counts_and_digests(releases: Releases) -> None:
    """And no text: nothing of a turn is in what a checker is shown here."""
    release = study.requested(releases)
    _, contents = releases.review(study.account(releases, "kim"), release.release_id)
    assert (contents.words, contents.redactions, contents.flags) == (40, {"PERSON": 2}, {"age": 4})
    assert dict(contents.files) == {
        path: digest for files in release.files.values() for path, digest in files.items()
    }
    assert "seven out of ten" not in repr(contents)
