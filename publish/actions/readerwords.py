"""The program's own words in the language of whoever reads its answers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from publish.editions.page.interface import Interface, make_interface
from publish.errors import PublishError
from publish.languages.registry import find
from publish.po.pofile import extract_catalog, parse_file
from publish.project.packedwords import find_packed_words

__all__ = ["find_reader_words"]

SPEAKING = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables that say a reader's language, the strongest first (POSIX)."""


def find_reader_words(environment: Mapping[str, str]) -> Interface | None:
    """Return the words of the reader's language; None for English and where there are none."""
    name = next((environment[one] for one in SPEAKING if environment.get(one)), "")
    tag = re.split(r"[.@]", name)[0].replace("_", "-")
    try:
        language = find(tag)
        path = find_packed_words(language)
    except PublishError:
        return None
    if path is None:
        return None
    catalog = extract_catalog(parse_file(path.read_bytes(), path.name))
    return make_interface(language, [catalog])
