"""Signatures and keys in minisign's formats; the only door to cryptography.

The formats are those of minisign 0.11: Ed25519 over the BLAKE2b-512 digest of a file, a second
signature over the first one and the trusted comment; secret keys wrapped by scrypt.  Stock
minisign reads all that is written here, and the other way round.
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
    "new_key",
    "public_key",
    "public_line",
    "public_text",
    "secret_key",
    "secret_text",
    "sign",
    "verify",
]

COMMENT = "the files that SHA256SUMS lists, as they were released"
"""The trusted comment of every signature: always the same, so that it tells no time."""

PUBLIC_COMMENT = "untrusted comment: minisign public key"
SECRET_COMMENT = "untrusted comment: minisign encrypted secret key"
SIGNATURE_COMMENT = "untrusted comment: signature from minisign secret key"
"""The only words that stand where no signature reaches; a file with others is not accepted."""

TRUSTED = "trusted comment: "
ED, PREHASHED, SCRYPT, BLAKE2B = b"Ed", b"ED", b"Sc", b"B2"
CLEAR = b"\0\0"
"""In place of `Sc`: a secret key that no passphrase protects."""


@dataclass(frozen=True, slots=True)
class Strength:
    """What unwrapping a secret key costs, as libsodium counts: operations, bytes of memory."""

    operations: int
    memory: int


STRENGTH = Strength(1 << 23, 1 << 28)
"""256 MiB and somewhat less than a second; minisign itself takes four times as much."""

MOST = Strength(1 << 26, 1 << 30)
"""What a key file may ask for, so that a forged one cannot keep a machine busy."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Eight bytes that name a key, and the 32 bytes that verify."""

    number: bytes
    data: bytes

    @property
    def id(self) -> str:
        """The name of the key as minisign shows it."""
        return f"{int.from_bytes(self.number, 'little'):016X}"


@dataclass(frozen=True, slots=True, repr=False)
class SecretKey:
    """The number of a key, the seed that signs, and the public half."""

    number: bytes
    seed: bytes
    data: bytes

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.number, self.data)


def new_key() -> SecretKey:
    """A key that nobody else has."""
    seed = os.urandom(32)
    return SecretKey(os.urandom(8), seed, _public_half(seed))


def _public_half(seed: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


# --------------------------------------------------------------------------- public keys


def public_text(key: PublicKey) -> str:
    """The public key as a file."""
    return f"{PUBLIC_COMMENT} {key.id}\n{public_line(key)}\n"


def public_line(key: PublicKey) -> str:
    """The public key as one word, which is short enough to print on paper."""
    return _encoded(ED + key.number + key.data)


def public_key(text: str) -> PublicKey:
    """The key of a file or of one word; raises PublishError (code `key`) for anything else."""
    lines = text.strip().splitlines()
    data = _decoded(lines[-1] if lines else "", 42)
    if len(lines) > 2 or data is None or data[:2] != ED:
        raise PublishError(
            "this is no public key of minisign",
            hint="it is a file of two lines, or one word of 56 characters that begins with RW",
            code="key",
        )
    return PublicKey(data[2:10], data[10:])


# --------------------------------------------------------------------------- secret keys


def secret_text(key: SecretKey, passphrase: str, strength: Strength = STRENGTH) -> str:
    """The secret key as a file, wrapped so that only the passphrase opens it."""
    salt = os.urandom(32)
    inner = key.number + key.seed + key.data + _checksum(key)
    head = ED + SCRYPT + BLAKE2B + salt
    head += strength.operations.to_bytes(8, "little") + strength.memory.to_bytes(8, "little")
    wrapped = _mixed(inner, _stream(passphrase, salt, strength))
    return f"{SECRET_COMMENT}\n{_encoded(head + wrapped)}\n"


def secret_key(text: str, passphrase: str) -> SecretKey:
    """The key in a file; raises PublishError (code `key`) for a wrong passphrase or file."""
    lines = text.splitlines()
    data = _decoded(lines[1] if len(lines) == 2 else "", 158)
    if data is None or data[:2] != ED or data[2:4] not in (SCRYPT, CLEAR):
        raise PublishError("this is no secret key of minisign", code="key")
    if data[2:4] == CLEAR:
        inner = data[54:]
    else:
        strength = Strength(*(int.from_bytes(data[at : at + 8], "little") for at in (38, 46)))
        inner = _mixed(data[54:], _stream(passphrase, data[6:38], strength))
    key = SecretKey(inner[:8], inner[8:40], inner[40:72])
    checked = data[2:4] == CLEAR or inner[72:] == _checksum(key)
    if not checked or _public_half(key.seed) != key.data:
        raise PublishError(
            "the passphrase is not that of the key, or the file is damaged",
            hint="try again; without passphrase and key nobody can sign in your name, nor you",
            code="key",
        )
    return key


def _checksum(key: SecretKey) -> bytes:
    return hashlib.blake2b(ED + key.number + key.seed + key.data, digest_size=32).digest()


def _stream(passphrase: str, salt: bytes, strength: Strength) -> bytes:
    """The 104 bytes that wrap a key; the parameters follow from the limits as in libsodium."""
    if strength.operations > MOST.operations or strength.memory > MOST.memory:
        raise PublishError("this key asks for more memory than any key of ours", code="key")
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
            f"the key cannot be opened: {strength.memory >> 20} MiB of memory are needed",
            hint="close other programs, or use another machine",
            code="key",
        ) from error


