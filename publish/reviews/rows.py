"""The type `ReviewRow`: one decision of a reviewer, one line of a ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Decision", "ReviewRow"]

Decision = Literal["approved", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """One decision on a sentence and its translation, which it names by digests.

    `sentence` is the digest of the context and the folded source, `translation` that of the exact
    translation, `typography` that of the folded translation, and `surroundings` that of the
    neighbours and of the addresses of links.  `when` is a time such as `2024-06-24T10:11:12Z`, or a
    day alone, which counts as its beginning.  `key` is the id of the key that signed the row, 16
    hexadecimal digits, and `signature` an Ed25519 signature in base64; both are empty in a row that
    is not signed.
    """

    sentence: str
    translation: str
    typography: str
    surroundings: str
    state: Decision
    reviewer: str
    when: str
    reason: str = ""
    key: str = ""
    signature: str = ""

    @property
    def texts(self) -> tuple[str, str]:
        """The digests of the two texts that the decision is about."""
        return (self.sentence, self.translation)

    @property
    def day(self) -> str:
        """The day of the decision, such as `2024-06-24`."""
        return self.when[:10]
