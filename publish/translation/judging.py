"""Run the checks on a translation, a source or an interface catalog, for `check` and for gates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath

from publish.checks.documents import DOCUMENT_RULES
from publish.checks.engine import (
    JudgedEntry,
    JudgedFinding,
    check_catalog,
    judge_catalog,
    judge_document,
    judge_entries,
    judge_together,
)
from publish.checks.gates import describe_count, list_gate_failures, select_counted
from publish.checks.rule import Rule
from publish.checks.views import CatalogView, DocumentView, ShownImage
from publish.errors import FindingsError
from publish.files import stays_inside
from publish.languages.language import Language
from publish.model import Catalog, Document, Entry, Finding, Key, Level, Span, find_images
from publish.project.workspace import INTERFACE, Workspace
from publish.reading.source import Source, take_texts
from publish.settings import Settings
from publish.translation.held import NOTHING_HELD, UNSAFE, HeldSentences, find_held
from publish.translation.inputs import find_uncovered
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = [
    "Judgement",
    "has_twin",
    "judge",
    "judge_each",
    "judge_front_matter",
    "judge_interface",
    "judge_rest",
    "judge_some",
    "judge_source",
    "list_warnings",
    "refuse_at_gate",
]

SAID = {
    "blank-line",
    "catalog-stale",
    "file-not-read",
    "image-undescribed",
    "title-missing",
    "undated",
}
"""Warnings that a build repeats, because they change what its editions show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The findings in a translation.

    `findings` are open, `accepted` were accepted by its translators, and `held` are the sentences
    whose translation cannot be shown.
    """

    findings: tuple[Finding, ...] = ()
    accepted: tuple[Finding, ...] = ()
    held: HeldSentences = NOTHING_HELD


def judge(
    loader: Loader,
    translation: Translation,
    *,
    use_fuzzy: bool = False,
    elsewhere: Mapping[Key, Entry] | None = None,
) -> Judgement:
    """Return the findings in a translation or, for the original, in its corrections.

    `elsewhere` has the translations of other documents, to compare with; a build leaves it out,
    and compares no vectors.
    Wrong translations and a missing catalog are findings; only a wrong glossary, and a
    library that the settings ask for and that is not there, raise PublishError.
    """
    held = find_held(translation, use_fuzzy=use_fuzzy)
    corrections = tuple(_of_corrections(translation))
    if translation.original:
        return Judgement(findings=corrections, held=held)
    if translation.catalog is None:
        missing = translation.missing
        finding = Finding(
            code=missing.listed_code, level=Level.ERROR, message=missing.message, hint=missing.hint
        )
        return Judgement(findings=(finding,), held=held)
    view = _view(loader.workspace, translation, use_fuzzy=use_fuzzy, elsewhere=elsewhere)
    rules = _load_rules(loader)
    found = list(judge_catalog(view, rules))
    found += [(one, False) for one in _judge_document(loader, translation)]
    return Judgement(
        findings=tuple(finding for finding, accepted in found if not accepted),
        accepted=tuple(finding for finding, accepted in found if accepted),
        held=held,
    )


def _load_rules(loader: Loader) -> tuple[Rule, ...]:
    """Return the rules for translations; raises PublishError for a wrong glossary."""
    from publish.checks.table import build_rules  # A book without translations needs no table.

    return build_rules(loader.glossary())


def judge_some(loader: Loader, translation: Translation, keys: Collection[Key]) -> list[Finding]:
    """Return the open findings in some entries by the rules that look at one entry or sentence.

    Rules that compare a sentence with others see only those in the same texts.
    """
    source = translation.source
    ids = (sid for key in keys for sid in source.ids.get(key, ()))
    texts = {id(text): text for _, text in map(source.by_id.__getitem__, ids)}.values()
    beside = dict.fromkeys(sentence.key for text in texts for sentence in text.sentences)
    entries = tuple(translation.entries[key] for key in beside if key in translation.entries)
    view = CatalogView(
        catalog=replace(translation.needed, entries=entries),
        language=translation.language,
        source=take_texts(source, texts, source.document),
        texts=translation.texts,
        corrections=translation.corrections,
        uncovered=partial(find_uncovered, loader.workspace, translation.language),
    )
    found = check_catalog(view, _load_rules(loader))
    return [one for one in found if one.key in keys]


def judge_each(loader: Loader, translation: Translation) -> Iterator[JudgedEntry]:
    """Yield what can be found in the entries of a translation, or a part of it, one by one.

    Of the original they are those of its corrections.  See `narrow` for parts.
    """
    if translation.original:
        if translation.corrections is not None:
            yield from judge_entries(_view_corrections(translation, translation.corrections))
    elif translation.catalog is not None:
        view = _view(loader.workspace, translation, use_fuzzy=False, elsewhere=None)
        yield from judge_entries(view, _load_rules(loader))


def judge_rest(loader: Loader, translation: Translation) -> tuple[JudgedFinding, ...]:
    """Return what `judge` finds in a translation besides what `judge_each` finds."""
    if translation.original:
        if translation.corrections is None:
            return ()
        return judge_together(_view_corrections(translation, translation.corrections))
    if translation.catalog is None:
        return tuple((one, False) for one in judge(loader, translation).findings)
    view = _view(loader.workspace, translation, use_fuzzy=False, elsewhere=None)
    found = judge_together(view, _load_rules(loader))
    return (*found, *((one, False) for one in _judge_document(loader, translation)))


def _judge_document(loader: Loader, translation: Translation) -> Iterator[Finding]:
    view = DocumentView(
        source=translation.source,
        language=translation.language,
        pictures=tuple(_pictured(loader.workspace, translation.source.document)),
    )
    return judge_document(view, _load_rules(loader))


def _view(
    workspace: Workspace,
    translation: Translation,
    *,
    use_fuzzy: bool,
    elsewhere: Mapping[Key, Entry] | None,
) -> CatalogView:
    vectors = _find_vectors(workspace, translation)
    return CatalogView(
        catalog=translation.needed,
        language=translation.language,
        source=translation.source,
        texts=translation.texts,
        use_fuzzy=use_fuzzy,
        corrections=translation.corrections,
        elsewhere=elsewhere or {},
        uncovered=partial(find_uncovered, workspace, translation.language),
        vectors=vectors if elsewhere is not None else None,
    )


def _find_vectors(workspace: Workspace, translation: Translation) -> Path | None:
    """Return the file for vectors of a catalog's sentences, None if the settings want none."""
    if workspace.settings.meaning != "vectors":
        return None
    folder = workspace.root / "build/.vectors" / translation.language.folder
    return workspace.confined(folder / f"{translation.source.document.name}.vectors")


