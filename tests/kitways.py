"""The ways in which a kit comes back: each made from one that was sent out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from lxml import etree

from publish.actions.kit import ImportResult, KitFormat, export_kits, import_kit
from publish.catalogs.entries import make_entries
from publish.catalogs.updating import update_catalog
from publish.languages.registry import find
from publish.po.pofile import write_po_file
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader, create_catalog

SOURCE = """\
---
title: "A short report"
published: 2024-06-24
---

# What was found {#findings}

The law was *read*. It says nothing.

The end of it.
"""
SETTINGS = 'source-language = "en"\nlanguages = ["en", "ru", "tk"]\n'
TURKMEN = find("tk")
XLIFF = "{urn:oasis:names:tc:xliff:document:2.0}"

Way = Callable[[Path, dict[str, str]], Path]


def make_workspace(root: Path) -> Path:
    """A small workspace with empty catalogs."""
    (root / "source").mkdir(parents=True)
    (root / "publish.toml").write_text(SETTINGS, encoding="utf-8")
    (root / "source" / "short.md").write_text(SOURCE, encoding="utf-8")
    update(root)
    return root


def update(root: Path) -> None:
    """Bring every catalog up to its source."""
    one = loader(root)
    for name in one.workspace.documents():
        wanted = make_entries(one.source(name).units)
        for language in one.workspace.target_languages():
            before = one.catalog(language, name) or create_catalog(one.workspace, language, name)
            write_po_file(one.workspace.catalog(language, name), update_catalog(before, wanted)[0])


def loader(root: Path) -> Loader:
    return Loader(open_workspace(root))


def po_of(root: Path) -> Path:
    return root / "locales" / "tk" / "LC_MESSAGES" / "short.po"


def translate(root: Path, sentence: str, translation: str) -> None:
    """Write a translation into the catalog, as a translator does here."""
    text = po_of(root).read_text(encoding="utf-8")
    before = f'msgid "{sentence}"\nmsgstr ""'
    assert before in text
    after = f'msgid "{sentence}"\nmsgstr "{translation}"'
    po_of(root).write_text(text.replace(before, after), encoding="utf-8")


def exported(root: Path, form: KitFormat = "zip") -> Path:
    (kit,) = export_kits(loader(root), ["short"], ["tk"], form=form)
    return root / kit.file


def imported(root: Path, file: Path, *, dry_run: bool = False) -> ImportResult:
    return import_kit(loader(root), file, dry_run=dry_run)


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {Path(name).name: archive.read(name) for name in archive.namelist()}


def filled_in(data: bytes, texts: dict[str, str]) -> bytes:
    """The spreadsheet with translations written beside some sentences."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book.worksheets[0].iter_rows(min_row=3):
        if str(row[2].value) in texts:
            row[3].value = texts[str(row[2].value)]
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def by_spreadsheet(root: Path, texts: dict[str, str]) -> Path:
    path = root / "back.xlsx"
    path.write_bytes(filled_in(members(exported(root))["short.tk.xlsx"], texts))
    return path


def by_archive(root: Path, texts: dict[str, str]) -> Path:
    """The archive packed anew, as another system would."""
    files = members(exported(root))
    files["short.tk.xlsx"] = filled_in(files["short.tk.xlsx"], texts)
    path = root / "back.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"short.tk/{name}", data)
            archive.writestr(f"__MACOSX/short.tk/._{name}", b"\x00\x05\x16\x07")
    return path


def by_catalog(root: Path, texts: dict[str, str]) -> Path:
    text = members(exported(root))["short.tk.po"].decode()
    for source, translation in texts.items():
        text = text.replace(f'"{source}"\nmsgstr ""', f'"{source}"\nmsgstr "{translation}"')
    path = root / "renamed.po"
    path.write_bytes(text.encode())
    return path


def by_xliff(root: Path, texts: dict[str, str]) -> Path:
    tree = etree.fromstring(exported(root, "xliff").read_bytes())
    for segment in tree.iter(f"{XLIFF}segment"):
        source = "".join(map(str, segment[0].itertext()))
        if source in texts:
            etree.SubElement(segment, f"{XLIFF}target").text = texts[source]
            segment.set("state", "translated")
    path = root / "back.xlf"
    path.write_bytes(etree.tostring(tree))
    return path


WAYS = (by_spreadsheet, by_archive, by_catalog, by_xliff)
