"""Find the sources, catalogs and editions of a workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from publish.errors import PublishError, UsageError, did_you_mean
from publish.files import marks_workspace, refuse_outside
from publish.languages.language import Language
from publish.languages.registry import find
from publish.model import FORMATS, Document, Edition, Finding, Format, PageSize
from publish.project.chosen import put_together, refuse_twins
from publish.project.sourcefolder import (
    decode_source,
    is_unread,
    list_book_files,
    list_markdown,
    list_source_folder,
    list_unread,
    tell_unread,
)
from publish.reading.chapters import Chapters, arrange_chapters
from publish.reading.faults import Faults
from publish.reading.marks.dialectmarks import DIALECT_MARKS
from publish.reading.marks.nearmarks import NEAR_MARKS
from publish.reading.sourcefile import SourceFile
from publish.settings import FILES, Settings, find_setting, read_settings

if TYPE_CHECKING:
    from publish.reading.chunkreading import ChunkReader

__all__ = ["Workspace", "open_workspace"]

Look = Callable[[Document, Faults], None]

INTERFACE = "publish"
"""The name of the interface catalogs; no document may have it."""
MARK_NAMES = sorted({mark.name for mark in DIALECT_MARKS} | {mark.name for mark in NEAR_MARKS})


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with settings, `source/`, `locales/` and, optionally, its own `templates/`."""

    root: Path
    settings: Settings

    # ---- what there is

    def documents(self, wanted: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the names of the documents, those `wanted` or all.

        Raises UsageError for an unknown or reserved name, and where there is no document.
        """
        known = self.settings.documents or self._found()
        if INTERFACE in known:
            raise UsageError(
                f"a document cannot be called {INTERFACE}",
                hint="the interface catalogs have this name: rename the source",
            )
        for name in self.settings.documents:
            if not name or PurePath(name).name != name or name.startswith(".") or "\\" in name:
                raise UsageError(
                    f"{name!r} is not the name of a document",
                    find_setting(self.root, "documents", name),
                    "write NAME for source/NAME.md or the folder source/NAME/",
                )
        for key in ("segmentation", "top-level-division"):
            for name in getattr(self.settings, key.replace("-", "_")):
                if name not in known:
                    raise UsageError(
                        f"the setting {key} names {name!r}, but there is no such document",
                        find_setting(self.root, key, name),
                        did_you_mean(name, known),
                    )
        for name in wanted:
            if name not in known:
                raise UsageError(f"there is no document {name!r}", hint=did_you_mean(name, known))
        if not known:
            raise UsageError("there is no document in source/", hint="write one: source/NAME.md")
        return tuple(wanted) or known

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all documents; unlike for `documents`, there may be none yet."""
        return self.documents() if self.settings.documents or self._found() else ()

    def _found(self) -> tuple[str, ...]:
        files, folders = list_source_folder(self.root / "source")
        names = {path.stem for path in files}
        names |= {path.name for path in folders if any(list_markdown(path))}
        return tuple(sorted(name for name in names if not name.startswith(".")))

    def languages(self, wanted: Iterable[str] = ()) -> tuple[Language, ...]:
        """Return the languages of the settings, or those `wanted`.

        Raises UsageError for one that is not in the settings.
        """
        known = self.settings.languages
        wanted = [_as_known(tag, known) for tag in wanted]
        for tag in wanted:
            if tag not in known:
                raise UsageError(
                    f"this workspace has no language {tag!r}", hint=_language_hint(tag, known)
                )
        return tuple(find(tag) for tag in tuple(wanted) or known)

    def target_languages(self, wanted: Iterable[str] = ()) -> tuple[Language, ...]:
        """Return the languages that the source is translated into, or those `wanted`.

        Raises UsageError for one that is not in the settings, and for the language of the source.
        """
        asked = tuple(wanted)
        source = self.source_language.tag
        found = self.languages(asked)
        if asked and any(language.tag == source for language in found):
            raise UsageError(
                f"{source} is the language of the source, so it is not translated",
                hint="choose another language",
            )
        return tuple(language for language in found if language.tag != source)

    @property
    def source_language(self) -> Language:
        return find(self.settings.source_language)

    def editions(
        self,
        languages: Iterable[str] = (),
        documents: Iterable[str] = (),
        formats: Iterable[Format] = (),
        pages: Iterable[PageSize] = (),
        pairs: Iterable[str] = (),
        *,
        together: bool = False,
    ) -> tuple[Edition, ...]:
        """Return the editions asked for: by document, then language, format and, for PDF, page.

        With `together`, or by the settings, several languages are in one page of HTML.
        `pairs` are bilingual ones, such as `en+ru`.  With `languages` or `pairs`, only these are
        returned; with neither, all of the settings.  Bilingual PDFs are made for A4 only.  Raises
        UsageError for anything unknown, for a bilingual PDF on other pages, and where two
        editions would have the same file: `a` for phones, and `a.phone`.
        """
        wanted, asked, pages = tuple(languages), tuple(pairs), tuple(pages)
        chosen = tuple(formats) or self.settings.formats
        laid_out = pages or self.settings.pages
        wide: tuple[PageSize, ...] = ("a4",) if not pages or "a4" in pages else ()
        if asked and "pdf" in chosen and not wide:
            raise UsageError(
                "a bilingual PDF is made on A4 only",
                hint="use --page a4, or leave out --page",
            )
        names = self.documents(documents)
        alone = self.languages(wanted) if wanted or not asked else ()
        beside = self.pairs(asked or (() if wanted else self.settings.bilingual))
        found = tuple(
            Edition(document=name, language=first.tag, format=kind, page=page, second=second)
            for name in names
            for first, second, sizes in (
                *((language, "", laid_out) for language in alone),
                *((one, other.tag, wide) for one, other in beside),
            )
            for kind in chosen
            for page in (sizes if FORMATS[kind].has_pages else ("a4",))
        )
        if together or self.settings.html == "together":
            found = put_together(found, self.settings.languages)
        for folder in {one.languages for one in found}:
            self.confined(self.root / "build" / folder)
        refuse_twins(found)
        return found

    def pairs(self, wanted: Iterable[str]) -> tuple[tuple[Language, Language], ...]:
        """Return the languages of pairs such as `en+ru`; raises UsageError for anything else."""
        return tuple(self._pair(pair) for pair in dict.fromkeys(wanted))

    def _pair(self, pair: str) -> tuple[Language, Language]:
        first, plus, second = pair.partition("+")
        known = self.settings.languages
        if not plus or _as_known(first, known) == _as_known(second, known):
            hint = "write two languages with a plus between them: en+ru"
            raise UsageError(f"{pair!r} is not a pair of languages", hint=hint)
        one, other = self.languages((first, second))
        return one, other

    # ---- where it is

    def source_path(self, name: str) -> Path:
        """Return the file of a document, or the folder of its chapters.

        Raises UsageError where there is neither, or both.
        """
        source = self.root / "source"
        single = list_source_folder(source, name)[0]
        folder = source / name
        found = [*single, *([folder] if any(list_markdown(folder)) else [])]
        if len(found) > 1:
            one, other = (f"source/{path.name}" for path in found[:2])
            other = f"the folder {other}/" if found[1] == folder else other
            raise UsageError(
                f"{name} is both {one} and {other}",
                hint="keep one of them, or rename one",
            )
        if not found:
            raise UsageError(
                f"there is no source/{name}.md",
                hint="write it, or correct documents in the settings",
            )
        return found[0]

    def source_files(self, name: str) -> tuple[Path, ...]:
        """Return the file of a document, or all files of its folder that its text is made from.

        Raises UsageError as `source_path` does, and PublishError (code `link-refused`) where a
        file is outside the workspace.
        """
        path = self.source_path(name)
        found = list_book_files(path) if path.is_dir() else [path]
        return tuple(map(self.confined, found))

    def image_folder(self, name: str) -> Path:
        """Return the folder that a document's image paths are relative to."""
        path = self.source_path(name)
        return self.confined(path if path.is_dir() else path.parent)

    def catalog(self, language: Language, name: str) -> Path:
        """Return the path of a document's catalog in a language; the file may not exist."""
        return self._beside_catalogs(language, f"{name}.po")

    def ledger(self, language: Language, name: str) -> Path:
        """Return the path of a document's review ledger in a language; the file may not exist."""
        return self._beside_catalogs(language, f"{name}.review.csv")

    def _beside_catalogs(self, language: Language, name: str) -> Path:
        return self.confined(self.root.joinpath("locales", language.folder, "LC_MESSAGES", name))

    @property
    def cache(self) -> Path:
        """The folder that keeps finished editions; the settings can put it elsewhere."""
        return self.root / Path(self.settings.cache).expanduser()

    @property
    def fonts(self) -> Path:
        """The folder of the workspace's own font files; it may not exist."""
        return self.confined(self.root / "fonts")

    @property
    def glossary(self) -> Path:
        """The path of the glossary for all documents and languages; the file may not exist."""
        return self.confined(self.root / "locales" / "glossary.csv")

    def template_folders(self, packed: Path) -> tuple[Path, Path]:
        """Return the folders to search for templates and style sheets, the workspace's first.

        Raises PublishError (code `link-refused`) if a link in the workspace's leads out of it, or
        is one to a folder.
        """
        own = self.confined(self.root / "templates")
        for path in filter(Path.is_symlink, own.rglob("*")):
            if self.confined(path).is_dir():
                raise PublishError(
                    f"{self.shown(path)} is a link to a folder, and templates are not read from it",
                    hint="put a copy of the folder in its place, or delete the link",
                    code="link-refused",
                )
        return own, packed

    def template(self, name: str) -> Path:
        """Return the path of a document's `.pot` file."""
        return self.confined(self.root / "locales" / f"{name}.pot")

    def output(self, edition: Edition) -> Path:
        """Return the path of the file of an edition."""
        return self.confined(Path(f"{self.root}/{edition.file}"))

    def confined(self, path: Path) -> Path:
        """Return a path of the workspace, to read or to write.

        Raises PublishError (code `link-refused`) if it leads out of the workspace, or into `.git`.
        """
        return refuse_outside(path, self.root)

    def shown(self, path: Path) -> str:
        """Return a path as shown to people: relative to the workspace, with slashes."""
        inside = path.is_relative_to(self.root)
        return path.relative_to(self.root).as_posix() if inside else str(path)

    # ---- reading

    def read(
        self, name: str, look: Look | None = None, chunks: ChunkReader | None = None
    ) -> Document:
        """Return a document in its source language; `look` finds more errors where there are some.

        `chunks` know what was read before.  Raises PublishError for an error in the source,
        UsageError where there is no file.
        """
        place, faults = self.source_path(name), Faults()
        texts: dict[str, str] = {}
        for path in self.source_files(name):
            with faults.collecting():
                shown, tag = self.shown(path), self.settings.source_language
                texts[shown] = decode_source(path.read_bytes(), shown, tag)
        from publish.reading.markdown import read_document  # Most of what the program loads.

        chapters = Chapters(tuple(SourceFile(*pair) for pair in texts.items()))
        if place.is_dir():
            chapters = arrange_chapters(texts, faults)
            tell_unread(list_unread(place), self.shown(place), faults)
        if not any(not chapter.part for chapter in chapters.files):
            _no_chapters(self.shown(place), faults)
        return read_document(
            name,
            self.settings.source_language,
            chapters.files,
            folder=self.shown(self.image_folder(name)),
            whole=self.settings.segmentation.get(name) == "paragraph",
            as_typed=self.settings.typography == "as-typed",
            as_text=self.settings.as_text,
            numbered=self.settings.numbered,
            top_level=self.settings.top_level_division.get(name, ""),
            look=look,
            title=chapters.title,
            faults=faults,
            chunks=chunks,
        )

    def unread(self) -> tuple[Finding, ...]:
        """Return a warning for the texts in `source/` that are not Markdown."""
        faults = Faults()
        found = [path for path in (self.root / "source").glob("*") if is_unread(path)]
        tell_unread(sorted(found), "source", faults)
        return tuple(faults.remarks)


def _no_chapters(shown: str, faults: Faults) -> None:
    """Raise the errors found, or that a folder has no chapter."""
    faults.raise_all((shown,))
    raise PublishError(
        f"{shown} has a summary that names no chapter",
        hint="name them, as - [Title](path.md)",
        code="chapter-missing",
    )


def _as_known(tag: str, known: Iterable[str]) -> str:
    """Return a tag in the upper and lower case of the settings."""
    return next((name for name in known if name.lower() == tag.lower()), tag)


def _language_hint(tag: str, known: Iterable[str]) -> str:
    try:
        language = find(tag)
    except UsageError as error:
        return error.hint
    return f"add it with publish language add {language.tag} (known: {', '.join(known)})"


def open_workspace(start: Path) -> Workspace:
    """Return the workspace that contains a folder; raises UsageError where there is none.

    Raises UsageError for wrong settings too, such as an unknown language.
    """
    for folder in (start, *start.parents):
        if marks_workspace(folder):
            for name in FILES:
                refuse_outside(folder / name, folder)
            workspace = Workspace(folder, read_settings(folder))
            _refuse_unknown(workspace)
            return workspace
    raise UsageError(
        f"{start} is not in a workspace",
        hint="change to the folder of a workspace, or create one with publish init",
    )


def _refuse_unknown(workspace: Workspace) -> None:
    """Raise UsageError, with its line, for an unknown language or mark in the settings."""
    settings = workspace.settings
    tags = [("source-language", settings.source_language)]
    tags += [("languages", tag) for tag in settings.languages]
    for key, tag in tags:
        try:
            find(tag)
        except UsageError as error:
            place = find_setting(workspace.root, key, tag)
            raise UsageError(error.message, place, error.hint) from error
    for name in settings.as_text:
        if name not in MARK_NAMES:
            place = find_setting(workspace.root, "as-text", name)
            message = f"{name!r} is not the name of a mark that as-text can have"
            raise UsageError(message, place, did_you_mean(name, MARK_NAMES))
