"""What the checks say of a document in a language, as `check` tells it and the gates weigh it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from publish.catalogs.glossary import Glossary, read_glossary
from publish.checks.accepting import corrected_by
from publish.checks.gates import counted_level, holding, weighed
from publish.checks.health import check_fuzzy, check_header, check_stale, check_superseded
from publish.checks.measure import check_elsewhere
from publish.checks.running import Checking, errors_of_structure, judged
from publish.checks.table import (
    WHOLE_CATALOG,
    check_corrections,
    check_interface,
    checks_with,
)
from publish.checks.wholes import Pictured, check_letters, check_twins
from publish.editions.fonts import missing_letters
from publish.editions.theme import theme_faces, theme_of
from publish.errors import FindingsError, MissingPartError, PublishError
from publish.languages.language import Language
from publish.model import (
    Catalog,
    Document,
    Entry,
    Finding,
    Key,
    Level,
    Span,
    shown_images,
)
from publish.resources import template_folder
from publish.workspace import Workspace

__all__ = [
    "Checked",
    "checked",
    "checked_corrections",
    "checked_interface",
    "load_glossary",
    "refuse_at_gate",
    "warnings_of",
]

WholeCheck = Callable[[Catalog], Iterator[Finding]]

SAID = {"blank-line", "catalog-stale"}
"""Warnings that a build repeats, since they change what its editions show."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings on one catalog, and those that its translators accepted."""

    findings: tuple[Finding, ...]
    accepted: tuple[Finding, ...] = ()


def checked(
    workspace: Workspace,
    document: Document,
    language: Language,
    catalog: Catalog,
    *,
    corrections: Catalog | None = None,
    use_fuzzy: bool = False,
    elsewhere: Mapping[Key, Entry] | None = None,
) -> Checked:
    """What the whole table says of a translation; raises PublishError for a wrong glossary.

    `corrections` is the catalog of the source's own language; `elsewhere` has the translations
    of other documents, which a build does not look at.
    """
    checks = [*_wholes(workspace, document, language, corrections)]
    checks += [partial(check_elsewhere, first=elsewhere)] if elsewhere else []
    seen = tuple(found for check in checks for found in check(catalog))
    work = Checking(
        document,
        workspace.source_language,
        catalog,
        language,
        checks_with(load_glossary(workspace)),
        use_fuzzy,
        (*WHOLE_CATALOG, lambda _: iter(seen)),
        corrected_by(corrections),
    )
    found = list(judged(work))
    return Checked(
        tuple(finding for finding, accepted in found if not accepted),
        tuple(finding for finding, accepted in found if accepted),
    )


def checked_corrections(
    document: Document, source: Language, corrections: Catalog
) -> Iterator[Finding]:
    """What the checks say of the catalog of the source's own language."""
    yield from check_header(corrections, source)
    yield from check_fuzzy(corrections)
    yield from check_corrections(document, source, corrections)


def checked_interface(catalog: Catalog, language: Language) -> Iterator[Finding]:
    """What the checks say of an interface catalog."""
    yield from check_header(catalog, language)
    yield from check_interface(catalog, language.direction)


def _wholes(
    workspace: Workspace, document: Document, language: Language, corrections: Catalog | None
) -> Iterator[WholeCheck]:
    """The checks of catalog and document that need to know more than the catalog."""
    yield partial(check_header, language=language)
    yield partial(check_stale, document=document, source=workspace.source_language)
    yield check_fuzzy
    if corrections is not None:
        yield partial(check_superseded, corrections=corrections)
    yield partial(check_letters, uncovered=partial(_uncovered, workspace, language))
    images = _pictured(workspace, document)
    yield lambda catalog: check_twins(images, language.tag)


def _uncovered(workspace: Workspace, language: Language, text: str) -> set[str]:
    """The characters that no font has; none where a font is missing, as every build will say."""
    families = workspace.settings.fonts.get(language.tag, ())
    try:
        theme = theme_of(workspace.template_folders(template_folder()))
        return missing_letters(text, theme_faces(theme, families))
    except MissingPartError:
        return set()


def _pictured(workspace: Workspace, document: Document) -> list[Pictured]:
    folder = workspace.image_folder(document.name)
    tags = [language.tag for language in workspace.languages()]
    return [
        Pictured(src, span, frozenset(tag for tag in tags if _has_twin(src, folder, tag)))
        for src, span in shown_images(document).items()
    ]


def _has_twin(src: str, folder: Path, tag: str) -> bool:
    """Whether `map.png` has a `map.ru.png` beside it; what leaves the folder is not looked at."""
    stem, dot, suffix = src.rpartition(".")
    path = PurePosixPath(f"{stem}.{tag}{dot}{suffix}")
    if path.is_absolute() or ".." in path.parts:
        return False
    return (folder / path).is_file()


def load_glossary(workspace: Workspace) -> Glossary | None:
    """The workspace's table of terms, None if it has none; raises PublishError for a wrong one."""
    path = workspace.glossary
    if not path.is_file():
        return None
    shown = workspace.shown(path)
    try:
        return read_glossary(path.read_bytes().decode("utf-8"), shown)
    except UnicodeDecodeError:
        place = Span(shown, 1, 1)
        raise PublishError(
            "the file is not UTF-8", place, "save it as UTF-8", code="charset"
        ) from None


# --------------------------------------------------------------------------- gates


def refuse_at_gate(
    workspace: Workspace, name: str, language: Language, findings: Iterable[Finding]
) -> None:
    """Raises FindingsError where errors of structure, or the gate of drafts, hold an edition back.

    Every edition is a draft, so this gate is the one that a build has to pass.
    """
    found = tuple(findings)
    what = f"{name} in {language.tag} is not built"
    if wrong := errors_of_structure(found):
        raise FindingsError(what, wrong)
    gate = workspace.settings.gate("draft")
    if reasons := holding(gate, found):
        raise FindingsError(
            f"{what}, held back at the gate of drafts: {', '.join(reasons)}",
            weighed(gate, found),
            "correct them, or accept texts that are right with a comment: # ok: CODE",
            code="gate",
        )


def warnings_of(findings: Iterable[Finding], name: str, language: Language) -> list[Finding]:
    """What a build says of findings that do not hold it back: one warning for all errors."""
    found = tuple(findings)
    said = [finding for finding in found if finding.code in SAID]
    errors = [finding for finding in found if finding.level is Level.ERROR]
    if not errors:
        return said
    file = errors[0].span.file if errors[0].span else ""
    counted = Finding(
        "catalog-errors",
        Level.WARNING,
        f"the checks find {counted_level(len(errors), Level.ERROR)} in this translation",
        Span(file, 1, 1),
        f"see them with publish check {name} -l {language.tag}",
    )
    return [*said, counted]
