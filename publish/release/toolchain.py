"""The versions of the programs, libraries and fonts that make editions."""

from __future__ import annotations

import ctypes
import platform
import zlib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

from publish.building.keys import compute_makers_digest
from publish.editions.braille.louis import fingerprint_louis
from publish.editions.fonts import name_font_package
from publish.editions.page.theme import read_theme
from publish.model import FORMATS
from publish.project.workspace import Workspace
from publish.resources import find_template_folder

__all__ = ["list_toolchain"]

PACKAGES = ("ebooklib", "fonttools", "lxml", "pillow", "pyphen", "weasyprint")
SYSTEM_LIBRARIES = {
    "harfbuzz": ("libharfbuzz.so.0", "hb_version_string"),
    "pango": ("libpango-1.0.so.0", "pango_version_string"),
}


def list_toolchain(workspace: Workspace) -> dict[str, str]:
    """Return versions by name; `code` is a digest of this program, its templates and libraries.

    It says nothing else about the machine: no path, host name or date.
    """
    found = {name: _version(name) for name in (*PACKAGES, *_fonts(workspace))}
    found |= {name: _system(*where) for name, where in SYSTEM_LIBRARIES.items()}
    found |= {
        "publish": _version("publish-toolkit"),
        "code": compute_makers_digest(workspace, workspace.editions()),
    }
    if any(FORMATS[one.format].asks_louis for one in workspace.editions()):
        found["liblouis"] = fingerprint_louis().partition(" ")[0]
    found |= {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    return dict(sorted(found.items()))


def _fonts(workspace: Workspace) -> Iterable[str]:
    theme = read_theme(workspace.template_folders(find_template_folder()))
    families = [*theme.families]
    named = [name for names in workspace.settings.fonts.values() for name in names]
    families += [name for name in named if "/" not in name]
    return dict.fromkeys(map(name_font_package, families))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _system(library: str, function: str) -> str:
    try:
        ask = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return ""
    ask.restype = ctypes.c_char_p
    answer = ask()
    return answer.decode("ascii") if isinstance(answer, bytes) else ""
