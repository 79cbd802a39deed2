"""A translation that was edited in the Word edition comes back into the catalog."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from kitways import loader, update
from wordedits import (
    NOTES,
    RandomEdits,
    W,
    drop_bookmarks,
    edit,
    find_sentence,
    inside,
    read_parts,
    remove,
    replace_sentence,
    retype,
    run,
    write_parts,
)

from publish.actions.kit import ImportedFile, import_kit
from publish.building.tasks import Task, make_editions
from publish.editions.docx.word import name_sentence
from publish.errors import PublishError, UsageError
from publish.importing.word.sentencemarks import read_edited_word
from publish.kits.editedtexts import read_edited_texts
from publish.kits.editedwork import EditedWork
from publish.kits.returning import take_back
from publish.kits.wordcuts import fold_letters
from publish.languages.registry import find
from publish.model import Edition, make_fingerprint
from publish.po.pofile import extract_catalog, read_po_file
from publish.reading.msgstr import read_shown_msgstr
from publish.translation.loading import Loader
from publish.translation.translation import Translation

ROOT = Path(__file__).resolve().parents[2]
SOURCE = """\
---
title: "A short report"
subtitle: "What was seen"
published: 2024-06-24
---

# What was found {#findings}

The law was *read*. See [the law](https://example.org/law) of 2 villages.[^one] Nobody asked why.

Water ran for two hours a day. The ministry did not answer at all.

- A first item with **strong** words.
- An item with `code`.

| Village | Hours |
|---|---|
| Upper | 12 |

![A bar for each village](bars.png)

# What it means

This sentence is not translated yet. Nor is this one, which has 25 words.

It says so again. The end of it.

[^one]: The text of the note. It has a second sentence.
"""
RUSSIAN = {
    "A short report": "Краткий доклад",
    "What was seen": "Что мы видели",
    "What was found": "Что обнаружено",
    "The law was *read*.": "Закон _прочитали_ в 2024 г. и забыли.",
    "See [the law](1) of 2 villages.[^one]": "Смотрите [закон](1) о 2 деревнях.[^one]",
    "Nobody asked why.": "Никто не спросил — почему.",
    "Water ran for two hours a day.": "Вода шла по два часа в день.",
    "The ministry did not answer at all.": "Министерство вообще не ответило.",
    "A first item with **strong** words.": "Первый пункт с **сильными** словами.",
    "An item with `code`.": "Пункт с `code`.",
    "Village": "Деревня",
    "Hours": "Часы",
    "Upper": "Верхняя",
    "A bar for each village": "Столбик для каждой деревни",
    "What it means": "Что это значит",
    "It says so again.": "Здесь это сказано еще раз.",
    "The end of it.": "Вот и весь конец.",
    "The text of the note.": "Текст сноски.",
    "It has a second sentence.": "В ней есть второе предложение.",
}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "606060000000050001a5f645400000000049454e44ae426082"
)
SETTINGS = 'source-language = "en"\nlanguages = ["en", "ru", "tk"]\n'
RU = find("ru")
WORDS = ["правка", "новый", "слово", "другое", "часто", "иначе", "вместо", "закон", "сосед"]


def make_edition(one: Loader, name: str, language: str) -> bytes:
    edition = Edition(document=name, language=language, format="docx")
    (made,) = make_editions(Task(one, (edition,)), (edition,), {})
    assert not isinstance(made, PublishError), made
    return made.data


def po_path(root: Path) -> Path:
    return root / "locales" / "ru" / "LC_MESSAGES" / "short.po"


def translate(root: Path, translations: dict[str, str]) -> None:
    path = po_path(root)
    text = path.read_text(encoding="utf-8")
    for source, translation in translations.items():
        before = f'msgid "{source}"\nmsgstr ""\n'
        assert before in text, source
        text = text.replace(before, f'msgid "{source}"\nmsgstr "{translation}"\n')
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A workspace and its Word edition in Russian."""
    root = tmp_path_factory.mktemp("short")
    (root / "source").mkdir()
    (root / "publish.toml").write_text(SETTINGS, encoding="utf-8")
    (root / "source" / "short.md").write_text(SOURCE, encoding="utf-8")
    (root / "source" / "bars.png").write_bytes(PIXEL)
    update(root)
    translate(root, RUSSIAN)
    return root, make_edition(loader(root), "short", "ru")


@pytest.fixture
def root(sent: tuple[Path, bytes]) -> Any:
    """The workspace; its catalog is put back afterwards."""
    before = po_path(sent[0]).read_bytes()
    yield sent[0]
    po_path(sent[0]).write_bytes(before)


@pytest.fixture
def word(sent: tuple[Path, bytes]) -> bytes:
    return sent[1]


def back(root: Path, data: bytes, name: str = "anything.docx", **options: Any) -> ImportedFile:
    path = root / name
    path.write_bytes(data)
    (found,) = import_kit(loader(root), path, **options).files
    return found


def texts(root: Path) -> dict[str, str]:
    records = read_po_file(po_path(root), "short.po").records
    return {one.entry.msgid: one.entry.msgstr for one in records if not one.entry.obsolete}


def changed(root: Path) -> dict[str, str]:
    """The translations that are no longer as they were sent."""
    return {key: text for key, text in texts(root).items() if key and text != RUSSIAN.get(key, "")}


def codes(found: ImportedFile) -> list[str]:
    return sorted(one.code for one in found.outcome.rejected)


# --------------------------------------------------------------------------- as it was sent


def test_what_comes_back_as_it_was_sent_changes_no_byte(root: Path, word: bytes) -> None:
    before = po_path(root).read_bytes()
    found = back(root, word)
    assert (found.document, found.language.tag) == ("short", "ru")
    assert found.outcome.rejected == ()
    assert found.outcome.untouched == len(RUSSIAN) + 2
    assert po_path(root).read_bytes() == before


def test_a_file_that_lost_bookmarks_and_properties_changes_no_byte(root: Path, word: bytes) -> None:
    before = po_path(root).read_bytes()
    found = back(root, drop_bookmarks(word), "short.ru (1).docx")
    assert (found.document, found.language.tag) == ("short", "ru")
    assert found.outcome.rejected == ()
    assert po_path(root).read_bytes() == before


@pytest.mark.full
def test_what_libreoffice_saves_changes_no_byte(root: Path, word: bytes) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    before = po_path(root).read_bytes()
    path = root / "sent.docx"
    path.write_bytes(word)
    for kind in ("odt", "docx"):
        given = ("--headless", "--convert-to", kind, "--outdir", str(root / "saved"), str(path))
        home = f"-env:UserInstallation=file://{root}/office"
        subprocess.run([program, home, *given], check=True, capture_output=True, timeout=120)
        path = root / "saved" / f"sent.{kind}"
    found = back(root, path.read_bytes())
    assert codes(found) == []
    assert po_path(root).read_bytes() == before


# --------------------------------------------------------------------------- what is taken


CHANGES = (
    ("Вода шла по", "Вода течет по", "Water ran for two hours a day.",
     "Вода течет по два часа в день."),
    ("прочитали", "прочли", "The law was *read*.", "Закон *прочли* в 2024 г. и скоро забыли."),
    ("и забыли", "и скоро забыли", "The law was *read*.",
     "Закон *прочли* в 2024 г. и скоро забыли."),
    (" о 2 деревнях", " о двух деревнях", "See [the law](1) of 2 villages.[^one]",
     "Смотрите [закон](1) о двух деревнях.[^one]"),
    ("Никто не", "Никто так и не", "Nobody asked why.", "Никто так и не спросил — почему."),
    ("Пункт с", "Один пункт с", "An item with `code`.", "Один пункт с `code`."),
    ("еще раз", "в\u00a02025\u00a0году", "It says so again.", "Здесь это сказано в 2025 году."),
    ("Часы", "Время", "Hours", "Время"),
    ("Что мы видели", "Что увидели", "What was seen", "Что увидели"),
    ("Краткий доклад", "Короткий доклад", "A short report", "Короткий доклад"),
    ("Что обнаружено", "Находки", "What was found", "Находки"),
)  # fmt: skip
"""Words as they are in a run, new ones, and the sentence with its text after all changes."""


def test_a_changed_text_is_taken_with_its_marks_and_without_the_edition_s_typography(
    root: Path, word: bytes
) -> None:
    def change(tree: Any) -> None:
        for old, new, _, _ in CHANGES:
            retype(old, new)(tree)

    found = back(root, edit(word, change))
    assert codes(found) == []
    assert changed(root) == {source: text for _, _, source, text in CHANGES}


def test_the_text_of_a_note_and_the_description_of_a_picture_are_taken(
    root: Path, word: bytes
) -> None:
    def describe(tree: Any) -> None:
        (picture,) = [one for one in tree.iter() if one.get("descr")][:1]
        picture.set("descr", "По столбику на деревню")

    made = edit(edit(word, retype("Текст сноски", "Слова сноски"), NOTES), describe)
    back(root, made)
    assert changed(root) == {
        "The text of the note.": "Слова сноски.",
        "A bar for each village": "По столбику на деревню",
    }


@pytest.mark.parametrize("bare", [False, True])
def test_a_sentence_that_is_typed_anew_is_found_by_its_place(
    root: Path, word: bytes, bare: bool
) -> None:
    again = run("Министерство ничего нам не ответило.")
    made = edit(word, replace_sentence("Министерство вообще", again))
    new = run("Это предложение пока не переведено.")
    made = edit(made, replace_sentence("This sentence is not", new))
    found = back(root, drop_bookmarks(made) if bare else made, language="ru")
    taken = {"This sentence is not translated yet.": "Это предложение пока не переведено."}
    if not bare:  # Without bookmarks and without git nothing says what was sent.
        taken["The ministry did not answer at all."] = "Министерство ничего нам не ответило."
    assert codes(found) == (["kit-conflict"] if bare else [])
    assert changed(root) == taken


def test_text_that_a_program_puts_behind_the_bookmark_belongs_to_the_sentence(
    root: Path, word: bytes
) -> None:
    def extend(tree: Any) -> None:
        start, end = find_sentence(tree, "Вода шла")
        last = list(inside(start, end)[-1].iter(f"{W}t"))[-1]
        last.text = last.text.removesuffix(".")
        end.addnext(run(", а ночью ни часа."))

    found = back(root, edit(word, extend))
    assert codes(found) == []
    text = "Вода шла по два часа в день, а ночью ни часа."
    assert changed(root) == {"Water ran for two hours a day.": text}


def test_paragraphs_that_are_split_and_joined_change_nothing(root: Path, word: bytes) -> None:
    def cut(tree: Any) -> None:
        start, _ = find_sentence(tree, "Министерство вообще")
        paragraph = start.getparent()
        made = paragraph.makeelement(f"{W}p")
        made.extend(list(paragraph)[list(paragraph).index(start) :])
        paragraph.addnext(made)
        start, _ = find_sentence(tree, "Здесь это сказано")
        before = start.getparent().getprevious()
        before.append(run(" "))
        before.extend(list(start.getparent())[1:])

    for made in (edit(word, cut), drop_bookmarks(edit(word, cut))):
        found = back(root, made, language="ru")
        assert (codes(found), changed(root)) == ([], {})


def test_tracked_changes_count_as_accepted_and_comments_become_questions(
    root: Path, word: bytes
) -> None:
    def track(tree: Any) -> None:
        start, _ = find_sentence(tree, "Вода шла")
        old = start.getnext()
        gone, came = tree.makeelement(f"{W}del"), tree.makeelement(f"{W}ins")
        old.addprevious(came)
        came.append(run("Вода текла только по два часа в день."))
        came.addnext(gone)
        gone.append(old)
        for text in gone.iter(f"{W}t"):
            text.tag = f"{W}delText"
        start, _ = find_sentence(tree, "Вот и весь")
        for name in ("commentRangeStart", "commentRangeEnd"):
            start.addnext(tree.makeelement(f"{W}{name}", {f"{W}id": "7"}))

    parts = read_parts(edit(word, track))
    parts["word/comments.xml"] = (
        f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="7" w:author="A"><w:p><w:r><w:t>Весь?'
        "</w:t></w:r></w:p></w:comment></w:comments>"
    ).encode()
    relations = parts["word/_rels/document.xml.rels"].decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    one = f'<Relationship Id="rIdC" Type="{kind}" Target="comments.xml"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = relations.replace("</Relationships>", one).encode()
    found = back(root, write_parts(parts))
    assert changed(root) == {
        "Water ran for two hours a day.": "Вода текла только по два часа в день."
    }
    assert "2 tracked changes counted as accepted" in found.describe(dry_run=False)
    assert "# question: Весь?\n" in po_path(root).read_text(encoding="utf-8")
    assert (root / "anything.docx.questions.html").exists()


# --------------------------------------------------------------------------- what is not


def test_a_newer_text_here_stays_and_an_older_one_is_no_change(root: Path, word: bytes) -> None:
    path = po_path(root)
    newer = path.read_text(encoding="utf-8").replace("Вода шла", "Вода лилась")
    newer = newer.replace("Вот и весь", "Вот и").replace("и забыли", "и позабыли")
    path.write_text(newer, encoding="utf-8")
    found = back(root, edit(word, retype("Вода шла", "Вода текла")))
    assert codes(found) == ["kit-conflict"]
    (rejected,) = found.outcome.rejected
    assert rejected.returned.text == "Вода текла по два часа в день."
    assert rejected.kept == "Вода лилась по два часа в день."
    assert path.read_text(encoding="utf-8") == newer


def test_without_digests_the_version_that_was_sent_is_found_in_git(root: Path, word: bytes) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", "-C", str(root), *who, *words], check=True, capture_output=True)

    git("init", "-q")
    git("add", "locales")
    git("commit", "-qm", "sent")
    path = po_path(root)
    newer = path.read_text(encoding="utf-8").replace("Вода шла", "Вода лилась")
    path.write_text(newer, encoding="utf-8")
    made = edit(word, retype("вообще не", "так и не"))
    found = back(root, drop_bookmarks(made), language="ru")
    assert codes(found) == []
    text = newer.replace("вообще не", "так и не")
    assert path.read_text(encoding="utf-8") == text


def type_number(tree: Any) -> None:
    (one,) = [text for text in tree.iter(f"{W}t") if text.text == "12"]
    one.text = "13"


def drop_note(tree: Any) -> None:
    remove(*[one for one in tree.iter(f"{W}r") if list(one.iter(f"{W}footnoteReference"))][:1])


def swap(tree: Any) -> None:
    """Move a sentence with its bookmark behind the next one."""
    start, end = find_sentence(tree, "Вода шла")
    moved = [start, *inside(start, end), end]
    _, last = find_sentence(tree, "Министерство вообще")
    for one in reversed(moved):
        last.addnext(one)


def copy_text(tree: Any) -> None:
    """Put the text of one sentence into the bookmark of another."""
    start, end = find_sentence(tree, "Вода шла")
    remove(*inside(start, end))
    start.addnext(run("Министерство вообще не ответило."))


def add_sentence(tree: Any) -> None:
    _, end = find_sentence(tree, "Вода шла")
    end.addnext(run(" Так было не везде, говорят соседи."))


def test_what_cannot_be_taken_is_told_and_changes_nothing(root: Path, word: bytes) -> None:
    def change(tree: Any) -> None:
        replace_sentence("This sentence is not", run("This sentence is still not translated."))(
            tree
        )
        replace_sentence("Вот и весь", run("Вот и весь "), run("конец", "b"), run("."))(tree)
        replace_sentence("Никто не спросил")(tree)
        type_number(tree)
        add_sentence(tree)

    for made in (edit(word, change), drop_bookmarks(edit(word, change))):
        found = back(root, made, language="ru")
        added = ["kit-added", "kit-added", "kit-emptied"]
        assert codes(found)[:3] == added
        assert "kit-passage" in codes(found)
        assert len(codes(found)) == 5
        assert changed(root) == {}
        assert (root / "anything.docx.not-taken.html").exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (drop_note, ["kit-emptied", "kit-emptied", "kit-words", "marks-differ"]),
        (swap, ["kit-moved"]),
        (copy_text, ["kit-moved"]),
    ],
)
def test_what_was_moved_or_lost_its_note_is_not_taken(
    root: Path, word: bytes, change: Any, told: list[str]
) -> None:
    assert codes(back(root, edit(word, change))) == told
    assert changed(root) == {}


