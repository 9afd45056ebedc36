"""How a trust is told: its own web hook, its own mail server, or both.

What is sent is made here of counts and fixed words. Addresses and passwords stand in private
files and are never repeated, in a message or anywhere else.
"""

import json
import smtplib
import ssl
from email.message import EmailMessage
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from deid.errors import SettingsError, StudyKeyError
from deid.keysource import private_bytes
from deid.settings import MailSettings, NotifySettings

if TYPE_CHECKING:
    from collections.abc import Callable

_TIMEOUT_SECONDS = 30
_FIRST_BAD = 300


class TellingError(Exception):
    """Nobody could be told; the message says by which way and not where."""


def check(told: NotifySettings) -> None:
    """See that everything needed is there, before anything starts.

    Raises:
        SettingsError: A file is missing, readable by others or not what it should be.
    """
    if told.webhook_file:
        _address(told.webhook_file)
    if told.mail.password_file:
        _secret(told.mail.password_file, "notify.mail.password_file")


def tell(told: NotifySettings, subject: str, text: str) -> None:
    """Send a notice by every way that is configured.

    Raises:
        TellingError: By one of them it could not be sent; by the others it was.
    """
    ways: list[tuple[str, Callable[[], None]]] = []
    if told.webhook_file:
        address = _address(told.webhook_file)
        ways.append(("web hook", lambda: _post(address, f"{subject}\n{text}")))
    if told.mail.host:
        ways.append(("mail server", lambda: _mail(told.mail, subject, text)))
    failed = []
    for name, send in ways:
        try:
            send()
        except (OSError, HTTPException, smtplib.SMTPException) as error:
            failed.append(f"the {name} failed ({type(error).__name__})")
    if failed:
        raise TellingError("; ".join(failed))


def _post(address: str, text: str) -> None:
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_TIMEOUT_SECONDS)
    try:
        path = parts.path or "/"
        connection.request(
            "POST",
            f"{path}?{parts.query}" if parts.query else path,
            json.dumps({"text": text}),
            {"Content-Type": "application/json"},
        )
        if connection.getresponse().status >= _FIRST_BAD:
            raise HTTPException
    finally:
        connection.close()


def _mail(told: MailSettings, subject: str, text: str) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, told.sender
    message["To"] = ", ".join(told.recipients)
    message.set_content(text)
    context = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(told.host, told.port, timeout=_TIMEOUT_SECONDS, context=context)
        if told.security == "tls"
        else smtplib.SMTP(told.host, told.port, timeout=_TIMEOUT_SECONDS)
    ) as server:
        if told.security == "starttls":
            server.starttls(context=context)
        if told.password_file:
            server.login(told.user, _secret(told.password_file, "notify.mail.password_file"))
        server.send_message(message)


def _address(file: Path) -> str:
    address = _secret(file, "notify.webhook_file")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingsError("notify.webhook_file: the file has to hold one http(s) address")
    return address


def _secret(file: Path, setting: str) -> str:
    try:
        written = private_bytes(file, name=f"the file of {setting}")
    except StudyKeyError as error:
        raise SettingsError(f"deid.yaml: {error}") from None
    return written.decode("utf-8", "replace").strip()
