"""Who may do what: rights, people, links to invite them, sessions.

Tokens, cookies and the secrets of links are random, and only their digests are kept.  All ends with
the process.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from publish.errors import UsageError

__all__ = ["Access", "Link", "LinkState", "Need", "Person", "Rights", "Session", "read_invitation"]

Need = Literal["anyone", "read", "propose", "translate", "review", "own", "share"]
"""What an address asks for.  `anyone` needs no session; `translate` and `review` name a language;
`own` is what only the owner does, such as building; `share` is to make and withdraw links."""

MOST_SESSIONS = 32
"""So many browsers may use one link, or be the owner's, at once; one more ends the one that was
not used for longest."""
MOST_LINKS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What somebody may do beside reading: `translate` and `review` are tags of languages."""

    propose: bool = False
    translate: frozenset[str] = frozenset()
    review: frozenset[str] = frozenset()
    own: bool = False
    share: bool = False

    def allow(self, need: Need, tag: str = "") -> bool:
        """Return whether they are enough; `tag` is the language that is written."""
        match need:
            case "anyone" | "read":
                return True
            case "propose":
                return self.own or self.propose or bool(self.translate | self.review)
            case "translate":
                return self.own or tag in self.translate
            case "review":
                return self.own or tag in self.review
            case "own":
                return self.own
            case "share":
                return self.own or self.share
            case _:
                return False  # What nobody has thought of is not allowed.

    @property
    def works(self) -> bool:
        """Whether texts are written or decided on with them, in any language."""
        return self.own or bool(self.translate | self.review)

    def words(self) -> tuple[str, ...]:
        """Return the rights as words, as a link is written: `translate tk`; `all` for the owner."""
        if self.own:
            return ("all",)
        found = [f"translate {tag}" for tag in sorted(self.translate)]
        found += [f"review {tag}" for tag in sorted(self.review)]
        return ("read", *(["propose"] if self.allow("propose") else []), *found)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the desk: a role or a pseudonym, as reviews name it, and what they may do."""

    name: str
    rights: Rights


@dataclass(frozen=True, slots=True)
class Link:
    """An invitation of one person; whoever has its secret is that person."""

    id: str
    person: Person
    digest: bytes


@dataclass(frozen=True, slots=True)
class LinkState:
    """A link as it is listed: in how many browsers it is open now, and in how many it ever was."""

    id: str
    name: str
    rights: tuple[str, ...]
    open: int
    used: int


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that was let in: by a link, or by the launch address, which has no link.

    `secret` goes into the page, and every write carries it; the cookie is known by its digest only.
    """

    id: str
    person: Person
    secret: str
    link: str
    shared: bool


