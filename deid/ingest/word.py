"""Word files (.docx), as transcription services send them.

python-docx opens the package and finds its parts; :mod:`deid.ingest.wordml` reads their text.
Headers come first, then the body in its order, then notes that nothing refers to, then footers.
Core and custom properties (author, last modified by, company) and the names of commenters are
never read.
"""

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml

from deid.ingest import archive, document
from deid.ingest.drafts import Draft, finish
from deid.ingest.limits import Limits
from deid.ingest.wordml import Story, W, hidden_styles
from deid.transcript import Transcript, TurnKind

_NOTES = (
    (RT.FOOTNOTES, "footnote", "footnoteReference", TurnKind.FOOTNOTE),
    (RT.ENDNOTES, "endnote", "endnoteReference", TurnKind.FOOTNOTE),
    (RT.COMMENTS, "comment", "commentReference", TurnKind.COMMENT),
)
_RULES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read(data: bytes, limits: Limits) -> Transcript:
    """Read a .docx file.

    Raises:
        InputError: as :func:`deid.ingest.archive.check` and :func:`deid.ingest.drafts.finish`.
    """
    archive.check(data, ".docx", limits=limits)
    main = docx.Document(io.BytesIO(data)).part
    styles = [_root(part) for part in _related(main, RT.STYLES)]
    story = Story(frozenset().union(*map(hidden_styles, styles)))
    _gather_notes(main, story)
    found = list(_drafts(main, story))
    story.dropped["glossary"] += len(_related(main, RT.GLOSSARY_DOCUMENT))
    return finish(found, format="docx", limits=limits, dropped=story.dropped)


def _drafts(main: Any, story: Story) -> Iterator[Draft]:
    yield from _margins(main, story, RT.HEADER, TurnKind.HEADER)
    yield from document.turns(list(story.blocks(main.element.body)))
    for key in list(story.notes):
        yield from story.notes.pop(key)
    yield from _margins(main, story, RT.FOOTER, TurnKind.FOOTER)


def _margins(main: Any, story: Story, kind_of_part: str, kind: TurnKind) -> Iterator[Draft]:
    """Headers or footers; the same words on first, odd and even pages count once."""
    seen: set[tuple[TurnKind, str]] = set()
    for part in _related(main, kind_of_part):
        for draft in document.marginal(story.blocks(_root(part)), kind):
            if (draft.kind, draft.text) not in seen:
                seen.add((draft.kind, draft.text))
                yield draft


def _gather_notes(main: Any, story: Story) -> None:
    for kind_of_part, tag, reference, kind in _NOTES:
        for part in _related(main, kind_of_part):
            for note in _root(part).iter(W + tag):
                if note.get(W + "type") in _RULES:
                    continue
                key = (W + reference, note.get(W + "id", ""))
                story.notes[key] = tuple(document.marginal(story.blocks(note), kind))
                story.dropped["comment-author"] += kind is TurnKind.COMMENT


def _related(main: Any, kind_of_part: str) -> list[Any]:
    """Parts of the package that the main part refers to, each once, in the order of its ids."""
    parts: dict[int, Any] = {}
    for _, relation in sorted(main.rels.items(), key=lambda item: (len(item[0]), item[0])):
        if relation.reltype == kind_of_part and not relation.is_external:
            parts.setdefault(id(relation.target_part), relation.target_part)
    return list(parts.values())


def _root(part: Any) -> Any:
    """A part's XML; python-docx parses some parts and keeps others as bytes."""
    element = getattr(part, "element", None)
    return parse_xml(part.blob) if element is None else element
