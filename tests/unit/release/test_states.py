"""One table of states and steps, total, and the documented diagram made from it."""

from pathlib import Path

import pytest

from deid.audit.facts import WORDS
from deid.errors import ReleaseError
from deid.release import TRANSITIONS, State, Step, after, diagram

_DOCUMENT = Path(__file__).parents[3] / "docs" / "release-states.md"


def test_every_state_has_its_steps() -> None:
    """The table is total: each state is in it, and each step is possible somewhere."""
    assert set(TRANSITIONS) == set(State)
    assert {step for steps in TRANSITIONS.values() for step in steps} == set(Step)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_every_pair_leads_on_or_is_refused(state: State, step: Step) -> None:
    """For each pair there is an answer: the table's state, or an error that tells what can be."""
    if step in TRANSITIONS[state]:
        assert after(state, step) is TRANSITIONS[state][step]
    else:
        with pytest.raises(ReleaseError, match=f"the release is {state}"):
            after(state, step)


def test_every_state_can_be_reached() -> None:
    """From a request, and only the two that are meant to be ends lead nowhere."""
    reached, todo = {State.REQUESTED}, [State.REQUESTED]
    while todo:
        new = set(TRANSITIONS[todo.pop()].values()) - reached
        reached |= new
        todo += new
    assert reached == set(State)
    assert {state for state in State if not TRANSITIONS[state]} == {State.REJECTED, State.WITHDRAWN}


def test_only_an_approved_release_is_built() -> None:
    """And approval comes out of a review alone."""
    into = {(state, step) for state in State for step in TRANSITIONS[state]}
    released = {(a, b) for a, b in into if TRANSITIONS[a][b] is State.RELEASED}
    approved = {(a, b) for a, b in into if TRANSITIONS[a][b] is State.APPROVED}
    assert released == {(State.APPROVED, Step.BUILD)}
    assert approved == {(State.UNDER_REVIEW, Step.APPROVE)}


def test_the_log_takes_every_state() -> None:
    """A state may stand in an audit event."""
    assert set(State) <= WORDS


def test_the_documented_diagram_is_this_one() -> None:
    """docs/release-states.md shows the table as it is; copy ``diagram()`` there when this fails."""
    assert f"```mermaid\n{diagram()}```\n" in _DOCUMENT.read_text(encoding="utf-8")
