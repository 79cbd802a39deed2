"""`[tool.publish]` of a workspace as one frozen value; an unknown key is an error."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast, get_args

from publish.errors import UsageError, did_you_mean
from publish.model import Family, Format, Level, PageSize, Span

__all__ = ["FILES", "Fallback", "Gate", "Settings", "State", "place_of", "read_settings"]

FILES = ("publish.toml", "pyproject.toml")
Fallback = Literal["source-marked", "fail"]
Segmentation = Literal["sentence", "paragraph"]
EpubFonts = Literal["reader", "embedded"]
State = Literal["draft", "reviewed", "approved"]


@dataclass(frozen=True, slots=True)
class Gate:
    """What holds an edition back from a state: levels of findings, less coverage in percent.

    Only findings of the `families` count for the levels; none named means all.  `review` is the
    least share of sentences whose approval holds, in percent.  Errors of structure hold every
    edition back, whatever a gate says.
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
"""The gates of a workspace that sets none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a workspace asks for.

    `documents` empty means every document under `source/`.  `pages` are what PDFs are laid
    out for, one file for each.  `segmentation` is by document,
    `fallback` and `fonts` by language; what they do not name gets sentences, marked source
    text and no font families beside those of the style sheet.  `gates` are by state; see `gate`.
    `bilingual` are pairs of languages, as `en+ru`, for editions with both side by side.
    `epub_fonts` says whether an EPUB brings its letters along or leaves them to the reader.
    `translators` are names or roles by language, for metadata only; `accessibility` are claims
    of conformance that the publisher makes, by the names in `CLAIMS`.  `cache` is the folder of
    finished editions, from the root of the workspace; `cache_limit` the MiB it may take.
    `base_url` is where releases will be found, with a slash at its end; empty for feeds with
    relative addresses.
    """

    source_language: str = "en"
    languages: tuple[str, ...] = ("en",)
    formats: tuple[Format, ...] = ("pdf", "epub")
    pages: tuple[PageSize, ...] = ("a4",)
    documents: tuple[str, ...] = ()
    segmentation: Mapping[str, Segmentation] = field(default_factory=dict)
    fallback: Mapping[str, Fallback] = field(default_factory=dict)
    fonts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gates: Mapping[State, Gate] = field(default_factory=dict)
    pdf_variant: str = "pdf/a-3a+ua-1"
    epub_fonts: EpubFonts = "reader"
    bilingual: tuple[str, ...] = ()
    translators: Mapping[str, str] = field(default_factory=dict)
    accessibility: Mapping[str, str] = field(default_factory=dict)
    cache: str = "build/.cache"
    cache_limit: int = 1000
    base_url: str = ""

    def gate(self, state: State) -> Gate:
        """The gate of a state, the default one where the workspace sets none."""
        return self.gates.get(state, GATES[state])


KEYS = {name.replace("_", "-") for name in Settings.__dataclass_fields__}
CLAIMS = ("conforms-to", "certified-by", "credential", "report")
"""What a publisher may claim of accessibility (EPUB Accessibility 1.1 §4)."""
PDF_VARIANTS = ("pdf/a-3a+ua-1", "pdf/a-2a+ua-1")


def read_settings(root: Path) -> Settings:
    """The settings in `publish.toml` or `pyproject.toml` of a workspace's root.

    Raises UsageError that names the file and line for TOML that does not parse, unknown keys
    and values that mean nothing.
    """
    return _settings(_read(root))


def place_of(root: Path, key: str, item: str) -> Span:
    """The line of a workspace's settings that has this item of this key."""
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
        f"no settings in {root}", hint="run this in a workspace, or make one with publish init"
    )


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = Span(path.name, line, line)
        raise UsageError("the file is not UTF-8", place, "save it as UTF-8") from error


