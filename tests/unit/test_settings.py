"""deid.settings: what a trust may write, and how it is told what is wrong, without a value."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from deid.errors import ExitCode, SettingsError
from deid.settings import (
    Engine,
    ExecutionSettings,
    InboxSettings,
    KeySource,
    Operator,
    Programme,
    ProxySettings,
    ReviewSettings,
    TlsSettings,
    load,
    shipped,
)
from deid.settings.models import ALLOWED
from deid.transcript import EntityType

CANARY = "quillfeather"
FILES = ("deid.yaml", "policy.yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the configuration as shipped."""
    for name in FILES:
        shutil.copy(shipped() / name, tmp_path / name)
    return tmp_path


def changed(folder: Path, name: str, old: str, new: str) -> int:
    """Exchange the only place of ``old`` in a file; the number of its line."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def fault(folder: Path) -> str:
    """What is said about a configuration that cannot be used."""
    with pytest.raises(SettingsError) as caught:
        load(folder)
    assert caught.value.exit_code is ExitCode.SETTINGS
    assert caught.value.__cause__ is None
    assert "\n" not in str(caught.value)
    assert CANARY not in str(caught.value)
    return str(caught.value)


def keys_of(
    node: yaml.Node | None, above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every key of a file with its path and the number of its line."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            path = (*above, key.value)
            yield path, key.start_mark.line
            yield from keys_of(value, path)


ALL_KEYS = [
    (name, ".".join(path), line)
    for name in FILES
    for path, line in keys_of(yaml.compose((shipped() / name).read_text(encoding="utf-8")))
]


def test_what_is_shipped_is_loaded_and_safe() -> None:
    """The files as shipped are valid, and replace every direct identifier."""
    settings = load(shipped())
    assert settings.programme.keys.source is KeySource.FILE
    assert set(settings.policy.entities) == set(EntityType)
    assert Operator.KEEP not in settings.policy.entities.values()
    assert settings.policy.entities[EntityType.PERSON] is Operator.PSEUDONYM


def test_every_block_and_key_is_explained() -> None:
    """Each key has a comment beside it, above it, or above the block that it belongs to."""
    for name in FILES:
        lines = (shipped() / name).read_text(encoding="utf-8").splitlines()
        for block in re.split(r"\n\s*\n", "\n".join(lines)):
            assert "#" in block, f"{name}: a block of keys without a word about it"


OPTIONAL = {
    f"{block}{name}"
    for block, model in (
        ("", Programme),
        ("execution.", ExecutionSettings),
        ("inbox.", InboxSettings),
        ("execution.tls.", TlsSettings),
        ("review.", ReviewSettings),
        ("review.proxy.", ProxySettings),
    )
    for name, key in model.model_fields.items()
    if not key.is_required()
}
"""What came later, so that older files load."""


@pytest.mark.parametrize(
    ("name", "key", "line"), [each for each in ALL_KEYS if each[1] not in OPTIONAL]
)
def test_every_key_is_needed_and_named_with_its_block_s_line(
    folder: Path, name: str, key: str, line: int
) -> None:
    """A key that is left out is refused by its name, or its emptied block's: none is assumed."""
    path = folder / name
    lines = path.read_text(encoding="utf-8").splitlines()
    indent = len(lines[line]) - len(lines[line].lstrip())
    end = line + 1
    while end < len(lines) and (
        not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > indent
    ):
        end += 1
    path.write_text("\n".join([*lines[:line], *lines[end:], ""]), encoding="utf-8")
    message = fault(folder)
    assert re.match(rf"{name}, line \d+: ", message)
    block, _, last = key.rpartition(".")
    assert last in message or f"{block}: a block of keys stands here" in message


