"""The links between pages of HTML: those that are there, none that is not, whatever was built."""

from __future__ import annotations

import hashlib
import re
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from publish.building import beside
from publish.building.builds import build
from publish.building.cache import Cache
from publish.building.records import load_record, matches_record, rewrite_edition
from publish.cli.main import main
from publish.editions.html.switch import LanguageLink, put_switch, remove_switch
from publish.model import Edition
from publish.project.workspace import Workspace, open_workspace
from publish.translation.loading import Loader

SOURCE = "---\ntitle: A report\npublished: 2024-06-24\n---\n\n# One\n\nSome text.\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    root = tmp_path / "work"
    (root / "source").mkdir(parents=True)
    settings = 'source-language = "en"\nlanguages = ["en", "ru", "tk"]\nformats = ["html"]\n'
    (root / "publish.toml").write_text(settings + 'bilingual = ["en+ru"]\n', "utf-8")
    (root / "source/a report.md").write_text(SOURCE, "utf-8")
    assert main(["update", "-q", "-C", str(root)]) == 0
    return root


def built(workspace: Path, *words: str) -> int:
    return main(["build", "-q", "-C", str(workspace), *words])


def links(workspace: Path, folder: str) -> list[str]:
    """Where the links of a page lead; the page's own has a star."""
    page = (workspace / f"build/{folder}/a report.html").read_text("utf-8")
    nav = re.search(r'<nav id="edition-languages"[^>]*>(.*?)</nav>', page)
    assert nav is not None
    assert ("hidden" in nav[0]) == (not nav[1].removeprefix("<ul>").removesuffix("</ul>"))
    found = re.findall(r'<a href="([^"]*)"([^>]*)>', nav[1])
    return [href + ("*" if "aria-current" in more else "") for href, more in found]


def editions(workspace: Path) -> tuple[Loader, tuple[Edition, ...]]:
    opened = open_workspace(workspace)
    return Loader(opened), opened.editions()


OWN, REST = "a%20report.html", "/a%20report.html"


def test_every_page_leads_to_those_beside_it(workspace: Path) -> None:
    assert built(workspace) == 0
    rest = f"../tk{REST}", f"../en%2Bru{REST}"
    assert links(workspace, "en") == [f"{OWN}*", f"../ru{REST}", *rest]
    assert links(workspace, "ru") == [f"../en{REST}", f"{OWN}*", *rest]
    pages = [f"../{tag}{REST}" for tag in ("en", "ru", "tk")]
    assert links(workspace, "en+ru") == [*pages, f"{OWN}*"]
    assert main(["check", "--built", "-q", "-C", str(workspace)]) == 0


