"""Gold files written on the spot."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write records (dicts, or lines as they are) to a file of the given name."""

    def write_records(*records: Any, name: str = "gold.jsonl") -> Path:
        lines = [one if isinstance(one, str) else json.dumps(one) for one in records]
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write_records
