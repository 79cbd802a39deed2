"""Updating catalogs: nothing lost, nothing churned, what gettext accepts."""

from __future__ import annotations

import difflib
import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.actions.extract import extract_interface
from publish.actions.update import update_catalogs
from publish.catalogs.entries import make_entries
from publish.catalogs.statistics import count_entries
from publish.catalogs.updating import ReuseOptions, update_catalog
from publish.cli.main import main
from publish.languages.registry import find
from publish.model import Entry
from publish.po.pofile import PoFile, dump_po, extract_catalog, make_header, parse_po
from publish.project.workspace import open_workspace
from publish.reading.markdown import SourceFile, read_document
from publish.reading.source import cut_source
from publish.translation.loading import Loader

NAME = "tip-2024-turkmenistan"
EN, RU = find("en"), find("ru")


def wanted(text: str) -> tuple[Entry, ...]:
    document = read_document("x", "en", [SourceFile("source/x.md", f"---\ntitle: T\n---\n{text}")])
    return make_entries(cut_source(document, EN).units)


def fresh(text: str) -> PoFile:
    return update_catalog(PoFile(file="ru.po", header=make_header(RU, "x")), wanted(text))[0]


def translated(po: PoFile, **texts: str) -> PoFile:
    """The file as a translator leaves it: `Two="Два."` fills the entry `Two.`"""
    data = dump_po(po).decode()
    for word, msgstr in texts.items():
        data = data.replace(f'msgid "{word}."\nmsgstr ""', f'msgid "{word}."\nmsgstr "{msgstr}"')
    return parse_po(data.encode(), "ru.po")


def after(po: PoFile, text: str) -> PoFile:
    """The file after an update, as read again from its bytes."""
    return parse_po(dump_po(update_catalog(po, wanted(text))[0]), "ru.po")


# --------------------------------------------------------------------------- what an entry says


def test_an_entry_tells_what_it_is_and_where_its_links_lead() -> None:
    text = '## A {#a}\n\n{note="Mind the name."}\nOne. See [it](https://x.org).\n\n- One.\n'
    title, heading, one, see = wanted(text)
    assert title.extracted == ("title",)
    assert heading.references == ("source/x.md#a",)
    assert one.extracted == ("paragraph", "note: Mind the name.", "list item")
    assert see.msgid == "See [it](1)."
    assert see.extracted == ("note: Mind the name.", "(1): https://x.org")


def test_a_context_keeps_the_same_words_apart() -> None:
    found = wanted("{ctx=verb}\nOpen.\n\n{ctx=door}\nOpen.\n")
    assert [entry.key for entry in found[1:]] == [("verb", "Open."), ("door", "Open.")]


# --------------------------------------------------------------------------- nothing lost


def test_a_sentence_that_is_gone_is_obsolete_and_comes_back() -> None:
    po = translated(fresh("One. Two. Three.\n"), One="Раз.", Two="Два.")
    without = after(po, "One. Three.\n")
    gone = [entry for entry in extract_catalog(without).entries if entry.obsolete]
    assert [(entry.msgid, entry.msgstr) for entry in gone] == [("Two.", "Два.")]
    assert dump_po(after(without, "One. Two. Three.\n")) == dump_po(po)


def test_an_untranslated_sentence_that_is_gone_leaves_nothing() -> None:
    po = after(fresh("One. Two.\n"), "One.\n")
    assert "Two" not in dump_po(po).decode()


def test_a_twin_that_is_obsolete_twice_is_kept_as_a_comment() -> None:
    data = dump_po(translated(fresh("One. Two.\n"), One="Раз.")).decode()
    data += '\n#~ msgid "Two."\n#~ msgstr "Два."\n\n# mine\n#~ msgid "Two."\n#~ msgstr "Двое."\n'
    made = dump_po(update_catalog(parse_po(data.encode(), "ru.po"), wanted("One.\n"))[0]).decode()
    assert made.count('msgid "Two."') == 1
    assert "Два." in made
    assert "Двое." in made
    assert "# mine\n" in made


SENTENCES = ["One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven."]
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=9).flatmap(
    lambda chosen: st.lists(
        st.sampled_from([" ", "\n\n"]), min_size=len(chosen), max_size=len(chosen)
    ).map(lambda gaps: "".join(a + b for a, b in zip(chosen, gaps, strict=True)).strip() + "\n")
)


@given(st.lists(st.tuples(TEXTS, st.sampled_from(SENTENCES)), min_size=1, max_size=6))
def test_no_translation_is_ever_lost(steps: list[tuple[str, str]]) -> None:
    po = fresh("One.\n")
    written: set[str] = set()
    for number, (text, sentence) in enumerate(steps):
        po = after(po, text)
        msgstr = f"Перевод {number}"
        word = sentence.removesuffix(".")
        filled = translated(po, **{word: msgstr})
        if dump_po(filled) != dump_po(po):
            written.add(msgstr)
        po = filled
        assert dump_po(after(po, text)) == dump_po(po)  # law: updating twice is updating once
    kept = {entry.msgstr for entry in extract_catalog(po).entries}
    assert written <= kept


