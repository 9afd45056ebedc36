"""What is written in one case within a transcript that has capitals elsewhere.

Captions and notes typed in haste stand beside sentences in one file. Capitals tell nothing in those
turns, so that they are read by themselves: as the same text, the other turns blank, offsets kept.
"""

from collections.abc import Iterator

from deid.detect.spoken.heard.words import is_cased

_FEWEST = 40


def of_one_case(text: str) -> Iterator[str]:
    """The turns without capitals, and those in capitals alone, of a text that has both.

    Only where two turns or more follow one another so, or one long one does.
    """
    if not is_cased(text):
        return
    lines = text.split("\n")
    for plain in (str.lower, str.upper):
        kept = _in_runs([_letters(line) if line == plain(line) else 0 for line in lines], lines)
        if any(kept):
            yield "\n".join(
                line if keep else " " * len(line) for line, keep in zip(lines, kept, strict=True)
            )


def _letters(line: str) -> int:
    return sum(map(str.isalpha, line))


def _in_runs(letters: list[int], lines: list[str]) -> list[bool]:
    """Which lines stand in a run with letters enough; a line without any letter ends none."""
    kept, first = [False] * len(lines), 0
    for line in range(len(lines) + 1):
        if line < len(lines) and (letters[line] or not _letters(lines[line])):
            continue
        if sum(letters[first:line]) >= _FEWEST:
            kept[first:line] = [True] * (line - first)
        first = line + 1
    return kept
