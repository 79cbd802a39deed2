"""A desk in the local network: TLS, names, links that are made and withdrawn."""

from __future__ import annotations

import hashlib
import socket
import ssl
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography import x509
from deskserver import Browser, Served, serve_desk

import publish.desk.sockets
from publish.desk.serving import ServeOptions, describe_shared
from publish.desk.sharing import find_addresses, find_host_names, make_certificate
from publish.errors import UsageError

HOST = "127.0.0.2"
"""A loopback address that stands for one in the network."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    options = ServeOptions(port=0, shared=True, address=HOST, invitations=("aygul: translate tk",))
    with serve_desk(tmp_path_factory.mktemp("shared"), options) as served:
        yield served


def link(served: Served, name: str = "aygul") -> tuple[int, str]:
    """The port and the secret of a link."""
    assert served.serving.shared is not None
    return parted(dict(served.serving.shared.links)[name])


def parted(address: str) -> tuple[int, str]:
    place, _, secret = address.partition("/start#")
    assert place.startswith(f"https://{HOST}:")
    return int(place.rpartition(":")[2]), secret


def outside(served: Served) -> Browser:
    """A browser in the network that has no link."""
    return Browser(link(served)[0], tls=True, host=HOST)


def test_a_link_opens_the_desk_as_often_as_it_is_opened(shared: Served) -> None:
    for _ in range(2):
        browser = outside(shared)
        assert browser.ask("/api/me").status == 401
        assert browser.enter(link(shared)[1]).status == 204
        assert browser.ask("/api/me").json["rights"] == ["read", "propose", "translate tk"]


def test_its_cookie_is_for_this_host_and_tls_only(shared: Served) -> None:
    browser = outside(shared)
    cookie, *rest = browser.enter(link(shared)[1]).header("set-cookie").split("; ")
    assert cookie.startswith(f"__Host-desk-{browser.port}=")
    flags = {one.lower() for one in rest}
    assert flags == {"httponly", "path=/", "samesite=strict", "secure"}


def test_the_owner_is_at_this_machine_only(shared: Served) -> None:
    """Neither the launch address nor the owner's cookie is of use in the network."""
    browser, token = outside(shared), shared.token
    assert browser.enter(token).status == 403
    owner = shared.browser(inside=False)
    assert owner.enter(token).status == 204
    value = owner.cookie.partition("=")[2]
    for name in (f"desk-{owner.port}", f"__Host-desk-{browser.port}"):
        assert browser.ask("/api/me", Cookie=f"{name}={value}").status == 401
    inside = shared.browser(inside=False)
    assert inside.enter(link(shared)[1]).status == 403


@pytest.mark.parametrize(
    "host", ["127.0.0.1:{port}", "localhost:{port}", HOST, "evil.example:{port}"]
)
def test_it_has_its_own_names_in_the_network(shared: Served, host: str) -> None:
    browser = outside(shared)
    assert browser.ask("/start", Host=host.format(port=browser.port)).status == 403
    name = f"{socket.gethostname()}:{browser.port}"
    assert browser.ask("/start", Host=name).status == 200


def test_it_has_its_own_origin_in_the_network(shared: Served) -> None:
    browser = outside(shared)
    token = {"token": link(shared)[1]}
    for origin in (f"http://{browser.name}", f"https://{HOST}:1", shared.browser().origin):
        assert browser.write("/start", token, Origin=origin).status == 403


def test_nothing_is_said_without_tls(shared: Served) -> None:
    browser = outside(shared)
    plain = Browser(browser.port, host=HOST)
    assert plain.ask("/start").status == 0
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    with socket.create_connection((HOST, browser.port)) as one, pytest.raises(ssl.SSLError):
        old.wrap_socket(one, server_hostname=HOST)


