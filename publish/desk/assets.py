"""The files of the page that come with the program: scripts, style sheets, pictures, fonts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Asset", "Assets", "load_assets"]

KINDS = {
    ".css": "text/css; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
"""What is served, by the end of its name; other files stay unknown."""
FOREVER = "private, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file, what it is, and the tag by which a browser asks whether it changed."""

    data: bytes
    kind: str
    tag: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All files by name.  No name is ever looked up on the disk, so none can lead elsewhere.

    `version` changes with any of them: a browser keeps `/static/VERSION/NAME` for good, and so the
    scripts that such a script loads by its side; it asks for `/static/NAME` each time.
    """

    files: Mapping[str, Asset]
    version: str

    def address(self, name: str) -> str:
        """Return the address of a file, for a page."""
        return f"/static/{self.version}/{name}"

    def find(self, path: str) -> tuple[Asset, str] | None:
        """Return a file and how long it may be kept, by its path below `/static/`."""
        version, _, name = path.partition("/")
        if version == self.version and name in self.files:
            return self.files[name], FOREVER
        return (self.files[path], ASK_AGAIN) if path in self.files else None


def load_assets(folder: Path) -> Assets:
    """Return the files of a folder and of the folders in it."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in KINDS and path.is_file()
    }
    files = {
        name: Asset(data, KINDS[Path(name).suffix], f'"{hashlib.sha256(data).hexdigest()[:20]}"')
        for name, data in found.items()
    }
    whole = hashlib.sha256("\n".join(f"{name} {one.tag}" for name, one in files.items()).encode())
    return Assets(files, f"v{whole.hexdigest()[:12]}")
