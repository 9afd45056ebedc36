"""The shape of what `deid review` is told of a reverse proxy that signs people in."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from deid.settings.block import Block


class Signature(StrEnum):
    """How the proxy signs: with a key that it shares with the desk, or with one of its own."""

    HS256 = "HS256"
    ES256 = "ES256"
    RS256 = "RS256"


class ProxySettings(Block):
    """Whose word is taken for who somebody is; nobody's where no header is named."""

    header: Annotated[str, Field(pattern=r"^([A-Za-z][A-Za-z0-9_-]{0,63})?$")] = ""
    algorithm: Signature = Signature.HS256
    key_file: Path | None = None
    audience: Annotated[str, Field(min_length=1)] = "deid-review"
    issuer: str = ""
    claim: Annotated[str, Field(pattern=r"^[A-Za-z_]{1,64}$")] = "sub"
    domain: Annotated[str, Field(pattern=r"^[a-z0-9.-]*$")] = ""

    @model_validator(mode="after")
    def _is_whole(self) -> "ProxySettings":
        if bool(self.header) != bool(self.key_file):
            raise ValueError("header and key_file are given together")
        if self.header and self.algorithm is not Signature.HS256 and not self.issuer:
            raise ValueError("a public key signs for many: say which issuer is meant")
        return self


class ReviewSettings(Block):
    """The review desk."""

    proxy: ProxySettings = ProxySettings()