def judge_source(translation: Translation) -> tuple[Finding, ...]:
    """Return the findings in a source itself and in its corrections."""
    of_corrections = () if translation.original else _of_corrections(translation)
    return (*judge_front_matter(translation.source), *of_corrections)


def judge_front_matter(source: Source) -> tuple[Finding, ...]:
    """Return the findings in a source itself, such as in its front matter."""
    view = DocumentView(kind="source", source=source, language=source.language)
    found = judge_document(view, DOCUMENT_RULES)
    return (*source.document.remarks, *_undated(source.document), *found)


def _undated(document: Document) -> Iterator[Finding]:
    """Yield a warning for a text without a date, which keeps it from being approved."""
    if not (document.facts.published or document.facts.revised):
        yield Finding(
            code="undated",
            level=Level.WARNING,
            message="the document has no date",
            span=document.front[0].prose.span,
            hint="add a line such as published: 2024-06-24 to the front matter",
        )


def _of_corrections(translation: Translation) -> Iterator[Finding]:
    """Yield the findings in the catalog of the source's own language."""
    if translation.corrections is None:
        return iter(())
    return check_catalog(_view_corrections(translation, translation.corrections))


def _view_corrections(translation: Translation, corrections: Catalog) -> CatalogView:
    return CatalogView(
        kind="source",
        catalog=corrections,
        language=translation.source.language,
        source=translation.source,
        texts=translation.correction_texts,
    )


def judge_interface(loader: Loader, language: Language) -> tuple[Finding, ...]:
    """Return the findings in the workspace's interface catalog of a language.

    That of the package is nobody's to correct here.  Raises PublishError for a damaged one.
    """
    shown = loader.workspace.shown(loader.workspace.catalog(language, INTERFACE))
    catalogs = [one for one in loader.interfaces(language) if one.file == shown]
    return tuple(found for one in catalogs for found in _judge_interface(one, language))


@lru_cache(maxsize=64)
def _judge_interface(catalog: Catalog, language: Language) -> tuple[Finding, ...]:
    return tuple(check_catalog(CatalogView(kind="interface", catalog=catalog, language=language)))


def _pictured(workspace: Workspace, document: Document) -> list[ShownImage]:
    folder = workspace.image_folder(document.name)
    tags = [language.tag for language in workspace.languages()]
    return [
        ShownImage(src, span, frozenset(tag for tag in tags if has_twin(src, folder, tag)))
        for src, span in find_images(document).items()
    ]


def has_twin(src: str, folder: Path, tag: str) -> bool:
    """Return whether `map.png` has a `map.ru.png` beside it, within the folder."""
    stem, dot, suffix = src.rpartition(".")
    path = PurePosixPath(f"{stem}.{tag}{dot}{suffix}")
    if path.is_absolute() or ".." in path.parts:
        return False
    return stays_inside(folder / path, folder) and (folder / path).is_file()


# --------------------------------------------------------------------------- gates


def refuse_at_gate(
    settings: Settings, name: str, language: Language, findings: Iterable[Finding]
) -> None:
    """Raise FindingsError where a translation is unsafe or does not pass the draft gate.

    Every edition is at least a draft, so a build has to pass this gate.
    """
    found = tuple(findings)
    what = f"{name} in {language.tag} is not built"
    wrong = [one for one in found if one.level is Level.ERROR and one.code in UNSAFE]
    if wrong:
        raise FindingsError(what, wrong)
    gate = settings.gate("draft")
    if reasons := list_gate_failures(gate, found):
        raise FindingsError(
            f"{what}, because it does not pass the draft gate: {', '.join(reasons)}",
            select_counted(gate, found),
            "fix the findings; if a text is right, accept a finding with the comment # ok: CODE",
            code="gate",
        )


def list_warnings(
    findings: Iterable[Finding], held: HeldSentences, name: str, language: Language
) -> list[Finding]:
    """Return what a build reports of findings that do not stop it.

    Sentences that are held back are reported one by one, all other errors with one warning.
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
        code="catalog-errors",
        level=Level.WARNING,
        message=f"the checks find {describe_count(len(errors), Level.ERROR)} in this translation",
        span=Span(file, 1, 1),
        hint=f"see them with publish check {name} -l {language.tag}",
    )
    return [*said, counted]
