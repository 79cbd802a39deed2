"""What signatures and several reviewers do to states: approved is earned only by what counts."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest
from reviewcases import RU, approved, edit, ledger, loader, make_workspace, po
from signingcases import (
    AYGUL,
    KEYS,
    LISTED,
    MERET,
    STRANGER,
    count_signed,
    list_reviewers,
    make_test_key,
    signed,
)

from publish.actions.build import build_editions
from publish.actions.check import check_translations
from publish.actions.review import list_reviews, prune_ledgers, reject
from publish.actions.reviewkeys import sign_reviews
from publish.building.documentstatus import measure_status
from publish.building.keys import make_edition_key
from publish.cli.main import main
from publish.errors import UsageError
from publish.model import Edition, Level
from publish.reviews.ledger import read_ledger
from publish.reviews.trust import Lack
from publish.reviews.verdicts import ReviewState, Verdict, needs_reviewer
from publish.settings import Settings, read_settings
from publish.signatures.minisign import write_public_line

ROWS = 7
SIGNED, TWO = "signed = true", "signed = true\napprovals = 2"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


def state(root: Path) -> str | None:
    return measure_status(loader(root), "r", RU).state


def verdicts(root: Path) -> tuple[Verdict, ...]:
    (found,) = list_reviews(loader(root), ["r"], ["ru"], whole=True)
    return found.shown


def codes(root: Path) -> list[str]:
    return [one.code for one in check_translations(loader(root)).findings]


def sign(root: Path, reviewer: str = AYGUL, *places: str) -> int:
    found = sign_reviews(loader(root), ["r"], ["ru"], places, reviewer=reviewer, key=KEYS[reviewer])
    return sum(len(one.taken) for one in found)


# --------------------------------------------------------------------------- one reviewer


def test_without_reviewers_in_the_settings_nothing_changes(root: Path) -> None:
    approved(root)
    before = ledger(root).read_bytes()
    assert before.decode().splitlines()[0].endswith(",date,reason")
    assert state(root) == "approved"
    list_reviewers(root, "", MERET)
    assert state(root) == "approved"
    assert ledger(root).read_bytes() == before
    assert codes(root) == []


def test_an_approved_edition_needs_signatures_where_the_settings_ask_for_them(root: Path) -> None:
    list_reviewers(root, SIGNED)
    approved(root)
    assert state(root) == "reviewed"
    signed(root, MERET)
    assert state(root) == "approved"
    assert count_signed(ledger(root)) == ROWS


def test_an_unsigned_approval_of_a_listed_reviewer_waits_for_the_signature(root: Path) -> None:
    """Without that, whoever takes signatures off would have a row that passes."""
    list_reviewers(root)
    approved(root, reviewer=AYGUL)
    assert state(root) == "reviewed"
    assert {one.lack for one in verdicts(root)} == {Lack.SIGNATURE}
    assert not any(map(needs_reviewer, verdicts(root)))
    assert codes(root) == ["review-unsigned"] * ROWS
    assert sign(root, MERET) == 0
    assert sign(root) == ROWS
    assert (state(root), codes(root)) == ("approved", [])
    before = ledger(root).read_bytes()
    assert sign(root) == 0
    assert ledger(root).read_bytes() == before


def test_a_changed_row_does_not_count_and_is_named_by_line(root: Path) -> None:
    list_reviewers(root)
    signed(root)
    assert state(root) == "approved"
    edit(ledger(root), ",approved,Aygul,", ",approved,second-reader,")
    assert state(root) == "draft"
    (found,) = check_translations(loader(root)).findings
    assert (found.code, found.level) == ("review-key", Level.ERROR)
    assert str(found.span) == "locales/ru/LC_MESSAGES/r.review.csv:2"
    assert [one.state for one in verdicts(root)].count(ReviewState.UNREVIEWED) == 1


def test_a_forged_row_holds_back_even_where_another_approval_counts(root: Path) -> None:
    list_reviewers(root)
    signed(root)
    signed(root, MERET, ("victims, sentence 1",))
    path = ledger(root)
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if f",{MERET}," in line)
    lines[at] = lines[at].replace("Z,,", "Z,changed,")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert {one.state for one in verdicts(root)} == {ReviewState.APPROVED}
    assert state(root) == "draft"
    assert codes(root) == ["review-altered"]
    one = loader(root)
    (outcome,) = build_editions(one, one.workspace.editions(["ru"])).outcomes
    said = [found.message for found in outcome.warnings if found.code == "held-back"]
    assert said == [
        "r in ru is not reviewed yet: 1 row of the review ledger not signed as they should be"
    ]


def test_a_reviewer_who_is_withdrawn_counts_no_more(root: Path) -> None:
    list_reviewers(root)
    signed(root)
    list_reviewers(root, "", MERET)
    assert state(root) == "draft"
    assert codes(root) == ["review-key"] * ROWS
    list_reviewers(root)
    assert state(root) == "approved"


def test_the_key_of_a_stranger_earns_nothing(root: Path) -> None:
    list_reviewers(root)
    signed(root, AYGUL, key=STRANGER)
    assert state(root) == "draft"
    assert codes(root) == ["review-key"] * ROWS
    assert sign(root) == ROWS
    assert state(root) == "approved"


def test_a_rejection_holds_whatever_its_signature(root: Path) -> None:
    list_reviewers(root)
    signed(root)
    reject(loader(root), "r", "ru", ["The court"], reviewer=MERET, reason="no", key=KEYS[MERET])
    assert state(root) == "draft"
    edit(ledger(root), "Z,no,", "Z,nay,")
    assert [one.state for one in verdicts(root)].count(ReviewState.REJECTED) == 1
    assert (state(root), codes(root)) == ("draft", ["review-altered"])


def test_an_approval_that_is_taken_back_holds_again_with_its_signature(root: Path) -> None:
    list_reviewers(root, TWO)
    signed(root)
    signed(root, MERET)
    assert state(root) == "approved"
    edit(po(root), "этого человека", "этого мужчину")
    assert state(root) == "draft"
    assert prune_ledgers(loader(root), ["r"], ["ru"])[0].dropped == 0
    edit(po(root), "этого мужчину", "этого человека")
    assert state(root) == "approved"


# --------------------------------------------------------------------------- moved


def test_a_ledger_copied_to_another_document_earns_nothing_until_it_is_signed_again(
    root: Path,
) -> None:
    list_reviewers(root)
    signed(root)
    for path in (root / "source/r.md", po(root), ledger(root)):
        path.with_name(path.name.replace("r.", "s.", 1)).write_bytes(path.read_bytes())
    assert measure_status(loader(root), "s", RU).state == "draft"
    found = check_translations(loader(root), ["s"]).findings
    assert {one.code for one in found} == {"review-moved"}
    assert len(found) == ROWS
    assert "was signed for r in ru" in found[0].message
    (root / "source/r.md").unlink()
    again = sign_reviews(loader(root), [], [], [], reviewer=AYGUL, key=KEYS[AYGUL])
    assert [len(one.taken) for one in again] == [ROWS]
    assert measure_status(loader(root), "s", RU).state == "approved"


def test_what_was_altered_is_not_signed_again(root: Path) -> None:
    list_reviewers(root)
    signed(root)
    edit(ledger(root), "Z,,", "Z,changed,")
    assert sign(root) == 0
    assert codes(root) == ["review-altered"]


# --------------------------------------------------------------------------- two of two


def test_two_of_two_are_needed(root: Path) -> None:
    list_reviewers(root, TWO)
    signed(root)
    assert state(root) == "reviewed"
    assert all(map(needs_reviewer, verdicts(root)))
    assert signed(root).taken == ()
    assert len(signed(root, MERET).taken) == ROWS
    assert (state(root), count_signed(ledger(root))) == ("approved", 2 * ROWS)
    assert signed(root, MERET).taken == ()


def test_one_reviewer_with_two_spellings_is_one(root: Path) -> None:
    text = (root / "publish.toml").read_text(encoding="utf-8")
    (root / "publish.toml").write_text(f"{text}[gates.approved]\napprovals = 2\n", "utf-8")
    approved(root, reviewer="guest")
    assert approved(root, reviewer="Guest").taken == ()
    assert state(root) == "reviewed"
    assert len(approved(root, reviewer="host").taken) == ROWS
    assert state(root) == "approved"


def test_only_the_named_reviewers_count(root: Path) -> None:
    list_reviewers(root, f'approvers = ["{MERET}"]')
    signed(root)
    assert state(root) == "reviewed"
    signed(root, MERET)
    assert state(root) == "approved"


def test_one_place_can_be_signed_alone(root: Path) -> None:
    list_reviewers(root)
    approved(root, reviewer=AYGUL)
    assert sign(root, AYGUL, "victims, sentence 1") == 1
    assert count_signed(ledger(root)) == 1


def test_the_reviewers_are_part_of_the_key_of_an_edition(root: Path) -> None:
    edition = Edition(document="r", language="ru", format="epub")
    before = make_edition_key(loader(root), edition, use_fuzzy=False)
    list_reviewers(root)
    assert make_edition_key(loader(root), edition, use_fuzzy=False) != before


@pytest.mark.full  # It makes a release.
def test_no_file_of_a_release_names_a_reviewer_or_has_a_signature(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    list_reviewers(root, SIGNED)
    signed(root)
    into = tmp_path_factory.mktemp("release") / "1"
    words = ["release", "--unsigned", "--require", "approved", "-l", "ru", "--into", str(into)]
    assert main([*words, "-q", "-C", str(root)]) == 0
    files = {path.name: path.read_bytes() for path in into.iterdir()}
    for name in [name for name in files if name.endswith(".epub")]:
        with zipfile.ZipFile(into / name) as book:
            files |= {f"{name}/{inner}": book.read(inner) for inner in book.namelist()}
    assert any(".approved." in name and "/" in name for name in files)
    row = read_ledger(ledger(root).read_bytes(), "").rows[0]
    for secret in (AYGUL, row.key, row.signature, LISTED[AYGUL]):
        assert [name for name, data in files.items() if secret.encode() in data] == []
    digest = hashlib.sha256(ledger(root).read_bytes()).hexdigest()
    assert digest.encode() in files["manifest.json"]


# --------------------------------------------------------------------------- settings

KEY = LISTED[AYGUL]
OTHER = write_public_line(make_test_key(4).public)


def test_reviewers_and_their_gate_are_read(tmp_path: Path) -> None:
    text = f'[reviewers]\n"Айгуль 2" = "{KEY}"\nb = "{OTHER}"\n[gates.approved]\napprovals = 2\n'
    (tmp_path / "publish.toml").write_text(text, encoding="utf-8")
    found = read_settings(tmp_path)
    assert found.reviewers == {"Айгуль 2": KEY, "b": OTHER}
    assert found.gate("approved").approvals == 2
    assert Settings().gate("approved").approvals == 1


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[reviewers]\na = "RW"\n', 2, "a: this is not a minisign public key"),
        (f'[reviewers]\na = "{KEY[:-1]}"\n', 2, "a: this is not a minisign public key"),
        ("[reviewers]\na = 1\n", 2, "a must be a string"),
        (f'reviewers = "{KEY}"\n', 1, "reviewers must be a table"),
        (f'[reviewers]\na = "{KEY}"\nb = "{KEY}"\n', 3, "a and b have the same key"),
        (f'[reviewers]\na = "{KEY}"\nA = "{OTHER}"\n', 3, "a and A are one name"),
        (f'[reviewers]\n"a@b.org" = "{KEY}"\n', 2, "it must not contain an address"),
        ("\n[gates.approved]\nsigned = true\n", 3, "signed needs the keys of reviewers"),
        ("[gates.approved]\nsigned = 1\n", 2, "signed must be true or false"),
        ("[gates.approved]\napprovals = 0\n", 2, "approvals must be a whole number from 1 to 9"),
        ("[gates.reviewed]\napprovals = 2\n", 2, "approvals is a setting of the gate of approved"),
        ('[gates.approved]\napprovers = ["=x"]\n', 2, "'=x' cannot be a reviewer"),
        (
            '[gates.approved]\napprovals = 2\napprovers = ["a"]\n',
            2,
            "approvals is 2, but only 1 can approve",
        ),
        (
            f'[reviewers]\na = "{KEY}"\n[gates.approved]\nsigned = true\napprovers = ["b"]\n',
            5,
            "approvers has b, whose key is not listed",
        ),
        (
            f'[reviewers]\na = "{KEY}"\n[gates.approved]\nsigned = true\napprovals = 2\n',
            5,
            "approvals is 2, but only 1 can approve",
        ),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    (tmp_path / "publish.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message) as caught:
        read_settings(tmp_path)
    assert str(caught.value.span) == f"publish.toml:{line}"
