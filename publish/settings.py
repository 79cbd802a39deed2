"""Read the settings of a workspace into one frozen value; an unknown key is an error."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast, get_args

from publish.errors import UsageError, did_you_mean, refuse_hidden_text
from publish.model import Family, Form, Format, Level, NotePlace, PageSize, Span
from publish.settinglines import find_first_wrong, find_setting_line

__all__ = ["FILES", "Fallback", "Gate", "Settings", "State", "find_setting", "read_settings"]

FILES = ("publish.toml", "pyproject.toml")
TAG_ESCAPE = re.compile(r"\\U000[eE]00[0-7][0-9A-Fa-f]")
Fallback = Literal["source-marked", "fail"]
Segmentation = Literal["sentence", "paragraph"]
Typography = Literal["language", "as-typed"]
EpubFonts = Literal["reader", "embedded"]
Html = Literal["apart", "together"]
Lines = Literal["best", "first-fit"]
Meaning = Literal["words", "vectors"]
State = Literal["draft", "reviewed", "approved"]


@dataclass(frozen=True, slots=True)
class Gate:
    """The conditions for a state: no findings of some levels, and enough coverage and reviews.

    Only findings of the `families` count, or all findings if no family is given.  `coverage` is
    the least translated part and `review` the least part of sentences with a valid approval,
    both in percent.  Errors of structure stop every edition, whatever a gate says.
    """

    levels: tuple[Level, ...] = ()
    coverage: int = 0
    families: tuple[Family, ...] = ()
    review: int = 0


GATES: Mapping[State, Gate] = {
    "draft": Gate(),
    "reviewed": Gate((Level.ERROR,), 100, review=100),
    "approved": Gate((Level.ERROR, Level.WARNING), 100, review=100),
}
"""The gates of a workspace whose settings have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a workspace.

    Empty `documents` mean every document under `source/`.  `pages` are page sizes; each gives
    one PDF.  `segmentation` is by document, `fallback` and `fonts` by language; the defaults are
    sentences, marked source text, and the fonts of the style sheet.  `gates` are by state; see
    `gate`.  `typography` is that of straight quotes and `--` in sources; `as_text` are names of
    marks of other programs that are text there.  `bilingual` are pairs of
    languages, such as `en+ru`, for editions with both side by side.  `epub_fonts` says whether an
    EPUB embeds fonts or uses those of the reader, `html` whether each language has a page of its
    own, `lines` how a PDF breaks lines.  `notes` says
    where a PDF has its notes, `form` how it is laid out; `length` leaves it to the length of the
    source.  `two_sided` is for PDFs that are printed on both sides.  `contents_depth` is how many
    levels the contents have; 0 are as many as fit two pages.  `translators` are names or roles by
    language, for metadata only.  `accessibility` are claims of conformance by the publisher, with
    the names in `CLAIMS` as keys.  `cache` is the folder of finished editions, from the root of the
    workspace; `cache_limit` is its largest size in MiB.  `base_url` is the address of releases with
    a slash at its end; feeds have relative ones if it is empty.  `meaning` says by what `check`
    compares sentences.
    `numbered` are the kinds that have numbers, where `referenced` are those that the text refers
    to; `captions` says where captions are, `lists` what is listed after the contents.
    `booklet_sheets` is how many sheets of a booklet are folded in one another at most, all if 0.
    """

    source_language: str = "en"
    languages: tuple[str, ...] = ("en",)
    formats: tuple[Format, ...] = ("pdf", "epub")
    pages: tuple[PageSize, ...] = ("a4",)
    documents: tuple[str, ...] = ()
    segmentation: Mapping[str, Segmentation] = field(default_factory=dict)
    typography: Typography = "language"
    as_text: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ("referenced",)
    captions: Mapping[str, str] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    fallback: Mapping[str, Fallback] = field(default_factory=dict)
    fonts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gates: Mapping[State, Gate] = field(default_factory=dict)
    pdf_variant: str = "pdf/a-3a+ua-1"
    epub_fonts: EpubFonts = "reader"
    html: Html = "apart"
    notes: NotePlace = "page"
    form: Form = "length"
    two_sided: bool = False
    contents_depth: int = 0
    booklet_sheets: int = 0
    lines: Lines = "best"
    bilingual: tuple[str, ...] = ()
    translators: Mapping[str, str] = field(default_factory=dict)
    accessibility: Mapping[str, str] = field(default_factory=dict)
    cache: str = "build/.cache"
    cache_limit: int = 1000
    base_url: str = ""
    meaning: Meaning = "words"

    def gate(self, state: State) -> Gate:
        """Return the gate of a state, or its default gate where the workspace sets none."""
        return self.gates.get(state, GATES[state])


KEYS = {name.replace("_", "-") for name in Settings.__dataclass_fields__}
CLAIMS = ("conforms-to", "certified-by", "credential", "report")
"""The claims of accessibility that a publisher can make (EPUB Accessibility 1.1 §4)."""
SHOWN, PLACES = ("figures", "tables"), ("above", "below")
PDF_VARIANTS = ("pdf/a-3a+ua-1", "pdf/a-2a+ua-1")


def read_settings(root: Path) -> Settings:
    """Return the settings in `publish.toml` or `pyproject.toml` of a workspace's root folder.

    Raises UsageError with file and line for TOML that does not parse, unknown keys and invalid
    values.
    """
    return _settings(_read(root))


def find_setting(root: Path, key: str, item: str) -> Span:
    """Return the line of a workspace's settings that has this item of this key."""
    return _read(root).span(key, item)


