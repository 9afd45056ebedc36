"""docs/security.md: every promise has a module that keeps it and a test that shows it."""

import re
from pathlib import Path

import pytest

from .project import README, ROOT, links, tracked

PAGE = Path("docs/security.md")
TEXT = (ROOT / PAGE).read_text(encoding="utf-8")
ROWS = [row.split(" | ") for row in TEXT.splitlines() if re.match(r"\| \d+\. ", row)]
_LINK = re.compile(r"\]\(\.\./([^)#]+)\)")


def number(row: list[str]) -> int:
    """Of a promise."""
    return int(row[0].split(".")[0].strip("| "))


def test_promises_are_numbered() -> None:
    """From one on, without gaps."""
    assert [number(row) for row in ROWS] == [*range(1, len(ROWS) + 1)]
    assert len(ROWS) >= 15


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(number(row)))
def test_each_promise_has_a_module_and_a_test(row: list[str]) -> None:
    """Both are in git; what shows it has tests in it."""
    known = set(map(str, tracked()))
    _, kept, shown = row
    modules, tests = _LINK.findall(kept), _LINK.findall(shown)
    assert modules
    assert tests
    assert {*modules, *tests} <= known
    assert all(path.startswith(("deid/", "flows/", "pyproject.toml")) for path in modules)
    for path in tests:
        assert re.search(r"^def test_", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_security_test_shows_something() -> None:
    """No file of tests/security is without a promise."""
    there = {str(path) for path in tracked() if re.match(r"tests/security/test_", str(path))}
    assert there <= {str(PAGE.parent / link).replace("docs/../", "") for link in links(PAGE)}


def test_the_readmes_promises_are_these() -> None:
    """The six of the README stand first; each begins with the same words."""
    table = README.split("## What it promises")[1].split("\n## ")[0]
    told = re.findall(r"^\| (\d)\. (.*?) \|", table, re.MULTILINE)
    assert len(told) == 6
    for (place, promise), row in zip(told, ROWS, strict=False):
        assert int(place) == number(row)
        assert promise.startswith(row[0].split(". ", 1)[1][:60])


def test_threats() -> None:
    """Each of those who were considered has a row that says what is left."""
    rows = TEXT.split("## Threats considered")[1].split("\n## ")[0]
    for who in (
        *("curious colleague", "lost laptop", "malicious file", "careless rerun"),
        *("motivated intruder",),
    ):
        (row,) = (line for line in rows.splitlines() if who in line.split(" | ")[0])
        assert len(row.split(" | ")) == 4
    assert "## Not covered" in TEXT
