"""All forms of a few values, ready to be looked for in the readings of a text.

Each reading has one Aho-Corasick automaton over all forms; the different words of a text are also
held against rare names that are nearly the same. This is for the values of one transcript, and for
those of the study that :mod:`deid.verify.known` takes for possible; all of a study's would cost
thousands of bytes each.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

from deid.verify.near import NearNames
from deid.verify.streams import Streams
from deid.verify.values import Form, Stream


class Layer:
    """The automata of some values, and the index of their rare names.

    Attributes:
        raw_forms: Forms that are looked for in raw bytes, by the numbers that ``raw`` gives.
    """

    def __init__(self, found: Iterable[Form]) -> None:
        """Build the automata; of two forms of one pattern the first counts."""
        by_stream: dict[Stream, dict[str | bytes, Form]] = {}
        for form in found:
            by_stream.setdefault(form.stream, {}).setdefault(form.pattern, form)
        self.raw_forms = tuple(by_stream.pop(Stream.BYTES, {}).values())
        names = by_stream.pop(Stream.VOCABULARY, {}).values()
        self._near = NearNames(names) if names else None
        self._found_as = {stream: tuple(forms.values()) for stream, forms in by_stream.items()}
        self._automata = {
            stream: AhoCorasick([str(f.pattern) for f in forms], store_patterns=False)
            for stream, forms in self._found_as.items()
        }

    @cached_property
    def raw(self) -> BytesAhoCorasick:
        """The automaton of the forms that are looked for in raw bytes."""
        return BytesAhoCorasick([bytes(form.pattern) for form in self.raw_forms])  # type: ignore[arg-type]

    @property
    def longest_bytes(self) -> int:
        """Of the patterns that are looked for in raw bytes."""
        return max((len(form.pattern) for form in self.raw_forms), default=0)

    def candidates(self, streams: Streams) -> Iterator[tuple[Form, int, int]]:
        """Every match in every reading; only those are made in which there is something to find.

        Offsets count in the reading; those of a match in a run are the run's.
        """
        for stream, automaton in self._automata.items():
            found = self._found_as[stream]
            if stream in (Stream.SPELT, Stream.NUMBERS):
                for at, run in streams.runs(stream):
                    for index, _, _ in automaton.find_matches_as_indexes(run, overlapping=True):
                        yield found[index], at, at
            else:
                text = streams.reading(stream)
                for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
                    yield found[index], start, end
        if self._near is not None:
            for word in streams.unusual:
                for form in self._near(word):
                    yield from ((form, *place) for place in streams.places(word))
