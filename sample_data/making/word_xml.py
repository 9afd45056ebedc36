"""What Word files hold and python-docx cannot write: footnotes, tracked changes, text boxes."""

from typing import Any
from xml.sax.saxutils import escape

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from making.markup import Marked
from making.zips import MOMENT

_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_TYPIST = "Typist 4"
_BOX = """<w:r {ns} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:v="urn:schemas-microsoft-com:vml">
<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0"
 distL="0" distR="0"><wp:extent cx="2400000" cy="600000"/><wp:docPr id="{number}" name="Box"/>
<a:graphic><a:graphicData
 uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx><w:txbxContent>{paragraph}</w:txbxContent></wps:txbx>
<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:shape style="width:190pt;height:48pt"><v:textbox><w:txbxContent>{paragraph}
</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


class Footnotes:
    """Collects a document's footnotes and adds them as a part at the end."""

    def __init__(self) -> None:
        """Begin with the two separators that Word expects."""
        self._notes = [
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p>'
            "</w:footnote>"
            for kind, number in (("separator", -1), ("continuationSeparator", 0))
        ]

    def add(self, paragraph: Any, text: str) -> None:
        """A footnote whose reference stands at the end of the paragraph."""
        number = str(len(self._notes) - 1)
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), number)
        paragraph.add_run()._r.append(reference)  # noqa: SLF001  # python-docx has no public way
        self._notes.append(f'<w:footnote w:id="{number}">{_paragraph(text)}</w:footnote>')

    def attach(self, document: Any) -> None:
        """Write the part, unless there is no footnote."""
        if len(self._notes) == 2:  # noqa: PLR2004  # the separators alone
            return
        blob = f"<w:footnotes {nsdecls('w')}>{''.join(self._notes)}</w:footnotes>"
        package = document.part.package
        part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, blob.encode(), package)
        document.part.relate_to(part, _RELATION)


def write_words(paragraph: Any, words: Marked) -> None:
    """The words as runs, split inside a word as Word does, with their tracked changes."""
    text = words.text
    cuts = {0, len(text) // 3, len(text)}
    cuts |= {offset for offset, _ in words.deleted}
    cuts |= {edge for stretch in words.inserted for edge in stretch}
    deleted = dict(words.deleted)
    places = sorted(cuts)
    for start, end in zip(places, [*places[1:], len(text)], strict=True):
        if start in deleted:
            run = paragraph.add_run(deleted[start])
            run._r.find(qn("w:t")).tag = qn("w:delText")  # noqa: SLF001  # no public way
            _track(run, "w:del")
        if start < end:
            run = paragraph.add_run(text[start:end])
            if any(low <= start and end <= high for low, high in words.inserted):
                _track(run, "w:ins")


def add_text_box(document: Any, text: str) -> None:
    """A paragraph with a text box, and the same text again for old readers, as Word writes it."""
    run = _BOX.format(ns=nsdecls("w", "wp", "a"), number=900, paragraph=_paragraph(text))
    document.add_paragraph()._p.append(parse_xml(run))  # noqa: SLF001  # no public way


def date_comment(comment: Any) -> None:
    """Replace the day on which the comment was made by the constant one."""
    comment._comment_elm.set(qn("w:date"), MOMENT)  # noqa: SLF001  # no public way


def _track(run: Any, tag: str) -> None:
    element = run._r  # noqa: SLF001  # no public way
    change = OxmlElement(tag)
    change.set(qn("w:id"), "700")
    change.set(qn("w:author"), _TYPIST)
    change.set(qn("w:date"), MOMENT)
    element.addprevious(change)
    change.append(element)


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
