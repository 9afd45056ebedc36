"""Killing a program at its every step: a child process that dies at its n-th touch of a file."""

import os
import signal
import sys
from collections.abc import Callable, Iterator

import pytest

_TOUCHES = frozenset(
    {"open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}
    | {"os.chmod", "shutil.rmtree"}
)


@pytest.fixture
def killed_at_each_step() -> Callable[..., Iterator[int]]:
    """The function below."""
    return _killed_at_each_step


def _killed_at_each_step(
    act: Callable[[], object], prepare: Callable[[], object], *, step: int = 1
) -> Iterator[int]:
    """Run ``act`` in a child that is killed at its n-th touch, for n = 1, 1 + step, and so on.

    Yields after each death, for the caller to look at what was left; ``prepare`` comes before
    each child. Ends once a child came through alive.
    """
    touch = 1
    while True:
        prepare()
        if _child(act, touch) == 0:
            return
        yield touch
        touch += step


def _child(act: Callable[[], object], touch: int) -> int:
    process = os.fork()
    if process == 0:
        _die_at(touch)
        try:
            act()
        except BaseException:  # noqa: BLE001 - a failing child must not go on as a second pytest
            os._exit(9)
        os._exit(0)
    _, status = os.waitpid(process, 0)
    if os.WIFEXITED(status):
        code = os.WEXITSTATUS(status)
        assert code == 0, "the act failed instead of being killed"
        return 0
    assert os.WTERMSIG(status) == signal.SIGKILL
    return -1


def _die_at(touch: int) -> None:
    left = touch

    def hook(event: str, _: object) -> None:
        nonlocal left
        if event in _TOUCHES:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
