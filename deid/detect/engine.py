"""Presidio's AnalyzerEngine over a whole transcript, with this project's ways of knowing in it.

The engine is Presidio's; what differs is what is put into it. Its NLP engine runs spaCy's named
entity recogniser alone and turn by turn; recognisers read the transcript as one text, so that an
answer split over turns is seen; and they weigh their own context, so Presidio's enhancer, which
needs lemmas, is given nothing to do.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts

from deid.detect import cover, named, printed, speakers
from deid.detect.label_numbers import find_numbers
from deid.detect.network.ner import SpacyNerEngine, hits
from deid.detect.register_names import RegisterNames
from deid.detect.speech import Hit, Speech
from deid.detect.spoken import family
from deid.detect.words.gazetteer import is_common
from deid.register import Register
from deid.settings import Settings
from deid.transcript import Detection, EntityType, Transcript

_LANGUAGE = "en"
_RULE = "rule"

type _Find = Callable[["_Reading"], Iterable[Hit]]


class Detector:
    """All ways of knowing, loaded once in a process (the model takes a second or two).

    Args:
        settings: Model and patterns.
        register: Who is known; empty where there is none.
    """

    def __init__(self, settings: Settings, register: Register) -> None:
        told = settings.programme.detection
        rules = family.recognisers(
            medical_record_patterns=told.medical_record_patterns,
            medical_record_cues=told.medical_record_cues,
        )
        self._numbers = partial(family.find, using=rules)
        known = RegisterNames(register, is_common)
        self._nlp = SpacyNerEngine(settings.programme.model.name)
        registry = RecognizerRegistry(supported_languages=[_LANGUAGE])
        for name, find in (
            ("named", lambda read: named.find(read.speech, hits(read))),
            ("spoken", lambda read: family.find(read.speech, using=rules)),
            ("printed", lambda read: printed.find(read.speech)),
            ("cover", lambda read: cover.find(read.speech)),
            ("register", lambda read: known(read.speech)),
        ):
            registry.add_recognizer(_Family(name, find))
        self._engine = AnalyzerEngine(
            registry=registry,
            nlp_engine=self._nlp,
            context_aware_enhancer=_NoEnhancer(),
            supported_languages=[_LANGUAGE],
        )

    def detect(self, transcript: Transcript) -> list[Detection]:
        """Every claim about a transcript, speaker labels included; they may overlap."""
        speech = Speech.of(transcript)
        results = self._engine.analyze(
            speech.text,
            _LANGUAGE,
            nlp_artifacts=_Reading(speech, self._nlp),
            return_decision_process=False,
        )
        found = [
            Hit(
                result.start,
                result.end,
                EntityType(result.entity_type),
                result.score,
                result.recognition_metadata[RecognizerResult.RECOGNIZER_NAME_KEY],
                result.recognition_metadata[_RULE],
            )
            for result in results
        ]
        labels = speakers.find(transcript) + find_numbers(transcript, self._numbers)
        return [*speech.detections(found), *labels]


class _Reading(NlpArtifacts):
    """What the network made of a transcript, with the transcript beside it."""

    def __init__(self, speech: Speech, nlp: SpacyNerEngine) -> None:
        read = nlp.process_text(speech.text, _LANGUAGE)
        super().__init__(read.entities, read.tokens, [], [], nlp, _LANGUAGE, read.scores)
        self.speech = speech


class _Family(EntityRecognizer):
    """One way of knowing as Presidio sees it."""

    def __init__(self, name: str, find: _Find) -> None:
        self._find = find
        super().__init__(supported_entities=[each.value for each in EntityType], name=name)

    def load(self) -> None:
        """Nothing to load: lists and models are loaded by what reads them."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts
    ) -> list[RecognizerResult]:
        """Every hit of this way of knowing that is among the entities asked for."""
        if not isinstance(nlp_artifacts, _Reading) or nlp_artifacts.speech.text != text:
            raise TypeError("a transcript is analysed with the artifacts made from it")
        return [
            RecognizerResult(
                hit.entity_type.value,
                hit.start,
                hit.end,
                hit.score,
                recognition_metadata={
                    RecognizerResult.RECOGNIZER_NAME_KEY: hit.recogniser,
                    RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                    _RULE: hit.rule,
                },
            )
            for hit in self._find(nlp_artifacts)
            if hit.entity_type.value in entities
        ]


class _NoEnhancer(ContextAwareEnhancer):
    """Leaves scores as they are: each way of knowing has weighed its context already."""

    def __init__(self) -> None:
        super().__init__(0.0, 0.0, 0, 0)

    def enhance_using_context(
        self, text: str, raw_results: list[RecognizerResult], *_: Any, **__: Any
    ) -> list[RecognizerResult]:
        """The results, unchanged."""
        del text
        return raw_results
