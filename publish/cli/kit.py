"""`publish kit export` and `import`: send a translation out and take it back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import get_args

from publish.actions.kit import ExportedKit, ImportedFile, KitFormat, export_kits, import_kit
from publish.actions.questions import list_questions
from publish.cli.options import (
    add_action,
    add_dry_run,
    add_language,
    add_output,
    add_workspace,
    open_given_workspace,
    read_limits,
)
from publish.cli.printing import print_note, show_findings
from publish.errors import UsageError
from publish.kits.kitpages import render_questions_text
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(
        dest="action", required=True, metavar="export | import | questions"
    )
    export = add_action(actions, "export", "write what a translator needs into one file")
    _add_subject(export)
    add_output(export, "build/kits/")
    export.add_argument(
        "--format",
        choices=get_args(KitFormat),
        default="zip",
        help="the whole kit as zip (the default), or only XLIFF: 2.0, 2.1 or 1.2",
    )
    told = "let comments of translators go out too"
    export.add_argument("--with-comments", action="store_true", help=told)
    back = add_action(actions, "import", "put what a translator sent back into the catalog")
    back.add_argument("file", type=Path, metavar="FILE", help="the archive or one of its files")
    _add_subject(back)
    add_dry_run(back)
    _add_subject(add_action(actions, "questions", "list what translators asked in their files"))


def _add_subject(parser: argparse.ArgumentParser) -> None:
    add_language(parser)
    parser.add_argument(
        "--document", metavar="NAME", help="the document, if the workspace has several"
    )
    add_workspace(parser, limited=True)


def run(arguments: argparse.Namespace) -> int:
    loader = Loader(open_given_workspace(arguments, writing=arguments.action == "import"))
    commands = {"export": _export, "import": _import, "questions": _questions}
    return commands[arguments.action](loader, arguments)


def _export(loader: Loader, arguments: argparse.Namespace) -> int:
    names, languages = list(filter(None, [arguments.document])), arguments.languages
    how = {"form": arguments.format, "output": arguments.output, "limits": read_limits(arguments)}
    how["with_comments"] = arguments.with_comments
    for kit in export_kits(loader, names, languages, **how):
        _print_kit(kit, loader.workspace.source_language.tag, quiet=arguments.quiet)
    if not arguments.quiet:
        print_note("next: publish kit import FILE takes what the translator sends back")
    return 0


def _print_kit(kit: ExportedKit, source: str, *, quiet: bool) -> None:
    for place in kit.too_long:
        print_note(f"{place}: too long for a spreadsheet cell, only in the .po file")
    for line in () if quiet else kit.describe(source):
        print_note(line)


def _import(loader: Loader, arguments: argparse.Namespace) -> int:
    """Print what was taken; return 1 if a text was not."""
    if len(arguments.languages) > 1:
        raise UsageError("a file is in one language", hint="give -l TAG once")
    found = import_kit(
        loader,
        arguments.file,
        document=arguments.document or "",
        language="".join(arguments.languages),
        dry_run=arguments.dry_run,
        limits=read_limits(arguments),
    )
    for file in found.files:
        _print_file(file, arguments)
    if found.page:
        print_note(f"{found.page}: the texts that were not taken")
    if found.questions:
        print_note(f"{found.questions}: questions and proposals of the translator")
    return int(bool(found.rejected))


def _print_file(file: ImportedFile, arguments: argparse.Namespace) -> None:
    show_findings(file.findings)
    if arguments.quiet:
        return
    print_note(f"{file.file}: {file.describe(dry_run=arguments.dry_run)}")


def _questions(loader: Loader, arguments: argparse.Namespace) -> int:
    names = list(filter(None, [arguments.document]))
    for asked in list_questions(loader, names, arguments.languages):
        print(render_questions_text(asked.document, asked.language.tag, asked.questions))
    return 0
