"""Publish a document in many languages: sentences, gettext catalogs, PDF, EPUB and HTML.

The names below are the Python API; `publish.api` describes them.

    workspace = publish.open_workspace("my-report")
    publish.update(workspace)
    publish.build(workspace, formats=["epub"])
"""

from __future__ import annotations

TYPE_CHECKING = False  # Without importing typing, so that --help starts faster.
if TYPE_CHECKING:
    from typing import Any

    from publish.api import (
        Workspace,
        accept,
        approve,
        build,
        check,
        compose_page,
        export_kit,
        import_kit,
        import_translation,
        load_translation,
        open_workspace,
        reject,
        status,
        update,
    )
    from publish.errors import FindingsError, PublishError, UsageError

__all__ = [
    "FindingsError",
    "PublishError",
    "UsageError",
    "Workspace",
    "accept",
    "approve",
    "build",
    "check",
    "compose_page",
    "export_kit",
    "import_kit",
    "import_translation",
    "load_translation",
    "open_workspace",
    "reject",
    "status",
    "update",
]


def __getattr__(name: str) -> Any:
    """Load the API when it is first used, so that a command loads only what it needs."""
    if name not in __all__:
        raise AttributeError(f"module 'publish' has no attribute {name!r}")
    from publish import api, errors

    return getattr(errors if name.endswith("Error") else api, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
