"""How a trust is told: its own web hook, its own mail server, or both.

What is sent is made here of counts and fixed words. Addresses and passwords stand in private
files and are never repeated, in a message or anywhere else; nor is what a server answered.
"""

import json
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from enum import StrEnum
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from deid.errors import SettingsError, StudyKeyError
from deid.keysource import private_bytes
from deid.settings import MailSettings, NotifySettings

type Send = Callable[[str, str], None]

_TIMEOUT_SECONDS = 30
_FIRST_BAD = 300
_PASSWORD = "notify.mail.password_file"  # noqa: S105 - the name of a setting
_WORDS: Mapping[type[Exception], str] = {
    smtplib.SMTPAuthenticationError: "refused the user or the password",
    smtplib.SMTPNotSupportedError: "does not offer what notify.mail asks for: see its security, "
    "and whether it takes a password at all",
    smtplib.SMTPSenderRefused: "refused the sender",
    smtplib.SMTPRecipientsRefused: "refused every recipient",
    smtplib.SMTPServerDisconnected: "hung up",
    smtplib.SMTPException: "did not take the message",
    ssl.SSLCertVerificationError: "has a certificate that this machine does not trust, or one of "
    "another name",
    ssl.SSLError: "does not speak TLS as it was asked to: see security and port, or http and https",
    socket.gaierror: "has a name that is not known here",
    TimeoutError: "does not answer",
    ConnectionRefusedError: "does not answer",
    OSError: "cannot be reached, or hung up",
    HTTPException: "did not take the message",
    UnicodeError: "cannot be given a user, a password or an address with letters beyond ASCII",
}
"""By the class of an error or the nearest one above it."""


class Way(StrEnum):
    """By which somebody can be told."""

    WEB_HOOK = "web hook"
    MAIL = "mail server"


class TellingError(Exception):
    """Nobody could be told; the message says by which way, and why, and not where."""


class PartlyToldError(TellingError):
    """Some were told, and others cannot be."""


def check(told: NotifySettings) -> None:
    """See that everything needed is there, before anything starts.

    Raises:
        SettingsError: A file is missing, readable by others or not what it should be.
    """
    if told.webhook_file:
        _address(told.webhook_file)
    if told.mail.password_file:
        _secret(told.mail.password_file, _PASSWORD)


def ways(told: NotifySettings) -> Mapping[Way, Send]:
    """Every way that is configured: called with a subject and a text, each tells by itself.

    A call raises TellingError where it could not be sent, and SettingsError for :func:`check`.
    """
    found: dict[Way, Send] = {}
    if told.webhook_file:
        file = told.webhook_file
        found[Way.WEB_HOOK] = lambda subject, text: _post(_address(file), f"{subject}\n{text}")
    if told.mail.host:
        found[Way.MAIL] = lambda subject, text: _mail(told.mail, _message(told.mail, subject, text))
    return found


def _post(address: str, text: str) -> None:
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_TIMEOUT_SECONDS)
    path = parts.path or "/"
    with _in_words(Way.WEB_HOOK):
        try:
            connection.request(
                "POST",
                f"{path}?{parts.query}" if parts.query else path,
                json.dumps({"text": text}),
                {"Content-Type": "application/json"},
            )
            status = connection.getresponse().status
            if status >= _FIRST_BAD:
                raise TellingError(f"the {Way.WEB_HOOK} answered with status {status}")
        finally:
            connection.close()


def _message(told: MailSettings, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, told.sender
    message["To"] = ", ".join(told.recipients)
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=told.sender.rpartition("@")[2])
    message.set_content(text)
    return message


def _mail(told: MailSettings, message: EmailMessage) -> None:
    password = _secret(told.password_file, _PASSWORD) if told.password_file else ""
    context = ssl.create_default_context()
    with (
        _in_words(Way.MAIL),
        smtplib.SMTP_SSL(told.host, told.port, timeout=_TIMEOUT_SECONDS, context=context)
        if told.security == "tls"
        else smtplib.SMTP(told.host, told.port, timeout=_TIMEOUT_SECONDS) as server,
    ):
        if told.security == "starttls":
            server.starttls(context=context)
        if password:
            server.login(told.user, password)
        refused = server.send_message(message)
    if refused:
        raise PartlyToldError(f"the {Way.MAIL} refused {len(refused)} of the recipients")


@contextmanager
def _in_words(way: Way) -> Iterator[None]:
    try:
        yield
    except (OSError, HTTPException, UnicodeError) as error:  # SMTPException is an OSError
        words = next(_WORDS[kind] for kind in type(error).__mro__ if kind in _WORDS)
        raise TellingError(f"the {way} {words}") from None


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