@pytest.mark.parametrize(("name", "key", "line"), ALL_KEYS)
def test_a_key_that_stands_twice_is_refused(folder: Path, name: str, key: str, line: int) -> None:
    """YAML takes the last of two and says nothing; here both have to be looked at."""
    path = folder / name
    lines = path.read_text(encoding="utf-8").splitlines()
    last = key.rpartition(".")[2]
    indent = " " * (len(lines[line]) - len(lines[line].lstrip()))
    lines.insert(line, f"{indent}{last}: {CANARY}")
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    assert fault(folder) == f"{name}, line {line + 2}: {last}: stands there twice"


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        ("deid.yaml", "version: 1", f"version: 1\n{CANARY[:5]}ed: x", "quilled: unknown key"),
        ("deid.yaml", "  name: moor", "  nom: x\n  name: moor", "model.nom: unknown key"),
        ("policy.yaml", "  AGE: top-code", "  AGES: tag\n  AGE: top-code", "entities.AGES"),
        ("policy.yaml", "version: 1", "version: 1\nkeep_all: true", "keep_all: unknown key"),
    ],
)
def test_an_unknown_key_is_refused_by_its_line(
    folder: Path, name: str, old: str, new: str, key: str
) -> None:
    """A misspelt key does not silently do nothing."""
    line = changed(folder, name, old, new)
    added = next(
        place for place, text in enumerate(new.split("\n")) if ":" in text and text not in old
    )
    assert fault(folder).startswith(f"{name}, line {line + added}: {key}")


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        ("deid.yaml", "version: 1", "version: 2", "version"),
        ("deid.yaml", "id: LWT ", f"id: {CANARY}! ", "study.id"),
        ("deid.yaml", 'iras_id: "000000"', f'iras_id: "{CANARY}"', "study.iras_id"),
        ("deid.yaml", 'iras_id: "000000"', "iras_id: 000000", "study.iras_id"),
        ("deid.yaml", '"Living Well', f"[{CANARY}] #", "study.title"),
        ("deid.yaml", "2026-01-01", CANARY, "study.approved_from"),
        ("deid.yaml", "2026-01-01", "2026-13-01", "study.approved_from"),
        ("deid.yaml", "2028-12-31", "2028-02-30", "study.approved_until"),
        ("deid.yaml", "2028-12-31", "2025-12-31", "study"),
        ("deid.yaml", "workers: 0", f"workers: {CANARY}", "execution.workers"),
        ("deid.yaml", "workers: 0", "workers: -1", "execution.workers"),
        ("deid.yaml", "timeout_seconds: 600", "timeout_seconds: 0", "execution.timeout_seconds"),
        ("deid.yaml", "file_megabytes: 50", "file_megabytes: 0", "limits.file_megabytes"),
        ("deid.yaml", "source: file", f"source: {CANARY}", "keys.source"),
        ("deid.yaml", "source: file", "source: command", "keys"),
        ("deid.yaml", 'source: ""', f'source: "filecache::s3://{CANARY}"', "inbox.source"),
        ("deid.yaml", 'source: ""', f'source: "ftp://me:{CANARY}@host/raw"', "inbox.source"),
        ("deid.yaml", "command: []", f"command: [{CANARY}]", "keys"),
        ("deid.yaml", "command: []", f"command: {CANARY}", "keys.command"),
        (
            "deid.yaml",
            "medical_record_patterns: []",
            f'medical_record_patterns: ["ok", "({CANARY}"]',
            "detection.medical_record_patterns",
        ),
        ("policy.yaml", "UK_NHS: tag", f"UK_NHS: {CANARY}", "entities.UK_NHS"),
        ("policy.yaml", "entry: false", f"entry: {CANARY}", "require_register_entry"),
    ],
)
def test_a_wrong_value_is_named_by_line_and_key(
    folder: Path, name: str, old: str, new: str, key: str
) -> None:
    """Where, which key, which rule; the value itself may be a secret and is not shown."""
    line = changed(folder, name, old, new)
    message = fault(folder)
    if "." in key or key in {"version", "require_register_entry"}:
        assert message.startswith(f"{name}, line {line}: {key}: ")
    else:  # a rule about a whole block names the block
        assert re.match(rf"{name}, line \d+: {key}: ", message)


def test_every_fault_is_told_at_once(folder: Path) -> None:
    """Two faults are two places in one line, so that one repair is enough."""
    changed(folder, "deid.yaml", "workers: 0", "workers: -1")
    changed(folder, "deid.yaml", "file_megabytes: 50", "file_megabytes: 0")
    message = fault(folder)
    assert "execution.workers" in message
    assert "limits.file_megabytes" in message


@pytest.mark.parametrize(
    "text",
    [
        f"version: 1\nstudy: [{CANARY}",
        f"version: 1\n\t{CANARY}: x",
        f"a: *{CANARY}",
        f"a: !!python/object:{CANARY}.x {{}}",
        f"a: !{CANARY} x",
        f"a: 1\n---\nb: {CANARY}",
        f"a: !!int {CANARY}",
        f"a: !!timestamp {CANARY}",
        f"? [{CANARY}]\n: x",
        "\x00",
    ],
)
def test_what_is_no_yaml_is_refused_without_showing_it(folder: Path, text: str) -> None:
    """A file that cannot be read as settings is said to be that, by line where one is known."""
    (folder / "deid.yaml").write_text(text, encoding="utf-8")
    assert fault(folder).startswith("deid.yaml")


@pytest.mark.parametrize("text", ["", "# nothing\n", f"{CANARY}\n", f"- {CANARY}\n"])
def test_a_file_without_keys_is_refused(folder: Path, text: str) -> None:
    """An emptied file is not taken for the defaults."""
    (folder / "policy.yaml").write_text(text, encoding="utf-8")
    assert fault(folder).startswith("policy.yaml, line 1: ")


