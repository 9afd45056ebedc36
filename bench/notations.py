"""The same talk as others would have typed it: ``python -m bench.notations [GOLD.jsonl ...]``.

Each text of gold (the samples, unless told) is written again in ten ways: with the marks of
conversation analysts, stammers, timed and spoken pauses, wrapped lines, stressed words, curly
quotes, without capitals and in capitals only. The gold spans go with it, so that recall in each
notation stands beside that in plain writing; what is found in one and not in the other shows what
a notation hides. Marks stand far denser in what identifies than in life.
"""

import argparse
import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from bench.examine import SAMPLES, ours
from deid.evaluate import evaluate, render_table

OUT = Path("build/notations")
SEED = 5
_LABEL = re.compile(r"[^:\n]{0,40}: ?")
_WIDTH, _OFTEN = 60, 0.7
_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of text within a line or more, as it is about to be written.

    Attributes:
        text: What is to be written.
        gold: Whether it identifies.
        before: All that was written until here.
        chance: The only source of chance.
    """

    text: str
    gold: bool
    before: str
    chance: random.Random


type _Write = Callable[[_Stretch], str]


def _words(stretch: _Stretch, share: float, write: Callable[[str], str]) -> str:
    chance = stretch.chance
    return re.sub(
        r"[^\W\d_]{3,}",
        lambda word: write(word[0]) if chance.random() < share else word[0],
        stretch.text,
    )


def _stretched(stretch: _Stretch) -> str:
    chance = stretch.chance

    def write(word: str) -> str:
        vowels = [at for at in range(1, len(word) - 1) if word[at].lower() in _VOWELS]
        if not vowels:
            return word
        after = chance.choice(vowels) + 1
        return word[:after] + chance.choice((":", ":", "::")) + word[after:]

    return _words(stretch, 0.8 if stretch.gold else 0.15, write)


def _stammered(stretch: _Stretch) -> str:
    chance = stretch.chance

    def write(word: str) -> str:
        return word[: chance.choice((1, 1, 2))] + chance.choice(("- ", "-")) + word

    return _words(stretch, 0.7 if stretch.gold else 0.04, write)


def _between(stretch: _Stretch, share: float, marks: Sequence[str], gap: str) -> str:
    chance = stretch.chance
    return re.sub(
        gap,
        lambda found: chance.choice(marks) if chance.random() < share else found[0],
        stretch.text,
    )


def _timed(stretch: _Stretch) -> str:
    marks = (" (.) ", " (0.4) ", " (1.2) ")
    return _between(stretch, 0.6 if stretch.gold else 0.06, marks, r"(?<=[\w,.]) (?=\w)")


def _hesitated(stretch: _Stretch) -> str:
    marks = (", um, ", " er ", ", uh, ", " erm ")
    return _between(stretch, 0.3 if stretch.gold else 0.03, marks, r"(?<=\w) (?=\w)")


def _stressed(stretch: _Stretch) -> str:
    often = stretch.gold and stretch.chance.random() < _OFTEN
    return f"*{stretch.text}*" if often else stretch.text


def _typeset(stretch: _Stretch) -> str:
    blank = "\u00a0" if stretch.chance.random() < _OFTEN else " "
    return stretch.text.replace("'", "\u2019").replace(" ", blank)


def _wrapped(stretch: _Stretch) -> str:
    column, written = len(stretch.before) - stretch.before.rfind("\n") - 1, ""
    for part in re.split(r"( )", stretch.text):
        wraps = part == " " and column > _WIDTH
        written += "\n   " if wraps else part
        column = 3 if wraps else column + len(part)
    return written


NOTATIONS: Mapping[str, _Write] = {
    "plain": lambda stretch: stretch.text,
    "stretched": _stretched,
    "stammered": _stammered,
    "timed": _timed,
    "hesitated": _hesitated,
    "stressed": _stressed,
    "typeset": _typeset,
    "wrapped": _wrapped,
    "small letters": lambda stretch: re.sub(r"[.,?!;](?=\s|\Z)", "", stretch.text.lower()),
    "capitals": lambda stretch: stretch.text.upper(),
}


def write(record: Mapping[str, object], notation: str, *, seed: int = SEED) -> dict[str, object]:
    """One gold record in a notation; speaker labels stay as they are.

    Args:
        record: A line of gold with "id", "text" and "spans".
        notation: A key of :data:`NOTATIONS`.
        seed: Of chance; the same seed gives the same text.
    """
    seeds = f"{seed}/{notation}/{record['id']}"
    chance = random.Random(seeds)  # noqa: S311  repeatable, not secret
    as_in, text, spans = NOTATIONS[notation], "", []
    for piece, span in _pieces(record):
        written = piece
        if span is None or span["label"] != "SPEAKER":
            written = "".join(
                head + as_in(_Stretch(rest, span is not None, text + head, chance))
                for head, rest in _lines(piece, text, labelled=span is None)
            )
        if span is not None:
            spans.append({**span, "start": len(text), "end": len(text) + len(written)})
        text += written
    plain = {"id": f"{record['id']}/{notation}", "format": notation, "text": text}
    return {**plain, "spans": [{k: v for k, v in span.items() if k != "text"} for span in spans]}


def _pieces(record: Mapping[str, object]) -> Iterator[tuple[str, dict[str, object] | None]]:
    """The text cut at its spans, each stretch with its span or None."""
    text, last = str(record["text"]), 0
    spans: list[dict[str, object]] = record["spans"]  # type: ignore[assignment]
    for span in sorted(spans, key=lambda each: int(str(each["start"]))):
        start, end = int(str(span["start"])), int(str(span["end"]))
        if start > last:
            yield text[last:start], None
        yield text[start:end], span
        last = end
    if last < len(text):
        yield text[last:], None


def _lines(piece: str, before: str, *, labelled: bool) -> Iterator[tuple[str, str]]:
    """The lines of a stretch, each with the speaker label that opens it, which is left alone."""
    for number, line in enumerate(re.split(r"(?<=\n)", piece)):
        opens = number > 0 or before[-1:] in {"", "\n"}
        label = _LABEL.match(line) if labelled and opens else None
        head = label[0] if label else ""
        yield head, line[len(head) :]


def make(paths: Sequence[Path], out: Path = OUT, *, seed: int = SEED) -> Path:
    """Write gold in every notation to a file of ``out``, and return its path."""
    records = [
        json.loads(line)
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    out.mkdir(parents=True, exist_ok=True)
    target = out / "notations.jsonl"
    target.write_text(
        "".join(
            json.dumps(write(record, notation, seed=seed), ensure_ascii=False) + "\n"
            for notation in NOTATIONS
            for record in records
        ),
        encoding="utf-8",
    )
    return target


def main() -> None:
    """Write, evaluate and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="*")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    paths = options.gold or sorted(SAMPLES.glob("*.jsonl"))
    evaluation = evaluate([make(paths, seed=options.seed)], predict=ours)
    Console().print(render_table(evaluation))


if __name__ == "__main__":
    main()
