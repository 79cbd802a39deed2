"""Begin to serve a workspace: its page, and in which language the program itself speaks."""

from __future__ import annotations

import re

from publish.desk.app import STATIC, Opened, Workplace
from publish.desk.assets import load_assets
from publish.desk.calls import Answer, Call, Route
from publish.desk.events import Hub
from publish.desk.words import SPOKEN, make_page
from publish.editions.page.interface import Interface, make_interface
from publish.errors import UsageError
from publish.languages.registry import find
from publish.project.workspace import Workspace
from publish.resources import find_template_folder
from publish.translation.loading import Loader

__all__ = ["choose_interface", "open_place"]


def open_place(workspace: Workspace, hub: Hub) -> Workplace:
    """Return a workspace as the desk serves it; what happens in it goes to the hub."""
    loader = Loader(workspace)

    def open_now() -> Opened:
        from publish.desk.opened import open_desk  # The page is shown meanwhile.

        return open_desk(workspace, hub)

    def show(call: Call) -> Answer:
        asked = call.values.get("interface")
        accepted = f"{asked},{call.accepts}" if isinstance(asked, str) else call.accepts
        words = choose_interface(loader, accepted)
        return Answer(
            content=make_page(
                # Not those of the workspace: whoever wrote them may not be whoever reads here.
                (find_template_folder(),),
                words,
                workspace.source_language,
                token=call.secret,
                address=assets.address,
            ).encode(),
            kind="text/html; charset=utf-8",
        )

    assets = load_assets(STATIC)
    return Workplace(
        root=workspace.root,
        open=open_now,
        routes=(Route("GET", "/", "read", show, aside=True),),
        tags=tuple(language.tag for language in workspace.languages()),
        interface=lambda accepted: choose_interface(loader, accepted),
    )


def choose_interface(loader: Loader, accepted: str) -> Interface:
    """Return the interface in the first language that a browser accepts and the desk has words in.

    `accepted` is what the browser sends as Accept-Language.  Weights are left aside: browsers list
    languages in their order.  Words of editions alone are not enough: among them English ones would
    stand in a frame from right to left.
    """
    for tag in re.findall(r"(?:^|,)\s*([A-Za-z][A-Za-z0-9-]{0,34})", accepted):
        try:
            language = find(tag)
        except UsageError:
            continue
        interface = make_interface(language, loader.interfaces(language))
        if interface.knows(SPOKEN):
            return interface
    return make_interface(find("en"), ())
