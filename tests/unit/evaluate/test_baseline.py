"""The baseline is stock Presidio, whole, offline."""

import socket
from typing import Any

import pytest

from deid.evaluate.baseline import presidio, stock_presidio
from deid.evaluate.values import Item

pytestmark = pytest.mark.model


def _pipes(nlp_engine: Any) -> list[str]:
    pipes: list[str] = nlp_engine.nlp["en"].pipe_names
    return pipes


def test_every_uk_recogniser_and_the_whole_pipeline_are_on() -> None:
    """Otherwise the comparison would flatter this project."""
    engine = stock_presidio()
    names = {type(recogniser).__name__ for recogniser in engine.registry.recognizers}
    assert names >= {
        "NhsRecognizer",
        "UkNinoRecognizer",
        "UkPostcodeRecognizer",
        "UkPassportRecognizer",
        "UkDrivingLicenceRecognizer",
        "UkVehicleRegistrationRecognizer",
        "PhoneRecognizer",
        "SpacyRecognizer",
    }
    assert {"tagger", "parser", "lemmatizer", "ner"} <= set(_pipes(engine.nlp_engine))


def test_offsets_count_in_the_whole_text_and_no_socket_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is run line by line, and what it finds is where it says."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    text = "Doctor: And your email?\nPatient: jane@example.org, I'm in Leeds."
    (spans,) = presidio([Item("one", text, ())])
    found = {(text[span.start : span.end], span.label) for span in spans}
    assert {("jane@example.org", "EMAIL_ADDRESS"), ("Leeds", "LOCATION")} <= found
