"""Which column speaks, which says, which tells the time: tables of any format.

Word tables (time | speaker | speech), CSV files and worksheets share this. The headings decide
where there are any; else the cells do. What stands in no known column is kept as a NOTE.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from deid.ingest import times
from deid.ingest.drafts import Draft
from deid.ingest.forms import leading_stamp
from deid.ingest.labels import Book, speaker_of
from deid.ingest.plain import drafts_of, split
from deid.ingest.shapes import Shape, is_cover_key, shape_of
from deid.transcript import TurnKind

type Cells = tuple[str, ...]

_SPEAKER = (
    "speaker|speakers|speaker name|speaker label|speaker id|name|who|role|voice|person|initials"
)
_TEXT = (
    "text|speech|transcript|transcription|content|utterance|dialogue|words|said|what was said|"
    "spoken text|turn text|response|conversation|speech text|verbatim"
)
_START = "time|start|timestamp|time stamp|start time|timespan|time code|timecode|from|start_time"
_END = "end|end time|to|end_time|stop"
_MILLIS = "start_ms|startms|start ms"
_MILLIS_END = "end_ms|endms|end ms"
_HEADINGS = {
    heading: role
    for role, row in {
        "speaker": _SPEAKER + "|participant",
        "text": _TEXT,
        "start": f"{_START}|{_MILLIS}",
        "end": f"{_END}|{_MILLIS_END}",
    }.items()
    for heading in row.split("|")
}
_IN_MILLIS = frozenset(f"{_MILLIS}|{_MILLIS_END}".split("|"))
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each kind of cell stands; None for a column that the table does not have."""

    text: int
    speaker: int | None = None
    start: int | None = None
    end: int | None = None
    headings: int = 0
    in_millis: bool = False


def columns_of(rows: Sequence[Cells]) -> Columns | None:
    """The columns of a table that holds speech, or None for any other table."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return None
    headed = _headed(filled)
    if headed:
        return headed
    if sum(is_cover_key(row[0].strip(" :")) for row in filled) > 0.3 * len(filled):
        return None
    return _inferred(filled)


def _headed(rows: Sequence[Cells]) -> Columns | None:
    names = [" ".join(cell.casefold().strip(" :").split()) for cell in rows[0]]
    roles: dict[str, int] = {}
    for place, name in enumerate(names):
        role = _HEADINGS.get(name)
        if role and role not in roles:
            roles[role] = place
    if "text" not in roles:
        rest = [place for place in range(len(names)) if place not in roles.values()]
        if not {"speaker", "start"} <= roles.keys() or not rest:
            return None
        roles["text"] = max(rest, key=lambda place: _mean(rows[1:], place))
    if len(names) > 1 and len(roles) == 1:
        roles |= _speaker_beside(rows[1:], roles["text"])
    millis = any(names[place] in _IN_MILLIS for place in roles.values())
    return Columns(headings=1, in_millis=millis, **roles)


def _speaker_beside(rows: Sequence[Cells], text: int) -> dict[str, int]:
    found = _inferred(rows)
    return {"speaker": found.speaker} if found and found.speaker not in (None, text) else {}


def _inferred(rows: Sequence[Cells]) -> Columns | None:
    width = max(len(row) for row in rows) if rows else 0
    if width <= 1:
        return None
    clocks = [place for place in range(width) if _share(rows, place, times.is_stamp) > _MOSTLY]
    rest = [place for place in range(width) if place not in clocks]
    if not rest:
        return None
    text = max(rest, key=lambda place: _mean(rows, place))
    speaker = next((place for place in rest if place != text and _speaks(rows, place)), None)
    if speaker is None and not clocks:
        return None
    start = clocks[0] if clocks else None
    end = clocks[1] if len(clocks) > 1 else None
    return Columns(text=text, speaker=speaker, start=start, end=end)


def _cell(row: Cells, place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _share(rows: Sequence[Cells], place: int, test: Callable[[str], bool]) -> float:
    cells = [cell for row in rows if (cell := _cell(row, place).strip())]
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _mean(rows: Sequence[Cells], place: int) -> float:
    return sum(len(_cell(row, place)) for row in rows) / max(1, len(rows))


def _speaks(rows: Sequence[Cells], place: int) -> bool:
    """Whether a column's cells are labels: roles, or names of which some come again."""
    labels = [speaker_of(cell)[0] for row in rows if (cell := _cell(row, place).strip())]
    shapes = Counter(shape_of(label) for label in labels)
    words = 0 if _take_turns(labels) else shapes[Shape.WEAK]
    if shapes[Shape.NONE] + words > 0.3 * len(labels):
        return False
    return shapes[Shape.ROLE] > 0.5 * len(labels) or len(set(labels)) < len(labels)


