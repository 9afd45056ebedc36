"""Bytes become the characters that were typed."""

from pathlib import Path

import pytest

from deid.ingest import read

SPEECH = "Mrs\u00a0Jo\u00adnes said \u201cna\u00efve\u201d \u2013 \u00a350"
LINE = f"INT: {SPEECH}\r\nP1: Yes."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """With a mark and without; the mark itself is no character of the text."""
    path = tmp_path / "a.txt"
    path.write_bytes(LINE.encode(encoding))
    assert [(t.speaker, t.text) for t in read(path).turns] == [("INT", SPEECH), ("P1", "Yes.")]


def test_big_endian_with_a_mark(tmp_path: Path) -> None:
    """The mark decides."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xfe\xff" + LINE.encode("utf-16-be"))
    assert read(path).turns[0].text == SPEECH


def test_utf8_is_never_taken_for_windows(tmp_path: Path) -> None:
    """Valid UTF-8 is UTF-8, names of other scripts too."""
    path = tmp_path / "a.txt"
    path.write_bytes("INT: Si\u00e2n, Wei\u00df, \u738b\u5c0f\u660e\nP1: oh".encode())
    assert read(path).turns[0].text == "Si\u00e2n, Wei\u00df, \u738b\u5c0f\u660e"


def test_bytes_that_windows_does_not_have_are_still_read(tmp_path: Path) -> None:
    """charset-normalizer is the last resort: 0x81 is no Windows-1252."""
    path = tmp_path / "a.txt"
    text = "INT: \u0421\u043f\u0430\u0441\u0438\u0431\u043e, \u0434\u043e \u0441\u0432\u0438\u0434"
    path.write_bytes((text * 5).encode("cp1251") + b"\x81\x8d\x90")
    assert read(path).turns


@pytest.mark.parametrize("suffix", ["vtt", "srt", "csv", "json"])
def test_every_text_format_reads_utf16(tmp_path: Path, suffix: str) -> None:
    """One decoder serves them all."""
    text = {
        "vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nINT: caf\u00e9\n",
        "srt": "1\n00:00:01,000 --> 00:00:02,000\nINT: caf\u00e9\n",
        "csv": "speaker,text\nINT,caf\u00e9\n",
        "json": '{"segments": [{"text": "caf\u00e9", "speaker": "INT"}]}',
    }[suffix]
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(text.replace("\n", "\r\n").encode("utf-16"))
    (turn,) = read(path).turns
    assert (turn.speaker, turn.text) == ("INT", "caf\u00e9")
