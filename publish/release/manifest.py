"""`manifest.json`: every file of a release, and the versions of the tools that made it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from publish.errors import PublishError
from publish.release.gathering import EditionFile, ReleasedVersion
from publish.release.sums import compute_sha256

__all__ = ["ListedFile", "Manifest", "list_edition", "read_manifest", "write_manifest"]

FORMAT, VERSION = "publish release", 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFile:
    """One file of a release.  Only editions have more than the first four fields.

    `language` is `en+ru` for a bilingual edition, whose other figures are the translation's, and
    `mul` for a page with all `languages`, whose other figures are those of the first.
    `kind` is edition, cover, bundle, page, feed or key; `state` is draft, reviewed, approved or
    original.  `words` counts those of the document, `translated` those shown in the edition's
    language.
    """

    name: str
    kind: str
    size: int
    sha256: str
    document: str = ""
    language: str = ""
    format: str = ""
    page: str = ""
    state: str = ""
    revised: str = ""
    pages: int = 0
    words: int = 0
    translated: int = 0
    percent: int = 0
    source: str = ""
    catalog: str = ""
    ledger: str = ""
    languages: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The list of what a release contains.

    `revised` is the latest date of all editions.  `previous` is the SHA-256 of the `SHA256SUMS` of
    the previous release, empty for the first.
    """

    files: tuple[ListedFile, ...]
    toolchain: Mapping[str, str]
    revised: str
    previous: str = ""

    @property
    def editions(self) -> tuple[ListedFile, ...]:
        """Return the files that are editions."""
        return tuple(one for one in self.files if one.kind == "edition")


def list_edition(version: ReleasedVersion, copy: EditionFile) -> ListedFile:
    """Return the entry of an edition."""
    covered = version.text.coverage
    return ListedFile(
        name=copy.name,
        kind="edition",
        size=len(copy.data),
        sha256=compute_sha256(copy.data),
        document=version.document,
        language=copy.edition.languages,
        format=copy.edition.format,
        page=copy.edition.page,
        state=copy.state,
        revised=version.text.revised.isoformat(),
        pages=copy.pages,
        words=covered.words,
        translated=covered.translated,
        percent=covered.percent,
        source=version.inputs.source,
        catalog=version.inputs.catalog,
        ledger=version.inputs.ledger,
        languages=" ".join(copy.edition.tags) if copy.edition.further else "",
    )


def write_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as JSON, without empty fields."""
    files = sorted(manifest.files, key=lambda one: one.name)
    content = {
        "format": FORMAT,
        "version": VERSION,
        "revised": manifest.revised,
        "previous": manifest.previous,
        "toolchain": dict(manifest.toolchain),
        "files": [_row(one) for one in files],
    }
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _row(one: ListedFile) -> dict[str, object]:
    return {
        name: value
        for name in ListedFile.__dataclass_fields__
        if (value := getattr(one, name)) != "" and (one.kind == "edition" or value != 0)
    }


def read_manifest(data: bytes) -> Manifest:
    """Return the manifest in a file; raises PublishError (code `release-manifest`) for others."""
    try:
        content = json.loads(data)
        if (content["format"], content["version"]) != (FORMAT, VERSION):
            raise _wrong("is of a format that this version of publish does not know")
        files = tuple(_listed(row) for row in content["files"])
        tools = {str(name): str(value) for name, value in content["toolchain"].items()}
        found = Manifest(files, tools, str(content["revised"]), str(content["previous"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _wrong("cannot be read") from error
    if write_manifest(found) != data:
        raise _wrong("was not written by publish")
    return found


def _listed(row: dict[str, Any]) -> ListedFile:
    blank = ListedFile(name="", kind="", size=0, sha256="")
    for name, value in row.items():
        if type(value) is not type(getattr(blank, name)):
            raise TypeError(name)
    return replace(blank, **row)


def _wrong(what: str) -> PublishError:
    return PublishError(
        f"the list of released files (manifest.json) {what}",
        hint="do not use this copy or pass it on; get it again",
        code="release-manifest",
    )
