"""OpenDocument text (.odt): odfdo opens the package, one walk reads its text.

As in Word files: tracked deletions are counted and not read, notes, comments, text boxes and
hidden text stand beside their paragraph, headers and footers come from the page styles, and
document properties are never read.
"""

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

from odfdo import Document

from deid.errors import InputError, Reason
from deid.ingest import archive, document
from deid.ingest.document import Block, Line, Table, flat
from deid.ingest.drafts import Draft, finish
from deid.ingest.limits import Limits
from deid.transcript import Transcript, TurnKind

_NS = "{urn:oasis:names:tc:opendocument:xmlns:"
T, TABLE, OFFICE, DRAW, STYLE = (
    f"{_NS}{name}:1.0}}" for name in ("text", "table", "office", "drawing", "style")
)
_PARAGRAPHS = frozenset({T + "p", T + "h"})
_ROWS = TABLE + "table-row"
_CELLS = frozenset({TABLE + "table-cell", TABLE + "covered-table-cell"})
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_COUNTED = {
    T + "tracked-changes": "deleted-run",
    DRAW + "image": "image",
    DRAW + "object": "embedded-object",
    DRAW + "object-ole": "embedded-object",
    T + "note-citation": "",
    OFFICE + "annotation-end": "",
}
_CHARACTERS = {T + "tab": "\t", T + "line-break": "\n", T + "soft-hyphen": "\u00ad"}
_HIDING = frozenset({T + "hidden-text", T + "hidden-paragraph"})
_MOST_SPACES = 10_000


def read(data: bytes, limits: Limits) -> Transcript:
    """Read a .odt file.

    Raises:
        InputError: ENCRYPTED where a password is set; else as :func:`deid.ingest.archive.check`
            and :func:`deid.ingest.drafts.finish`.
    """
    archive.check(data, ".odt", limits=limits)
    opened: Any = Document(io.BytesIO(data))
    if b"encryption-data" in (opened.container.get_part("META-INF/manifest.xml") or b""):
        raise InputError(Reason.ENCRYPTED, detail="a password is set")
    content, styles = (_root(opened, name) for name in ("content.xml", "styles.xml"))
    walk = _Walk(_hidden_styles(content) | _hidden_styles(styles))
    text = content.find(f"{OFFICE}body/{OFFICE}text")
    if text is None:
        raise InputError(Reason.WRONG_SUFFIX, detail="not a text document")
    found = list(_drafts(walk, text, styles))
    return finish(found, format="odt", limits=limits, dropped=walk.dropped)


def _root(opened: Any, name: str) -> Any:
    """A part's lxml element, as odfdo parsed it."""
    return opened.get_part(name).root._xml_element  # noqa: SLF001 — odfdo has no public way to the mixed content


def _drafts(walk: "_Walk", text: Any, styles: Any) -> Iterator[Draft]:
    for tag, kind in (("header", TurnKind.HEADER), ("footer", TurnKind.FOOTER)):
        if kind is TurnKind.FOOTER:
            yield from document.turns(list(walk.blocks(text)))
        for suffix in ("", "-first", "-left"):
            for part in styles.iter(f"{STYLE}{tag}{suffix}"):
                yield from document.marginal(walk.blocks(part), kind)


def _hidden_styles(root: Any) -> frozenset[str]:
    """Names of the styles with ``text:display="none"``."""
    return frozenset(
        style.get(STYLE + "name", "")
        for style in root.iter(STYLE + "style")
        for properties in style.iter(STYLE + "text-properties")
        if properties.get(T + "display") == "none"
    )


class _Walk:
    """Blocks of a body, header, cell, note or box; counts what it leaves out."""

    def __init__(self, hidden: frozenset[str]) -> None:
        self._hidden = hidden
        self.dropped: Counter[str] = Counter()

    def blocks(self, parent: Any) -> Iterator[Block]:
        """The blocks below an element, wrappers (sections, lists, frames) taken off."""
        for node in parent:
            if node.tag in _PARAGRAPHS:
                yield self._line(node)
            elif node.tag == TABLE + "table":
                yield self._table(node)
            elif node.tag in _COUNTED:
                self._count(node)
            elif node.tag == DRAW + "frame" or node.tag == DRAW + "text-box":
                yield Line("", tuple(self._box(node)))
            elif isinstance(node.tag, str):
                yield from self.blocks(node)

    def _count(self, node: Any) -> None:
        what = _COUNTED[node.tag]
        if node.tag == T + "tracked-changes":
            self.dropped[what] += len(list(node.iter(T + "deletion")))
        elif what:
            self.dropped[what] += 1

    def _table(self, table: Any) -> Table:
        rows, beside = [], []
        for row in table.iter(_ROWS):
            if _nearest_table(row) is not table:
                continue
            read = [flat(self.blocks(cell)) for cell in row if cell.tag in _CELLS]
            rows.append(tuple(text for text, _ in read))
            beside.append(tuple(draft for _, asides in read for draft in asides))
        return Table(tuple(rows), tuple(beside))

    def _line(self, paragraph: Any) -> Line:
        text: list[str] = []
        concealed: list[str] = []
        asides: list[Draft] = []
        hidden = paragraph.get(T + "style-name") in self._hidden
        self._inline(paragraph, concealed if hidden else text, concealed, asides)
        if "".join(concealed).strip():
            asides.append(Draft("".join(concealed).strip(), kind=TurnKind.HIDDEN))
        return Line("".join(text), tuple(asides))

    def _inline(
        self, node: Any, text: list[str], concealed: list[str], asides: list[Draft]
    ) -> None:
        """Add an element's own text and what is in it; its tail is the caller's."""
        text.append(node.text or "")
        for child in node:
            self._child(child, text, concealed, asides)
            text.append(child.tail or "")

    def _child(
        self, child: Any, text: list[str], concealed: list[str], asides: list[Draft]
    ) -> None:
        if child.tag == T + "s":
            text.append(" " * min(int(child.get(T + "c", "1")), _MOST_SPACES))
        elif child.tag in _CHARACTERS:
            text.append(_CHARACTERS[child.tag])
        elif child.tag == T + "note":
            asides += document.marginal(self.blocks(child), TurnKind.FOOTNOTE)
        elif child.tag == OFFICE + "annotation":
            self.dropped["comment-author"] += child.find(_CREATOR) is not None
            asides += document.marginal(self.blocks(child), TurnKind.COMMENT)
        elif child.tag in _COUNTED:
            self._count(child)
        elif child.tag in _HIDING:
            concealed.append(child.get(T + "string-value", "") or "".join(child.itertext()))
        elif isinstance(child.tag, str) and child.tag.startswith(DRAW) and child.tag != DRAW + "a":
            asides += self._box(child)
        elif isinstance(child.tag, str):
            self.dropped["link-target"] += child.tag == T + "a"
            hidden = child.get(T + "style-name") in self._hidden
            self._inline(child, concealed if hidden else text, concealed, asides)

    def _box(self, node: Any) -> Iterator[Draft]:
        yield from document.marginal(self.blocks(node), TurnKind.TEXT_BOX)


def _nearest_table(node: Any) -> Any:
    return next(node.iterancestors(TABLE + "table"))