@given(TEXTS, TEXTS)
def test_only_the_units_concerned_change(first: str, second: str) -> None:
    """Law (zero churn): an entry that is in both keeps its lines, but for what it is."""
    every = {s.removesuffix("."): f"{s} по-русски" for s in SENTENCES}
    before = translated(fresh(first), **every)
    made = after(before, second)
    old = {r.entry.key: r.raw for r in before.records if not r.entry.obsolete}
    for record in made.records:
        if not record.entry.obsolete and record.entry.key in old:
            lines = difflib.ndiff(
                (old[record.entry.key] or "").splitlines(), (record.raw or "").splitlines()
            )
            changed = [line for line in lines if line[0] in "+-"]
            assert all(line[2:].startswith(("#.", "#:")) for line in changed)
    assert made.header == before.header


def test_one_inserted_sentence_touches_its_own_lines_only(workspace: Path) -> None:
    paths = sorted((workspace / "locales").glob(f"*/LC_MESSAGES/{NAME}.po"))
    before = {path: path.read_text(encoding="utf-8").splitlines() for path in paths}
    source = workspace / f"source/{NAME}.md"
    text = source.read_text(encoding="utf-8")
    changed = text.replace("All victims were", "A new sentence stands here. All victims were")
    source.write_text(changed, encoding="utf-8")
    update_catalogs(Loader(open_workspace(workspace)))
    for path, lines in before.items():
        after_lines = path.read_text(encoding="utf-8").splitlines()
        diff = [line for line in difflib.unified_diff(lines, after_lines, n=0) if line[0] in "+-"]
        assert sorted(line for line in diff[2:] if line != "+") == [
            f"+#: source/{NAME}.md#protection",
            '+msgid "A new sentence stands here."',
            '+msgstr ""',
        ]


# --------------------------------------------------------------------------- gettext agrees


def test_msgfmt_accepts_and_counts_as_we_do(workspace: Path) -> None:
    for path in sorted((workspace / "locales").glob("*/LC_MESSAGES/*.po")):
        command = ["msgfmt", "--check", "--statistics", "-o", "/dev/null", str(path)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stderr
        figures = count_entries(extract_catalog(parse_po(path.read_bytes(), str(path))))
        last = said.splitlines()[-1]
        assert f"{figures.translated.entries} translated message" in last
        if figures.untranslated.entries:
            assert f"{figures.untranslated.entries} untranslated message" in last


def test_the_committed_catalogs_are_up_to_date(workspace: Path) -> None:
    locales = workspace / "locales"
    before = {path: path.read_bytes() for path in locales.rglob("*.po*")}
    extract_interface(Loader(open_workspace(workspace)))
    update_catalogs(Loader(open_workspace(workspace)))
    assert {path: path.read_bytes() for path in locales.rglob("*.po*")} == before


@pytest.mark.parametrize("quiet", [True, False])
def test_templates_have_every_sentence_and_no_translation(
    tmp_path: Path, quiet: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init", "en", "ru", "-C", str(tmp_path)])
    for name in ("a", "b"):
        text = f"---\ntitle: Title {name}\n---\n\nOne sentence. Another.\n"
        (tmp_path / f"source/{name}.md").write_text(text, "utf-8")
    capsys.readouterr()
    assert main(["extract", "a", "-C", str(tmp_path), *(["-q"] if quiet else [])]) == 0
    said = capsys.readouterr()
    assert said == ("", "" if quiet else "locales/a.pot: 3 sentences\n")
    assert not (tmp_path / "locales/b.pot").exists()
    template = polib.pofile(str(tmp_path / "locales/a.pot"))
    assert [(entry.msgid, entry.msgstr) for entry in template] == [
        ("Title a", ""),
        ("One sentence.", ""),
        ("Another.", ""),
    ]


@pytest.mark.full
def test_the_words_of_editions_go_into_every_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init", "en", "fr", "-C", str(tmp_path)])
    capsys.readouterr()
    words = ["extract", "--interface", "-C", str(tmp_path)]
    assert main(words) == 0
    count = len(polib.pofile(str(tmp_path / "locales/publish.pot")))
    assert count > 100
    told = "locales/{}/LC_MESSAGES/publish.po: {} kept, {} new"
    assert told.format("fr", 0, count) in capsys.readouterr().err.splitlines()
    assert main(words) == 0
    assert told.format("fr", count, 0) in capsys.readouterr().err.splitlines()
    assert main([*words, "-q"]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_catalog_of_straight_quotes_follows_without_doubt() -> None:
    typed = '"Two" -- it\'s 1990-2000...'
    old = make_entries(
        cut_source(
            read_document(
                "x",
                "en",
                [SourceFile("source/x.md", f"---\ntitle: T\n---\n{typed}")],
                as_typed=True,
            ),
            EN,
        ).units
    )
    po = update_catalog(PoFile(file="ru.po", header=make_header(RU, "x")), old)[0]
    data = dump_po(po).decode().replace('2000..."\nmsgstr ""', '2000..."\nmsgstr "Два"')
    reuse = ReuseOptions(source=EN, target=RU)
    found, summary = update_catalog(parse_po(data.encode(), "ru.po"), wanted(typed), reuse)
    (entry,) = [r.entry for r in found.records if "Two" in r.entry.msgid]
    assert entry.msgid == "“Two” – it’s 1990–2000…"
    assert (entry.msgstr, entry.fuzzy, summary.retyped) == ("Два", False, 1)
