"""What the tests of signed reviews share: reviewers with keys, and workspaces that list them."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from reviewcases import SETTINGS, loader

from publish.actions.review import ReviewDecision, SentenceChoice, SentenceGroup, approve
from publish.model import Finding
from publish.reviews.ledger import list_rows
from publish.reviews.trust import LedgerTrust
from publish.settings import Gate
from publish.signatures.minisign import SecretKey, write_public_line

AYGUL, MERET = "Aygul", "second-reader"


def make_test_key(number: int) -> SecretKey:
    """Return the key of a number, the same in every process: it stands in the names of tests."""
    seed = bytes([number]) * 32
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return SecretKey(bytes([number]) * 8, seed, public)


KEYS = {AYGUL: make_test_key(1), MERET: make_test_key(2)}
STRANGER = make_test_key(3)
LISTED = {name: write_public_line(key.public) for name, key in KEYS.items()}


def trust(
    document: str = "r", tag: str = "ru", gate: Gate | None = None, *names: str
) -> LedgerTrust:
    """What rows of a ledger are worth where these reviewers, or both, are listed."""
    return LedgerTrust(document, tag, {name: LISTED[name] for name in names or LISTED}, gate)


def list_reviewers(root: Path, gate: str = "", *names: str) -> None:
    """Write settings that list reviewers, by default both, and the gate of approved editions."""
    lines = [f'"{name}" = "{LISTED[name]}"' for name in names or LISTED]
    gates = f"[gates.approved]\n{gate}\n" if gate else ""
    text = f"{SETTINGS}\n[reviewers]\n{chr(10).join(lines)}\n\n{gates}"
    (root / "publish.toml").write_text(text, encoding="utf-8")


def signed(
    root: Path,
    reviewer: str = AYGUL,
    choice: SentenceChoice = SentenceGroup.ALL,
    key: SecretKey | None = None,
) -> ReviewDecision:
    """Approve sentences, by default all, with a signature."""
    return approve(loader(root), "r", "ru", choice, reviewer=reviewer, key=key or KEYS[reviewer])


def line_of(found: Finding) -> int:
    assert found.span is not None
    return found.span.first


def count_signed(path: Path) -> int:
    return sum(bool(row.signature) for _, row in list_rows(path.read_bytes(), path.name))
