"""Braille editions: the same text as the EPUB's, whole lines and pages, damage is found."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from randomreports import write_report
from releasecases import PASSPHRASE, key_in

from publish.building.keys import make_edition_key
from publish.building.pairing import join_languages
from publish.building.preparing import PreparedText, prepare
from publish.cli.main import main
from publish.editions.audit.braillefiles import audit_braille, read_pages
from publish.editions.braille.book import BrailleBook, BrailleLine, list_book_parts, set_book
from publish.editions.braille.cells import ASCII, END, encode_cells, open_scribe
from publish.editions.braille.louis import BLANK, fingerprint_louis, open_louis
from publish.editions.braille.pages import Written, break_lines, lay_out
from publish.editions.braille.parts import Part
from publish.editions.braille.runs import Run
from publish.editions.braille.tables import choose_table, find_table
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.page.xhtml import Element
from publish.editions.writers import write_edition
from publish.errors import BuildError, UsageError
from publish.languages.registry import find
from publish.model import Braille, Edition, Finding, Format
from publish.project.workspace import open_workspace
from publish.settings import read_settings
from publish.translation.loading import Loader

HTML = "{http://www.w3.org/1999/xhtml}"
CASES = Path(__file__).parent.parent / "cases"
SOME, MORE = ("ru", "ru+en", "rich-ru"), ("en", "rich-en", "specimen", "ar")
KINDS = (*SOME, *(pytest.param(kind, marks=pytest.mark.full) for kind in MORE))
SAMPLE = 7
"""One of so many lines is damaged in a plain run; all are in a full one."""
SKIPPED = {"mark", "back", "number", "tick"}

needs_louis = pytest.mark.skipif(
    shutil.which("lou_translate") is None,
    reason="liblouis is not installed (apt install liblouis-bin): braille cannot be made",
)


Set = tuple[PreparedText, Element, BrailleBook]


class Books(dict[str, Set]):
    """Braille books by name, each made when it is first asked for."""

    def __init__(self, repository: Path, root: Path) -> None:
        super().__init__()
        self.repository, self.root = repository, root

    def __missing__(self, name: str) -> Set:
        text = self.prepare(name)
        tree = make_edition_tree(text.text, text.materials)
        self[name] = text, tree, set_book(text.text, tree, text.materials)
        return self[name]

    def prepare(self, name: str) -> PreparedText:
        """The report by its language, or an example of all kinds of blocks."""
        if name == "ru+en":
            return join_languages(self["ru"][0], self["en"][0])
        if name in ("en", "ru"):
            loader = Loader(open_workspace(self.repository))
            return prepare(loader, loader.workspace.documents()[0], find(name), use_fuzzy=False)
        rich = name.startswith("rich")
        folder = self.root / name
        if rich:
            shutil.copytree(CASES / "workspace", folder)
            assert main(["update", "-q", "-C", str(folder)]) == 0
        else:
            (folder / "source").mkdir(parents=True)
            tag = "ar" if name == "ar" else "en"
            settings = f'source-language = "{tag}"\nlanguages = ["{tag}"]\nlists = ["tables"]\n'
            (folder / "publish.toml").write_text(settings, "utf-8")
            cases = CASES / ("right-to-left" if name == "ar" else name)
            for path in (*cases.glob("*.svg"), cases / f"{name}.md"):
                shutil.copy(path, folder / "source")
        loader = Loader(open_workspace(folder))
        tag = name.removeprefix("rich-").replace("specimen", "en")
        return prepare(loader, "rich" if rich else name, find(tag), use_fuzzy=False)


@pytest.fixture(scope="module")
def books(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Books:
    return Books(repository, tmp_path_factory.mktemp("braille"))


def set_with(text: PreparedText, **changes: object) -> BrailleBook:
    materials = replace(text.materials, **changes)  # type: ignore[arg-type]
    return set_book(text.text, make_edition_tree(text.text, materials), materials)


def small(tmp_path: Path, body: str, settings: str = "", tag: str = "en") -> BrailleBook:
    """A report of one file as a braille book."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source/one.md").write_text(f"---\ntitle: T\n---\n\n{body}\n", "utf-8")
    head = f'source-language = "{tag}"\nlanguages = ["{tag}"]\n'
    (tmp_path / "publish.toml").write_text(head + settings, "utf-8")
    text = prepare(Loader(open_workspace(tmp_path)), "one", find(tag), use_fuzzy=False)
    return set_with(text)


