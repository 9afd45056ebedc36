"""deid.deadline: work that takes too long is withheld, in the main thread and in any other."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from deid.deadline import deadline
from deid.errors import Reason, WithheldError


def here(work: Callable[[], object]) -> object:
    """In this thread."""
    assert threading.current_thread() is threading.main_thread()
    return work()


def elsewhere(work: Callable[[], object]) -> object:
    """In another thread, as a cluster's worker does it."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def endless() -> None:
    """Python that never ends."""
    with deadline(0.05):
        while True:
            pass


def swallowing() -> None:
    """A library that takes every exception for its own."""
    with deadline(0.05), suppress(Exception):
        while True:
            pass


@pytest.mark.parametrize("where", [here, elsewhere])
@pytest.mark.parametrize("work", [endless, swallowing])
def test_what_takes_too_long_is_withheld(
    where: Callable[[Callable[[], object]], object], work: Callable[[], object]
) -> None:
    """It is interrupted, and says so even where the interruption was swallowed."""
    with pytest.raises(WithheldError) as caught:
        where(work)
    assert caught.value.reason is Reason.TIMED_OUT


@pytest.mark.parametrize("where", [here, elsewhere])
def test_what_is_done_in_time_is_left_alone(
    where: Callable[[Callable[[], object]], object],
) -> None:
    """Results and errors come through, and nothing is interrupted afterwards."""

    def quick() -> int:
        with deadline(60):
            total = sum(range(50))
        with deadline(60), suppress(KeyError):
            raise KeyError
        with pytest.raises(ValueError, match="its own"), deadline(60):
            raise ValueError("its own")
        return total

    assert where(quick) == 1225
