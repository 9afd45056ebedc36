"""Quasi-identifiers that are kept: counted, so that an output checker sees where they pile up.

A country, a faith and a rare job are harmless each and may be somebody together. Nothing is
removed here; the counts stand beside the transcript, without the words.
"""

from collections import Counter
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from deid.detect.words.gazetteer import sections
from deid.transcript import Transcript
from deid.visible import visible

_LISTS = (
    ("country", "keep_public.txt", "countries"),
    ("nationality-or-ethnicity", "keep_public.txt", "peoples"),
    ("religion", "keep_public.txt", "faiths"),
    ("drug", "keep_medicine.txt", "drugs"),
    ("diagnosis", "keep_medicine.txt", "conditions"),
    ("job", "quasi_jobs.txt", "jobs"),
)


def quasi_identifiers(transcript: Transcript) -> dict[str, int]:
    """How often words of each kind stand in the turns; absent kinds are left out."""
    automaton, kinds = _automaton()
    counts: Counter[str] = Counter()
    for turn in transcript.turns:
        text = f" {visible(turn.text).text.casefold()} "
        for index, start, end in automaton.find_matches_as_indexes(text):
            if not text[start - 1].isalnum() and not text[end].isalnum():
                counts[kinds[index]] += 1
    return dict(counts)


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    kind_of = {
        word: kind for kind, file, section in _LISTS for word in sections(file).get(section, ())
    }
    matcher = AhoCorasick(list(kind_of), matchkind=MatchKind.LeftmostLongest)
    return matcher, tuple(kind_of.values())