def test_a_link_to_elsewhere_is_not_taken(root: Path, word: bytes) -> None:
    parts = read_parts(word)
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"https://example.org/law", b"https://example.com/")
    found = back(root, write_parts(parts))
    assert codes(found) == ["kit-cell"]
    assert "https://example.com/" in found.outcome.rejected[0].reason
    assert changed(root) == {}


# --------------------------------------------------------------------------- other files


def test_files_that_are_no_edition_are_refused_in_words(root: Path, word: bytes) -> None:
    with pytest.raises(UsageError, match="is in ru, not in tk"):
        back(root, word, language="tk")
    letter = edit(drop_bookmarks(word), lambda tree: remove(*list(tree[0])[3:-1]))
    with pytest.raises(PublishError, match="this is no edition of short in ru"):
        back(root, letter, language="ru")
    with pytest.raises(UsageError, match="does not name its document and language"):
        back(root, drop_bookmarks(word))
    odt = write_parts({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""})
    with pytest.raises(PublishError, match=r"text of LibreOffice \(.odt\)"):
        back(root, odt, "short.ru.odt")
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    with pytest.raises(PublishError, match=r"old Word file \(.doc\)"):
        back(root, old, "short.ru.doc")
    with pytest.raises(PublishError) as cut:
        back(root, word[:-300])
    assert cut.value.code == "kit-file"
    bomb = edit(word, lambda tree: None)
    parts = read_parts(bomb)
    parts["word/document.xml"] = b'<!DOCTYPE a [<!ENTITY b "c">]>' + parts["word/document.xml"]
    with pytest.raises(PublishError) as entity:
        back(root, write_parts(parts))
    assert entity.value.code == "kit-file"


