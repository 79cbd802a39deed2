"""Open a workspace for the desk, with all that its addresses need; this takes long to load."""

from __future__ import annotations

from publish.actions.desk.opened import Happening, LaidOut, OpenDesk, Reopened
from publish.actions.desk.opentext import TextChange
from publish.desk.app import Opened
from publish.desk.data import make_data, make_error_data
from publish.desk.events import Event, Hub
from publish.desk.routes import ROUTES
from publish.project.workspace import Workspace

__all__ = ["make_event", "open_desk"]


def open_desk(workspace: Workspace, hub: Hub) -> Opened:
    """Return an open workspace; what happens in it goes to the hub."""
    desk = OpenDesk(workspace.root, lambda one: hub.send(make_event(one)))

    def look() -> tuple[Event, ...]:
        desk.look()
        if desk.rests():
            desk.settle()
        return ()

    return Opened(routes=ROUTES, desk=desk, look=look, close=desk.close, describe=make_error_data)


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
