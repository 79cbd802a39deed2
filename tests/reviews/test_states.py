"""The states of editions, draft, reviewed and approved, as reviews and gates give them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from reviewcases import RU, SETTINGS, approved, edit, ledger, loader, make_workspace, po

from publish.actions.build import build_editions
from publish.actions.review import SentenceGroup, reject
from publish.building.builds import BuildOutcome
from publish.building.documentstatus import measure_status
from publish.building.keys import make_edition_key
from publish.errors import UsageError
from publish.model import Coverage, Edition, Finding, Level
from publish.reviews.states import determine_state, find_obstacles
from publish.reviews.verdicts import ReviewFigures
from publish.settings import Gate, Settings, read_settings


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


def built(root: Path) -> BuildOutcome:
    one = loader(root)
    (outcome,) = build_editions(one, one.workspace.editions(["ru"])).outcomes
    return outcome


def state(root: Path) -> str | None:
    """The state that a build and the status agree on."""
    outcome = built(root)
    assert outcome.error is None
    assert measure_status(loader(root), "r", RU).state == outcome.state
    again = built(root)
    assert (again.done, again.state) == ("unchanged", outcome.state)
    return outcome.state


def held_back(root: Path) -> str:
    """What a build says of the next state."""
    (found,) = [one for one in built(root).warnings if one.code == "held-back"]
    return found.message


def cover(root: Path) -> str:
    with zipfile.ZipFile(root / "build/ru/r.epub") as book:
        return book.read(next(n for n in book.namelist() if n.endswith("title.xhtml"))).decode()


# --------------------------------------------------------------------------- states


def test_a_translation_goes_from_draft_to_approved_and_back(root: Path) -> None:
    assert state(root) == "draft"
    assert "Черновой перевод, не проверен" in cover(root)
    approved(root)
    assert state(root) == "approved"
    assert "Утвержденный перевод" in cover(root)
    edit(po(root), "Суд освободил этого человека.", "Суд освободил этого мужчину.")
    assert state(root) == "draft"
    edit(po(root), "этого мужчину", "этого человека")
    assert state(root) == "approved"


def test_a_changed_context_makes_an_approved_translation_reviewed(root: Path) -> None:
    approved(root)
    edit(root / "source/r.md", "## Victims", "The court released the man.\n\n## Victims")
    assert state(root) == "reviewed"
    assert "Проверенный перевод" in cover(root)
    approved(root, SentenceGroup.UNCHANGED)
    assert state(root) == "approved"


def test_the_state_is_in_the_metadata_and_no_reviewer_is(root: Path) -> None:
    approved(root)
    state(root)
    with zipfile.ZipFile(root / "build/ru/r.epub") as book:
        inside = b"".join(book.read(name) for name in book.namelist()).decode("utf-8", "replace")
    assert "Утвержденный перевод" in inside[inside.index("dc:description") :]
    assert "editor" not in inside
    assert "2024-06-24" not in inside


def test_the_ledger_is_part_of_the_key(root: Path) -> None:
    edition = Edition(document="r", language="ru", format="epub")
    before = make_edition_key(loader(root), edition, use_fuzzy=False)
    approved(root)
    assert make_edition_key(loader(root), edition, use_fuzzy=False) != before


def test_a_build_says_what_holds_an_edition_back(root: Path) -> None:
    message = "r in ru is not reviewed yet: "
    assert held_back(root) == f"{message}no sentence is reviewed"
    approved(root, ("victims",))
    assert held_back(root) == f"{message}3 of 7 sentences are approved, less than 100 %"
    reject(loader(root), "r", "ru", ["victims, heading"], reviewer="e", reason="no")
    assert held_back(root) == (
        f"{message}2 of 7 sentences are approved, less than 100 %; 1 sentence rejected"
    )


def test_a_broken_ledger_makes_no_edition(root: Path) -> None:
    approved(root)
    edit(ledger(root), ",editor,", ",editor@example.org,")
    error = built(root).error
    assert error is not None
    assert error.code == "ledger"
    assert error.message == "the reviewer: it must not contain an address"
    assert str(error.span) == "locales/ru/LC_MESSAGES/r.review.csv:2"
    assert not (root / "build/ru/r.epub").exists()


def test_a_share_of_reviews_can_be_asked_of_drafts(root: Path) -> None:
    (root / "publish.toml").write_text(SETTINGS + "[gates.draft]\nreview = 10\n", encoding="utf-8")
    error = built(root).error
    assert error is not None
    assert error.message.endswith("it does not pass the draft gate: no sentence is reviewed")
    approved(root)
    assert built(root).error is None


def test_a_correction_of_the_source_makes_an_approved_translation_a_draft(root: Path) -> None:
    approved(root)
    english = root / "locales/en/LC_MESSAGES/r.po"
    english.parent.mkdir(parents=True)
    english.write_text(
        'msgid ""\nmsgstr "Language: en\\n"\n\n'
        'msgid "The court released the man."\nmsgstr "The court released the boy."\n',
        encoding="utf-8",
    )
    assert state(root) == "draft"


FULL = Coverage(10, 10)
WARNING = Finding(code="c", level=Level.WARNING, message="m")


@pytest.mark.parametrize(
    ("review", "findings", "wanted"),
    [
        (None, (), "draft"),
        (ReviewFigures(approved=7), (), "approved"),
        (ReviewFigures(approved=7), (WARNING,), "reviewed"),
        (ReviewFigures(approved=6, context_changed=1), (), "reviewed"),
        (ReviewFigures(approved=6, lapsed=1), (), "draft"),
        (ReviewFigures(approved=6, rejected=1), (), "draft"),
        (ReviewFigures(approved=6, unreviewed=1), (), "draft"),
    ],
)
def test_the_state_follows_from_the_gates(
    review: ReviewFigures | None, findings: tuple[Finding, ...], wanted: str
) -> None:
    assert determine_state(Settings(), findings, FULL, review) == wanted


def test_no_share_makes_a_lapsed_or_rejected_sentence_good() -> None:
    settings = Settings(gates={"reviewed": Gate(review=50)})
    assert determine_state(settings, (), FULL, ReviewFigures(approved=6, lapsed=1)) == "reviewed"
    assert determine_state(settings, (), FULL, ReviewFigures(approved=6, rejected=1)) == "draft"
    found = find_obstacles(settings, "approved", (), FULL, ReviewFigures(approved=6, lapsed=1))
    assert found == [
        "6 of 7 sentences are approved, less than 100 %",
        "1 sentence approved before a change",
    ]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("[gates.approved]\nreview = 99\n", "every sentence of an approved edition is approved"),
        ('[gates.approved]\nlevels = ["warning"]\n', "an approved edition has no errors"),
        ("[gates.reviewed]\nreview = 0\n", "a reviewed edition needs some approvals"),
    ],
)
def test_a_gate_cannot_make_a_word_mean_nothing(tmp_path: Path, lines: str, message: str) -> None:
    (tmp_path / "publish.toml").write_text(lines, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_settings(tmp_path)
