"""Reading the two YAML files, and saying where in them something is wrong.

A message names file, line and key, and the rule that was broken; never a value, because a
configured command or recipient is nobody else's business.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import rfc8785
import yaml
from pydantic import BaseModel, ValidationError

from deid.errors import SettingsError
from deid.settings.models import Policy, Programme

PROGRAMME_FILE = "deid.yaml"
POLICY_FILE = "policy.yaml"
_RULES = {"extra_forbidden": "unknown key", "model_type": "a block of keys stands here"}


@dataclass(frozen=True)
class Settings:
    """Everything a run was told: the programme, the policy, and the folder they came from."""

    programme: Programme
    policy: Policy
    folder: Path

    @cached_property
    def policy_digest(self) -> str:
        """SHA-256 of the policy, independent of comments, order and white space."""
        return _digest(self.policy)

    @cached_property
    def detection_digest(self) -> str:
        """SHA-256 of what detection was told; other keys do not change any output."""
        return _digest(self.programme.detection)


def shipped() -> Path:
    """The folder of the configuration as shipped: in the wheel, or beside ``deid/`` in a clone."""
    package = Path(__file__).parent.parent
    inside = package / "config"
    return inside if inside.is_dir() else package.parent / "config"


def load(folder: Path) -> Settings:
    """Read ``deid.yaml`` and ``policy.yaml`` of a folder.

    Raises:
        SettingsError: a file is missing, is not YAML, or breaks a rule; the message names
            the file, the line, the key and the rule.
    """
    return Settings(
        programme=_read(folder / PROGRAMME_FILE, Programme),
        policy=_read(folder / POLICY_FILE, Policy),
        folder=folder,
    )


def _read[Model: BaseModel](path: Path, model: type[Model]) -> Model:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SettingsError(
            f"{path}: no such file; `deid init` writes one, or give --config DIR"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read ({type(error).__name__})") from None
    try:
        node, data = _parsed(text)
    except Exception as error:  # noqa: BLE001 - what stands behind a tag raises anything
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise SettingsError(f"{path.name}{where}: is not YAML") from None
    for key in _repeated(node):
        line = key.start_mark.line + 1
        raise SettingsError(f"{path.name}, line {line}: {key.value}: stands there twice")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = [
            _say(path.name, node, problem)
            for problem in error.errors(include_input=False, include_url=False)
        ]
    raise SettingsError("; ".join(problems))


@lru_cache(maxsize=8)  # the desk asks at each change, and parsing takes longer than all else
def _parsed(text: str) -> tuple[yaml.Node | None, Any]:
    """A file's nodes and what they say; neither may be changed."""
    data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    return yaml.compose(text, Loader=_Loader), data


class _Loader(yaml.SafeLoader):
    """YAML with dates left as text, so that a wrong one is refused by its key and line."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _repeated(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Keys that a block has a second time; YAML itself would take the last and say nothing."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    yield key
                seen.add(key.value)
            yield from _repeated(value)


def _say(name: str, node: yaml.Node | None, problem: Any) -> str:
    keys = [str(key) for key in problem["loc"] if key != "[key]"]
    rule = _RULES.get(problem["type"], problem["msg"])
    where = f"{name}, line {_line(node, keys)}"
    return f"{where}: {'.'.join(keys)}: {rule}" if keys else f"{where}: {rule}"


def _line(node: yaml.Node | None, keys: list[str]) -> int:
    """The line of the innermost key of a path that the file has."""
    line = 1
    for wanted in keys:
        if isinstance(node, yaml.MappingNode):
            found = [pair for pair in node.value if pair[0].value == wanted]
            if not found:
                break
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and wanted.isdigit():
            node = node.value[int(wanted)]
            line = node.start_mark.line + 1
    return line


def _digest(model: BaseModel) -> str:
    return hashlib.sha256(rfc8785.dumps(model.model_dump(mode="json"))).hexdigest()
