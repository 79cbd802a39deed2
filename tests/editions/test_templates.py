"""Templates of a workspace, which may be anybody's: they show values and do nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from publish.editions.page.interface import Interface
from publish.editions.page.templates import render_template
from publish.errors import BuildError
from publish.languages.registry import find


@dataclass(frozen=True, slots=True)
class Work:
    """A value with a field and a method, as those of the pages are."""

    title: str

    def spend(self) -> str:
        return "spent"


def rendered(template: str, folder: Path) -> str:
    (folder / "x.xhtml").write_text(template, "utf-8")
    values = {"work": Work("A"), "names": ["a"], "by_name": {"a": "b"}, "path": folder}
    return render_template([folder], "x.xhtml", values, Interface(find("en"), {}))


HOSTILE = [
    # the ways from a value to the interpreter
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ work.__class__.__init__.__globals__ }}",
    "{{ _.__globals__ }}",
    "{{ t.__globals__['__builtins__'] }}",
    "{{ _.func }}{{ _.args }}",
    "{{ self.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ cycler.__init__.__globals__.os.system('id') }}",
    "{{ ''|attr('__class__') }}",
    "{{ ['x']|map(attribute='__class__.__mro__')|list }}",
    "{{ '{0.__class__}'.format(work) }}",
    "{{ '%s'|format(work.__class__) }}",
    "{{ '{0.__class__}'.format_map({'0': work}) }}",
    # values changed for the pages after this one
    "{{ names.append('b') }}",
    "{{ by_name.update({'c': 'd'}) }}",
    "{{ by_name.pop('a') }}",
    # methods of what is not plain data
    "{{ work.spend() }}",
    "{{ path.unlink() }}",
    "{{ path.joinpath('x').write_text('x') }}",
    # files beside the templates
    "{% include '../secret' %}",
    "{% include '/etc/passwd' %}",
    "{% import '../secret' as x %}",
    # without end
    "{% for a in range(999999999) %}{% endfor %}",
    "{% include 'x.xhtml' %}",
]


@pytest.mark.parametrize("template", HOSTILE)
def test_what_is_not_showing_is_refused(template: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", "utf-8")
    folder = tmp_path / "templates"
    folder.mkdir()
    # Jinja shows nothing for some of them.
    assert told(template, folder) in {"", "this template cannot be filled in"}


def told(template: str, folder: Path) -> str:
    try:
        return rendered(template, folder)
    except BuildError as error:
        return error.message.partition(":")[0]


@pytest.mark.parametrize("template", ["{{ 1 / 0 }}", "{{ 1 + 'a' }}", "{{ names[9] }}", "{{ no }}"])
def test_what_makes_no_sense_is_told_in_words(template: str, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="this template cannot be filled in: "):
        rendered(template, tmp_path)


def test_values_and_their_plain_methods_are_shown(tmp_path: Path) -> None:
    template = (
        "{{ work.title.lower() }} {{ names|join }} {{ by_name.items()|list|length }} {{ _('x') }}"
        "{% for a in names %}{{ loop.index }}{% endfor %} {{ lang('x') }}{{ t('y') }}"
        " {{ 'a'.format() }}"
    )
    assert rendered(template, tmp_path) == "a a 1 x1 y a"
