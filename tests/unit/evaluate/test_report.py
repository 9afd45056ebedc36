"""Table and JSON hold figures only; the page holds speech, escaped, and says so."""

import json
import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from deid.evaluate import (
    Evaluation,
    GoldError,
    Item,
    PredictedSpan,
    evaluate,
    render_table,
    to_json,
    write_html,
)

from .made import span_of

TEXT = "Canary: It's <script>alert(1)</script> & Birdsong, from Perchton"
VOID = {"meta", "line", "rect"}


def nothing(items: Sequence[Item]) -> Sequence[Sequence[PredictedSpan]]:
    """A system that finds nothing."""
    return [[] for _ in items]


def scripts(items: Sequence[Item]) -> Sequence[Sequence[PredictedSpan]]:
    """A system that takes markup for a person."""
    return [[PredictedSpan(13, 38, "PERSON", recogniser="ner")] for _ in items]


@pytest.fixture
def evaluation(write: Callable[..., Path]) -> Evaluation:
    """Both systems on one hostile item."""
    spans = [
        span_of(TEXT, "Canary", "SPEAKER"),
        span_of(TEXT, "Birdsong", form="written", origin="welsh"),
        span_of(TEXT, "Perchton", "LOCATION"),
    ]
    path = write({"id": "<i>x</i>", "text": TEXT, "spans": spans, "format": "vtt", "case": "lower"})
    return evaluate(path, predict=scripts, baselines={"presidio": nothing})


def test_systems_stand_side_by_side_ours_first(evaluation: Evaluation) -> None:
    """The same items, in the same run."""
    assert [system.name for system in evaluation.systems] == ["deid", "presidio"]
    assert {system.words for system in evaluation.systems} == {6}


def test_the_terminal_shows_every_cut_and_no_text(evaluation: Evaluation) -> None:
    """What scrolls by in a terminal may be seen by anyone."""
    console = Console(width=200, record=True, file=open("/dev/null", "w"))  # noqa: PTH123, SIM115  a sink
    console.print(render_table(evaluation))
    shown = console.export_text()
    for wanted in ("By type", "F2", "missed per 10,000 words", "vtt", "welsh", "written", "0/1"):
        assert wanted in shown
    for hidden in ("Canary", "Birdsong", "Perchton", "script"):
        assert hidden not in shown


def test_json_holds_figures_only(evaluation: Evaluation) -> None:
    """It can be kept with a run's evidence and leave the trust."""
    raw = to_json(evaluation)
    ours = json.loads(raw)["systems"][0]
    assert ours["types"]["PERSON"]["total"] == 1
    assert ours["types"]["PERSON"]["precision"] == 0.0
    assert ours["plain_words_removed"] == 1
    assert {cut["axis"] for cut in ours["slices"]} >= {"form", "origin", "format", "source"}
    assert not re.search("Canary|Birdsong|Perchton|script", raw)


def test_the_same_evaluation_gives_the_same_json(evaluation: Evaluation) -> None:
    """So that two runs can be compared with diff."""
    assert to_json(evaluation) == to_json(evaluation)


class _Reader(HTMLParser):
    """Tags in order, and the attributes that could fetch something."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.fetches: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name in {"src", "srcset", "href", "action"} and not (value or "").startswith("#"):
                self.fetches.append(value or "")
            if name == "id":
                self.ids.append(value or "")

    def handle_startendtag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_escaped_and_fetches_nothing(
    evaluation: Evaluation, tmp_path: Path
) -> None:
    """Speech in it can run no script; the page needs no file beside it."""
    page = write_html(evaluation, tmp_path / "report")
    html = page.read_text(encoding="utf-8")
    reader = _Reader()
    reader.feed(html)
    assert reader.open == []
    assert "script" not in reader.tags
    assert "i" not in reader.tags
    assert reader.fetches == []
    assert len(reader.ids) == len(set(reader.ids))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_the_page_says_that_it_must_not_leave(evaluation: Evaluation, tmp_path: Path) -> None:
    """Before the first figure; and only its owner can read it."""
    page = write_html(evaluation, tmp_path / "report")
    html = page.read_text(encoding="utf-8")
    assert html.index("must not leave the trust") < html.index("<main>")
    assert page.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in page.parent.iterdir()] == [page.name]


def test_the_page_draws_and_names_what_was_missed_and_needless(
    evaluation: Evaluation, tmp_path: Path
) -> None:
    """Every missed mention in context, every needless span, both themes, drawings with words."""
    html = write_html(evaluation, tmp_path).read_text(encoding="utf-8")
    assert "<mark>Birdsong</mark>" in html
    assert "Needlessly removed by deid" in html
    assert html.count('role="img"') >= 4
    assert "prefers-color-scheme: dark" in html
    assert 'lang="en-GB"' in html


def test_a_folder_that_cannot_be_written_is_said_so(evaluation: Evaluation, tmp_path: Path) -> None:
    """The message does not repeat the path, which may hold a name."""
    (tmp_path / "Canary").write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(GoldError, match="cannot be written") as caught:
        write_html(evaluation, tmp_path / "Canary")
    assert "Canary" not in str(caught.value)
