"""The images of a text as its editions show them: without metadata, converted where needed."""

from __future__ import annotations

from dataclasses import replace

from publish.editions.images.collecting import collect_images
from publish.editions.images.kinds import find_kind
from publish.errors import UsageError
from publish.model import Document, find_images
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = ["read_image"]

MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


def read_image(loader: Loader, translation: Translation, path: str) -> tuple[bytes, str]:
    """Return an image by its path in the source, as an edition in this language shows it.

    Also returns its media type.  Raises UsageError for a path that the source does not have, and
    PublishError for an image that cannot be shown.
    """
    document = translation.source.document
    if path not in find_images(document):
        raise UsageError("the document has no such image")
    workspace = loader.workspace
    alone = _only(document, path, translation.language.tag)
    found = collect_images(alone, workspace.image_folder(document.name), workspace.root)
    data = found.files[found.pictures[path].name]
    return data, MEDIA_TYPES.get(find_kind(data) or ".svg", "image/svg+xml")


def _only(document: Document, path: str, tag: str) -> Document:
    """Return a document with only those blocks that show an image."""

    def alone(**parts: object) -> Document:
        empty = {"front": (), "body": (), "notes": (), "language": tag}
        return replace(document, **{**empty, **parts})  # type: ignore[arg-type]

    return alone(
        front=tuple(one for one in document.front if path in find_images(alone(front=(one,)))),
        body=tuple(one for one in document.body if path in find_images(alone(body=(one,)))),
        notes=tuple(one for one in document.notes if path in find_images(alone(notes=(one,)))),
    )
