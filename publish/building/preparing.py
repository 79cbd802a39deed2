"""Prepare the text of an edition: read source and catalogs, check and compose them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from publish.editions.dates import UNDATED
from publish.editions.images.collecting import CollectedImages, collect_images
from publish.editions.page.captions import fill_numbers
from publish.editions.page.edition import Manuscript
from publish.editions.page.interface import make_interface
from publish.editions.page.materials import Materials, choose_layout
from publish.editions.page.theme import read_logo
from publish.errors import FindingsError, PublishError
from publish.languages.language import Language
from publish.languages.registry import find
from publish.model import (
    FORMATS,
    Catalog,
    Coverage,
    Document,
    Edition,
    Finding,
    Format,
    Level,
    SentSentence,
    make_fingerprint,
    proses,
)
from publish.project.workspace import Workspace
from publish.reading.faults import list_faults
from publish.resources import find_template_folder
from publish.reviews.states import advise_next_state, determine_state, refuse_unreviewed
from publish.reviews.verdicts import ReviewFigures
from publish.translation.composing import compose
from publish.translation.held import HeldSentences, find_held
from publish.translation.inputs import judge_letters, list_families, read_own_faces
from publish.translation.judging import (
    judge,
    judge_interface,
    judge_source,
    list_warnings,
    refuse_at_gate,
)
from publish.translation.loading import Loader
from publish.translation.reviewed import count_reviews
from publish.translation.translation import Translation

__all__ = [
    "Draft",
    "PreparedText",
    "Texts",
    "draft_text",
    "find_revision",
    "gather_materials",
    "prepare",
    "prepare_draft",
    "prepare_texts",
]


@dataclass(frozen=True, slots=True)
class PreparedText:
    """A manuscript with its materials, and what is to be said about it.

    Errors among the `warnings` belong to sentences that are held back.  `marked` is the text with
    marks of its sentences, if a format needs them.
    """

    text: Manuscript
    materials: Materials
    warnings: tuple[Finding, ...]
    marked: Manuscript | None = None

    @property
    def for_sentences(self) -> Manuscript:
        """The text with marks of its sentences; raises AssertionError if it has none."""
        assert self.marked is not None, "the text was prepared without marks"
        return self.marked

    def for_format(self, kind: Format) -> PreparedText:
        """Return this with the text that a format shows; raises AssertionError if it has none."""
        if not FORMATS[kind].marks_sentences:
            return self
        return replace(self, text=self.for_sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A translation composed and checked, even if it has errors.

    `findings` are those of source, translation and interface.  `held` are the sentences shown in
    the source language because their translation cannot be used.
    """

    text: Manuscript
    findings: tuple[Finding, ...]
    held: HeldSentences
    review: ReviewFigures | None


def draft_text(
    loader: Loader, translation: Translation, *, use_fuzzy: bool = False, marked: bool = False
) -> Draft:
    """Return a translation as it would be shown now, saved or not.

    Wrong or missing translations raise no error.  Raises PublishError for a wrong glossary or
    a damaged interface catalog.  `marked` marks each sentence with
    its id.
    """
    settings, language = loader.workspace.settings, translation.language
    judgement = judge(loader, translation, use_fuzzy=use_fuzzy)
    findings = (
        *judge_source(translation),
        *judgement.findings,
        *judge_interface(loader, language),
    )
    held = judgement.held
    review = None if translation.original else count_reviews(loader.workspace, translation)
    text = _make_manuscript(loader, translation, held, use_fuzzy=use_fuzzy, marked=marked)
    state = determine_state(settings, findings, text.coverage, review, held=bool(held.findings))
    return Draft(text=replace(text, state=state), findings=findings, held=held, review=review)


def _make_manuscript(
    loader: Loader,
    translation: Translation,
    held: HeldSentences,
    *,
    use_fuzzy: bool = False,
    marked: bool = False,
) -> Manuscript:
    """Return the text of a translation as a draft, without its pictures."""
    settings, language = loader.workspace.settings, translation.language
    composed = compose(translation, held, use_fuzzy=use_fuzzy, marked=marked, known=loader.composed)
    interface = make_interface(language, loader.interfaces(language))
    return Manuscript(
        document=fill_numbers(
            composed.document, language, interface, settings.lists, marked=marked
        ),
        coverage=composed.coverage,
        language=language,
        source=translation.source.language,
        interface=interface,
        revised=find_revision(translation),
        original=translation.original,
        captions=settings.captions,
        lists=settings.lists,
    )


