"""WordprocessingML to blocks: what python-docx does not read.

One walk over the XML that python-docx parsed, in document order. Tracked changes are read as
accepted: insertions are text, deletions are counted. Hidden text, text boxes, notes and comments
stand beside the paragraph that holds them. ``mc:AlternateContent`` holds the same thing twice, of
which one is read. Whatever is no text (pictures, charts, field codes, link targets) is counted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import nsmap

from deid.ingest.document import Block, Line, Table, flat
from deid.ingest.drafts import Draft
from deid.transcript import TurnKind

W = "{" + nsmap["w"] + "}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WRAPPERS = frozenset(
    W + name
    for name in (
        *("ins", "moveTo", "hyperlink", "smartTag", "customXml"),
        *("sdt", "sdtContent", "fldSimple", "dir", "bdo"),
    )
) | {_M + "oMath", _M + "oMathPara"}
_DELETED = frozenset(W + name for name in ("del", "moveFrom"))
_CHARACTERS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "\u00ad",
}
_COUNTED = {
    W + "instrText": "field-code",
    W + "delText": "deleted-text",
    W + "delInstrText": "deleted-text",
    W + "sym": "symbol",
    W + "altChunk": "embedded-document",
    W + "subDoc": "embedded-document",
}
_PICTURES = {
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "diagram",
    "{urn:schemas-microsoft-com:office:office}OLEObject": "embedded-object",
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic": "image",
    "{urn:schemas-microsoft-com:vml}imagedata": "image",
}
_OFF = frozenset({"0", "false", "off"})


@dataclass
class Story:
    """One part of a Word file (body, header, note …) on its way to blocks.

    Attributes:
        hidden_styles: Ids of the styles whose text is hidden.
        notes: Footnotes, endnotes and comments by (reference tag, id); taken out when met.
        dropped: What was left out, counted as it is met.
    """

    hidden_styles: frozenset[str]
    notes: dict[tuple[str, str], tuple[Draft, ...]] = field(default_factory=dict, repr=False)
    dropped: Counter[str] = field(default_factory=Counter)

    def blocks(self, parent: Any) -> Iterator[Block]:
        """The blocks of a body, cell, header, note or text box; never an empty list of cells."""
        carried = _Paragraph(self)
        for node in self._children(parent):
            if node.tag == W + "p":
                carried.read(node)
                if not _mark_deleted(node):
                    yield carried.line()
                    carried = _Paragraph(self)
            elif node.tag == W + "tbl":
                yield self._table(node)
            elif node.tag in _DELETED:
                self.dropped["deleted-run"] += 1
            elif node.tag in _COUNTED:
                self.dropped[_COUNTED[node.tag]] += 1
        if carried.used:
            yield carried.line()

    def _children(self, parent: Any) -> Iterator[Any]:
        """Child elements, with wrappers that only group them taken off."""
        for node in parent:
            if node.tag in _WRAPPERS:
                yield from self._children(node)
            elif node.tag == _MC + "AlternateContent":
                yield from self._children(chosen(node))
            else:
                yield node

    def _table(self, table: Any) -> Table:
        rows, beside = [], []
        for row in self._children(table):
            if row.tag != W + "tr":
                continue
            if row.find(f"{W}trPr/{W}del") is not None:
                self.dropped["deleted-row"] += 1
                continue
            read = [flat(self.blocks(cell)) for cell in self._children(row) if cell.tag == W + "tc"]
            rows.append(tuple(text for text, _ in read))
            beside.append(tuple(draft for _, asides in read for draft in asides))
        return Table(tuple(rows), tuple(beside))


def chosen(alternate: Any) -> Any:
    """The branch of an mc:AlternateContent that is read: the first that holds anything."""
    branches = [node for node in alternate if node.tag in (_MC + "Choice", _MC + "Fallback")]
    return next((branch for branch in branches if len(branch)), alternate[:0])


def _mark_deleted(paragraph: Any) -> bool:
    """Whether the paragraph's end is a tracked deletion, which joins it to the next."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def hidden(properties: Any) -> bool | None:
    """Whether run properties hide the text; None where they do not say."""
    mark = None if properties is None else properties.find(W + "vanish")
    return None if mark is None else mark.get(W + "val", "1") not in _OFF


