"""deid.collector: nothing is collected while modules load, and afterwards all is as it was."""

import gc
import sys
from contextlib import suppress

import pytest

from deid.collector import resting


def test_nothing_is_collected_meanwhile() -> None:
    """The collector rests inside and works again outside, an error or not."""
    with resting():
        assert not gc.isenabled()
    assert gc.isenabled()
    with suppress(KeyError), resting():
        raise KeyError
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    """One inside another does not wake it."""
    with resting(), resting():
        pass
    with resting():
        with resting():
            pass
        assert not gc.isenabled()


def test_only_modules_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing was imported, nothing is kept from being freed."""
    before = gc.get_freeze_count()
    with resting():
        pass
    assert gc.get_freeze_count() == before
    with resting():
        monkeypatch.setitem(sys.modules, "deid.made_for_this_test", sys)
    assert gc.get_freeze_count() > before
    gc.unfreeze()
