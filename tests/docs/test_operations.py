"""docs/operations.md names everything that the program may say, so that nobody has to ask."""

import re

import pytest

from deid.advice import FOR_WITHHELD
from deid.errors import PASSING, ExitCode, Reason
from flows.serving.words import KNOWN

from .project import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The text of one section."""
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def rows(title: str) -> list[list[str]]:
    """The rows of a section's table."""
    lines = re.findall(r"^\| (.+) \|$", section(title), re.MULTILINE)
    return [re.split(r" \| ", line) for line in lines[2:]]


def test_every_reason_is_explained() -> None:
    """Each reason why a transcript is withheld has its row: what happened, what to do."""
    told = {row[0].strip("`"): row for row in rows("Why a transcript is withheld")}
    assert list(told) == [reason.value for reason in Reason]
    assert all(len(row) == 3 and all(row) for row in told.values())


def test_what_passes_is_said_to_pass() -> None:
    """The page promises another try exactly where the next run gives one; so does the summary."""
    said = {row[0].strip("`") for row in rows("Why a transcript is withheld") if "tries" in row[2]}
    assert said == {reason.value for reason in PASSING}
    assert {reason for reason, told in FOR_WITHHELD.items() if "tries" in told} == PASSING


def test_every_exit_code_is_explained() -> None:
    """Number, name, meaning and what to do, for each."""
    told = [(row[0], row[1]) for row in rows("How a command ends")]
    assert told == [(str(code.value), code.name.lower().replace("_", " ")) for code in ExitCode]
    assert all(len(row) == 4 for row in rows("How a command ends"))


@pytest.mark.parametrize("meaning", sorted(set(KNOWN.values())))
def test_every_word_of_the_supervisor_is_explained(meaning: str) -> None:
    """What it says of a part that ended begins as a row of the table does."""
    first = re.split(r":", meaning)[0].removeprefix("its port ")
    assert f"{first}" in section("What the supervisor says")


@pytest.mark.parametrize("state", ["Completed", "Withheld", "Dry run", "Refused", "Stopped"])
def test_every_state_of_a_run_is_explained(state: str) -> None:
    """The names that the flow gives its ends stand in the table of the morning."""
    assert state in {row[0] for row in rows("The morning")}
    source = "".join(path.read_text() for path in (ROOT / "flows").rglob("*.py"))
    assert f'"{state}"' in source or state == "Completed"