def test_pages_written_at_once_are_as_one_after_the_other(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, honest = [], rewrite_edition
    for many in (99, 2):
        threads = set[int]()

        def note(*given: Any, threads: set[int] = threads) -> None:
            threads.add(threading.get_ident())
            honest(*given)

        with monkeypatch.context() as patch:
            patch.setattr(beside, "MANY", many)
            patch.setattr(beside, "rewrite_edition", note)
            assert built(workspace) == 0
        assert (threads == {threading.get_ident()}) == (many == 99)
        files = sorted(one for one in (workspace / "build").rglob("*") if one.is_file())
        found.append({one: one.read_bytes() for one in files})
        shutil.rmtree(workspace / "build")
    assert found[0] == found[1]


def test_what_one_page_of_many_meets_is_told(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_: Workspace, edition: Edition, __: object) -> None:
        if edition.language == "ru":
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(beside, "MANY", 2)
    monkeypatch.setattr(beside, "rewrite_edition", full)
    assert built(workspace) == 3
    assert "No space left on device" in capsys.readouterr().err


def test_a_page_alone_shows_no_languages(workspace: Path) -> None:
    assert built(workspace, "-l", "ru") == 0
    assert links(workspace, "ru") == []


def test_a_language_that_comes_later_is_led_to_from_all(workspace: Path) -> None:
    assert built(workspace, "-l", "ru") == 0
    assert built(workspace, "-l", "tk") == 0
    assert links(workspace, "ru") == [f"{OWN}*", f"../tk{REST}"]
    assert links(workspace, "tk") == [f"../ru{REST}", f"{OWN}*"]


def test_a_page_that_is_refused_is_led_to_by_none(workspace: Path) -> None:
    assert built(workspace) == 0
    settings = workspace / "publish.toml"
    settings.write_text(settings.read_text("utf-8") + 'fallback.tk = "fail"\n', "utf-8")
    assert built(workspace) == 1
    assert not (workspace / "build/tk/a report.html").exists()
    assert links(workspace, "en") == [f"{OWN}*", f"../ru{REST}", f"../en%2Bru{REST}"]


def test_a_language_that_the_settings_drop_is_led_to_by_none(workspace: Path) -> None:
    assert built(workspace) == 0
    settings = workspace / "publish.toml"
    settings.write_text(settings.read_text("utf-8").replace(', "tk"', ""), "utf-8")
    assert built(workspace) == 0
    assert links(workspace, "en") == [f"{OWN}*", f"../ru{REST}", f"../en%2Bru{REST}"]


def test_a_second_build_writes_nothing(workspace: Path) -> None:
    assert built(workspace) == 0
    pages = sorted(workspace.glob("build/*/*.html"))
    before = [path.stat().st_mtime_ns for path in pages]
    assert {one.done for one in build(*editions(workspace), workers=1)} == {"unchanged"}
    assert len(pages) == 4
    assert [path.stat().st_mtime_ns for path in pages] == before


def test_one_changed_sentence_makes_the_pages_of_its_language_only(workspace: Path) -> None:
    assert built(workspace) == 0
    catalog = workspace / "locales/tk/LC_MESSAGES/a report.po"
    text = catalog.read_text("utf-8")
    catalog.write_text(
        text.replace('"Some text."\nmsgstr ""', '"Some text."\nmsgstr "Tekst."'), "utf-8"
    )
    done = {one.edition.languages: one.done for one in build(*editions(workspace), workers=1)}
    assert done.pop("tk") == "built"
    assert set(done.values()) == {"unchanged"}


def test_records_stay_own_and_true(workspace: Path) -> None:
    loader, wanted = editions(workspace)
    opened = loader.workspace
    outcomes = list(build(Loader(opened), wanted, workers=1))
    for one in outcomes:
        assert matches_record(opened, one.edition)
        assert load_record(opened, one.edition, one.key, own=True) is not None


def test_the_cache_has_pages_without_links(workspace: Path, tmp_path: Path) -> None:
    loader, wanted = editions(workspace)
    opened = loader.workspace
    cache = Cache(tmp_path / "cache", 1 << 30)
    list(build(Loader(opened), wanted, workers=1, cache=cache))
    whole = {one: opened.output(one).read_bytes() for one in wanted}
    for path in workspace.glob("build/**/*.html"):
        path.unlink()
    alone = [one for one in wanted if one.languages == "ru"]
    assert [one.done for one in build(Loader(opened), alone, workers=1, cache=cache)] == [
        "restored"
    ]
    assert links(workspace, "ru") == []
    assert {one.done for one in build(Loader(opened), wanted, workers=1, cache=cache)} == {
        "restored",
        "unchanged",
    }
    assert {one: opened.output(one).read_bytes() for one in wanted} == whole


def test_pages_that_others_made_are_compared_without_their_links(workspace: Path) -> None:
    """With other links beside it, a page of others is not another page."""
    loader, wanted = editions(workspace)
    opened = loader.workspace
    list(build(Loader(opened), wanted, workers=1))
    for record in (workspace / "build/.editions").glob("*"):
        body = record.read_bytes().partition(b"\n")[2]
        proof = hashlib.sha256(body).hexdigest().encode()
        record.write_bytes(b"%s \n%s" % (proof, body))
    alone = [one for one in wanted if one.languages in ("ru", "en")]
    outcomes = list(build(Loader(opened), alone, workers=1, own=True))
    assert [one.done for one in outcomes] == ["built", "built"]
    assert [found.code for one in outcomes for found in one.warnings] == ["held-back"]


def test_a_page_that_somebody_changed_is_left_alone(workspace: Path) -> None:
    assert built(workspace, "-l", "en") == 0
    page = workspace / "build/en/a report.html"
    page.write_bytes(page.read_bytes() + b"x")
    assert built(workspace, "-l", "ru") == 0
    assert page.read_bytes().endswith(b"x")
    assert links(workspace, "en") == []
    assert links(workspace, "ru") == [f"../en{REST}", f"{OWN}*"]


def test_a_link_that_is_altered_or_leads_nowhere_is_found(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert built(workspace) == 0
    (workspace / "build/tk/a report.html").unlink()
    assert main(["check", "--built", "-l", "en", "-C", str(workspace)]) == 1
    assert "built-" in capsys.readouterr().out
    assert built(workspace) == 0
    assert main(["check", "--built", "-q", "-C", str(workspace)]) == 0


def test_links_can_be_put_in_again_and_taken_out() -> None:
    bare = b'x<nav id="edition-languages" class="l" hidden="hidden"><ul></ul></nav>y<ul></ul></nav>'
    edition = Edition(document="d", language="ru", format="html")
    other = Edition(document="d", language="ar", format="html")
    one = [LanguageLink(edition, "d.html", here=True), LanguageLink(other, 'a"&<b.html')]
    page = put_switch(bare, one)
    assert put_switch(page, one) == page
    assert b'href="a%22%26%3Cb.html" hreflang="ar" lang="ar" dir="rtl">' in page
    assert page.endswith(b"y<ul></ul></nav>")
    assert put_switch(put_switch(page, one[::-1]), ()) == bare
    assert remove_switch(edition, page) == bare
    assert put_switch(bare, one[:1]) == bare