def count_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="counts the open files in /proc")
def test_who_never_speaks_tls_takes_only_so_many_connections(
    shared: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is a file of the process, and texts are saved to files."""
    monkeypatch.setattr(publish.desk.sockets, "MOST_EACH", 4)
    port = link(shared)[0]
    before = count_files()
    opened = [socket.create_connection((HOST, port), timeout=5) for _ in range(30)]
    try:
        time.sleep(0.3)
        assert count_files() <= before + 30 + 4
        assert shared.browser().ask("/api/me").status == 200
    finally:
        for one in opened:
            one.close()
    time.sleep(0.3)
    assert outside(shared).enter(link(shared)[1]).status == 204


def test_the_fingerprint_is_that_of_the_certificate(shared: Served) -> None:
    """And the address that a link names is in it."""
    with outside(shared).connect() as one:
        assert isinstance(one, ssl.SSLSocket)
        sent = one.getpeercert(binary_form=True)
    assert sent is not None
    found = shared.serving.shared
    assert found is not None
    assert found.fingerprint == hashlib.sha256(sent).hexdigest().upper()
    told = "".join(describe_shared(found, quiet=True)).replace(":", "").replace(" ", "")
    assert found.fingerprint in told
    names = x509.load_der_x509_certificate(sent).extensions.get_extension_for_class(
        x509.SubjectAlternativeName
    )
    assert HOST in map(str, names.value.get_values_for_type(x509.IPAddress))


def test_every_start_has_a_certificate_of_its_own() -> None:
    one, other = make_certificate(["192.168.1.5"]), make_certificate(["192.168.1.5"])
    assert one.fingerprint != other.fingerprint
    assert one.key != other.key


def test_the_owner_makes_and_withdraws_links(shared: Served) -> None:
    """Whoever used a withdrawn one is out at once, with all open pages."""
    owner = shared.browser()
    made = owner.write("/api/links", {"invitation": "bibi: read"}).json
    port, secret = parted(made["address"])
    guest, other = Browser(port, tls=True, host=HOST), outside(shared)
    assert guest.enter(secret).status == 204
    assert other.enter(link(shared)[1]).status == 204
    listed = {one["name"]: one for one in owner.ask("/api/links").json["links"]}
    assert listed["bibi"] == {
        "id": made["id"],
        "name": "bibi",
        "rights": ["read"],
        "open": 1,
        "used": 1,
    }
    assert secret not in owner.ask("/api/links").body.decode()
    with guest.stream() as stream, other.stream() as kept:
        assert (stream.status, kept.status) == (200, 200)
        assert owner.write("/api/links/withdraw", {"id": made["id"]}).status == 200
        assert stream.next() == {}  # It ends.
        assert guest.ask("/api/me").status == 401
        assert guest.enter(secret).status == 403
        assert other.ask("/api/me").status == 200
    assert owner.write("/api/links/withdraw", {"id": made["id"]}).status == 400


def test_a_link_is_withdrawn_even_in_the_middle_of_a_request(shared: Served) -> None:
    owner = shared.browser()
    made = owner.write("/api/links", {"invitation": "jan: translate tk"}).json
    port, secret = parted(made["address"])
    guest = Browser(port, tls=True, host=HOST)
    guest.enter(secret)
    body = b'{"language": "tk"}'
    before = len(shared.calls)
    with guest.connect() as one:
        one.sendall(guest.head("POST", "/api/save", {"Content-Length": str(len(body))}))
        one.sendall(body[:5])
        time.sleep(0.3)  # So that the server has begun with it.
        withdrawn = threading.Thread(
            target=owner.write, args=("/api/links/withdraw", {"id": made["id"]})
        )
        withdrawn.start()
        withdrawn.join()
        one.sendall(body[5:])
        assert one.recv(65536)[:12] in (b"HTTP/1.1 403", b"HTTP/1.1 401")
    assert len(shared.calls) == before


@pytest.mark.parametrize(
    "address", ["evil.example", "1", "127.0.0.1/8", "", "192.0.2.7", "2001:db8::7"]
)
def test_an_address_to_share_at_is_an_address(address: str) -> None:
    if not address:
        assert all(find_addresses() or ["no network"])
        return
    with pytest.raises(UsageError, match=r"not (an|have the) address") as caught:
        find_addresses(address)
    assert "all" in caught.value.hint


def test_all_addresses_are_listed_where_all_are_used() -> None:
    assert find_addresses("all") == ("0.0.0.0",)
    names = find_host_names(find_addresses("all"))
    assert "0.0.0.0" not in names
    assert socket.gethostname().lower() in names


def test_a_desk_that_is_not_shared_listens_here_only(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with serve_desk(tmp_path_factory.mktemp("alone")) as served:
        port = served.serving.port
        for host in (HOST, *find_host_names(("0.0.0.0",))[:1]):
            with pytest.raises(OSError, match="refused"):
                socket.create_connection((host, port), timeout=5)


def test_whoever_asks_much_keeps_only_themselves_waiting(shared: Served) -> None:
    """And what still waits is not done once the link is withdrawn."""
    owner = shared.browser()
    made = owner.write("/api/links", {"invitation": "hasty: read"}).json
    browser = outside(shared)
    assert browser.enter(parted(made["address"])[1]).status == 204
    with ThreadPoolExecutor(12) as people:
        asked = [people.submit(browser.ask, "/api/slow") for _ in range(12)]
        time.sleep(0.4)
        start = time.monotonic()
        assert owner.ask("/api/me").status == 200
        assert time.monotonic() - start < 1
        owner.write("/api/links/withdraw", {"id": made["id"]})
        statuses = [one.result().status for one in asked]
    assert statuses.count(200) <= 5
    assert statuses.count(200) + statuses.count(403) == 12
