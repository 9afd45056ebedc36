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
from pathlib import Path

from rich.console import Console

from bench.examine import SAMPLES, ours
from deid.evaluate import evaluate, render_table

OUT = Path("build/notations")
SEED = 5
_LABEL = re.compile(r"[^:\n]{0,40}: ?")
_WIDTH, _OFTEN = 60, 0.7
_VOWELS = frozenset("aeiou")

type _Write = Callable[[str, bool, random.Random], str]
"""A stretch of text, whether it identifies, and chance -> the stretch as it is written."""


def _words(text: str, share: float, chance: random.Random, write: Callable[[str], str]) -> str:
    return re.sub(
        r"[^\W\d_]{3,}", lambda word: write(word[0]) if chance.random() < share else word[0], text
    )


def _stretched(text: str, gold: bool, chance: random.Random) -> str:
    def write(word: str) -> str:
        vowels = [at for at in range(1, len(word) - 1) if word[at].lower() in _VOWELS]
        if not vowels:
            return word
        after = chance.choice(vowels) + 1
        return word[:after] + chance.choice((":", ":", "::")) + word[after:]

    return _words(text, 0.8 if gold else 0.15, chance, write)


def _stammered(text: str, gold: bool, chance: random.Random) -> str:
    def write(word: str) -> str:
        return word[: chance.choice((1, 1, 2))] + chance.choice(("- ", "-")) + word

    return _words(text, 0.7 if gold else 0.04, chance, write)


def _between(
    text: str, share: float, chance: random.Random, marks: Sequence[str], *, words: str
) -> str:
    return re.sub(
        words, lambda gap: chance.choice(marks) if chance.random() < share else gap[0], text
    )


def _timed(text: str, gold: bool, chance: random.Random) -> str:
    marks = (" (.) ", " (0.4) ", " (1.2) ")
    return _between(text, 0.6 if gold else 0.06, chance, marks, words=r"(?<=[\w,.]) (?=\w)")


def _hesitated(text: str, gold: bool, chance: random.Random) -> str:
    marks = (", um, ", " er ", ", uh, ", " erm ")
    return _between(text, 0.3 if gold else 0.03, chance, marks, words=r"(?<=\w) (?=\w)")


def _stressed(text: str, gold: bool, chance: random.Random) -> str:
    return f"*{text}*" if gold and chance.random() < _OFTEN else text


def _typeset(text: str, _gold: bool, chance: random.Random) -> str:
    blank = "\u00a0" if chance.random() < _OFTEN else " "
    return text.replace("'", "\u2019").replace(" ", blank)


def _small(text: str, _gold: bool, _chance: random.Random) -> str:
    return re.sub(r"[.,?!;](?=\s|\Z)", "", text.lower())


NOTATIONS: Mapping[str, _Write] = {
    "plain": lambda text, _gold, _chance: text,
    "stretched": _stretched,
    "stammered": _stammered,
    "timed": _timed,
    "hesitated": _hesitated,
    "stressed": _stressed,
    "typeset": _typeset,
    "small letters": _small,
    "capitals": lambda text, _gold, _chance: text.upper(),
}


def write(record: Mapping[str, object], notation: str, *, seed: int = SEED) -> dict[str, object]:
    """One gold record in a notation; speaker labels stay as they are.

    Args:
        record: A line of gold with "id", "text" and "spans".
        notation: A key of :data:`NOTATIONS`, or "wrapped".
        seed: Of chance; the same seed gives the same text.
    """
    seeds = f"{seed}/{notation}/{record['id']}"
    chance = random.Random(seeds)  # noqa: S311  repeatable, not secret
    text, spans = "", []
    for piece, span in _pieces(record):
        written = piece
        if span is None or span["label"] != "SPEAKER":
            written = "".join(
                head + _in(notation, rest, text + head, span is not None, chance)
                for head, rest in _lines(piece, text, labelled=span is None)
            )
        if span is not None:
            spans.append({**span, "start": len(text), "end": len(text) + len(written)})
        text += written
    plain = {"id": f"{record['id']}/{notation}", "format": notation, "text": text}
    return {**plain, "spans": [{k: v for k, v in span.items() if k != "text"} for span in spans]}


def _in(notation: str, text: str, before: str, gold: bool, chance: random.Random) -> str:
    if notation != "wrapped":
        return NOTATIONS[notation](text, gold, chance)
    column, written = len(before) - before.rfind("\n") - 1, ""
    for part in re.split(r"( )", text):
        wraps = part == " " and column > _WIDTH
        written += "\n   " if wraps else part
        column = 3 if wraps else column + len(part)
    return written


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
            for notation in (*NOTATIONS, "wrapped")
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
