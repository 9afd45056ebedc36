"""Rich text (.rtf): striprtf reads each source that :mod:`deid.ingest.rtf_sort` sorted out.

The document's information group (author, operator, company) is never read.
"""

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from deid.errors import InputError, Reason
from deid.ingest import document
from deid.ingest.document import Block, Line, Table
from deid.ingest.drafts import Draft, finish
from deid.ingest.encoding import check_lines
from deid.ingest.limits import Limits
from deid.ingest.rtf_sort import ANCHOR, ANCHOR_END, CELL, ROW, Sorted, sort
from deid.transcript import Transcript, TurnKind

_ANCHOR = re.compile(rf"{ANCHOR}(\d{{1,9}}){ANCHOR_END}")
_EDGES = (TurnKind.HEADER, TurnKind.FOOTER)


def read(data: bytes, limits: Limits) -> Transcript:
    """Read a .rtf file.

    Raises:
        InputError: TRUNCATED where a brace is never closed; ENCODING where half a character is
            written; else as :func:`deid.ingest.drafts.finish`.
    """
    found = sort(data.decode("latin-1"))
    drafts = list(_drafts(found, limits))
    return finish(drafts, format="rtf", limits=limits, dropped=found.dropped)


def _drafts(found: Sorted, limits: Limits) -> Iterator[Draft]:
    texts = [_text(found.source(number)) for number in range(len(found.streams))]
    check_lines(texts[0], limits=limits)
    beside = _Beside([kind for kind, _ in found.streams], texts)
    body = list(_blocks(texts[0], beside))
    rest = list(beside.rest())
    yield from beside.edges(TurnKind.HEADER)
    yield from document.turns(body)
    yield from rest
    yield from beside.edges(TurnKind.FOOTER)


def _text(source: str) -> str:
    """Read with striprtf, with characters beyond the first plane put together again."""
    text: str = rtf_to_text(source)  # type: ignore[no-untyped-call] # striprtf has no types
    try:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        raise InputError(Reason.ENCODING, detail="half a surrogate pair") from None


class _Beside:
    """What stands beside the text, taken where its anchor is met."""

    def __init__(self, kinds: list[TurnKind], texts: list[str]) -> None:
        self._left = dict(enumerate(zip(kinds, texts, strict=True)))
        self._left.pop(0)
        self._edges: list[Draft] = []

    def take(self, text: str) -> tuple[str, tuple[Draft, ...]]:
        """A text without its anchors, and the drafts that they stood for."""
        found = [draft for anchor in _ANCHOR.finditer(text) for draft in self._one(int(anchor[1]))]
        return _ANCHOR.sub("", text), tuple(found)

    def _one(self, number: int) -> list[Draft]:
        if number not in self._left:
            return []
        kind, source = self._left.pop(number)
        text, inner = self.take(source)
        draft = Draft(text.replace(CELL, "\t").replace(ROW, "\n").strip(), kind=kind)
        if kind in _EDGES:
            self._edges += [draft, *inner]
            return []
        return [draft, *inner]

    def rest(self) -> Iterator[Draft]:
        """What no anchor is left of: it stood in a group that striprtf does not read.

        Hidden stretches there belong to style sheets and the like, and are no text.
        """
        for number, (kind, _) in list(self._left.items()):
            if kind is not TurnKind.HIDDEN:
                yield from self._one(number)

    def edges(self, kind: TurnKind) -> Iterator[Draft]:
        """Headers or footers met so far, each text once."""
        seen: set[str] = set()
        for draft in self._edges:
            edge = draft.kind if draft.kind in _EDGES else TurnKind.FOOTER
            if edge is kind and draft.text not in seen:
                seen.add(draft.text)
                yield draft


def _blocks(text: str, beside: _Beside) -> Iterator[Block]:
    """Lines, and tables of the rows that follow one another."""
    rows: list[tuple[str, ...]] = []
    asides: list[tuple[Draft, ...]] = []
    *chunks, last = text.split(ROW)
    for chunk in chunks:
        before, _, first = chunk.partition(CELL)[0].rpartition("\n")
        if before.strip() and rows:
            yield Table(tuple(rows), tuple(asides))
            rows, asides = [], []
        if before:
            yield from _lines(before, beside)
        kept, drafts = beside.take(first + chunk[len(chunk.partition(CELL)[0]) :])
        rows.append(tuple(cell.strip() for cell in kept.removesuffix("\n").split(CELL)[:-1]))
        asides.append(drafts)
    if rows:
        yield Table(tuple(rows), tuple(asides))
    yield from _lines(last.replace(CELL, "\t"), beside)


def _lines(text: str, beside: _Beside) -> Iterator[Line]:
    for line in text.split("\n"):
        yield Line(*beside.take(line))