def _take_turns(labels: Sequence[str]) -> bool:
    """Whether everyday words that come again stand among roles and names that come again."""
    sure = [label for label in labels if shape_of(label) in (Shape.ROLE, Shape.NAME, Shape.EITHER)]
    words = [label for label in labels if shape_of(label) is Shape.WEAK]
    again = len(set(sure)) < len(sure) and len(set(words)) < len(words)
    return again and len(sure) > 0.2 * len(labels)


def drafts(
    rows: Sequence[Cells], columns: Columns, *, kinds: Sequence[TurnKind] = ()
) -> Iterator[list[Draft]]:
    """The turns of each row after the headings, one list a row.

    Args:
        rows: All rows, headings too; rows may differ in length.
        columns: From :func:`columns_of`.
        kinds: A kind for each row where it is not SPEECH for all.
    """
    texts = [_cell(row, columns.text) for row in rows]
    book = Book.of(line for text in texts for line in text.split("\n"))
    speaker = ""
    for number, row in enumerate(rows):
        if number < columns.headings:
            yield []
            continue
        kind = kinds[number] if kinds else TurnKind.SPEECH
        said, speaker = _row(row, columns, book, speaker)
        noted = _rest(row, columns, rows[columns.headings - 1] if columns.headings else ())
        if noted:
            said.append(Draft(noted, kind=TurnKind.NOTE))
        yield said if kind is TurnKind.SPEECH else [replace(draft, kind=kind) for draft in said]


def _row(row: Cells, columns: Columns, book: Book, before: str) -> tuple[list[Draft], str]:
    speaker, (start, end) = speaker_of(_cell(row, columns.speaker))
    start = _time(_cell(row, columns.start), columns, 0) if start is None else start
    end = _time(_cell(row, columns.end), columns, 0) if end is None else end
    end = _time(_cell(row, columns.start), columns, 1) if end is None else end
    text = _cell(row, columns.text)
    if columns.speaker is None:
        found = list(drafts_of(split(text, book=book)))
        if found:
            found[0] = replace(found[0], start_ms=found[0].start_ms or start)
        return found, ""
    after, stamps = leading_stamp(text)
    if after:
        start, text = (stamps[0] if start is None else start), text[after:]
    speaker = speaker or (before if text.strip() else "")
    if not speaker and not text.strip():
        return [], before
    return [Draft(text.strip(), speaker, TurnKind.SPEECH, start, end)], speaker


def _time(cell: str, columns: Columns, place: int) -> int | None:
    cell = cell.strip()
    if columns.in_millis and cell.isdecimal():
        return int(cell) if place == 0 else None
    if times.is_stamp(cell):
        return times.milliseconds(cell)[place]
    return times.from_seconds(cell) if place == 0 else None


def _rest(row: Cells, columns: Columns, headings: Cells) -> str:
    """Cells of no known column, and times that could not be read, each with its heading.

    What stands at the head of a column tells readers and rules what a cell is: "dob", "mobile".
    """
    taken = {columns.text, columns.speaker}
    for place in (columns.start, columns.end):
        if place is not None and _time(_cell(row, place), columns, 0) is not None:
            taken.add(place)
    cells = [
        (_cell(headings, place).strip(), cell.strip())
        for place, cell in enumerate(row)
        if place not in taken and cell.strip()
    ]
    if not any(heading for heading, _ in cells):
        return "\t".join(cell for _, cell in cells)
    return "\n".join(f"{heading}: {cell}" if heading else cell for heading, cell in cells)
