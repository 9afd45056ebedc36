"""The whole way once, with the model: raw files, a run, two votes, a bundle that names nobody."""

from collections.abc import Callable
from pathlib import Path

import pytest

from deid import audit, bundle
from deid.detect.engine import Detector
from deid.detect.words.gazetteer import is_common
from deid.release import build, open_releases
from deid.vault import TranscriptState

from . import study as helper

pytestmark = [pytest.mark.model, pytest.mark.slow]
_NAMES = ("Marguerite", "Oyelaran", "Wrenfield", "Salthouse", "999 000 0018", "kenji.b@example.org")


def test_from_raw_files_to_a_bundle(study: Path, run_here: Callable[..., object]) -> None:
    """What the run finished is released, and no name of the study stands in any byte of it."""
    run_here(study)
    with open_releases(study, hasher=helper.HASHER, clock=lambda: helper.TODAY) as releases:
        helper.add_accounts(releases)
        done = releases.vault.transcripts(state=TranscriptState.DONE)
        release = helper.requested(releases, *(each.transcript_id for each in done))
        for name in ("kim", "lee"):
            helper.voted(releases, release.release_id, name)
        ash = helper.account(releases, "ash")
        detector = Detector(releases.site.settings, releases.site.register)
        folder = build(
            *(releases, ash, release.release_id),
            is_common=is_common,
            detect=detector.detect,
        )
        key = releases.site.keys.public_key
        assert bundle.verify(folder, key).problem is None
        assert audit.verify(study, key).ok
        assert len(list(folder.glob("transcripts/*.txt"))) == len(release.files) > 0
    shown = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.txt"))
    shown += "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.[hjc]*"))
    assert not [name for name in _NAMES if name.casefold() in shown.casefold()]
