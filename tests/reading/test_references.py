"""The numbers of figures and tables, and references to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from publish.catalogs.entries import make_entries
from publish.errors import FindingsError, PublishError
from publish.languages.registry import find
from publish.model import Document, Figure, Level, Table, blocks, plain
from publish.reading.markdown import SourceFile, read_document
from publish.reading.numbering import number_references
from publish.reading.source import cut_source

HEAD = "---\ntitle: T\n---\n"
TABLE = "| a | b |\n|---|---|\n| x | y |\n"
BOTH = ("figures", "tables")


def read(*texts: str, numbered: tuple[str, ...] = BOTH) -> Document:
    files = [SourceFile(f"source/{n}.md", HEAD + text) for n, text in enumerate(texts, 1)]
    return read_document("a", "en", files, folder="source", numbered=numbered)


def shown(document: Document) -> list[tuple[str, str, int, str]]:
    return [
        (
            type(one).__name__.lower(),
            one.id,
            one.number,
            plain(one.caption.content) if one.caption else "",
        )
        for one in blocks(document)
        if isinstance(one, Figure | Table)
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("![A](a.png){#fig-a}\nWords.\n", ("figure", "fig-a", 1, "Words.")),
        ("![A](a.png){#fig:a .wide}\nWords.\n", ("figure", "fig-a", 1, "Words.")),
        ("![A](a.png)\n{: #fig-a }\n", ("figure", "fig-a", 0, "")),
        ('![Words.](a.png){#fig-a alt="A"}\n', ("figure", "fig-a", 1, "Words.")),
        ("![A](a.png){#a}\n\n*Words.*\n", ("figure", "a", 1, "Words.")),
        (
            '<figure id="a"><img src="a.png" alt="A"><figcaption>Words.</figcaption></figure>\n',
            ("figure", "a", 1, "Words."),
        ),
        ('<p><img id="a" src="a.png" alt="A"></p>\n', ("figure", "a", 0, "")),
        (f"{TABLE}\nTable: Words. {{#tbl:a}}\n", ("table", "tbl-a", 1, "Words.")),
        (f": Words. {{#tbl-a}}\n\n{TABLE}", ("table", "tbl-a", 1, "Words.")),
        (f"{{#tbl-a}}\n\n{TABLE}", ("table", "tbl-a", 0, "")),
        (f"{TABLE}\n: {{#tbl-a}}\n", ("table", "tbl-a", 0, "")),
        (
            '<table id="a"><caption>Words.</caption><tr><td>x</td><td>y</td></tr></table>\n',
            ("table", "a", 1, "Words."),
        ),
        (
            '<figure id="a"><table><tr><td>x</td><td>y</td></tr></table>\n'
            "<figcaption>Words.</figcaption></figure>\n",
            ("table", "a", 1, "Words."),
        ),
    ],
)
def test_ids_and_captions_of_all_dialects(text: str, wanted: tuple[str, str, int, str]) -> None:
    assert shown(read(text)) == [wanted]


TEXT = (
    "Before.[^n]\n\n![A](a.png)\nOne.\n\n> ![B](b.png)\n> Two.\n\n![C](c.png)\n\n"
    f"{TABLE}\n: First.\n\n- item\n\n  ![D](d.png)\n  Three.\n\n{TABLE}\n"
    "[^n]: Note.\n\n    ![E](e.png)\n    Last.\n"
)


def test_figures_and_tables_are_counted_apart_and_notes_come_last() -> None:
    assert [(one[0], one[2], one[3]) for one in shown(read(TEXT))] == [
        ("figure", 1, "One."),
        ("figure", 2, "Two."),
        ("figure", 0, ""),
        ("table", 1, "First."),
        ("figure", 3, "Three."),
        ("table", 0, ""),
        ("figure", 4, "Last."),
    ]


@pytest.mark.parametrize(
    ("more", "numbered", "wanted"),
    [
        ("", ("referenced",), (0, 0)),
        ("See [](#f).\n", ("referenced",), (1, 0)),
        ("See [](#t).\n", ("referenced",), (0, 1)),
        ("See [table {number}](#t).\n", ("referenced",), (0, 1)),
        ("See [the figure](#f).\n", ("referenced",), (0, 0)),
        ("See [](#t).\n", ("figures", "referenced"), (1, 1)),
        ("", ("figures",), (1, 0)),
        ("See [](#f).\n", (), (0, 0)),
    ],
)
def test_what_is_numbered(more: str, numbered: tuple[str, ...], wanted: tuple[int, int]) -> None:
    text = f"![A](a.png){{#f}}\nOne.\n\n{TABLE}\n: First. {{#t}}\n\n{more}"
    assert tuple(one[2] for one in shown(read(text, numbered=numbered))) == wanted


def test_what_is_referred_to_has_a_number_without_a_caption() -> None:
    text = f"![A](a.png){{#f}}\n\n{{#t}}\n\n{TABLE}\nSee [](#f) and [](#t).\n"
    assert [one[2] for one in shown(read(text, numbered=("referenced",)))] == [1, 1]


def test_references_cross_chapters_and_take_ids_as_typed() -> None:
    document = read(
        "# One\n\nSee [](2.md#fig:map), [](#fig-map) and [the map](#fig:map).\n",
        "# Two\n\n![A](a.png){#fig:map}\nMap.\n",
    )
    (unit,) = (u for u in cut_source(document, find("en")).units if u.addresses)
    assert unit.addresses == ("#fig-map",) * 3
    assert unit.msgid == "See [](1), [](2) and [the map](3)."
    assert not document.remarks


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("# Map\n\n![A](a.png){#fig-map}\n\n[](#fig-mpa)\n", "refers to nothing", "#fig-map"),
        ("A.\n\n[](#nowhere)\n", "refers to nothing", "give the one you mean this id"),
        ("# Map\n\n[part {number}](#map)\n", "a heading has no number", "leave the brackets empty"),
        ("# B\n\n# Of [](#b)\n", "a heading cannot leave it", "write the words"),
    ],
)
def test_a_reference_to_nothing_is_an_error_with_its_line(
    text: str, message: str, hint: str
) -> None:
    with pytest.raises(PublishError) as caught:
        read(text)
    error = caught.value
    assert (error.code, message in error.message, hint in error.hint) == (
        "reference-target",
        True,
        True,
    )
    assert error.span is not None
    assert error.span.first == 3 + len(text.splitlines())


def test_without_numbers_a_reference_needs_a_caption() -> None:
    read("![A](a.png){#f}\nOne.\n\n[](#f)\n", numbered=())
    for text in ("![A](a.png){#f}\n\n[](#f)\n", "![A](a.png){#f}\nOne.\n\n[{number}](#f)\n"):
        with pytest.raises(PublishError) as caught:
            read(text, numbered=())
        assert caught.value.code == "reference-target"


def test_an_id_that_is_taken_is_told_and_left_out() -> None:
    document = read("# Map {#a}\n\n![A](a.png){#a}\nOne.\n\n![B](b.png){#p12}\n\n![C](c.png){#c}\n")
    found = [(one.code, one.level, one.span.first if one.span else 0) for one in document.remarks]
    assert found == [("id-duplicate", Level.WARNING, 6), ("id-reserved", Level.WARNING, 9)]
    assert [one[1] for one in shown(document)] == ["", "", "c"]


def test_a_typed_number_before_a_caption_is_a_warning() -> None:
    text = "![A](a.png){#a}\nFigure 3. One.\n\n![B](b.png)\nMay 24 was warm.\n"
    document = read(text)
    assert [(one.code, one.level) for one in document.remarks] == [
        ("caption-number", Level.WARNING)
    ]
    assert "Figure 3." in document.remarks[0].message
    assert not read(text, numbered=()).remarks


def test_catalogs_know_references_and_no_numbers() -> None:
    text = "![A](a.png){#f}\nOne.\n\nAs [](#f) shows, it is so. More.\n"
    more = f"![Z](z.png)\nZero.\n\n{text}"
    before, after = (
        {one.msgid: one for one in make_entries(cut_source(read(t), find("en")).units)}
        for t in (text, more)
    )
    assert {key: after[key] for key in before} == before
    entry = before["As [](1) shows, it is so."]
    told = next(line for line in entry.extracted if line.startswith("(1): #f"))
    assert "[figure {number}](1)" in told
    plain_link = make_entries(cut_source(read("# A\n\nSee [it](#a).\n"), find("en")).units)[-1]
    assert plain_link.extracted == ("paragraph", "(1): #a")


def test_sentences_end_after_references() -> None:
    text = "![A](a.png){#f}\nOne.\n\nIt is in [](#f). The next begins. [](#f) shows it.\n"
    units = cut_source(read(text), find("en")).units
    assert [u.msgid for u in units][-3:] == [
        "It is in [](1).",
        "The next begins.",
        "[](1) shows it.",
    ]


def test_the_numbers_of_references_by_their_link() -> None:
    text = (
        f"# A\n\n![A](a.png){{#f}}\nOne.\n\n{TABLE}\n: T. {{#t}}\n\n"
        "See [](#a), [](#t) and [it {number}](#f).\n"
    )
    found = number_references(cut_source(read(text), find("en")))
    assert found == {(None, "See [](1), [](2) and [it {number}](3)."): {"2": "1", "3": "1"}}


def test_a_link_with_words_to_a_figure_is_no_dead_link() -> None:
    assert not read("![A](a.png){#f}\nOne.\n\nSee [it](#f).\n").remarks


def test_code_in_a_link_is_no_reference() -> None:
    assert not read("# A\n\nSee [`{number}`](#a).\n").remarks


def test_many_faults_are_told_at_once() -> None:
    with pytest.raises(FindingsError) as caught:
        read("[](#a)\n\n[](#b)\n\n[](https://example.org/)\n")
    assert [one.code for one in caught.value.findings] == [
        "reference-target",
        "reference-target",
        "link-empty",
    ]


def test_numbers_stay_with_a_document_that_is_rebuilt() -> None:
    document = read(TEXT)
    assert shown(replace(document, language="ru")) == shown(document)
