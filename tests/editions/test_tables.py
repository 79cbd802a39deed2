"""Tables in finished editions: what the audit says of long, merged and headless ones."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from publish.cli.main import main

HEAD = (
    "| Head of many words that go on over several lines in a narrow column | *One* and **two** "
    "[link](https://example.org/)[^1] | third | four | five |\n|---|---|---|---|---|\n"
)
ROWS = "".join(f"| word {n} | other words in a cell {n} | a few words | x | {n},250 |\n" for n in range(1, 61))  # fmt: skip  # noqa: E501
LINE = f"+{'-' * 12}+{'-' * 12}+{'-' * 12}+\n"


def grid() -> str:
    rows = [LINE, "|A           |B           |C           |\n", LINE.replace("-", "=")]
    for number in range(30):
        rows += [f"| group {number:<4} | word       | 1,250      |\n", "|            " + LINE[13:]]
        rows += ["|            | word       | 12.5 %     |\n", LINE]
    return "".join(rows) + "\nTable: A *grid* with cells over two rows\n"


@pytest.fixture(scope="module")
def built(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("tables")
    (root / "source").mkdir()
    cases = (repository / "tests/cases/tables/tables.md").read_text("utf-8")
    cases = re.sub(r"# grid, wide letters\n.*?(?=\n# )", "", cases, flags=re.DOTALL)
    cases = re.sub(r"\|.*示.*\n", "| letters          | b      |\n", cases)
    cases = cases.replace("# ", "## ").replace("[^1]", "[^3]")
    text = f"# Long\n\n{HEAD}{ROWS}\n\n[^1]: N.\n\n# Grid\n\n{grid()}\n\n# All\n\n{cases}"
    front = "---\ntitle: Tables\npublished: 2024-01-31\n---\n"
    (root / "source/r.md").write_text(front + text, "utf-8")
    (root / "publish.toml").write_text(
        'source-language = "en"\nlanguages = ["en", "ru"]\nbilingual = ["en+ru"]\n', "utf-8"
    )
    where = ["-q", "-C", str(root)]
    assert main(["update", *where]) == 0
    assert main(["build", *where]) == 0
    return root


@pytest.mark.full
def test_the_audit_finds_nothing_wrong_in_tables_of_all_kinds(built: Path) -> None:
    assert main(["check", "--built", "-C", str(built)]) == 0


def elements(node: object) -> list[Any]:
    """The structure elements below one."""
    found: list[Any] = []
    kids = node.get("/K", []) if isinstance(node, DictionaryObject) else []
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object()
        if isinstance(inner, DictionaryObject) and "/S" in inner:
            found += [inner, *elements(inner)]
    return found


@pytest.mark.full
def test_tables_are_tagged_with_captions_spans_and_scopes(built: Path) -> None:
    for language in ("en", "ru"):
        root = PdfReader(built / f"build/{language}/r.pdf").trailer["/Root"]
        tags = elements(root["/StructTreeRoot"])  # type: ignore[index]
        tables = [
            [kid.get_object()["/S"] for kid in one["/K"]] for one in tags if one["/S"] == "/Table"
        ]
        kinds = {tuple(parts) for parts in tables}
        assert kinds == {
            ("/THead", "/TBody"),
            ("/Caption", "/THead", "/TBody"),
            ("/Caption", "/TBody"),
            ("/TBody",),
        }
        cells = [one for one in tags if one["/S"] in ("/TH", "/TD") and "/A" in one]
        spans = [one["/A"] for one in cells if {"/RowSpan", "/ColSpan"} & one["/A"].keys()]
        assert len(spans) == 35
        assert all(one["/A"]["/Scope"] == "/Column" for one in cells if one["/S"] == "/TH")


@pytest.mark.full
def test_tables_of_a_phone_fit(built: Path, tmp_path: Path) -> None:
    root = tmp_path / "phone"
    shutil.copytree(built, root, ignore=shutil.ignore_patterns("build"))
    settings = root / "publish.toml"
    settings.write_text(settings.read_text("utf-8") + 'pages = ["phone"]\n', "utf-8")
    where = ["-q", "-C", str(root), "-l", "en"]
    assert main(["build", *where, "-f", "pdf"]) == 0
    assert (root / "build/en/r.phone.pdf").is_file()
