"""Fills in templates; only this file imports Jinja.  Templates of the workspace come first.

A workspace may be anybody's, so templates run in Jinja's sandbox: they show values and cannot
change them, and they call nothing but Jinja's own functions, the three named below, and methods of
texts, numbers and lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import CodeType

import jinja2
import jinja2.bccache
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from publish.editions.page.interface import Interface
from publish.errors import BuildError, refuse_hidden_text
from publish.model import Span
from publish.visible import shorten

__all__ = ["Markup", "Templates", "marked_text", "read_style_sheet", "render_template"]

Templates = Sequence[Path]
"""Folders with templates and style sheets; a file is taken from the first folder that has it."""


def render_template(
    folders: Templates, name: str, values: Mapping[str, object], interface: Interface
) -> str:
    """Return a template filled in; every value that is not Markup is escaped.

    In templates, `_('…')` is an interface string as markup, marked as English if it is not
    translated.  `t('…')` is the plain text, for places that cannot hold markup, and `lang('…')`
    gives the attributes that say that this text is English.  Raises BuildError, with file and line
    if known, for a template that cannot be parsed or filled in.
    """
    environment = _Sandbox(
        loader=jinja2.FileSystemLoader(folders, "utf-8-sig"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_compiled(),
    )
    # Plain functions: a `partial` would show the interface to templates.
    environment.globals.update(
        {
            "_": lambda message: marked_text(interface, message),
            "t": lambda message: interface.text(message),
            "lang": lambda message: _language(interface, message),
        }
    )
    try:
        return environment.get_template(name).render(values)
    except jinja2.TemplateSyntaxError as error:
        place = Span(f"templates/{error.name or name}", error.lineno, error.lineno)
        raise BuildError(f"this template cannot be parsed: {error.message}", place) from error
    except UnicodeDecodeError as error:
        raise _not_utf_8(name) from error
    except (jinja2.TemplateError, *ERRORS) as error:
        raise BuildError(
            f"this template cannot be filled in: {shorten(str(error), 300)}",
            Span(f"templates/{name}", 1, 1),
            "compare it with the package's own template",
        ) from error


def _not_utf_8(name: str) -> BuildError:
    place = Span(f"templates/{name}", 1, 1)
    return BuildError("this file is not UTF-8", place, "save it as UTF-8")


ERRORS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What Python raises for an expression that makes no sense, such as `{{ 1 / 0 }}`."""

CALLABLE_FROM = frozenset({"builtins", "datetime", "jinja2", "markupsafe"})
"""The packages of types whose methods a template may call."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, without methods of values that are not plain data."""

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Return whether a template may read an attribute."""
        package = type(obj).__module__.partition(".")[0]
        if callable(value) and package not in CALLABLE_FROM:
            return False
        return super().is_safe_attribute(obj, attr, value)


class _Compiled(jinja2.BytecodeCache):
    """The compiled templates by the digest of their text, so that each is compiled once."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        assert bucket.code is not None
        self.codes[bucket.key, bucket.checksum] = bucket.code


@cache
def _compiled() -> _Compiled:
    """Return the cache of this process; compiling was half the time of a tree."""
    return _Compiled()


ENGLISH = Markup(' lang="en" xml:lang="en" dir="ltr"')
MARKED = Markup('<span class="untranslated"{}>{}</span>')


def marked_text(interface: Interface, message: str) -> Markup:
    """Return an interface string as markup, marked as English if it is not translated."""
    if interface.knows(message):
        return Markup.escape(interface.text(message))
    return MARKED.format(ENGLISH, message)


def _language(interface: Interface, message: str) -> Markup:
    return Markup("") if interface.knows(message) else ENGLISH


def read_style_sheet(folders: Templates, name: str) -> str:
    """Return the text of a style sheet, from the first folder that has it.

    Raises BuildError if there is none or it is not UTF-8, and as `refuse_hidden_text` does.
    """
    for folder in folders:
        path = folder / name
        if path.is_file():
            return _read(path)
    raise BuildError(
        f"the style sheet {name} is missing",
        hint=f"looked in {', '.join(folder.as_posix() for folder in folders)}",
    )


def _read(path: Path) -> str:
    data, shown = path.read_bytes(), f"templates/{path.name}"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        span = Span(shown, line, line)
        raise BuildError("this file is not UTF-8", span, "save it as UTF-8") from None
    refuse_hidden_text(text, shown)
    return text
