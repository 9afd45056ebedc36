"""What the tests of the documentation share: its pages, their links, and what they tell to run."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
_LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
_COMMAND = re.compile(r"^ *deid [^\n#]*|`(deid [^`]+)`", re.MULTILINE)


def tracked() -> list[Path]:
    """Every file in git, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    return [Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()]


def pages() -> list[Path]:
    """Every Markdown page of the project itself."""
    return [path for path in tracked() if path.suffix == ".md"]


def links(page: Path) -> Iterator[str]:
    """Where a page points within the project, without fragments."""
    for target in _LINK.findall((ROOT / page).read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("#"):
            yield target.partition("#")[0]


def commands(text: str) -> list[str]:
    """Every `deid …` that a text tells to run, in a block or in backquotes."""
    found = (match[1] or match[0] for match in _COMMAND.finditer(text))
    return [command.strip() for command in found]
