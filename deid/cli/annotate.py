"""``deid annotate``: detection as the pipeline does it, for evaluation and for other tools."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import track

from deid import settings
from deid.cli.options import ConfigOption, errors
from deid.errors import ExitCode, SettingsError
from deid.files import write_atomically
from deid.register import Register, read

if TYPE_CHECKING:
    from deid.annotating import Span


def annotate(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl", help='Lines {"id", "text"}.')],
    target: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help='Lines {"id", "spans"}.')],
    config: ConfigOption = None,
    register: Annotated[
        Path | None, typer.Option("--register", help="A register.csv to know people by.")
    ] = None,
) -> None:
    """Find identifiers in texts of `Speaker: utterance` lines; needs no workspace.

    The spans are what the pipeline would annotate: disjoint, names carried through each text.
    Offsets are characters of the text, half-open. A name in a speaker label is a SPEAKER.
    """
    from deid.annotating import annotate_text  # noqa: PLC0415 - loads spaCy, which takes seconds
    from deid.detect.engine import Detector  # noqa: PLC0415

    detector = Detector(
        settings.load(config or settings.shipped()), read(register) if register else Register()
    )
    items = list(_items(source))
    shown = track(items, description="annotating", console=errors, disable=not errors.is_terminal)
    lines = [
        json.dumps(
            {"id": key, "spans": [_row(span) for span in annotate_text(text, detector)]},
            ensure_ascii=False,
        )
        for key, text in shown
    ]
    write_atomically(target, "".join(f"{line}\n" for line in lines).encode())


def _items(source: Path) -> Iterator[tuple[Any, str]]:
    try:
        lines = source.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise AnnotateError(f"the input cannot be read ({type(error).__name__})") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            key, text = record["id"], record["text"]
        except (ValueError, KeyError, TypeError):
            raise AnnotateError(f'input line {number}: is no {{"id", "text"}} object') from None
        if not isinstance(text, str):
            raise AnnotateError(f"input line {number}: text is no string")
        yield key, text


class AnnotateError(SettingsError):
    """The input of ``deid annotate`` is not JSON lines of ``{"id", "text"}``."""

    exit_code = ExitCode.INPUT


def _row(span: "Span") -> dict[str, object]:
    return {
        "start": span.start,
        "end": span.end,
        "label": span.label,
        "score": round(span.score, 4),
        "recogniser": span.recogniser,
    }
