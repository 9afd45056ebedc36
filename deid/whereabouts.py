"""Where an unexpected error happened, told without any of its values."""

import traceback
from pathlib import Path

_FOLDERS = (Path(__file__).parent, Path(__file__).parent.parent / "flows")


def place_of(error: BaseException) -> str:
    """`` at deid/store/staging.py:41``: the innermost line of this project, else ""."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        for folder in _FOLDERS:
            if path.is_relative_to(folder):
                return f" at {folder.name}/{path.relative_to(folder)}:{frame.lineno}"
    return ""
