"""`publish kit export` and `import`: a translation sent out, and what comes back taken in."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from publish.catalogs.pofile import PoFile
from publish.cli.catalogs import save
from publish.cli.options import add_language, add_workspace, opened
from publish.cli.printing import note, show_findings
from publish.errors import UsageError
from publish.files import write_atomic
from publish.kits.packing import Target, kit, kit_xliff, pages_of, target_of
from publish.kits.pages import rejected_page
from publish.kits.parcels import MOST_BYTES, ReturnedParcel, read_parcels, words_of
from publish.kits.returning import Rejected, ReturnOutcome, finding_of, take_back
from publish.languages.language import Language
from publish.workspace import Workspace

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="export | import")
    export = actions.add_parser("export", help="write what a translator needs into one file")
    _add_subject(export)
    export.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="where to (default: build/kits/)"
    )
    export.add_argument(
        "--format",
        choices=["zip", "xliff"],
        default="zip",
        help="the whole kit (zip, the default) or XLIFF 2.1",
    )
    back = actions.add_parser("import", help="take in what a translator sent back")
    back.add_argument("file", type=Path, metavar="FILE", help="the archive, or a file of it")
    _add_subject(back)
    back.add_argument(
        "--dry-run", action="store_true", help="say what would be taken, write nothing"
    )


def _add_subject(parser: argparse.ArgumentParser) -> None:
    add_language(parser)
    parser.add_argument("--document", metavar="NAME", help="the document, if there are several")
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    workspace = opened(arguments)
    if arguments.action == "export":
        return _export(workspace, arguments)
    return _import(workspace, arguments)


# --------------------------------------------------------------------------- out


def _export(workspace: Workspace, arguments: argparse.Namespace) -> int:
    languages = [
        language
        for language in workspace.languages(arguments.languages)
        if arguments.languages or language.tag != workspace.source_language.tag
    ]
    names = workspace.documents([arguments.document] if arguments.document else [])
    targets = [target_of(workspace, name, language) for name in names for language in languages]
    if arguments.output and len(targets) > 1:
        raise UsageError(
            f"-o names one file, and there are {len(targets)} kits",
            hint="choose one with --document and -l",
        )
    for target in targets:
        _write(workspace, target, arguments)
    if not arguments.quiet:
        note("next: publish kit import FILE takes back what the translator sends")
    return 0


def _write(workspace: Workspace, target: Target, arguments: argparse.Namespace) -> None:
    suffix = {"zip": "zip", "xliff": "xlf"}[arguments.format]
    name = f"{target.document.name}.{target.language.tag}.{suffix}"
    path = arguments.output or workspace.root / "build" / "kits" / name
    if arguments.format == "xliff":
        data, items = kit_xliff(workspace, target)
    else:
        made = kit(workspace, target)
        data, items = made.data, made.items
        for item in made.too_long:
            note(f"{item.where}: too long for a cell, only in the .po file")
        if not made.original and not arguments.quiet:
            source = workspace.source_language.tag
            note(f"the original in print is not built, so not in it: publish build -l {source}")
    write_atomic(path, data)
    if not arguments.quiet:
        note(f"{workspace.shown(path.absolute())}: {len(items)} sentences")


# --------------------------------------------------------------------------- back


@dataclass(slots=True)
class _Catalogs:
    """The catalogs that texts are for, as read and as they are to become."""

    before: dict[Path, PoFile]
    after: dict[Path, PoFile]


def _import(workspace: Workspace, arguments: argparse.Namespace) -> int:
    """Everything is read and judged before anything is written; 1 where a text was not taken."""
    file: Path = arguments.file
    if file.stat().st_size > MOST_BYTES:
        raise UsageError(f"{file} has more than {MOST_BYTES // 2**20} MiB")
    catalogs = _Catalogs({}, {})
    told: list[tuple[ReturnedParcel, Language, ReturnOutcome]] = []
    for parcel in read_parcels(file.read_bytes(), str(file)):
        target = _target(workspace, parcel, arguments)
        told.append((parcel, target.language, _take(workspace, parcel, target, catalogs)))
    if not arguments.dry_run:
        for path, after in catalogs.after.items():
            if after != catalogs.before[path]:
                save(path, catalogs.before[path], after)
    rejected = [one for _, _, outcome in told for one in outcome.rejected]
    for parcel, _, outcome in told:
        _tell(parcel, outcome, arguments)
    if rejected and not arguments.dry_run:
        _keep(workspace, file, told[0][1], rejected)
    return int(bool(rejected))


def _take(
    workspace: Workspace, parcel: ReturnedParcel, target: Target, catalogs: _Catalogs
) -> ReturnOutcome:
    path = workspace.catalog(target.language, target.document.name)
    before = catalogs.before.setdefault(path, target.po)
    po = catalogs.after.get(path, before)
    words = words_of(pages_of(workspace, target.language).interface)
    texts = parcel.texts(po, words)
    outcome = take_back(
        po,
        texts,
        target.document,
        workspace.source_language,
        parcel.form,
        target.language.direction,
    )
    catalogs.after[path] = outcome.po
    return outcome


def _target(workspace: Workspace, parcel: ReturnedParcel, arguments: argparse.Namespace) -> Target:
    """What a parcel is of: as the options say, else as it says itself."""
    languages = {one.folder: one.tag for one in workspace.languages()}
    said = languages.get(parcel.language, parcel.language)
    tag = _only(arguments.languages, "language", "-l TAG") or said
    if said and _base(said) != _base(tag):
        raise UsageError(f"{parcel.file} is in {said}, not in {tag}", hint="take out -l")
    name = arguments.document or parcel.document or _only(workspace.documents(), "document", "")
    if not tag or not name:
        raise UsageError(
            f"{parcel.file} does not say what it is a translation of",
            hint="name them: --document NAME -l TAG",
        )
    (name,) = workspace.documents([name])
    (language,) = workspace.languages([tag])
    return target_of(workspace, name, language)


def _base(tag: str) -> str:
    """The language of a tag or of a gettext name, without script and region."""
    return re.split("[-_@]", tag)[0].lower()


def _only(words: Iterable[str], what: str, option: str) -> str:
    """The one word there is, empty for none; several are refused where an option gave them."""
    found = list(words)
    if len(found) > 1 and option:
        raise UsageError(f"a file is of one {what}", hint=f"give {option} once")
    return found[0] if len(found) == 1 else ""


def _tell(parcel: ReturnedParcel, outcome: ReturnOutcome, arguments: argparse.Namespace) -> None:
    show_findings(finding_of(one, parcel.file) for one in outcome.rejected)
    if arguments.quiet:
        return
    parts = [f"{outcome.taken} {'would be ' if arguments.dry_run else ''}taken"]
    parts += [f"{outcome.known} already there"] if outcome.known else []
    parts += [f"{len(outcome.rejected)} not taken"] if outcome.rejected else []
    note(f"{parcel.file}: {', '.join(parts)}, {outcome.untouched} as they were sent")


def _keep(workspace: Workspace, file: Path, language: Language, rejected: list[Rejected]) -> None:
    """Writes what was not taken beside the file it came in, so that no word is lost."""
    path = file.with_name(f"{file.name}.not-taken.html")
    write_atomic(path, rejected_page(pages_of(workspace, language), file.name, rejected))
    note(f"{path}: all that was not taken, word for word")
