"""The lists beside this file: comma-separated in YAML, written for this benchmark alone."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def table(name: str) -> Mapping[str, Any]:
    """One YAML file as it stands."""
    raw = files("bench.data").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    read: Mapping[str, Any] = yaml.safe_load(raw)
    return read


def split(value: str) -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in value.split(",")]


def lists(name: str) -> Mapping[str, list[str]]:
    """A file whose every value is a comma-separated list."""
    return {key: split(value) for key, value in table(name).items()}
