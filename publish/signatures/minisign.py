"""Keys and signatures in minisign's formats.  Only this module imports `cryptography`.

The formats are those of minisign 0.11: an Ed25519 signature of the BLAKE2b-512 digest of a file, a
second one of the first and the trusted comment, and secret keys encrypted with scrypt.  Minisign
reads what is written here, and the other way round.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from dataclasses import dataclass

from publish.errors import MissingPartError, PublishError

__all__ = [
    "COMMENT",
    "STRENGTH",
    "PublicKey",
    "SecretKey",
    "Strength",
    "decode_signature",
    "generate_key",
    "read_public_key",
    "read_secret_key",
    "sign",
    "sign_bytes",
    "verify_bytes",
    "verify_signature",
    "write_public_line",
    "write_public_text",
    "write_secret_text",
]

COMMENT = "the files that SHA256SUMS lists, as they were released"
"""The trusted comment of every signature.  Minisign puts a time here; this has none."""

PUBLIC_COMMENT = "untrusted comment: minisign public key"
SECRET_COMMENT = "untrusted comment: minisign encrypted secret key"
SIGNATURE_COMMENT = "untrusted comment: signature from minisign secret key"
"""The comments that no signature covers; a file with any other is not accepted."""

TRUSTED = "trusted comment: "
ED, PREHASHED, SCRYPT, BLAKE2B = b"Ed", b"ED", b"Sc", b"B2"
CLEAR = b"\0\0"
"""Instead of `Sc`: a secret key without a passphrase."""


@dataclass(frozen=True, slots=True)
class Strength:
    """The cost of decrypting a secret key, as libsodium counts: operations, bytes of memory."""

    operations: int
    memory: int


STRENGTH = Strength(1 << 23, 1 << 28)
"""256 MiB and a little less than a second; minisign itself uses four times as much."""

MOST = Strength(1 << 26, 1 << 30)
"""The most that a key file may ask for, so that a forged one cannot keep a machine busy."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key: its number (8 bytes) and the Ed25519 key (32 bytes)."""

    number: bytes
    data: bytes

    @property
    def id(self) -> str:
        """Return the number of the key in hexadecimal, as minisign shows it."""
        return f"{int.from_bytes(self.number, 'little'):016X}"


@dataclass(frozen=True, slots=True, repr=False)
class SecretKey:
    """A secret key: its number (8 bytes), the seed that signs (32) and the public key (32)."""

    number: bytes
    seed: bytes
    data: bytes

    @property
    def public(self) -> PublicKey:
        """Return the public key that belongs to this one."""
        return PublicKey(self.number, self.data)


def generate_key() -> SecretKey:
    """Return a new random key."""
    seed = os.urandom(32)
    return SecretKey(os.urandom(8), seed, _public_half(seed))