def prepare_draft(loader: Loader, translation: Translation) -> PreparedText:
    """Return a translation as it would be built now, with and without marks of its sentences.

    What its sentences were made from is not noted.  Its gates are not asked, and sentences that
    cannot be shown are in the language of the source.  Raises PublishError if a picture or the
    interface catalog cannot be read.
    """
    workspace = loader.workspace
    held = find_held(translation)
    text = _make_manuscript(loader, translation, held)
    review = None if translation.original else count_reviews(workspace, translation)
    wrong = bool(held.findings)
    if determine_state(workspace.settings, (), text.coverage, review, held=wrong) != "draft":
        text = replace(text, state=draft_text(loader, translation).text.state)
    images = _collect_images(workspace, translation, text.document)
    text = replace(text, pictures=images.pictures)
    marked = replace(text, document=_mark(loader, translation, held, text, use_fuzzy=False))
    materials = gather_materials(workspace, translation, images.files)
    return PreparedText(text, materials, images.remarks, marked)


def prepare(
    loader: Loader, name: str, language: Language, *, use_fuzzy: bool, marked: bool = False
) -> PreparedText:
    """Return a document in a language, ready to be written, `marked` for formats that need that.

    Raises PublishError if source or catalog cannot be read, and FindingsError if a translation is
    unsafe or does not pass a gate or the fallback setting.  What stops the edition comes with all
    errors in its texts.
    """
    translation = loader.translation(name, language)
    if not translation.original and translation.po is None:
        raise translation.missing
    draft = draft_text(loader, translation, use_fuzzy=use_fuzzy)
    try:
        prepared = _prepared(loader, translation, draft)
    except PublishError as error:
        raise _with_errors(error, draft.findings) from None
    if not marked:
        return prepared
    document = _mark(loader, translation, draft.held, prepared.text, use_fuzzy)
    sent = tuple(_list_sent(translation))
    return replace(prepared, marked=replace(prepared.text, document=document, sent=sent))


def _mark(
    loader: Loader,
    translation: Translation,
    held: HeldSentences,
    text: Manuscript,
    use_fuzzy: bool,
) -> Document:
    """Return the document of a text with marks of its sentences."""
    composed = compose(translation, held, use_fuzzy=use_fuzzy, marked=True, known=loader.composed)
    lists = loader.workspace.settings.lists
    return fill_numbers(composed.document, text.language, text.interface, lists, marked=True)


def _list_sent(translation: Translation) -> Iterator[SentSentence]:
    """Yield the sentences of a text; of the original, those of its corrections."""
    entries = translation.corrected if translation.original else translation.entries
    source = translation.source
    texts = zip(proses(source.document), source.texts, strict=True)
    whole = {one.id for prose, text in texts if prose.whole for one in text.sentences}
    for sentence in source.sentences:
        entry = entries.get(sentence.key)
        made = make_fingerprint(entry.msgstr, fuzzy=entry.fuzzy) if entry else ""
        yield SentSentence(
            id=sentence.id,
            source=make_fingerprint(sentence.unit.msgid, fuzzy=False),
            translation=made or make_fingerprint("", fuzzy=False),
            whole=sentence.id in whole,
        )


def _with_errors(error: PublishError, findings: Iterable[Finding]) -> PublishError:
    """Return an error together with the errors in the texts, so that one run says all of them."""
    wrong = [one for one in findings if one.level is Level.ERROR]
    if not wrong or type(error) not in (PublishError, FindingsError):
        return error
    known = error.findings if isinstance(error, FindingsError) else ()
    every = dict.fromkeys((*known, *wrong))
    return FindingsError(error.message, every, error.hint, span=error.span, code=error.code)


