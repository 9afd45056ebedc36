"""Worksheets with speaker and text columns, read with openpyxl.

Every sheet, row and column is read, hidden ones too (as HIDDEN); a formula gives its stored
value. Workbook properties (author, last modified by) are never read.
"""

import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from deid.errors import InputError, Reason
from deid.ingest import archive
from deid.ingest.drafts import Draft, finish
from deid.ingest.limits import Limits
from deid.ingest.tables import columns_of, drafts
from deid.transcript import Transcript, TurnKind

_DEFAULT_NAME = "sheet"


def read(data: bytes, limits: Limits) -> Transcript:
    """Read a .xlsx file.

    Raises:
        InputError: as :func:`deid.ingest.archive.check`; TOO_LARGE for a sheet of too many cells.
    """
    archive.check(data, ".xlsx", limits=limits)
    values = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    formulas = load_workbook(io.BytesIO(data), keep_links=False)
    dropped: Counter[str] = Counter()
    found = list(_workbook(values, formulas, limits, dropped))
    return finish(found, format="xlsx", limits=limits, dropped=dropped)


def _workbook(
    values: Workbook, formulas: Workbook, limits: Limits, dropped: Counter[str]
) -> Iterator[Draft]:
    dropped["chart-sheet"] += len(values.chartsheets)
    for sheet, source in zip(values.worksheets, formulas.worksheets, strict=True):
        if sheet.max_row * sheet.max_column > limits.cells:
            raise InputError(Reason.TOO_LARGE, detail=f"a sheet of over {limits.cells} cells")
        dropped["sheet-name"] += not sheet.title.casefold().startswith(_DEFAULT_NAME)
        dropped["image"] += len(getattr(sheet, "_images", ()))
        dropped["chart"] += len(getattr(sheet, "_charts", ()))
        dropped["formula"] += _lost_formulas(sheet, source)
        yield from _margins(sheet)
        yield from _sheet(sheet, dropped)


def _lost_formulas(sheet: Worksheet, source: Worksheet) -> int:
    """Formulas that no stored value stands for."""
    return sum(
        formula.data_type == "f" and value.value is None
        for formulas, values in zip(source.iter_rows(), sheet.iter_rows(), strict=True)
        for formula, value in zip(formulas, values, strict=True)
    )


def _margins(sheet: Worksheet) -> Iterator[Draft]:
    seen: set[str] = set()
    for margin, kind in ((sheet.oddHeader, TurnKind.HEADER), (sheet.oddFooter, TurnKind.FOOTER)):
        for place in ("left", "center", "right"):
            part = getattr(margin, place, None)
            text = str((part and part.text) or "").strip()
            if text and text not in seen:
                seen.add(text)
                yield Draft(text, kind=kind)


def _sheet(sheet: Worksheet, dropped: Counter[str]) -> Iterator[Draft]:
    rows, kinds, notes = [], [], []
    sheet_hidden = sheet.sheet_state != "visible"
    for row in sheet.iter_rows():
        shown = [cell for cell in row if not _column_hidden(sheet, cell)]
        cells = tuple(_written(cell.value) for cell in shown)
        hidden = sheet_hidden or sheet.row_dimensions[row[0].row or 0].hidden
        rows.append(cells)
        kinds.append(TurnKind.HIDDEN if hidden else TurnKind.SPEECH)
        beside = list(_beside(sheet, row))
        dropped["comment-author"] += sum(cell.comment is not None for cell in row)
        notes.append(beside)
    columns = columns_of(rows)
    if columns:
        dropped["column-heading"] += columns.headings
        for said, beside in zip(drafts(rows, columns, kinds=kinds), notes, strict=True):
            yield from said
            yield from beside
        return
    for cells, kind, beside in zip(rows, kinds, notes, strict=True):
        yield Draft("\t".join(cell.strip() for cell in cells).strip(), kind=kind)
        yield from beside


def _column_hidden(sheet: Worksheet, cell: Cell | MergedCell) -> bool:
    return any(
        dimension.hidden and (dimension.min or 0) <= (cell.column or 0) <= (dimension.max or 0)
        for dimension in sheet.column_dimensions.values()
    )


def _beside(sheet: Worksheet, row: tuple[Cell | MergedCell, ...]) -> Iterator[Draft]:
    """Cells of hidden columns, and comments, of one row."""
    for cell in row:
        text = _written(cell.value)
        if text.strip() and _column_hidden(sheet, cell):
            yield Draft(text.strip(), kind=TurnKind.HIDDEN)
        if cell.comment is not None and cell.comment.text.strip():
            yield Draft(cell.comment.text.strip(), kind=TurnKind.COMMENT)


def _written(value: object) -> str:
    """A cell's value as text: whole numbers without ".0", times as hours, minutes, seconds."""
    match value:
        case None:
            return ""
        case dt.timedelta():
            seconds = value.total_seconds()
            minutes, rest = divmod(seconds, 60)
            hours, minutes = divmod(int(minutes), 60)
            return f"{hours:02d}:{minutes:02d}:{rest:06.3f}"
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case _:
            return str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
