"""Names of what the second language of a bilingual edition has of its own: ids and images."""

from __future__ import annotations

from pathlib import PurePosixPath

from lxml import etree

from publish.editions.page.materials import Materials
from publish.editions.page.xhtml import XHTML_NS, Element
from publish.languages.language import Language

__all__ = ["fix_links", "name_twin", "rename_images", "suffix_ids"]

HTML = f"{{{XHTML_NS}}}"


def name_twin(src: str, tag: str) -> str:
    """Return the name of an image's version in the second language, such as `map.ru.png`."""
    path = PurePosixPath(src)
    return str(path.with_suffix(f".{tag}{path.suffix}"))


def rename_images(root: Element, tag: str, materials: Materials) -> None:
    """Give images the names of their versions in the second language, where there are some."""
    for image in root.iter(f"{HTML}img"):
        twin = name_twin(image.get("src") or "", tag)
        if twin in materials.images:
            image.set("src", twin)


def suffix_ids(root: Element, language: Language) -> None:
    """Add the tag of the second language to its ids, and to the links to them."""
    for element in root.iter(etree.Element):
        identifier, href = element.get("id"), element.get("href") or ""
        if identifier:
            element.set("id", f"{identifier}.{language.tag}")
        if href.startswith("#"):
            element.set("href", f"{href}.{language.tag}")


def fix_links(root: Element, language: Language) -> None:
    """Point links of the second language to the id of the first where it has none of its own."""
    ids = {element.get("id") for element in root.iter(etree.Element)}
    for link in root.iter(f"{HTML}a"):
        href = link.get("href") or ""
        if href.startswith("#") and href[1:] not in ids:
            link.set("href", href.removesuffix(f".{language.tag}"))