def _prepared(loader: Loader, translation: Translation, draft: Draft) -> PreparedText:
    settings, name, language = loader.workspace.settings, translation.name, translation.language
    text, findings, review = draft.text, draft.findings, draft.review
    refuse_at_gate(settings, name, language, findings)
    _check_fallback(loader.workspace, translation, text.coverage)
    warnings = list_warnings(findings, draft.held, name, language)
    if not translation.original:
        held = bool(draft.held.findings)
        refuse_unreviewed(settings, name, language, text.coverage, review)
        warnings += advise_next_state(
            settings, (name, language), findings, text.coverage, review, held=held
        )
    workspace = loader.workspace
    images = _collect_images(workspace, translation, text.document)
    return PreparedText(
        replace(text, pictures=images.pictures),
        gather_materials(workspace, translation, images.files),
        (*warnings, *images.remarks),
    )


def _collect_images(
    workspace: Workspace, translation: Translation, document: Document
) -> CollectedImages:
    """Return the images of a text; raises their errors with those of the source's letters."""
    folder = workspace.image_folder(document.name)
    try:
        return collect_images(document, folder, workspace.root)
    except PublishError as error:
        letters = judge_letters(workspace, translation.source.document)
        if not letters:
            raise
        found = (*list_faults(error), *letters)
        raise FindingsError(
            f"{document.name} has {len(found)} faults", found, code="source-faults"
        ) from None


Texts = Mapping[tuple[str, str], PreparedText | PublishError]
"""Prepared texts by document name and language tag, or the error of one that failed."""


def prepare_texts(loader: Loader, editions: Iterable[Edition]) -> Texts:
    """Prepare every text of these editions, each once."""
    found: dict[tuple[str, str], PreparedText | PublishError] = {}
    wanted: dict[tuple[str, str], bool] = {}
    for edition in editions:
        for tag in edition.tags:
            key = edition.document, tag
            wanted[key] = wanted.get(key, False) or FORMATS[edition.format].marks_sentences
    for (name, tag), marked in wanted.items():
        try:
            made = prepare(loader, name, find(tag), use_fuzzy=False, marked=marked)
            found[name, tag] = made
        except PublishError as error:
            found[name, tag] = error
    return found


def gather_materials(
    workspace: Workspace, translation: Translation, images: Mapping[str, bytes]
) -> Materials:
    """Return what a text is laid out with: images, templates, fonts and claims."""
    settings, tag = workspace.settings, translation.language.tag
    folders = workspace.template_folders(find_template_folder())
    return Materials(
        images={**images, **read_logo(folders)},
        templates=folders,
        pdf_variant=settings.pdf_variant,
        families=list_families(workspace, translation.language),
        own_fonts=read_own_faces(workspace, translation.language),
        embed_fonts=settings.epub_fonts == "embedded",
        translator=settings.translators.get(tag, ""),
        accessibility=settings.accessibility,
        layout=choose_layout(settings, translation.source.document),
        best_lines=settings.lines == "best",
        gathering=settings.booklet_sheets,
        braille=settings.braille,
    )


def _check_fallback(workspace: Workspace, translation: Translation, coverage: Coverage) -> None:
    tag = translation.language.tag
    missing = coverage.words - coverage.translated
    if missing and workspace.settings.fallback.get(tag) == "fail":
        raise FindingsError(
            f"{translation.name} in {tag} is not built: {missing} of "
            f"{coverage.words} words are not translated",
            (),
            f'translate them, or set fallback.{tag} = "source-marked" in publish.toml',
            code="fallback",
        )


def find_revision(translation: Translation) -> date:
    """Return the latest date in the document or a catalog; the times of files are not read."""
    document = translation.source.document
    catalogs = filter(None, (translation.catalog, translation.corrections))
    days = [day for day in (document.facts.published, document.facts.revised) if day]
    days += [day for catalog in catalogs if (day := _revision_day(catalog))]
    return max(days, default=UNDATED)


def _revision_day(catalog: Catalog) -> date | None:
    found = re.match(r"\d{4}-\d{2}-\d{2}", catalog.header_field("PO-Revision-Date"))
    try:
        return date.fromisoformat(found.group()) if found else None
    except ValueError:
        return None
