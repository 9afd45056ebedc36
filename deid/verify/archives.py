"""Every string in a zip archive of XML and text, such as a Word file or a REFI-QDA project.

Words that are split over runs are joined by paragraph, as a reader sees them; attributes, comments
and the names of members are read as well. An archive with anything else in it (a picture, a
comment of its own, something encrypted) cannot be checked, and is refused.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import batched
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from deid.verify.strings import Strings, Where, text_cells

_XML = frozenset({".xml", ".rels", ".qde"})
_TEXT = frozenset({".txt"})
_MOST_BYTES = 1 << 30
_CELLS = 2_000
_ENCRYPTED = 0x1
_ASIDE = re.compile(rb"<!--(.*?)-->|<\?(.*?)\?>", re.DOTALL)
_SPACES = frozenset({"br", "cr", "tab", "noBreakHyphen"})


def archive_strings(path: Path) -> Iterator[Strings]:
    """Member by member: its name, then what it says.

    Raises:
        ValueError: The archive is damaged or has something in it that cannot be checked.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if archive.comment or sum(member.file_size for member in members) > _MOST_BYTES:
                raise ValueError("an archive with a comment, or too large to be checked")
            for member in members:
                if member.comment or member.extra or member.flag_bits & _ENCRYPTED:
                    raise ValueError("a member with something beside its contents")
                yield from _member(member.filename, archive.read(member))
    except (zipfile.BadZipFile, zlib.error, ParseError, NotImplementedError, EOFError):
        raise ValueError("a damaged archive") from None


def _member(name: str, data: bytes) -> Iterator[Strings]:
    yield Strings(Where.FILE_NAME, name.split("/"))
    suffix = f".{name.rpartition('.')[2]}"  # also of a name that is a suffix, such as ".rels"
    if suffix in _TEXT:
        yield from text_cells(io.StringIO(data.decode("utf-8-sig"), newline=""))
        return
    if suffix not in _XML:
        raise ValueError("a member of a kind that cannot be checked")
    root: Element = fromstring(data, forbid_dtd=True)
    first = 0
    for cells in batched(_cells(root, data), _CELLS):
        yield Strings(Where.TEXT, cells, row=first.__add__)
        first += len(cells)


def _cells(root: Element, data: bytes) -> Iterator[str]:
    named = ({_local(element.tag), *map(_local, element.attrib)} for element in root.iter())
    yield from sorted(set().union(*named))
    for element in root.iter():
        if _local(element.tag) == "p":
            yield "".join(_run(part) for part in element.iter())
        yield from (text for text in (element.text, element.tail) if text and text.strip())
        yield from element.attrib.values()
    for comment, instruction in _ASIDE.findall(data):
        yield (comment or instruction).decode(errors="replace")


def _run(element: Element) -> str:
    return " " if _local(element.tag) in _SPACES else element.text or ""


def _local(name: str) -> str:
    return name.rpartition("}")[2]
