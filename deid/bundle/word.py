"""Transcripts as Word files for those who code by hand, with nothing in them but the transcript.

python-docx starts from a template that names its author, a theme and its fonts, a thumbnail and
hundreds of styles. All of that is taken out: what is left can be searched for leaks to the last
attribute, and the same transcript always gives the same bytes.
"""

import io
import zipfile
from datetime import datetime
from functools import cache

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from deid.bundle.reading import Paragraph
from deid.bundle.zips import zip_bytes

_KEPT_PARTS = ("/officeDocument", "/core-properties", "/styles")
_KEPT_STYLES = frozenset({"Normal", "Heading1", "DefaultParagraphFont"})
_LINKS = ("w:link", "w:rsid")
_THEMED = ("w:themeColor", "w:themeShade")
_A4_MM = (210, 297)
_FONT = "Arial"
# The first day that Windows can tell: a fixed time that is nobody's date of birth.
_FIXED = datetime(1601, 1, 1)  # noqa: DTZ001 - Word's core properties take UTC without saying so


def word_bytes(title: str, paragraphs: list[Paragraph]) -> bytes:
    """A Word file: a heading, then a paragraph a turn with the label in bold."""
    document = docx.Document(io.BytesIO(_template()))
    document.add_heading(title, level=1)
    for paragraph in paragraphs:
        block = document.add_paragraph()
        if paragraph.label:
            block.add_run(f"{paragraph.label}: ").bold = True
        block.add_run(paragraph.text)
    return _packed(document)


@cache
def _template() -> bytes:
    document = docx.Document()
    for part in (document.part.package, document.part):
        for key, rel in list(part.rels.items()):
            if not rel.reltype.endswith(_KEPT_PARTS):
                del part.rels[key]
    _strip_styles(document)
    _strip_properties(document)
    return _packed(document)


def _strip_styles(document: Document) -> None:
    styles = document.styles.element
    for style in list(styles):
        kept = style.tag == qn("w:docDefaults") or style.get(qn("w:styleId")) in _KEPT_STYLES
        if not kept:
            styles.remove(style)
    for element in list(styles.iter()):
        if element.tag in map(qn, _LINKS):
            element.getparent().remove(element)
        elif element.tag == qn("w:rFonts"):
            element.attrib.clear()
            element.set(qn("w:ascii"), _FONT)
            element.set(qn("w:hAnsi"), _FONT)
        elif element.tag == qn("w:lang"):
            element.attrib.clear()
            element.set(qn("w:val"), "en-GB")
        for name in map(qn, _THEMED):
            element.attrib.pop(name, None)
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, _A4_MM)
    document.element.body.sectPr.attrib.clear()


def _strip_properties(document: Document) -> None:
    core = document.core_properties
    for element in list(core._element):  # noqa: SLF001 - python-docx can set a property, not remove it
        core._element.remove(element)  # noqa: SLF001
    core.created = core.modified = _FIXED


def _packed(document: Document) -> bytes:
    sink = io.BytesIO()
    document.save(sink)
    with zipfile.ZipFile(sink) as archive:
        return zip_bytes({name: archive.read(name) for name in archive.namelist()})
