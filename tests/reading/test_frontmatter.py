"""Front matter as people have it, and texts without any."""

from __future__ import annotations

from datetime import date

import pytest

from publish.errors import FindingsError, PublishError
from publish.model import Document, Heading, Level, Role, plain
from publish.reading.markdown import SourceFile, read_document


def read(text: str, language: str = "en", name: str = "my-report") -> Document:
    return read_document(name, language, [SourceFile("source/x.md", text)])


def fields(document: Document) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for field in document.front:
        found.setdefault(field.prose.role.value, []).append(plain(field.prose.content))
    return found


def test_a_text_without_front_matter_has_its_only_top_heading_as_title() -> None:
    document = read("# A *report*\n\na\n\n## B\n\n[c](#a-report)\n")
    assert fields(document) == {"title": ["A report"]}
    headings = [block for block in document.body if isinstance(block, Heading)]
    assert [(one.level, one.id) for one in headings] == [(1, "b")]


@pytest.mark.parametrize("text", ["a\n", "# A\n\na\n\n# B\n\nb\n", "## A\n\na\n\n# B\n\nb\n"])
def test_a_text_without_one_top_heading_has_the_name_of_its_file(text: str) -> None:
    document = read(text)
    assert fields(document) == {"title": ["My report"]}
    assert [(one.code, one.level) for one in document.remarks] == [("title-missing", Level.WARNING)]
    assert len([b for b in document.body if isinstance(b, Heading)]) == text.count("# ")


def test_a_title_with_a_note_stays_a_heading() -> None:
    document = read("# A[^1]\n\nb\n\n[^1]: c\n")
    assert fields(document) == {"title": ["A"]}
    assert isinstance(document.body[0], Heading)


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: A\nauthor: [B, C]", {"author": ["B", "C"]}),
        ("title: A\nauthors:\n- name: B\n  affiliation: D\n- C", {"author": ["B", "C"]}),
        ("title: A\nabstract: |\n  B\n  C", {"summary": ["B C"]}),
        ("title: A\ndescription: B\nsummary:", {"summary": ["B"]}),
        ("title: A\ntags: b, c\nkeywords: [d]", {"keyword": ["b", "c", "d"]}),
        ("title: A\nlicense: B", {"rights": ["B"]}),
        ("title: A\nauthor:\nrights: ''\ndate:", {}),
        ("Title: A", {}),
    ],
)
def test_names_and_forms_of_other_programs_are_understood(
    front: str, expected: dict[str, list[str]]
) -> None:
    document = read(f"---\n{front}\n---\na\n")
    assert fields(document) == {"title": ["A"], **expected}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: Report: the year\n---\na\n", "Report: the year"),
        ("---\ntitle: Report: “the” year: x!\nauthor: @b\n---\na\n", "Report: “the” year: x!"),
        ("---\r\ntitle: A\r\n---\r\na\r\n", "A"),
        ("\ufeff---\ntitle: A\n---\na\n", "A"),
        ("\n\n---\ntitle: A\n---\na\n", "A"),
        ("---\ntitle: A\n...\na\n", "A"),
        ('+++\ntitle = "A"\ndate = 2024-01-31\n[extra]\nb = 1\n+++\na\n', "A"),
        ("% A\n  report\n% B; C\n% 31 January 2024\n\na\n", "A report"),
    ],
)
def test_forms_of_front_matter(text: str, title: str) -> None:
    document = read(text)
    assert fields(document)["title"] == [title]
    assert [block.prose.span.first for block in document.body if hasattr(block, "prose")] == [
        len(text.splitlines())
    ]


