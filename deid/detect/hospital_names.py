"""What hospitals.txt lists: hospitals by their short names, words of care, places of study.

Nothing is decided here; a short name is mostly a plain word too, which ``hospitals`` weighs.
"""

from functools import cache

from deid.detect.words.gazetteer import Phrases, phrase_table, sections


@cache
def short_names() -> tuple[frozenset[str], frozenset[str], Phrases, Phrases, frozenset[str]]:
    """Single words that are hospitals, those after "the", the phrases of both, words of care."""
    found = sections("hospitals.txt")
    named, shortened = found["named"], found["after-the"]
    return (
        frozenset(name for name in named if " " not in name),
        frozenset(name for name in shortened if " " not in name),
        phrase_table(named),
        phrase_table(shortened),
        frozenset(found["care"]),
    )


@cache
def after_at() -> frozenset[str]:
    """Places of study and of care by a word that needs "at" before it."""
    return frozenset(name for name in sections("hospitals.txt")["at"])


@cache
def first_names() -> Phrases:
    """Short names, and what goes before "hospital" in a name of three words: "prince charles"."""
    found = sections("hospitals.txt")
    cut = (name.removesuffix(" hospital") for name in found["named"] if name.endswith(" hospital"))
    return phrase_table([*found["after-the"], *(name for name in cut if " " in name)])
