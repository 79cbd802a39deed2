"""How sources write images: `![what](a file.png){width=50%}`, beyond what CommonMark has.

File names may have spaces and brackets, as editors write them though CommonMark wants `<…>`.
Attributes are those of pandoc (`{width=50%}`), of kramdown and MkDocs (`{: width="50%" }`); a size
at the end of the address (`=300x200`) is that of several editors.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.image import image as read_image
from markdown_it.token import Token

from publish.model import Role, Span
from publish.reading.faults import Faults
from publish.reading.marks.sizes import parse_size

__all__ = ["add_image_rules", "read_looks"]

_SUFFIXES = "png|jpe?g|jpe|gif|svg|webp|avif|hei[cf]|tiff?|bmp"
_SPACED = re.compile(
    rf"""
    \(\s*
    (?P<src>(?:[^\n<>"()]|\([^\n<>"()]*\))*?\.(?:{_SUFFIXES}))(?P<query>[?\#][^\s()]*)?
    (?P<size>[ ]+=(?:\d+%?)?x(?:\d+%?)?)?
    (?:[ ]+(?P<title>"[^"\n]*"|'[^'\n]*'))?
    \s*\)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ITEM = r"""[.\#][^\s{}"'=.\#]+|[\w:-]+(?:=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"']+))?"""
_ITEMS = rf"[ ]*(?:{_ITEM})(?:[ ]*(?:{_ITEM}))*[ ]*"
_ATTRIBUTES = re.compile(rf"(?:\{{:?{_ITEMS}\}}|\n?[ ]*\{{:{_ITEMS}\}})")
_LOOSE = re.compile(rf"[ ](?=\{{[^{{}}\n]*\b(?:width|height|decorative)\b)\{{{_ITEMS}\}}")
"""After a space, only what can be nothing but the attributes of an image."""
_ONE = re.compile(
    r"""[.\#](?P<name>[^\s{}"'=.\#]+)|(?P<key>[\w:-]+)(?:=(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|"""
    r"""(?P<c>[^\s{}"']+)))?"""
)
_STYLE = re.compile(r"(?:^|[;\s])(?:max-)?(width|height)\s*:\s*([^;]+)", re.IGNORECASE)
_LINE_ENDS = ("softbreak", "hardbreak")


def add_image_rules(parser: MarkdownIt) -> MarkdownIt:
    """Return a parser of sources with our rule for images."""
    parser.inline.ruler.at("image", _image)
    return parser


def _image(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("![", state.pos):
        return False
    if not read_image(state, silent) and not _spaced_image(state, silent):
        return False
    rest = state.src[: state.posMax]
    found = _ATTRIBUTES.match(rest, state.pos) or _LOOSE.match(rest, state.pos)
    if found:
        state.pos = found.end()
        if not silent:
            state.tokens[-1].meta["attributes"] = found.group().strip()
    return True


def _spaced_image(state: StateInline, silent: bool) -> bool:
    """Read an image whose address has spaces or brackets, or a size at its end."""
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1, False)
    found = _SPACED.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if not found:
        return False
    if not silent:
        label = state.src[state.pos + 2 : end]
        children: list[Token] = []
        state.md.inline.parse(label, state.md, state.env, children)
        token = state.push("image", "img", 0)
        token.attrs = {"src": found["src"].strip() + (found["query"] or ""), "alt": ""}
        if found["title"]:
            token.attrs["title"] = found["title"][1:-1]
        token.children, token.content = children, label
        token.meta["size"] = (found["size"] or "").strip()
    state.pos = found.end()
    return True


def read_looks(
    children: list[Token], role: Role, span: Span, faults: Faults, *, figures: bool = False
) -> None:
    """Write into the meta of each image how it is shown: its size, and whether it is decorative.

    With `figures` the images are blocks of their own, which can have an id.  A picture on a line of
    its own is as large as its file says, any other as high as the line.
    """
    if not any(token.type == "image" for token in children):
        return
    for line in _lines(children):
        pictures = [token for token in line if token.type == "image"]
        words = (t for t in line if t.type not in ("image", "link_open", "link_close"))
        alone = role is not Role.HEADING and not any(t.content.strip() for t in words)
        for token in pictures:
            if "look" not in token.meta:
                token.meta["look"] = _look(token, span, faults, figures=figures)
                if alone and not token.meta["look"]["width"]:
                    token.meta["look"]["width"] = "auto"


def _lines(children: list[Token]) -> list[list[Token]]:
    lines: list[list[Token]] = [[]]
    for token in children:
        if token.type in _LINE_ENDS:
            lines.append([])
        else:
            lines[-1].append(token)
    return lines


def _look(token: Token, span: Span, faults: Faults, *, figures: bool) -> dict[str, str | bool]:
    """Return the width of an image, whether it is decorative, and its `alt` if that is given.

    The id of a figure goes into the meta of its token.

    Gives advice on attributes that are passed over.
    """
    written = token.meta.get("attributes", "")
    wide, _, high = token.meta.get("size", "").removeprefix("=").partition("x")
    sizes = {"width": wide, "height": high}
    look: dict[str, str | bool] = {"decorative": False}
    unknown = []
    for match in _ONE.finditer(written.removeprefix("{").removeprefix(":").removesuffix("}")):
        key = (match["key"] or "").lower()
        value = match["a"] or match["b"] or match["c"] or ""
        if key in sizes:
            sizes[key] = value
        elif key == "style" and _STYLE.search(value):
            sizes.update((name.lower(), size) for name, size in _STYLE.findall(value))
        elif key == "alt":
            look["alt"] = value
        elif key == "decorative":
            look["decorative"] = True
        elif figures and match.group()[0] == "#":
            token.meta["id"] = match["name"]
        else:
            unknown.append(match.group())
    if unknown:
        faults.remark(
            f"an image takes no {', '.join(unknown)}, so it is passed over",
            span,
            "an image takes width, height, alt and decorative: ![a map](map.png){width=50%}",
            code="attribute-ignored",
        )
    if look["decorative"]:
        look["alt"] = ""
        if token.content.strip():
            faults.remark(
                f"an image is decorative, so its description is left out: {token.content[:60]}",
                span,
                "delete the description, or delete {decorative}",
                code="attribute-ignored",
            )
    return {"width": _width(sizes, span, faults), **look}


def _width(sizes: dict[str, str], span: Span, faults: Faults) -> str:
    """Return the width, or the height after an x; an image keeps its shape, so one is enough."""
    read = {name: parse_size(size) for name, size in sizes.items()}
    for name, size in read.items():
        if size is None:
            faults.remark(
                f"this is no {name} for an image: {sizes[name]}",
                span,
                "write a share of the page or a length: 50%, 3cm, 300px",
                code="image-width",
            )
    if read["width"]:
        return read["width"]
    height = read["height"] or ""
    return f"x{height}" if height and not height.endswith("%") else ""