class Access:
    """The people at one desk.  The launch address works on this machine, links on the network."""

    def __init__(self, owner: Person, *, read_only: bool = False) -> None:
        self.owner = owner
        self.read_only = read_only
        self._launch = b""
        self._links: dict[str, Link] = {}
        self._used: dict[str, int] = {}
        self._sessions: dict[bytes, Session] = {}

    # ---- letting in

    def new_launch(self) -> str:
        """Return a token that lets one browser in, once; one that was not used yet ends."""
        token = secrets.token_urlsafe(32)
        self._launch = _digest(token)
        return token

    def make_link(self, person: Person) -> tuple[Link, str]:
        """Return a new link and its secret, which is not kept.

        Raises UsageError for one too many, for a second one of the same name, and for the owner's:
        what is typed and decided is known by its name.
        """
        if len(self._links) >= MOST_LINKS:
            raise UsageError(
                f"there are {MOST_LINKS} links, no more can be made", hint="withdraw some of them"
            )
        if person.name.casefold() == self.owner.name.casefold():
            raise UsageError(
                f"{person.name} is the name of whoever opened this desk",
                hint="choose another name for the link",
            )
        if any(link.person.name == person.name for link in self._links.values()):
            raise UsageError(
                f"there is a link for {person.name} already",
                hint="withdraw it first, or choose another name",
            )
        secret = secrets.token_urlsafe(32)
        link = Link(secrets.token_hex(4), person, _digest(secret))
        self._links[link.id] = link
        return link, secret

    def redeem(self, token: str, *, shared: bool) -> tuple[Session, str] | None:
        """Return a new session and its cookie for a token, None if it lets nobody in.

        `shared` says that it came over the network.
        """
        digest = _digest(token)
        if not shared:
            if not self._launch or not hmac.compare_digest(digest, self._launch):
                return None
            self._launch = b""
            return self._let_in(self.owner, "", shared=False)
        found = None
        for link in self._links.values():  # All are compared, so that the time says nothing.
            if hmac.compare_digest(digest, link.digest):
                found = link
        if found is None:
            return None
        self._used[found.id] = self._used.get(found.id, 0) + 1
        return self._let_in(found.person, found.id, shared=True)

    def _let_in(self, person: Person, link: str, *, shared: bool) -> tuple[Session, str]:
        alike = [key for key, session in self._sessions.items() if session.link == link]
        for key in alike[: max(0, len(alike) - MOST_SESSIONS + 1)]:
            del self._sessions[key]
        cookie = secrets.token_urlsafe(32)
        session = Session(secrets.token_hex(8), person, secrets.token_urlsafe(32), link, shared)
        self._sessions[_digest(cookie)] = session
        return session, cookie

    def find(self, cookie: str, *, shared: bool) -> Session | None:
        """Return the session of a cookie, None if there is none; it counts where it was given."""
        digest = _digest(cookie)
        found = self._sessions.get(digest)
        if found is None or found.shared != shared:
            return None
        self._sessions[digest] = self._sessions.pop(digest)  # The one used last is the last.
        return found

    # ---- what they may do

    def may(self, person: Person, need: Need, tag: str = "") -> bool:
        """Return whether somebody may do something; at a desk for reading, nobody writes."""
        if self.read_only and need not in ("anyone", "read", "share"):
            return False
        return person.rights.allow(need, tag)

    # ---- links

    def links(self) -> tuple[LinkState, ...]:
        """Return the links, in the order in which they were made."""
        opened = [session.link for session in self._sessions.values()]
        return tuple(
            LinkState(
                id=link.id,
                name=link.person.name,
                rights=link.person.rights.words(),
                open=opened.count(link.id),
                used=self._used.get(link.id, 0),
            )
            for link in self._links.values()
        )

    def withdraw(self, id: str) -> tuple[str, ...]:
        """End a link and all its sessions, whose ids are returned; raises UsageError for none."""
        if id not in self._links:
            raise UsageError("there is no such link", hint="it may have been withdrawn already")
        del self._links[id]
        ended = {key: one for key, one in self._sessions.items() if one.link == id}
        for key in ended:
            del self._sessions[key]
        return tuple(session.id for session in ended.values())

    def holds(self, session: Session) -> bool:
        """Return whether a session has not ended."""
        return any(one is session for one in self._sessions.values())

    def is_open(self, id: str) -> bool:
        """Return whether a session, named by its id, has not ended."""
        return any(one.id == id for one in self._sessions.values())


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


# --------------------------------------------------------------------------- invitations

HINT = 'write a name and its rights, such as "aygul: translate tk, review tk" or "guest: read"'


def read_invitation(text: str, tags: Iterable[str]) -> Person:
    """Return the person that `NAME: RIGHT, RIGHT` invites; raises UsageError for anything else.

    A right is `read`, `propose`, `translate TAG` or `review TAG`, of a language among `tags`.
    """
    from publish.signatures.reviewers import explain_wrong_reviewer  # Loaded where it is needed.

    name, colon, rest = text.partition(":")
    if not colon:
        raise UsageError(f"{text!r} does not say who may do what", hint=HINT)
    if why := explain_wrong_reviewer(name.strip()):
        raise UsageError(f"the name of a link: {why}", hint="write a role or a pseudonym")
    known = {tag.lower(): tag for tag in tags}
    given: dict[str, set[str]] = {}
    for right in rest.split(","):
        verb, tag = _read_right(right, known)
        given.setdefault(verb, set()).add(tag)
    rights = Rights(
        propose="propose" in given,
        translate=frozenset(given.get("translate", ())),
        review=frozenset(given.get("review", ())),
    )
    return Person(name.strip(), rights)


def _read_right(right: str, known: Mapping[str, str]) -> tuple[str, str]:
    """Return the verb of a right, and its language as the workspace writes it."""
    match right.split():
        case ["read" | "propose" as verb]:
            return verb, ""
        case ["translate" | "review" as verb, tag] if tag.lower() in known:
            return verb, known[tag.lower()]
        case ["translate" | "review", tag]:
            listed = ", ".join(known.values())
            raise UsageError(f"this workspace has no language {tag!r}", hint=f"it has {listed}")
        case _:
            raise UsageError(f"{right.strip()!r} is not a right that a link can give", hint=HINT)
