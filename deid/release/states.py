"""The states of a release and the steps between them: one table, from which the diagram is made."""

from collections.abc import Mapping
from enum import StrEnum

from deid.errors import ReleaseError


class State(StrEnum):
    """Where a release stands."""

    REQUESTED = "requested"
    UNDER_REVIEW = "under-review"
    APPROVED = "approved"
    REJECTED = "rejected"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What can happen to one."""

    REVIEW = "a checker looks"
    VOTE = "a first vote is in"
    APPROVE = "both votes approve"
    REJECT = "a vote of two rejects"
    VOID = "a file changed"
    BUILD = "the bundle is built"
    WITHDRAW = "withdrawn"


TRANSITIONS: Mapping[State, Mapping[Step, State]] = {
    State.REQUESTED: {
        Step.REVIEW: State.UNDER_REVIEW,
        Step.VOID: State.REQUESTED,
        Step.WITHDRAW: State.WITHDRAWN,
    },
    State.UNDER_REVIEW: {
        Step.REVIEW: State.UNDER_REVIEW,
        Step.VOTE: State.UNDER_REVIEW,
        Step.APPROVE: State.APPROVED,
        Step.REJECT: State.REJECTED,
        Step.VOID: State.REQUESTED,
        Step.WITHDRAW: State.WITHDRAWN,
    },
    State.APPROVED: {
        Step.BUILD: State.RELEASED,
        Step.VOID: State.REQUESTED,
        Step.WITHDRAW: State.WITHDRAWN,
    },
    State.REJECTED: {},
    State.RELEASED: {Step.WITHDRAW: State.WITHDRAWN},
    State.WITHDRAWN: {},
}
"""Every step that each state allows, and where it leads."""


_NEXT = {
    State.REQUESTED: "Next, two checkers look and vote",
    State.UNDER_REVIEW: "Next, both votes have to be in",
    State.APPROVED: "Next, a releaser builds it",
    State.REJECTED: "It has ended; ask again with a new request",
    State.RELEASED: "It can only be withdrawn",
    State.WITHDRAWN: "It has ended; ask again with a new request",
}


def after(state: State, step: Step) -> State:
    """The state that a step leads to.

    Raises:
        ReleaseError: The state does not allow the step.
    """
    try:
        return TRANSITIONS[state][step]
    except KeyError:
        raise ReleaseError(
            f"the release is {state}; this is not possible now: {step}. {_NEXT[state]}"
        ) from None


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    names = {state: state.replace("-", "_") for state in State}
    lines = ["stateDiagram-v2", f"    [*] --> {names[State.REQUESTED]}"]
    for state, steps in TRANSITIONS.items():
        lines += [f"    {names[state]} --> {names[to]}: {step}" for step, to in steps.items()]
        lines += [] if steps else [f"    {names[state]} --> [*]"]
    return "\n".join(lines) + "\n"
