"""The door to Jinja: templates of the workspace first, then those of the package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import jinja2
from markupsafe import Markup

from publish.editions.interface import Interface
from publish.errors import BuildError
from publish.model import Span

__all__ = ["Markup", "Templates", "render_template", "style_sheet"]

Templates = Sequence[Path]
"""Folders with templates and style sheets, the first one that has a file wins."""


def render_template(
    folders: Templates, name: str, values: Mapping[str, object], interface: Interface
) -> str:
    """A template filled in; every value that is not Markup is escaped.

    In templates `_('…')` is an interface string as markup, so that one without a translation
    stands marked as English; `t('…')` is the bare text, for attributes.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update({"_": _marked(interface), "t": interface.text})
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


MARKED = Markup('<span class="untranslated" lang="en" xml:lang="en" dir="ltr">{}</span>')


def _marked(interface: Interface) -> object:
    def marked(message: str) -> Markup:
        text = interface.text(message)
        if interface.knows(message):
            return Markup.escape(text)
        return MARKED.format(text)

    return marked


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
