"""The shape of config/deid.yaml and config/policy.yaml, one frozen model a block."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from deid.settings.block import Block as _Block
from deid.settings.desk import ReviewSettings
from deid.settings.service import (
    NOBODY,
    SCHEDULE,
    SERVE,
    NotifySettings,
    ScheduleSettings,
    ServeSettings,
)
from deid.transcript import EntityType


class Operator(StrEnum):
    """What a policy can ask for."""

    PSEUDONYM = "pseudonym"
    TAG = "tag"
    MONTH_AND_YEAR = "month-and-year"
    TOP_CODE = "top-code"
    KEEP = "keep"


_TAG_ONLY = frozenset({Operator.TAG})
_WITH_IDENTITY = frozenset({Operator.PSEUDONYM, Operator.TAG})

ALLOWED: Mapping[EntityType, frozenset[Operator]] = {
    **dict.fromkeys(EntityType, _TAG_ONLY),
    EntityType.PERSON: _WITH_IDENTITY,
    EntityType.LOCATION: _WITH_IDENTITY,
    EntityType.STREET_ADDRESS: _WITH_IDENTITY,
    EntityType.UK_POSTCODE: _WITH_IDENTITY,
    EntityType.ORGANIZATION: _WITH_IDENTITY,
    EntityType.DATE_TIME: frozenset({Operator.MONTH_AND_YEAR, Operator.TAG, Operator.KEEP}),
    EntityType.AGE: frozenset({Operator.TOP_CODE, Operator.TAG, Operator.KEEP}),
}
"""What a policy may ask for each type: a direct identifier is replaced, always."""


class Study(_Block):
    """The approval under which the data is handled; recorded with each run."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,32}$")]
    title: str
    iras_id: Annotated[str, Field(pattern=r"^\d{6,7}$")]
    rec_reference: str
    sponsor: str
    sites: tuple[str, ...]
    participant_groups: tuple[str, ...]
    approved_recipients: tuple[str, ...]
    approved_from: date
    approved_until: date

    @model_validator(mode="after")
    def _in_order(self) -> "Study":
        if self.approved_until < self.approved_from:
            raise ValueError("approved_until lies before approved_from")
        return self


class ModelSettings(_Block):
    """Which spaCy model proposes names: an installed package or a folder."""

    name: str


class DetectionSettings(_Block):
    """What differs from trust to trust in detection."""

    medical_record_patterns: tuple[str, ...]
    medical_record_cues: tuple[str, ...]

    @field_validator("medical_record_patterns")
    @classmethod
    def _compiles(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for number, pattern in enumerate(patterns, start=1):
            try:
                re.compile(pattern)
            except re.error:
                raise ValueError(f"pattern {number} is not a regular expression") from None
        return patterns


class Engine(StrEnum):
    """Who reads and searches transcripts: this machine's processes, or a Dask cluster."""

    LOCAL = "local"
    DASK = "dask"


class TlsSettings(_Block):
    """Files in PEM by which this machine and a Dask cluster know each other; all or none."""

    ca: str = ""
    certificate: str = ""
    key: str = ""

    @model_validator(mode="after")
    def _whole(self) -> "TlsSettings":
        if len({bool(self.ca), bool(self.certificate), bool(self.key)}) > 1:
            raise ValueError("ca, certificate and key are given together, or none of them")
        return self


class ExecutionSettings(_Block):
    """How much work at once; ``workers`` 0: as many as the work is worth."""

    workers: Annotated[int, Field(ge=0, le=256)]
    batch_words: Annotated[int, Field(ge=1_000)]
    timeout_seconds: Annotated[int, Field(ge=10)]
    engine: Engine = Engine.LOCAL
    address: Annotated[str, Field(pattern=r"^((tcp|tls)://[A-Za-z0-9.\[\]:_-]+:\d{1,5})?$")] = ""
    tls: TlsSettings = TlsSettings()

    @model_validator(mode="after")
    def _is_reachable(self) -> "ExecutionSettings":
        if (self.engine is Engine.DASK) != bool(self.address):
            raise ValueError("address is given when, and only when, engine is dask")
        if bool(self.tls.ca) != self.address.startswith("tls://"):
            raise ValueError("the files of tls are given when, and only when, address is tls://")
        return self


class LimitSettings(_Block):
    """Sizes beyond which a file is refused unread, in megabytes (10**6 bytes)."""

    file_megabytes: Annotated[int, Field(ge=1)]
    unpacked_megabytes: Annotated[int, Field(ge=1)]


class KeySource(StrEnum):
    """Where the study key comes from; never a command line."""

    FILE = "file"
    ENVIRONMENT = "environment"
    COMMAND = "command"


class KeySettings(_Block):
    """The key's source; ``command`` is an argument list, run without a shell."""

    source: KeySource
    command: tuple[str, ...]

    @model_validator(mode="after")
    def _has_command(self) -> "KeySettings":
        if (self.source is KeySource.COMMAND) != bool(self.command):
            raise ValueError("command is given when, and only when, source is command")
        return self


class InboxSettings(_Block):
    """How long a new or changed file has to stand still, and where files are fetched from."""

    settle_seconds: Annotated[float, Field(ge=0, le=300)]
    source: Annotated[str, Field(pattern=r"^([a-z][a-z0-9+.-]*://\S.*)?$")] = ""

    @field_validator("source")
    @classmethod
    def _is_plain(cls, source: str) -> str:
        if "::" in source:  # such as filecache::s3://…, which keeps copies of its own
            raise ValueError("one address, without '::'")
        if re.search(r"://[^/@]*:[^/@]*@", source):
            raise ValueError("an address without a password; see docs/scaling.md")
        return source


class MorningSettings(_Block):
    """What the summary of a run links to; an address without a password in it, or ""."""

    review_desk: Annotated[str, Field(pattern=r"^(https?://[^\s@<>()\[\]]{1,200})?$")]


class ReleaseSettings(_Block):
    """What a release must not exceed."""

    residual_per_10000_words: Annotated[float, Field(ge=0, le=10_000)]


class Programme(_Block):
    """All of config/deid.yaml."""

    version: Literal[1]
    study: Study
    model: ModelSettings
    detection: DetectionSettings
    execution: ExecutionSettings
    limits: LimitSettings
    keys: KeySettings
    release: ReleaseSettings = ReleaseSettings(residual_per_10000_words=5)
    inbox: InboxSettings = InboxSettings(settle_seconds=5)
    morning: MorningSettings = MorningSettings(review_desk="")
    review: ReviewSettings = ReviewSettings()
    schedule: ScheduleSettings = SCHEDULE
    serve: ServeSettings = SERVE
    notify: NotifySettings = NOBODY


class Policy(_Block):
    """All of config/policy.yaml: what is done with each entity type."""

    version: Literal[1]
    entities: Mapping[EntityType, Operator]
    require_register_entry: bool

    @field_validator("entities")
    @classmethod
    def _is_safe(cls, entities: Mapping[EntityType, Operator]) -> Mapping[EntityType, Operator]:
        missing = sorted(set(EntityType) - set(entities))
        if missing:
            raise ValueError(f"no line for {', '.join(missing)}")
        wrong = sorted(name for name, asked in entities.items() if asked not in ALLOWED[name])
        if wrong:
            choices = "; ".join(f"{name}: {' or '.join(sorted(ALLOWED[name]))}" for name in wrong)
            raise ValueError(f"not allowed for its type. {choices}")
        return entities
