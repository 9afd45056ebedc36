"""The audit log gives back what was put in, for every fact that it accepts."""

import string
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deid import keys
from deid.audit import AuditLog, Configured, EventType, read, verify
from deid.audit.event import MalformedLineError, event_of, parsed_line, sealed_line
from deid.audit.facts import WORDS, Fact
from deid.keys import StudyKeys
from deid.keysource import KeyFile
from deid.workspace import Workspace

KEYS = st.from_regex(r"[a-z]{1,8}([_./-][A-Za-z0-9]{1,8}){0,2}", fullmatch=True)
DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)
IDS = st.from_regex(r"[a-z]{1,12}-[0-9a-f]{8,64}", fullmatch=True)
CONFIGURED = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029"), max_size=80
).map(Configured)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.floats(-(2.0**53) + 1, 2.0**53 - 1),
    DIGESTS,
    IDS,
    st.sampled_from(sorted(WORDS)),
    CONFIGURED,
)
FACTS = st.dictionaries(
    KEYS, SCALARS | st.lists(SCALARS, max_size=4) | st.dictionaries(KEYS, SCALARS, max_size=4)
)
NAMES = st.text(string.ascii_letters + string.digits, min_size=1, max_size=12)
FILES = st.dictionaries(
    st.lists(NAMES, min_size=1, max_size=4).map("/".join), DIGESTS | st.none(), max_size=4
)
# A handover of keys is an event of its own making: one without the old key's signature is refused.
FREE = sorted(set(EventType) - {EventType.KEYS_ROTATED})
EVENTS = st.lists(st.tuples(st.sampled_from(FREE), IDS, FACTS, FILES), max_size=8)


@pytest.fixture(scope="module")
def study_keys() -> StudyKeys:
    """One set of keys for all examples."""
    with tempfile.TemporaryDirectory() as folder:
        return keys.create(Workspace.create(Path(folder) / "ws"), source=KeyFile())


@settings(max_examples=60)
@given(events=EVENTS)
def test_what_is_appended_is_read_and_holds(
    study_keys: StudyKeys, events: list[tuple[EventType, str, dict[str, Fact], dict[str, str]]]
) -> None:
    """Every accepted event comes back equal, in order, in a log that verifies."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.create(Path(folder) / "ws")
        log = AuditLog(workspace.events, study_keys)
        log.checkpoint()
        for type_, subject, facts, files in events:
            if type_ is not EventType.CHECKPOINT:
                log.append(type_, actor="deid", subject=subject, facts=facts, files=files)
        expected = [event for event in events if event[0] is not EventType.CHECKPOINT]
        found = [*read(log.path)][1:]
        assert [(e.type, e.subject, e.facts, e.files) for e in found] == expected
        log.checkpoint()
        assert verify(workspace.root, study_keys.public_key, files=False).ok


@given(line=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_make_the_parser_fail_otherwise(line: bytes) -> None:
    """Whatever a line holds, it is an event or it is told to be malformed."""
    with pytest.raises(MalformedLineError):
        parsed_line(line)


@given(facts=FACTS, subject=st.text(max_size=40))
def test_a_line_has_one_form(facts: dict[str, Fact], subject: str) -> None:
    """Any event's line parses to the same event; with white space added it does not."""
    body: dict[str, Fact] = {
        "seq": 1,
        "at": "2026-01-02T03:04:05.000006Z",
        "type": "run.started",
        "actor": "deid",
        "run_id": "",
        "subject": subject,
        "facts": facts,
        "files": {},
        "prev": "0" * 64,
    }
    line, digest = sealed_line(body)
    event = event_of(parsed_line(line))
    assert (event.facts, event.subject, event.hash) == (facts, subject, digest)
    for other in (b" " + line, line + b"\n", line[:-1], line.replace(b",", b", ", 1)):
        with pytest.raises(MalformedLineError):
            parsed_line(other)
