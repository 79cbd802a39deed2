"""Rights: what a person may do in each language; links and sessions; asked of a served desk."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from deskserver import Browser, Served, serve_desk
from examples import first

from publish.desk.access import MOST_SESSIONS, Access, Need, Person, Rights, read_invitation
from publish.desk.routes import ROUTES
from publish.desk.serving import ServeOptions
from publish.errors import UsageError

TAGS = ("en", "ru", "tk", "uz-Cyrl")
OWNER = Person("editor", Rights(own=True))

ALLOWED = {
    "guest: read": {"read"},
    "director: propose": {"read", "propose"},
    "aygul: translate tk": {"read", "propose", "translate tk"},
    "bibi: review ru": {"read", "propose", "review ru"},
    "jan: translate tk, review tk, translate ru": {
        "read",
        "propose",
        "translate tk",
        "review tk",
        "translate ru",
    },
}
"""All that each link allows; what is not listed is refused."""

ASKED = {
    "read": ("/api/text/a/ru", None),
    "propose": ("/api/propose", {"language": "tk"}),
    "translate tk": ("/api/save", {"language": "tk"}),
    "translate ru": ("/api/save/a/ru", {}),
    "translate en": ("/api/save", {"language": "en"}),
    "translate nothing": ("/api/save", {}),
    "translate odd": ("/api/save", {"language": ["tk"]}),
    "translate two": ("/api/save?language=tk", {"language": "en"}),
    "review tk": ("/api/decide", {"language": "tk"}),
    "review ru": ("/api/decide", {"language": "ru"}),
    "own": ("/api/build", {}),
    "share": ("/api/links", None),
    "share more": ("/api/links", {"invitation": "friend: read"}),
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A desk that is shared at another loopback address, which stands for the network."""
    root = tmp_path_factory.mktemp("shared")
    options = ServeOptions(
        role="editor", port=0, shared=True, address="127.0.0.2", invitations=tuple(ALLOWED)
    )
    with serve_desk(root, options) as served:
        yield served


def guest(served: Served, name: str) -> Browser:
    """The browser of somebody who opened their link."""
    assert served.serving.shared is not None
    address = dict(served.serving.shared.links)[name]
    place, _, secret = address.partition("/start#")
    host, _, port = place.removeprefix("https://").partition(":")
    browser = Browser(int(port), tls=True, host=host)
    assert browser.enter(secret).status == 204
    return browser


@pytest.mark.parametrize("invitation", first(reversed(ALLOWED), 2))
def test_a_link_allows_what_it_says_and_nothing_else(shared: Served, invitation: str) -> None:
    browser = guest(shared, invitation.partition(":")[0])
    allowed = set()
    for what, (target, data) in ASKED.items():
        before = len(shared.calls)
        reply = browser.ask(target) if data is None else browser.write(target, data)
        if reply.status == 200:
            allowed.add(what)
        else:
            assert (reply.status, reply.code) == (403, "desk-rights")
            assert len(shared.calls) == before
    assert allowed == ALLOWED[invitation]


def test_the_owner_may_do_everything_at_this_machine(shared: Served) -> None:
    browser = shared.browser()
    for target, data in ASKED.values():
        reply = browser.ask(target) if data is None else browser.write(target, data)
        assert reply.status == 200, target
    assert shared.calls[-1].person.name == "editor"
    made = [one for one in browser.ask("/api/links").json["links"] if one["name"] == "friend"]
    browser.write("/api/links/withdraw", {"id": made[0]["id"]})


def test_decisions_are_in_the_name_of_the_link(shared: Served) -> None:
    guest(shared, "bibi").write("/api/decide", {"language": "ru"})
    assert shared.calls[-1].role == "bibi"


def test_every_address_of_the_workspace_has_a_right() -> None:
    """And what changes something asks for more than to read."""
    known = set(get_args(Need)) - {"anyone"}
    assert len(ROUTES) > 15
    assert [route.path for route in ROUTES if route.need not in known] == []
    writing = [route for route in ROUTES if route.method != "GET"]
    assert [route.path for route in writing if route.need == "read"] == []


def test_writes_by_language_have_one(shared: Served) -> None:
    """A right for a language is asked for by the language of the address or of the body alone."""
    browser = guest(shared, "aygul")
    before = len(shared.calls)
    for data in ({"language": "TK"}, {"language": " tk"}, {"language": None}, {"tag": "tk"}):
        assert browser.write("/api/save", data).status == 403
    assert len(shared.calls) == before


# --------------------------------------------------------------------------- rights as values


@pytest.mark.parametrize("need", [*get_args(Need), "", "Own", "everything"])
def test_rights_are_given_by_name(need: Need) -> None:
    every = Rights(
        propose=True, translate=frozenset(TAGS), review=frozenset(TAGS), own=True, share=True
    )
    known = need in get_args(Need)
    assert every.allow(need, "tk") == known
    assert Rights().allow(need, "tk") == (need in ("anyone", "read"))


def test_a_desk_for_reading_is_for_reading() -> None:
    access = Access(OWNER, read_only=True)
    allowed = {need for need in get_args(Need) if access.may(OWNER, need, "ru")}
    assert allowed == {"anyone", "read", "share"}


