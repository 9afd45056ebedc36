"""The family as its users see it: settings, scores, determinism, safety of its patterns."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants, _parser  # type: ignore[attr-defined]  # no public way to a parsed pattern

import pytest

from deid import detect
from deid.detect.speech import Hit, Recogniser, Speech
from deid.detect.spoken import family
from deid.errors import SettingsError
from deid.transcript import EntityType, Transcript, Turn


def _find(text: str, *, using: tuple[Recogniser, ...] | None = None) -> list[Hit]:
    turns = tuple(Turn(number, line) for number, line in enumerate(text.split("\n")))
    speech = Speech.of(Transcript(turns, format="test"))
    return family.find(speech, using=using)


def test_a_trusts_own_pattern_raises_the_score() -> None:
    """A number in the trust's form near a cue scores higher than one that is not."""
    own = family.recognisers(medical_record_patterns=(r"Z\d{5}",))
    (hit,) = _find("hospital number Z98765", using=own)
    (other,) = _find("hospital number Y98765", using=own)
    assert hit.entity_type is other.entity_type is EntityType.MEDICAL_RECORD
    assert hit.score > other.score


def test_a_trusts_own_pattern_needs_no_cue() -> None:
    """It is masked wherever it stands, said or written; a number of a usual form is not."""
    own = family.recognisers(medical_record_patterns=(r"Z\d{5}",))
    text = "so this is Z98765, or Z nine, eight seven, six five, not Y98765"
    assert [text[hit.start : hit.end] for hit in _find(text, using=own)] == [
        "Z98765",
        "Z nine, eight seven, six five",
    ]
    assert not _find("so this is K123456", using=own)


def test_a_trusts_own_cue_is_a_cue() -> None:
    """Without it the number is left, with it it is found, said in words too."""
    text = "my wobble code is seven one four two two"
    assert not _find(text)
    (hit,) = _find(text, using=family.recognisers(medical_record_cues=("wobble code",)))
    assert hit.entity_type is EntityType.MEDICAL_RECORD


def test_a_pattern_that_is_none_is_refused_without_its_text() -> None:
    """The message names the setting, not the value."""
    with pytest.raises(SettingsError, match="medical_record_patterns") as caught:
        family.recognisers(medical_record_patterns=("[secret",))
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_the_check_digit_raises_the_score_and_never_vetoes() -> None:
    """Near a cue a wrong number is found with a lower score than a right one."""
    (right,) = _find("NHS number 999 000 0018")
    (wrong,) = _find("NHS number 999 000 0019")
    assert right.entity_type is wrong.entity_type is EntityType.UK_NHS
    assert right.score > wrong.score


def test_without_a_cue_the_check_digit_decides() -> None:
    """Ten bare digits are an NHS number only when valid."""
    assert _find("it was 999 000 0018 I think")
    assert not _find("it was 999 000 0019 I think")


def test_a_listeners_question_stays_uncovered() -> None:
    """An answer in pieces gives a hit for each piece."""
    text = "NHS number?\n999 000\nand the rest of it?\n0018"
    found = [text[hit.start : hit.end] for hit in _find(text)]
    assert found == ["999 000", "0018"]


def test_the_order_of_recognisers_is_free() -> None:
    """Each is pure: backwards they find the same."""
    speech = Speech("born in 1958, I'm 66, NHS number 999 000 0018", (0,), ("",))
    forwards = family.find(speech)
    assert forwards == family.find(speech, using=tuple(reversed(family.RECOGNISERS)))


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.walk_packages(detect.__path__, f"{detect.__name__}."):
        loaded = importlib.import_module(module.name)
        for name, value in vars(loaded).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name.removeprefix('deid.detect.')}.{name}", value


def _repeats(parsed: object, *, unbounded: bool = False) -> Iterator[bool]:
    """For each repetition without an upper bound, whether it stands inside another one."""
    for code, argument in parsed:  # type: ignore[attr-defined]  # the parser's own list type
        if code in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
            _, most, inner = argument
            endless = most is _constants.MAXREPEAT
            if endless:
                yield unbounded
            yield from _repeats(inner, unbounded=unbounded or endless)
        elif code is _constants.BRANCH:
            for branch in argument[1]:
                yield from _repeats(branch, unbounded=unbounded)
        elif code is _constants.SUBPATTERN:
            yield from _repeats(argument[-1], unbounded=unbounded)
        elif code in (_constants.ASSERT, _constants.ASSERT_NOT):
            yield from _repeats(argument[1], unbounded=unbounded)


def test_no_pattern_can_backtrack_without_bound() -> None:
    """No endless repetition stands in another, but where a fixed character separates the turns.

    The exceptions are the tokenisers' ``word(?:'word)*``, whose parts cannot overlap.
    """
    nested = {
        name for name, pattern in _patterns() if any(_repeats(_parser.parse(pattern.pattern)))
    }
    assert nested == {
        "register_names._WORD",
        "speakers._WORD",
        "spoken.heard.words._WORD",
        "words.tokens._WORD",
    }


_UNITS = [
    *("0", "0-", "a@", "a'", "1/", "x.", "[", "www.", "one ", "dot "),
    *("Flat six.\nFlat six?\n", "Ring 999.\nIs it a phone number?\n", "BS4 2PH, "),
    *("and the at x dot com ", "email?\nat a dot com. ", "info at\nYep.\nDot.\n"),
    *("A: dot com\n", "Is that 0YG or 0YJ?\nBN2 0YG\n", "born the fifth of May 1960 and so "),
]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", _UNITS)
def test_adversarial_repetition_is_read(unit: str) -> None:
    """A long run of what the patterns look for ends (the time limit is the judge)."""
    text = unit * (20_000 // len(unit))
    hits = family.find(Speech(text, (0,), ("",)))
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