def shown(book: BrailleBook, place: str = "text") -> list[str]:
    """The lines of one part of a book, without heads and blank lines."""
    return [
        line.cells
        for page in book.pages
        for line in page
        if line.part is not None and line.part.place == place
    ]


# --------------------------------------------------------------------------- the same text


def letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return "".join(one for one in folded if one.isalnum())


def book_words(element: etree._Element) -> Iterator[str]:
    """The words of an EPUB that are of the report."""
    kinds = set((element.get("class") or "").split())
    if not isinstance(element.tag, str) or kinds & SKIPPED:
        return
    if element.get("{http://www.idpf.org/2007/ops}type") == "noteref":
        return
    if element.tag.endswith("}math"):
        yield element.get("alttext") or ""
        return
    above = [one.tag for one in element.iterancestors()]
    if element.tag == f"{HTML}img" and f"{HTML}figure" not in above:
        yield element.get("alt") or ""
    yield element.text or ""
    for child in element:
        if not ("notes" in kinds and child.tag == f"{HTML}h2"):
            yield from book_words(child)
        yield child.tail or ""


def book_text(data: bytes) -> str:
    """The text of an EPUB without its front."""
    words: list[str] = []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in sorted(archive.namelist(), key=lambda one: (len(one), one)):
            if "/text-" in name:
                body = etree.fromstring(archive.read(name)).find(f"{HTML}body")
                assert body is not None
                words += book_words(body)
    return letters("".join(words))


@needs_louis
@pytest.mark.parametrize("kind", KINDS)
def test_the_letters_are_those_of_the_epub(books: Books, kind: str) -> None:
    """Law: what is written in braille is the text of the EPUB by letters and digits."""
    text, tree, book = books[kind]
    epub = book_text(write_edition("epub", text.text, tree, text.materials).data)
    runs = [
        run
        for place in ("text", "note")
        for part in book.parts
        if part.place == place
        for run in part.runs
        if not run.added
    ]
    ticks = str.maketrans("", "", "☑☐")
    written = letters("".join(run.text for run in runs).translate(ticks))
    assert len(written) > 100
    assert sorted(written) == sorted(epub)
    if kind != "ru+en":  # There, tables and notes stand in another order.
        assert written == epub


def back(table: str, cells: Sequence[str]) -> list[str]:
    """What liblouis reads in cells; its command takes short lines only."""
    pieces = [re.findall(rf".{{1,300}}(?:{BLANK}|$)", one) for one in cells]
    done = subprocess.run(
        ["lou_translate", "--backward", f"unicode.dis,{table}"],
        input="".join(f"{piece}\n" for inner in pieces for piece in inner),
        capture_output=True,
        text=True,
        check=True,
    )
    lines = iter(done.stdout.split("\n"))
    return [" ".join(next(lines) for _ in inner) for inner in pieces]


@needs_louis
@pytest.mark.parametrize("tag", ["en", "ru"])
def test_the_finished_lines_read_back_are_the_text(books: Books, tag: str) -> None:
    """Law: every line is the translation of its text: all letters come back in order."""
    *_, book = books[tag]
    lines: dict[int, list[str]] = {}
    parts = {id(part): part for part in book.parts if part.place in ("text", "note")}
    for page in book.pages:
        for line in page:
            if line.part is not None and id(line.part) in parts:
                lines.setdefault(id(line.part), []).append(line.cells.strip(" "))
    assert lines.keys() == parts.keys()
    cells = [BLANK.join(lines[one]).replace(" ", BLANK) for one in parts]
    read = back(find_table(open_louis(), tag), cells)
    for part, found in zip(parts.values(), read, strict=True):
        # The Russian table writes ¶ as a sign that it reads as letters.
        assert letters(found).casefold().removeprefix("pä") == letters(
            "".join(run.text for run in part.runs)
        ).casefold().removeprefix("¶")


