"""deid.audit.facts: counts, ids, digests and known words get in; speech does not."""

import math
import traceback

import pytest

from deid.audit.facts import (
    Configured,
    checked_actor,
    checked_facts,
    checked_files,
    checked_id,
    is_safe_path,
)
from deid.errors import AuditError, Reason
from deid.transcript import EntityType

DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    "value",
    [
        0,
        -3,
        0.995,
        True,
        None,
        DIGEST,
        f"sha256:{DIGEST}",
        "t-0123456789abcdef",
        "3f0c9a52-8d1e-4b7a-9c3d-2e1f0a9b8c7d",
        "20260102T030405Z-9f",
        "run-20260102T030405Z",
        "2026-01-02T03:04:05.000006Z",
        "3.8.0",
        "0.1.0rc1",
        "en_core_web_md==3.8.0",
        "24/NW/0123",
        *Reason,
        *EntityType,
        "docx",
        [1, 2, "new"],
        {"PERSON": 3, "deleted-run": 1, "ner/PERSON": 2, "flags": {"kept": 1}},
    ],
)
def test_what_the_log_is_for_gets_in(value: object) -> None:
    """Counts, figures, ids, digests, times, versions and words of our own closed sets."""
    assert checked_facts({"value": value}) == {"value": value}


@pytest.mark.parametrize(
    "value",
    [
        "Sarah",
        "sarah",
        "sarah jones",
        "well I said to him",
        "9990000018",
        "999 000 0018",
        "07700900123",
        "01632 960123",
        "BS16 1QU",
        "12.04.1961",
        "1961-04-12",
        "12/04/1961",
        "sarah@example.org",
        "@sarahj",
        "interview with Sarah.docx",
        "",
        "\x1b[31m",
        "t-0123456789abcdef\n",
        math.nan,
        math.inf,
        2**53,
        -(2**60),
        b"bytes",
        object(),
        {1, 2},
        [["Sarah"]],
        {"Sarah Jones": 1},
        {"Sarah": 1},
        {"x": {"y": {"z": {"deep": {"deeper": 1}}}}},
        Configured("line\nbreak"),
        Configured("esc\x1b"),
        Configured("x" * 501),
    ],
)
def test_what_could_be_speech_does_not(value: object) -> None:
    """Names, numbers, dates, addresses and free text are refused without being shown."""
    with pytest.raises(AuditError) as raised:
        checked_facts({"value": value})
    shown = "".join(traceback.format_exception_only(raised.value))
    assert not isinstance(value, str) or len(value) < 2 or value not in shown
    assert "Sarah" not in shown


def test_configured_text_is_let_in_as_plain_text() -> None:
    """Text of the configuration, marked as such, may hold anything but control characters."""
    facts = checked_facts({"title": Configured("Living well with pain: a Welsh-English study")})
    assert type(facts["title"]) is str


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../x",
        "a/../b",
        "a//b",
        "",
        ".hidden",
        "a/.b",
        "a b",
        "a\nb",
        "é",
        "a/",
        "~x",
    ],
)
def test_a_path_cannot_climb_or_speak(path: str) -> None:
    """Only plain relative paths are recorded, and followed when verifying."""
    assert not is_safe_path(path)
    with pytest.raises(AuditError, match="entry 0"):
        checked_files({path: DIGEST})


def test_files_have_digests_or_are_gone() -> None:
    """A SHA-256 in hexadecimal or None; nothing else."""
    files = {"staging/turns/t-01.parquet": DIGEST, "outbox/r_1/x": None}
    assert checked_files(files) == files
    with pytest.raises(AuditError):
        checked_files({"a": DIGEST[:-1]})
    with pytest.raises(AuditError):
        checked_files({"a": DIGEST.upper()})


def test_actors_and_ids() -> None:
    """An actor is an account name; a subject is an id or a known word, never empty."""
    assert checked_actor("j.smith-2") == "j.smith-2"
    for bad in ("", "J Smith", "a\n", "-x"):
        with pytest.raises(AuditError, match="actor"):
            checked_actor(bad)
    assert checked_id("", where="run_id", optional=True) == ""
    with pytest.raises(AuditError, match="subject"):
        checked_id("", where="subject")
    with pytest.raises(AuditError, match="subject"):
        checked_id("Sarah.docx", where="subject")
