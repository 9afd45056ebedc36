"""The hand-written lists of deid/data, as their readers take them."""

import itertools
import re
from importlib import resources

import pytest

_COMMAS = re.compile(r"^\[.+\n.*,.*,", re.MULTILINE)
_LISTS = sorted(
    path.name
    for path in resources.files("deid.data").iterdir()
    if path.name.endswith(".txt") and _COMMAS.search(path.read_text("utf-8"))
)


@pytest.mark.parametrize("name", _LISTS)
def test_no_entry_is_broken_over_two_lines(name: str) -> None:
    """An entry ends where its line ends, and half a phrase would be kept: each line says so."""
    lines = resources.files("deid.data").joinpath(name).read_text(encoding="utf-8").splitlines()
    for line, after in itertools.pairwise(lines):
        entries = bool(line.strip()) and not line.startswith(("#", "["))
        goes_on = bool(after.strip()) and not after.startswith(("#", "["))
        assert not (entries and goes_on) or line.rstrip().endswith(","), line[-40:]
