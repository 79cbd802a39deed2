"""An existing translation fills a catalog: a text in another script, one with marks, a catalog."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from wordfiles import (
    item,
    level,
    mark,
    notes,
    numbering,
    par,
    row,
    run,
    table,
    word_parts,
    zip_parts,
)

from publish.actions.accept import accept
from publish.actions.import_translation import import_translation
from publish.actions.review import SentenceGroup, list_reviews
from publish.aligning.results import ImportedTranslation
from publish.cli.main import main
from publish.errors import PublishError, UsageError
from publish.model import JOINED, Entry
from publish.po.pofile import extract_catalog
from publish.project.workspace import open_workspace
from publish.reading.locationwords import describe_location
from publish.translation.composing import compose
from publish.translation.held import find_held
from publish.translation.loading import Loader

SOURCE = """\
---
title: Harvest report 2024
---

## Findings {#findings}

In 2024 **Amnesty** visited 12 farms near Ashgabat.[^a] See [the
law](https://example.org/law) of 2003. The farms had no water. It was cut off in May.

- Pay: 300 manat
- Hours: 14 a day

| Region | Farms |
|---|---|
| Mary | 7 |
| Lebap | 5 |

## Advice {#advice}

Stop forced labour. The government should open all 12 farms, and it should do so before *June*.

[^a]: Interview with *Berdi* on 3 May.
"""
PLAIN_RU = """\
# Доклад об урожае 2024

## Выводы

В 2024 году Амнести посетила 12 хозяйств близ Ашхабада. См. закон 2003 года. В хозяйствах \
не было воды, её отключили в мае.

- Оплата: 300 манатов
- Часы: 14 в день

Это предложение есть только в переводе и ни в чём не совпадает с исходным текстом 1999 года!

| Область | Хозяйства |
|---|---|
| Мары | 7 |
| Лебап | 5 |

## Советы

Прекратить принудительный труд. Правительству следует открыть все 12 хозяйств. Сделать это надо до \
июня.

Интервью с Берди 3 мая.
"""
PAGE_RU = """\
<!DOCTYPE html><html lang="ru"><head><title>Доклад об урожае 2024</title></head><body><main>
<h1>Доклад об урожае 2024</h1>
<h2>Выводы</h2>
<p>В 2024 году <b>Амнести</b> посетила 12 хозяйств близ Ашхабада.<a class="footnote-ref" \
href="#fn1">1</a> См. <a href="https://example.org/law">закон</a> 2003 года. В хозяйствах не было \
воды. Её отключили в мае.</p>
<ul><li>Оплата: 300 манатов</li><li>Часы: 14 в день</li></ul>
<table><tr><th>Область</th><th>Хозяйства</th></tr>
<tr><td>Мары</td><td>7</td></tr><tr><td>Лебап</td><td>5</td></tr></table>
<h2>Советы</h2>
<p>Прекратить принудительный труд. Правительству следует открыть все 12 хозяйств, и сделать это \
надо до <i>июня</i>.</p>
<aside class="footnote" id="fn1"><p>Интервью с <i>Берди</i> 3 мая.</p></aside>
</main></body></html>
"""
MARKED_TK = """\
# 2024-nji ýylyň hasyl hasabaty

## Netijeler

2024-nji ýylda **Amnesty** Aşgabadyň golaýynda 12 hojalyga bardy.[^1] 2003-nji ýylyň \
[kanunyna](https://example.org/law) serediň. Hojalyklarda suw ýokdy. Ol maýda kesildi.

- Tölegi: 300 manat
- Sagatlary: günde 14

| Welaýat | Hojalyklar |
|---|---|
| Mary | 7 |
| Lebap | 5 |

## Maslahatlar

Mejbury zähmeti bes ediň. Hökümet ähli 12 hojalygy açmaly, muny bolsa *iýuna* çenli etmeli.

[^1]: 3-nji maýda *Berdi* bilen söhbet.
"""

Import = Callable[..., ImportedTranslation]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "source/r.md").write_text(SOURCE, "utf-8")
    settings = 'source-language = "en"\nlanguages = ["en", "ru", "tk"]\nformats = ["epub"]\n'
    (tmp_path / "publish.toml").write_text(settings, "utf-8")
    return tmp_path


@pytest.fixture
def take(root: Path, tmp_path: Path) -> Import:
    def take(
        tag: str, text: str, name: str = "old.md", *, dry_run: bool = False
    ) -> ImportedTranslation:
        file = tmp_path / name
        file.write_text(text, "utf-8")
        return import_translation(Loader(open_workspace(root)), "r", tag, file, dry_run=dry_run)

    return take


def entries(root: Path, tag: str) -> dict[str, Entry]:
    loader = Loader(open_workspace(root))
    (language,) = loader.workspace.target_languages([tag])
    po = loader.catalog(language, "r")
    assert po is not None
    return {entry.msgid: entry for entry in extract_catalog(po).active().values()}


def find(root: Path, tag: str, begins: str) -> Entry:
    return next(one for msgid, one in entries(root, tag).items() if msgid.startswith(begins))


def test_a_plain_text_fills_every_entry_and_gets_the_marks_of_the_source(
    root: Path, take: Import
) -> None:
    done = take("ru", PLAIN_RU)
    found = {msgid: entry.msgstr for msgid, entry in entries(root, "ru").items()}
    assert found == {
        "Harvest report 2024": "Доклад об урожае 2024",
        "Findings": "Выводы",
        "In 2024 **Amnesty** visited 12 farms near Ashgabat.[^a]": (
            "В 2024 году **Амнести** посетила 12 хозяйств близ Ашхабада.[^a]"
        ),
        "See [the law](1) of 2003.": "См. [закон](1) 2003 года.",
        "The farms had no water.": "В хозяйствах не было воды, её отключили в мае.",
        "It was cut off in May.": JOINED,
        "Pay: 300 manat": "Оплата: 300 манатов",
        "Hours: 14 a day": "Часы: 14 в день",
        "Region": "Область",
        "Farms": "Хозяйства",
        "Mary": "Мары",
        "Lebap": "Лебап",
        "Advice": "Советы",
        "Stop forced labour.": "Прекратить принудительный труд.",
        "The government should open all 12 farms, and it should do so before *June*.": (
            "Правительству следует открыть все 12 хозяйств. Сделать это надо до *июня*."
        ),
        "Interview with *Berdi* on 3 May.": "Интервью с *Берди* 3 мая.",
    }
    assert all(entry.fuzzy for entry in entries(root, "ru").values())
    assert done.left == ()
    assert [one.text[:15] for one in done.unused] == ["Это предложение"]
    assert done.unused[0].place == "¶6"


def test_marks_of_the_translation_are_kept_and_comments_say_where_it_is_from(
    root: Path, take: Import
) -> None:
    take("tk", MARKED_TK)
    entry = find(root, "tk", "In 2024")
    assert entry.msgstr == "2024-nji ýylda **Amnesty** Aşgabadyň golaýynda 12 hojalyga bardy.[^a]"
    assert entry.comments[0] == "from old.md, ¶3"
    assert entry.comments[1].endswith(" % sure")
    assert find(root, "tk", "See").msgstr == "2003-nji ýylyň [kanunyna](1) serediň."
    assert find(root, "tk", "Interview").msgstr == "3-nji maýda *Berdi* bilen söhbet."
    assert find(root, "tk", "The government").msgstr.endswith("*iýuna* çenli etmeli.")


def test_a_web_page_is_a_translation_with_marks_of_its_own(root: Path, take: Import) -> None:
    done = take("ru", PAGE_RU, "old.html")
    assert (len(done.filled), done.left, done.unused) == (16, (), ())
    first = "В 2024 году **Амнести** посетила 12 хозяйств близ Ашхабада.[^a]"
    assert find(root, "ru", "In 2024").msgstr == first
    assert find(root, "ru", "See").msgstr == "См. [закон](1) 2003 года."
    assert find(root, "ru", "Interview").msgstr == "Интервью с *Берди* 3 мая."
    assert not any("check the place" in line for one in done.filled for line in one.comments)


def test_a_word_file_is_a_translation(root: Path, take: Import) -> None:
    bold = run("Амнести", "<w:b/>")
    body = [
        par("Доклад об урожае 2024", "Heading1"),
        par("Выводы", "Heading2"),
        par(
            run("В 2024 году ")
            + bold
            + run(" посетила 12 хозяйств близ Ашхабада.")
            + mark("footnote", 2)
            + run(" См. закон 2003 года. В хозяйствах не было воды, её отключили в мае.")
        ),
        item("Оплата: 300 манатов"),
        item("Часы: 14 в день"),
        table(row("Область", "Хозяйства"), row("Мары", "7"), row("Лебап", "5")),
        par("Советы", "Heading2"),
        par("Прекратить принудительный труд. Правительству следует открыть все 12 хозяйств, и"
            " сделать это надо до июня."),
    ]  # fmt: skip
    parts = {
        "word/footnotes.xml": notes("footnote", {2: par("Интервью с Берди 3 мая.")}),
        "word/numbering.xml": numbering(level(0, "bullet", "•")),
    }
    (root / "old.docx").write_bytes(zip_parts(word_parts("".join(body), parts)))
    done = import_translation(Loader(open_workspace(root)), "r", "ru", root / "old.docx")
    assert [one.unit.msgid for one in done.left] == []
    first = "В 2024 году **Амнести** посетила 12 хозяйств близ Ашхабада.[^a]"
    assert find(root, "ru", "In 2024").msgstr == first
    assert find(root, "ru", "It was").msgstr == JOINED
    assert find(root, "ru", "Interview").msgstr == "Интервью с *Берди* 3 мая."
    assert find(root, "ru", "Lebap").msgstr == "Лебап"


def test_a_text_with_capitals_for_headings_is_a_translation(root: Path, take: Import) -> None:
    text = PLAIN_RU.replace("# Доклад", "Доклад").replace("#\n", "").replace("- ", " * ")
    text = text.replace("## Выводы", "ВЫВОДЫ").replace("## Советы", "СОВЕТЫ")
    done = take("ru", "\n".join(one for one in text.split("\n") if "|" not in one), "old.txt")
    assert find(root, "ru", "Advice").msgstr.casefold() == "советы"
    assert find(root, "ru", "Hours").msgstr == "Часы: 14 в день"
    assert {one.unit.msgid for one in done.left} <= {"Region", "Farms", "Mary", "Lebap"}


def test_where_units_are_paragraphs_whole_paragraphs_are_aligned(root: Path, take: Import) -> None:
    settings = root / "publish.toml"
    settings.write_text(
        f'{settings.read_text("utf-8")}\n[segmentation]\nr = "paragraph"\n', "utf-8"
    )
    take("tk", MARKED_TK)
    text = find(root, "tk", "In 2024").msgstr
    assert text.startswith("2024-nji ýylda **Amnesty**")
    assert text.endswith("Ol maýda kesildi.")


def test_a_folder_of_chapters_is_a_translation(root: Path) -> None:
    book = root / "old"
    (book / "2").mkdir(parents=True)
    whole, at = PLAIN_RU, PLAIN_RU.index("## Советы")
    (book / "2/b.md").write_text(whole[at:], "utf-8")
    (book / "a.md").write_text(whole[:at], "utf-8")
    (book / "SUMMARY.md").write_text("- [A](a.md)\n- [B](2/b.md)\n", "utf-8")
    loader = Loader(open_workspace(root))
    done = import_translation(loader, "r", "ru", book)
    assert len(done.filled) == 16
    assert find(root, "ru", "Stop").msgstr == "Прекратить принудительный труд."
    assert find(root, "ru", "Stop").comments[0].startswith("from old, ¶")
    (book / "a.md").unlink()
    with pytest.raises(PublishError, match=r"no file a\.md, which the summary names"):
        import_translation(loader, "r", "ru", book)
    (book / "SUMMARY.md").unlink()
    (book / "2/b.md").rename(book / "b.rst")
    with pytest.raises(UsageError, match=r"no page \(\.html\)") as caught:
        import_translation(loader, "r", "ru", book)
    assert "copy the folder into source/" in caught.value.hint


def test_the_name_of_a_file_is_no_translation_of_the_title(root: Path, take: Import) -> None:
    text = PLAIN_RU.replace("# Доклад об урожае 2024\n", "").replace("\n## ", "\n# ")
    take("ru", text, "chapters.md")
    assert find(root, "ru", "Harvest").msgstr == ""
    assert find(root, "ru", "Findings").msgstr == "Выводы"


def test_a_kind_of_file_that_nobody_reads_is_refused(root: Path, take: Import) -> None:
    with pytest.raises(UsageError, match="cannot be imported"):
        take("ru", "?", "old.xyz")
    assert not (root / "locales/ru").exists()


@pytest.mark.parametrize(
    ("said", "fits"),
    [("fr", False), ("tk_TM", False), ("ru", True), ("ru_RU", True), ("ru-RU.UTF-8", True),
     ("", True)],
)  # fmt: skip
def test_a_catalog_of_another_language_is_refused_with_its_line(
    root: Path, take: Import, said: str, fits: bool
) -> None:
    head = (
        f'msgid ""\nmsgstr ""\n"Language: {said}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"'
    )
    text = f'{head}\n\nmsgid "Findings"\nmsgstr "Выводы"\n'
    if fits:
        assert take("ru", text, "old.po").filled
        return
    with pytest.raises(UsageError) as caught:
        take("ru", text, "old.po")
    assert str(caught.value.span) == "old.po:3"
    assert not (root / "locales/ru").exists()


def test_taking_it_twice_changes_nothing_more(root: Path, take: Import) -> None:
    take("ru", PLAIN_RU)
    path = root / "locales/ru/LC_MESSAGES/r.po"
    first = path.read_bytes()
    again = take("ru", PLAIN_RU)
    assert path.read_bytes() == first
    assert (again.filled, again.kept) == ((), 16)


def test_what_is_translated_is_left_alone_and_a_dry_run_writes_nothing(
    root: Path, take: Import
) -> None:
    take("ru", PLAIN_RU)
    path = root / "locales/ru/LC_MESSAGES/r.po"
    text = path.read_text("utf-8").replace("Прекратить принудительный", "Запретить подневольный")
    text = text.replace('msgstr "Лебап"', 'msgstr ""')
    path.write_text(text, "utf-8")
    assert take("ru", PLAIN_RU, dry_run=True).filled
    assert path.read_text("utf-8") == text
    take("ru", PLAIN_RU)
    assert find(root, "ru", "Stop").msgstr == "Запретить подневольный труд."
    assert find(root, "ru", "Lebap").msgstr == "Лебап"


def test_a_catalog_cut_by_paragraphs_is_cut_into_sentences(root: Path, take: Import) -> None:
    text = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#. type: Plain text
msgid ""
"In 2024 **Amnesty** visited 12 farms near Ashgabat.[^a] See [the law](https://example.org/law) "
"of 2003. The farms had no water. It was cut off in May."
msgstr ""
"В 2024 году **Амнести** посетила 12 хозяйств близ Ашхабада.[^a] См. "
"[закон](https://example.org/law) 2003 года. В хозяйствах не было воды. Её отключили в мае."

msgid "Stop forced labor. The government should open the 12 farms, and do so before *June*."
msgstr "Прекратить принудительный труд. Правительству следует открыть 12 хозяйств до *июня*."

msgid "Something that was never in this report at all."
msgstr "То, чего в докладе не было."
"""
    done = take("ru", text, "old.po")
    assert find(root, "ru", "See").msgstr == "См. [закон](1) 2003 года."
    assert find(root, "ru", "It was").msgstr == "Её отключили в мае."
    assert find(root, "ru", "The government").msgstr.endswith("до *июня*.")
    assert find(root, "ru", "See").comments[0] == "from old.po, line 8"
    assert [(one.text, one.place) for one in done.unused] == [
        ("То, чего в докладе не было.", "line 16")
    ]


def test_fuzzy_texts_never_go_into_an_edition_until_they_are_accepted_by_section(
    root: Path, take: Import
) -> None:
    take("tk", MARKED_TK)

    def shown() -> int:
        loader = Loader(open_workspace(root))
        translation = loader.translation("r", loader.workspace.target_languages(["tk"])[0])
        return compose(translation, find_held(translation)).coverage.translated

    before = shown()
    (listed,) = list_reviews(Loader(open_workspace(root)), ["r"], ["tk"])
    sure = [one.subject.sureness or 0 for one in listed.shown]
    assert len(sure) == 16
    assert sure == sorted(sure)
    done = accept(Loader(open_workspace(root)), "r", "tk", ("findings",))
    places = [describe_location(one.subject.location) for one in done.taken]
    assert places[0] == "findings, heading"
    assert not any("advice" in place for place in places)
    assert shown() > before
    assert find(root, "tk", "See").flags == ()
    assert find(root, "tk", "See").comments == ("from old.md, ¶3",)
    assert find(root, "tk", "Stop").fuzzy


def test_texts_with_wrong_marks_and_unsure_ones_are_not_accepted(root: Path, take: Import) -> None:
    take("tk", MARKED_TK)
    path = root / "locales/tk/LC_MESSAGES/r.po"
    text = path.read_text("utf-8")
    path.write_text(text.replace("[kanunyna](1)", "kanunyna"), "utf-8")
    done = accept(Loader(open_workspace(root)), "r", "tk", SentenceGroup.ALL)
    assert [(one.subject.head.msgid, why) for one, why in done.left] == [
        ("See [the law](1) of 2003.", "with errors")
    ]
    assert [error.code for error in done.errors] == ["marks-differ"]
    assert find(root, "tk", "See").fuzzy
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match="go with approve"):
        accept(Loader(open_workspace(root)), "r", "tk", SentenceGroup.UNCHANGED)
    none = accept(Loader(open_workspace(root)), "r", "tk", SentenceGroup.ALL, least=100)
    assert none.taken == ()
    assert {why for _, why in none.left} == {"less than 100 % sure"}


def test_the_command_lists_what_found_no_partner(
    root: Path, take: Import, capsys: pytest.CaptureFixture[str]
) -> None:
    take("ru", PLAIN_RU.replace("- Оплата: 300 манатов\n- Часы: 14 в день\n", ""), dry_run=True)
    file = root / "old.md"
    words = ("import", str(file), "--translation", "ru", "-C", str(root))
    assert main([*words, "--dry-run"]) == 0
    said = capsys.readouterr()
    assert "not found  findings, list item 1 | Pay: 300 manat" in said.out
    assert "not used  old.md, ¶4 | Это предложение есть только в переводе" in said.out
    assert main([*words, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {"place": "findings, list item 1", "source": "Pay: 300 manat"} in data["not_found"]
    assert "Советы" in [one["translation"] for one in data["filled"]]
    assert main(["review", "accept", "advice", "-l", "ru", "-C", str(root)]) == 0
    assert "accepted  advice, heading: Advice" in capsys.readouterr().out


COLUMNS = {
    "Harvest report 2024": "2024-nji ýylyň hasyl hasabaty",
    "Findings": "Netijeler",
    "In 2024 Amnesty visited 12 farms near Ashgabat.": (
        "2024-nji ýylda Amnesty Aşgabadyň golaýynda 12 hojalyga bardy."
    ),
    "See the law of 2003.": "2003-nji ýylyň kanunyna serediň.",
    "The farms had no water.": "Hojalyklarda suw ýokdy.",
    "It was cut off in May.": "Ol maýda kesildi.",
    "Pay: 300 manat": "Tölegi: 300 manat",
    "Hours: 14 a day": "Sagatlary: günde 14",
    "Advice": "Maslahatlar",
    "Stop forced labour.": "Mejbury zähmeti bes ediň.",
    "The government should open all 12 farms, and it should do so before June.": (
        "Hökümet ähli 12 hojalygy açmaly, muny bolsa iýuna çenli etmeli."
    ),
}
"""A table of two columns, as translators are often sent one."""


@pytest.mark.parametrize("turned", [False, True])
def test_of_a_table_with_both_languages_the_translation_is_taken(
    root: Path, take: Import, turned: bool
) -> None:
    rows = [pair[::-1] if turned else pair for pair in [("English", "Türkmen"), *COLUMNS.items()]]
    lines = [f"| {one} | {other} |" for one, other in rows]
    done = take("tk", "\n".join([lines[0], "|---|---|", *lines[1:]]) + "\n")
    filled = {entry.msgstr for entry in done.filled}
    plain = {text.replace("**", "").replace("*", "") for text in filled}
    assert not plain & COLUMNS.keys()
    assert len(plain & set(COLUMNS.values())) >= 8
    assert {"Findings", "The farms had no water."} <= {one.text for one in done.unused}


def test_a_few_sentences_that_are_the_same_in_both_languages_are_taken(
    root: Path, take: Import
) -> None:
    kept = "The farms had no water."
    done = take("tk", MARKED_TK.replace("Hojalyklarda suw ýokdy.", kept))
    assert find(root, "tk", kept).msgstr == kept
    assert not done.unused
