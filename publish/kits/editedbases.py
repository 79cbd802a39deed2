"""Which text of each sentence an edited edition was sent with, if the file does not say.

Earlier versions of the catalog are read from git.  The one that explains most of the texts that
came back is the one that was sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from publish.errors import PublishError
from publish.kits.editedwork import EditedWork
from publish.kits.items import make_fingerprint
from publish.kits.wordcuts import fold_letters
from publish.model import Entry, Key
from publish.po.pofile import extract_catalog, parse_file
from publish.project.history import read_past_versions
from publish.project.workspace import Workspace
from publish.reading.msgstr import read_shown_msgstr

__all__ = ["find_bases"]

MOST = 20
"""So many versions of a catalog are looked at."""

Version = Mapping[Key, Entry]


def find_bases(work: EditedWork, workspace: Workspace) -> dict[Key, str]:
    """Return the fingerprints of the texts that were sent, by key; unknown ones are not in it.

    The file says it of its bookmarks, unless a program dropped that.  Else it is what the versions
    of the catalog agree on that explain most texts of the file; without git nothing is known.
    """
    said = {
        work.sentences[number].key: work.edited.sent[name].get("base", "")
        for number, piece in enumerate(work.ours)
        for name in piece.names[:1]
        if number in work.sentences and name in work.edited.sent
    }
    if said:
        return {key: base for key, base in said.items() if base}
    versions = list(_read_versions(work, workspace))
    if not versions:
        return {}
    best = _find_best(work, versions)
    first = best[0]
    return {
        key: make_fingerprint(entry.msgstr, fuzzy=entry.fuzzy)
        for key, entry in first.items()
        if all(_is_same(entry, other.get(key)) for other in best)
    }


def _is_same(entry: Entry, other: Entry | None) -> bool:
    return other is not None and (entry.msgstrs, entry.fuzzy) == (other.msgstrs, other.fuzzy)


def _read_versions(work: EditedWork, workspace: Workspace) -> Iterator[Version]:
    """Yield the catalog as it is, and as it was in git, the newest first; nothing without git."""
    translation = work.translation
    path = workspace.catalog(translation.language, translation.name)
    name = path.relative_to(workspace.root).as_posix()
    past = list(read_past_versions(workspace.root, name, MOST))
    if past:
        yield translation.entries
    for revision, data in past:
        try:
            yield extract_catalog(parse_file(data, f"{revision.name}:{name}")).active()
        except PublishError:
            continue


def _find_best(work: EditedWork, versions: Sequence[Version]) -> list[Version]:
    """Return the versions that have most of the texts that came back."""
    texts = {
        work.sentences[number].key: fold_letters(piece.text)
        for number, piece in work.pairing.texts.items()
        if number in work.sentences
    }
    counts = [
        sum(_shows(one.get(key), key, letters) for key, letters in texts.items())
        for one in versions
    ]
    return [one for one, count in zip(versions, counts, strict=True) if count == max(counts)]


def _shows(entry: Entry | None, key: Key, letters: str) -> bool:
    """Return whether an edition of a version would have shown these letters for a sentence."""
    if entry is None:
        return False
    text = entry.msgstr if entry.translated else key[1]
    try:
        return fold_letters(read_shown_msgstr(text)) == letters
    except PublishError:
        return False
