"""What a handler of the desk gets and returns, and what an address is.

A handler is a plain function: it knows no HTTP, and runs in the one thread that does all work of
the workspace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from publish.desk.access import Need, Person, Rights
from publish.errors import UsageError

__all__ = ["Answer", "Body", "Call", "Route"]

Body = Literal["json", "text", "file"]
"""What a write sends: JSON, JSON with a text that somebody wrote, or the bytes of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer that is not plain data with status 200.

    With `content`, the bytes, whole or in parts, are sent as they are, as `kind`; else `data` is
    sent as JSON.  `name` makes the browser save the content as a file.
    """

    data: Any = None
    status: int = 200
    content: bytes | Sequence[bytes] | None = None
    kind: str = "application/json"
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request: the values of its address, of its query and of its JSON body.

    A value of the address comes before one of the body, and that before one of the query, so that
    `language` is the one that the person's rights were looked up for.  `data` is a file that was
    sent.  `read_only` is a desk
    where nobody writes.  `secret` is what writes of this session carry, for the page to know.
    """

    desk: Any
    person: Person
    rights: Rights
    tab: str = ""
    shows: str = "translation"
    secret: str = ""
    accepts: str = ""
    read_only: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    data: bytes = b""

    @property
    def role(self) -> str:
        """Who decides, as reviews name it; an owner without a name says it with each decision."""
        said = self.values.get("as")
        return self.person.name or (said if self.rights.own and isinstance(said, str) else "")

    def word(self, name: str) -> str:
        """Return a text of the request; raises UsageError where there is none."""
        found = self.values.get(name)
        if not isinstance(found, str):
            raise UsageError(f"the request lacks {name}")
        return found


@dataclass(frozen=True, slots=True)
class Route:
    """An address, its method, what a person must be allowed, and its handler.

    There is no default for what it needs.  A handler that runs `aside` keeps nobody waiting: it has
    a thread of its own, and must not touch the open workspace.  Those of the server run `here`.  An
    `urgent` one, such as a save, goes before all others; what writes about one text has to be alike
    in this, so that it is done in the order in which it was asked.
    """

    method: Literal["GET", "POST"]
    path: str
    need: Need
    run: Callable[[Call], Any]
    body: Body = "json"
    aside: bool = False
    here: bool = False
    urgent: bool = False
