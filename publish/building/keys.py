"""The key of an edition: a hash of everything it is made from.  Time stamps are never read."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from publish.building.makers import compute_code_digest, find_version, list_files
from publish.editions.braille.louis import fingerprint_louis
from publish.editions.fontfiles import find_font_paths, list_beside, list_font_files
from publish.editions.fonts import name_font_package
from publish.editions.images.collecting import find_image_files
from publish.editions.images.kinds import SUFFIXES
from publish.editions.page.theme import read_theme
from publish.errors import PublishError
from publish.files import stays_inside
from publish.languages.language import Language
from publish.languages.registry import find
from publish.model import FORMATS, Edition
from publish.project.packedwords import find_packed_words
from publish.project.workspace import INTERFACE, Workspace
from publish.resources import find_template_folder
from publish.translation.loading import Loader, digest_file

__all__ = [
    "Known",
    "compute_makers_digest",
    "find_input_files",
    "find_own_files",
    "have_inputs_changed",
    "make_edition_key",
]

Found = TypeVar("Found")

ELSEWHERE = re.compile(rb"""\.\.[/\\]|[(<"'][/\\]|\]:\s*<?[/\\]|%2e""", re.IGNORECASE)
"""What a path to an image outside of the source's folder begins with."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a run has found out about the inputs of editions, so as to ask once for all of them."""

    found: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, key: Hashable, find: Callable[[], Found]) -> Found:
        """Return what `find` returned when it was first called for this key."""
        if key not in self.found:
            self.found[key] = find()
        return self.found[key]  # type: ignore[no-any-return]


def make_edition_key(
    loader: Loader,
    edition: Edition,
    *,
    use_fuzzy: bool,
    paged: bool = False,
    known: Known | None = None,
) -> str:
    """Return a digest that changes with every byte of the edition's inputs or its makers.

    `paged` says that it lists the pages of its PDF, which has the same inputs.  `known` is shared
    by the editions of a run.  Raises OSError for a file that cannot be read.
    """
    known = known or Known()
    kind = edition.format, edition.page, use_fuzzy, paged and FORMATS[edition.format].lists_pages
    own = known.once(("kind", kind), partial(_describe_kind, loader.workspace, edition, kind))
    shared = ("shared", edition.document, edition.languages, edition.further)
    digest = known.once(shared, partial(_digest_shared, loader, edition, known))
    return hashlib.sha256(own + digest).hexdigest()


def _describe_kind(workspace: Workspace, edition: Edition, kind: Sequence[object]) -> bytes:
    """Return what editions of one kind have of their own."""
    return json.dumps([*kind, _braille_facts(workspace, edition)]).encode()


def _digest_shared(loader: Loader, edition: Edition, known: Known) -> bytes:
    """Return a digest of the settings and the files of an edition, which all its formats share."""
    workspace = loader.workspace
    facts = [
        edition.document,
        [edition.languages, edition.further],
        workspace.settings.segmentation.get(edition.document),
        workspace.settings.top_level_division.get(edition.document),
        known.once("facts", lambda: _digest_facts(_common_facts(workspace))),
    ]
    for tag in edition.tags:
        facts.append(known.once(("facts", tag), partial(_digest_language, workspace, tag)))
    digest = hashlib.sha256(json.dumps(facts).encode())
    for key, paths in _find_inputs(loader, edition, known):
        digest.update(known.once(("digest", key), partial(_digest_files, loader, paths)))
    return digest.digest()


def _common_facts(workspace: Workspace) -> list[object]:
    """Return the settings that all editions have, and what their code is."""
    settings = workspace.settings
    return [
        settings.source_language,
        settings.pdf_variant,
        settings.epub_fonts,
        [settings.notes, settings.form, settings.two_sided, settings.contents_depth],
        settings.booklet_sheets,
        settings.lines,
        [settings.numbered, dict(settings.captions), settings.lists],
        dict(settings.accessibility),
        {state: asdict(gate) for state, gate in settings.gates.items()},
        dict(settings.reviewers),
        compute_code_digest(),
    ]