def _read(root: Path) -> _Table:
    for name in FILES:
        path = root / name
        if path.is_file():
            text = _text(path)
            table = _table(text, name)
            if table is not None:
                return _Table(table, text, name)
    raise UsageError(
        f"no publish.toml, and no [tool.publish] in a pyproject.toml, in {root}",
        hint="run this command in a workspace, or create one with publish init",
    )


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = Span(path.name, line, line)
        raise UsageError("the file is not UTF-8", place, "save it as UTF-8") from error
    refuse_hidden_text(TAG_ESCAPE.sub("\U000e0041", text), path.name)
    return text


def _table(text: str, file: str) -> dict[str, object] | None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        begun = find_first_wrong(text)
        line = int(found.group(1)) if (found := re.search(r"line (\d+)", str(error))) else begun
        hint = 'put text in "quotes" and lists in [brackets]'
        if begun < line:
            hint = f"something that begins in line {begun} may not be closed; {hint}"
        raise UsageError(f"not valid TOML: {error}", Span(file, line, line), hint) from error
    except (RecursionError, ValueError) as error:
        what = "nested too deeply" if isinstance(error, RecursionError) else "too long a number"
        raise UsageError(f"the settings have something {what}", Span(file, 1, 1)) from None
    if file == "publish.toml":
        return data
    tools = data.get("tool")
    table = tools.get("publish") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise UsageError("tool.publish must be a table", Span(file, 1, 1), "[tool.publish]")
    return table


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of settings with the text it was read from, which gives the line of an error.

    `path` are the names of the table and those around it, such as gates and draft.
    """

    values: dict[str, object]
    text: str
    file: str
    path: tuple[str, ...] = ()

    def span(self, key: str, item: str = "") -> Span:
        """Return the line that sets a key, or that has an item of its list.

        If there is none, return the line of the table around it, or the first line.
        """
        number = find_setting_line(self.text, (*self.root, *self.path, key))
        if item:
            lines = self.text.splitlines()[number - 1 :]
            quoted = re.compile(rf"([\"']){re.escape(item)}\1")
            number += next((n for n, line in enumerate(lines) if quoted.search(line)), 0)
        return Span(self.file, number, number)

    @property
    def root(self) -> tuple[str, ...]:
        """Return the names of the tables around the settings in this file."""
        return () if self.file == FILES[0] else ("tool", "publish")

    def heading(self, key: str) -> str:
        """Return the line that begins the table of this key in this file."""
        return f"[{'.'.join((*self.root, *self.path, key))}]"

    def one(self, key: str, default: str, known: tuple[str, ...] = ()) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise UsageError(f"{key} must be a string", self.span(key), f'write {key} = "…"')
        _one_of(value, known, key, self.span(key))
        return value

    def many(
        self, key: str, default: tuple[str, ...], known: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        value = self.values.get(key, list(default))
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            hint = f'write {key} = ["…"]'
            raise UsageError(f"{key} must be a list of strings", self.span(key), hint)
        for item in value:
            _one_of(item, known, key, self.span(key, item))
            if value.count(item) > 1:
                message = f"{key} lists {item!r} twice"
                raise UsageError(message, self.span(key, item), "remove one of them")
        return tuple(value)

    def some(
        self, key: str, default: tuple[str, ...], known: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """Return a list that must not be empty."""
        found = self.many(key, default, known)
        if not found:
            raise UsageError(f"{key} is empty", self.span(key), "list at least one")
        return found

    def table(self, key: str, names: tuple[str, ...]) -> _Table:
        """Return an inner table, whose keys must be among the names if there are any."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            hint = f"begin it with a line {self.heading(key)}"
            raise UsageError(f"{key} must be a table", self.span(key), hint)
        inner = _Table(value, self.text, self.file, (*self.path, key))
        for name in value:
            if names and name not in names:
                hint = did_you_mean(name, names)
                raise UsageError(f"unknown name {name!r} in {key}", inner.span(name), hint)
        return inner

    def by_name(self, key: str, names: tuple[str, ...], known: tuple[str, ...]) -> dict[str, str]:
        inner = self.table(key, names)
        return {name: inner.one(name, "", known) for name in inner.values}

    def percent(self, key: str, default: int) -> int:
        return self.whole(key, default, 100)

    def whole(self, key: str, default: int, most: int) -> int:
        value = self.values.get(key, default)
        if type(value) is not int or not 0 <= value <= most:
            message = f"{key} must be a whole number from 0 to {most}"
            raise UsageError(message, self.span(key), f"write {key} = {most}")
        return value

    def yes_or_no(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise UsageError(f"{key} must be true or false", self.span(key), f"write {key} = true")
        return value

    def mebibytes(self, key: str, default: int) -> int:
        value = self.values.get(key, default)
        if type(value) is not int or not 0 <= value <= 1 << 24:
            message = f"{key} must be a whole number of MiB, at most {1 << 24}"
            hint = f"write {key} = 1000, or {key} = 0 to keep nothing"
            raise UsageError(message, self.span(key), hint)
        return value

    def lists(self, key: str, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        inner = self.table(key, names)
        return {name: inner.many(name, ()) for name in inner.values}


def _settings(table: _Table) -> Settings:
    for key in table.values:
        if key not in KEYS:
            hint = did_you_mean(key, KEYS)
            if key == "tool":
                hint = f"in {FILES[0]}, write [fonts] instead of [tool.publish.fonts]"
            raise UsageError(f"unknown setting {key!r}", table.span(key), hint)
    kinds, cuts, fallbacks = get_args(Format), get_args(Segmentation), get_args(Fallback)
    languages = table.some("languages", ("en",))
    documents = table.many("documents", ())
    segmentation = table.by_name("segmentation", documents, cuts)
    return Settings(
        source_language=table.one("source-language", "en"),
        languages=languages,
        formats=cast("tuple[Format, ...]", table.some("formats", ("pdf", "epub"), kinds)),
        pages=cast("tuple[PageSize, ...]", table.some("pages", ("a4",), get_args(PageSize))),
        documents=documents,
        segmentation=cast("dict[str, Segmentation]", segmentation),
        typography=cast("Typography", table.one("typography", "language", get_args(Typography))),
        as_text=table.many("as-text", ()),
        numbered=table.many("numbered", ("referenced",), (*SHOWN, "referenced")),
        captions=table.by_name("captions", SHOWN, PLACES),
        lists=table.many("lists", (), SHOWN),
        fallback=cast("dict[str, Fallback]", table.by_name("fallback", languages, fallbacks)),
        fonts=table.lists("fonts", languages),
        gates=_gates(table.table("gates", get_args(State))),
        pdf_variant=table.one("pdf-variant", PDF_VARIANTS[0], PDF_VARIANTS),
        epub_fonts=cast("EpubFonts", table.one("epub-fonts", "reader", get_args(EpubFonts))),
        html=cast("Html", table.one("html", "apart", get_args(Html))),
        notes=cast("NotePlace", table.one("notes", "page", get_args(NotePlace))),
        form=cast("Form", table.one("form", "length", get_args(Form))),
        two_sided=table.yes_or_no("two-sided"),
        contents_depth=table.whole("contents-depth", 0, 6),
        booklet_sheets=table.whole("booklet-sheets", 0, 100),
        lines=cast("Lines", table.one("lines", "best", get_args(Lines))),
        bilingual=_pairs(table, languages),
        translators=table.by_name("translators", languages, ()),
        accessibility=table.by_name("accessibility", CLAIMS, ()),
        cache=table.one("cache", "build/.cache"),
        cache_limit=table.mebibytes("cache-limit", 1000),
        base_url=_base_url(table),
        meaning=cast("Meaning", table.one("meaning", "words", get_args(Meaning))),
    )


def _pairs(table: _Table, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the pairs of languages, each in its order on the page."""
    pairs = table.many("bilingual", ())
    for pair in pairs:
        tags = pair.split("+")
        place = table.span("bilingual", pair)
        if len(tags) != 2 or tags[0] == tags[1]:
            message = f"{pair!r} is not a pair of two different languages"
            raise UsageError(message, place, 'write a pair as in bilingual = ["en+ru"]')
        for tag in tags:
            _one_of(tag, languages, "languages", place)
    return pairs


def _base_url(table: _Table) -> str:
    """Return the address of releases with a slash at its end."""
    value = table.one("base-url", "")
    if value and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
        example = 'write an address as in base-url = "https://example.org/reports/"'
        raise UsageError("base-url is not a web address", table.span("base-url"), example)
    return value and value.rstrip("/") + "/"


def _gates(table: _Table) -> dict[State, Gate]:
    gates: dict[State, Gate] = {}
    for state in cast("list[State]", list(table.values)):
        inner = table.table(state, ())
        for key in inner.values:
            if key not in Gate.__dataclass_fields__:
                hint = did_you_mean(key, Gate.__dataclass_fields__)
                raise UsageError(f"unknown setting {key!r} in a gate", inner.span(key), hint)
        base = GATES[state]
        levels = inner.many("levels", base.levels, tuple(Level))
        families = cast("tuple[Family, ...]", inner.many("families", (), get_args(Family)))
        gates[state] = Gate(
            tuple(map(Level, levels)),
            inner.percent("coverage", base.coverage),
            families,
            inner.percent("review", base.review),
        )
        _refuse_hollow(state, gates[state], inner)
    return gates


def _refuse_hollow(state: State, gate: Gate, table: _Table) -> None:
    """Raise UsageError for a gate that would give an edition a state it has not earned."""
    if state == "approved" and gate.review < 100:
        message = "review must be 100: every sentence of an approved edition is approved"
        raise UsageError(message, table.span("review"), "write review = 100")
    if state == "approved" and Level.ERROR not in gate.levels:
        message = "levels must include error: an approved edition has no errors"
        raise UsageError(message, table.span("levels"), 'write levels = ["error"]')
    if state == "reviewed" and gate.review < 1:
        message = "review must be at least 1: a reviewed edition needs some approvals"
        raise UsageError(message, table.span("review"), "write review = 100")


def _one_of(value: str, known: tuple[str, ...], key: str, span: Span) -> None:
    if known and value not in known:
        message = f"{value!r} is not a valid value for {key}"
        raise UsageError(message, span, did_you_mean(value, known))