def hidden_styles(styles: Any) -> frozenset[str]:
    """Ids of the styles that hide text, by their own word or by the style they are based on."""
    by_id: Mapping[str, Any] = {
        style.get(W + "styleId", ""): style for style in styles.iter(W + "style")
    }
    found = set()
    for name in by_id:
        said, at, seen = None, name, set[str]()
        while said is None and at in by_id and at not in seen:
            seen.add(at)
            said = hidden(by_id[at].find(W + "rPr"))
            base = by_id[at].find(W + "basedOn")
            at = "" if base is None else base.get(W + "val", "")
        if said:
            found.add(name)
    return frozenset(found)


class _Paragraph:
    """The text of one paragraph, gathered run by run."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._text: list[str] = []
        self._hidden: list[str] = []
        self._asides: list[Draft] = []
        self._style_hidden = False
        self.used = False

    def line(self) -> Line:
        """What was gathered."""
        self._end_hidden()
        return Line("".join(self._text), tuple(self._asides))

    def read(self, paragraph: Any) -> None:
        """Add a paragraph's runs."""
        self.used = True
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else style.get(W + "val", "")
        self._style_hidden = name in self._story.hidden_styles
        self._inline(paragraph)

    def _inline(self, parent: Any) -> None:
        for node in parent:
            if node.tag == W + "r":
                self._run(node)
            elif node.tag in _WRAPPERS:
                self._story.dropped["link-target"] += node.tag == W + "hyperlink"
                self._story.dropped["field-code"] += node.tag == W + "fldSimple"
                self._inline(node)
            elif node.tag in _DELETED:
                self._story.dropped["deleted-run"] += max(1, len(list(node.iter(W + "r"))))
            elif node.tag == _MC + "AlternateContent":
                self._inline(chosen(node))
            elif node.tag in _COUNTED:
                self._story.dropped[_COUNTED[node.tag]] += 1
            elif isinstance(node.tag, str) and node.tag.startswith(_M):
                self._mathematics(node)

    def _mathematics(self, node: Any) -> None:
        for text in node.iter(_M + "t"):
            self._add(text.text or "", concealed=False)

    def _run(self, run: Any) -> None:
        properties = run.find(W + "rPr")
        concealed = hidden(properties)
        if concealed is None and properties is not None:
            style = properties.find(W + "rStyle")
            named = None if style is None else style.get(W + "val") in self._story.hidden_styles
            concealed = named or None
        self._inside(run, concealed=self._style_hidden if concealed is None else concealed)

    def _inside(self, run: Any, *, concealed: bool) -> None:
        for node in run:
            if node.tag == W + "t":
                self._add(node.text or "", concealed=concealed)
            elif node.tag in _CHARACTERS:
                self._add(_CHARACTERS[node.tag], concealed=concealed)
            elif node.tag in _COUNTED:
                self._story.dropped[_COUNTED[node.tag]] += 1
            elif node.tag in (W + "drawing", W + "pict", W + "object"):
                self._drawn(node)
            elif node.tag == _MC + "AlternateContent":
                self._inside(chosen(node), concealed=concealed)
            elif node.tag == W + "ruby":
                for part in node.iter(W + "r"):
                    self._run(part)
            else:
                key = (str(node.tag), node.get(W + "id", ""))
                self._asides += self._story.notes.pop(key, ())

    def _add(self, text: str, *, concealed: bool) -> None:
        if concealed:
            self._hidden.append(text)
        else:
            self._end_hidden()
            self._text.append(text)

    def _end_hidden(self) -> None:
        text, self._hidden = "".join(self._hidden).strip(), []
        if text:
            self._asides.append(Draft(text, kind=TurnKind.HIDDEN))

    def _drawn(self, node: Any) -> None:
        """A drawing: the text of its boxes, once, and a count of its pictures."""
        boxes, known = list(_boxes(node)), 0
        for tag, what in _PICTURES.items():
            count = len(list(node.iter(tag)))
            known += count
            self._story.dropped[what] += count
        if not boxes and not known:
            self._story.dropped["drawing"] += 1
        for box in boxes:
            text, asides = flat(self._story.blocks(box))
            if text.strip():
                self._asides.append(Draft(text.strip(), kind=TurnKind.TEXT_BOX))
            self._asides += asides


def _boxes(node: Any) -> Iterator[Any]:
    """The outermost text boxes below a node; of alternatives, one."""
    for child in node:
        if child.tag == W + "txbxContent":
            yield child
        elif child.tag == _MC + "AlternateContent":
            yield from _boxes(chosen(child))
        elif isinstance(child.tag, str):
            yield from _boxes(child)
