"""Zip containers of XML (.docx, .xlsx, .odt) are looked through before a library opens them.

Everything that a hostile container can do to a reader is refused here: bombs by declared size
(zipfile never yields more than was declared), passwords, entities and document types, nesting
that would exhaust the stack, two parts of one name. Only then do python-docx, openpyxl and odfdo
see the bytes. Part names and contents never reach a message.
"""

import io
import zipfile
import zlib
from xml.sax import SAXException, handler, xmlreader

from defusedxml import DefusedXmlException, sax

from deid.errors import InputError, Reason
from deid.ingest.limits import MEGABYTE, Limits

_NEEDED = {
    ".docx": "word/document.xml",
    ".xlsx": "xl/workbook.xml",
    ".odt": "content.xml",
}
_XML_NAMES = (".xml", ".rels", ".vml", ".rdf")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
_ENCRYPTED_FLAG = 0x1


def check(data: bytes, suffix: str, *, limits: Limits) -> None:
    """Refuse a container that is broken, locked, hostile, or of another kind.

    Raises:
        InputError: TRUNCATED, ENCRYPTED, ZIP_BOMB, XML_ENTITIES, MALFORMED or WRONG_SUFFIX.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        raise InputError(Reason.TRUNCATED, detail="zip directory missing") from None
    with archive:
        members = archive.infolist()
        _check_directory(members, limits)
        names = {member.filename for member in members}
        if _NEEDED[suffix] not in names:
            raise InputError(Reason.WRONG_SUFFIX, detail=f"not a {suffix[1:]} container")
        for member in members:
            _check_part(archive, member, limits)


def _check_directory(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    """What the directory alone tells: locks, counts, declared sizes."""
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise InputError(Reason.ENCRYPTED, detail="a password is set")
    if len({member.filename for member in members}) < len(members):
        raise InputError(Reason.MALFORMED, detail="two parts of one name")
    if len(members) > limits.parts:
        raise InputError(Reason.ZIP_BOMB, detail=f"more than {limits.parts} parts")
    if sum(member.file_size for member in members) > limits.unpacked_bytes:
        raise InputError(Reason.ZIP_BOMB, detail=f"more than {limits.unpacked_bytes} bytes")
    for member in members:
        packed = max(1, member.compress_size)
        if member.file_size > MEGABYTE and member.file_size / packed > limits.ratio:
            raise InputError(Reason.ZIP_BOMB, detail=f"unpacks more than {limits.ratio} fold")


def _check_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> None:
    """Read one part; if it is XML, parse it once with nothing allowed to expand."""
    named_xml = member.filename.lower().endswith(_XML_NAMES)
    try:
        with archive.open(member) as part:
            head = part.read(256)
            if not named_xml and not _looks_like_xml(head):
                return
        if member.file_size > limits.part_bytes:
            raise InputError(Reason.ZIP_BOMB, detail=f"a part of {member.file_size} bytes")
        content = archive.read(member)
    except _BROKEN:
        raise InputError(Reason.TRUNCATED, detail="a part cannot be unpacked") from None
    if content:
        check_xml(content, limits=limits)


def _looks_like_xml(head: bytes) -> bool:
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<?xml")


class _Depth(handler.ContentHandler):
    """Counts nesting; keeps nothing."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most, self._depth = most, 0

    def startElement(self, _name: str, _attrs: xmlreader.AttributesImpl) -> None:  # noqa: N802 — the name that xml.sax calls
        self._depth += 1
        if self._depth > self._most:
            raise InputError(Reason.MALFORMED, detail=f"nested deeper than {self._most}")

    def endElement(self, _name: str) -> None:  # noqa: N802 — the name that xml.sax calls
        self._depth -= 1


def check_xml(content: bytes, *, limits: Limits) -> None:
    """Parse once, streaming: no DTD, no entity, no external reference, bounded nesting.

    Raises:
        InputError: XML_ENTITIES or MALFORMED.
    """
    try:
        sax.parseString(content, _Depth(limits.depth), forbid_dtd=True)
    except DefusedXmlException:
        raise InputError(Reason.XML_ENTITIES, detail="a part declares a DTD or entities") from None
    except (SAXException, ValueError, LookupError):
        raise InputError(Reason.MALFORMED, detail="a part is not well-formed XML") from None
