"""What comes with the package: templates, style sheets and interface catalogs.

In a wheel they lie in `publish/_data`; in a checkout the repository's own top-level folders
serve, so that there is one copy of each.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["interface_folder", "template_folder"]

_PACKAGE = Path(__file__).parent


def _data(name: str) -> Path:
    packed = _PACKAGE / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


def template_folder() -> Path:
    """The folder of default templates and style sheets."""
    return _data("templates")


def interface_folder() -> Path:
    """The folder with `LANG/LC_MESSAGES/publish.po`, the words of the editions themselves."""
    return _data("locales")
