"""flows.serving.telling: a trust is told through its own mail server and web hook, as they are.

Both are real servers on the loopback: one that speaks SMTP, with and without TLS and a password,
and one of HTTP.
"""

import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from deid.cli.serve import send_a_test
from deid.errors import SettingsError
from deid.settings import MailSettings, NotifySettings
from flows.serving.notices import Notice
from flows.serving.place import Place
from flows.serving.telling import PartlyToldError, TellingError, Way, check, ways
from flows.serving.watch import tell_once
from tests.flows.certificates import Certified, certify
from tests.flows.test_serve import Command, free_port

SECRET = "Quillfeather-9"  # noqa: S105 - of a server that ends with the tests
SUBJECT, TEXT = "deid LWT: 1 to look at", "2 withheld"


@dataclass
class Post:
    """What a mail server was given, and whom it does not know."""

    taken: list[EmailMessage] = field(default_factory=list)
    protected: list[bool] = field(default_factory=list)
    unknown: tuple[str, ...] = ()

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _told: object
    ) -> str:
        """Take a recipient, unless it is not known."""
        if address in self.unknown:
            return "550 there is nobody of this name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a message."""
        assert isinstance(envelope.content, bytes)
        read = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append(read)
        self.protected.append(session.ssl is not None)
        return "250 taken"

    async def handle_exception(self, _error: Exception) -> str:
        """A client that hangs up in the middle is no news."""
        return "451 try again"


def _knows(*given: Any) -> AuthResult:
    """Whether it is our user with its password."""
    login = given[-1]
    assert isinstance(login, LoginPassword)
    right = (login.login, login.password) == (b"deid", SECRET.encode())
    return AuthResult(success=right, handled=False)  # which has the server answer


