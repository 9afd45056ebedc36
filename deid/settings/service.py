"""The shape of what `deid serve` is told: when it runs, where it listens, whom it tells.

Passwords and web addresses with a token in them do not belong into a file that is copied with
every question to a colleague: they stand in files of their own, named here.
"""

import re
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator, model_validator

from deid.settings.block import Block

_CRON = re.compile(r"[0-9A-Za-z*,/#-]+( +[0-9A-Za-z*,/#-]+){4}")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\[\]:-]+/?")
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")


class ScheduleSettings(Block):
    """When the night is: five fields of cron on the clock of a time zone."""

    enabled: bool
    cron: str
    timezone: str

    @field_validator("cron")
    @classmethod
    def _five_fields(cls, cron: str) -> str:
        if not _CRON.fullmatch(cron.strip()):
            raise ValueError("five fields: minute, hour, day, month, day of the week")
        return cron.strip()

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, timezone: str) -> str:
        try:
            ZoneInfo(timezone)
        except (KeyError, OSError, ValueError):  # unknown, a folder of zones, a path
            raise ValueError("not a time zone; for example Europe/London") from None
        return timezone


class ServeSettings(Block):
    """Where Prefect listens on this machine, and how long it remembers runs."""

    host: Annotated[str, Field(min_length=1)]
    port: Annotated[int, Field(ge=1, le=65_535)]
    public_url: str
    keep_days: Annotated[int, Field(ge=1, le=3_650)]

    @field_validator("public_url")
    @classmethod
    def _is_origin(cls, address: str) -> str:
        if address and not _ORIGIN.fullmatch(address):
            raise ValueError("scheme and host alone, such as https://deid.example.org")
        return address.rstrip("/")


class MailSettings(Block):
    """A mail server of the trust; its password, where it asks for one, in a private file."""

    host: str
    port: Annotated[int, Field(ge=1, le=65_535)]
    security: Literal["none", "starttls", "tls"]
    user: str
    password_file: Path | None
    sender: str
    recipients: tuple[str, ...]

    @model_validator(mode="after")
    def _is_whole(self) -> "MailSettings":
        addresses = (self.sender, *self.recipients)
        if self.host and not (self.recipients and all(map(_ADDRESS.fullmatch, addresses))):
            raise ValueError("a host needs a sender and recipients, each an e-mail address")
        if bool(self.user) != bool(self.password_file):
            raise ValueError("user and password_file are given together")
        if self.user and self.security == "none":
            raise ValueError("a password is sent with security: starttls or tls only")
        return self


class NotifySettings(Block):
    """Who is told, in counts only, that something needs a look in the morning."""

    missed_after_minutes: Annotated[int, Field(ge=5, le=1_440)]
    webhook_file: Path | None
    mail: MailSettings

    @property
    def enabled(self) -> bool:
        """Whether anybody is told anything."""
        return bool(self.webhook_file or self.mail.host)


SCHEDULE = ScheduleSettings(enabled=True, cron="0 2 * * *", timezone="Europe/London")
SERVE = ServeSettings(host="127.0.0.1", port=4200, public_url="", keep_days=90)
NOBODY = NotifySettings(
    missed_after_minutes=60,
    webhook_file=None,
    mail=MailSettings(
        host="",
        port=25,
        security="starttls",
        user="",
        password_file=None,
        sender="",
        recipients=(),
    ),
)
"""What stands for a block that a file from before `deid serve` does not have."""
