"""Small files that no reader may accept: for tests, and to show what a withheld file looks like.

None holds speech. The entity bombs name nine levels of ten; expanded they would be gigabytes.
"""

from collections.abc import Mapping

from making import office, word
from making.markup import parse
from making.zips import pack, unpack

_SPEECH = parse("bad", "title: Bad\nkind: interview\nformat: docx-table\n\nINT\tOkay, so, erm.\n")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
_NAMES = "EncryptedPackage".encode("utf-16-le") + bytes(32) + "EncryptionInfo".encode("utf-16-le")
_ENTITIES = "\n".join(
    [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<!DOCTYPE lolz [",
        '<!ENTITY a0 "la">',
        *[f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10)],
        "]>",
    ]
)
_WORD_BOMB = (
    f'{_ENTITIES}\n<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/'
    'main"><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>'
)
_ODT_BOMB = (
    f"{_ENTITIES}\n<office:document-content "
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
    "<text:p>&a9;</text:p></office:text></office:body></office:document-content>"
)
_PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


def files() -> Mapping[str, bytes]:
    """File name to bytes."""
    whole_docx = word.table(_SPEECH)
    return {
        "truncated.docx": whole_docx[: len(whole_docx) // 2],
        "empty.txt": b"",
        "blank.txt": b" \r\n\r\n\t\r\n",
        "encrypted.docx": _OLE + _NAMES + bytes(1024),
        "pdf-named.txt": _PDF,
        "entities.docx": replaced(whole_docx, "word/document.xml", _WORD_BOMB.encode()),
        "entities.odt": replaced(office.odt(_SPEECH), "content.xml", _ODT_BOMB.encode()),
        "zip-bomb.docx": replaced(whole_docx, "word/document.xml", bytes(64_000_000)),
        "not-json.json": b'{"segments": [{"text": ',
    }


def replaced(container: bytes, member: str, data: bytes) -> bytes:
    """The zip with one member's content replaced."""
    return pack([(name, data if name == member else old) for name, old in unpack(container)])
