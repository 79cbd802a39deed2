"""The front matter of a document as lines of YAML."""

from __future__ import annotations

import json
from collections.abc import Iterator

from publish.model import Document, Facts, Inlines, Role
from publish.reading.frontmatter import TEXTS
from publish.reading.marks.canonical import serialise_inlines

__all__ = ["write_front"]

LISTS = (Role.AUTHOR, Role.KEYWORD)


def write_front(document: Document) -> str:
    """Return the front matter between lines of `---`."""
    return "\n".join(("---", *_lines(document), "---"))


def _lines(document: Document) -> Iterator[str]:
    facts = dict(_facts(document.facts))
    for key, role in TEXTS.items():
        texts = [_quoted(text) for text in document.front_text(role)]
        if len(texts) == 1 and role is not Role.KEYWORD:
            yield f"{key}: {texts[0]}"
        elif texts and role in LISTS:
            yield f"{key}:"
            yield from (f"  - {text}" for text in texts)
        if role is Role.AUTHOR:
            yield from (f"{name}: {value}" for name, value in facts.items())


def _quoted(content: Inlines) -> str:
    return json.dumps(serialise_inlines(content), ensure_ascii=False)


def _facts(facts: Facts) -> Iterator[tuple[str, str]]:
    if facts.published:
        length = {"day": 10, "month": 7, "year": 4}[facts.precision]
        yield "published", facts.published.isoformat()[:length]
    if facts.revised:
        yield "revised", facts.revised.isoformat()
    texts = {
        "source-url": facts.source_url,
        "republished-url": facts.republished_url,
        "identifier": facts.identifier,
        "contact": facts.contact,
    }
    yield from ((key, json.dumps(text, ensure_ascii=False)) for key, text in texts.items() if text)
