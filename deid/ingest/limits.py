"""How much a raw file may ask of this machine before it is refused.

The figures are far above any honest interview (three hours of talk are about 30,000 words, 200 kB
of text, 2 MB of Word file with pictures) and far below what would hurt a trust's server. A file
past a limit is refused as a whole: a transcript is never cut to fit.
"""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused as too large.

    Attributes:
        file_bytes: Size of the raw file on disk.
        line_chars: Characters of one line, and of one turn, of text.
        lines: Lines of text in one file.
        turns: Turns of one transcript.
        unpacked_bytes: Declared size of everything in a zip container together.
        part_bytes: Declared size of one XML part in a zip container.
        ratio: Unpacked to packed size of one part of more than a megabyte.
        parts: Parts in a zip container.
        depth: Nesting of XML elements or of JSON values.
        cells: Rows times columns of one worksheet.
    """

    file_bytes: int = 50 * MEGABYTE
    line_chars: int = 500_000
    lines: int = 300_000
    turns: int = 100_000
    unpacked_bytes: int = 200 * MEGABYTE
    part_bytes: int = 64 * MEGABYTE
    ratio: int = 200
    parts: int = 5_000
    depth: int = 200
    cells: int = 5_000_000
