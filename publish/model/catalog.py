"""Units, which are the pieces of a document to translate, and the entries of catalogs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from publish.model.inline import Inlines
from publish.model.location import Location
from publish.model.role import Role
from publish.model.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A piece of text that is translated as one entry, at one place of the document.

    `msgid` is one sentence of canonical inline Markdown with numbered links.  `addresses` are
    the addresses that the numbers mean, `bare` those that are links though the msgid has them as
    text.  `opens` is true for the first unit of a block.
    """

    msgid: str
    context: str | None
    role: Role
    span: Span
    section: str = ""
    note: str = ""
    addresses: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    opens: bool = True
    key: Key = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # Made once: dozens of mappings have it, of thousands of units.
        object.__setattr__(self, "key", (self.context, self.msgid))

    @property
    def translatable(self) -> bool:
        """Return whether the msgid has letters; numbers and signs need no translation."""
        return any(map(str.isalpha, self.msgid))


Key = tuple[str | None, str]
"""Context and msgid, which together identify an entry in a catalog."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A unit at its place in a document.

    `id` is unique in the document; where a unit occurs again, its id ends in `-2`, `-3`…
    `tree` is the text of the unit with its links and images numbered.
    """

    id: str
    unit: Unit
    tree: Inlines
    location: Location

    @property
    def key(self) -> Key:
        return self.unit.key


def make_entry_id(key: Key) -> str:
    """Return a name made from context and msgid alone, the same in every file and language.

    It begins with a letter, since XML wants that and a spreadsheet could read digits as a number.
    """
    context, msgid = key
    text = msgid if context is None else f"{context}\x04{msgid}"
    return f"u{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:15]}"


def make_fingerprint(text: str, *, fuzzy: bool) -> str:
    """Return a digest of a translation, with a `?` before it if it is fuzzy and not empty.

    It begins with a letter that no number has, since a spreadsheet takes `1234e567` for a number.
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"?k{digest}" if fuzzy and text else f"k{digest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentSentence:
    """A sentence of an edition that may come back: its id, and the fingerprints of its texts.

    `source` is that of its msgid, `translation` that of its msgstr as the catalog had it.  A
    `whole` one is a block that its author keeps in one piece.
    """

    id: str
    source: str
    translation: str
    whole: bool = False


JOINED = "{joined}"
"""The msgstr of a sentence that the translation of the previous sentence already includes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a catalog; its comments are without their `#` marks.

    `msgstrs` has one string, or one for each plural form where `plural` is set.  `previous`
    is the `#| msgid` of a fuzzy entry.  `span` covers the entry in its file; `msgstr_line`
    is the line where its msgstr starts.  Both are 0 for an entry that was not read from a file.
    """

    msgid: str
    msgstrs: tuple[str, ...] = ("",)
    context: str | None = None
    plural: str | None = None
    flags: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    previous: str | None = None
    previous_context: str | None = None
    previous_plural: str | None = None
    obsolete: bool = False
    span: Span = field(default=Span("", 0, 0), compare=False)
    msgstr_line: int = field(default=0, compare=False)
    key: Key = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", (self.context, self.msgid))  # Made once, as a unit's.

    @property
    def msgstr(self) -> str:
        return self.msgstrs[0]

    @property
    def joined(self) -> bool:
        """Return whether the translation of the previous sentence includes this one."""
        return self.msgstrs[0].strip() == JOINED

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self.flags

    @property
    def translated(self) -> bool:
        """Return whether all forms are filled and not fuzzy, as `msgfmt --statistics` counts."""
        return not self.fuzzy and all(self.msgstrs)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The entries of one document in one language, in file order, and the fields of the header."""

    file: str
    header: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]

    def active(self) -> dict[Key, Entry]:
        """Return the entries that are not obsolete, by key."""
        return {entry.key: entry for entry in self.entries if not entry.obsolete}

    def header_field(self, name: str) -> str:
        """Return the value of a header field, or an empty string; the name can be in any case."""
        wanted = name.lower()
        return next((value for key, value in self.header if key.lower() == wanted), "")