def _parameters(strength: Strength) -> tuple[int, int]:
    """The cost N, a power of two, and the parallelism of scrypt (`pickparams` of libsodium)."""
    operations, block = max(strength.operations, 32768), 8
    if operations < strength.memory // 32:
        return _power(operations // (block * 4)), 1
    cost = _power(strength.memory // (block * 128))
    return cost, max(operations // 4 // cost // block, 1)


def _power(most: int) -> int:
    """The smallest power of two, from 2 on, that is more than half of a number."""
    found = 2
    while found <= most // 2:
        found *= 2
    return found


def _mixed(data: bytes, stream: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(data, stream, strict=True))


# --------------------------------------------------------------------------- signatures


def sign(data: bytes, key: SecretKey, comment: str = COMMENT) -> str:
    """The signature of a file, as a file; the same data and key give the same text."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(key.seed)
    signature = private.sign(hashlib.blake2b(data).digest())
    whole = private.sign(signature + comment.encode())
    first = _encoded(PREHASHED + key.number + signature)
    return f"{SIGNATURE_COMMENT}\n{first}\n{TRUSTED}{comment}\n{_encoded(whole)}\n"


def verify(data: bytes, text: str, key: PublicKey) -> str:
    """The trusted comment of a good signature; raises PublishError (code `signature`) else.

    Every byte of the signature's file counts, the comment that minisign does not trust included.
    """
    lines = text.split("\n")
    if len(lines) != 5 or lines[0] != SIGNATURE_COMMENT or lines[4]:
        raise _bad("the file with the signature was changed, or is none of minisign")
    first, whole = _decoded(lines[1], 74), _decoded(lines[3], 64)
    if first is None or whole is None or first[:2] != PREHASHED:
        raise _bad("the file with the signature was changed, or is none of minisign")
    if not lines[2].startswith(TRUSTED):
        raise _bad("the file with the signature was changed, or is none of minisign")
    number, signature, comment = first[2:10], first[10:], lines[2].removeprefix(TRUSTED)
    if number != key.number:
        raise _bad("another key has signed this, not the one you asked for")
    good = _holds(signature, hashlib.blake2b(data).digest(), key)
    if not good or not _holds(whole, signature + comment.encode(), key):
        raise _bad("the signature does not belong to these files and this key")
    return comment


def _holds(signature: bytes, message: bytes, key: PublicKey) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key.data).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _bad(message: str) -> PublishError:
    return PublishError(
        message, hint="do not use or pass on this copy; get it again", code="signature"
    )


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decoded(text: str, length: int) -> bytes | None:
    """The bytes of a word in base64, None unless it is written exactly as we would write it."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if len(data) == length and _encoded(data) == text else None
