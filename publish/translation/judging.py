"""The one judge: what the checks say of a translation, as `check` shows it and gates weigh it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from publish.checks.accepting import corrected_by
from publish.checks.gates import counted_level, holding, weighed
from publish.checks.health import check_fuzzy, check_header, check_stale, check_superseded
from publish.checks.measure import check_elsewhere
from publish.checks.running import Checking, Judged, judged
from publish.checks.table import (
    WHOLE_CATALOG,
    check_corrections,
    check_interface,
    checks_with,
)
from publish.checks.wholes import Pictured, check_front_matter, check_letters, check_twins
from publish.editions.fonts import missing_letters
from publish.editions.theme import theme_faces, theme_of
from publish.errors import FindingsError, MissingPartError
from publish.languages.language import Language
from publish.model import Catalog, Document, Entry, Finding, Key, Level, Span, shown_images
from publish.resources import template_folder
from publish.settings import Settings
from publish.translation.held import NOTHING_HELD, UNSAFE, Held, find_held
from publish.translation.loading import Loader
from publish.translation.translation import Translation
from publish.workspace import Workspace

__all__ = [
    "Judgement",
    "judge",
    "judge_interface",
    "judge_source",
    "refuse_at_gate",
    "warnings_of",
]

WholeCheck = Callable[[Catalog], Iterator[Finding]]

SAID = {"blank-line", "catalog-stale"}
"""Warnings that a build repeats, since they change what its editions show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is to be said of a translation.

    `findings` are open, `accepted` are those that its translators accepted, `held` are the
    sentences that cannot stand as they are translated.
    """

    findings: tuple[Finding, ...] = ()
    accepted: tuple[Finding, ...] = ()
    held: Held = NOTHING_HELD


def judge(
    loader: Loader,
    translation: Translation,
    *,
    use_fuzzy: bool = False,
    elsewhere: Mapping[Key, Entry] | None = None,
) -> Judgement:
    """Return what the checks say of a translation, or of the corrections of the original.

    `elsewhere` has the translations of other documents, which a build does not look at.
    Wrong translations are findings and raise nothing; only a wrong glossary raises PublishError.
    """
    held = find_held(translation, use_fuzzy=use_fuzzy)
    corrections = tuple(_of_corrections(translation))
    if translation.original:
        return Judgement(findings=corrections, held=held)
    if translation.catalog is None:
        missing = translation.missing
        told = Finding(missing.listed_code, Level.ERROR, missing.message, hint=missing.hint)
        return Judgement(findings=(told,), held=held)
    found = list(_judged(loader, translation, use_fuzzy, elsewhere))
    return Judgement(
        findings=tuple(finding for finding, accepted in found if not accepted),
        accepted=tuple(finding for finding, accepted in found if accepted),
        held=held,
    )


def _judged(
    loader: Loader,
    translation: Translation,
    use_fuzzy: bool,
    elsewhere: Mapping[Key, Entry] | None,
) -> Iterator[Judged]:
    catalog = translation.needed
    checks = [*_wholes(loader.workspace, translation)]
    checks += [partial(check_elsewhere, first=elsewhere)] if elsewhere else []
    seen = tuple(found for check in checks for found in check(catalog))
    return judged(
        Checking(
            translation.source,
            catalog,
            translation.language,
            checks_with(loader.glossary()),
            use_fuzzy,
            (*WHOLE_CATALOG, lambda _: iter(seen)),
            corrected_by(translation.corrections),
            translation.texts,
        )
    )


def judge_source(translation: Translation) -> tuple[Finding, ...]:
    """Return what the checks say of the source: its front matter, and its corrections."""
    of_corrections = () if translation.original else _of_corrections(translation)
    return (*check_front_matter(translation.source.document), *of_corrections)


def _of_corrections(translation: Translation) -> Iterator[Finding]:
    """What the checks say of the catalog of the source's own language."""
    if translation.corrections is not None:
        source, catalog = translation.source, translation.corrections
        yield from check_header(catalog, source.language)
        yield from check_fuzzy(catalog)
        yield from check_corrections(source, catalog, translation.correction_texts)


def judge_interface(loader: Loader, language: Language) -> tuple[Finding, ...]:
    """Return what the checks say of the interface catalogs of a language.

    Raises PublishError for one that is damaged.
    """
    return tuple(
        finding
        for catalog in loader.interfaces(language)
        for found in (
            check_header(catalog, language),
            check_interface(catalog, language.direction),
        )
        for finding in found
    )


def _wholes(workspace: Workspace, translation: Translation) -> Iterator[WholeCheck]:
    """The checks of catalog and document that need to know more than the catalog."""
    language, corrections = translation.language, translation.corrections
    yield partial(check_header, language=language)
    yield partial(check_stale, source=translation.source)
    yield check_fuzzy
    if corrections is not None:
        yield partial(check_superseded, corrections=corrections)
    yield partial(check_letters, uncovered=partial(_uncovered, workspace, language))
    images = _pictured(workspace, translation.source.document)
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


# --------------------------------------------------------------------------- gates


def refuse_at_gate(
    settings: Settings, name: str, language: Language, findings: Iterable[Finding]
) -> None:
    """Raise FindingsError where a translation is unsafe, or the gate of drafts holds it back.

    Every edition is a draft, so this gate is the one that a build has to pass.
    """
    found = tuple(findings)
    what = f"{name} in {language.tag} is not built"
    wrong = [one for one in found if one.level is Level.ERROR and one.code in UNSAFE]
    if wrong:
        raise FindingsError(what, wrong)
    gate = settings.gate("draft")
    if reasons := holding(gate, found):
        raise FindingsError(
            f"{what}, held back at the gate of drafts: {', '.join(reasons)}",
            weighed(gate, found),
            "correct them, or accept texts that are right with a comment: # ok: CODE",
            code="gate",
        )


def warnings_of(
    findings: Iterable[Finding], held: Held, name: str, language: Language
) -> list[Finding]:
    """Return what a build says of findings that do not hold it back.

    Sentences that are held back are told one by one, all other errors with one warning.
    """
    found = tuple(findings)
    said = [finding for finding in found if finding.code in SAID]
    spots = {(one.code, one.span, one.key) for one in held.findings}
    errors = []
    for finding in found:
        if (finding.code, finding.span, finding.key) in spots:
            said.append(finding)
        elif finding.level is Level.ERROR:
            errors.append(finding)
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
