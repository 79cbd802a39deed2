"""Title, authors and date of a Word file, from its properties (`docProps/core.xml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from publish.importing.word.names import local_name
from publish.importing.word.package import Package

__all__ = ["Properties", "read_properties"]

WORTHLESS = re.compile(
    r"(?:untitled|document|title|microsoft word|word document|powerpoint|документ|без имени)"
    r"\b[\s\d-]*$"
    r"|microsoft word - |.*\.(?:docx?|rtf|odt)$",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"(?:user|admin|administrator|owner|author|microsoft office user|пользователь|python-docx|"
    r"apache poi|unknown|windows user)\b[\s\d]*$",
    re.IGNORECASE,
)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
KINDS = ("coreProperties", "core-properties")


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What a file says of itself; empty where it says nothing of use."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    language: str = ""
    description: str = ""
    keywords: str = ""


def read_properties(package: Package) -> Properties:
    """Return the properties of a file, without those that programs fill in by themselves."""
    name = next(
        (
            one.target
            for one in package.relations("").values()
            if one.kind in KINDS and not one.external
        ),
        "docProps/core.xml",
    )
    root = package.read_xml(name)
    given: dict[str, str] = {}
    for one in root if root is not None else ():
        given.setdefault(local_name(one), " ".join((one.text or "").split()))
    date = DATE.match(given.get("modified") or given.get("created") or "")
    authors = [part.strip() for part in re.split(r"[;]", given.get("creator", ""))]
    title = given.get("title", "")
    return Properties(
        title="" if WORTHLESS.match(title) else title,
        authors=tuple(one for one in authors if one and not NOBODY.match(one)),
        date=date[0] if date else "",
        language=given.get("language", ""),
        description=given.get("description", ""),
        keywords=given.get("keywords", ""),
    )
