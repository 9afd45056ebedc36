"""Rare names as they are mistyped or misheard: "Hargraves", "Hargreeves" for Hargreaves.

Every different unusual word of a text is asked once. One letter put in, left out, changed or
exchanged with its neighbour: two words that differ so have a word in common when a letter is left
out of either (the index of SymSpell), so that asking takes a dozen look-ups however many names
there are. Names that sound alike are found under their Metaphone code. A word of the language is
never asked, nor one that the policy keeps: "chariot" is no Harriot, "Mounjaro" nobody's name. With
20,000 names of the lists, five different words of 54,000 in de-identified sample transcripts were
taken for one (a building, a coat, a word of Welsh).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rapidfuzz.distance import OSA

from deid.naming import sound, sounds_like
from deid.verify.lexicon import SHORTEST_RARE
from deid.verify.values import Form, How


class NearNames:
    """Rare names, asked for whatever is nearly one of them.

    Args:
        names: Forms whose pattern is a folded name of one word, each name once.
    """

    def __init__(self, names: Iterable[Form]) -> None:
        """Index the names: about ten entries each."""
        self._shortened: dict[str, list[Form]] = {}
        self._sounding: dict[str, list[Form]] = {}
        for form in names:
            name = str(form.pattern)
            for short in {name, *_shortened(name)}:
                self._shortened.setdefault(short, []).append(form)
            self._sounding.setdefault(sound(name), []).append(form)

    def __call__(self, word: str) -> tuple[Form, ...]:
        """The names that an unusual word nearly is; none for a name itself, found as a whole."""
        found: dict[str, Form] = {}
        for short in {word, *_shortened(word)}:
            for form in self._shortened.get(short, ()):
                if OSA.distance(word, str(form.pattern), score_cutoff=1) == 1:
                    found.setdefault(str(form.pattern), replace(form, how=How.ONE_EDIT))
        for form in self._sounding.get(sound(word), ()) if len(word) >= SHORTEST_RARE else ():
            name = str(form.pattern)
            if word != name and sounds_like(word, name):
                found.setdefault(name, replace(form, how=How.SOUND))
        return tuple(found.values())


def _shortened(word: str) -> Iterator[str]:
    """A word with each of its letters left out."""
    return (word[:at] + word[at + 1 :] for at in range(len(word)))
