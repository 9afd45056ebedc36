"""A proxy's signed word: taken when all of it is right, and refused for each thing that is not."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from deid.audit.facts import WORDS
from deid.errors import StudyKeyError
from deid.review.assertion import LONGEST_S, SKEW_S, Assertions, RefusedError, Why
from deid.review.trusting import trusted
from deid.settings import ProxySettings, Signature

from .proxying import HEADER, KEY, NOW, claims, encoded, token

SHARED = ProxySettings(header=HEADER, key_file=Path("keys/proxy.key"))


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now: float = NOW

    def __call__(self) -> float:
        """The time now."""
        return self.now


def asked(proxy: Assertions, *headers: str, method: str = "GET", target: str = "/") -> str:
    """The account, or why there is none."""
    try:
        return proxy.account(headers, method=method, target=target)
    except RefusedError as error:
        return f"refused: {error.why}"


@pytest.fixture
def clock() -> Clock:
    """The desk's."""
    return Clock()


@pytest.fixture
def proxy(clock: Clock) -> Assertions:
    """A desk that shares a key with its proxy."""
    return Assertions(SHARED, KEY, clock)


def test_a_word_that_is_right_opens_its_request_once(proxy: Assertions, clock: Clock) -> None:
    """The second time it was seen by somebody else; a later one is another."""
    word = token(claims("carl"))
    assert asked(proxy, word) == "carl"
    assert asked(proxy, word) == "refused: replayed"
    assert asked(proxy, f"Bearer {token(claims('carl'))}") == "carl"
    clock.now += LONGEST_S + SKEW_S + 1
    assert asked(proxy, word) == "refused: stale"
    assert asked(proxy, token(claims("carl", at=clock.now))) == "carl"
    assert len(proxy._used) == 1, "what nobody can use again is forgotten"


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "other"},
        {"aud": None},
        {"aud": ["other"]},
        {"sub": None},
        {"sub": 7},
        {"jti": None},
        {"jti": ""},
        {"jti": 7},
        {"method": "POST"},
        {"method": None},
        {"target": "/?show=all"},
        {"target": None},
        {"iat": None},
        {"exp": None},
        {"exp": "soon"},
        {"exp": True},
        {"iat": float("nan")},
        {"exp": float("inf")},
    ],
)
def test_a_word_for_something_else_is_none(proxy: Assertions, changed: dict[str, Any]) -> None:
    """Another audience, another request, or a claim that is missing."""
    assert asked(proxy, token(claims("carl", **changed))) == "refused: forged"


@pytest.mark.parametrize(
    ("changed", "taken"),
    [
        ({"iat": NOW + SKEW_S, "exp": NOW + SKEW_S + LONGEST_S}, True),
        ({"iat": NOW + SKEW_S + 1}, False),
        ({"iat": NOW, "exp": NOW + LONGEST_S + 1}, False),
        ({"iat": NOW, "exp": NOW - SKEW_S + 1}, True),
        ({"iat": NOW, "exp": NOW - SKEW_S}, False),
        ({"nbf": NOW + SKEW_S + 1}, False),
        ({"iat": NOW - 1}, False),  # from before the desk began: somebody may have used it up
    ],
)
def test_clocks_may_differ_by_a_little(
    proxy: Assertions, changed: dict[str, Any], taken: bool
) -> None:
    """Half a minute; and nothing lasts longer than a minute, whatever it says."""
    word = asked(proxy, token(claims("carl", **changed)))
    assert word == ("carl" if taken else "refused: stale")


def test_a_forged_word_is_refused(proxy: Assertions) -> None:
    """However it is broken; and the one that it was made from is still good."""
    word = token(claims("carl"))
    head, body, signature = word.split(".")
    none = encoded(json.dumps({"alg": "none"}).encode())
    for forged in (
        f"{head}.{body}.{signature[:-2]}{'BB' if signature.endswith('AA') else 'AA'}",
        f"{head}.{body}.",
        f"{head}.{body}",
        f"{word}.{word}",
        word.replace(".", "~"),
        "x" * 9_000,
        "carl",
        "\u00e9.\u00e9.\u00e9",
        f"{none}.{body}.",
        f"{none}.{body}.{signature}",
        f"{encoded(b'[]')}.{body}.{signature}",
        f"{head}.{encoded(json.dumps(claims('adm')).encode())}.{signature}",
        token(claims("carl"), key=b"x" * 64),
        token(claims("carl"), key=b""),
        token(claims("carl"), alg="none"),
        token(claims("carl"), alg="HS512"),
        token(claims("carl"), crit=["exp"]),
    ):
        assert asked(proxy, forged) == "refused: forged"
    assert asked(proxy, word) == "carl"