def _digest_language(workspace: Workspace, tag: str) -> str:
    """Return a digest of the settings of a language, and of the fonts that they name."""
    settings = workspace.settings
    return _digest_facts(
        [
            settings.fallback.get(tag),
            settings.fonts.get(tag),
            settings.translators.get(tag),
            _font_versions(workspace, tag),
        ]
    )


def _digest_facts(facts: list[object]) -> str:
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def _digest_files(loader: Loader, paths: Iterable[Path]) -> bytes:
    """Return a digest of the names and the bytes of files; one that is not there has no bytes."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"\0{_name(loader.workspace, path)}\0".encode())
        digest.update(loader.digest(path))
    return digest.digest()


def have_inputs_changed(loader: Loader, edition: Edition, before: Sequence[Path]) -> bool:
    """Return whether an input of an edition has changed since the loader read it.

    `before` are the paths of its input files at that time.
    """
    try:
        now = find_input_files(loader, edition)
        return now != list(before) or any(digest_file(path) != loader.digest(path) for path in now)
    except OSError:
        return True


def _name(workspace: Workspace, path: Path) -> str:
    whole, base = str(path), f"{workspace.root}{os.sep}"
    return whole[len(base) :].replace(os.sep, "/") if whole.startswith(base) else path.name


def _languages(edition: Edition) -> tuple[Language, ...]:
    return tuple(map(find, edition.tags))


def _braille_facts(workspace: Workspace, edition: Edition) -> list[object]:
    """Return what makes the cells of a braille edition: the settings, liblouis, its tables."""
    if not FORMATS[edition.format].asks_louis:
        return []
    return [asdict(workspace.settings.braille), fingerprint_louis()]


def _font_versions(workspace: Workspace, language: str) -> list[str]:
    """Return the versions of the fonts that the theme and the settings name.

    That of a file outside the workspace is a digest of its bytes.
    """
    theme = read_theme(workspace.template_folders(find_template_folder()))
    named = workspace.settings.fonts.get(language, ())
    families = [*theme.families, *(family for family in named if "/" not in family)]
    paths = [one for path in find_font_paths(named) for one in list_beside(path)]
    versions = [find_version(name_font_package(family)) for family in families]
    return versions + [digest_file(path).hex() if path.is_file() else "" for path in paths]


def find_input_files(loader: Loader, edition: Edition, known: Known | None = None) -> list[Path]:
    """Return the paths of all files an edition is made from, in the workspace and the package.

    Raises the errors of `find_own_files`, and PublishError for other links out of the workspace.
    """
    groups = _find_inputs(loader, edition, known or Known())
    paths = dict.fromkeys(path for _, group in groups for path in group)
    return [path for path in paths if path.is_file()]


Group = tuple[Hashable, Sequence[Path]]
"""Files that several editions may have in common, and what they are called in `Known`."""


def _find_inputs(loader: Loader, edition: Edition, known: Known) -> list[Group]:
    """Return the files of an edition, those of its own first; some may not exist.

    They are the same in every format.
    """
    key = ("inputs", edition.document, edition.tags)
    return known.once(key, partial(_list_inputs, loader, edition, known))


def _list_inputs(loader: Loader, edition: Edition, known: Known) -> list[Group]:
    workspace = loader.workspace
    groups = [*_find_own(loader, edition, known)]
    for tag in edition.tags:
        words = known.once(("words", tag), partial(_word_files, workspace, find(tag)))
        groups.append((("words", tag), words))
    groups.append(("look", known.once("look", partial(_look_files, workspace))))
    return groups


def _word_files(workspace: Workspace, language: Language) -> list[Path]:
    """Return the interface catalogs of a language."""
    packed = find_packed_words(language)
    return [workspace.catalog(language, INTERFACE), *([packed] if packed else [])]


def _look_files(workspace: Workspace) -> list[Path]:
    """Return the files that all editions share: glossary, templates and fonts."""
    paths = [workspace.glossary]
    for folder in workspace.template_folders(find_template_folder()):
        paths += _template_files(folder)
    return paths + list_font_files(workspace.fonts)


def find_own_files(loader: Loader, edition: Edition, known: Known | None = None) -> list[Path]:
    """Return the paths of source, images, catalogs and ledgers of an edition; not all may exist.

    Raises PublishError (code `link-refused`) for one outside the workspace, and UsageError where
    there is no source.
    """
    return [path for _, group in _find_own(loader, edition, known or Known()) for path in group]


def _find_own(loader: Loader, edition: Edition, known: Known) -> list[Group]:
    key = ("own", edition.document, edition.tags)
    return known.once(key, partial(_list_own, loader, edition, known))


def _list_own(loader: Loader, edition: Edition, known: Known) -> list[Group]:
    workspace, name = loader.workspace, edition.document
    source = workspace.source_language
    key: Hashable = ("source", name)
    files = known.once(key, partial(workspace.source_files, name))
    groups: list[Group] = [(key, files), _find_images(workspace, name, known)]
    if known.once(("elsewhere", name), partial(_leads_elsewhere, files)):
        groups.append((("images", name, edition.tags), _images_elsewhere(loader, edition)))
    for language in _languages(edition):
        key = ("catalog", name, language.tag)
        find_catalog = partial(_catalog_files, workspace, language, name, known)
        groups.append((key, known.once(key, find_catalog)))
    corrections = ("corrections", name)
    groups.append((corrections, known.once(corrections, lambda: [workspace.catalog(source, name)])))
    return groups


def _find_images(workspace: Workspace, name: str, known: Known) -> Group:
    """Return the images in the folder of a source, which may be that of other sources too."""
    folder = known.once(("folder", name), partial(workspace.image_folder, name))
    key = ("images", folder)
    return key, known.once(key, partial(_list_images, folder))


def _list_images(folder: Path) -> list[Path]:
    return [path for path in list_files(folder, SUFFIXES) if stays_inside(path, folder)]


def _catalog_files(workspace: Workspace, language: Language, name: str, known: Known) -> list[Path]:
    """Return the catalog and the ledger of a document; their folder is looked at once in a run."""
    folder = known.once(("folder of", language.tag), partial(_find_folder, workspace, language))
    if folder is not None and "/" not in name:
        paths = [folder / f"{name}.po", folder / f"{name}.review.csv"]
        if not any(map(os.path.islink, paths)):
            return paths
    return [workspace.catalog(language, name), workspace.ledger(language, name)]


def _find_folder(workspace: Workspace, language: Language) -> Path | None:
    """Return the folder of the catalogs of a language; None if a link leads to it."""
    folder = workspace.root.joinpath("locales", language.folder, "LC_MESSAGES")
    return folder if os.path.realpath(folder) == os.fspath(folder) else None


def _leads_elsewhere(files: Iterable[Path]) -> bool:
    """Return whether a source has a path to an image outside of its folder, as it seems."""
    return any(ELSEWHERE.search(_pick_lines(path.read_bytes())) for path in files)


def _pick_lines(data: bytes) -> bytes:
    """Return the lines that may have a part of such a path, since most have none."""
    return b"\n".join(
        [
            line
            for line in data.split(b"\n")
            if b"/" in line or b"\\" in line or b"]:" in line or b"%" in line
        ]
    )


def _images_elsewhere(loader: Loader, edition: Edition) -> list[Path]:
    """Return all images of a document, of which some are outside of its folder."""
    workspace, name = loader.workspace, edition.document
    try:
        document = loader.source(name).document
    except PublishError:
        return []
    tags = [language.tag for language in _languages(edition)]
    return find_image_files(document, workspace.image_folder(name), workspace.root, tags)


def compute_makers_digest(workspace: Workspace, editions: Iterable[Edition]) -> str:
    """Return a digest of what makes editions, without the files of the workspace.

    It covers the code, its templates and interface catalogs, the libraries and the fonts.
    """
    editions = tuple(editions)
    digest = hashlib.sha256(compute_code_digest().encode())
    if any(FORMATS[one.format].asks_louis for one in editions):
        digest.update(fingerprint_louis().encode())
    every = {tag for one in editions for tag in one.tags}
    for language in sorted(every):
        digest.update(" ".join(_font_versions(workspace, language)).encode())
        words = find_packed_words(find(language))
        digest.update(words.read_bytes() if words else b"")
    for path in _template_files(find_template_folder()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _template_files(folder: Path) -> list[Path]:
    return list_files(folder, (".xhtml", ".css", ".icc", *SUFFIXES))