def test_an_edition_in_two_languages_gives_its_translation_back(root: Path) -> None:
    edition = Edition(document="short", language="en", format="docx", second="ru")
    (made,) = make_editions(Task(loader(root), (edition,)), (edition,), {})
    assert not isinstance(made, PublishError)
    found = back(root, edit(made.data, retype("Вода шла", "Вода текла")))
    assert (found.language.tag, codes(found)) == ("ru", [])
    text = "Вода текла по два часа в день."
    assert changed(root) == {"Water ran for two hours a day.": text}


# --------------------------------------------------------------------------- at random


@pytest.fixture(scope="module")
def report() -> tuple[Translation, bytes]:
    """The report of this repository in Russian, and its Word edition."""
    one, name = loader(ROOT), "tip-2024-turkmenistan"
    return one.translation(name, RU), make_edition(one, name, "ru")


@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.full)])
def test_no_random_edit_comes_back_into_a_wrong_entry(
    report: tuple[Translation, bytes], seed: int, bare: bool
) -> None:
    translation, data = report
    edits = RandomEdits(data, seed, 60, WORDS)
    made = drop_bookmarks(edits.data) if bare else edits.data
    work = EditedWork(
        edited=read_edited_word(made, "x.docx", language="ru"),
        now=read_edited_word(data, "y.docx", language="ru"),
        translation=translation,
    )
    here = {
        key: make_fingerprint(entry.msgstr, fuzzy=entry.fuzzy)
        for key, entry in translation.entries.items()
    }
    found = read_edited_texts(work, here)
    assert translation.po is not None
    outcome = take_back(translation.po, found.texts, translation.source, language=RU, bound=True)
    names = {one.key: name_sentence(one.id) for one in translation.source.sentences}
    before = translation.entries
    after = extract_catalog(outcome.po).active()
    taken = {key for key, entry in after.items() if entry.msgstr != before[key].msgstr}
    for key in taken:
        wanted = edits.expected.get(names[key])
        assert wanted is not None, after[key].msgstr
        assert fold_letters(read_shown_msgstr(after[key].msgstr)) == fold_letters(wanted)
    assert edits.paragraphs > 3
    assert len(taken) >= (0.7 if bare else 0.9) * sum(map(bool, edits.expected.values()))
    told = len(found.rejected) + len(outcome.rejected)
    assert told >= len(edits.expected) - len(taken)
