"""Find what merges of git lost from catalogs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publish.actions.diff import find_known_revision
from publish.catalogs.mergeloss import find_lost_translations
from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import Catalog, Finding, Level, Span
from publish.po.pofile import extract_catalog, parse_po
from publish.project.history import Merge, list_merges, read_file_at
from publish.translation.loading import Loader
from publish.visible import shorten

__all__ = ["find_merge_losses"]


def find_merge_losses(
    loader: Loader, since: str, names: Iterable[str], language: Language
) -> tuple[Finding, ...]:
    """Return an error for each translation that a merge after the commit `since` lost.

    The merge that is going on counts too.  Lost is what both parents had and neither the merge
    nor the present catalog has; one that cannot be read is passed over.  Raises UsageError if git
    does not know the commit.
    """
    workspace = loader.workspace
    find_known_revision(workspace, since)
    merges = list_merges(workspace.root, since)
    found: dict[tuple[str, object], Finding] = {}
    for name in names if merges else ():
        path = workspace.shown(workspace.catalog(language, name))
        now = _read_present(loader, language, name, path)
        if now is not None:
            for merge in merges:
                for one in _losses(loader, merge, path, now):
                    found.setdefault((path, one.key), one)
    return tuple(found.values())


def _read_present(loader: Loader, language: Language, name: str, path: str) -> Catalog | None:
    try:
        po = loader.catalog(language, name)
    except PublishError:
        return None
    return extract_catalog(po) if po else Catalog(path, (), ())


def _losses(loader: Loader, merge: Merge, path: str, now: Catalog) -> Iterator[Finding]:
    sides = [_read(loader, parent, path) for parent in merge.parents]
    whole = [side for side in sides if side is not None]
    if len(whole) < len(sides):
        return
    merged = _read(loader, merge.name, path) if merge.name else None
    for entry in find_lost_translations(whole, [one for one in (now, merged) if one]):
        side = merge.parents[0]
        yield Finding(
            code="merge-lost",
            level=Level.ERROR,
            message=f"{merge.words} lost a translation that both sides had: "
            f"{shorten(' '.join(entry.msgstr.split()), 76)}",
            span=Span(path, 1, 1),
            hint=f"git show {side}:{path} has it in line {entry.msgstr_line or entry.span.first}",
            excerpt=shorten(entry.msgid, 76),
            key=entry.key,
        )


def _read(loader: Loader, commit: str, path: str) -> Catalog | None:
    """Return a catalog in a commit, None where it is not there or cannot be read."""
    data = read_file_at(loader.workspace.root, commit, path)
    try:
        return None if data is None else extract_catalog(parse_po(data, path))
    except PublishError:
        return None
