"""Read XML from anybody as a tree: without document type and own entities, and within limits.

The parser is expat and stops at a `<!DOCTYPE`.  Without a document type there are only the five
entities of XML, nothing to expand and nothing to load (XML 1.0, sections 2.8 and 4.1).  A format
whose files all name a document type may do so, if the files declare nothing in it; the type is
never fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from publish.containers.refusing import make_file_error
from publish.errors import PublishError

__all__ = ["MOST_BYTES", "XmlElement", "parse_xml"]

DEEPEST = 100
"""The deepest nesting of elements; the formats read here need a tenth of it."""
MOST_ELEMENTS = 1_000_000
MOST_BYTES = 64 * 2**20


@dataclass(slots=True, kw_only=True)
class XmlElement:
    """An element: `name` and attributes without namespaces, `content` in document order."""

    name: str
    attributes: dict[str, str]
    line: int
    namespace: str = ""
    content: list[XmlElement | str] = field(default_factory=list)

    def children(self, name: str) -> Iterator[XmlElement]:
        """Yield the direct child elements that have this name."""
        for child in self.content:
            if isinstance(child, XmlElement) and child.name == name:
                yield child

    def child(self, name: str) -> XmlElement | None:
        """Return the first direct child element that has this name."""
        return next(self.children(name), None)

    def text(self) -> str:
        """Return all text inside the element, without markup."""
        return "".join(part if isinstance(part, str) else part.text() for part in self.content)


@dataclass(slots=True)
class _Building:
    """A tree that is being read: the open elements, and the number of elements so far."""

    file: str
    stack: list[XmlElement] = field(
        default_factory=lambda: [XmlElement(name="", attributes={}, line=0)]
    )
    count: int = 0


def parse_xml(data: bytes, file: str, doctype: str = "") -> XmlElement:
    """Return the root of a document; `doctype` is the only document type that it may name.

    Raises PublishError (code `kit-file`) with the line for XML that is not well-formed, has
    another document type or declarations, or is nested deeper or larger than the limits.
    """
    if len(data) > MOST_BYTES:
        raise make_file_error(f"the XML is larger than {MOST_BYTES // 2**20} MiB", file)
    building = _Building(file)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = lambda name, system, public, declares: (
        None if name == doctype and not declares else _no_doctype(parser, file)
    )
    parser.SkippedEntityHandler = lambda *_: _no_doctype(parser, file)
    parser.StartElementHandler = lambda name, given: _start(building, parser, name, given)
    parser.EndElementHandler = lambda _: building.stack.pop()
    parser.CharacterDataHandler = lambda text: building.stack[-1].content.append(text)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        message = expat.ErrorString(error.code)
        raise make_file_error(
            f"this is not well-formed XML: {message}", file, line=error.lineno
        ) from None
    except (LookupError, ValueError) as error:
        raise make_file_error(f"this is not well-formed XML: {error}", file) from None
    (root,) = (one for one in building.stack[0].content if isinstance(one, XmlElement))
    return root


def _no_doctype(parser: expat.XMLParserType, file: str) -> NoReturn:
    raise make_file_error(
        "the XML has a document type or entities of its own",
        file,
        "delete the <!DOCTYPE line, and replace each entity with its character",
        parser.CurrentLineNumber,
    )


def _start(
    building: _Building, parser: expat.XMLParserType, name: str, given: dict[str, str]
) -> None:
    building.count += 1
    if len(building.stack) > DEEPEST or building.count > MOST_ELEMENTS:
        raise _too_much(building, parser)
    namespace, _, local = name.rpartition(" ")
    attributes = {key.rpartition(" ")[2]: value for key, value in given.items()}
    element = XmlElement(
        name=local, attributes=attributes, line=parser.CurrentLineNumber, namespace=namespace
    )
    building.stack[-1].content.append(element)
    building.stack.append(element)


def _too_much(building: _Building, parser: expat.XMLParserType) -> PublishError:
    message = f"the XML has more than {MOST_ELEMENTS} elements, or more than {DEEPEST} nested ones"
    return make_file_error(message, building.file, line=parser.CurrentLineNumber)
