"""From a request through two blind votes to a bundle in the outbox, and the record of all of it.

Nothing here shows speech: checkers see counts and digests, and read redactions in the review desk.
"""

from deid.release.building import build, withdraw
from deid.release.contents import Contents, TranscriptFacts
from deid.release.measured import measured_from, measured_in
from deid.release.opening import open_releases
from deid.release.record import VOTES_NEEDED, Decision, Release, Standing, Vote
from deid.release.releases import Releases
from deid.release.rules import (
    can_build,
    can_request,
    can_review,
    can_vote,
    can_withdraw,
    check_can_build,
    check_can_request,
    check_can_review,
    check_can_vote,
    check_can_withdraw,
)
from deid.release.settling import settle
from deid.release.states import TRANSITIONS, State, Step, after, diagram

__all__ = [
    "TRANSITIONS",
    "VOTES_NEEDED",
    "Contents",
    "Decision",
    "Release",
    "Releases",
    "Standing",
    "State",
    "Step",
    "TranscriptFacts",
    "Vote",
    "after",
    "build",
    "can_build",
    "can_request",
    "can_review",
    "can_vote",
    "can_withdraw",
    "check_can_build",
    "check_can_request",
    "check_can_review",
    "check_can_vote",
    "check_can_withdraw",
    "diagram",
    "measured_from",
    "measured_in",
    "open_releases",
    "settle",
    "withdraw",
]
