"""Turns with marked identifiers -> gold records. Marks make the spans, so they cannot drift."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from bench import words

CASES: Mapping[str, Callable[[str], str]] = {
    "sentence": str,
    "lower": str.lower,
    "upper": str.upper,
}

_LEAD = re.compile(r"(?:the|number) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch that identifies someone."""

    text: str
    label: str
    form: str = ""
    origin: str = ""


type Words = Sequence[str | Mark]


@dataclass(frozen=True, slots=True)
class Turn:
    """Who speaks (a role, or a marked name) and what is said."""

    speaker: Words
    said: Words


def record(key: str, turns: Sequence[Turn], *, case: str = "sentence") -> dict[str, Any]:
    """One gold record; ``case`` changes what is said, and not the labels."""
    text, spans = "", []

    def write(parts: Words, change: Callable[[str], str]) -> None:
        nonlocal text
        for part in parts:
            words_of = change(part.text if isinstance(part, Mark) else part)
            if isinstance(part, Mark):
                span = {"start": len(text), "end": len(text) + len(words_of), "label": part.label}
                extra = {"form": part.form, "origin": part.origin}
                spans.append(span | {name: value for name, value in extra.items() if value})
            text += words_of

    for turn in turns:
        write([*turn.speaker, ": "], str)
        write(turn.said, CASES[case])
        text += "\n"
    return {"id": key, "case": case, "text": text.removesuffix("\n"), "spans": spans}


def marked(said: str, mark: Mark) -> Words:
    """What is said as a mark; a leading "the" or "number" is said, but identifies nobody."""
    lead = _LEAD.match(said)
    rest = said[lead.end() :] if lead else said
    return [lead[0] if lead else "", Mark(rest, mark.label, mark.form, mark.origin)]


def answer(
    template: str,
    pieces: Sequence[str],
    mark: Mark,
    *,
    speakers: tuple[str, str],
    rng: Random,
) -> list[Turn]:
    """The turns in which an identifier is said: one, or a piece a turn with nods between.

    Args:
        template: What is said around it, ``{x}`` where it stands.
        pieces: What is said of it, in order.
        mark: Its label and form; the text is taken from the pieces.
        speakers: Listener and speaker.
        rng: Chooses nods and full stops.
    """
    before, _, after = template.partition("{x}")
    listener, speaker = speakers
    turns = []
    for place, piece in enumerate(pieces):
        first, last = place == 0, place == len(pieces) - 1
        opens = not before.strip() if first else rng.choice((True, False))
        said = piece[0].upper() + piece[1:] if opens else piece
        stop = after if last else rng.choice(("", ".", ",", "..."))
        turns.append(Turn([speaker], [before if first else "", *marked(said, mark), stop]))
        if not last:
            turns.append(Turn([listener], [rng.choice(words.NODS)]))
    return turns
