"""Say what went wrong to a browser: in words, with a fix, and with no path of this machine."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from publish.errors import PublishError, UsageError
from publish.visible import make_visible

__all__ = ["PathHider", "describe_error", "status_of"]

STATUSES = {"desk-closed": 401, "desk-rights": 403, "desk-limit": 429, "workspace-busy": 423}
"""The statuses of the desk's own refusals, by code, and of what may be tried again."""

_PATH = re.compile(
    r"(?<![\w/.:<\\…-])(?:/[^\s/\\'\"<>|:,;()\[\]]+){2,}/?"
    r"|(?<!\w)[A-Za-z]:[\\/][^\s'\"<>|]+|\\\\[^\s'\"<>|]+"
)
"""What looks like the path of a file, on any system: two names or more, a slash before each."""


class PathHider:
    """Leaves only their last names of paths of this machine; those of the workspace get short."""

    def __init__(self, root: Path) -> None:
        real = Path(root).resolve()
        self._name = real.name
        self._roots = sorted({str(root), str(real)}, key=len, reverse=True)
        others = {Path.home(), Path(sys.prefix), Path(tempfile.gettempdir()), Path(__file__).parent}
        others |= {root.parent, real.parent}
        found = {str(path) for path in others} | {str(path.resolve()) for path in others}
        self._others = sorted((one for one in found if len(one) > 1), key=len, reverse=True)

    def hide(self, value: Any) -> Any:
        """Return texts, and what is made of texts, without such paths."""
        match value:
            case str():
                return self._hidden(value)
            case dict():
                return {key: self.hide(one) for key, one in value.items()}
            case list() | tuple():
                return [self.hide(one) for one in value]
            case _:
                return value

    def _hidden(self, text: str) -> str:
        for root in self._roots:
            text = re.sub(rf"{re.escape(root)}[/\\]", "", text)
            # The folder itself is named as people know it.
            text = re.sub(rf"{re.escape(root)}(?![\w.-])", lambda _: self._name, text)
        for folder in self._others:
            text = re.sub(rf"{re.escape(folder)}(?=[/\\])", "…", text)
            text = re.sub(rf"{re.escape(folder)}(?![\w.-])", "…", text)
        return _PATH.sub(lambda found: _last(found.group()), text)


def _last(path: str) -> str:
    return "…/" + re.split(r"[/\\]", path.rstrip("/"))[-1]


def describe_error(error: PublishError) -> dict[str, Any]:
    """Return an error as data: its message, its fix, its code and its place."""
    return {
        "message": make_visible(error.message),
        "hint": make_visible(error.hint),
        "code": error.code,
        "place": str(error.span) if error.span else "",
    }


def status_of(error: PublishError) -> int:
    """Return the status of an answer that tells an error."""
    if error.code in STATUSES:
        return STATUSES[error.code]
    return 400 if isinstance(error, UsageError) else 422