@pytest.fixture
def post() -> Post:
    """A mail server's letter box."""
    return Post()


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    """An authority and a certificate of it for localhost."""
    return certify(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def plain(post: Post) -> Iterator[int]:
    """A server without TLS or passwords; where it listens."""
    yield from listening(post)


@pytest.fixture
def guarded(post: Post, certified: Certified, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """One that takes nothing without STARTTLS and a password, which this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certified.ca))
    yield from listening(
        post,
        tls_context=_context(certified),
        require_starttls=True,
        authenticator=_knows,
        auth_required=True,
    )


def _context(certified: Certified) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certified.certificate, certified.key)
    return context


def listening(post: Post, **told: Any) -> Iterator[int]:
    """A mail server with this letter box; where it listens, until it is asked for more."""
    server = Controller(post, hostname="127.0.0.1", port=free_port(), **told)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


def mail(port: int, security: str = "none", password: Path | None = None) -> NotifySettings:
    """Settings of a mail server on this machine."""
    told = MailSettings(
        host="localhost",
        port=port,
        security=security,  # type: ignore[arg-type]
        user="deid" if password else "",
        password_file=password,
        sender="deid@example.org",
        recipients=("ada@example.org", "carl@example.org"),
    )
    return NotifySettings(missed_after_minutes=60, webhook_file=None, mail=told)


def private(path: Path, text: str) -> Path:
    """A file that only its owner reads."""
    path.write_text(text + "\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def tell(told: NotifySettings) -> None:
    """Send a notice by every way."""
    check(told)
    for send in ways(told).values():
        send(SUBJECT, TEXT)


class TestMail:
    def test_plain(self, post: Post, plain: int) -> None:
        """One message to all, with what a mail server wants of one."""
        tell(mail(plain))
        (taken,) = post.taken
        assert (taken["Subject"], taken.get_content().rstrip()) == (SUBJECT, TEXT)
        assert taken["To"] == "ada@example.org, carl@example.org"
        assert taken["From"] == "deid@example.org"
        assert taken["Date"]
        assert taken["Message-ID"].endswith("@example.org>")

    def test_starttls_and_password(self, post: Post, guarded: int, tmp_path: Path) -> None:
        """The password goes through TLS alone, to a server whose certificate is trusted."""
        tell(mail(guarded, "starttls", private(tmp_path / "password", SECRET)))
        assert post.protected == [True]

    def test_tls_from_the_start(
        self, post: Post, certified: Certified, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As port 465 has it."""
        monkeypatch.setenv("SSL_CERT_FILE", str(certified.ca))
        for port in listening(post, ssl_context=_context(certified)):
            tell(mail(port, "tls"))
        assert len(post.taken) == 1

    @pytest.mark.parametrize(
        ("password", "said"),
        [("Marchbanks", "refused the user or the password"), ("pa££", "letters beyond ASCII")],
    )
    def test_wrong_password(
        self, post: Post, guarded: int, tmp_path: Path, password: str, said: str
    ) -> None:
        """It is named as what is wrong, and not repeated."""
        with pytest.raises(TellingError, match=said) as refused:
            tell(mail(guarded, "starttls", private(tmp_path / "password", password)))
        assert password not in str(refused.value)
        assert refused.value.__cause__ is None
        assert post.taken == []

    def test_certificate_of_nobody(
        self, post: Post, guarded: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A server that this machine does not trust is given nothing."""
        monkeypatch.delenv("SSL_CERT_FILE")
        with pytest.raises(TellingError, match="a certificate that this machine does not trust"):
            tell(mail(guarded, "starttls", private(tmp_path / "password", SECRET)))
        assert post.taken == []

    def test_no_tls_there(self, plain: int) -> None:
        """STARTTLS where there is none, TLS where there is none: never in the clear instead."""
        with pytest.raises(TellingError, match=r"does not offer what notify\.mail asks for"):
            tell(mail(plain, "starttls"))
        with pytest.raises(TellingError, match="does not speak TLS"):
            tell(mail(plain, "tls"))

    def test_nobody_there(self) -> None:
        """A server that is away."""
        with pytest.raises(TellingError, match="the mail server does not answer"):
            tell(mail(free_port()))

    def test_unknown_recipients(self, post: Post, plain: int) -> None:
        """One of two: the other is told, and it is said; both: nobody is."""
        post.unknown = ("carl@example.org",)
        with pytest.raises(PartlyToldError, match="refused 1 of the recipients"):
            tell(mail(plain))
        assert len(post.taken) == 1
        post.unknown = ("ada@example.org", "carl@example.org")
        with pytest.raises(TellingError, match="refused every recipient"):
            tell(mail(plain))
        assert len(post.taken) == 1

    def test_no_password_in_the_clear(self, tmp_path: Path) -> None:
        """Settings that would send one are refused."""
        with pytest.raises(ValueError, match="starttls or tls only"):
            mail(25, "none", tmp_path / "password")


@dataclass
class Hook:
    """A web hook: where it is, what it was sent, and how it answers."""

    address: str
    sent: list[dict[str, str]] = field(default_factory=list)
    status: int = 202


@pytest.fixture
def hook() -> Iterator[Hook]:
    """A web hook on this machine."""
    told = Hook("")

    class Sink(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            told.sent.append(json.loads(self.rfile.read(size)) | {"path": self.path})
            self.send_response(told.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = HTTPServer(("127.0.0.1", 0), Sink)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.address = f"http://127.0.0.1:{server.server_port}/hook?token=secret"
    yield told
    server.shutdown()
    server.server_close()


def hooked(file: Path) -> NotifySettings:
    """A web hook whose address stands in a file, and no mail."""
    told = mail(25)
    return replace_(told, webhook_file=file, mail=replace_(told.mail, host=""))


def replace_[Model: (NotifySettings, MailSettings)](model: Model, **told: object) -> Model:
    """The settings with others among them."""
    return model.model_copy(update=told)


class TestWebHook:
    def test_told(self, hook: Hook, tmp_path: Path) -> None:
        """One message, to the address in the file, its query included."""
        tell(hooked(private(tmp_path / "hook", hook.address)))
        assert hook.sent == [{"text": f"{SUBJECT}\n{TEXT}", "path": "/hook?token=secret"}]

    def test_file_of_the_address(self, tmp_path: Path) -> None:
        """A file that others can read, that is missing or holds something else, is refused."""
        file = tmp_path / "hook"
        with pytest.raises(SettingsError, match=r"notify\.webhook_file"):
            check(hooked(file))
        private(file, "ftp://example.org/secret").chmod(0o644)
        with pytest.raises(SettingsError, match="other accounts"):
            check(hooked(file))
        file.chmod(0o600)
        with pytest.raises(SettingsError, match=r"notify\.webhook_file") as refused:
            check(hooked(file))
        assert "secret" not in str(refused.value)

    def test_away_or_refusing(self, hook: Hook, tmp_path: Path) -> None:
        """Each is said without the address."""
        hook.status = 404
        with pytest.raises(TellingError, match="answered with status 404"):
            tell(hooked(private(tmp_path / "hook", hook.address)))
        with pytest.raises(TellingError, match="the web hook does not answer") as refused:
            tell(hooked(private(tmp_path / "hook", f"http://127.0.0.1:{free_port()}/secret")))
        assert "secret" not in str(refused.value)


class TestOnce:
    @pytest.fixture
    def place(self, blank: Path) -> Place:
        """A workspace as it is served."""
        return Place.open(blank)

    def test_by_each_way_once(
        self, place: Place, post: Post, plain: int, hook: Hook, tmp_path: Path
    ) -> None:
        """Where one way is shut the other is told once, and the shut one when it is open again."""
        both = replace_(mail(plain), webhook_file=private(tmp_path / "hook", hook.address))
        shut = replace_(both, mail=mail(free_port()).mail)
        one, two = Notice("one", "2 withheld"), Notice("two", "was missed")
        for found in ([one], [one], [one, two]):
            tell_once(replace(place, notify=shut), found)
        assert [each["text"].splitlines()[1:-1] for each in hook.sent] == [
            ["2 withheld"],
            ["was missed"],
        ]
        assert place.untold.read_text() == (
            "the mail server does not answer; it is tried again every minute"
        )
        tell_once(replace(place, notify=both), [one, two])
        (taken,) = post.taken
        assert taken.get_content().splitlines()[:2] == ["2 withheld", "was missed"]
        assert len(hook.sent) == 2
        assert not place.untold.exists()

    def test_a_file_that_went(self, place: Place, tmp_path: Path) -> None:
        """Whoever looks goes on looking."""
        tell_once(replace(place, notify=hooked(tmp_path / "gone")), [Notice("one", "2 withheld")])
        assert "notify.webhook_file" in place.untold.read_text()
        assert not place.told.exists()


def test_trying_it_out(
    blank: Path, deid: Command, post: Post, guarded: int, certified: Certified
) -> None:
    """`deid serve --test-notice` says what a night would find out too late."""
    config = blank / "config" / "deid.yaml"
    with pytest.raises(SettingsError, match="names neither a web hook nor a mail server"):
        send_a_test(Place.open(blank))
    password = private(blank / "keys" / "mail.password", SECRET)
    told = config.read_text(encoding="utf-8")
    for old, new in (
        ('host: ""  ', "host: localhost"),
        ("port: 25\n", f"port: {guarded}\n"),
        ('user: "" ', 'user: "deid"'),
        ("password_file: ", f"password_file: {password}"),
        ('sender: "" ', 'sender: "deid@example.org"'),
        ("recipients: [] ", 'recipients: ["ada@example.org"]'),
    ):
        assert told.count(old) == 1, old
        told = told.replace(old, new)
    config.write_text(told, encoding="utf-8")
    trusting = {"SSL_CERT_FILE": str(certified.ca)}
    done = deid("serve", "--test-notice", "--workspace", blank, env=trusting)
    assert done.stdout.rstrip().endswith("the mail server took the notice"), done.stderr
    assert [each["Subject"] for each in post.taken] == ["deid LWT: a test"]
    private(password, "Marchbanks")
    with pytest.raises(SettingsError, match=f"the {Way.MAIL} refused the user or the password"):
        send_a_test(Place.open(blank))
