"""Gold records held against what a run wrote: which marked string still stands, and where.

Two ways of looking. *By place*: the raw transcript is put together again from the output and the
vault's originals, so that every raw character is known to be replaced or kept, and every gold
span is found in it by its line. *By string*: a string that gold marks wherever it occurs must not
occur in any output at all; one that also stands unmarked ("Will", "May") is judged by place only.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from deid.transcript import Part, Transcript

SAMPLE = Path(__file__).parents[2] / "sample_data"
RECORDS: tuple[dict[str, Any], ...] = tuple(
    json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((SAMPLE / "gold").glob("*.jsonl"))
)
PROMISED = frozenset({"PERSON", "SPEAKER", "LOCATION", "POSTCODE"})
"""The labels of which no string may remain; NHS numbers are marked ID with a form ``nhs:...``."""

type Stretch = tuple[int, int]
type Covered = Mapping[tuple[int, Part], Sequence[Stretch]]
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Leak:
    """A gold string, or a word of it, that stands where gold marks it.

    Attributes:
        record: The gold record's id.
        label: The span's label and form.
        text: The gold string.
        standing: What of it stands; the whole string where nothing was replaced.
        turn: Of the transcript; None where the span's place was not found in the raw file.
        around: Some words around it, to find it by.
    """

    record: str
    label: str
    text: str
    standing: str
    turn: int | None
    around: str


@dataclass(frozen=True, slots=True)
class Flat:
    """All texts of a transcript as one string with single spaces, and the way back."""

    text: str
    starts: tuple[int, ...]
    offsets: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, transcript: Transcript) -> "Flat":
        """The texts of all turns, in order."""
        text, starts, offsets = "", [], []
        for turn in transcript.turns:
            starts.append(len(text))
            places: list[int] = []
            for word in re.finditer(r"\S+", turn.text):
                if places:
                    text += " "
                    places.append(word.start() - 1)
                text += word.group()
                places += range(word.start(), word.end())
            text += "\n"
            offsets.append((*places, len(turn.text)))
        return cls(text.replace("\n", " "), tuple(starts), tuple(offsets))

    def place(self, position: int) -> tuple[int, int]:
        """Turn number and offset into its raw text."""
        turn = bisect_right(self.starts, position) - 1
        return turn, self.offsets[turn][position - self.starts[turn]]


def promised(span: Mapping[str, Any]) -> bool:
    """Whether the string of a span may not remain."""
    return span["label"] in PROMISED or str(span.get("form", "")).startswith("nhs")


def leaks(record: Mapping[str, Any], raw: Transcript, covered: Covered) -> Iterator[Leak]:
    """Every promised span of which a word stands at its own place."""
    flat, cursor, offset = Flat.of(raw), 0, 0
    for line in record["text"].split("\n"):
        spans = [
            {**span, "start": span["start"] - offset, "end": span["end"] - offset}
            for span in record["spans"]
            if offset <= span["start"] < offset + len(line) and promised(span)
        ]
        offset += len(line) + 1
        found, skipped = _find(flat.text, line, cursor)
        if found is None:
            yield from (_leak(record, line, span, line, None) for span in spans)
            continue
        cursor = found + len(line) - skipped
        for span in spans:
            yield from _standing(
                record,
                line,
                span,
                raw=raw,
                flat=flat,
                origin=found - skipped,
                skipped=skipped,
                covered=covered,
            )


def _find(text: str, line: str, cursor: int) -> tuple[int | None, int]:
    """Where a line, with or without its label, stands: next if possible, else nearest after."""
    for skipped in (0, line.find(": ") + 2):
        words = line[skipped:]
        if words and text.startswith(words, cursor + 1 if cursor else 0):
            return cursor + 1 if cursor else 0, skipped
    for skipped in (0, line.find(": ") + 2):
        for start in (cursor, 0):
            found = text.find(line[skipped:], start)
            if found >= 0:
                return found, skipped
    return None, 0


def _standing(
    record: Mapping[str, Any],
    line: str,
    span: Mapping[str, Any],
    *,
    raw: Transcript,
    flat: Flat,
    origin: int,
    skipped: int,
    covered: Covered,
) -> Iterator[Leak]:
    gold = line[span["start"] : span["end"]]
    if span["start"] < skipped:
        turn, _ = flat.place(origin + skipped)
        part, start = Part.SPEAKER, raw.turns[turn].speaker.find(gold)
        if start < 0:
            return  # cues of one speaker were joined, or the label is not read out of this file
        end = start + len(gold)
    else:
        part = Part.TEXT
        turn, start = flat.place(origin + span["start"])
        end = flat.place(origin + span["end"] - 1)[1] + 1
    text = raw.turns[turn].part(part)
    assert " ".join(text[start:end].split()) == gold
    kept = [
        word.group()
        for word in _TOKEN.finditer(text, start, end)
        if not any(a < word.end() and word.start() < b for a, b in covered.get((turn, part), ()))
    ]
    whole = len(kept) == len(_TOKEN.findall(gold))
    if not whole:  # what is left of a replaced span is a leak unless gold leaves it elsewhere too
        kept = [word for word in kept if not _stands_unmarked(word)]
    if kept:
        yield _leak(record, line, span, " ".join(kept), turn)


def _leak(
    record: Mapping[str, Any], line: str, span: Mapping[str, Any], standing: str, turn: int | None
) -> Leak:
    label = span["label"] + (f" {span['form']}" if span.get("form") else "")
    gold = line[span["start"] : span["end"]]
    around = line[max(0, span["start"] - 45) : span["end"] + 30]
    return Leak(record["id"], label, gold, standing, turn, around)


def unmistakable() -> dict[str, str]:
    """Promised strings that gold never leaves unmarked, as whole words, in any record: label."""
    labels = {
        record["text"][span["start"] : span["end"]]: span["label"]
        for record in RECORDS
        for span in record["spans"]
        if promised(span)
    }
    return {text: label for text, label in labels.items() if not _stands_unmarked(text)}


def standing(text: str, output: str) -> bool:
    """Whether a string stands in an output as whole words, case as marked."""
    found = output.find(text)  # by itself many times as fast as the expression
    return found >= 0 and bool(re.compile(rf"(?<!\w){re.escape(text)}(?!\w)").search(output, found))


def _stands_unmarked(text: str) -> bool:
    return standing(text, _unmarked())


@cache
def _unmarked() -> str:
    """All records' texts with every span, of whatever label, blanked."""
    return "\n".join(_blanked(record) for record in RECORDS)


def _blanked(record: Mapping[str, Any]) -> str:
    chars = list(record["text"])
    for span in record["spans"]:
        chars[span["start"] : span["end"]] = "\0" * (span["end"] - span["start"])
    return "".join(chars)