@needs_louis
def test_writing_twice_gives_the_same_bytes_of_ascii(books: Books) -> None:
    text, tree, book = books["ru"]
    data = write_edition("brf", text.text, tree, text.materials).data
    assert data == book.encode() == set_with(text).encode()
    assert set(data) <= set(ASCII.encode() + b"\r\n\f")
    assert data.endswith(b"\r\n\f")
    assert data.count(b"\f") == len(book.pages)
    assert data.count(b"\n") == data.count(b"\r\n") == sum(len(page) for page in book.pages)
    assert not any(line.endswith(b" ") for page in read_pages(data) for line in page)


# --------------------------------------------------------------------------- lines and pages


@given(
    st.lists(st.tuples(st.sampled_from(" " + END), st.integers(1, 30)), min_size=1, max_size=40),
    st.integers(10, 40),
    st.integers(0, 5),
    st.integers(0, 5),
)
def test_lines_are_full_and_no_word_that_fits_is_broken(
    words: list[tuple[str, int]], width: int, first: int, rest: int
) -> None:
    """Law: whatever the words, no line is too long and no word that fits a line is divided."""
    made = [(space, "⠁" * size) for space, size in words]
    lines = break_lines(
        "".join(space + word for space, word in made).lstrip(" "), width, first, rest
    )
    assert all(0 < len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(word for _, word in made)
    if all(len(word) <= width - max(first, rest) for _, word in made):
        ends = {0}
        for _, word in made:
            ends.add(max(ends) + len(word))
        at = 0
        for line in lines:
            at += len(line.replace(" ", ""))
            assert at in ends


@given(
    st.lists(st.integers(1, 20), min_size=1, max_size=12),
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from(["", "target"]),
    st.booleans(),
)
def test_narrow_lines_have_smaller_indents_and_whole_words(
    sizes: list[int], first: int, rest: int, entry: str, centred: bool
) -> None:
    """Law: no indent, page number or centring divides a word that fits a line."""
    words = ["⠁" * size for size in sizes]
    part = Part(first=first, rest=rest, entry=entry, centred=centred and not entry)
    laid = lay_out([Written(part, " ".join(words))], 20, 10)
    lines = [line for page in laid.pages for line in page.lines]
    assert [word for line in lines for word in line.cells.split()] == words
    assert all(len(line.cells) <= (13 if line.entry else 20) for line in lines)
    assert [line.entry for line in lines if line.entry] == [entry] * bool(entry)


@needs_louis
@pytest.mark.parametrize(("cells", "lines"), [(40, 25), (32, 27), (20, 10)])
def test_pages_have_their_size_and_their_numbers(books: Books, cells: int, lines: int) -> None:
    book = set_with(books["rich-ru"][0], braille=Braille(cells=cells, lines=lines))
    assert all(len(page) <= lines for page in book.pages)
    assert all(len(line.cells) <= cells for page in book.pages for line in page)
    scribe = open_scribe(open_louis(), "ru", Braille())
    labels = scribe.write([(Run(str(n), "ru"),) for n in range(1, len(book.pages) + 1)])
    for page, label in zip(book.pages, labels, strict=True):
        if page[0].part is None:
            assert page[0].cells.endswith(f" {label}")
            assert len(page[0].cells) == cells
        else:
            assert page[0].part.place == "cover"
    kinds = [line.part.place for page in book.pages for line in page if line.part]
    assert [kind for n, kind in enumerate(kinds) if kinds[n - 1 : n] != [kind]][:4] == [
        "cover", "imprint", "contents", "text",
    ]  # fmt: skip


@needs_louis
@pytest.mark.parametrize("kind", KINDS)
def test_contents_name_the_pages_of_headings_and_headings_stay_with_their_text(
    books: Books, kind: str
) -> None:
    *_, book = books[kind]
    language = kind.partition("+")[0].removeprefix("rich-").replace("specimen", "en")
    scribe = open_scribe(open_louis(), language, Braille())
    labels = scribe.write([(Run(str(n), language),) for n in range(1, len(book.pages) + 1)])
    pages: dict[str, int] = {}
    for number, page in enumerate(book.pages):
        for line in page:
            for target in line.part.targets if line.part else ():
                pages.setdefault(target, number)
    last = {
        line.part.entry: line.cells
        for page in book.pages
        for line in page
        if line.part is not None and line.part.entry
    }
    assert last
    for target, cells in last.items():
        assert cells.endswith(f" {labels[pages[target]]}")
    for page in book.pages:
        assert page[-1].part is None or not page[-1].part.keep


@needs_louis
def test_blocks_are_laid_out_as_braille_readers_know_them(tmp_path: Path) -> None:
    body = """# One

Words.

## Two

- a
  - b

    again
- c

> Said.

| Who | How many |
|-----|---------:|
| Ann | 12 |
| Bo  | |

```
x = 1
  y
```

> [!NOTE]
> Take care.
"""
    lines = shown(small(tmp_path, body))
    scribe = open_scribe(open_louis(), "en", Braille())

    def write(text: str) -> str:
        return scribe.write([(Run(text, "en"),)])[0]

    middle = write("One")
    assert lines[0] == " " * ((40 - len(middle)) // 2) + middle
    assert lines[1:] == [
        "  " + write("¶1 Words."),
        "    " + write("Two"),
        write("• ¶2 a"),
        "  " + write("• ¶3 b"),
        "    " + write("¶4 again"),
        write("• ¶5 c"),
        "    " + write("¶6 Said."),
        write("Who; How many"),
        write("Ann; How many: 12"),
        write("Bo; How many: --"),
        write("x = 1"),
        "  " + write("y"),
        "⠶" * 40,
        "  " + write("Note"),
        "  " + write("¶7 Take care."),
        "⠛" * 40,
    ]


@needs_louis
@pytest.mark.full
def test_lists_follow_the_contents_on_their_page(books: Books) -> None:
    *_, book = books["specimen"]
    pages = {
        number
        for number, page in enumerate(book.pages)
        for line in page
        if line.part is not None and line.part.place == "contents"
    }
    assert len(pages) == 1


@needs_louis
def test_notes_stand_at_the_end_of_their_chapter_or_of_the_text(tmp_path: Path) -> None:
    body = "# One\n\nA.[^a]\n\n# Two\n\nB.[^b]\n\n[^a]: Note a.\n\n[^b]: Note b.\n"
    book = small(tmp_path, body)
    places = [part.place for part in book.parts if part.place in ("text", "note")]
    assert places == ["text", "text", "note", "note"] * 2
    scribe = open_scribe(open_louis(), "en", Braille())
    marked, own = scribe.write([(Run("¶1 A.[1]", "en"),), (Run("[1] ¶3 Note a.", "en"),)])
    assert f"  {marked}" in shown(book)
    assert f"  {own}" in shown(book, "note")
    (tmp_path / "publish.toml").write_text('languages = ["en"]\nnotes = "end"\n', "utf-8")
    text = prepare(Loader(open_workspace(tmp_path)), "one", find("en"), use_fuzzy=False)
    places = [part.place for part in set_with(text).parts if part.place in ("text", "note")]
    assert places == ["text"] * 4 + ["note"] * 3


@needs_louis
def test_state_and_making_are_told(books: Books) -> None:
    *_, book = books["ru"]
    for place in ("cover", "imprint"):
        words = "".join(run.text for p in book.parts if p.place == place for run in p.runs)
        assert "Черновой перевод, не проверен" in words.replace("\u00a0", " ")
    assert "ни один читатель Брайля его не вычитывал. liblouis" in words.replace("\u00a0", " ")
    assert words.endswith("ru-litbrl.ctb")


# --------------------------------------------------------------------------- tables and signs

ALPHABETS = {
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "de": "abcdefghijklmnopqrstuvwxyzäöüß", "en": "abcdefghijklmnopqrstuvwxyz",
    "es": "abcdefghijklmnñopqrstuvwxyzáéíóúü", "fa": "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
    "fr": "abcdefghijklmnopqrstuvwxyzàâçèéêëîïôùûœ",
    "hi": "अआइईउऊएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह",
    "it": "abcdefghijklmnopqrstuvwxyzàèéìòù", "ka": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя", "pl": "aąbcćdeęfghijklłmnńoóprsśtuwyzźż",
    "pt": "abcdefghijklmnopqrstuvwxyzáâãàçéêíóôõú", "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "tr": "abcçdefgğhıijklmnoöprsştuüvyz", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "uz": "abdefghijklmnopqrstuvxyz",
}  # fmt: skip


@needs_louis
@pytest.mark.parametrize("tag", ALPHABETS)
def test_each_letter_of_a_language_has_one_cell_of_its_own(tag: str) -> None:
    scribe = open_scribe(open_louis(), tag, Braille())
    cells = scribe.write([(Run(letter, tag),) for letter in ALPHABETS[tag]])
    assert len(set(cells)) == len(cells)
    assert {len(one) for one in cells} <= {1, 2}


@needs_louis
def test_tables_are_chosen_by_what_they_say_of_themselves() -> None:
    louis = open_louis()
    plain = {"en": "en-ueb-g1.ctb", "ru": "ru-litbrl.ctb", "kk": "kk.utb", "tr": "tr-g1.ctb"}
    plain |= {
        "de": "de-g0.utb",
        "fr": "fr-bfu-comp6.utb",
        "en-GB": "en-gb-g1.utb",
        "no": "no-no-g0.utb",
    }
    assert {tag: find_table(louis, tag) for tag in plain} == plain
    assert choose_table(louis, "en", Braille(contracted=("en",))) == "en-ueb-g2.ctb"
    assert choose_table(louis, "tk", Braille(tables={"tk": "tr-g1.ctb"})) == "tr-g1.ctb"


@needs_louis
@pytest.mark.parametrize(
    ("tag", "braille", "why"),
    [
        ("tk", Braille(), "Turkmen .tk.: liblouis .* has no braille table for it"),
        ("hy", Braille(), "cells of eight dots"),
        ("zh-Hans", Braille(), "written without spaces"),
        ("el", Braille(), "a contracted table for it only"),
        ("kk", Braille(contracted=("kk",)), "no contracted table of six dots"),
        ("tk", Braille(tables={"tk": "../tk.utb"}), "not a table of liblouis"),
    ],
)
def test_a_language_without_a_table_is_refused_with_the_reason(
    tag: str, braille: Braille, why: str
) -> None:
    with pytest.raises(BuildError, match=why) as error:
        choose_table(open_louis(), tag, braille)
    assert error.value.code == "braille-table"
    assert error.value.hint


@needs_louis
def test_only_literary_tables_of_six_dots_serve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = {
        "a-computer.utb": "language: qaa|type: computer|dots: 6|contraction: no",
        "a-eight.utb": "language: qaa|type: literary|dots: 8|contraction: no",
        "b-partial.ctb": "language: qab|type: literary|contraction: partial|grade: 1",
        "b-plain.utb": "language: qab|type: literary|contraction: no",
        "z.utb": "language: zh|type: literary|contraction: no",
    }
    (tmp_path / "unicode.dis").write_text("", "utf-8")
    for name, facts in tables.items():
        lines = "".join(f"#+{fact}\n" for fact in facts.split("|"))
        (tmp_path / name).write_text(f"# A table\n{lines}", "utf-8")
    monkeypatch.setenv("LOUIS_TABLEPATH", str(tmp_path))
    louis = open_louis()
    assert louis.folder == tmp_path
    assert [find_table(louis, tag) for tag in ("qaa", "qab", "zh")] == ["", "b-plain.utb", ""]


@needs_louis
def test_a_long_word_is_divided_without_blank_cells_at_the_ends() -> None:
    number = BLANK.join(["⠼⠁⠃⠉"] * 12)
    lines = break_lines(f"⠁ {number} ⠁", 20, 0, 2)
    assert all(line == line.rstrip() and len(line) <= 20 for line in lines)
    assert len(lines) == 5


def written(tag: str, *runs: Run) -> str:
    return open_scribe(open_louis(), tag, Braille()).write([runs])[0]


@needs_louis
def test_digits_of_every_script_have_the_number_sign() -> None:
    assert written("hi", Run("१२ और 12", "hi")).count("⠼⠁⠃") == 2
    assert written("ar", Run("٢٠٢٤", "ar")) == written("en", Run("2024", "en"))


@needs_louis
def test_passages_and_words_have_the_table_that_knows_them() -> None:
    russian, english = written("ru", Run("Мы", "ru")), written("en", Run("We met", "en"))
    assert written("ru", Run("Мы: ", "ru"), Run("We met", "en")).endswith(english)
    assert written("en", Run("We met", "en"), Run(" Мы", "en")) == f"{english} {russian}"
    assert "⠠⠠⠥⠝" in written("ka", Run("ეს UN არის", "ka"))
    assert written("en", Run("A\u00ad\u200bb", "en")) == written("en", Run("Ab", "en"))
    assert written("en", Run("x", "en"), Run("2", "en", form="sup")) != written(
        "en", Run("x2", "en")
    )


@needs_louis
def test_a_word_of_two_scripts_is_written_in_two_tables() -> None:
    def whole(*pairs: tuple[str, str]) -> str:
        return "".join(written(tag, Run(text, tag)) for tag, text in pairs)

    assert written("fa", Run("وCVSها", "fa")) == whole(("fa", "و"), ("en", "CVS"), ("fa", "ها"))
    assert written("fa", Run("αβg-h", "fa")) == whole(("grc", "αβ"), ("en", "g-h"))
    with pytest.raises(BuildError, match=r"no braille table knows ♠ \(U\+2660 .*; first in: گ♠git"):
        written("fa", Run("گ♠git♠", "fa"))


@needs_louis
def test_an_apostrophe_after_a_number_has_six_dots_in_persian() -> None:
    assert written("fa", Run("[53]' و '5 'س'", "fa")).count("⠄") == 5


@needs_louis
def test_a_line_may_end_after_a_comma_but_not_within_a_number() -> None:
    cells = written("ru", Run("дом, сад 12\u00a0000 да", "ru"))
    assert cells.count(END) == 1
    assert cells.count(BLANK) == 1
    assert cells.count(" ") == 2


@needs_louis
def test_a_backslash_is_a_sign_like_others() -> None:
    """The command of liblouis reads \\x0041 as a letter, and \\n as the end of a line."""
    backslash = written("en", Run("a\\b", "en")).removeprefix("⠁").removesuffix("⠃")
    assert backslash not in ("", written("en", Run("a/b", "en"))[1:-1])
    for text in ("x0041", "new", "t\\\\e"):
        cells = written("en", Run(f"C:\\{text}", "en"))
        assert cells.count(backslash) == 1 + text.count("\\")
        assert cells.replace(backslash, "").endswith(written("en", Run(text[-1], "en"))[-1:])
    assert written("en", Run(f"a{BLANK}b", "en")) == written("en", Run("a b", "en"))


@needs_louis
def test_what_no_table_knows_is_refused_and_named() -> None:
    with pytest.raises(BuildError, match=r"中 \(U\+4E2D") as error:
        written("en", Run("a 中 b", "en"))
    assert error.value.code == "braille-sign"


@needs_louis
def test_long_texts_lose_nothing() -> None:
    """The command of liblouis cuts long lines."""
    words = " ".join(f"word{n}" for n in range(2000))
    assert len(written("en", Run(words, "en")).split(" ")) == 2000
    assert len(written("en", Run("a" * 9000, "en"))) == 9000


def test_without_liblouis_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BuildError, match="liblouis, which is not installed") as error:
        open_louis()
    assert error.value.code == "braille-tool"
    assert "apt install liblouis-bin" in (error.value.hint or "")


@needs_louis
def test_the_tables_are_part_of_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tables"
    shutil.copytree(open_louis().folder, folder)
    monkeypatch.setenv("LOUIS_TABLEPATH", str(folder))
    fingerprint_louis.cache_clear()
    before = fingerprint_louis()
    with (folder / "kk.utb").open("a", encoding="utf-8") as table:
        table.write("# another\n")
    fingerprint_louis.cache_clear()
    after = fingerprint_louis()
    fingerprint_louis.cache_clear()
    assert before.split()[0] == after.split()[0] == open_louis().version
    assert before != after


@needs_louis
def test_settings_of_braille_change_the_keys_of_braille_only(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source/one.md").write_text("---\ntitle: T\n---\n\nWords.\n", "utf-8")
    keys: list[list[str]] = []
    for cells in (40, 32):
        settings = f'languages = ["en"]\n[braille]\ncells = {cells}\n'
        (tmp_path / "publish.toml").write_text(settings, "utf-8")
        loader = Loader(open_workspace(tmp_path))
        kinds: tuple[Format, ...] = ("html", "brf")
        made = [Edition(document="one", language="en", format=kind) for kind in kinds]
        keys.append([make_edition_key(loader, one, use_fuzzy=False) for one in made])
    assert keys[0][0] == keys[1][0]
    assert keys[0][1] != keys[1][1]


@pytest.mark.parametrize(
    "line",
    ["cells = 10", "lines = 5", 'contracted = ["xx"]', 'tables = {xx = "a"}', "cell = 40"],
)
def test_wrong_settings_are_refused_with_their_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "publish.toml").write_text(f'languages = ["en"]\n\n[braille]\n{line}\n', "utf-8")
    with pytest.raises(UsageError) as error:
        read_settings(tmp_path)
    assert error.value.span is not None
    assert error.value.span.first == 4


# --------------------------------------------------------------------------- damage


def audited(made: Set, data: bytes) -> list[Finding]:
    text, tree, book = made
    return list(audit_braille("build/ru/one.brf", data, text.text, tree, text.materials, book))


def rewrite(pages: Sequence[Sequence[bytes]]) -> bytes:
    return b"".join(b"".join(line + b"\r\n" for line in page) + b"\f" for page in pages)


@needs_louis
@pytest.mark.parametrize("kind", KINDS)
def test_what_was_made_is_quiet(books: Books, kind: str) -> None:
    assert audited(books[kind], books[kind][2].encode()) == []


@needs_louis
@pytest.mark.parametrize(
    "step", [SAMPLE, pytest.param(1, marks=pytest.mark.full)], ids=["some", "all"]
)
def test_every_lost_added_or_altered_line_is_found(books: Books, step: int) -> None:
    """Damage is found: each line of the book lost, written twice, or with another cell."""
    made = books["rich-ru"]
    pages = read_pages(made[2].encode())
    assert rewrite(pages) == made[2].encode()
    places = [
        (number, at, line)
        for number, page in enumerate(pages)
        for at, line in enumerate(page)
        if line.strip()
    ]
    for number, at, line in places[::step]:
        other = line.replace(line[-1:], b"Q" if line[-1:] != b"Q" else b"R")
        for changed in ([], [line, line], [other]):
            page = [*pages[number][:at], *changed, *pages[number][at + 1 :]]
            data = rewrite([*pages[:number], page, *pages[number + 1 :]])
            assert "built-text" in {one.code for one in audited(made, data)}


@needs_louis
def test_a_lost_paragraph_is_named_with_its_place(books: Books) -> None:
    made = books["rich-en"]
    lost = [[line for line in page if not _has(line, "Quoted text")] for page in made[2].pages]
    data = rewrite([[encode_cells(line.cells) for line in page] for page in lost])
    messages = [one.message for one in audited(made, data)]
    assert re.fullmatch(
        r"a text is missing, on page \d+, line \d+: “¶12 Quoted text. Again quoted.”", messages[0]
    )


def _has(line: BrailleLine, words: str) -> bool:
    return line.part is not None and words in "".join(run.text for run in line.part.runs)


@needs_louis
@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("pages exchanged", "built-text"), ("a page lost", "built-text"),
        ("two pages joined", "built-pages"), ("lines end in LF", "built-container"),
        ("no form feed at the end", "built-container"), ("a byte of no braille", "built-container"),
        ("small letters", "built-container"), ("nothing", "built-text"),
    ],
)  # fmt: skip
def test_damage_to_pages_and_bytes_is_found(books: Books, kind: str, code: str) -> None:
    made = books["rich-ru"]
    data = made[2].encode()
    pages = read_pages(data)
    damaged = {
        "pages exchanged": rewrite([pages[1], pages[0], *pages[2:]]),
        "a page lost": rewrite([*pages[:2], *pages[3:]]),
        "two pages joined": data.replace(b"\f", b"", 1),
        "lines end in LF": data.replace(b"\r\n", b"\n"),
        "no form feed at the end": data[:-1],
        "a byte of no braille": data.replace(b"A", b"\xc3", 1),
        "small letters": data.lower(),
        "nothing": b"",
    }[kind]
    assert damaged != data
    assert code in {one.code for one in audited(made, damaged)}