def test_a_missing_or_unreadable_file_is_said_with_the_repair(folder: Path) -> None:
    """Where no file is, `deid init` helps; another encoding is not guessed at."""
    (folder / "policy.yaml").write_bytes(b"\xff\xfe")
    assert "policy.yaml: cannot be read (UnicodeDecodeError)" in fault(folder)
    (folder / "policy.yaml").unlink()
    assert "deid init" in fault(folder)


@pytest.mark.parametrize(
    "entity_type", sorted(name for name in EntityType if Operator.KEEP not in ALLOWED[name])
)
def test_a_direct_identifier_cannot_be_kept(folder: Path, entity_type: EntityType) -> None:
    """No policy leaves one in place, nor generalises what has no general form."""
    path = folder / "policy.yaml"
    text = path.read_text(encoding="utf-8")
    for asked in ("keep", "top-code", "month-and-year"):
        path.write_text(
            re.sub(rf"(?m)^  {entity_type}: .*$", f"  {entity_type}: {asked}", text),
            encoding="utf-8",
        )
        message = fault(folder)
        assert message.startswith("policy.yaml, line ")
        assert f"{entity_type}: " in message
        assert "tag" in message


def test_comments_and_order_change_no_digest(folder: Path) -> None:
    """Only what the settings say decides whether everything is done again."""
    before = load(folder)
    path = folder / "policy.yaml"
    written = path.read_text(encoding="utf-8").splitlines()
    lines = [line.partition("#")[0].rstrip() for line in written]
    entities = [line for line in lines if line.startswith("  ")]
    rest = [line for line in lines if line and not line.startswith("  ") and line != "entities:"]
    path.write_text("\n".join([*rest, "entities:", *reversed(entities)]), encoding="utf-8")
    assert load(folder).policy_digest == before.policy_digest


def test_a_digest_is_of_what_it_says(folder: Path) -> None:
    """The policy's digest knows every operator; detection's knows detection and nothing else."""
    before = load(folder)
    changed(folder, "policy.yaml", "DATE_TIME: month-and-year", "DATE_TIME: keep")
    changed(folder, "deid.yaml", "workers: 0", "workers: 3")
    after = load(folder)
    assert after.policy_digest != before.policy_digest
    assert after.detection_digest == before.detection_digest
    changed(folder, "deid.yaml", "medical_record_cues: []", 'medical_record_cues: ["K number"]')
    assert load(folder).detection_digest != before.detection_digest


def test_settings_are_frozen() -> None:
    """Nothing changes what a run was told while it runs."""
    settings = load(shipped())
    with pytest.raises(FrozenInstanceError):
        settings.__setattr__("folder", Path())
    with pytest.raises(ValidationError):
        settings.policy.__setattr__("require_register_entry", True)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"engine": "dask"}, "address is given when"),
        ({"address": "tcp://127.0.0.1:8786"}, "address is given when"),
        ({"engine": "dask", "address": "127.0.0.1"}, "pattern"),
        ({"engine": "dask", "address": "tls://127.0.0.1:8786"}, "files of tls"),
        ({"engine": "dask", "address": "tcp://h:1", "tls": {"ca": "a"}}, "given together"),
    ],
)
def test_a_cluster_is_told_whole_or_not_at_all(told: dict[str, object], said: str) -> None:
    """An engine without an address, an address without an engine, half of TLS: refused."""
    shared = {"workers": 0, "batch_words": 40_000, "timeout_seconds": 600}
    with pytest.raises(ValidationError, match=said):
        ExecutionSettings.model_validate({**shared, **told})
    assert ExecutionSettings.model_validate(shared).engine is Engine.LOCAL


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('    header: ""  ', "    header: X-Word  ", "header and key_file are given together"),
        ("    key_file:    ", "    key_file: a.key", "header and key_file are given together"),
        ('    header: ""  ', '    header: "X Word"', "review.proxy.header"),
        ("    algorithm: HS256  ", "    algorithm: none   ", "review.proxy.algorithm"),
        ('    domain: ""  ', "    domain: a@b ", "review.proxy.domain"),
    ],
)
def test_whose_word_is_taken_is_said_whole(folder: Path, old: str, new: str, rule: str) -> None:
    """A desk that would trust half of a proxy does not start."""
    changed(folder, "deid.yaml", old, new)
    assert rule in fault(folder)


def test_a_public_key_needs_its_issuer(folder: Path) -> None:
    """It may sign for others, too."""
    changed(folder, "deid.yaml", '    header: ""  ', "    header: X-Word  ")
    changed(folder, "deid.yaml", "    key_file:    ", "    key_file: a.pem")
    changed(folder, "deid.yaml", "    algorithm: HS256  ", "    algorithm: ES256  ")
    assert "say which issuer is meant" in fault(folder)
    changed(folder, "deid.yaml", '    issuer: ""  ', "    issuer: sso  ")
    assert load(folder).programme.review.proxy.issuer == "sso"
