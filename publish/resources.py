"""The folders of data that come with the package: templates, style sheets, interface catalogs.

In a wheel they are in `publish/_data`.  In a checkout they are the top-level folders of the
repository, so that there is one copy of each.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["find_interface_folder", "find_template_folder"]

_PACKAGE = Path(__file__).parent


def _data(name: str) -> Path:
    packed = _PACKAGE / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


def find_template_folder() -> Path:
    """Return the folder of the default templates and style sheets."""
    return _data("templates")


def find_interface_folder() -> Path:
    """Return the folder with `LANG/LC_MESSAGES/publish.po`, the interface texts of editions."""
    return _data("locales")
