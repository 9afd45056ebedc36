"""RTF sorted into sources before striprtf reads them.

striprtf leaves out headers, footers, notes, comments, text boxes, hidden and deleted text without
a word, and copies link targets into the text. So the groups and stretches that hold them are
routed, token by token, into sources of their own; an anchor stays where each of them stood. Cells
and rows are marked too. The marks are private-use characters, which no transcript holds.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from deid.errors import InputError, Reason
from deid.transcript import TurnKind

CELL, ROW, ANCHOR, ANCHOR_END = "\ue000", "\ue001", "\ue002", "\ue003"

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<value>-?\d{1,10})?[ ]?|\\'[0-9a-fA-F]{2}|\\[^a-zA-Z]|[{}]"
    r"|[^\\{}]+",
    re.DOTALL,
)
_OPEN, _CLOSE, _STAR = "{", "}", "\\*"
_HEADERS = ("header", "headerl", "headerr", "headerf")
_FOOTERS = ("footer", "footerl", "footerr", "footerf")
_ROUTES = {
    **dict.fromkeys(_HEADERS, TurnKind.HEADER),
    **dict.fromkeys(_FOOTERS, TurnKind.FOOTER),
    "footnote": TurnKind.FOOTNOTE,
    "annotation": TurnKind.COMMENT,
    "shptxt": TurnKind.TEXT_BOX,
    "dptxbxtext": TurnKind.TEXT_BOX,
}
_COUNTED = {
    "pict": "image",
    "object": "embedded-object",
    "fldinst": "field-code",
    "atnauthor": "comment-author",
    "atnid": "",
    "nonshppict": "",
    "shprslt": "",
    "info": "",
}
_MARKS = {"cell": "{\\uc1\\u57344?}", "row": "{\\uc1\\u57345?}", "nestcell": "\\tab "}
_SHARED = frozenset({"f", "uc", "plain", "pard"})


@dataclass(frozen=True, slots=True)
class _State:
    """What a brace opens and its partner closes."""

    stream: int = 0
    skipped: bool = False
    hidden: int = 0
    deleted: bool = False
    fonts: bool = False


@dataclass
class Sorted:
    """The sources: the body first, then whatever stood beside it; anchors tell their number.

    Attributes:
        streams: Kind and RTF source (without braces around it) of each.
        dropped: What was left out, counted.
        preamble: Control words of the whole document that say how bytes are read.
        charsets: Character set of each font, by its number.
    """

    streams: list[tuple[TurnKind, list[str]]] = field(
        default_factory=lambda: [(TurnKind.SPEECH, [])], repr=False
    )
    dropped: Counter[str] = field(default_factory=Counter)
    preamble: str = field(default="", repr=False)
    charsets: dict[str, str] = field(default_factory=dict, repr=False)

    def source(self, stream: int) -> str:
        """A whole RTF document of one stream, in the body's encoding and fonts."""
        fonts = "".join(f"{{\\f{font}\\fcharset{set_} x;}}" for font, set_ in self.charsets.items())
        head = f"{{\\rtf1{self.preamble}{{\\fonttbl{fonts}}} "
        return head + "".join(self.streams[stream][1]) + "}"


def sort(source: str) -> Sorted:
    """Sort an RTF document.

    Raises:
        InputError: TRUNCATED where a brace is never closed, MALFORMED where a control word breaks
            off.
    """
    sorter = _Sorter()
    at = 0
    while at < len(source):
        token = _TOKEN.match(source, at)
        if token is None:
            break
        at = token.end()
        if token["word"] == "bin":
            at += max(0, int(token["value"] or 0))
        elif sorter.take(token[0], token["word"] or "", token["value"]):
            return sorter.found
    raise InputError(Reason.TRUNCATED, detail="a brace is never closed")


class _Sorter:
    """Takes tokens; holds the stack of groups."""

    def __init__(self) -> None:
        self.found = Sorted()
        self._state = _State()
        self._stack: list[_State] = []
        self._first = self._starred = False
        self._font = ""

    def take(self, token: str, word: str, value: str | None) -> bool:
        """Route one token; whether it closed the document."""
        if token == _OPEN:
            self._stack.append(self._state)
            self._first = True
            self._put(token)
            return False
        if token == _CLOSE:
            return self._close()
        if token == _STAR and self._first:
            self._starred = True
            return False
        routed = self._first and word in (*_ROUTES, *_COUNTED)
        if self._starred and not routed:
            self._text("\\*")
        self._starred = False
        if word:
            self._word(token, word, value)
        else:
            self._text(token)
        self._first = False
        return False

    def _close(self) -> bool:
        if not self._stack:
            return True
        inside, self._state = self._state, self._stack.pop()
        self._first = False
        if inside.stream != self._state.stream:
            self.found.streams[inside.stream][1].append("}")
        self._put("}")
        return not self._stack

    def _word(self, token: str, word: str, value: str | None) -> None:
        if self._first and word in _COUNTED:
            self._skip(_COUNTED[word])
        elif self._first and word in _ROUTES and not self._state.skipped:
            self._branch(_ROUTES[word])
        elif word == "fonttbl":
            self._state = replace(self._state, skipped=True, fonts=True)
        elif self._state.skipped:
            self._charset(word, value or "0")
        elif word in ("v", "deleted"):
            (self._hide if word == "v" else self._delete)(on=value != "0")
        elif word in _MARKS:
            self._text(_MARKS[word])
        elif word in _SHARED:
            if word == "plain":
                self._state = replace(self._state, hidden=0, deleted=False)
            self._put(token)
        else:
            if word in ("ansicpg", "deff") and len(self._stack) == 1:
                self.found.preamble += token
            self._text(token)

    def _skip(self, what: str) -> None:
        """Leave out the rest of this group."""
        self.found.dropped[what] += bool(what) and not self._state.skipped
        self._state = replace(self._state, skipped=True)

    def _charset(self, word: str, value: str) -> None:
        """Of the font table only the character sets matter; striprtf is given these alone."""
        if word == "f":
            self._font = value
        elif word == "fcharset" and self._state.fonts:
            self.found.charsets[self._font] = value

    def _branch(self, kind: TurnKind) -> None:
        """Send the rest of this group to a stream of its own, an anchor in its place."""
        self._anchor()
        self.found.streams.append((kind, ["{"]))
        self._state = _State(stream=len(self.found.streams) - 1)

    def _hide(self, *, on: bool) -> None:
        if on and not self._state.hidden:
            self._anchor()
            self.found.streams.append((TurnKind.HIDDEN, []))
            self._state = replace(self._state, hidden=len(self.found.streams) - 1)
        elif not on:
            self._state = replace(self._state, hidden=0)

    def _anchor(self) -> None:
        """The number of the stream that comes next, between marks, where it stood."""
        number = len(self.found.streams)
        self._text(f"{{\\uc1\\u{ord(ANCHOR)}?{number}\\u{ord(ANCHOR_END)}?}}")

    def _delete(self, *, on: bool) -> None:
        self.found.dropped["deleted-run"] += on and not self._state.deleted
        self._state = replace(self._state, deleted=on)

    def _text(self, token: str) -> None:
        state = self._state
        if state.skipped or state.deleted:
            return
        if state.hidden:
            self.found.streams[state.hidden][1].append(token)
        else:
            self._put(token)

    def _put(self, token: str) -> None:
        """Into the stream of the group, hidden or not: braces and fonts hold for both."""
        self.found.streams[self._state.stream][1].append(token)