def _public_half(seed: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


# --------------------------------------------------------------------------- public keys


def write_public_text(key: PublicKey) -> str:
    """Return a public key as the text of a file."""
    return f"{PUBLIC_COMMENT} {key.id}\n{write_public_line(key)}\n"


def write_public_line(key: PublicKey) -> str:
    """Return a public key as one word of 56 characters, short enough to print on paper."""
    return _encoded(ED + key.number + key.data)


def read_public_key(text: str) -> PublicKey:
    """Read a public key from a file's text or from one word; raises PublishError (code `key`)."""
    lines = text.strip().splitlines()
    data = _decoded(lines[-1] if lines else "", 42)
    if len(lines) > 2 or data is None or data[:2] != ED:
        raise PublishError(
            "this is not a minisign public key",
            hint="give a file of two lines, or one word of 56 characters that begins with RW",
            code="key",
        )
    return PublicKey(data[2:10], data[10:])


# --------------------------------------------------------------------------- secret keys


def write_secret_text(key: SecretKey, passphrase: str, strength: Strength = STRENGTH) -> str:
    """Return a secret key as the text of a file, encrypted with a passphrase."""
    salt = os.urandom(32)
    inner = key.number + key.seed + key.data + _checksum(key)
    head = ED + SCRYPT + BLAKE2B + salt
    head += strength.operations.to_bytes(8, "little") + strength.memory.to_bytes(8, "little")
    wrapped = _mixed(inner, _stream(passphrase, salt, strength))
    return f"{SECRET_COMMENT}\n{_encoded(head + wrapped)}\n"


def read_secret_key(text: str, passphrase: str) -> SecretKey:
    """Read a secret key from a file's text.

    Raises PublishError (code `key`) for a wrong passphrase or file, and MissingPartError if there
    is not enough memory.
    """
    lines = text.splitlines()
    data = _decoded(lines[1] if len(lines) == 2 else "", 158)
    if data is None or data[:2] != ED or data[2:4] not in (SCRYPT, CLEAR):
        raise PublishError("this is not a minisign secret key", code="key")
    if data[2:4] == CLEAR:
        inner = data[54:]
    else:
        strength = Strength(*(int.from_bytes(data[at : at + 8], "little") for at in (38, 46)))
        inner = _mixed(data[54:], _stream(passphrase, data[6:38], strength))
    key = SecretKey(inner[:8], inner[8:40], inner[40:72])
    checked = data[2:4] == CLEAR or inner[72:] == _checksum(key)
    if not checked or _public_half(key.seed) != key.data:
        raise PublishError(
            "the passphrase is wrong, or the key file is damaged",
            hint="try again; if the passphrase is lost, you need a new key",
            code="key",
        )
    return key


def _checksum(key: SecretKey) -> bytes:
    return hashlib.blake2b(ED + key.number + key.seed + key.data, digest_size=32).digest()


def _stream(passphrase: str, salt: bytes, strength: Strength) -> bytes:
    """Return the 104 bytes that encrypt a key; scrypt's parameters are chosen as in libsodium."""
    if strength.operations > MOST.operations or strength.memory > MOST.memory:
        raise PublishError("this key file asks for more memory or time than is allowed", code="key")
    cost, parallel = _parameters(strength)
    try:
        return hashlib.scrypt(
            passphrase.encode(),
            salt=salt,
            n=cost,
            r=8,
            p=parallel,
            maxmem=min(2 * strength.memory + (1 << 26), (1 << 31) - 1),
            dklen=104,
        )
    except (ValueError, MemoryError) as error:
        raise MissingPartError(
            f"not enough memory to open the key: it needs {strength.memory >> 20} MiB",
            hint="close other programs, or use another machine",
            code="key",
        ) from error


def _parameters(strength: Strength) -> tuple[int, int]:
    """Return the cost N and the parallelism of scrypt, as `pickparams` of libsodium does."""
    operations, block = max(strength.operations, 32768), 8
    if operations < strength.memory // 32:
        return _power(operations // (block * 4)), 1
    cost = _power(strength.memory // (block * 128))
    return cost, max(operations // 4 // cost // block, 1)


def _power(most: int) -> int:
    """Return the smallest power of two, at least 2, that is more than half of a number."""
    found = 2
    while found <= most // 2:
        found *= 2
    return found


def _mixed(data: bytes, stream: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(data, stream, strict=True))


# --------------------------------------------------------------------------- signatures


def sign(data: bytes, key: SecretKey, comment: str = COMMENT) -> str:
    """Return the signature of data as the text of a file.

    Law: the same data, key and comment give the same text.
    """
    signature = sign_bytes(hashlib.blake2b(data).digest(), key)
    whole = sign_bytes(signature + comment.encode(), key)
    first = _encoded(PREHASHED + key.number + signature)
    return f"{SIGNATURE_COMMENT}\n{first}\n{TRUSTED}{comment}\n{_encoded(whole)}\n"


def sign_bytes(message: bytes, key: SecretKey) -> bytes:
    """Return the Ed25519 signature of a message itself, without a form around it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(key.seed).sign(message)


def verify_signature(data: bytes, text: str, key: PublicKey) -> str:
    """Verify a signature and return its trusted comment.

    Raises PublishError (code `signature`) unless every byte of the signature's text is right, also
    in the comment that minisign does not verify.
    """
    lines = text.split("\n")
    if len(lines) != 5 or lines[0] != SIGNATURE_COMMENT or lines[4]:
        raise _bad("the signature file was changed, or is not a minisign signature")
    first, whole = _decoded(lines[1], 74), _decoded(lines[3], 64)
    if first is None or whole is None or first[:2] != PREHASHED:
        raise _bad("the signature file was changed, or is not a minisign signature")
    if not lines[2].startswith(TRUSTED):
        raise _bad("the signature file was changed, or is not a minisign signature")
    number, signature, comment = first[2:10], first[10:], lines[2].removeprefix(TRUSTED)
    if number != key.number:
        raise _bad("the signature is by another key than the one given")
    good = verify_bytes(signature, hashlib.blake2b(data).digest(), key.data)
    if not good or not verify_bytes(whole, signature + comment.encode(), key.data):
        raise _bad("the signature does not belong to these files and this key")
    return comment


def decode_signature(word: str) -> bytes | None:
    """Return the 64 bytes of an Ed25519 signature, None for a word that is not one in base64."""
    return _decoded(word, 64)


def verify_bytes(signature: bytes, message: bytes, key: bytes) -> bool:
    """Return whether an Ed25519 signature of a message was made with a key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _bad(message: str) -> PublishError:
    return PublishError(
        message, hint="do not use this copy or pass it on; get it again", code="signature"
    )


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decoded(text: str, length: int) -> bytes | None:
    """Return the bytes of a base64 word; None unless it is canonical and has this length."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if len(data) == length and _encoded(data) == text else None
