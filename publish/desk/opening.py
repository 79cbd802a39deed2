"""Open a workspace for the desk: what is served, in which languages the program itself speaks."""

from __future__ import annotations

import re
from urllib.parse import quote

from publish.desk.app import Workplace
from publish.editions.page.interface import Interface, make_interface
from publish.errors import UsageError
from publish.languages.registry import find
from publish.project.workspace import Workspace
from publish.translation.loading import Loader

__all__ = ["choose_interface", "choose_page", "open_place"]


def open_place(workspace: Workspace) -> Workplace:
    """Return a workspace as the desk serves it."""
    loader = Loader(workspace)
    return Workplace(
        root=workspace.root,
        routes=(),
        tags=tuple(language.tag for language in workspace.languages()),
        interface=lambda accepted: choose_interface(loader, accepted),
    )


def choose_page(workspace: Workspace, document: str, tag: str) -> str:
    """Return what the desk opens first, as the page has it in its address; empty for the overview.

    Raises UsageError for a document or a language that the workspace does not have, and for a
    language without a document where there are several.
    """
    tags = [language.tag for language in workspace.languages([tag] if tag else [])]
    if not document and not tag:
        return ""
    names = workspace.documents([document] if document else [])
    if len(names) > 1:
        raise UsageError("there are several documents", hint=f"name one of: {', '.join(names)}")
    others = [one for one in tags if tag or one != workspace.source_language.tag]
    return f"{quote(names[0], safe='')}/{(others or tags)[0]}"


def choose_interface(loader: Loader, accepted: str) -> Interface:
    """Return the interface in the first language that a browser accepts and the program has.

    `accepted` is what the browser sends as Accept-Language.  Weights are left aside: browsers list
    languages in their order.
    """
    for tag in re.findall(r"(?:^|,)\s*([A-Za-z][A-Za-z0-9-]{0,34})", accepted):
        try:
            language = find(tag)
        except UsageError:
            continue
        catalogs = loader.interfaces(language)
        if catalogs or language.tag.partition("-")[0] == "en":
            return make_interface(language, catalogs)
    return make_interface(find("en"), ())
