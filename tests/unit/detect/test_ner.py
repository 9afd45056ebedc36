"""The network alone, as Presidio's NLP engine."""

from pathlib import Path

import pytest
import spacy
from spacy.pipeline.ner import DEFAULT_NER_MODEL
from spacy.training import Example

from deid.detect.network import model, ner
from deid.errors import SettingsError

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def engine() -> ner.SpacyNerEngine:
    """The default model."""
    return ner.SpacyNerEngine()


def test_entities_stand_where_they_say_in_every_line(engine: ner.SpacyNerEngine) -> None:
    """Equal lines are read once and found in each of their places."""
    text = "I met Sarah Jones in Leeds.\nYeah.\nI met Sarah Jones in Leeds."
    found = {(text[e.start_char : e.end_char], e.start_char) for e in engine.entities(text)}
    assert {("Sarah Jones", 6), ("Sarah Jones", 40)} <= found


def test_a_turn_longer_than_the_network_takes_is_cut(engine: ner.SpacyNerEngine) -> None:
    """A name far into a turn of a hundred thousand characters is still found in its place."""
    text = "well you know " * 7000 + "I spoke to Sarah Jones about it."
    assert any(text[e.start_char : e.end_char] == "Sarah Jones" for e in engine.entities(text))


def test_only_the_entity_recogniser_is_loaded() -> None:
    """Tagger, parser and lemmatiser would double the time, token vectors for nobody add to it."""
    assert ner.load().pipe_names == ["ner"]


def test_token_vectors_that_the_recogniser_listens_to_are_kept(tmp_path: Path) -> None:
    """A trust's own model may share them between its parts."""
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")
    nlp.add_pipe("ner", config={"model": {**DEFAULT_NER_MODEL, "tok2vec": listener}})
    words = nlp.make_doc("I met Sarah")
    nlp.initialize(lambda: [Example.from_dict(words, {"entities": [(6, 11, "PERSON")]})])
    nlp.to_disk(tmp_path / "own")
    assert ner.load(str(tmp_path / "own")).pipe_names == ["tok2vec", "ner"]


def test_the_vocabulary_does_not_grow(engine: ner.SpacyNerEngine) -> None:
    """New words of one transcript are gone before the next."""
    list(engine.entities("Warming up with Sarah."))
    before = len(ner.load().vocab.strings)
    for number in range(20):
        list(engine.entities(f"Somebody called Zq{number}xw came to Vb{number}kk."))
    assert len(ner.load().vocab.strings) == before


def test_the_model_has_an_identity() -> None:
    """Name, version and a digest go into every run's record."""
    name, version, digest = model.model_identity()
    assert name == "en_core_web_md"
    assert version
    assert len(digest) == 64


def test_a_missing_model_is_a_settings_error_without_its_name() -> None:
    """The message says what to do and shows no value."""
    with pytest.raises(SettingsError) as caught:
        ner.load("no_such_model_xyz")
    assert "no_such_model_xyz" not in str(caught.value)