@pytest.mark.parametrize(
    ("language", "written", "day", "precision"),
    [
        ("en", "2024-01-31", date(2024, 1, 31), "day"),
        ("en", "2024-01-31T10:00:00+03:00", date(2024, 1, 31), "day"),
        ("en", "2024-01-31 10:00:00 +0300", date(2024, 1, 31), "day"),
        ("en", "3 March 2024", date(2024, 3, 3), "day"),
        ("en", "March 3rd, 2024", date(2024, 3, 3), "day"),
        ("en", "Sun, 3 Mar 2024", date(2024, 3, 3), "day"),
        ("en", "March 2024", date(2024, 3, 1), "month"),
        ("en", "2024-03", date(2024, 3, 1), "month"),
        ("en", "2024", date(2024, 1, 1), "year"),
        ("ru", "24 июня 2024 года", date(2024, 6, 24), "day"),
        ("ru", "24 июня 2024 г.", date(2024, 6, 24), "day"),
        ("ru", "июнь 2024", date(2024, 6, 1), "month"),
        ("ru", "24.06.2024", date(2024, 6, 24), "day"),
        ("ru", "June 2024", date(2024, 6, 1), "month"),
        ("fr", "1er août 2024", date(2024, 8, 1), "day"),
        ("es", "3 de marzo de 2024", date(2024, 3, 3), "day"),
        ("ja", "2024年3月3日", date(2024, 3, 3), "day"),
    ],
)
def test_written_dates(language: str, written: str, day: date, precision: str) -> None:
    facts = read(f"---\ntitle: A\ndate: {written}\n---\na\n", language).facts
    assert (facts.published, facts.precision) == (day, precision)


@pytest.mark.parametrize("written", ["soon", "3 2024", "31 February 2024", "3/4/2024", "24", "May"])
def test_what_is_no_date(written: str) -> None:
    with pytest.raises(PublishError, match="published is not a date"):
        read(f"---\ntitle: A\ndate: {written}\n---\na\n")


def test_unknown_keys_are_one_line_of_advice() -> None:
    document = read("---\nlayout: post\ntitle: A\npermalink: /a/\nweight: 3\n---\na\n")
    (told,) = document.remarks
    assert (told.code, told.level) == ("front-matter-unknown", Level.ADVICE)
    assert told.message.endswith("are left out: layout, permalink, weight")
    assert told.hint.startswith("those that mean something: author, identifier, keywords, ")


def test_a_key_that_looks_mistyped_is_a_warning() -> None:
    (told,) = read("---\ntitle: A\nauthro: B\nx: 1\n---\na\n").remarks
    assert (told.level, told.hint) == (Level.WARNING, "did you mean author for authro?")


@pytest.mark.parametrize("tag", ["en", "en-GB", "en_US.UTF-8", "EN"])
def test_the_language_of_the_text_may_be_said(tag: str) -> None:
    assert read(f"---\ntitle: A\nlang: {tag}\n---\na\n").remarks == ()


def test_all_faults_of_front_matter_are_told_at_once() -> None:
    front = "title: A [^x]\npublished: soon\ncontact: nobody\nsource-url: x\nlang: ru\n"
    with pytest.raises(FindingsError) as caught:
        read(f"---\n{front}---\na [b](c:d)\n")
    lines = [one.span.first for one in caught.value.findings if one.span]
    assert lines == [2, 8] or lines == [2, 3, 4, 5, 6, 8]


def test_a_wrong_line_is_told_with_its_column() -> None:
    with pytest.raises(PublishError) as caught:
        read('---\ntitle: "A" b\n---\na\n')
    assert str(caught.value.span) == "source/x.md:2"
    assert "(column 12)" in caught.value.message


def test_what_yaml_takes_for_a_comment_is_told() -> None:
    (told,) = read("---\ntitle: Issue #5\n---\na\n").remarks
    assert told.code == "front-matter-comment"


@pytest.mark.parametrize(
    ("chapter", "headings"),
    [
        ("---\ntitle: B\n---\n## C\n\nb\n", [(1, "a"), (1, "b"), (2, "c")]),
        ("---\ntitle: B\n---\n# C\n\nb\n", [(1, "a"), (1, "c")]),
        ("---\ntitle: B\nauthor: D\n---\nb\n", [(1, "a"), (1, "b")]),
        ("---\n\nb\n\n---\n", [(1, "a")]),
    ],
)
def test_the_title_of_a_chapter_is_its_heading_if_it_has_none(
    chapter: str, headings: list[tuple[int, str]]
) -> None:
    files = [SourceFile("source/x/1.md", "---\ntitle: T\n---\n# A\n\na\n")]
    document = read_document("x", "en", [*files, SourceFile("source/x/2.md", chapter)])
    found = [(b.level, b.id) for b in document.body if isinstance(b, Heading)]
    assert found == headings
    assert document.front_text(Role.AUTHOR) == ()
