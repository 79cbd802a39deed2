"""The documents name what there is: commands, options, settings, codes, paths."""

from __future__ import annotations

import argparse
import ast
import doctest
import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest
from conftest import Golden
from docpages import DOCUMENTS, PAGES, text_of

from publish.checks.rule import Rule
from publish.checks.table import RULES, STRUCTURAL
from publish.cli.commands import COMMANDS
from publish.cli.main import EXIT_CODES
from publish.model import Braille, Figure, Span, Table, proses
from publish.reading.frontmatter import KNOWN
from publish.reading.markdown import SourceFile, read_document
from publish.reading.marks.attributes import parse_attributes
from publish.release.manifest import ListedFile
from publish.settings import KEYS, Settings, read_settings
from publish.visible import make_visible

ROOT = Path(__file__).resolve().parents[2]
COMMANDS_PAGE = "docs/reference/commands.md"
SETTINGS_PAGE = "docs/reference/settings.md"
SOURCE_PAGE = "docs/reference/source-format.md"
CODES_PAGE = "docs/reference/codes.md"
CHECKS_PAGE = "docs/reference/checks.md"
CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")


# --------------------------------------------------------------------------- commands


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_section(name: str) -> None:
    assert re.search(rf"^### `publish {name}\b", text_of(COMMANDS_PAGE), re.M)


def shown_commands() -> list[str]:
    """The command lines that the documents show, in blocks after `$` and between backticks."""
    text = "\n".join(map(text_of, DOCUMENTS))
    found = re.findall(r"^\$ publish (.+?)(?: [>|#].*)?$", text, re.M)
    found += re.findall(r"`publish ([a-z][^`]*)`", text)
    return sorted(set(found))


def test_every_command_line_shown_is_understood() -> None:
    shown = shown_commands()
    assert len(shown) > 100
    assert [line for line in shown if not is_understood(line)] == []


def is_understood(line: str) -> bool:
    name, *words = shlex.split(line)
    if line in ("language add", "language"):
        words = ["add", "fa"]
    elif line in ("kit", "tm"):
        words = ["export"]
    elif line == "import":
        words = ["report.docx"]
    parser = argparse.ArgumentParser(exit_on_error=False)
    import_module(COMMANDS[name].module).add_arguments(parser)
    try:
        parser.parse_args(words)
    except (argparse.ArgumentError, SystemExit):
        return False
    return True


def test_every_option_is_one_of_a_command() -> None:
    text = "\n".join(map(text_of, ("README.md", *PAGES)))
    blocks = re.compile(r"^```.*?^```", re.M | re.S)
    named = re.findall(r"`(--?[a-z][a-z-]*)", blocks.sub("", text))
    known: set[str] = {"-h", "--help"}
    for command in COMMANDS.values():
        parser = argparse.ArgumentParser(add_help=False)
        import_module(command.module).add_arguments(parser)
        known |= options_of(parser)
    assert len(named) > 3
    assert set(named) <= known


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    """The options of a parser and of those for its actions, such as export."""
    found = {option for action in parser._actions for option in action.option_strings}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found |= {option for inner in action.choices.values() for option in options_of(inner)}
    return found


def test_every_exit_code_is_in_the_table() -> None:
    codes = re.findall(r"(?<=[ ,])(\d+) ", EXIT_CODES)
    assert codes == re.findall(r"^\| (\d+) \|", text_of(COMMANDS_PAGE), re.M)


# --------------------------------------------------------------------------- keys


def table_cells(name: str, heading: str) -> set[str]:
    """The words in backticks in the first column of the table with this heading."""
    table = re.search(rf"^\| {heading} \|.*\n\|[-| ]+\n((?:\|.*\n)+)", text_of(name), re.M)
    assert table, heading
    first = [row.split("|")[1] for row in table[1].splitlines()]
    return {word for cell in first for word in re.findall(r"`([^`]+)`", cell)}


def test_every_setting_is_in_the_table() -> None:
    assert table_cells(SETTINGS_PAGE, "setting") == KEYS


