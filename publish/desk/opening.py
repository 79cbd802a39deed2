"""Open a workspace for the desk: what is served, in which languages the program itself speaks."""

from __future__ import annotations

import re

from publish.actions.desk.opened import Happening, LaidOut, OpenDesk, Reopened
from publish.actions.desk.opentext import TextChange
from publish.desk.app import STATIC, Workplace
from publish.desk.assets import load_assets
from publish.desk.calls import Answer, Call, Route
from publish.desk.data import make_data, make_error_data
from publish.desk.events import Event, Hub
from publish.desk.routes import ROUTES
from publish.desk.words import make_page
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
    desk = OpenDesk(workspace.root, lambda one: hub.send(make_event(one)))

    def look() -> tuple[Event, ...]:
        desk.look()
        desk.settle()
        return ()

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
        routes=(Route("GET", "/", "read", show, aside=True), *ROUTES),
        desk=desk,
        tags=tuple(language.tag for language in workspace.languages()),
        look=look,
        close=desk.close,
        interface=lambda accepted: choose_interface(loader, accepted),
        describe=make_error_data,
    )


def make_event(happened: Happening) -> Event:
    """Return what happened as browsers get it."""
    match happened:
        case TextChange():
            return Event("changed", make_data(happened))
        case LaidOut():
            return Event("pdf", make_data(happened))
        case Reopened():
            return Event("documents")
        case _:
            # Only its owner may ask what came of it.
            told = {"number": happened.number, "kind": happened.order.kind, "state": happened.state}
            return Event("job", {**told, "done": happened.done, "total": happened.total})


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
