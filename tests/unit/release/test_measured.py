"""Figures of an evaluation go into the manifest, and nothing else of its report does."""

import json
from pathlib import Path
from typing import Any

import pytest

from deid.errors import ReleaseError
from deid.release import Releases, build, measured_from
from deid.verify.lexicon import common_word

from . import study

_PERSON = {"caught": 9, "total": 10, "recall": 0.9, "precision": None, "interval": [0.6, 0.98]}


def report(folder: Path, **changes: Any) -> Path:
    """A report with what is given instead."""
    system = {
        "name": "deid",
        "types": {"PERSON": {**_PERSON, "aside": "Marguerite"}},
        "words": 1000,
        "missed_per_10000_words": 10.0,
        "plain_words_removed_share": 0.001,
    }
    path = folder / "evaluation.json"
    path.write_text(json.dumps({"systems": [{**system, **changes}], "items": 3}), encoding="utf-8")
    return path


def test_figures_reach_manifest_and_page(releases: Releases, tmp_path: Path) -> None:
    """With the digest of the report; text that stood beside them does not."""
    measured = measured_from(report(tmp_path))
    release_id = study.approved(releases)
    ash = study.account(releases, "ash")
    folder = build(releases, ash, release_id, is_common=common_word, measured=measured)
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["measured"]
    assert told["types"] == {"PERSON": _PERSON}
    assert (told["words"], len(told["report"])) == (1000, 64)
    assert "How well names are found" in (folder / "summary.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "changes",
    [
        {"types": {"Marguerite": _PERSON}},
        {"types": {"PERSON": {**_PERSON, "recall": "Marguerite"}}},
        {"types": {"PERSON": {**_PERSON, "interval": "ab"}}},
        {"words": "many"},
        {"types": []},
    ],
)
def test_anything_else_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    """And not repeated."""
    with pytest.raises(ReleaseError, match="evaluation") as error:
        measured_from(report(tmp_path, **changes))
    assert "Marguerite" not in str(error.value)


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    """Missing, or not JSON."""
    (tmp_path / "x.json").write_text("{", encoding="utf-8")
    for name in ("x.json", "nowhere.json"):
        with pytest.raises(ReleaseError, match="evaluation"):
            measured_from(tmp_path / name)