def _table(text: str, file: str) -> dict[str, object] | None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        begun = _first_wrong(text)
        line = int(found.group(1)) if (found := re.search(r"line (\d+)", str(error))) else begun
        hint = 'texts stand in "quotes", lists in [brackets]'
        if begun < line:
            hint = f"what begins in line {begun} is perhaps not closed: {hint}"
        raise UsageError(f"not TOML: {error}", Span(file, line, line), hint) from error
    if file == "publish.toml":
        return data
    tools = data.get("tool")
    table = tools.get("publish") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise UsageError("tool.publish must be a table", Span(file, 1, 1), "[tool.publish]")
    return table


def _first_wrong(text: str) -> int:
    """The line after the longest run of whole lines that is TOML by itself."""
    lines = text.splitlines()
    for count in range(len(lines) - 1, 0, -1):
        try:
            tomllib.loads("\n".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            continue
        return count + 1
    return 1


_NAME = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADER = re.compile(rf"\s*\[\s*({_DOTTED})\s*\]")
_SETTING = re.compile(rf"\s*({_DOTTED})\s*=")


def _line_of(text: str, wanted: tuple[str, ...]) -> int:
    """The line that sets the value of this path, or else the nearest table around it, or 1."""
    table: tuple[str, ...] = ()
    best, found = 0, 1
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = path = _names(header[1])
        elif setting := _SETTING.match(line):
            path = (*table, *_names(setting[1]))
        else:
            continue
        if len(path) > len(wanted):
            path = path[: len(wanted)]
        if path == wanted[: len(path)] and len(path) > best:
            best, found = len(path), number
    return found


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in re.findall(_NAME, dotted))


