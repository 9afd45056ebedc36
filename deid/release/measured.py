"""How well detection was measured, as it may stand in a manifest: figures out of a report.

The report is ``evaluation.json`` of ``deid evaluate --report``. Only known keys and numbers are
taken over, so that nothing else can travel in it.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deid.errors import ReleaseError

_NO_REPORT = "evaluation: is not the evaluation.json of `deid evaluate`"
_LABEL = re.compile(r"[A-Z_]{1,32}")
_FIGURES = ("caught", "total", "recall", "precision")
_WHOLE = ("words", "missed_per_10000_words", "plain_words_removed_share")


def measured_from(report: Path) -> dict[str, Any]:
    """The figures of a report in a file: :func:`measured_in`.

    Raises:
        ReleaseError: The file cannot be read, or is no report of ``deid evaluate``.
    """
    try:
        return measured_in(report.read_bytes())
    except OSError:
        raise ReleaseError(_NO_REPORT) from None


def measured_in(data: bytes) -> dict[str, Any]:
    """Figures by type, on the whole, and the SHA-256 of the report that they come from.

    Raises:
        ReleaseError: These bytes are no report of ``deid evaluate``.
    """
    try:
        told = json.loads(data)
        system = told["systems"][0]
        types = {_label(name): _type(figures) for name, figures in system["types"].items()}
        whole = {name: _number(system[name]) for name in _WHOLE}
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        raise ReleaseError(_NO_REPORT) from None
    return {"report": hashlib.sha256(data).hexdigest(), "types": types, **whole}


def _type(figures: Mapping[str, Any]) -> dict[str, object]:
    return {
        **{name: _number(figures[name]) for name in _FIGURES},
        "interval": [_number(bound) for bound in figures["interval"]],
    }


def _label(name: str) -> str:
    if not _LABEL.fullmatch(name):
        raise ValueError
    return name


def _number(value: object) -> float | None:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    raise ValueError
