"""After writing: is anything in the files that must not be there? Whoever it belongs to.

Looks for every original of the transcript, every value of the register, and what is distinctive
of all other transcripts. A hit withholds.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from deid.detect.words.gazetteer import lexicon, sections
from deid.errors import Reason, WithheldError
from deid.register import Register
from deid.transcript import EntityType
from deid.verify import Scope, Searcher, SearchValue, Source, check_files
from deid.verify.fold import folded

_REGISTER_TYPES = {
    "date_of_birth": EntityType.DATE_OF_BIRTH,
    "nhs_number": EntityType.UK_NHS,
    "postcode": EntityType.UK_POSTCODE,
    "telephone": EntityType.PHONE_NUMBER,
    "email": EntityType.EMAIL_ADDRESS,
}
_KEPT = ("keep_medicine.txt", "keep_public.txt")


class LeakCheck:
    """The study's values, searched for in one transcript's files after another.

    Args:
        register: All of its values are searched for.
        originals: Entity type and text of what was replaced in earlier runs, gone through once.
        is_common: Whether a folded word is ordinary English.
        kept: Phrases that stay although a name may stand in them.
    """

    def __init__(
        self,
        register: Register,
        originals: Iterable[tuple[EntityType, str]],
        *,
        is_common: Callable[[str], bool],
        kept: Iterable[str] = (),
    ) -> None:
        values = chain(register_values(register), _values(originals, Scope.STUDY))
        self._study = Searcher(values, is_common=is_common, is_word=is_word, kept=kept)

    def learn(self, originals: Iterable[tuple[EntityType, str]]) -> None:
        """Search for these too from now on; what is known already is not added again."""
        self._study = self._study.grown(_values(originals, Scope.STUDY))

    def check(
        self,
        paths: Iterable[Path],
        originals: Iterable[tuple[EntityType, str]],
        *,
        root: Path,
        spared: Iterable[str] = (),
    ) -> None:
        """Search the files of a transcript, and remember its originals for the next.

        ``spared`` are words that a person decided to leave standing in this transcript.

        Raises:
            WithheldError: LEAK with the number of findings and the turn of the first, or the
                files cannot be read back.
        """
        own = list(dict.fromkeys(originals))
        searcher = self._study.plus(_values(own, Scope.TRANSCRIPT), spared=spared)
        findings = check_files(paths, searcher, root=root)
        self.learn(own)
        if findings:
            first = findings[0]
            raise WithheldError(
                Reason.LEAK,
                stage="verify",
                turn=first.row,
                detail=f"{len(findings)} found, first {first.kind.value} {first.how.value}",
            )


def is_word(word: str) -> bool:
    """Whether a folded word is in the dictionary, or one of a list of what is kept."""
    return lexicon().entry(word).tier > 0 or word in _kept_words()


@cache
def _kept_words() -> frozenset[str]:
    entries = (e for file in _KEPT for listed in sections(file).values() for e in listed)
    return frozenset(word for entry in entries for word in folded(entry).split())


def kept_phrases() -> Iterator[str]:
    """Phrases of several words that stay although a name may stand in them: Bell's palsy."""
    for file in _KEPT:
        for entries in sections(file).values():
            yield from (entry for entry in entries if " " in entry)


def _values(originals: Iterable[tuple[EntityType, str]], scope: Scope) -> Iterator[SearchValue]:
    for entity_type, text in originals:
        yield SearchValue(text, entity_type, Source.ORIGINAL, scope)


def register_values(register: Register) -> Iterator[SearchValue]:
    """Every value of the register, as it is searched for."""
    for person in register.people:
        names = [" ".join((*person.given, person.family)).strip(), *person.aliases]
        named = [(EntityType.PERSON, name) for name in names]
        named += [(EntityType.LOCATION, place) for place in person.places]
        named += [(_REGISTER_TYPES[column], value) for column, value in person.identifiers.items()]
        for entity_type, text in named:
            if text:
                yield SearchValue(text, entity_type, Source.REGISTER, Scope.STUDY)
