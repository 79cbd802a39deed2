"""A series of documents that share headings and formula sentences, as countries' reports do."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import polib
import pytest

from publish.building.running import build
from publish.cli.main import main
from publish.workspace import open_workspace

FIRST = {
    "Turkmenistan": "Туркменистан",
    "The authors": "Авторы",
    "Prosecution": "Уголовное преследование",
    "Protection": "Защита",
    "Prevention": "Предупреждение",
    "The government maintained its efforts to prosecute traffickers.": (
        "Правительство продолжало преследовать торговцев людьми."
    ),
    "Courts convicted 37 persons.": "Суды осудили 37 человек.",
    "The government maintained negligible efforts to protect victims.": (
        "Правительство прилагало ничтожные усилия для защиты жертв."
    ),
    "It identified 37 victims.": "Оно выявило 37 жертв.",
    "The government made no efforts to reduce the demand for forced labor.": (
        "Правительство не предпринимало усилий для сокращения спроса на принудительный труд."
    ),
}
FORMULA = "The government made no efforts to reduce the demand for forced labor."


@pytest.fixture
def series(repository: Path, tmp_path: Path) -> Path:
    """Three countries; the Turkmenistan chapter is translated, the others have no catalogs yet."""
    root = tmp_path / "series"
    shutil.copytree(repository / "tests/cases/series", root)
    later = {path: path.read_bytes() for path in (root / "source").glob("[u]*.md")}
    later |= {path: path.read_bytes() for path in (root / "source").glob("taj*.md")}
    for path in later:
        path.unlink()
    assert main(["update", "-q", "-C", str(root)]) == 0
    catalog = po(root, "turkmenistan")
    for entry in catalog:
        entry.msgstr = FIRST[entry.msgid]
    catalog.save()
    for path, data in later.items():
        path.write_bytes(data)
    assert main(["update", "-q", "-C", str(root)]) == 0
    return root


def po(root: Path, name: str) -> polib.POFile:
    return polib.pofile(str(root / f"locales/ru/LC_MESSAGES/{name}.po"), wrapwidth=76)


def test_the_memory_reaches_over_documents(series: Path) -> None:
    """The same sentences are filled in, those that differ in a number offered as fuzzy."""
    for name, number in (("uzbekistan", 52), ("tajikistan", 18)):
        found = {entry.msgid: entry for entry in po(series, name)}
        assert found[FORMULA].msgstr == FIRST[FORMULA]
        assert found["Protection"].msgstr == FIRST["Protection"]
        near = found[f"Courts convicted {number} persons."]
        assert (near.msgstr, near.fuzzy) == (FIRST["Courts convicted 37 persons."], True)
        assert "from turkmenistan" in found[FORMULA].tcomment


def test_one_source_with_two_translations_is_found_over_documents(
    series: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def same_source() -> list[dict[str, str]]:
        capsys.readouterr()
        main(["check", "uzbekistan", "-l", "ru", "--level", "advice", "--json", "-C", str(series)])
        found = json.loads(capsys.readouterr().out)["findings"]
        return [one for one in found if one["code"] == "same-source"]

    catalog = po(series, "uzbekistan")
    for entry in catalog:
        entry.msgstr = FIRST.get(entry.msgid, entry.msgstr)
        entry.flags = []
    catalog.save()
    assert same_source() == []
    (formula,) = (entry for entry in catalog if entry.msgid == FORMULA)
    formula.msgstr = "Правительство ничего не сделало против спроса на принудительный труд."
    catalog.save()
    (found,) = same_source()
    assert "see locales/ru/LC_MESSAGES/t" in found["message"]
    formula.tcomment = "ok: same-source"
    catalog.save()
    assert same_source() == []


def test_a_sentence_of_one_document_makes_its_own_editions_only(series: Path) -> None:
    def done() -> dict[tuple[str, str], str]:
        workspace = open_workspace(series)
        editions = workspace.editions((), (), ("epub",))
        found = build(workspace, editions, workers=2)
        return {(one.edition.document, one.edition.language): one.done for one in found}

    assert set(done().values()) == {"built"}
    catalog = po(series, "turkmenistan")
    catalog[-1].msgstr = f"{catalog[-1].msgstr[:-1]} и торговлю."
    catalog.save()
    made = [edition for edition, what in done().items() if what != "unchanged"]
    assert made == [("turkmenistan", "ru")]
