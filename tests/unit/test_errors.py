"""deid.errors: one tree, one exit code a cause, and errors that survive their way back."""

import pickle
from collections.abc import Iterator

import pytest

from deid import errors
from deid.errors import PASSING, DeidError, ExitCode, InputError, Reason, WithheldError


def tree(root: type[DeidError] = DeidError) -> Iterator[type[DeidError]]:
    """Every error of the tree."""
    yield root
    for each in root.__subclasses__():
        if each.__module__ == errors.__name__:
            yield from tree(each)


def test_every_error_of_the_module_is_of_the_tree() -> None:
    """Whoever catches the root has caught all that is raised on purpose."""
    named = {
        each
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, Exception)
    }
    assert named == set(tree())


def test_every_exit_code_has_its_number_and_its_cause() -> None:
    """Numbers are distinct, and each but success is some error's."""
    assert len({code.value for code in ExitCode}) == len(ExitCode)
    assert {each.exit_code for each in tree()} == set(ExitCode) - {ExitCode.OK}


@pytest.mark.parametrize("turn", [None, 0, 14])
@pytest.mark.parametrize("reason", Reason)
def test_a_withheld_error_survives_a_worker_process(reason: Reason, turn: int | None) -> None:
    """Pickled and back it says the same, in the same class."""
    for error in (
        WithheldError(reason, stage="verify", turn=turn, detail="2 found"),
        InputError(reason, detail="page 2"),
    ):
        back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        assert type(back) is type(error)
        assert str(back) == str(error)
        assert vars(back) == vars(error)


def test_a_message_says_where_and_which_rule() -> None:
    """Stage, turn where known, reason, detail."""
    told = WithheldError(Reason.LEAK, stage="verify", turn=0, detail="2 found")
    assert str(told) == "verify, turn 0: leak (2 found)"
    assert str(WithheldError(Reason.LEAK, stage="verify")) == "verify: leak"
    assert str(InputError(Reason.EMPTY)) == "ingest: empty"


def test_what_may_pass_is_never_a_verdict_on_the_text() -> None:
    """A leak, a failed detection or a refused file is not tried again as if it had passed."""
    final = {Reason.LEAK, Reason.DETECTION_FAILED, Reason.MALFORMED, Reason.NOT_IN_REGISTER}
    assert not PASSING & final
