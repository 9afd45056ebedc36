"""Who may do what to a release, and under which approval: each rule once, told when it is broken.

``check_can_x`` raises with the reason, ``can_x`` asks. Roles are :mod:`deid.accounts`' business
and have been checked by then; what is asked here is about this account and this release.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Concatenate

from deid.errors import ReleaseError
from deid.release.record import VOTES_NEEDED, Decision, Files, Release
from deid.release.states import Step, after
from deid.settings import Study

LONGEST_TEXT = 500


def check_study(study: Study, recipient: str, today: date) -> None:
    """The study's approval: recipients and dates.

    Raises:
        ReleaseError: Another recipient, or a day outside of the approval.
    """
    if recipient not in study.approved_recipients:
        raise ReleaseError(
            "recipient: is not one of study.approved_recipients in deid.yaml; data leaves for "
            "approved recipients only"
        )
    if today < study.approved_from:
        raise ReleaseError(
            f"date: the approval begins on {study.approved_from} (study.approved_from)"
        )
    if today > study.approved_until:
        raise ReleaseError(
            f"date: the approval ended on {study.approved_until} (study.approved_until)"
        )


def check_can_request(study: Study, recipient: str, purpose: str, today: date) -> None:
    """Asking for a release.

    Raises:
        ReleaseError: The study's approval does not cover it, or no purpose is given.
    """
    check_study(study, recipient, today)
    check_text("purpose", purpose)


def check_can_review(release: Release, account: str) -> None:
    """Looking at a release in order to vote.

    Raises:
        ReleaseError: It is not to be voted on, or the account asked for it.
    """
    if account == release.requested_by:
        raise ReleaseError("the account that asked for a release does not check it")
    after(release.state, Step.REVIEW)


def check_can_vote(
    release: Release,
    account: str,
    decision: Decision,
    reason: str,
    *,
    reviewed: bool,
    study: Study,
    today: date,
) -> None:
    """Voting.

    Raises:
        ReleaseError: As for looking; or the account voted already, was not shown the files as
            they are now, gives no reason for a rejection, or the approval does not cover it.
    """
    check_can_review(release, account)
    if any(vote.account == account for vote in release.votes):
        raise ReleaseError("this account has voted; the second vote has to be another checker's")
    if not reviewed:
        raise ReleaseError(
            "look first, on the release's page or with `deid release review`: a vote counts for "
            "the files that were shown"
        )
    if decision is Decision.REJECT:
        check_text("reason", reason)
    else:
        check_study(study, release.recipient, today)


def check_can_build(release: Release, *, study: Study, today: date) -> None:
    """Building the bundle.

    Raises:
        ReleaseError: It is not approved by two others than the requester on the very files that
            are to leave, or the approval of the study does not cover it any more.
    """
    after(release.state, Step.BUILD)
    check_study(study, release.recipient, today)
    approving = {vote.account for vote in release.votes if _approves(vote.files, release.files)}
    approving -= {vote.account for vote in release.votes if vote.decision is not Decision.APPROVE}
    if len(approving - {release.requested_by}) < VOTES_NEEDED:
        raise ReleaseError(f"a release needs {VOTES_NEEDED} checkers' approval of these files")


def check_can_withdraw(release: Release, reason: str) -> None:
    """Withdrawing.

    Raises:
        ReleaseError: It has ended already, or no reason is given.
    """
    after(release.state, Step.WITHDRAW)
    check_text("reason", reason)


def check_text(what: str, text: str) -> None:
    """A line of free text.

    Raises:
        ReleaseError: It is missing, too long, or has control characters.
    """
    if not text.strip() or len(text) > LONGEST_TEXT or not text.isprintable():
        raise ReleaseError(f"{what}: give one line of at most {LONGEST_TEXT} characters")


def _asking[First, **Rest](
    check: Callable[Concatenate[First, Rest], None],
) -> Callable[Concatenate[First, Rest], bool]:
    @wraps(check)
    def ask(first: First, /, *args: Rest.args, **kwargs: Rest.kwargs) -> bool:
        try:
            check(first, *args, **kwargs)
        except ReleaseError:
            return False
        return True

    return ask


can_request = _asking(check_can_request)
can_review = _asking(check_can_review)
can_vote = _asking(check_can_vote)
can_build = _asking(check_can_build)
can_withdraw = _asking(check_can_withdraw)


def _approves(voted: Files, leaving: Files) -> bool:
    return voted == leaving
