"""`[tool.publish]` of a workspace as one frozen value; an unknown key is an error."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast, get_args

from publish.errors import UsageError, did_you_mean
from publish.model import Format, Span

__all__ = ["FILES", "Fallback", "Settings", "read_settings"]

FILES = ("publish.toml", "pyproject.toml")
Fallback = Literal["source-marked", "fail"]
Segmentation = Literal["sentence", "paragraph"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a workspace asks for.

    `documents` empty means every document under `source/`.  `segmentation` is by document,
    `fallback` and `fonts` by language; what they do not name gets sentences, marked source
    text and no font families beside those of the style sheet.
    """

    source_language: str = "en"
    languages: tuple[str, ...] = ("en",)
    formats: tuple[Format, ...] = ("pdf", "epub")
    documents: tuple[str, ...] = ()
    segmentation: Mapping[str, Segmentation] = field(default_factory=dict)
    fallback: Mapping[str, Fallback] = field(default_factory=dict)
    fonts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pdf_variant: str = "pdf/ua-1"


KEYS = {name.replace("_", "-") for name in Settings.__dataclass_fields__}
PDF_VARIANTS = ("pdf/ua-1", "pdf/a-2a", "pdf/a-3a")


def read_settings(root: Path) -> Settings:
    """The settings in `publish.toml` or `pyproject.toml` of a workspace's root.

    Raises UsageError that names the file and line for TOML that does not parse, unknown keys
    and values that mean nothing.
    """
    for name in FILES:
        path = root / name
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            table = _table(text, name)
            if table is not None:
                return _settings(_Table(table, text, name))
    raise UsageError(
        f"no settings in {root}", hint="run this in a workspace, or make one with publish init"
    )


def _table(text: str, file: str) -> dict[str, object] | None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = int(found.group(1)) if (found := re.search(r"line (\d+)", str(error))) else 1
        raise UsageError(f"not TOML: {error}", Span(file, line, line)) from error
    if file == "publish.toml":
        return data
    return cast("dict[str, object] | None", data.get("tool", {}).get("publish"))


@dataclass(frozen=True, slots=True)
class _Table:
    """The table of settings with the text it was read from, for the place of an error."""

    values: dict[str, object]
    text: str
    file: str

    def span(self, key: str) -> Span:
        """The line that sets a key, the first line where none is found."""
        name = re.escape(key)
        wanted = re.compile(rf'\s*(?:"?{name}"?\s*[=.]|\[(?:tool\.publish\.)?{name}\])')
        lines = enumerate(self.text.splitlines(), 1)
        number = next((number for number, line in lines if wanted.match(line)), 1)
        return Span(self.file, number, number)

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
            _one_of(item, known, key, self.span(key))
        return tuple(value)

    def by_name(self, key: str, known: tuple[str, ...]) -> dict[str, str]:
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise UsageError(f"{key} must be a table", self.span(key), f"[tool.publish.{key}]")
        for item in value.values():
            _one_of(str(item), known, key, self.span(key))
        return {str(name): str(item) for name, item in value.items()}

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise UsageError(f"{key} must be a table", self.span(key), f"[tool.publish.{key}]")
        inner = _Table(value, self.text, self.file)
        return {str(name): inner.many(str(name), ()) for name in value}


def _settings(table: _Table) -> Settings:
    for key in table.values:
        if key not in KEYS:
            raise UsageError(f"unknown setting {key!r}", table.span(key), did_you_mean(key, KEYS))
    kinds, cuts, fallbacks = get_args(Format), get_args(Segmentation), get_args(Fallback)
    return Settings(
        source_language=table.one("source-language", "en"),
        languages=table.many("languages", ("en",)),
        formats=cast("tuple[Format, ...]", table.many("formats", ("pdf", "epub"), kinds)),
        documents=table.many("documents", ()),
        segmentation=cast("dict[str, Segmentation]", table.by_name("segmentation", cuts)),
        fallback=cast("dict[str, Fallback]", table.by_name("fallback", fallbacks)),
        fonts=table.lists("fonts"),
        pdf_variant=table.one("pdf-variant", "pdf/ua-1", PDF_VARIANTS),
    )


def _one_of(value: str, known: tuple[str, ...], key: str, span: Span) -> None:
    if known and value not in known:
        raise UsageError(f"{value!r} is no value of {key}", span, did_you_mean(value, known))
