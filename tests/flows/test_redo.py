"""Promise: a run does what changed and nothing else, and what is put back gives its bytes again."""

import hashlib
import os
from collections import Counter
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest

from deid.audit import EventType, read, verify
from deid.keys import load_public_key
from deid.plan import Rerun
from deid.summary import Summary

pytestmark = pytest.mark.model
type RunHere = Callable[..., Summary]


def outputs(root: Path) -> dict[str, str]:
    """SHA-256 of every file in staging/, by path."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((root / "staging").rglob("*.parquet"))
    }


def differing(one: dict[str, str], other: dict[str, str]) -> set[str]:
    """Transcript ids of which a file was added, removed or changed."""
    return {
        Path(name).stem for name in one.keys() | other.keys() if one.get(name) != other.get(name)
    }


def holds(root: Path) -> bool:
    """Whether the audit log and every file that it lists are as recorded."""
    verdict = verify(root, load_public_key(root / "keys" / "signing.pub"))
    assert verdict.ok, verdict.problem
    return verdict.ok


@pytest.fixture
def done(study: Path, run_here: RunHere) -> Path:
    """The small study after a first run that did everything."""
    summary = run_here(study)
    assert (summary.written, summary.withheld_now) == (7, 0)
    return study


def test_nothing_changed(done: Path, run_here: RunHere) -> None:
    """A second run writes nothing, says so, and is in the log."""
    before = outputs(done)
    summary = run_here(done)
    assert summary.sentence() == "nothing new: 7 unchanged"
    assert outputs(done) == before
    assert holds(done)
    assert [e.facts["due"] for e in read(done / "audit/events.jsonl") if "due" in e.facts] == [7, 0]


def test_touched_is_not_changed(done: Path, run_here: RunHere) -> None:
    """A file with a new time and the same bytes is not done again."""
    os.utime(done / "inbox" / "02 tutor.txt", (1, 1))
    assert run_here(done).sentence() == "nothing new: 7 unchanged"


def test_changed_file(done: Path, run_here: RunHere) -> None:
    """A changed file is done again under its id, alone; put back, its bytes are back."""
    before, path = outputs(done), done / "inbox" / "02 tutor.txt"
    original = path.read_bytes()
    path.write_bytes(original + b"INT: Thank you, that was lovely.\n")
    summary = run_here(done)
    assert (summary.written, summary.unchanged) == (1, 6)
    changed = differing(before, outputs(done))
    assert len(changed) == 1
    assert outputs(done).keys() == before.keys()
    assert holds(done)
    path.write_bytes(original)
    assert run_here(done).written == 1
    assert outputs(done) == before
    assert holds(done)


def test_same_size_and_time(done: Path, run_here: RunHere) -> None:
    """A file changed in place, with size and time as before, is not found; a rerun of all is."""
    path = done / "inbox" / "02 tutor.txt"
    status, text = path.stat(), path.read_text(encoding="utf-8")
    path.write_text(text.replace("Thursday", "Saturday"), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert run_here(done).written == 0
    assert run_here(done, rerun=Rerun.ALL).written == 7
    assert holds(done)


def test_new_file(done: Path, run_here: RunHere) -> None:
    """A new file is done alone."""
    before = outputs(done)
    (done / "inbox" / "08 new.txt").write_text("INT: Hello.\nP6: Hello to you.\n", encoding="utf-8")
    assert run_here(done).written == 1
    assert {name: outputs(done)[name] for name in before} == before


def test_renamed_file(done: Path, run_here: RunHere) -> None:
    """A renamed file keeps its id; nothing that leaves says that it was renamed."""
    before = outputs(done)
    (done / "inbox" / "02 tutor.txt").rename(done / "inbox" / "sub" / "tutor, corrected.txt")
    run_here(done)
    assert outputs(done) == before
    assert run_here(done).sentence() == "nothing new: 7 unchanged"


def test_changed_policy(done: Path, run_here: RunHere) -> None:
    """Another policy does everything again; put back, everything is as before."""
    before, policy = outputs(done), done / "config" / "policy.yaml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace("UK_POSTCODE: pseudonym", "UK_POSTCODE: tag"), encoding="utf-8")
    assert run_here(done).written == 7
    assert len(differing(before, outputs(done))) == 7
    policy.write_text(text, encoding="utf-8")
    assert run_here(done).written == 7
    assert outputs(done) == before
    assert holds(done)


def test_comment_in_policy(done: Path, run_here: RunHere) -> None:
    """What is said about the policy beside it changes nothing."""
    with (done / "config" / "policy.yaml").open("a", encoding="utf-8") as file:
        file.write("# agreed on Monday\n")
    assert run_here(done).written == 0


def test_register_that_touches_nothing(done: Path, run_here: RunHere) -> None:
    """Somebody of whom nobody speaks changes no byte, and that is in the log."""
    before = outputs(done)
    with (done / "register.csv").open("a", encoding="utf-8") as file:
        file.write("P03,participant,Quentin,Larchmont,,,,,,,\n")
    summary = run_here(done)
    assert (summary.written, summary.unchanged) == (0, 7)
    assert outputs(done) == before
    *_, event = read(done / "audit/events.jsonl", types=(EventType.TRANSCRIPT_UNCHANGED,))
    told = {name: event.facts[name] for name in ("entries", "touched", "untouched")}
    assert told == {"entries": 1, "touched": 0, "untouched": 7}
    assert run_here(done).written == 0
    assert holds(done)


def test_alias_redoes_what_it_touches(done: Path, run_here: RunHere) -> None:
    """An alias of the tutor re-does the transcripts that name her or it; the others keep theirs."""
    before, register = outputs(done), done / "register.csv"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("Salthouse,,", "Salthouse,Achterberg,"), encoding="utf-8")
    summary = run_here(done)
    assert 0 < summary.written < 7
    touched = {name for name, size in _written_again(done).items() if size}
    changed = differing(before, outputs(done))
    assert changed
    assert changed <= touched
    register.write_text(text, encoding="utf-8")
    assert run_here(done).written == summary.written
    assert outputs(done) == before
    assert holds(done)


CHANGES = {
    "alias in speech": ("Salthouse,,", "Salthouse,Achterberg,"),
    "name by ear": ("Salthouse,,", "Salthouse,Filippa,"),
    "short form": ("Oyelaran,Maggie", "Oyelaran,"),
    "place": ("07700 900311,,Easton", "07700 900311,,Swindon"),
    "identifier": ("01632 960412", "01632 960555"),
    "role": ("S01,tutor", "S01,nurse"),
    "removed": ("S01,tutor,Ingrid,Salthouse,,,,,,,\n", ""),
    "added": ("S01,", "P09,participant,Rosalind,Bramhall,,,,,,,\nS01,"),
    "nobody": ("S01,", "P09,participant,Quentin,Larchmont,,,,,,,\nS01,"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_left_alone_would_come_out_the_same(
    done: Path, run_here: RunHere, change: str
) -> None:
    """After any change of the register, doing everything again changes no turn and no file more."""
    register = done / "register.csv"
    text = register.read_text(encoding="utf-8")
    changed = text.replace(*CHANGES[change])
    assert changed != text
    register.write_text(changed, encoding="utf-8")
    run_here(done)
    before = {name: digest for name, digest in outputs(done).items() if "/turns/" in name}
    assert before
    run_here(done, rerun=Rerun.ALL)
    after = {name: digest for name, digest in outputs(done).items() if "/turns/" in name}
    assert after == before
    assert holds(done)


def _written_again(root: Path) -> Counter[str]:
    """How often each transcript was written after the first run."""
    first, *later = (
        [event.subject for event in events]
        for _, events in groupby(
            read(root / "audit/events.jsonl", types=(EventType.TRANSCRIPT_WRITTEN,)),
            key=lambda event: event.run_id,
        )
    )
    assert len(first) == 7
    return Counter(subject for run in later for subject in run)
