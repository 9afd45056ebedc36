"""How well detection was measured, version by version, as released bundles say it."""

import json
from collections.abc import Mapping
from typing import Any

from deid.bundle import MANIFEST
from deid.review.desk import Desk


def recall_by_version(desk: Desk) -> Mapping[str, float]:
    """Mentions caught in a hundred, by the program's version and release; {} without figures."""
    found: dict[str, float] = {}
    for manifest in sorted(desk.workspace.outbox.glob(f"*/{MANIFEST}")):
        told: dict[str, Any] = json.loads(manifest.read_bytes())
        types = told.get("measured", {}).get("types", {}).values()
        total = sum(each["total"] or 0 for each in types)
        if total:
            caught = sum(each["caught"] or 0 for each in types)
            version = ", ".join(told["versions"].get("code_version", []))
            found[f"{version} in {told['release']}"] = round(100 * caught / total, 1)
    return found
