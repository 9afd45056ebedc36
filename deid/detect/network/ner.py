"""The network: spaCy's named-entity recogniser alone, as Presidio's NLP engine.

Nothing but the entity recogniser is kept: tagger, parser and lemmatiser cost more than half the
time and tell this project nothing, and the shared token vectors are theirs alone in a model whose
recogniser has its own (en_core_web_md), where computing them for nobody was two fifths of what was
left. The model's 700,000 strings are left out too: vectors are looked up by the hash of a word, and
the strings would be half a worker's start and 130 MB of its memory.

Text is cut at line feeds (the turn boundaries of :class:`deid.detect.speech.Speech`), equal turns
are read once, turns in which no word could be a name not at all, and each batch lives in a memory
zone, so that the vocabulary does not grow from transcript to transcript. Turns without capitals, or
all in capitals, are read with the capitals that the lists suggest; this changes no offset.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import spacy
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine
from spacy.language import Language
from spacy.pipeline import Tok2Vec

from deid.detect.network.cased import for_network
from deid.detect.network.model import DEFAULT_MODEL, folder
from deid.detect.speech import Hit
from deid.transcript import EntityType

RECOGNISER = "ner"
_SHARED = "tok2vec"
_LEFT_OUT = ["tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "strings"]
_TYPES = {
    "PERSON": EntityType.PERSON,
    "GPE": EntityType.LOCATION,
    "LOC": EntityType.LOCATION,
    "FAC": EntityType.LOCATION,
    "ORG": EntityType.ORGANIZATION,
}
_SCORE = 0.6
_BATCH = 128
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch that the network named; spaCy's span without its document."""

    start_char: int
    end_char: int
    label_: str


@cache
def load(name: str = DEFAULT_MODEL) -> Language:
    """The entity recogniser of a model, loaded once in a process, and what it listens to."""
    nlp = spacy.load(folder(name), exclude=_LEFT_OUT)
    shared = dict(nlp.pipeline).get(_SHARED)
    if isinstance(shared, Tok2Vec) and not shared.listening_components:
        nlp.remove_pipe(_SHARED)
    return nlp


class SpacyNerEngine(NlpEngine):
    """Presidio's NLP engine over an entity recogniser alone.

    Args:
        model: Installed package or folder of the spaCy model.
    """

    engine_name = "deid-ner"
    is_available = True

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.model = model

    def load(self) -> None:
        """Read the model from disk (once in a process)."""
        load(self.model)

    def is_loaded(self) -> bool:
        """Models load on first use; asking for them is enough."""
        return True

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """Entities of a whole speech; ``text`` is cut at line feeds."""
        entities: list[Any] = list(self.entities(text))  # stands in for spaCy's spans
        no_tokens: Any = []
        return NlpArtifacts(
            entities=entities,
            tokens=no_tokens,
            tokens_indices=[],
            lemmas=[],
            nlp_engine=self,
            language=language,
            scores=[_SCORE] * len(entities),
        )

    def entities(self, text: str) -> Iterator[Entity]:
        """The network's people, places and organisations, in offsets of ``text``."""
        lines: dict[str, list[int]] = {}
        for offset, line in _pieces(text):
            lines.setdefault(line, []).append(offset)
        told = {line: for_network(line) for line in lines}
        read = {line: cased for line, cased in told.items() if cased is not None}
        found: list[Entity] = []
        for line, entities in zip(read, _read(load(self.model), read.values()), strict=True):
            found.extend(
                Entity(start + entity.start_char, start + entity.end_char, entity.label_)
                for start in lines[line]
                for entity in entities
            )
        yield from sorted(found, key=lambda entity: entity.start_char)

    def process_batch(
        self,
        texts: Iterable[str],
        language: str,
        batch_size: int = 1,
        n_process: int = 1,
        **_options: Any,
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        """One text after the other; batching happens inside a text."""
        del batch_size, n_process
        for text in texts:
            yield text, self.process_text(text, language)

    def is_stopword(self, word: str, language: str) -> bool:
        """Whether spaCy counts the word among the stop words."""
        del language
        return word.lower() in load(self.model).Defaults.stop_words

    def is_punct(self, word: str, language: str) -> bool:
        """Whether the word has no letter and no digit."""
        del language
        return not any(char.isalnum() for char in word)

    def get_supported_entities(self) -> list[str]:
        """Presidio's names of what the network can find."""
        return sorted(set(_TYPES.values()))

    def get_supported_languages(self) -> list[str]:
        """English only."""
        return ["en"]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with their offsets; very long ones cut at a space."""
    offset = 0
    for line in text.split("\n"):
        start = 0
        while len(line) - start > _LONGEST:
            end = line.rfind(" ", start + 1, start + _LONGEST) + 1 or start + _LONGEST
            yield offset + start, line[start:end]
            start = end
        yield offset + start, line[start:]
        offset += len(line) + 1


def _read(nlp: Language, lines: Iterable[str]) -> Iterator[list[Entity]]:
    """Each line's entities; the documents die with their memory zone."""
    with nlp.memory_zone():
        for doc in nlp.pipe(lines, batch_size=_BATCH):
            yield [
                Entity(span.start_char, span.end_char, _TYPES[span.label_])
                for span in doc.ents
                if span.label_ in _TYPES
            ]


def hits(artifacts: NlpArtifacts) -> list[Hit]:
    """The network's entities as claims."""
    return [
        Hit(
            start=entity.start_char,
            end=entity.end_char,
            entity_type=EntityType(entity.label_),
            score=_SCORE,
            recogniser=RECOGNISER,
            rule=f"network-{entity.label_.lower()}",
        )
        for entity in artifacts.entities
    ]
