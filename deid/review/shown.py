"""Text of the data on a page: escaped, and with every character that hides or acts made visible.

A transcript may hold terminal escapes, direction overrides or zero-width characters, by accident
or on purpose. On a page each of them stands as its code point in a box, so that what a checker
reads is what the file holds.
"""

import re
import unicodedata

from markupsafe import Markup, escape

_HARMLESS = frozenset("\n\t")
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_PIECES = re.compile(r"[\x20-\x7e\n]+|.", re.DOTALL)


def is_hidden(character: str) -> bool:
    """Whether a character shows nothing of itself, or acts on what stands around it."""
    return character not in _HARMLESS and unicodedata.category(character) in _HIDDEN


def shown(text: str) -> Markup:
    """A text as markup; a hidden character is one box, which scripts count as one character."""
    if text.isprintable():
        return escape(text)
    return Markup().join(map(_piece, _PIECES.findall(text)))


def _piece(piece: str) -> Markup:
    if not is_hidden(piece[0]):
        return escape(piece)
    return Markup('<span class="hidden-character" data-characters="1">U+{:04X}</span>').format(
        ord(piece)
    )
