"""The door to Jinja: templates of the workspace first, then those of the package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from types import CodeType

import jinja2
import jinja2.bccache
from markupsafe import Markup

from publish.editions.page.interface import Interface
from publish.errors import BuildError
from publish.model import Span

__all__ = ["Markup", "Templates", "marked_text", "render_template", "style_sheet"]

Templates = Sequence[Path]
"""Folders with templates and style sheets, the first one that has a file wins."""


def render_template(
    folders: Templates, name: str, values: Mapping[str, object], interface: Interface
) -> str:
    """A template filled in; every value that is not Markup is escaped.

    In templates `_('…')` is an interface string as markup, so that one without a translation
    stands marked as English; `t('…')` is the bare text, for where no markup can stand, and
    `lang('…')` the attributes which say that this text is English.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_compiled(),
    )
    environment.globals.update(
        {
            "_": partial(marked_text, interface),
            "t": interface.text,
            "lang": partial(_language, interface),
        }
    )
    try:
        return environment.get_template(name).render(values)
    except jinja2.TemplateSyntaxError as error:
        place = Span(f"templates/{error.name or name}", error.lineno, error.lineno)
        raise BuildError(f"the template does not parse: {error.message}", place) from error
    except jinja2.TemplateError as error:
        raise BuildError(
            f"the template cannot be filled in: {error.message}",
            Span(f"templates/{name}", 1, 1),
            "compare it with the package's own template",
        ) from error


class _Compiled(jinja2.BytecodeCache):
    """The code of templates by the digest of their text, so that each is compiled once."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        assert bucket.code is not None
        self.codes[bucket.key, bucket.checksum] = bucket.code


@cache
def _compiled() -> _Compiled:
    """That of this process: compiling was half the time of a tree."""
    return _Compiled()


ENGLISH = Markup(' lang="en" xml:lang="en" dir="ltr"')
MARKED = Markup('<span class="untranslated"{}>{}</span>')


def marked_text(interface: Interface, message: str) -> Markup:
    """An interface string as markup, marked as English where it is not translated."""
    if interface.knows(message):
        return Markup.escape(interface.text(message))
    return MARKED.format(ENGLISH, message)


def _language(interface: Interface, message: str) -> Markup:
    return Markup("") if interface.knows(message) else ENGLISH


def style_sheet(folders: Templates, name: str) -> str:
    """The text of a style sheet, from the first folder that has it."""
    for folder in folders:
        path = folder / name
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise BuildError(
        f"there is no style sheet {name}",
        hint=f"looked in {', '.join(folder.as_posix() for folder in folders)}",
    )
