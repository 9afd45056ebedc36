"""The digest of the word lists: another list is another result, so each run records which."""

import hashlib
from functools import cache
from importlib import resources


@cache
def lists_digest() -> str:
    """SHA-256 over the names and contents of all files of ``deid/data``."""
    digest = hashlib.sha256()
    for file in sorted((resources.files("deid") / "data").iterdir(), key=lambda one: one.name):
        if file.is_file() and not file.name.endswith((".py", ".md")):
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            digest.update(f"{file.name}\0{content}\n".encode())
    return digest.hexdigest()
