"""`publish tm export` and `import`: translations exchanged with the memories of other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from publish.catalogs.pofile import read
from publish.cli.catalogs import save
from publish.cli.options import add_language, add_workspace, opened
from publish.cli.printing import note
from publish.containers.xmlreading import MOST_BYTES
from publish.errors import UsageError
from publish.files import write_atomic
from publish.kits.packing import all_pairs
from publish.kits.tmx import TranslationPair, filled, read_tmx, write_tmx
from publish.languages.language import Language
from publish.workspace import Workspace

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="export | import")
    export = actions.add_parser("export", help="write all translations of a language as TMX")
    export.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="where to (default: stdout)"
    )
    back = actions.add_parser("import", help="fill empty sentences from a TMX file, as fuzzy")
    back.add_argument("file", type=Path, metavar="FILE", help="a TMX file")
    back.add_argument(
        "--dry-run", action="store_true", help="say what would be filled in, write nothing"
    )
    for action in (export, back):
        add_language(action)
        add_workspace(action)


def run(arguments: argparse.Namespace) -> int:
    workspace = opened(arguments)
    source = workspace.source_language
    languages = [one for one in workspace.languages(arguments.languages) if one.tag != source.tag]
    if arguments.action == "import":
        return _import(workspace, languages, arguments)
    return _export(workspace, languages, arguments)


def _export(workspace: Workspace, languages: list[Language], arguments: argparse.Namespace) -> int:
    if len(languages) != 1:
        raise UsageError("a memory is of one language", hint="publish tm export -l TAG -o FILE")
    pairs = all_pairs(workspace, languages[0])
    data = write_tmx(pairs, workspace.source_language, languages[0])
    if arguments.output is None:
        sys.stdout.write(data.decode())
        return 0
    write_atomic(arguments.output, data)
    if not arguments.quiet:
        note(f"{arguments.output}: {len(pairs)} translations")
    return 0


def _import(workspace: Workspace, languages: list[Language], arguments: argparse.Namespace) -> int:
    """Fills what is empty in every document, fuzzy; reads all before it writes anything."""
    file: Path = arguments.file
    if file.stat().st_size > MOST_BYTES:
        raise UsageError(f"{file} has more than {MOST_BYTES // 2**20} MiB")
    data = file.read_bytes()
    source = workspace.source_language.tag
    memories = {one.tag: read_tmx(data, str(file), source, one.tag) for one in languages}
    if not any(memories.values()):
        tags = ", ".join(memories)
        raise UsageError(f"{file} has no translations from {source} into {tags}")
    for language in languages:
        if pairs := memories[language.tag]:
            _fill(workspace, language, pairs, arguments)
    return 0


def _fill(
    workspace: Workspace,
    language: Language,
    pairs: tuple[TranslationPair, ...],
    arguments: argparse.Namespace,
) -> None:
    for name in workspace.documents():
        path = workspace.catalog(language, name)
        if not path.is_file():
            continue
        before = read(path, workspace.shown(path))
        after, count = filled(before, pairs, arguments.file.name)
        if count and not arguments.dry_run:
            save(path, before, after)
        if not arguments.quiet:
            note(f"{before.file}: {count} filled in, fuzzy")
