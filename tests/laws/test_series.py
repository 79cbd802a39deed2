"""A series of documents that share headings and formula sentences, as countries' reports do."""

from __future__ import annotations

import json
import shutil
from collections import Counter, defaultdict
from pathlib import Path

import polib
import pytest

from publish.actions.update import update_catalogs
from publish.building.builds import build
from publish.building.planning import select_share
from publish.cli.main import main
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

NAMES = ("alpha", "beta", "delta", "gamma")
EVERYWHERE = "The government maintained negligible protection efforts."
ONLY_HERE = "NGOs indicated in prior years that some victims were required to pay for their own"
POSITIONS = "established and hired {} new social worker positions"


@pytest.fixture
def series(repository: Path, tmp_path: Path) -> Path:
    """Four invented countries, translated into Russian and Turkmen."""
    root = tmp_path / "series"
    shutil.copytree(repository / "tests/cases/series", root, ignore=shutil.ignore_patterns("build"))
    return root


def po(root: Path, name: str, language: str = "ru") -> polib.POFile:
    return polib.pofile(str(root / f"locales/{language}/LC_MESSAGES/{name}.po"), wrapwidth=76)


def entry(catalog: polib.POFile, start: str) -> polib.POEntry:
    (found,) = (one for one in catalog if start in one.msgid)
    return found


def found(root: Path, code: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    capsys.readouterr()
    main(["check", "--level", "advice", "--json", "-C", str(root)])
    every = json.loads(capsys.readouterr().out)["findings"]
    return [one for one in every if one["code"] == code]


def test_the_series_is_one(series: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is translated, up to date and quiet; most sentences are shared, some are not."""
    files = {path: path.read_bytes() for path in series.rglob("*.po")}
    update_catalogs(Loader(open_workspace(series)))
    assert {path: path.read_bytes() for path in series.rglob("*.po")} == files
    capsys.readouterr()
    assert main(["check", "--level", "advice", "--json", "-C", str(series)]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []
    for language in ("ru", "tk"):
        texts = defaultdict(set)
        for name in NAMES:
            for one in po(series, name, language):
                assert one.msgstr
                assert not one.fuzzy
                texts[one.msgid].add(one.msgstr)
        assert all(len(translations) == 1 for translations in texts.values())
    places = Counter(one.msgid for name in NAMES for one in po(series, name))
    assert places[EVERYWHERE] == len(NAMES)
    assert len([1 for count in places.values() if count > 1]) > 30
    assert len([1 for count in places.values() if count == 1]) > 10


@pytest.mark.parametrize("language", ["ru", "tk"])
def test_the_memory_reaches_over_documents(series: Path, language: str) -> None:
    """A country that is new: what others have is filled in, what differs in a number is fuzzy."""
    before = {one.msgid: one.msgstr for one in po(series, "beta", language)}
    (series / f"locales/{language}/LC_MESSAGES/beta.po").unlink()
    update_catalogs(Loader(open_workspace(series)))
    catalog = po(series, "beta", language)
    shared = entry(catalog, EVERYWHERE)
    assert shared.msgstr == before[EVERYWHERE]
    assert "from " in shared.tcomment
    assert entry(catalog, "Prosecution").msgstr == before["Prosecution"]
    near = entry(catalog, POSITIONS.format(12))
    assert near.fuzzy
    assert any(number in near.msgstr for number in ("45", "30", "60"))
    assert entry(catalog, ONLY_HERE).msgstr == ""
    filled = [one for one in catalog if one.msgstr]
    assert len(filled) / len(before) > 0.8
    assert all(one.msgstr == before[one.msgid] for one in filled if not one.fuzzy)


def test_one_source_with_two_translations_is_found_over_documents(
    series: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert found(series, "same-source", capsys) == []
    catalog = po(series, "gamma")
    one = entry(catalog, EVERYWHERE)
    one.msgstr = "Правительство почти ничего не делало для защиты жертв."
    catalog.save()
    told = found(series, "same-source", capsys)
    assert told
    assert any("locales/ru/LC_MESSAGES/gamma.po" in str(finding) for finding in told)
    assert any("locales/ru/LC_MESSAGES/alpha.po" in str(finding) for finding in told)
    one.tcomment = "ok: same-source"
    catalog.save()
    for name in ("alpha", "beta", "delta"):
        other = po(series, name)
        entry(other, EVERYWHERE).tcomment = "ok: same-source"
        other.save()
    assert found(series, "same-source", capsys) == []


@pytest.mark.full
def test_a_sentence_of_one_document_makes_its_own_editions_only(series: Path) -> None:
    def done() -> Counter[tuple[str, str, str]]:
        workspace = open_workspace(series)
        outcomes = build(Loader(workspace), workspace.editions(), workers=2)
        return Counter((one.edition.document, one.edition.language, one.done) for one in outcomes)

    assert done() == {(name, tag, "built"): 2 for name in NAMES for tag in ("en", "ru", "tk")}
    catalog = po(series, "delta", "tk")
    one = entry(catalog, EVERYWHERE)
    one.msgstr = f"{one.msgstr[:-1]}!"
    catalog.save()
    made = {key: count for key, count in done().items() if key[2] != "unchanged"}
    assert made == {("delta", "tk", "built"): 2}


def test_two_machines_share_the_series(series: Path) -> None:
    workspace = open_workspace(series)
    halves = [select_share(workspace, workspace.editions(), number, 2) for number in (1, 2)]
    assert set(halves[0]) | set(halves[1]) == set(workspace.editions())
    assert len(halves[0]) == len(halves[1]) == 12