def test_rights_are_shown_as_they_are_written() -> None:
    for invitation, (verb, tag) in product(("a: ",), product(("translate", "review"), TAGS)):
        person = read_invitation(f"{invitation}{verb} {tag}", TAGS)
        assert person.rights.words() == ("read", "propose", f"{verb} {tag}")
    assert read_invitation("a: read", TAGS).rights.words() == ("read",)
    assert OWNER.rights.words() == ("all",)


def test_an_invitation_is_read_as_it_is_meant() -> None:
    person = read_invitation(" Aýgül K. :  translate TK ,review uz-cyrl,  propose ", TAGS)
    assert person.name == "Aýgül K."
    assert person.rights.translate == {"tk"}
    assert person.rights.review == {"uz-Cyrl"}


@pytest.mark.parametrize(
    "text",
    [
        "aygul",
        "aygul: ",
        ": read",
        "aygul: own",
        "aygul: share",
        "aygul: all",
        "aygul: translate",
        "aygul: translate de",
        "aygul: translate tk ru",
        "aygul: read tk",
        "aygul: translate tk,",
        "aygul@mail.example: read",
        "=aygul: read",
        "a\u202eb: read",
        f"{'a' * 61}: read",
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_invitation(text, TAGS)
    assert caught.value.hint


# --------------------------------------------------------------------------- sessions


def test_a_secret_is_for_its_side_only() -> None:
    """The launch address does nothing in the network, a link nothing at this machine."""
    access = Access(OWNER)
    launch = access.new_launch()
    _, secret = access.make_link(read_invitation("a: read", TAGS))
    assert access.redeem(launch, shared=True) is None
    assert access.redeem(secret, shared=False) is None
    owner, guest = access.redeem(launch, shared=False), access.redeem(secret, shared=True)
    assert owner is not None
    assert guest is not None
    assert access.find(owner[1], shared=True) is None
    assert access.find(guest[1], shared=False) is None
    assert access.find(owner[1], shared=False) is owner[0]
    assert access.find(guest[1], shared=True) is guest[0]


def test_nothing_secret_is_kept_or_twice_the_same() -> None:
    access = Access(OWNER)
    token = access.new_launch()
    link, secret = access.make_link(read_invitation("a: read", TAGS))
    found = access.redeem(secret, shared=True)
    assert found is not None
    session, cookie = found
    kept = repr([vars(access), link, session])
    assert not any(one in kept for one in (token, secret, cookie))
    assert len({token, secret, cookie, session.secret, session.id, link.id}) == 6
    assert min(map(len, (token, secret, cookie, session.secret))) >= 43


def test_only_so_many_browsers_use_one_link() -> None:
    access = Access(OWNER)
    _, secret = access.make_link(read_invitation("a: read", TAGS))
    _, other = access.make_link(read_invitation("b: read", TAGS))
    kept = access.redeem(other, shared=True)
    first = access.redeem(secret, shared=True)
    second = access.redeem(secret, shared=True)
    assert first is not None
    assert second is not None
    assert kept is not None
    for number in range(MOST_SESSIONS - 1):
        assert access.links()[0].open == number + 2
        assert access.find(first[1], shared=True) is first[0]  # It is in use.
        access.redeem(secret, shared=True)
    assert access.find(first[1], shared=True) is first[0]
    assert access.find(second[1], shared=True) is None
    assert access.find(kept[1], shared=True) is kept[0]
    assert [(link.name, link.open, link.used) for link in access.links()] == [
        ("a", MOST_SESSIONS, MOST_SESSIONS + 1),
        ("b", 1, 1),
    ]


def test_a_withdrawn_link_ends_its_sessions_and_no_others() -> None:
    access = Access(OWNER)
    one, secret = access.make_link(read_invitation("a: read", TAGS))
    _, other = access.make_link(read_invitation("b: read", TAGS))
    ended = [access.redeem(secret, shared=True) for _ in range(2)]
    kept = access.redeem(other, shared=True)
    assert kept is not None
    assert set(access.withdraw(one.id)) == {found[0].id for found in ended if found}
    assert access.redeem(secret, shared=True) is None
    assert all(found and access.find(found[1], shared=True) is None for found in ended)
    assert access.find(kept[1], shared=True) is kept[0]
    with pytest.raises(UsageError, match="no such link"):
        access.withdraw(one.id)


def test_two_links_have_two_names() -> None:
    access = Access(OWNER)
    link, _ = access.make_link(read_invitation("a: read", TAGS))
    with pytest.raises(UsageError, match="a link for a already"):
        access.make_link(read_invitation("a: propose", TAGS))
    access.withdraw(link.id)
    access.make_link(read_invitation("a: propose", TAGS))


def test_no_link_has_the_name_of_the_owner() -> None:
    """Whoever had it would read what the owner typed, and decide in the owner's name."""
    access = Access(Person("Editor", OWNER.rights))
    with pytest.raises(UsageError, match="whoever opened this desk"):
        access.make_link(read_invitation("editor: read", TAGS))


def test_a_desk_that_is_not_shared_makes_no_link(tmp_path: Path) -> None:
    with serve_desk(tmp_path) as served:
        browser = served.browser()
        assert browser.ask("/api/links").json == {"shared": False, "links": []}
        reply = browser.write("/api/links", {"invitation": "a: read"})
        assert reply.status == 400
        assert "publish desk --share" in reply.json["error"]["hint"]