def test_without_a_word_or_with_two_nobody_is_known(proxy: Assertions) -> None:
    """A browser that sends one of its own beside the proxy's is not believed."""
    assert asked(proxy) == asked(proxy, "") == "refused: unsigned"
    assert asked(proxy, token(claims("eve")), token(claims("carl"))) == "refused: forged"


def test_of_an_address_only_the_trusts_own_domain_is_cut_off(clock: Clock) -> None:
    """A guest of another domain with the same name is another person."""
    told = SHARED.model_copy(update={"domain": "trust.example", "claim": "email"})
    proxy = Assertions(told, KEY, clock)
    for address, account in (
        ("Carl@trust.example", "carl"),
        ("carl@other.example", "refused: forged"),
        ("carl@evil-trust.example", "refused: forged"),
        ("carl", "refused: forged"),
        ("carl@trust.example@trust.example", "carl@trust.example"),
    ):
        assert asked(proxy, token(claims("eve", email=address))) == account


@pytest.mark.parametrize("algorithm", [Signature.ES256, Signature.RS256])
def test_a_proxy_with_a_key_of_its_own(clock: Clock, tmp_path: Path, algorithm: Signature) -> None:
    """It names no request and is good for its life; issuer and key have to be the ones meant."""
    own, other = (
        ec.generate_private_key(ec.SECP256R1())
        if algorithm is Signature.ES256
        else rsa.generate_private_key(65_537, 2048)
        for _ in range(2)
    )
    pem = own.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "proxy.pem").write_bytes(pem)
    told = ProxySettings(
        header=HEADER, algorithm=algorithm, key_file=Path("proxy.pem"), issuer="sso.example"
    )
    proxy = trusted(told, tmp_path)
    assert proxy
    proxy.clock = clock
    bare = {"jti": None, "method": None, "target": None, "iss": "sso.example"}
    word = token(claims("carl", exp=NOW + 3600, at=NOW - 600, **bare), key=own, alg=algorithm.value)
    assert asked(proxy, word) == asked(proxy, word, target="/releases") == "carl"
    clock.now += 3600 + SKEW_S
    assert asked(proxy, word) == "refused: stale"
    clock.now = NOW
    for wrong in (
        token(claims("carl", **bare), key=other, alg=algorithm.value),
        token(claims("carl", **bare | {"iss": "elsewhere"}), key=own, alg=algorithm.value),
        token(claims("carl", **bare), key=pem, alg="HS256"),  # its public key as a shared one
        token(claims("carl", **bare), key=pem, alg=algorithm.value),
    ):
        assert asked(proxy, wrong) == "refused: forged"


@pytest.mark.parametrize(
    ("data", "mode", "algorithm", "problem"),
    [
        (KEY, 0o640, Signature.HS256, "chmod 600"),
        (b"short\n", 0o600, Signature.HS256, "openssl rand -hex 32"),
        (None, 0o600, Signature.HS256, "cannot be read"),
        (None, 0o600, Signature.ES256, "cannot be read"),
        (KEY, 0o644, Signature.ES256, "no public key in PEM"),
        (KEY, 0o664, Signature.RS256, "can be changed by other accounts"),
        ("p384", 0o644, Signature.ES256, "no key for ES256"),
        ("p384", 0o644, Signature.RS256, "no key for RS256"),
    ],
)
def test_a_key_file_that_cannot_be_trusted_stops_the_desk(
    tmp_path: Path, data: bytes | str | None, mode: int, algorithm: Signature, problem: str
) -> None:
    """Before it listens; the message says how to put it right, and nothing of the key."""
    path = tmp_path / "proxy.key"
    if data == "p384":
        key = ec.generate_private_key(ec.SECP384R1()).public_key()
        data = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    if isinstance(data, bytes):
        path.write_bytes(data)
        path.chmod(mode)
    told = ProxySettings(header=HEADER, algorithm=algorithm, key_file=path, issuer="sso.example")
    with pytest.raises(StudyKeyError, match=problem) as error:
        trusted(told, tmp_path)
    assert KEY.decode() not in str(error.value)


def test_as_shipped_nobody_is_trusted(tmp_path: Path) -> None:
    """People sign in at the desk."""
    assert trusted(ProxySettings(), tmp_path) is None


def test_every_reason_is_a_word_of_the_log() -> None:
    """And no secret stands in what a traceback or a log line would show."""
    assert set(Why) <= WORDS
    assert KEY.decode() not in repr(Assertions(SHARED, KEY))
