"""A transcript as people read it: one paragraph a turn, the speaker in front.

The .txt, the .docx and the REFI-QDA source are all made from these paragraphs, so that they say
the same. Control characters, which Word cannot hold and a terminal would obey, are shown as the
replacement character; the Parquet has the text as it was.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from deid.transcript import TurnKind

_REPLACEMENT = "\ufffd"
_NEWLINES = {0x0D: None, 0x2028: "\n", 0x2029: "\n"}
_ALLOWED = frozenset("\n\t")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One turn.

    Attributes:
        label: The speaker's pseudonym, or the kind of a turn that is no speech; "" for neither.
        text: What was said, in lines.
    """

    label: str = field(repr=False)
    text: str = field(repr=False)

    def __str__(self) -> str:
        """The paragraph as plain text."""
        return f"{self.label}: {self.text}" if self.label else self.text


def paragraphs(turns: pa.Table) -> Iterator[Paragraph]:
    """The turns of one transcript, in order."""
    columns = (turns[name].to_pylist() for name in ("kind", "speaker", "text"))
    for kind, speaker, text in zip(*columns, strict=True):
        words = [] if kind == TurnKind.SPEECH else [f"({kind})"]
        label = " ".join([*words, speaker]) if speaker else "".join(words)
        yield Paragraph(_readable(label), _readable(text))


def plain_text(turns: pa.Table) -> str:
    """The whole transcript, a blank line between turns, line feeds only, ending in one."""
    return "".join(f"{paragraph}\n\n" for paragraph in paragraphs(turns)).rstrip("\n") + "\n"


def _readable(text: str) -> str:
    shown = text.replace("\r\n", "\n").translate(_NEWLINES)
    return "".join(c if c in _ALLOWED or _is_harmless(c) else _REPLACEMENT for c in shown)


def _is_harmless(character: str) -> bool:
    """Whether XML can hold it and a terminal only shows it."""
    return unicodedata.category(character) not in {"Cc", "Cs"} and character not in "\ufffe\uffff"
