"""A workspace kept open: what is written shows at once, whoever wrote it, and nothing is lost."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from sentencecases import make_workspace, po

import publish.actions.desk.opened as opened
import publish.actions.desk.opentext as opentext
import publish.actions.desk.pdf.pages as pdfpages
from publish.actions.desk.findings.judged import WholeJudgement
from publish.actions.desk.findings.whole import judge_aside
from publish.actions.desk.opened import Happening, OpenDesk, Reopened
from publish.actions.desk.opentext import OpenText, TextChange
from publish.actions.desk.page.live import Shows
from publish.actions.desk.sentences.saving import Conflict, Saved
from publish.errors import PublishError, UsageError

BEFORE, AFTER = "Процесс был **долгим**.", "Суд шёл **долго**."


class Watching:
    """An open desk, and what it told."""

    def __init__(self, root: Path) -> None:
        self.told: list[Happening] = []
        self.desk = OpenDesk(root, self.told.append)

    def look(self) -> list[Happening]:
        """What is told by a look at the disk."""
        self.told.clear()
        self.desk.look()
        return list(self.told)

    def changes(self) -> list[TextChange]:
        return [one for one in self.told if isinstance(one, TextChange)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


@pytest.fixture
def watching(root: Path) -> Iterator[Watching]:
    made = Watching(root)
    yield made
    made.desk.close()


def find(text: OpenText, words: str) -> str:
    """The id of the first sentence with these words in its translation."""
    return next(row.id for row in text.rows if words in row.text)


def save(
    watching: Watching, text: OpenText, sid: str, words: str, *, base: str = ""
) -> tuple[Saved | Conflict, TextChange]:
    digest = base or text.describe(sid).digest
    return watching.desk.save(text, sid, words, digest, fuzzy=False, by="tab")


def blocks(change: TextChange) -> str:
    return "".join(block.html for found in change.blocks.values() for block in found or ())


# --------------------------------------------------------------------------- own work


def test_no_earlier_version_of_a_text_stays_in_memory(watching: Watching) -> None:
    """A version of a book takes a megabyte, and two hundred saves can be undone."""
    text = watching.desk.text("r", "ru")
    for shows in get_args(Shows):
        text.page(shows).html()
    watching.desk.settle()
    sid = find(text, "долгим")
    seen = []
    for words in ("Раз.", "Два.", "Три."):
        seen.append(weakref.ref(text.translation))
        save(watching, text, sid, words)
        text.judged.typed(sid, "Четыре.")
    watching.desk.undo(text, sid)
    watching.desk.settle()
    gc.collect()
    assert [one() for one in seen] == [None] * 3
    assert text.last_save(sid) is not None


def test_a_save_tells_the_rows_and_blocks_that_changed(watching: Watching) -> None:
    text = watching.desk.text("r", "ru")
    page = text.page("translation")
    assert "долгим" in page.html()
    sid, version = find(text, "долгим"), text.version
    done, change = save(watching, text, sid, AFTER)
    assert isinstance(done, Saved)
    assert [row.id for row in change.rows] == [sid]
    assert "долго</strong>" in blocks(change)
    assert (change.by, change.version, change.whole) == ("tab", version + 1, False)
    assert watching.changes() == [change]
    assert page.html() == OpenText(text.loader, text.translation).page("translation").html()


def test_what_the_desk_wrote_itself_is_not_told_again(watching: Watching) -> None:
    text = watching.desk.text("r", "ru")
    save(watching, text, find(text, "долгим"), AFTER)
    version = text.version
    assert watching.look() == []
    assert text.version == version


def test_an_undo_restores_the_file_to_the_byte_and_only_once(
    watching: Watching, root: Path
) -> None:
    before = po(root).read_bytes()
    text = watching.desk.text("r", "ru")
    sid = find(text, "долгим")
    save(watching, text, sid, AFTER)
    done, change = watching.desk.undo(text, sid)
    assert isinstance(done, Saved)
    assert po(root).read_bytes() == before
    assert [row.id for row in change.rows] == [sid]
    with pytest.raises(UsageError, match="nothing to undo"):
        watching.desk.undo(text, sid)


def test_an_undo_never_takes_what_another_program_wrote_since(
    watching: Watching, root: Path
) -> None:
    text = watching.desk.text("r", "ru")
    sid = find(text, "долгим")
    save(watching, text, sid, AFTER)
    theirs = po(root).read_text("utf-8").replace(AFTER, "Иначе **долго**.")
    po(root).write_text(theirs, "utf-8")
    done, _ = watching.desk.undo(text, sid)
    assert isinstance(done, Conflict)
    assert done.theirs == "Иначе **долго**."
    assert po(root).read_text("utf-8") == theirs


def test_a_conflict_brings_what_the_other_side_wrote(watching: Watching, root: Path) -> None:
    text = watching.desk.text("r", "ru")
    sid = find(text, "долгим")
    base = text.describe(sid).digest
    theirs = po(root).read_text("utf-8").replace(BEFORE, "Их **текст**.")
    po(root).write_text(theirs, "utf-8")
    done, change = save(watching, text, sid, AFTER, base=base)
    assert isinstance(done, Conflict)
    assert (done.mine, done.theirs) == (AFTER, "Их **текст**.")
    assert po(root).read_text("utf-8") == theirs
    assert [row.text for row in change.rows] == ["Их текст."]
    again, _ = save(watching, text, sid, AFTER, base=done.digest)
    assert isinstance(again, Saved)


def test_a_correction_of_the_source_reaches_the_other_languages(watching: Watching) -> None:
    watching.desk.text("r", "tk").page("translation").html()  # Not translated: shows the source.
    original = watching.desk.text("r", "en")
    sid = next(row.id for row in original.rows if "37 victims" in row.source)
    save(watching, original, sid, "The police identified 38 victims in 2023.")
    told = {change.language: change for change in watching.changes()}
    assert set(told) == {"en", "tk"}
    assert "38 victims" in blocks(told["tk"])


# --------------------------------------------------------------------------- the work of others


def test_a_catalog_that_another_program_saved_shows(watching: Watching, root: Path) -> None:
    text = watching.desk.text("r", "ru")
    text.page("translation").html()
    changed = po(root).read_text("utf-8").replace(BEFORE, AFTER)
    po(root).write_text(changed, "utf-8")
    (change,) = watching.look()
    assert isinstance(change, TextChange)
    assert [row.text for row in change.rows] == ["Суд шёл долго."]
    assert "долго</strong>" in blocks(change)
    assert change.by == ""


def test_a_damaged_catalog_changes_nothing_until_it_is_whole_again(
    watching: Watching, root: Path
) -> None:
    text = watching.desk.text("r", "ru")
    whole = po(root).read_text("utf-8")
    po(root).write_text(whole[: len(whole) // 2] + '\nmsgid "', "utf-8")
    assert watching.look() == []
    assert find(text, "долгим")
    po(root).write_text(whole.replace(BEFORE, AFTER), "utf-8")
    (change,) = watching.look()
    assert isinstance(change, TextChange)
    assert [row.text for row in change.rows] == ["Суд шёл долго."]


def test_a_new_source_opens_the_text_anew(watching: Watching, root: Path) -> None:
    text = watching.desk.text("r", "ru")
    source = root / "source" / "r.md"
    source.write_text(source.read_text("utf-8").replace("They had no staff.", "Gone."), "utf-8")
    changes = [one for one in watching.look() if isinstance(one, TextChange)]
    assert [(one.language, one.whole) for one in changes] == [("ru", True)]
    now = watching.desk.text("r", "ru")
    assert now is not text
    assert now.version == changes[0].version > text.version
    assert any(row.source == "Gone." for row in now.rows)


def test_a_text_whose_source_is_damaged_stays_open_and_can_be_saved(
    watching: Watching, root: Path
) -> None:
    text = watching.desk.text("r", "ru")
    source = root / "source" / "r.md"
    source.write_bytes(source.read_bytes() + b"\n\xff\n")
    with pytest.raises(PublishError):
        OpenDesk(root).text("r", "ru")
    watching.look()
    assert watching.desk.text("r", "ru") is text
    done, _ = save(watching, text, find(text, "долгим"), AFTER)
    assert isinstance(done, Saved)
    assert AFTER in po(root).read_text("utf-8")


def test_work_that_writes_sources_has_everything_read_anew(watching: Watching) -> None:
    from publish.actions.desk.jobs.orders import Job, JobOrder

    text = watching.desk.text("r", "ru")
    watching.desk._take_job(Job(number=1, order=JobOrder(kind="update"), state="done"))
    told = watching.look()
    assert any(isinstance(one, Reopened) for one in told)
    assert watching.desk.text("r", "ru") is not text


# --------------------------------------------------------------------------- what is kept open


def test_texts_that_are_long_not_used_are_closed(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publish.actions.desk.opened.MOST", 2)
    first = watching.desk.text("r", "ru")
    watching.desk.text("r", "tk")
    watching.desk.text("r", "en")
    again = watching.desk.text("r", "ru")
    assert again is not first
    assert again.version > first.version  # A page of before knows that it is old.


def test_a_file_of_a_document_is_shown_only_if_the_text_has_it(
    watching: Watching, root: Path
) -> None:
    text = watching.desk.text("r", "ru")
    (root / "source" / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    for path in ("secret.png", "../publish.toml", "/etc/hostname", "", "a\0b"):
        with pytest.raises(UsageError, match="no such image"):
            text.image(path)


# --------------------------------------------------------------------------- judging


def settle(watching: Watching, text: OpenText, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not text.settled and time.monotonic() < until:
        watching.desk.settle()
        time.sleep(0.02)
    assert text.settled


def spoil(root: Path) -> None:
    """Put a wrong number into the catalog."""
    path = po(root)
    path.write_text(path.read_text("utf-8").replace("37 жертв", "73 жертв"), "utf-8")


def test_a_long_text_has_the_same_findings_as_a_short_one(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(root)
    found = []
    for long in (2000, 1):
        monkeypatch.setattr(opentext, "LONG", long)
        watching = Watching(root)
        text = watching.desk.text("r", "ru")
        assert not text.findings
        settle(watching, text)
        found.append((dict(text.findings), text.rows, text._state))
        watching.desk.close()
    assert found[0] == found[1]
    assert any(row.errors for row in found[0][1])


def test_what_changed_while_a_long_text_was_judged_is_judged_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opentext, "LONG", 1)
    spoil(root)
    watching = Watching(root)
    text = watching.desk.text("r", "ru")
    watching.desk.settle()  # The process begins.
    sid = find(text, "73")
    save(watching, text, sid, "Полиция выявила 37 жертв в 2023 году.")
    settle(watching, text)
    assert not text.findings.get(sid)
    row = next(row for row in text.rows if row.id == sid)
    assert row.errors == 0
    watching.desk.close()


def test_a_text_that_cannot_be_judged_says_so(root: Path) -> None:
    found: list[WholeJudgement] = []
    judge_aside(root, "gone", "ru", found.append)
    until = time.monotonic() + 60
    while not found and time.monotonic() < until:
        time.sleep(0.02)
    assert "gone" in found[0].error


def test_the_list_of_documents_waits_for_no_figures(root: Path) -> None:
    watching = Watching(root)
    rows = watching.desk.documents(seconds=0)
    assert [row.name for row in rows] == ["o", "r"]
    assert [row.languages for row in rows] == [(None,) * 3] * 2
    _, row = watching.desk.documents(seconds=60)
    found = row.languages[1]
    assert found is not None
    assert (found.sentences, found.translated, found.untranslated) == (12, 12, 0)
    assert [one and one.title for one in row.languages] == ["Report", "Доклад", ""]
    watching.desk.close()


class Pages:
    """Pages of which only is told whether they are closed."""

    def __init__(self, *_: object, **__: object) -> None:
        self.closed = threading.Event()

    def refresh(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        self.closed.set()


def test_no_reader_takes_the_pages_of_a_pdf_from_another(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or two people who look at two texts would both wait for ever."""
    monkeypatch.setattr(pdfpages, "PdfPages", Pages)
    desk = OpenDesk(root)
    mine, theirs = desk.pdf("r", "ru", "me"), desk.pdf("o", "ru", "you")
    assert desk.pdf("r", "ru", "me") is mine
    assert desk.pdf("o", "ru", "you") is theirs
    assert desk.pdf("r", "ru", "you") is mine  # Who goes on to other pages leaves theirs.
    assert isinstance(theirs, Pages)
    assert theirs.closed.wait(5)
    desk.pdf("o", "ru", "you")
    desk.pdf("o", "en", "they")
    with pytest.raises(PublishError, match="read now") as caught:
        desk.pdf("r", "en", "one too many")
    assert caught.value.code == "workspace-busy"
    assert desk.known_pdf("r", "ru") is mine
    monkeypatch.setattr(opened, "UNREAD", 0.0)
    desk.pdf("r", "en", "later")
    assert desk.pdf("r", "ru", "me") is mine  # It was asked for last.
    desk.close()
