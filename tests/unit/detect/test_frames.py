"""Where people stand in a sentence, and where a word that is also a name does not."""

import pytest

from deid.detect.speech import Speech
from deid.detect.words.frames import Frame, again, frame_at
from deid.detect.words.tokens import Tokens, tokens_of


def _at(marked: str) -> tuple[Tokens, int]:
    """Tokens of a text, and the place of the word with a star before it."""
    start = marked.index("*")
    text = marked.replace("*", "")
    tokens = tokens_of(Speech(text, (0,), ("",)))
    return tokens, tokens.starts.index(start)


@pytest.mark.parametrize(
    "text",
    [
        "*will reckons so",
        "and *will started coming",
        "*hope said no",
        "*hope used to be a nurse",
        "it's *will's turn",
    ],
)
def test_a_verb_that_no_plain_word_takes_proves_a_name(text: str) -> None:
    """A modal takes no past and no verb in "-s"; a noun says nothing."""
    assert frame_at(*_at(text)) is Frame.PROVEN


@pytest.mark.parametrize(
    "text", ["i rang *olive up", "everyone goes to *pat for advice", "when *pearl came home"]
)
def test_people_mostly_stand_there(text: str) -> None:
    """Likely, so that the word itself has to be a name too."""
    assert frame_at(*_at(text)) is Frame.LIKELY


@pytest.mark.parametrize(
    "text",
    [
        "he *will say so",
        "the *hope was gone",
        "in *may said the man",
        "i asked *may i go",
        "i *hope so",
        "it was pure *joy",
    ],
)
def test_a_plain_word_stays_one(text: str) -> None:
    """A determiner, a subject or a date before it, or a verb's company, says no."""
    assert frame_at(*_at(text)) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("me and *will went", True),
        ("then *hope would ring", True),
        ("i *hope so", False),
        ("she *will come", False),
        ("*will you come", False),
    ],
)
def test_a_known_name_comes_again_where_nothing_speaks_against_it(text: str, name: bool) -> None:
    """Somebody here is called Will; not every "will" is them."""
    assert again(*_at(text)) is name
