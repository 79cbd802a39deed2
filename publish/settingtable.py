"""Read the table of settings of a workspace, with the line of each setting for errors."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from publish.errors import UsageError, did_you_mean, refuse_hidden_text
from publish.model import Span

__all__ = ["FILES", "SettingTable", "read_setting_table", "refuse_unknown"]

FILES = ("publish.toml", "pyproject.toml")
TAG_ESCAPE = re.compile(r"\\U000[eE]00[0-7][0-9A-Fa-f]")
MOST_TRIED = 500


def find_first_wrong(text: str) -> int:
    """Return the number of the first line after the most lines that together are valid TOML.

    Each try reads all lines before, so in a file with too many lines the last is named.
    """
    lines = text.splitlines()
    if len(lines) > MOST_TRIED:
        return len(lines)
    for count in range(len(lines) - 1, 0, -1):
        try:
            tomllib.loads("\n".join(lines[:count]))
        except (RecursionError, ValueError):
            continue
        return count + 1
    return 1


_NAME = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADER = re.compile(rf"\s*\[\s*({_DOTTED})\s*\]")
_SETTING = re.compile(rf"\s*({_DOTTED})\s*=")


def find_setting_line(text: str, wanted: tuple[str, ...]) -> int:
    """Return the line that sets the value of this path, or that of the nearest table, or 1."""
    table: tuple[str, ...] = ()
    best, found = 0, 1
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = path = _split(header[1])
        elif setting := _SETTING.match(line):
            path = (*table, *_split(setting[1]))
        else:
            continue
        if len(path) > len(wanted):
            path = path[: len(wanted)]
        if path == wanted[: len(path)] and len(path) > best:
            best, found = len(path), number
    return found


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in re.findall(_NAME, dotted))


def read_setting_table(root: Path) -> SettingTable:
    for name in FILES:
        path = root / name
        if path.is_file():
            text = _text(path)
            table = _parse(text, name)
            if table is not None:
                return SettingTable(table, text, name)
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


def _parse(text: str, file: str) -> dict[str, object] | None:
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
class SettingTable:
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
        refuse_unknown(value, known, key, self.span(key))
        return value

    def many(
        self, key: str, default: tuple[str, ...], known: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        value = self.values.get(key, list(default))
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            hint = f'write {key} = ["…"]'
            raise UsageError(f"{key} must be a list of strings", self.span(key), hint)
        for item in value:
            refuse_unknown(item, known, key, self.span(key, item))
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

    def table(self, key: str, names: tuple[str, ...]) -> SettingTable:
        """Return an inner table, whose keys must be among the names if there are any."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            hint = f"begin it with a line {self.heading(key)}"
            raise UsageError(f"{key} must be a table", self.span(key), hint)
        inner = SettingTable(value, self.text, self.file, (*self.path, key))
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

    def whole(self, key: str, default: int, most: int, least: int = 0) -> int:
        value = self.values.get(key, default)
        if type(value) is not int or not least <= value <= most:
            message = f"{key} must be a whole number from {least} to {most}"
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


def refuse_unknown(value: str, known: tuple[str, ...], key: str, span: Span) -> None:
    if known and value not in known:
        message = f"{value!r} is not a valid value for {key}"
        raise UsageError(message, span, did_you_mean(value, known))
