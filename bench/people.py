"""Names of many origins in casual talk, speaker labels, and talk with nothing to remove."""

import re
from collections.abc import Iterator
from random import Random
from typing import Any

from bench import words
from bench.data import split, table
from bench.scribe import CASES, Mark, Turn, Words, record

type Record = dict[str, Any]

SPELLINGS = ("singly", "hyphens", "double", "nato", "for")
MENTIONS = 36
"""Names an origin and case."""
PLAIN = 400
LINES = 4
_SLOT = re.compile(r"\{(?P<name>[a-z0-9]+)(?P<possessive>'s)?\}")


def spelt_name(rng: Random, style: str) -> tuple[str, str, str]:
    """A plain-letter surname, its origin, and its letters as said."""
    origin = rng.choice(list(table("names")))
    family = rng.choice([n for n in split(table("names")[origin]["family"]) if n.isascii()])
    return family, origin, words.letters(family, rng, style=style)


def names(rng: Random) -> Iterator[Record]:
    """Each origin in each case, one name in one sentence of a short exchange."""
    carriers = [line for lines in table("names_said").values() for line in lines]
    for origin, borne in table("names").items():
        given, family = split(borne["given"]), split(borne["family"])
        for case in CASES:
            for number in range(MENTIONS):
                first = given[number % len(given)]
                last = rng.choice(family)
                said = _named(rng.choice(carriers), first, last, origin)
                yield record(f"{origin}-{case}-{number}", _chat(said, rng), case=case)


def labels(rng: Random, *, count: int = 120) -> Iterator[Record]:
    """Names as speaker labels, as transcribers write them; a title is no part of the name."""
    for number in range(count):
        origin = rng.choice(list(table("names")))
        given = rng.choice(split(table("names")[origin]["given"]))
        family = rng.choice(split(table("names")[origin]["family"]))
        before, name, after = rng.choice(
            (
                ("", given, ""),
                ("", given.upper(), ""),
                ("", f"{given} {family}", ""),
                ("", given, " (tutor)"),
                ("Dr ", family, ""),
                ("", f"{given} {family}".upper(), ""),
            )
        )
        label: Words = [before, Mark(name, "SPEAKER", "label", origin), after]
        turns = [
            turn
            for said in rng.sample(table("talk")["chat"], 3)
            for turn in (Turn(["Interviewer"], ["Go on."]), Turn(label, [_sentence(said)]))
        ]
        yield record(f"label-{number}", turns)


def plain(rng: Random) -> Iterator[Record]:
    """Sentences from which nothing may be removed, a few a record."""
    talk = table("talk")
    slots = {name: split(value) for name, value in talk["slots"].items()}
    said = list(talk["fixed"])
    while len(said) < PLAIN:
        sentence = _filled(rng.choice(talk["plain"]), slots, rng)
        if sentence not in said:
            said.append(sentence)
    rng.shuffle(said)
    for start in range(0, PLAIN, LINES):
        turns = [
            Turn([("Interviewer", "Participant")[place % 2]], [line])
            for place, line in enumerate(said[start : start + LINES])
        ]
        case = rng.choice(("sentence", "sentence", "sentence", "lower", "upper"))
        yield record(f"plain-{start}", turns, case=case)


def _named(template: str, given: str, family: str, origin: str) -> Words:
    values = {"given": given, "family": family, "full": f"{given} {family}"}
    parts: list[str | Mark] = []
    done = 0
    for slot in _SLOT.finditer(template):
        form = "possessive" if slot["possessive"] else slot["name"]
        parts += [template[done : slot.start()], Mark(values[slot["name"]], "PERSON", form, origin)]
        parts.append(slot["possessive"] or "")
        done = slot.end()
    parts.append(template[done:])
    if isinstance(parts[0], str) and parts[0]:
        parts[0] = parts[0][0].upper() + parts[0][1:]
    return _joined(parts)


def _joined(parts: Words) -> Words:
    """A given and a family name side by side are one name."""
    merged: list[str | Mark] = []
    for part in [part for part in parts if part]:
        if (
            isinstance(part, Mark)
            and merged[-2:]
            and merged[-1] == " "
            and isinstance(merged[-2], Mark)
        ):
            merged.pop()
            first = merged.pop()
            merged.append(Mark(f"{_text(first)} {part.text}", part.label, "full", part.origin))
        else:
            merged.append(part)
    return [*merged, "."]


def _text(part: str | Mark) -> str:
    return part.text if isinstance(part, Mark) else part


def _chat(said: Words, rng: Random) -> list[Turn]:
    first, second, third = rng.sample(table("talk")["chat"], 3)
    one, other = rng.choice(table("asked")["speakers"])
    return [
        Turn([one], [_sentence(first)]),
        Turn([other], [_sentence(second)]),
        Turn([other], said),
        Turn([one], [_sentence(third)]),
    ]


def _sentence(said: str) -> str:
    return f"{said[0].upper()}{said[1:]}."


def _filled(template: str, slots: dict[str, list[str]], rng: Random) -> str:
    said = _SLOT.sub(lambda slot: rng.choice(slots[slot["name"]]).strip('"'), template)
    return said[0].upper() + said[1:]
