"""Share a desk in the local network: its addresses, and a certificate made at the start.

Only this file imports `cryptography` for certificates.
"""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from publish.errors import UsageError
from publish.files import temporary_folder

__all__ = ["Certificate", "find_addresses", "find_host_names", "make_certificate", "make_context"]

DAYS = 30
EVERYWHERE = ("0.0.0.0", "::")
ELSEWHERE = "192.0.2.1"
"""An address of no machine (RFC 5737); the way to it tells our own address, and nothing is sent."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate and its key, as PEM, and its SHA-256 fingerprint."""

    certificate: bytes
    key: bytes
    fingerprint: str


def find_addresses(chosen: str = "") -> tuple[str, ...]:
    """Return the addresses of this machine to listen at: the chosen one, or the one in the network.

    `all` are all of them.  Raises UsageError where there is none, or the chosen one is not ours.
    """
    known = _own_addresses()
    if chosen == "all":
        return EVERYWHERE[:1]
    if chosen:
        try:
            given = str(ipaddress.ip_address(chosen))
        except ValueError:
            raise UsageError(
                f"{chosen!r} is not an address",
                hint=f"use one of: {', '.join((*known, 'all'))}",
            ) from None
        _refuse_foreign(given, known)
        return (given,)
    if not known:
        raise UsageError(
            "this machine has no address in a network",
            hint="connect it, or name one with --address",
        )
    return known[:1]


def _refuse_foreign(address: str, known: Sequence[str]) -> None:
    """Raise UsageError for an address that this machine does not have."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as one:
        try:
            one.bind((address, 0))
        except OSError:
            raise UsageError(
                f"this machine does not have the address {address}",
                hint=f"use one of: {', '.join((*known, 'all'))}",
            ) from None


def _own_addresses() -> tuple[str, ...]:
    """Return the addresses of this machine in networks; the one it reaches others from is first."""
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        try:
            one.connect((ELSEWHERE, 9))
            found.append(one.getsockname()[0])
        except OSError:
            pass
    try:
        named = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        found += [str(entry[4][0]) for entry in named]
    except OSError:
        pass
    return tuple(one for one in dict.fromkeys(found) if not ipaddress.ip_address(one).is_loopback)


def find_host_names(addresses: Sequence[str]) -> tuple[str, ...]:
    """Return what a browser may call this machine where it listens at these addresses."""
    listed = _own_addresses() if set(addresses) & set(EVERYWHERE) else tuple(addresses)
    name = socket.gethostname().lower()
    names = (name, f"{name}.local") if name and "." not in name else (name,)
    return (*listed, *(one for one in names if one))


def make_certificate(hosts: Sequence[str]) -> Certificate:
    """Return a new certificate for names and addresses, good for 30 days; nobody has signed it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "publish desk")])
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=DAYS))
        .add_extension(x509.SubjectAlternativeName([_named(host) for host in hosts]), False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
    )
    made = builder.sign(key, hashes.SHA256())
    return Certificate(
        certificate=made.public_bytes(serialization.Encoding.PEM),
        key=key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        fingerprint=made.fingerprint(hashes.SHA256()).hex().upper(),
    )


def _named(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host.encode("ascii", "replace").decode().replace("?", "-"))


def make_context(certificate: Certificate) -> ssl.SSLContext:
    """Return what a server needs for TLS; the key is on the disk only while it is read."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    with temporary_folder() as folder:
        path = folder / "desk.pem"
        path.touch(0o600)
        path.write_bytes(certificate.key + certificate.certificate)
        context.load_cert_chain(path)
    return context
