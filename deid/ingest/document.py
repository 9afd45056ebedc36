"""What word processors' files have in common: a flow of lines and tables, and things beside it.

The readers of .docx, .odt and .rtf each make blocks; here the blocks become turns. Lines are cut
as plain text is, so that a labelled turn may run over paragraphs; text boxes, notes, comments
and hidden text stand beside the line that holds them and follow the turn they are anchored in.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from deid.ingest.drafts import Draft
from deid.ingest.labels import Book
from deid.ingest.plain import Piece, drafts_of, lines_of, split
from deid.ingest.tables import Cells, columns_of, drafts
from deid.transcript import TurnKind


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; its own line breaks are line feeds."""

    text: str = field(repr=False)
    asides: tuple[Draft, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, and what stood beside the text of each row."""

    rows: tuple[Cells, ...] = field(repr=False)
    asides: tuple[tuple[Draft, ...], ...] = field(default=(), repr=False)

    def beside(self, row: int) -> tuple[Draft, ...]:
        """What is anchored in a row."""
        return self.asides[row] if row < len(self.asides) else ()


type Block = Line | Table


def flat(blocks: Iterable[Block]) -> tuple[str, tuple[Draft, ...]]:
    """Blocks as one text (cells joined by tabs, rows and lines by line feeds) and its asides."""
    lines: list[str] = []
    asides: list[Draft] = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block.text)
            asides += block.asides
        else:
            lines += ["\t".join(row) for row in block.rows]
            asides += [draft for row in block.asides for draft in row]
    return "\n".join(lines), tuple(asides)


def marginal(blocks: Iterable[Block], kind: TurnKind) -> Iterator[Draft]:
    """Blocks outside the flow (a header, a note): one turn, then what stands beside it."""
    text, asides = flat(blocks)
    if text.strip():
        yield Draft(text.strip(), kind=kind)
    yield from asides


def turns(blocks: Sequence[Block]) -> Iterator[Draft]:
    """The turns of a document's body, in its order."""
    return _Assembly(blocks).drafts()


class _Assembly:
    """One pass over the blocks; holds the lines that are not yet cut."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = [_unframed(block) for block in blocks]
        lines = [line for block in self._blocks for line in _lines(block)]
        self._book = Book.of(lines)
        self._held: list[Line] = []
        self._spoken = False
        spoken = any(isinstance(block, Table) and columns_of(block.rows) for block in self._blocks)
        labels = map(self._book.label, lines)
        self._labelled = spoken or any(label and label.named for label in labels)

    def drafts(self) -> Iterator[Draft]:
        for block in self._blocks:
            if isinstance(block, Line):
                self._held.append(block)
                continue
            yield from self._flush()
            yield from self._table(block)
        yield from self._flush()

    def _flush(self) -> Iterator[Draft]:
        held, self._held = self._held, []
        text = "\n".join(line.text for line in held)
        asides, offset = list[tuple[int, Draft]](), 0
        for line in held:
            asides += [(offset, draft) for draft in line.asides]
            offset += len(line.text) + 1
        for piece in split(text, book=self._book):
            begin = text.rfind("\n", 0, _begin(piece)) + 1
            while asides and asides[0][0] < begin:
                yield asides.pop(0)[1]
            yield from self._said(piece)
            while asides and asides[0][0] <= piece.text_start + len(piece.text):
                yield asides.pop(0)[1]
        yield from (draft for _, draft in asides)

    def _said(self, piece: Piece) -> Iterator[Draft]:
        """A piece; before the first label of a labelled file it is the cover."""
        self._spoken = self._spoken or bool(piece.speaker)
        for draft in drafts_of([piece]):
            cover = self._labelled and not self._spoken
            yield replace(draft, kind=TurnKind.COVER) if cover else draft

    def _table(self, table: Table) -> Iterator[Draft]:
        columns = columns_of(table.rows)
        if columns:
            self._spoken = True
            for number, said in enumerate(drafts(table.rows, columns)):
                yield from said
                yield from table.beside(number)
            return
        kind = TurnKind.NOTE if self._spoken else TurnKind.COVER
        for number, row in enumerate(table.rows):
            text = "\t".join(cell.strip() for cell in row).strip()
            if text:
                yield Draft(text, kind=kind)
            yield from table.beside(number)


def _begin(piece: Piece) -> int:
    return min(piece.speaker_start, piece.text_start) if piece.speaker else piece.text_start


def _unframed(block: Block) -> Block:
    """A table of one column is a frame around lines."""
    if isinstance(block, Line) or any(len(row) > 1 for row in block.rows):
        return block
    asides = tuple(draft for row in block.asides for draft in row)
    return Line("\n".join(cell for row in block.rows for cell in row), asides)


def _lines(block: Block) -> list[str]:
    return lines_of(block.text) if isinstance(block, Line) else []
