"""deid.golden: what people decided becomes gold that `deid evaluate` reads."""

import stat
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from deid.audit import EventType, read
from deid.errors import ReviewError
from deid.evaluate import read_gold
from deid.golden import write_gold
from deid.review.desk import Desk

from . import desks
from .test_transcript import NEEDLESS, at, done


def test_corrections_become_gold(carl: TestClient, own: Desk, tmp_path: Path) -> None:
    """What was marked is in it, what was needless is not; where nobody decided is left out."""
    done(carl, at(own, more="/decisions"), kind="mask", turn="0", words="Bramhall", reach="study")
    done(carl, at(own, more="/decisions"), reach="here", **NEEDLESS)
    out = tmp_path / "gold.jsonl"
    made = write_gold(own.root, None, out, actor="system.tester")
    assert (made.transcripts, made.spans, made.left_out) == (1, 2, 0)
    (item,) = read_gold([out])
    said = [item.text[span.start : span.end] for span in item.spans]
    assert (said, item.id) == (["Oyelaran", "Bramhall"], desks.ids(own.root)["1.txt"])
    assert item.text.splitlines()[1] == "P1: It was Sunday then."
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    event = list(read(own.workspace.events, types=(EventType.REVIEW_OPENED,)))[-1]
    assert (event.actor, event.subject, event.facts["gold"]) == ("system.tester", item.id, 2)


def test_a_changed_type_is_gold_under_the_new_one(
    carl: TestClient, own: Desk, tmp_path: Path
) -> None:
    """In both transcripts that say it, for a reach of the study."""
    asked = NEEDLESS | {"kind": "retype", "entity_type": "LOCATION"}
    done(carl, at(own, more="/decisions"), reach="study", **asked)
    out = tmp_path / "gold.jsonl"
    write_gold(own.root, None, out, actor="system.tester")
    (item,) = read_gold([out])
    labels = {item.text[span.start : span.end]: span.label.value for span in item.spans}
    assert labels == {"Oyelaran": "PERSON", "Sunday": "LOCATION"}


def test_gold_is_refused_inside_of_the_workspace_and_when_there_is_none(
    own: Desk, tmp_path: Path
) -> None:
    """Raw speech must not come to stand among outputs."""
    with pytest.raises(ReviewError, match="outside"):
        write_gold(own.root, None, own.workspace.outbox / "gold.jsonl", actor="system.tester")
    with pytest.raises(ReviewError, match="no decision"):
        write_gold(own.root, None, tmp_path / "gold.jsonl", actor="system.tester")
    assert not (tmp_path / "gold.jsonl").exists()
