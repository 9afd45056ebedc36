"""A fresh look at what is about to leave, held against the configured threshold."""

import json
import re
from collections.abc import Callable, Iterator, Sequence

import pytest

from deid.errors import BundleError
from deid.release import Releases, State, build
from deid.transcript import Detection, EntityType, Part, Place, Transcript
from deid.verify.lexicon import common_word
from deid.workspace import Workspace

from . import study

type Detect = Callable[[Transcript], Iterator[Detection]]


def finding(pattern: str, kind: EntityType = EntityType.PERSON) -> Detect:
    """A detection that finds a pattern in text and labels."""

    def detect(transcript: Transcript) -> Iterator[Detection]:
        for turn in transcript.turns:
            for part in Part:
                for found in re.finditer(pattern, turn.part(part)):
                    place = Place(turn.number, part, *found.span())
                    yield Detection(place, kind, 0.9, "test", "pattern")

    return detect


def built(releases: Releases, detect: Detect) -> Sequence[dict[str, object]]:
    """The residual check in the manifest of a release that is built with this detection."""
    release_id = study.approved(releases)
    ash = study.account(releases, "ash")
    folder = build(releases, ash, release_id, is_common=common_word, detect=detect)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return [check for check in manifest["checks"] if check["name"] == "residual-detections"]


@pytest.mark.parametrize(
    "detect",
    [
        finding("Marguerite"),
        finding(r"\[Participant 1\]"),
        finding(r"Participant"),
        finding("seven out of ten", EntityType.AGE),
        finding("three weeks", EntityType.DATE_TIME),
    ],
)
def test_what_was_replaced_or_is_kept_is_no_finding(releases: Releases, detect: Detect) -> None:
    """Nothing there, a pseudonym or a part of one, and what the policy only makes coarser."""
    assert built(releases, detect) == [
        {
            "name": "residual-detections",
            "threshold": 5,
            "result": 0,
            "meaning": "turns in 10000 words with something that looks like an identifier",
        }
    ]


def test_too_much_stops_the_build(releases: Releases) -> None:
    """The message tells where the first is, and not what."""
    with pytest.raises(BundleError, match="residual_per_10000_words") as error:
        built(releases, finding("three weeks"))
    assert (f"{study.FIRST}, turn 2" in str(error.value), "weeks" in str(error.value)) == (
        True,
        False,
    )
    assert list(releases.site.workspace.outbox.iterdir()) == []
    assert releases.standings()[0].release.state is State.APPROVED


def test_a_name_beside_a_pseudonym_is_a_finding(made: Workspace) -> None:
    """A finding that reaches out of the brackets counts for what is left of it."""
    study.finish(made, study.FIRST, said=[("[Nurse 2]", "[Person 4] Achterberg came.")])
    with study.opener(made)() as releases, pytest.raises(BundleError, match="residual"):
        built(releases, finding(r"\[Person 4\] Achterberg"))


def test_the_threshold_is_configured(made: Workspace) -> None:
    """A trust may allow more, knowingly; the manifest then says what was allowed."""
    config = made.root / "config" / "deid.yaml"
    text = config.read_text(encoding="utf-8")
    assert "residual_per_10000_words: 5\n" in text
    config.write_text(
        text.replace("residual_per_10000_words: 5", "residual_per_10000_words: 10000"),
        encoding="utf-8",
    )
    with study.opener(made)() as releases:
        (check,) = built(releases, finding("three weeks"))
    assert check["threshold"] == 10000
    assert check["result"] == 2 * 10_000 / 40  # one turn in each transcript of twenty words
