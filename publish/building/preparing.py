"""What an edition is written from: sources and catalogs read, checked and assembled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from publish.building.checking import (
    checked,
    checked_corrections,
    checked_interface,
    refuse_at_gate,
    warnings_of,
)
from publish.building.reviewing import review_figures
from publish.building.states import notices, reached, refuse_unreviewed
from publish.catalogs.pofile import catalog_of, read
from publish.checks.wholes import check_front_matter
from publish.editions.assembling import Assembled, Translation, assemble
from publish.editions.edition import Manuscript
from publish.editions.images import images_of
from publish.editions.imagesize import large_images
from publish.editions.interface import interface_of
from publish.editions.layout import Layout
from publish.editions.theme import logo_image
from publish.errors import FindingsError, PublishError
from publish.languages.language import Language
from publish.model import Catalog, Document, Finding, Span, shown_images
from publish.resources import interface_folder, template_folder
from publish.workspace import INTERFACE, Workspace

__all__ = ["Prepared", "interfaces", "load_catalog", "prepare"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A manuscript with its layout, and what is to be said about it that is no error."""

    text: Manuscript
    layout: Layout
    warnings: tuple[Finding, ...]


def prepare(workspace: Workspace, name: str, language: Language, *, use_fuzzy: bool) -> Prepared:
    """A document in a language, ready to be written.

    Raises PublishError where the source or a catalog cannot be read, FindingsError where a
    translation is wrong or the fallback setting forbids what is not translated.
    """
    source = workspace.source_language
    document = workspace.read(name)
    catalog = load_catalog(workspace, language, name)
    corrections = load_catalog(workspace, source, name)
    if catalog is None and language.tag != source.tag:
        raise _no_catalog(workspace, language, name)
    words = interfaces(workspace, language)
    catalogs = {found.file: found for found in (catalog, corrections) if found}
    findings = list(_findings(document, source, corrections, language, words))
    review = None
    if catalog is not None and language.tag != source.tag:
        findings += checked(
            workspace, document, language, catalog, corrections=corrections, use_fuzzy=use_fuzzy
        ).findings
        review = review_figures(workspace, document, language, catalog, corrections)
    refuse_at_gate(workspace, name, language, findings)
    warnings = warnings_of(findings, name, language)
    assembled = assemble(
        document, Translation.of(source, language, catalog, corrections, use_fuzzy=use_fuzzy)
    )
    _check_fallback(workspace, name, language, assembled)
    settings, covered = workspace.settings, assembled.coverage
    if language.tag != source.tag:
        refuse_unreviewed(settings, name, language, covered, review)
        warnings += notices(settings, (name, language), findings, covered, review)
    text = Manuscript(
        assembled.document,
        assembled.coverage,
        language,
        source,
        interface_of(language, words),
        _revised(workspace, document, catalogs.values()),
        reached(settings, findings, covered, review),
    )
    folders = workspace.template_folders(template_folder())
    images = images_of(assembled.document, workspace.image_folder(name))
    warnings += large_images(images, shown_images(assembled.document))
    layout = Layout(
        images | logo_image(folders),
        folders,
        workspace.settings.pdf_variant,
        workspace.settings.fonts.get(language.tag, ()),
        workspace.settings.epub_fonts == "embedded",
        workspace.settings.translators.get(language.tag, ""),
        workspace.settings.accessibility,
    )
    return Prepared(text, layout, tuple(warnings))


def load_catalog(workspace: Workspace, language: Language, name: str) -> Catalog | None:
    """A language's catalog of a document, None where there is no such file."""
    return _catalog(workspace.catalog(language, name), workspace)


def _catalog(path: Path, workspace: Workspace) -> Catalog | None:
    return catalog_of(read(path, workspace.shown(path))) if path.is_file() else None


def interfaces(workspace: Workspace, language: Language) -> list[Catalog]:
    """The interface catalogs of a language, the workspace's before the package's."""
    packed = interface_folder() / language.folder / "LC_MESSAGES" / f"{INTERFACE}.po"
    paths = dict.fromkeys((workspace.catalog(language, INTERFACE), packed))
    return [found for path in paths if (found := _catalog(path, workspace))]


def _no_catalog(workspace: Workspace, language: Language, name: str) -> PublishError:
    shown = workspace.shown(workspace.catalog(language, name))
    return PublishError(
        f"there is no catalog {shown}", hint="make it with publish update", code="catalog-missing"
    )


def _findings(
    document: Document,
    source: Language,
    corrections: Catalog | None,
    language: Language,
    interfaces: Iterable[Catalog],
) -> Iterator[Finding]:
    """What the checks say of the source with its corrections, and of the interface."""
    yield from check_front_matter(document)
    if corrections is not None:
        yield from checked_corrections(document, source, corrections)
    for interface in interfaces:
        yield from checked_interface(interface, language)


def _check_fallback(
    workspace: Workspace, name: str, language: Language, assembled: Assembled
) -> None:
    missing = assembled.coverage.words - assembled.coverage.translated
    if missing and workspace.settings.fallback.get(language.tag) == "fail":
        raise FindingsError(
            f"{name} in {language.tag} is not built: {missing} of "
            f"{assembled.coverage.words} words are not translated",
            (),
            f'translate them, or set fallback.{language.tag} = "source-marked"',
            code="fallback",
        )


def _revised(workspace: Workspace, document: Document, catalogs: Iterable[Catalog]) -> date:
    """The youngest day the document or a catalog says of itself; files' times are not read."""
    days = [day for day in (document.facts.published, document.facts.revised) if day]
    days += [day for catalog in catalogs if (day := _revision_day(catalog))]
    if not days:
        file = workspace.shown(workspace.source_files(document.name)[0])
        raise PublishError(
            "no date says how old this text is",
            Span(file, 1, 1),
            "add a line revised: 2024-06-24 to the front matter",
            code="front-matter",
        )
    return max(days)


def _revision_day(catalog: Catalog) -> date | None:
    found = re.match(r"\d{4}-\d{2}-\d{2}", catalog.header_field("PO-Revision-Date"))
    try:
        return date.fromisoformat(found.group()) if found else None
    except ValueError:
        return None
