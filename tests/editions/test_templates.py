"""Templates of a workspace, which may be anybody's: they show values and do nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from examples import first, named
from releasecases import series

from publish.cli.main import main
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


# --------------------------------------------------------------------------- odd files of the looks

PAGE = '<html xmlns="http://www.w3.org/1999/xhtml"><head>{head}</head><body>{body}</body></html>'
MAIN = "<main>{{ body }}</main>"

ODD_TEMPLATES = {
    "not UTF-8": (b"<p>\xe9</p>", "this file is not UTF-8"),
    "NUL": (b"<p>\0</p>", "is not well-formed XHTML"),
    "empty": (b"", "is not well-formed XHTML"),
    "10 MB": (b"<!-- " + b"x" * (10 << 20) + b" -->", "is not well-formed XHTML"),
    "deep elements": (b"<p>" * 10000, "is not well-formed XHTML"),
    "deep brackets": (b"{{ " + b"(" * 5000 + b"1" + b")" * 5000 + b" }}", "cannot be filled in"),
    "deep loops": (b"{% for a in [1] %}" * 30 + b"{% endfor %}" * 30, "cannot be filled in"),
    "itself": (b'{% include "edition.xhtml" %}', "cannot be filled in"),
    "another root": (b"<a/>", "has no <title>"),
    "no namespace": (b"<html><head><title>T</title></head></html>", "has no <title>"),
    "no title": (PAGE.format(head="", body=MAIN).encode(), "has no <title>"),
    "no main": (PAGE.format(head="<title>T</title>", body="").encode(), "has no <main>"),
    "no text": (PAGE.format(head="<title/>", body="<main/>").encode(), "has no {{ body }}"),
    "another section": (
        PAGE.format(head="<title>T</title>", body='<section id="x"/>' + MAIN).encode(),
        "has a section with the id 'x'",
    ),
}

ODD_THEMES = {
    "not UTF-8": (b"/* \xe9 */", "this file is not UTF-8"),
    "NUL": (b":root { --accent: #12\x003456 }", "--accent cannot be"),
    "only NULs": (bytes(1000), "the PDF renderer reports"),
    "deep blocks": (b"a{" * 10000 + b"}" * 10000, "the PDF renderer cannot lay this out"),
    "deep brackets": (b":root { --accent: " + b"(" * 100_000, "nested too deeply"),
    "deep value": (b":root{--accent:" + b"(" * 9999 + b")" * 9999 + b"}", "--accent cannot be (("),
    "deep selector": (b":not(" * 3000 + b"a" + b")" * 3000 + b"{color:red}", "nested too deeply"),
    "deep sum": (
        b"p{width:calc(" + b"(" * 3000 + b"1px" + b")" * 3000 + b")}",
        "nested too deeply",
    ),
    "an import": (b'@import "http://192.0.2.1/x.css";', "@import rule"),
    "an import of a file": (b'@import "file:///etc/passwd";', "@import rule"),
    "numbers without sense": (b"p { font-size: 1e309px }", "the PDF renderer cannot lay this out"),
    "half a character": (b'p::before { content: "\\d800" }', "cannot lay this out"),
}

ODD_SHEETS = {
    "not UTF-8": (b"/* \xe9 */", "this file is not UTF-8"),
    "deep blocks": (b"a{" * 10000 + b"}" * 10000, "the PDF renderer cannot lay this out"),
}


def built_with(
    file: str, data: bytes, folder: Path, form: str, capfd: pytest.CaptureFixture[str]
) -> str:
    """What a build says of this file among the templates; it has no fault."""
    root = series(folder / "work", "alpha")
    (root / "templates").mkdir()
    (root / "templates" / file).write_bytes(data)
    capfd.readouterr()
    words = ["build", "-q", "-l", "en", "-f", form, "--no-cache", "-C", str(root)]
    code = main(words)
    said = capfd.readouterr().err
    assert code in (0, 2, 3), said
    assert "fault" not in said
    assert max(map(len, said.splitlines()), default=0) < 1000
    return said


QUICK_TEMPLATES = {"not UTF-8", "empty", "deep brackets", "no namespace", "no main", "no text"}
QUICK_THEMES = {"NUL", "only NULs", "deep brackets", "an import", "half a character"}
"""One for each thing that is said; the full run tries all."""


@pytest.mark.parametrize("name", named(ODD_TEMPLATES, {*QUICK_TEMPLATES, "another section"}))
def test_an_odd_template_is_refused_in_words(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data, words = ODD_TEMPLATES[name]
    assert words in built_with("edition.xhtml", data, tmp_path, "epub", capfd)


@pytest.mark.parametrize("name", named(ODD_THEMES, QUICK_THEMES))
def test_an_odd_theme_is_refused_in_words(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data, words = ODD_THEMES[name]
    assert words in built_with("theme.css", data, tmp_path, "pdf", capfd)


@pytest.mark.parametrize("name", first(ODD_SHEETS, 1))
def test_an_odd_style_sheet_is_refused_in_words(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data, words = ODD_SHEETS[name]
    assert words in built_with("text.css", data, tmp_path, "pdf", capfd)


@pytest.mark.parametrize(
    "data",
    first(
        [b"\xef\xbb\xbf:root { --accent: #123456 }", b"", b"/* " + b"x" * (10 << 20) + b" */"], 1
    ),
)
def test_an_honest_theme_of_any_editor_is_taken(
    data: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert built_with("theme.css", data, tmp_path, "pdf", capfd) == ""


def test_a_comment_in_a_template_is_no_page(
    tmp_path: Path, repository: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    text = (repository / "templates/edition.xhtml").read_text("utf-8")
    text = text.replace("{{ body }}", "<!-- text --><?more text?>{{ body }}")
    data = b"\xef\xbb\xbf" + text.replace("<body>", "<body><!-- first -->").encode()
    assert built_with("edition.xhtml", data, tmp_path, "epub", capfd) == ""
