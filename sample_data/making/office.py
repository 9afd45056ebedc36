"""OpenDocument text and Excel sheets."""

import io
from xml.sax.saxutils import escape

import openpyxl

from making.clock import DEFAULT_AUTHOR, short, whole
from making.markup import Line, Source
from making.zips import MOMENT, pack, settle

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    [f'xmlns:{short_name}="{_OFFICE}{short_name}:1.0"' for short_name in ("office", "text", "meta")]
    + [f'xmlns:style="{_OFFICE}style:1.0"', 'xmlns:dc="http://purl.org/dc/elements/1.1/"']
    + ['xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"']
)
_MIME = "application/vnd.oasis.opendocument.text"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<manifest:manifest xmlns:manifest="{_OFFICE}manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="text/xml"/>'
        for part in ("content.xml", "styles.xml", "meta.xml")
    )
    + "</manifest:manifest>"
)


def xlsx(source: Source) -> bytes:
    """One sheet: time, speaker, text."""
    book = openpyxl.Workbook()
    book.properties.creator = source.header.get("author", DEFAULT_AUTHOR)
    sheet = book.active
    if sheet is None:
        raise RuntimeError("a new workbook has no sheet")
    sheet.title = "Transcript"
    sheet.append(["Time", "Speaker", "Text"])
    for cue in whole(source.lines):
        sheet.append([short(cue.start_ms), cue.label, cue.text])
    out = io.BytesIO()
    book.save(out)
    return settle(out.getvalue())


def odt(source: Source) -> bytes:
    """OpenDocument text: title, bold labels, comments on the paragraph before them, a header."""
    body = "".join(_paragraph(line, source) for line in source.lines)
    content = _document("content", f"<office:body><office:text>{body}</office:text></office:body>")
    return pack(
        [
            ("mimetype", _MIME.encode()),
            ("META-INF/manifest.xml", _MANIFEST.encode()),
            ("content.xml", content),
            ("styles.xml", _document("styles", _header(source))),
            ("meta.xml", _document("meta", _meta(source))),
        ]
    )


def _paragraph(line: Line, source: Source) -> str:
    label, words = escape(line.label.text), escape(line.words.text)
    if line.kind in {"comment", "header", "footer"}:
        return ""
    if line.kind == "cover":
        return f"<text:p>{label}: {words}</text:p>"
    place = source.lines.index(line) + 1
    after = source.lines[place] if place < len(source.lines) else None
    comment = _comment(after) if after is not None and after.kind == "comment" else ""
    shown = f'<text:span text:style-name="Strong">{label}</text:span>: ' if label else ""
    return f"<text:p>{shown}{words}{comment}</text:p>"


def _comment(line: Line) -> str:
    return (
        f"<office:annotation><dc:creator>{escape(line.label.text)}</dc:creator>"
        f"<dc:date>{MOMENT}</dc:date><text:p>{escape(line.words.text)}</text:p>"
        "</office:annotation>"
    )


def _header(source: Source) -> str:
    def part(kind: str) -> str:
        lines = "".join(
            f"<text:p>{escape(line.words.text)}</text:p>" for line in source.of_kind(kind)
        )
        return f"<style:{kind}>{lines}</style:{kind}>" if lines else ""

    return (
        '<office:styles><style:style style:name="Strong" style:family="text">'
        '<style:text-properties fo:font-weight="bold"/></style:style></office:styles>'
        '<office:automatic-styles><style:page-layout style:name="Page"/></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Standard" '
        f'style:page-layout-name="Page">{part("header")}{part("footer")}</style:master-page>'
        "</office:master-styles>"
    )


def _meta(source: Source) -> str:
    author = escape(source.header.get("author", DEFAULT_AUTHOR))
    return (
        f"<office:meta><dc:title>{escape(source.header['title'])}</dc:title>"
        f"<dc:creator>{author}</dc:creator><dc:date>{MOMENT}</dc:date></office:meta>"
    )


def _document(kind: str, inside: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-{kind} {_SPACES} '
        f'office:version="1.2">{inside}</office:document-{kind}>'
    ).encode()
