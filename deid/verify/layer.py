"""All forms of some values, ready to be looked for in the readings of a text.

Each reading has one Aho-Corasick automaton over all forms; the different words of a text are also
held against rare names that are nearly the same. Neither takes much longer for more values: 10,000
against 10 million words took 17 seconds and 295 MiB, the gazetteers among them, and ten times the
values 1.5 times as long (``python -m bench.leaks --words 10000000``; no reading of files).
"""

from collections.abc import Iterable, Iterator, Mapping

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

from deid.verify.forms import forms
from deid.verify.lexicon import Lexicon
from deid.verify.near import NearNames
from deid.verify.streams import Streams
from deid.verify.values import Form, SearchValue, Stream

type Forms = Mapping[Stream, Mapping[str | bytes, Form]]


class Layer:
    """The automata of some values, and the index of their rare names.

    Attributes:
        forms: What is looked for, by reading and pattern.
        size: How many forms are looked for.
        raw_forms: Those that are looked for in raw bytes, by the numbers that ``raw`` gives.
        raw: The automaton of these.
        longest_raw: Bytes of the longest of these.
    """

    def __init__(self, by_stream: Forms, lexicon: Lexicon) -> None:
        """Build them; :meth:`of` finds the forms first."""
        self.forms, self._lexicon = by_stream, lexicon
        self._found_as: dict[Stream, tuple[Form, ...]] = {
            stream: tuple(found.values())
            for stream, found in by_stream.items()
            if stream not in (Stream.BYTES, Stream.VOCABULARY)
        }
        self._automata = {
            stream: AhoCorasick([str(f.pattern) for f in found], store_patterns=False)
            for stream, found in self._found_as.items()
        }
        names = by_stream.get(Stream.VOCABULARY, {}).values()
        self._near = NearNames(names, lexicon) if names else None
        self.raw_forms = tuple(by_stream.get(Stream.BYTES, {}).values())
        self.raw = BytesAhoCorasick([bytes(f.pattern) for f in self.raw_forms])  # type: ignore[arg-type]
        self.longest_raw = max((len(form.pattern) for form in self.raw_forms), default=0)
        self.size = sum(map(len, by_stream.values()))

    @classmethod
    def of(cls, values: Iterable[SearchValue], lexicon: Lexicon) -> "Layer":
        """The layer of these values."""
        by_stream: dict[Stream, dict[str | bytes, Form]] = {}
        for value in values:
            for form in forms(value, lexicon):
                by_stream.setdefault(form.stream, {}).setdefault(form.pattern, form)
        return cls(by_stream, lexicon)

    def with_forms_of(self, other: "Layer") -> "Layer":
        """One layer for the values of two; what is in both stays this one's."""
        both = {
            stream: {**other.forms.get(stream, {}), **self.forms.get(stream, {})}
            for stream in {**self.forms, **other.forms}
        }
        return Layer(both, self._lexicon)

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
            for word in streams.vocabulary:
                for form in self._near(word):
                    yield from ((form, *place) for place in streams.places(word))
