"""Bytes to text, in a strict order that never guesses where it can know.

A byte order mark decides; else valid UTF-8; else the zero bytes that UTF-16 leaves in Latin text;
else Windows-1252, which is what Word and Windows save in Britain; charset-normalizer is asked
only where that too is impossible. Characters are kept as they are (non-breaking spaces, curly
quotes, soft hyphens, zero-width characters); only CRLF and CR become LF.
"""

import codecs

from charset_normalizer import from_bytes

from deid.errors import InputError, Reason
from deid.ingest.limits import Limits

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096
_KEPT_CONTROLS = frozenset("\t\n\r\v\f\x1c\x1d\x1e\x1f\x85")
_CONTROL_SHARE = 0.02


def decode(data: bytes, *, limits: Limits, lines: bool = True) -> str:
    """The text of a plain file, line feeds only. Line length counts only with ``lines``.

    Raises:
        InputError: ENCODING where no reading is possible, BINARY where the result is not text,
            TOO_LARGE where a line is, EMPTY where there is nothing but white space.
    """
    text = _decode(data).replace("\r\n", "\n").replace("\r", "\n")
    check_text(text)
    if not text.strip():
        raise InputError(Reason.EMPTY, detail="white space only")
    if lines:
        check_lines(text, limits=limits)
    return text


def check_lines(text: str, *, limits: Limits) -> None:
    """Refuse a text of too many lines, or with one that is too long.

    Raises:
        InputError: TOO_LARGE.
    """
    if text.count("\n") > limits.lines:
        raise InputError(Reason.TOO_LARGE, detail=f"more than {limits.lines} lines")
    if max(map(len, text.split("\n"))) > limits.line_chars:
        raise InputError(Reason.TOO_LARGE, detail=f"a line of more than {limits.line_chars}")


def _decode(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name)
    wide = _wide(data[:_SAMPLE])
    if wide:
        return _strictly(data, wide)
    for name in ("utf-8", "cp1252"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    best = from_bytes(data).best()
    if best is None:
        raise InputError(Reason.ENCODING, detail="no encoding fits")
    return _strictly(data, best.encoding)


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        raise InputError(Reason.ENCODING, detail=f"not valid {name}") from None


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: in Latin text every other byte is zero."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    pairs = len(sample) // 2
    if pairs and odd > 0.4 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if pairs and even > 0.4 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return ""


def check_text(text: str) -> None:
    """Refuse what no transcript holds: NUL, many control characters, half a surrogate pair.

    Raises:
        InputError: BINARY or ENCODING.
    """
    if "\0" in text:
        raise InputError(Reason.BINARY, detail="NUL characters")
    controls = sum(1 for char in text if char < " " and char not in _KEPT_CONTROLS)
    if controls > _CONTROL_SHARE * len(text):
        raise InputError(Reason.BINARY, detail=f"{controls} control characters")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise InputError(Reason.ENCODING, detail="half a surrogate pair") from None
