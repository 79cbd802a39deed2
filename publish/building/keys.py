"""The key of an edition: a hash of everything it is made from.  Time stamps are never read."""

from __future__ import annotations

import ctypes
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

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
    "MAKERS",
    "compute_code_digest",
    "compute_makers_digest",
    "find_input_files",
    "find_own_files",
    "have_inputs_changed",
    "make_edition_key",
]

LIBRARIES = (
    "babel",
    "ebooklib",
    "fonttools",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "mdit-py-plugins",
    "pillow",
    "pydyf",
    "pyphen",
    "resvg-py",
    "tinycss2",
    "tinyhtml5",
    "weasyprint",
    "ziafont",
)
SYSTEM_LIBRARIES = (
    ("libpango-1.0.so.0", "pango_version", ctypes.c_int),
    ("libharfbuzz.so.0", "hb_version_string", ctypes.c_char_p),
)
MAKERS = (
    "building",
    "catalogs",
    "checks",
    "containers",
    "editions",
    "errors",
    "files",
    "garbage",
    "languages",
    "leftovers",
    "model",
    "oserrors",
    "po",
    "project",
    "reading",
    "resources",
    "reviews",
    "settingtable",
    "settings",
    "translation",
    "visible",
)
"""The rooms whose code decides the bytes of editions or the messages of a build."""

ELSEWHERE = re.compile(rb"""\.\.[/\\]|[(<"'][/\\]|\]:\s*<?[/\\]|%2e""", re.IGNORECASE)
"""What a path to an image outside of the source's folder begins with."""


def make_edition_key(
    loader: Loader, edition: Edition, *, use_fuzzy: bool, paged: bool = False
) -> str:
    """Return a digest that changes with every byte of the edition's inputs or its makers.

    `paged` says that it lists the pages of its PDF, which has the same inputs.
    Raises OSError for a file that cannot be read.
    """
    workspace = loader.workspace
    digest = hashlib.sha256()
    settings = workspace.settings
    tags = [language.tag for language in _languages(edition)]
    facts = [
        edition.document,
        [edition.languages, edition.further],
        edition.format,
        edition.page,
        use_fuzzy,
        paged and FORMATS[edition.format].lists_pages,
        settings.source_language,
        settings.segmentation.get(edition.document),
        [settings.fallback.get(tag) for tag in tags],
        [settings.fonts.get(tag) for tag in tags],
        settings.pdf_variant,
        settings.epub_fonts,
        [settings.notes, settings.form, settings.two_sided, settings.contents_depth],
        settings.booklet_sheets,
        settings.lines,
        [settings.numbered, dict(settings.captions), settings.lists],
        [settings.translators.get(tag) for tag in tags],
        dict(settings.accessibility),
        [_font_versions(workspace, tag) for tag in tags],
        {state: asdict(gate) for state, gate in settings.gates.items()},
        _braille_facts(workspace, edition),
        compute_code_digest(),
    ]
    digest.update(json.dumps(facts).encode())
    for path in find_input_files(loader, edition):
        digest.update(f"\0{_name(workspace, path)}\0".encode())
        digest.update(loader.digest(path))
    return digest.hexdigest()


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
    return workspace.shown(path) if path.is_relative_to(workspace.root) else path.name


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
    versions = [_version(name_font_package(family)) for family in families]
    return versions + [digest_file(path).hex() if path.is_file() else "" for path in paths]


def find_input_files(loader: Loader, edition: Edition) -> list[Path]:
    """Return the paths of all files an edition is made from, in the workspace and the package.

    Raises the errors of `find_own_files`, and PublishError for other links out of the workspace.
    """
    workspace = loader.workspace
    paths = find_own_files(loader, edition)
    for language in _languages(edition):
        paths += [workspace.catalog(language, INTERFACE), workspace.glossary]
        paths += filter(None, [find_packed_words(language)])
    for folder in workspace.template_folders(find_template_folder()):
        paths += _template_files(folder)
    paths += list_font_files(workspace.fonts)
    return [path for path in dict.fromkeys(paths) if path.is_file()]


def find_own_files(loader: Loader, edition: Edition) -> list[Path]:
    """Return the paths of source, images, catalogs and ledgers of an edition; not all may exist.

    Raises PublishError (code `link-refused`) for one outside the workspace, and UsageError where
    there is no source.
    """
    workspace = loader.workspace
    source = workspace.source_language
    paths: list[Path] = list(workspace.source_files(edition.document))
    folder = workspace.image_folder(edition.document)
    paths += [path for path in _files(folder, SUFFIXES) if stays_inside(path, folder)]
    paths += _images_elsewhere(loader, edition)
    for language in _languages(edition):
        paths += [workspace.catalog(found, edition.document) for found in (language, source)]
        paths += [workspace.ledger(language, edition.document)]
    return paths


def _images_elsewhere(loader: Loader, edition: Edition) -> list[Path]:
    """Return the images of a document, if it has some outside of its folder.

    The source is read for this only if it has a path that leads there.
    """
    workspace, name = loader.workspace, edition.document
    texts = (path.read_bytes() for path in workspace.source_files(name))
    if not any(ELSEWHERE.search(text) for text in texts):
        return []
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
    return _files(folder, (".xhtml", ".css", ".icc", *SUFFIXES))


def _files(folder: Path, suffixes: Iterable[str]) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in suffixes)


def _code_files(room: Path) -> list[Path]:
    """Return the files of a room, which is a folder or a single module."""
    if room.is_dir():
        return _files(room, (".py", ".dic", ".xml", ".utb"))
    return [room.with_suffix(".py")]


@cache
def compute_code_digest() -> str:
    """Return a digest of the code in `MAKERS` and the versions of the libraries."""
    digest = hashlib.sha256()
    package = Path(__file__).parents[1]
    for path in sorted(path for room in MAKERS for path in _code_files(package / room)):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    for name in LIBRARIES:
        digest.update(f"{name} {_version(name)}\n".encode())
    for name, function, kind in SYSTEM_LIBRARIES:
        digest.update(f"{name} {_system_version(name, function, kind)}\n".encode())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _system_version(name: str, function: str, kind: type[ctypes._SimpleCData[Any]]) -> str:
    try:
        asked = getattr(ctypes.CDLL(name), function)
        asked.restype = kind
        return str(asked())
    except (OSError, AttributeError):
        return ""
