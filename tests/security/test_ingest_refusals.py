"""Every kind of hostile or broken file is refused with its reason, and silently."""

import io
import os
import pickle
import socket
import struct
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import docx
import odfdo
import pytest
from openpyxl import Workbook

from deid.errors import InputError, Reason
from deid.ingest import SUFFIXES, Limits, inside, read

CANARY = "Zebedee Quackenbush"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "Zebedee Quackenbush"><!ENTITY b "&a;&a;">]>'
    "<a>&b;</a>"
)


def word() -> bytes:
    """A sound Word file."""
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(f"INT: I am {CANARY}.")
    document.save(out)
    return out.getvalue()


def sheet() -> bytes:
    """A sound worksheet."""
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    book.active["A1"] = CANARY
    book.save(out)
    return out.getvalue()


def odt() -> bytes:
    """A sound OpenDocument."""
    document, out = odfdo.Document("text"), io.BytesIO()
    document.body.append(odfdo.Paragraph(CANARY))
    document.save(out)
    return out.getvalue()


def changed(data: bytes, **parts: bytes) -> bytes:
    """A container with parts put in the place of others (``__`` for ``/`` and ``_X`` for ``.``)."""
    out = io.BytesIO()
    new = {name.replace("__", "/").replace("_X", "."): content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as made:
        for name in old.namelist():
            made.writestr(name, new.pop(name, b"") or old.read(name))
        for name, content in new.items():
            made.writestr(name, content)
    return out.getvalue()


def locked(data: bytes) -> bytes:
    """A container whose directory says that the first part is encrypted."""
    raw = bytearray(data)
    raw[raw.find(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def deep(levels: int) -> bytes:
    """XML of that many levels."""
    return b"<?xml version='1.0'?>" + b"<a>" * levels + b"</a>" * levels


def ole(name: str) -> bytes:
    """The beginning of an OLE file with one stream of that name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + name.encode("utf-16-le") + bytes(600)


CASES: dict[str, tuple[str, Callable[[], bytes], Reason]] = {
    "no bytes": (".txt", lambda: b"", Reason.EMPTY),
    "white space": (".txt", lambda: b" \r\n\t\n", Reason.EMPTY),
    "a mark and nothing": (".txt", lambda: b"\xef\xbb\xbf", Reason.EMPTY),
    "no cues": (".vtt", lambda: b"WEBVTT\n\n", Reason.EMPTY),
    "no such format": (".pages", lambda: b"INT: hi", Reason.UNSUPPORTED),
    "old Word": (".doc", lambda: ole("WordDocument"), Reason.UNSUPPORTED),
    "PDF as text": (".txt", lambda: b"%PDF-1.7 Zebedee", Reason.WRONG_SUFFIX),
    "Word as text": (".txt", word, Reason.WRONG_SUFFIX),
    "RTF as text": (".txt", lambda: rb"{\rtf1 hi}", Reason.WRONG_SUFFIX),
    "text as RTF": (".rtf", lambda: b"INT: hi", Reason.WRONG_SUFFIX),
    "text as Word": (".docx", lambda: b"INT: hi", Reason.WRONG_SUFFIX),
    "old Word as new": (".docx", lambda: ole("WordDocument"), Reason.WRONG_SUFFIX),
    "Word as worksheet": (".xlsx", word, Reason.WRONG_SUFFIX),
    "worksheet as Word": (".docx", sheet, Reason.WRONG_SUFFIX),
    "OpenDocument as Word": (".docx", odt, Reason.WRONG_SUFFIX),
    "sound as captions": (".srt", lambda: b"ID3\x04\x00rest", Reason.WRONG_SUFFIX),
    "video as captions": (".vtt", lambda: b"\0\0\0\x20ftypmp42", Reason.WRONG_SUFFIX),
    "captions without their mark": (
        ".vtt",
        lambda: b"1\n00:01.000 --> 00:02.000\nhi",
        Reason.WRONG_SUFFIX,
    ),
    "locked Word": (".docx", lambda: ole("EncryptedPackage"), Reason.ENCRYPTED),
    "locked worksheet": (".xlsx", lambda: ole("EncryptedPackage"), Reason.ENCRYPTED),
    "locked zip": (".docx", lambda: locked(word()), Reason.ENCRYPTED),
    "locked OpenDocument": (
        ".odt",
        lambda: changed(
            odt(), **{"META-INF__manifest_Xxml": b"<?xml version='1.0'?><m><encryption-data/></m>"}
        ),
        Reason.ENCRYPTED,
    ),
    "half a Word file": (".docx", lambda: word()[: len(word()) // 2], Reason.TRUNCATED),
    "half a worksheet": (".xlsx", lambda: sheet()[:-100], Reason.TRUNCATED),
    "only the end of a zip": (".docx", lambda: b"PK\x05\x06" + bytes(4), Reason.TRUNCATED),
    "a bomb": (
        ".docx",
        lambda: changed(word(), word__document_Xxml=b" " * 5_000_000),
        Reason.ZIP_BOMB,
    ),
    "a bomb beside the text": (
        ".docx",
        lambda: changed(word(), word__media__a_Xbin=bytes(5_000_000)),
        Reason.ZIP_BOMB,
    ),
    "nul bytes": (".txt", lambda: b"INT: hi\0\0\0 there, all of you", Reason.BINARY),
    "noise": (".txt", lambda: bytes(range(1, 32)) * 50, Reason.BINARY),
    "half of UTF-16": (".txt", lambda: b"\xff\xfeI\0N\0T", Reason.ENCODING),
    "marked UTF-8 that is not": (".txt", lambda: b"\xef\xbb\xbfINT: \xff\xfe", Reason.ENCODING),
    "broken XML": (
        ".docx",
        lambda: changed(word(), word__document_Xxml=b"<?xml version='1.0'?><w:p>Zebedee"),
        Reason.MALFORMED,
    ),
    "XML that is no document": (
        ".docx",
        lambda: changed(word(), word__document_Xxml=b"<?xml version='1.0'?><a>Zebedee</a>"),
        Reason.MALFORMED,
    ),
    "deep XML": (".odt", lambda: changed(odt(), content_Xxml=deep(100_000)), Reason.MALFORMED),
    "deep XML in Word": (
        ".docx",
        lambda: changed(word(), word__document_Xxml=deep(5_000)),
        Reason.MALFORMED,
    ),
}


def _with_bomb(sound: Callable[[], bytes], part: str) -> bytes:
    return changed(sound(), **{part: BOMB.encode()})


for _suffix, _sound, _part in (
    (".docx", word, "word__document_Xxml"),
    (".docx", word, "word___rels__document_Xxml_Xrels"),
    (".docx", word, "docProps__core_Xxml"),
    (".xlsx", sheet, "xl__workbook_Xxml"),
    (".xlsx", sheet, "xl__worksheets__sheet1_Xxml"),
    (".odt", odt, "content_Xxml"),
    (".odt", odt, "meta_Xxml"),
):
    CASES[f"entities in {_part}"] = (
        _suffix,
        partial(_with_bomb, _sound, _part),
        Reason.XML_ENTITIES,
    )
CASES["entities in UTF-16"] = (
    ".docx",
    lambda: changed(word(), word__document_Xxml=BOMB.encode("utf-16")),
    Reason.XML_ENTITIES,
)


@pytest.mark.parametrize("case", CASES)
def test_a_bad_file_is_refused_with_its_reason(tmp_path: Path, case: str) -> None:
    """One reason a file, nothing behind it, and nothing of the file or its name in it.

    Importing Dask has pickle take an exception's context along: a parser, and in it the file.
    """
    import distributed  # noqa: F401, PLC0415 - costs a second where no other case needs it

    suffix, content, reason = CASES[case]
    path = tmp_path / f"{CANARY}{suffix}"
    path.write_bytes(content())
    with pytest.raises(InputError) as caught:
        read(path)
    error = caught.value
    assert error.reason is reason
    assert error.__cause__ is None
    assert error.__context__ is None
    told = f"{error} {error!r} {error.detail} {pickle.dumps(error)!r}"
    assert not {"Zebedee", "Quackenbush", str(tmp_path)} & set(told.split())
    assert "Zebedee" not in told


def test_every_reason_of_reading_has_a_case() -> None:
    """The table is total; too large, unreadable and outside have tests of their own below."""
    assert {reason for _, _, reason in CASES.values()} == {
        Reason.EMPTY,
        Reason.TRUNCATED,
        Reason.ENCRYPTED,
        Reason.WRONG_SUFFIX,
        Reason.UNSUPPORTED,
        Reason.ZIP_BOMB,
        Reason.XML_ENTITIES,
        Reason.BINARY,
        Reason.MALFORMED,
        Reason.ENCODING,
    }


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_noise_never_escapes_as_another_error(tmp_path: Path, suffix: str) -> None:
    """Every reader turns whatever its library raises into one of ours."""
    start = {".rtf": b"{\\rtf1 ", ".vtt": b"WEBVTT\n\n", ".json": b"{"}.get(suffix, b"")
    sound = {".docx": word, ".xlsx": sheet, ".odt": odt}.get(suffix)
    whole = bytearray(sound() if sound else start + b"\xe9\x81" + CANARY.encode() * 20)
    for step in range(7, len(whole), max(1, len(whole) // 60)):
        whole[step] ^= 0x55
        path = tmp_path / f"a{suffix}"
        path.write_bytes(whole)
        try:
            read(path)
        except InputError as error:
            assert "Zebedee" not in str(error)  # noqa: PT017 — some of these files are still sound
        whole[step] ^= 0x55


def test_size_is_told_before_reading(tmp_path: Path) -> None:
    """200 MB of one line are refused by their size on disk: nothing is read into memory."""
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    opened = os.open
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "read", lambda *_: pytest.fail("a byte was read"))
        with pytest.raises(InputError) as caught:
            read(path)
    assert os.open is opened
    assert caught.value.reason is Reason.TOO_LARGE


@pytest.mark.parametrize(
    ("content", "limits"),
    [
        (b"INT: " + b"a" * 2_000, Limits(line_chars=1_000)),
        (b"INT: hi\n" * 20, Limits(turns=10)),
        (b"INT: hi\n" * 20, Limits(file_bytes=100)),
        (b"INT: " + b"hi\n" * 900, Limits(line_chars=1_000)),
    ],
)
def test_limits_hold(tmp_path: Path, content: bytes, limits: Limits) -> None:
    """Bytes of a file, characters of a line and of a turn, turns of a transcript."""
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(path, limits=limits)
    assert caught.value.reason is Reason.TOO_LARGE


@pytest.mark.parametrize(
    "limits", [Limits(unpacked_bytes=1_000), Limits(part_bytes=100), Limits(parts=3)]
)
def test_container_limits_hold(tmp_path: Path, limits: Limits) -> None:
    """Declared sizes and the number of parts are checked before a library sees the file."""
    path = tmp_path / "a.docx"
    path.write_bytes(word())
    with pytest.raises(InputError) as caught:
        read(path, limits=limits)
    assert caught.value.reason is Reason.ZIP_BOMB


def test_a_lying_size_does_not_unpack_more(tmp_path: Path) -> None:
    """A directory that declares fewer bytes than a part unpacks to is refused, not believed."""
    raw = bytearray(changed(word(), word__document_Xxml=b"<a>" + b" " * 900_000 + b"</a>"))
    name = raw.rfind(b"word/document.xml")
    entry = raw.rfind(b"PK\x01\x02", 0, name)
    raw[entry + 24 : entry + 28] = struct.pack("<I", 100)
    path = tmp_path / "a.docx"
    path.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.reason in (Reason.TRUNCATED, Reason.MALFORMED)


def refused(path: Path, inbox: Path) -> Reason:
    """The reason with which a path is refused."""
    with pytest.raises(InputError) as caught:
        inside(path, inbox)
    assert path.name not in str(caught.value)
    return caught.value.reason


def test_inside_the_inbox(tmp_path: Path) -> None:
    """A regular file below the inbox passes, in a folder of its own too."""
    inbox = tmp_path / "inbox"
    (inbox / "site").mkdir(parents=True)
    for path in (inbox / "zz.txt", inbox / "site" / "zz.txt"):
        path.write_text("INT: hi")
        assert inside(path, inbox) == path.resolve()


def test_what_leaves_the_inbox_is_refused(tmp_path: Path) -> None:
    """Links of every kind, steps upwards, neighbours, the inbox itself."""
    inbox, outside = tmp_path / "inbox", tmp_path / "outside"
    inbox.mkdir()
    outside.mkdir()
    for folder in (inbox, outside):
        (folder / "zz.txt").write_text("INT: hi")
    (inbox / "link.txt").symlink_to(outside / "zz.txt")
    (inbox / "inner.txt").symlink_to(inbox / "zz.txt")
    (inbox / "folder").symlink_to(outside)
    (inbox / "loop.txt").symlink_to(inbox / "loop.txt")
    for path in (
        inbox / "link.txt",
        inbox / "inner.txt",
        inbox / "folder" / "zz.txt",
        inbox / "loop.txt",
        inbox / ".." / "outside" / "zz.txt",
        outside / "zz.txt",
        Path(f"{inbox}-more") / ".." / "inbox" / "zz.txt",
    ):
        assert refused(path, inbox) is Reason.OUTSIDE_INBOX


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """Folders, pipes, sockets, devices and nothing at all, without waiting on any."""
    inbox = tmp_path / "i"
    (inbox / "folder.txt").mkdir(parents=True)
    os.mkfifo(inbox / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(inbox / "s.txt"))
    for name in ("folder.txt", "pipe.txt", "s.txt", "none.txt"):
        assert refused(inbox / name, inbox) is Reason.UNREADABLE
        with pytest.raises(InputError) as caught:
            read(inbox / name)
        assert caught.value.reason is Reason.UNREADABLE
    with pytest.raises(InputError) as caught:
        inside(Path("/dev/null"), Path("/dev"))
    assert caught.value.reason is Reason.UNREADABLE


def test_reading_follows_no_link(tmp_path: Path) -> None:
    """Even where nobody asked whether the path is inside."""
    (tmp_path / "zz.txt").write_text("INT: hi")
    (tmp_path / "link.txt").symlink_to(tmp_path / "zz.txt")
    with pytest.raises(InputError) as caught:
        read(tmp_path / "link.txt")
    assert caught.value.reason is Reason.OUTSIDE_INBOX


def test_a_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    """The system's own message names the file; ours does not."""
    path = tmp_path / "zz.txt"
    path.write_text("INT: hi")
    with pytest.MonkeyPatch.context() as patch:

        def denied(*_: object) -> int:
            raise PermissionError(13, "denied", str(path))

        patch.setattr(os, "open", denied)
        with pytest.raises(InputError) as caught:
            read(path)
    assert caught.value.reason is Reason.UNREADABLE
    assert "zz.txt" not in f"{caught.value} {caught.value.__cause__}"