def test_defaults_of_settings_are_as_told() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| `([^`]+)` \|", text_of(SETTINGS_PAGE), re.M)
    assert {key for key, _ in rows} == KEYS
    for key, told in rows:
        value = getattr(Settings(), key.replace("-", "_"))
        value = {} if value == Braille() else value
        told_value = ast.literal_eval({"false": "False"}.get(told, told))
        assert (list(value) if isinstance(value, tuple) else value) == told_value


def test_every_example_of_settings_is_accepted(tmp_path: Path) -> None:
    text = "\n".join(map(text_of, DOCUMENTS))
    examples = re.findall(r"^```toml\n(.*?)^```$", text, re.M | re.S)
    assert len(examples) > 3
    for example in examples:
        languages = "" if "languages" in example else 'languages = ["en", "fa", "fr"]\n'
        (tmp_path / "publish.toml").write_text(languages + example, encoding="utf-8")
        assert read_settings(tmp_path) != Settings()


def test_every_key_of_the_front_matter_is_in_the_table() -> None:
    assert table_cells(SOURCE_PAGE, "front matter") == KNOWN


def test_every_attribute_has_a_meaning() -> None:
    told = table_cells(SOURCE_PAGE, "attribute")
    assert told == {"#id", 'ctx="…"', 'note="…"', "whole", "verbatim"}
    read = parse_attributes("{" + " ".join(sorted(told)) + "}", Span("README.md", 1, 1))
    assert (read.id, read.context, read.note, read.whole) == ("id", "…", "…", True)
    assert read.verbatim


# --------------------------------------------------------------------------- codes


def codes_of(tree: ast.AST) -> Iterator[str]:
    """Codes of errors (`code="…"`, `_CODE = "…"`) and findings (`Finding("…")`, `wrong("…")`)."""
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg="code", value=ast.Constant(value=str(code))):
                yield code
            case ast.Assign(targets=[ast.Name(id="_CODE")], value=ast.Constant(value=str(code))):
                yield code
            case ast.Call(
                func=ast.Name(
                    id="Finding" | "report_at_entry" | "report_built_file" | "report_release_fault"
                )
                | ast.Attribute(attr="wrong"),
                args=arguments,
            ):
                texts = (a.value for a in arguments[:2] if isinstance(a, ast.Constant))
                first = next(texts, None)
                if isinstance(first, str):
                    yield first
            case _:
                pass


def all_codes() -> set[str]:
    files = (ROOT / "publish").rglob("*.py")
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in files)
    found = {code for tree in trees for code in codes_of(tree)}
    return found | {check.code for check in RULES}


def test_every_code_is_explained_and_every_explained_code_occurs() -> None:
    found = all_codes()
    assert {"marks-differ", "catalog-stale", "po-syntax", "raw-html"} <= found
    assert all(CODE.fullmatch(code) for code in found)
    tables = text_of(CODES_PAGE) + text_of(CHECKS_PAGE)
    rows = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| [^|]+ \|$", tables, re.M)
    assert len(rows) == len(set(rows))
    assert set(rows) == found


def row(check: Rule) -> str:
    """Return a check as a row of the table: level, title, why; right and wrong translations."""
    told = f"{str(check.level).capitalize()}: {check.title.rstrip('.')}. {check.why}"
    source, target = (text.replace("](", "]\\(") for text in check.wrong)
    example = f"{check.language}: “{source}” → “{target}”"
    cells = (f"`{check.code}`", told, example)
    return f"| {' | '.join(make_visible(cell).replace('|', ' ') for cell in cells)} |"


def test_the_table_of_checks_is_complete(golden: Golden) -> None:
    """With `--accept` the rows are written anew from the table of checks."""
    text = text_of(CHECKS_PAGE)
    parts = re.split(r"(?<=\|---\|---\|---\|\n)((?:\|.*\n)*)(?=\n## Accept)", text)
    assert len(parts) == 3
    wanted = "".join(f"{row(check)}\n" for check in RULES if check.code not in STRUCTURAL)
    assert len(RULES) > 20
    golden(Path("..") / CHECKS_PAGE, f"{parts[0]}{wanted}{parts[2]}")


# --------------------------------------------------------------------------- paths and examples


def test_the_readme_is_short() -> None:
    assert len(text_of("README.md").split()) <= 900


def test_every_page_is_in_the_index() -> None:
    index = re.findall(r"\]\(([^)#]+\.md)\)", text_of("docs/README.md"))
    assert {f"docs/{path}" for path in index if not path.startswith("..")} == {*PAGES} - {
        "docs/README.md"
    }


def test_every_key_of_a_manifest_is_in_the_table() -> None:
    row = re.search(r"^\| `files` \| (.*) \|$", text_of("docs/reference/file-formats.md"), re.M)
    assert row
    assert set(re.findall(r"`(\w+)`", row[1])) == {field.name for field in fields(ListedFile)}


def test_every_benchmark_named_is_there() -> None:
    text = text_of("docs/performance.md") + text_of("docs/accuracy.md")
    named = set(re.findall(r"python -m benchmarks\.(\w+)", text))
    assert len(named) > 8
    assert [name for name in named if not (ROOT / f"benchmarks/{name}.py").is_file()] == []


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_path_named_is_there(name: str) -> None:
    rooms = r"publish|tests|templates|locales|docs|benchmarks|\.ci"
    named = re.findall(rf"`((?:{rooms})/[^`\s]*)`", text_of(name))
    assert len(named) > 15
    assert [path for path in named if "LANG" not in path and not (ROOT / path).exists()] == []


ROOMS = sorted((ROOT / "publish").glob("*/**/__init__.py"))


def test_every_file_of_a_room_is_in_its_docstring() -> None:
    assert len(ROOMS) > 40
    for path in ROOMS:
        compare_with_docstring(path)


def compare_with_docstring(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    files = {file.name for file in path.parent.glob("*.py")} - {"__init__.py"}
    rooms = {f"{room.parent.name}/" for room in path.parent.glob("*/__init__.py")}
    if path.parent.name == "cli":  # each command is in a file of its name
        files -= {f"{one.module.rpartition('.')[2]}.py" for one in COMMANDS.values()}
    named = set(re.findall(r"`([\w.]+(?:\.py|/))`", docstring))
    assert {name for name in named if name.endswith(".py")} == files, path
    assert rooms <= {name for name in named if name.endswith("/")}, path


def test_every_room_is_on_its_floor_in_the_architecture() -> None:
    text = text_of("ARCHITECTURE.md")
    assert len(text.splitlines()) <= 150
    table = "\n".join(re.findall(r"^\| \d+ \| .*$", text, re.M))
    rooms = {f"publish/{path.parent.name}/" for path in (ROOT / "publish").glob("*/__init__.py")}
    assert set(re.findall(r"`(publish/\w+/)`", table)) == rooms


def anchors_of(path: Path) -> set[str]:
    """Return the anchors that code hosts give the headings of a page."""
    prose = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    headings = re.findall(r"^#+ (.*)$", prose, re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links_of(name: str) -> set[str]:
    """Return the targets of a document's links that lead to files, with their anchors."""
    prose = re.sub(r"^```.*?^```$", "", text_of(name), flags=re.M | re.S)
    prose = re.sub(r"`[^`]*`", "", prose)
    found = set(re.findall(r"\]\(([^)]+)\)", prose))
    return {target for target in found if not target.startswith("https://")}


def leads_somewhere(name: str, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = (ROOT / name).parent / path if path else ROOT / name
    return file.is_file() and (not anchor or anchor in anchors_of(file))


def test_every_link_to_a_file_leads_somewhere() -> None:
    found = [(name, target) for name in DOCUMENTS for target in links_of(name)]
    to_files = [(name, target) for name, target in found if not target.startswith("#")]
    assert len(to_files) >= 15
    assert len({name for name, _ in to_files}) >= 4, "documents that link to a file"
    assert any("#" in target for _, target in found), "links to a heading"
    assert [pair for pair in found if not leads_somewhere(*pair)] == []


def test_the_source_shown_can_be_read() -> None:
    shown = re.search(r"^```markdown\n(.*?)^```", text_of(SOURCE_PAGE), re.M | re.S)
    assert shown
    document = read_document("shown", "en", [SourceFile("source/shown.md", shown[1])])
    assert [block for block in document.body if isinstance(block, Figure | Table)]
    assert [(p.context, p.note) for p in proses(document) if p.context] == [
        ("ship", "The name of a ship: do not translate.")
    ]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_examples_in_python_run(name: str) -> None:
    example = doctest.DocTestParser().get_doctest(text_of(name), {}, name, name, 0)
    assert doctest.DocTestRunner().run(example).failed == 0
