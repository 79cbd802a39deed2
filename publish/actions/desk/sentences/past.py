"""Earlier versions of a sentence, and which sentences changed since a revision or a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from publish.actions.desk.sentences.writing import find_entry, find_sentence
from publish.actions.diff import find_known_revision
from publish.catalogs.differences import ChangeKind, Wording, find_changes_between
from publish.catalogs.wordmarks import MergedPiece, merge_wordings
from publish.errors import PublishError, UsageError
from publish.model import Catalog, Entry, Key
from publish.po.pofile import extract_catalog, parse_po
from publish.project.history import (
    Revision,
    find_revision_before,
    read_file_at,
    read_past_versions,
)
from publish.project.pastsource import load_past_source
from publish.translation.loading import Loader
from publish.translation.translation import Translation
from publish.visible import make_visible

__all__ = ["PastText", "find_changed", "list_versions"]

MOST = 50
"""So many commits of a catalog are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastText:
    """A text that a sentence had in a commit: the commit, its day, and where it differs from now.

    `time` and `message` are those of the commit, as `Revision` has them.  `source` is the wording
    that the text was a translation of, empty for that of now.
    """

    revision: str
    day: str
    text: str
    fuzzy: bool
    time: str = ""
    message: str = ""
    source: str = ""
    difference: tuple[MergedPiece, ...] = ()


def list_versions(
    loader: Loader, translation: Translation, sid: str, most: int = MOST
) -> tuple[PastText, ...]:
    """Return the texts that a sentence had in git, the newest first, each at its first commit.

    The text of now is left out.  Under an earlier wording of its source a sentence is found as far
    as the catalog says what that was.  Outside git there is nothing.
    """
    sentence = find_sentence(translation, sid)
    workspace = loader.workspace
    path = workspace.shown(workspace.catalog(translation.language, translation.name))
    now = find_entry(translation, sentence.key) or Entry(
        msgid=sentence.unit.msgid, context=sentence.unit.context
    )
    found: list[PastText] = []
    for revision, entry in _trace(read_past_versions(workspace.root, path, most), now, path):
        past = PastText(
            revision=revision.name,
            day=revision.day,
            time=revision.time,
            message=make_visible(revision.message),
            text=entry.msgstr,
            fuzzy=entry.fuzzy,
            source="" if entry.key == now.key else entry.msgid,
            difference=merge_wordings(entry.msgstr, now.msgstr),
        )
        if found and (found[-1].text, found[-1].source) == (past.text, past.source):
            found[-1] = past  # The same text in an earlier commit.
        else:
            found.append(past)
    return tuple(one for one in found if one.text and (one.text != now.msgstr or one.source))


def _trace(
    versions: Iterator[tuple[Revision, bytes]], now: Entry, path: str
) -> Iterator[tuple[Revision, Entry]]:
    """Yield the entry of a sentence in each version that has it, from the newest to the oldest."""
    last = now
    for revision, data in versions:
        entry = _find_in(data, last.key, path)
        if entry is None and last.previous is not None:
            entry = _find_in(data, (last.previous_context, last.previous), path)
        if entry is not None:
            last = entry
            yield revision, entry


_WORD = re.compile(r"[^\W\d_]+")


def _find_in(data: bytes, key: Key, path: str) -> Entry | None:
    """Return the entry with a key in a version of a catalog; None if it cannot be read.

    Of a long file only the entries that have the longest word of the msgid are read.
    """
    try:
        near = _read_near(data.decode("utf-8"), key)
    except UnicodeDecodeError:
        near = data
    try:
        entries = extract_catalog(parse_po(near, path)).active()
    except PublishError:
        return None
    return entries.get(key)


def _read_near(text: str, key: Key) -> bytes:
    """Return the entries of a catalog that have a word of a msgid, or all if it is laid out oddly.

    Blank lines separate the entries.
    """
    word = max(_WORD.findall(key[1]), key=len, default="")
    blocks = [one for one in text.replace("\r\n", "\n").split("\n\n") if one.strip()]
    if all("msgid" in one for one in blocks):
        blocks = [one for one in blocks if word in one]
    return "\n\n".join(blocks).encode()


# --------------------------------------------------------------------------- since


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def find_changed(loader: Loader, translation: Translation, since: str) -> frozenset[str]:
    """Return the ids of the sentences whose source or text changed since a revision or a day.

    `since` is a commit, a tag, a branch, or a day such as `2024-06-24`: its beginning.  A change of
    typography in the source is none.  Raises UsageError for what git does not know.
    """
    workspace = loader.workspace
    if _DAY.fullmatch(since):
        revision = find_revision_before(workspace.root, since)
        if revision is None:
            raise UsageError(f"git has no commit before {since}", hint="choose a later day")
    else:
        revision = find_known_revision(workspace, since)
    keys = _changed_sources(loader, translation, revision)
    keys |= _changed_texts(loader, translation, revision)
    return frozenset(sid for key in keys for sid in translation.source.ids.get(key, ()))


def _changed_sources(loader: Loader, translation: Translation, since: Revision) -> set[Key]:
    source = translation.source
    past = load_past_source(loader.workspace, source.name, since)
    if past is None:
        return set(source.keys)
    before, now = (
        [Wording(one.key, one.location) for one in version.sentences] for version in (past, source)
    )
    nothing = Catalog(translation.file, (), ())
    return {
        change.new.key
        for change in find_changes_between(before, now, nothing)
        if change.new is not None and change.kind is not ChangeKind.MOVED
    }


def _changed_texts(loader: Loader, translation: Translation, since: Revision) -> set[Key]:
    workspace = loader.workspace
    path = workspace.shown(workspace.catalog(translation.language, translation.name))
    data = read_file_at(workspace.root, since.name, path)
    past: Mapping[Key, Entry] = {}
    if data is not None:
        try:
            past = extract_catalog(parse_po(data, path)).active()
        except PublishError:
            past = {}
    return {
        key
        for key in translation.source.keys
        if _text(past.get(key)) != _text(find_entry(translation, key))
    }


def _text(entry: Entry | None) -> tuple[tuple[str, ...], bool]:
    """Return what counts of an entry: a missing one is as good as one that is not translated."""
    return (entry.msgstrs, entry.fuzzy) if entry is not None else (("",), False)