@needs_louis
def test_a_text_that_the_writer_leaves_out_is_found(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is set is compared with the manuscript, not with what the writer did."""
    from publish.editions.audit import braillefiles

    text, tree, book = books["rich-ru"]
    lost = ("Quoted", "Bob", "A note with", "one item", "Черновой")
    for drop, code in [(one, "built-state" if one == lost[-1] else "built-text") for one in lost]:
        monkeypatch.setattr(
            braillefiles,
            "list_book_parts",
            lambda tree, materials, drop=drop: [
                part
                for part in list_book_parts(tree, materials)
                if drop not in "".join(run.text for run in part.runs)
            ],
        )
        assert code in {one.code for one in audited((text, tree, book), book.encode())}


@needs_louis
@pytest.mark.full
@pytest.mark.parametrize("seed", [1, 6, 37, 42])
def test_random_reports_pass_the_audit(seed: int, tmp_path: Path) -> None:
    """Law: any report whose languages have tables is written whole, in one language and in two."""
    report = write_report(tmp_path / "work", seed)
    settings = report.root / "publish.toml"
    settings.write_text(f'formats = ["brf"]\n{settings.read_text("utf-8")}', "utf-8")
    assert main(["build", "-q", "-C", str(report.root)]) < 2
    assert main(["check", "--built", "-C", str(report.root)]) == 0
    assert len(list(report.root.glob("build/[!.]*/report.brf"))) == 3


@needs_louis
def test_build_check_and_release_know_the_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source/one.md").write_text("---\ntitle: T\n---\n\nWords.\n", "utf-8")
    (tmp_path / "publish.toml").write_text('languages = ["en", "tk"]\nformats = ["brf"]\n', "utf-8")
    place = ("-C", str(tmp_path))
    monkeypatch.setenv("PUBLISH_PASSPHRASE", PASSPHRASE)
    assert main(["update", "-q", *place]) == 0
    assert main(["build", *place]) != 0
    assert "no braille table" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.glob("build/*/*.brf")) == ["one.brf"]
    assert main(["check", "--built", "-l", "en", *place]) == 0
    key, _ = key_in(tmp_path / "keys")
    out = tmp_path / "out"
    assert main(["release", "-q", *place, "-l", "en", "--key", str(key), "--into", str(out)]) == 0
    assert main(["verify", str(out), "--key", str(key.with_suffix(".pub"))]) == 0
    assert '"liblouis": "' in (out / "manifest.json").read_text("utf-8")
    path = tmp_path / "build/en/one.brf"
    assert (out / "one.en.original.brf").read_bytes() == path.read_bytes()
    path.write_bytes(path.read_bytes().replace(b"WORDS", b"WARDS"))
    assert main(["check", "--built", "-l", "en", *place]) == 1
