"""Sign rows of a ledger, and say what a row is worth: whether its signature is good, whom it needs.

A signature covers the document, the language and every cell of a row, so a row that was changed or
copied to another ledger has none that is good.  Nothing is verified where the settings list no
reviewer.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from publish.reviews.rows import ReviewRow
from publish.settings import Gate
from publish.signatures.minisign import (
    PublicKey,
    SecretKey,
    read_public_key,
    sign_bytes,
    verify_bytes,
)
from publish.signatures.reviewers import fold_reviewer
from publish.userfolders import keep_file, map_kept_file

__all__ = ["FORGED", "TRUSTING", "Lack", "LedgerTrust", "RowFault", "sign_row", "write_signed_text"]

DOMAIN = "publish review 1"
"""What every signed text begins with, so that no signature of anything else fits a row."""

DIGEST = 32
"""Bytes of a SHA-256."""


class RowFault(StrEnum):
    """Why a row does not count as the decision of its reviewer.

    UNSIGNED is a row without a signature, of a reviewer whose key is listed.  STRANGER is one by a
    key that is not listed, OTHER one by the key of another reviewer.  ALTERED has a signature that
    is not of this row, in this document and language.
    """

    UNSIGNED = "unsigned"
    STRANGER = "stranger"
    OTHER = "other"
    ALTERED = "altered"


FORGED = frozenset((RowFault.STRANGER, RowFault.OTHER, RowFault.ALTERED))
"""The faults of rows that are as if they were not there."""


class Lack(StrEnum):
    """What a sentence with an approval still lacks to be in an approved edition."""

    NOTHING = ""
    SIGNATURE = "signature"
    REVIEWER = "reviewer"


def write_signed_text(row: ReviewRow, document: str, tag: str) -> bytes:
    """Return what a row's signature signs: the domain, and a JSON list of all that it says.

    The list has the document, the language's tag, the cells of the row in their order, and the id
    of the key.  No two rows, documents or languages give the same text.
    """
    cells = [
        document,
        tag,
        row.sentence,
        row.translation,
        row.typography,
        row.surroundings,
        row.state,
        row.reviewer,
        row.when,
        row.reason,
        row.key,
    ]
    return f"{DOMAIN}\n{json.dumps(cells, separators=(',', ':'))}".encode("ascii")


def sign_row(row: ReviewRow, document: str, tag: str, key: SecretKey) -> ReviewRow:
    """Return a row signed with a reviewer's key.

    Law: signing the same row with the same key again gives the same row.
    """
    named = replace(row, key=key.public.id, signature="")
    signature = sign_bytes(write_signed_text(named, document, tag), key)
    return replace(named, signature=base64.b64encode(signature).decode("ascii"))


class LedgerTrust:
    """What the rows of one ledger are worth; each signature is verified once.

    `reviewers` are public keys by name, as the settings list them, `gate` is that of the state
    approved.  A row whose signature was good on an earlier run of this user is not verified again;
    see `keep`.
    """

    def __init__(
        self, document: str, tag: str, reviewers: Mapping[str, str], gate: Gate | None = None
    ) -> None:
        self.document, self.tag, self.gate = document, tag, gate or Gate()
        self._listed = frozenset(map(fold_reviewer, reviewers))
        self._approvers = frozenset(map(fold_reviewer, self.gate.approvers))
        self._keys: dict[str, tuple[str, PublicKey]] = {}
        for name, line in reviewers.items():
            key = read_public_key(line)
            self._keys[key.id] = (name, key)
        plain = self.gate.approvals == 1 and not self.gate.approvers
        self._asks_nothing = plain and not self._keys
        self._faults: dict[ReviewRow, RowFault | None] = {}
        self._good: frozenset[bytes] | None = None
        self._seen: set[bytes] = set()

    def find_fault(self, row: ReviewRow) -> RowFault | None:
        """Return why a row does not count as its reviewer's, None if it does."""
        if not self._keys:
            return None
        if row not in self._faults:
            self._faults[row] = self._verify(row)
        return self._faults[row]

    def _verify(self, row: ReviewRow) -> RowFault | None:
        if not row.signature:
            return RowFault.UNSIGNED if fold_reviewer(row.reviewer) in self._listed else None
        if row.key not in self._keys:
            return RowFault.STRANGER
        name, key = self._keys[row.key]
        if name != row.reviewer:
            return RowFault.OTHER
        return None if self._is_by(row, self.document, self.tag, key) else RowFault.ALTERED

    def _is_by(self, row: ReviewRow, document: str, tag: str, key: PublicKey) -> bool:
        signature, text = base64.b64decode(row.signature), write_signed_text(row, document, tag)
        digest = hashlib.sha256(key.data + signature + text).digest()
        if self._good is None:
            self._good = self._read_good()
        if digest not in self._good and not verify_bytes(signature, text, key.data):
            return False
        self._seen.add(digest)
        return True

    def find_origin(
        self, row: ReviewRow, places: Iterable[tuple[str, str]]
    ) -> tuple[str, str] | None:
        """Return the document and the tag, of those given, that an altered row was signed for."""
        _, key = self._keys[row.key]
        signature = base64.b64decode(row.signature)
        for document, tag in places:
            if verify_bytes(signature, write_signed_text(row, document, tag), key.data):
                return document, tag
        return None

    @property
    def listed(self) -> bool:
        """Whether any reviewer has a key, so that signatures are verified."""
        return bool(self._keys)

    def find_owner(self, key: str) -> str:
        """Return the reviewer who has the key with this id, empty if nobody has."""
        return self._keys[key][0] if key in self._keys else ""

    # ---- approvals

    def find_lack(self, approvals: Sequence[ReviewRow]) -> Lack:
        """Return what approvals of one pair of texts lack for the gate of approved editions.

        Approvals of the same reviewer count once.
        """
        if self._asks_nothing:
            return Lack.NOTHING
        gate = self.gate
        counted, waiting = set[str](), set[str]()
        for row in approvals:
            reviewer, fault = fold_reviewer(row.reviewer), self.find_fault(row)
            if self._approvers and reviewer not in self._approvers:
                continue
            if fault is None and (row.signature or not gate.signed):
                counted.add(reviewer)
            elif fault is RowFault.UNSIGNED:
                waiting.add(reviewer)
        if len(counted) >= gate.approvals:
            return Lack.NOTHING
        return Lack.SIGNATURE if len(counted | waiting) >= gate.approvals else Lack.REVIEWER

    def count_forged(self, rows: Iterable[ReviewRow]) -> int:
        """Return how many rows are as if they were not there."""
        return sum(self.find_fault(row) in FORGED for row in rows) if self._keys else 0

    # ---- what is remembered

    def _read_good(self) -> frozenset[bytes]:
        data = map_kept_file(self._kept_name)
        if data is None or len(data) % DIGEST:
            return frozenset()
        return frozenset(bytes(data[at : at + DIGEST]) for at in range(0, len(data), DIGEST))

    def keep(self) -> None:
        """Remember which signatures are good, in this user's own cache; nothing depends on it."""
        if self._good is not None and self._seen != self._good:
            self._good = frozenset(self._seen)
            keep_file(self._kept_name, b"".join(sorted(self._good)))

    @property
    def _kept_name(self) -> str:
        named = json.dumps([DOMAIN, self.document, self.tag, sorted(self._keys)]).encode()
        return f"signatures-{hashlib.sha256(named).hexdigest()}.kept"


TRUSTING = LedgerTrust("", "", {})
"""What rows are worth where no reviewer is listed and one approval is enough."""
