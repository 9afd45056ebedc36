"""Certificates for servers of the tests: an authority of a minute's age, and what it signed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Certified:
    """Files in PEM: the authority, and one certificate of it with its key."""

    ca: Path
    certificate: Path
    key: Path


def certify(folder: Path, *addresses: str) -> Certified:
    """A new authority, and a certificate for this machine's loopback and these addresses."""
    ours, theirs = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "authority of a test")])
    root = (
        _begun(name, "authority of a test", ours)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .sign(ours, SHA256())
    )
    names = [
        x509.DNSName("localhost"),
        *(x509.IPAddress(ip_address(each)) for each in ("127.0.0.1", *addresses)),
    ]
    key_of_root = x509.AuthorityKeyIdentifier.from_issuer_public_key(ours.public_key())
    leaf = (
        _begun(name, "server of a test", theirs)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(key_of_root, critical=False)
        .sign(ours, SHA256())
    )
    made = Certified(folder / "ca.pem", folder / "cert.pem", folder / "key.pem")
    made.ca.write_bytes(root.public_bytes(Encoding.PEM))
    made.certificate.write_bytes(leaf.public_bytes(Encoding.PEM))
    pem = theirs.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    made.key.write_bytes(pem)
    made.key.chmod(0o600)
    return made


def _begun(
    issuer: x509.Name, name: str, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )
