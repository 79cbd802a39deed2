"""Memories out and in, and the glossary looked through and exported, as actions."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from lxml import etree

from publish.actions.glossary import export_glossary, find_unverified_terms
from publish.actions.tm import FilledCatalog, export_memory, import_memory
from publish.errors import PublishError, UsageError
from publish.kits.tmx import TranslationPair, read_tmx, write_tmx
from publish.languages.registry import find
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

NAME = "tip-2024-turkmenistan"
TK = f"locales/tk/LC_MESSAGES/{NAME}.po"
OPENING = "The government maintained negligible protection efforts."


def loader_of(root: Path) -> Loader:
    return Loader(open_workspace(root))


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    """A file of TMX with one sentence of the report, in Turkmen."""
    path = tmp_path / "old.tmx"
    pair = TranslationPair(OPENING, "Hökümet gorady.")
    path.write_bytes(write_tmx([pair], find("en"), find("tk")))
    return path


def empty_opening(root: Path, tag: str = "tk") -> Path:
    """Takes the translation of one sentence away."""
    path = root / f"locales/{tag}/LC_MESSAGES/{NAME}.po"
    head, message, rest = path.read_text(encoding="utf-8").partition(f'msgid "{OPENING}"\n')
    assert message
    lines = rest.splitlines(keepends=True)
    end = lines.index("\n")
    path.write_text("".join([head, message, 'msgstr ""\n', *lines[end:]]), encoding="utf-8")
    return path


# --------------------------------------------------------------------------- memories


def test_a_memory_has_every_confirmed_translation(workspace: Path) -> None:
    memory = export_memory(loader_of(workspace), ["tk"])
    pairs = read_tmx(memory.data, "memory.tmx", "en", "tk")
    assert len(pairs) == memory.pairs > 20
    assert OPENING in {pair.source for pair in pairs}


def test_a_memory_serves_tags_of_the_same_language_and_script() -> None:
    source = '<tuv xml:lang="en-US"><seg>Yes.</seg></tuv>'
    text = f'<tu>{source}<tuv xml:lang="{{}}"><seg>A</seg></tuv></tu>'
    body = "".join(text.format(tag) for tag in ("zh-CN", "zh-TW"))
    data = f'<tmx version="1.4"><header srclang="en"/><body>{body}</body></tmx>'.encode()
    assert len(read_tmx(data, "x.tmx", "en", "zh-Hans")) == 1
    assert len(read_tmx(data, "x.tmx", "en-GB", "zh-Hans")) == 0


def test_a_memory_is_of_one_language_and_not_that_of_the_source(workspace: Path) -> None:
    for languages in ([], ["ru", "tk"], ["en"]):
        with pytest.raises(UsageError):
            export_memory(loader_of(workspace), languages)
    settings = workspace / "pyproject.toml"
    settings.write_text('[tool.publish]\nlanguages = ["en"]\n', encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        export_memory(loader_of(workspace))
    assert caught.value.message == "a memory is for one language"


def test_an_empty_sentence_is_filled_fuzzy(workspace: Path, memory: Path) -> None:
    path = empty_opening(workspace)
    before = path.read_bytes()
    filled = (FilledCatalog(TK, 1),)
    assert import_memory(loader_of(workspace), memory, ["tk"], dry_run=True) == filled
    assert path.read_bytes() == before
    loader = loader_of(workspace)
    assert import_memory(loader, memory) == filled
    text = path.read_text(encoding="utf-8")
    assert f'#, fuzzy\nmsgid "{OPENING}"\nmsgstr "Hökümet gorady."\n' in text
    assert "# from old.tmx\n" in text
    after = path.read_bytes()
    assert import_memory(loader, memory) == (FilledCatalog(TK, 0),)
    assert path.read_bytes() == after


def test_what_another_program_saved_meanwhile_is_merged(workspace: Path, memory: Path) -> None:
    path = empty_opening(workspace)
    loader = loader_of(workspace)
    loader.catalog(find("tk"), NAME)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgid ""\n', '# By another.\nmsgid ""\n', 1), encoding="utf-8")
    assert import_memory(loader, memory) == (FilledCatalog(TK, 1, merged=True),)
    made = path.read_text(encoding="utf-8")
    assert "# By another.\n" in made
    assert "Hökümet gorady." in made


def test_a_memory_without_our_languages_is_refused(workspace: Path, memory: Path) -> None:
    with pytest.raises(UsageError) as caught:
        import_memory(loader_of(workspace), memory, ["ru"])
    assert caught.value.message == f"{memory} has no translations from en into ru"


def test_a_memory_is_refused_before_anything_is_written(workspace: Path, memory: Path) -> None:
    path = empty_opening(workspace)
    before = path.read_bytes()
    memory.write_bytes(b"<tmx>")
    with pytest.raises(PublishError):
        import_memory(loader_of(workspace), memory)
    assert path.read_bytes() == before


def test_a_memory_that_is_too_large_is_not_read(workspace: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.tmx"
    with large.open("wb") as file:
        file.truncate(64 * 2**20 + 1)
    with pytest.raises(UsageError) as caught:
        import_memory(loader_of(workspace), large)
    assert caught.value.message == f"{large} has more than 64 MiB"


# --------------------------------------------------------------------------- glossary

TABLE = """\
en,ru,tk,status,note
protection efforts,меры защиты,gorag,tk=unverified; ru=verified,
no such words,нет таких,ýok,,
"""


@pytest.fixture
def terms(workspace: Path) -> Loader:
    """The report with a glossary of two terms."""
    (workspace / "locales/glossary.csv").write_text(TABLE, encoding="utf-8")
    return loader_of(workspace)


def test_terms_that_nobody_verified_are_told_with_their_places(terms: Loader) -> None:
    report = find_unverified_terms(terms)
    assert len(report.glossary.terms) == 2
    assert {
        tag: [one.term.source for one in found] for tag, found in report.unverified.items()
    } == {"ru": ["no such words"], "tk": ["protection efforts", "no such words"]}
    used, unused = report.unverified["tk"]
    assert used.places
    assert all(place.startswith(f"{NAME}: ") for place in used.places)
    assert unused.places == ()
    assert list(find_unverified_terms(terms, ["ru", "ru"]).unverified) == ["ru"]


def test_terms_go_out_in_the_languages_asked_for(terms: Loader) -> None:
    exported = export_glossary(terms, ["tk"])
    assert exported.terms == 2
    tags = {
        one.get("{http://www.w3.org/XML/1998/namespace}lang")
        for one in etree.fromstring(exported.data).iter("langSet")
    }
    assert tags == {"en", "tk"}
    table = export_glossary(terms, form="csv").data.decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(table))) == [
        "en",
        "ru",
        "status ru",
        "tk",
        "status tk",
        "note",
    ]


def test_a_workspace_without_a_glossary_is_told_what_it_needs(workspace: Path) -> None:
    (workspace / "locales/glossary.csv").unlink()
    for action in (find_unverified_terms, export_glossary):
        with pytest.raises(UsageError) as caught:
            action(loader_of(workspace))
        assert caught.value.message == "there is no locales/glossary.csv"