@dataclass(frozen=True, slots=True)
class _Table:
    """The table of settings with the text it was read from, for the place of an error.

    `path` are the names of the tables it stands in: gates, draft.
    """

    values: dict[str, object]
    text: str
    file: str
    path: tuple[str, ...] = ()

    def span(self, key: str, item: str = "") -> Span:
        """The line that sets a key, or that has an item of its list.

        Where that cannot be found, the line of the table around it, or the first line.
        """
        number = _line_of(self.text, (*self.root, *self.path, key))
        if item:
            lines = self.text.splitlines()[number - 1 :]
            quoted = re.compile(rf"([\"']){re.escape(item)}\1")
            number += next((n for n, line in enumerate(lines) if quoted.search(line)), 0)
        return Span(self.file, number, number)

    @property
    def root(self) -> tuple[str, ...]:
        """The names of the tables around the settings in this file."""
        return () if self.file == FILES[0] else ("tool", "publish")

    def heading(self, key: str) -> str:
        """The line that begins the table of this key in this file."""
        return f"[{'.'.join((*self.root, *self.path, key))}]"

    def one(self, key: str, default: str, known: tuple[str, ...] = ()) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise UsageError(f"{key} must be a text", self.span(key), f'{key} = "…"')
        _one_of(value, known, key, self.span(key))
        return value

    def many(
        self, key: str, default: tuple[str, ...], known: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        value = self.values.get(key, list(default))
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise UsageError(f"{key} must be a list of texts", self.span(key), f'{key} = ["…"]')
        for item in value:
            _one_of(item, known, key, self.span(key, item))
            if value.count(item) > 1:
                raise UsageError(f"{key} names {item!r} twice", self.span(key, item))
        return tuple(value)

    def some(
        self, key: str, default: tuple[str, ...], known: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """A list that must not be empty."""
        found = self.many(key, default, known)
        if not found:
            raise UsageError(f"{key} is empty", self.span(key), "name at least one")
        return found

    def table(self, key: str, names: tuple[str, ...]) -> _Table:
        """A table within, whose own keys must be among the names if there are any."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise UsageError(f"{key} must be a table", self.span(key), self.heading(key))
        inner = _Table(value, self.text, self.file, (*self.path, key))
        for name in value:
            if names and name not in names:
                hint = did_you_mean(name, names)
                raise UsageError(f"{key} names {name!r}, which is none", inner.span(name), hint)
        return inner

    def by_name(self, key: str, names: tuple[str, ...], known: tuple[str, ...]) -> dict[str, str]:
        inner = self.table(key, names)
        return {name: inner.one(name, "", known) for name in inner.values}

    def percent(self, key: str, default: int) -> int:
        value = self.values.get(key, default)
        if type(value) is not int or not 0 <= value <= 100:
            raise UsageError(f"{key} must be a percentage", self.span(key), f"{key} = 100")
        return value

    def mebibytes(self, key: str, default: int) -> int:
        value = self.values.get(key, default)
        if type(value) is not int or not 0 <= value <= 1 << 24:
            raise UsageError(
                f"{key} must be a number of MiB", self.span(key), f"{key} = 1000; 0 for none"
            )
        return value

    def lists(self, key: str, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        inner = self.table(key, names)
        return {name: inner.many(name, ()) for name in inner.values}


def _settings(table: _Table) -> Settings:
    for key in table.values:
        if key not in KEYS:
            hint = did_you_mean(key, KEYS)
            if key == "tool":
                hint = f"in {FILES[0]} leave tool.publish out: [fonts] for [tool.publish.fonts]"
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
        fallback=cast("dict[str, Fallback]", table.by_name("fallback", languages, fallbacks)),
        fonts=table.lists("fonts", languages),
        gates=_gates(table.table("gates", get_args(State))),
        pdf_variant=table.one("pdf-variant", PDF_VARIANTS[0], PDF_VARIANTS),
        epub_fonts=cast("EpubFonts", table.one("epub-fonts", "reader", get_args(EpubFonts))),
        bilingual=_pairs(table, languages),
        translators=table.by_name("translators", languages, ()),
        accessibility=table.by_name("accessibility", CLAIMS, ()),
        cache=table.one("cache", "build/.cache"),
        cache_limit=table.mebibytes("cache-limit", 1000),
        base_url=_base_url(table),
    )


def _pairs(table: _Table, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Pairs of two different languages of the settings, each in its order on the page."""
    pairs = table.many("bilingual", ())
    for pair in pairs:
        tags = pair.split("+")
        place = table.span("bilingual", pair)
        if len(tags) != 2 or tags[0] == tags[1]:
            raise UsageError(f"{pair!r} is no pair of languages", place, 'bilingual = ["en+ru"]')
        for tag in tags:
            _one_of(tag, languages, "languages", place)
    return pairs


def _base_url(table: _Table) -> str:
    """The address of releases, with a slash at its end; raises UsageError for what is none."""
    value = table.one("base-url", "")
    if value and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
        example = 'base-url = "https://example.org/reports/"'
        raise UsageError("base-url is no web address", table.span("base-url"), example)
    return value and value.rstrip("/") + "/"


def _gates(table: _Table) -> dict[State, Gate]:
    gates: dict[State, Gate] = {}
    for state in cast("list[State]", list(table.values)):
        inner = table.table(state, ())
        for key in inner.values:
            if key not in Gate.__dataclass_fields__:
                hint = did_you_mean(key, Gate.__dataclass_fields__)
                raise UsageError(f"a gate has no {key!r}", inner.span(key), hint)
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
    """Raises UsageError for a gate that would let an edition call itself what it is not."""
    if state == "approved" and gate.review < 100:
        why = "every sentence of an approved edition is approved"
        raise UsageError(f"review is less than 100: {why}", table.span("review"), "review = 100")
    if state == "approved" and Level.ERROR not in gate.levels:
        why = "an approved edition has no errors"
        hint = 'levels = ["error"]'
        raise UsageError(f"levels leave out errors: {why}", table.span("levels"), hint)
    if state == "reviewed" and gate.review < 1:
        why = "a reviewed edition has been reviewed"
        raise UsageError(f"review is 0: {why}", table.span("review"), "review = 100")


def _one_of(value: str, known: tuple[str, ...], key: str, span: Span) -> None:
    if known and value not in known:
        raise UsageError(f"{value!r} is no value of {key}", span, did_you_mean(value, known))
