"""A held-out examination: gold made by rules of its own, never by those of the recognisers.

``python -m bench.detection`` writes five files for ``deid evaluate``: identifiers, spelt (names),
names, labels (of speakers) and plain (nothing to remove). The same seed makes
the same bytes. Whoever changes a recogniser must not look here for phrases to match, and this
side never imports ``deid.detect``.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

from bench import dates, digits, mails, people, places
from bench.data import table
from bench.scribe import Mark, Turn, answer, marked, record

SEED = 20_240_117
OUT = Path("build/detection")
CASES = ("sentence",) * 8 + ("lower",) * 2
"""One identifier in five stands in a text without capitals, as automatic captions have it."""

type Said = Callable[[Random], list[str]]
type Record = dict[str, Any]


def _numbers(
    make: Callable[[Random], digits.Groups], forms: Mapping[str, digits.Form]
) -> dict[str, Said]:
    def said(form: digits.Form) -> Said:
        return lambda rng: form(make(rng), rng)

    return {name: said(form) for name, form in forms.items()}


KINDS: Mapping[str, tuple[str, Mapping[str, Said], int]] = {
    "nhs": ("ID", _numbers(digits.nhs, digits.NHS_FORMS), 30),
    "telephone": ("CONTACT", _numbers(digits.telephone, digits.TELEPHONE_FORMS), 30),
    "postcode": ("POSTCODE", places.POSTCODE_FORMS, 33),
    "dob": ("DOB", dates.DOB_FORMS, 30),
    "email": ("CONTACT", mails.MAIL_FORMS, 22),
    "address": ("LOCATION", places.ADDRESS_FORMS, 19),
}
"""Kind -> gold label, forms, and how many of each form."""


def identifiers(rng: Random) -> Iterator[Record]:
    """Some 1,500 dialogues, each with one identifier in one form."""
    for kind, (label, forms, count) in KINDS.items():
        for form, said in forms.items():
            asked = table("asked").get(form, table("asked")[kind])
            for number in range(count):
                mark = Mark("", label, f"{kind}: {form}")
                turns = _dialogue(rng.choice(asked), said(rng), mark, rng)
                yield record(f"{kind}-{form}-{number}", turns, case=rng.choice(CASES))


def spelt(rng: Random, *, count: int = 30) -> Iterator[Record]:
    """Surnames spelt out, in each way of spelling."""
    for style in people.SPELLINGS:
        for number in range(count):
            name, origin, said = people.spelt_name(rng, style)
            mark = Mark("", "PERSON", f"spelt: {style}", origin)
            turns = _dialogue(rng.choice(table("asked")["spelt"]), [said], mark, rng)
            turns.append(
                Turn(
                    turns[0].speaker,
                    ["Thank you, ", Mark(name, "PERSON", "after spelling", origin), "."],
                )
            )
            yield record(f"spelt-{style}-{number}", turns, case=rng.choice(CASES))


def _dialogue(asked: list[str], pieces: list[str], mark: Mark, rng: Random) -> list[Turn]:
    listener, speaker = rng.choice(table("asked")["speakers"])
    question, template = asked
    turns = list(_exchange("before", listener, speaker, rng))
    if question:
        turns.append(Turn([listener], [question]))
    turns += answer(template, pieces, mark, speakers=(listener, speaker), rng=rng)
    if rng.randrange(4) == 0:
        again = marked(
            ", ".join(pieces), Mark("", mark.label, f"{mark.form}, read back", mark.origin)
        )
        turns.append(Turn([listener], ["So that's ", *again, ", yeah?"]))
        turns.append(Turn([speaker], ["That's it."]))
    return [*turns, *_exchange("after", listener, speaker, rng)]


def _exchange(where: str, listener: str, speaker: str, rng: Random) -> Iterator[Turn]:
    first, second = rng.choice(table("talk")[where])
    yield Turn([listener], [first])
    yield Turn([speaker], [second])


def make(folder: Path, *, seed: int) -> list[Path]:
    """Write the five files; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    parts: dict[str, Iterator[Record]] = {
        "identifiers": identifiers(Random(seed)),  # noqa: S311  repeatable, not secret
        "spelt": spelt(Random(seed + 1)),  # noqa: S311  repeatable, not secret
        "names": people.names(Random(seed + 2)),  # noqa: S311  repeatable, not secret
        "labels": people.labels(Random(seed + 3)),  # noqa: S311  repeatable, not secret
        "plain": people.plain(Random(seed + 4)),  # noqa: S311  repeatable, not secret
    }
    paths = []
    for name, records in parts.items():
        lines = [json.dumps(one, ensure_ascii=False) + "\n" for one in records]
        paths.append(folder / f"{name}.jsonl")
        paths[-1].write_text("".join(lines), encoding="utf-8")
    return paths


def main() -> None:
    """Write the gold files of one seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    make(options.out, seed=options.seed)


if __name__ == "__main__":
    main()
