"""Nobody else: foreign hosts, origins, tokens, methods, frames, sizes and paths are refused."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from deskserver import PAGE, Browser, Reply, Served, read_reply, serve_desk
from examples import first

import publish.desk.answering
import publish.desk.connections
from publish.desk.connections import DeskProtocol
from publish.desk.faults import PathHider
from publish.desk.security import PAGE_POLICY, Bucket
from publish.desk.serving import ServeOptions


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = tmp_path_factory.mktemp("served") / "work"
    root.mkdir()
    with serve_desk(root) as served:
        yield served


@pytest.fixture(scope="module")
def browser(desk: Served) -> Browser:
    """A browser that is in, for tests that leave it so."""
    return desk.browser()


# --------------------------------------------------------------------------- names


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_the_desk_has_its_names(desk: Served, browser: Browser, name: str) -> None:
    assert browser.ask("/api/me", Host=f"{name}:{browser.port}").status == 200


@pytest.mark.parametrize(
    "host",
    first(
        [
            "evil.example:{port}",
            "127.0.0.1",
            "127.0.0.1:1",
            "localhost.evil.example:{port}",
            "127.0.0.1:{port}.evil.example",
            "0.0.0.0:{port}",
            "[::ffff:127.0.0.1]:{port}",
            "2130706433:{port}",
            "user@127.0.0.1:{port}",
            "127.0.0.1:{port}:80",
            "",
        ],
        5,
    ),
)
def test_no_other_name_is_answered(browser: Browser, host: str) -> None:
    """A site that lets its name lead to this machine (DNS rebinding) reads nothing."""
    for target in ("/", "/start"):
        reply = browser.ask(target, Host=host.format(port=browser.port))
        assert reply.status == 403
        assert b"the desk" not in reply.body


@pytest.mark.parametrize("target", ["/api/me", "/api/events", "/static/start.js", "/nowhere"])
def test_no_address_is_answered_under_another_name(browser: Browser, target: str) -> None:
    assert browser.ask(target, Host=f"evil.example:{browser.port}").status == 403


def test_two_hosts_or_none_are_refused(desk: Served, browser: Browser) -> None:
    head = browser.head("GET", "/api/me", {})
    twice = head.replace(b"\r\n\r\n", f"\r\nHost: {browser.name}\r\n\r\n".encode())
    assert browser.send(twice).status in (400, 403)
    assert browser.send(b"GET /api/me HTTP/1.0\r\n\r\n").status == 403
    assert browser.send(head.replace(b"Host: ", b"X-Forwarded-Host: ")).status in (400, 403)


def test_an_address_as_a_proxy_gets_it_is_refused(browser: Browser) -> None:
    assert browser.ask(f"http://{browser.name}/api/me").status == 400
    assert browser.ask("http://evil.example/api/me").status == 400


# --------------------------------------------------------------------------- origins


@pytest.mark.parametrize(
    "origin",
    first(
        [
            None,
            "null",
            "http://evil.example",
            "https://127.0.0.1:{port}",
            "http://localhost:{port}",
            "http://127.0.0.1:1",
            "http://127.0.0.1",
            "http://127.0.0.1:{port}.evil.example",
            "",
        ],
        5,
    ),
)
def test_only_a_page_of_the_desk_writes(desk: Served, browser: Browser, origin: str | None) -> None:
    given = origin.format(port=browser.port) if origin else origin
    before = len(desk.calls)
    assert browser.write("/api/build", {}, Origin=given).status == 403
    assert browser.write("/start", {"token": desk.token}, Origin=given).status == 403
    assert len(desk.calls) == before


@pytest.mark.parametrize("origin", ["null", "http://evil.example", "https://127.0.0.1:{port}"])
def test_no_other_page_reads(desk: Served, browser: Browser, origin: str) -> None:
    reply = browser.ask("/api/me", Origin=origin.format(port=browser.port))
    assert reply.status == 403
    assert not [name for name, _ in reply.headers if name.startswith("access-control")]


@pytest.mark.parametrize("site", ["cross-site", "same-site", "odd"])
def test_what_a_browser_says_of_other_sites_is_heeded(browser: Browser, site: str) -> None:
    assert browser.ask("/api/me", Sec_Fetch_Site=site).status == 403
    assert browser.ask("/static/start.js", Sec_Fetch_Site=site).status == 403
    assert browser.write("/api/build", {}, Sec_Fetch_Site=site).status == 403
    assert browser.ask("/", Sec_Fetch_Site=site).status == 403
    framed = browser.ask(
        "/", Sec_Fetch_Site=site, Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="iframe"
    )
    assert framed.status == 403


def test_a_link_may_lead_to_the_desk(browser: Browser) -> None:
    def open_from_elsewhere(target: str) -> Reply:
        return browser.ask(
            target,
            Sec_Fetch_Site="cross-site",
            Sec_Fetch_Mode="navigate",
            Sec_Fetch_Dest="document",
        )

    assert open_from_elsewhere("/start").status == 200
    assert open_from_elsewhere("/").body == PAGE.encode()
    assert open_from_elsewhere("/api/me").status == 403
    assert browser.ask("/api/me", Sec_Fetch_Site="same-origin").status == 200
    assert browser.ask("/", Sec_Fetch_Site="none").status == 200
    assert browser.write("/api/build", {}, Sec_Fetch_Site="none").status == 403


# --------------------------------------------------------------------------- tokens


def test_the_launch_address_lets_one_browser_in_once(desk: Served) -> None:
    browser, token = desk.browser(inside=False), desk.token
    assert browser.ask("/api/me").status == 401
    reply = browser.enter(token)
    assert reply.status == 204
    assert browser.ask("/api/me").status == 200
    assert "location" not in dict(reply.headers)
    again = desk.browser(inside=False)
    replay = again.enter(token)
    assert (replay.status, replay.code) == (403, "desk-closed")
    assert again.cookie == ""
    # In the browser that is in, it does no harm.
    assert browser.write("/start", {"token": token}).status == 204


def test_a_cookie_is_for_this_desk_and_no_script(desk: Served) -> None:
    browser = desk.browser(inside=False)
    cookie, *rest = browser.enter(desk.token).header("set-cookie").split("; ")
    assert cookie.startswith(f"desk-{browser.port}=")
    assert {one.lower() for one in rest} == {"httponly", "path=/", "samesite=strict"}


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "\ud800", None, 7, ["x"], {"a": 1}])
def test_no_other_token_lets_in(desk: Served, token: object) -> None:
    assert desk.token  # There is one that would.
    browser = desk.browser(inside=False)
    reply = browser.write("/start", {"token": token})
    assert reply.status in (400, 403)
    assert not reply.header("set-cookie")


def test_a_new_address_ends_the_one_before(desk: Served) -> None:
    old, new = desk.token, desk.token
    browser = desk.browser(inside=False)
    assert browser.enter(old).status == 403
    assert browser.enter(new).status == 204


def test_a_token_in_an_address_is_no_token(desk: Served) -> None:
    browser, token = desk.browser(inside=False), desk.token
    for target in (f"/start?token={token}", f"/?token={token}", f"/api/me?token={token}"):
        assert not browser.ask(target).header("set-cookie")
    assert browser.ask(f"/api/me?token={token}").status == 401
    assert browser.enter(token).status == 204


@pytest.mark.parametrize("target", ["/", "/api/me", "/api/events", "/api/links", "/files/a/ru/x"])
def test_nothing_is_read_without_a_session(desk: Served, target: str) -> None:
    browser = desk.browser(inside=False)
    for cookie in (None, f"desk-{browser.port}=x", f"desk-{browser.port}="):
        reply = browser.ask(target, Cookie=cookie)
        assert reply.status == 401
        assert b"the desk</p>" not in reply.body


def test_who_is_not_in_reads_how_to_get_in(desk: Served) -> None:
    page = desk.browser(inside=False).ask("/").body.decode()
    assert "press Enter in the terminal where publish desk is running" in page


@pytest.mark.parametrize("secret", [None, "", "x", "é"])
def test_a_write_has_the_secret_of_its_page(desk: Served, secret: str | None) -> None:
    browser = desk.browser()
    before = len(desk.calls)
    reply = browser.write("/api/build", {}, X_Desk=secret)
    assert (reply.status, reply.code) == (403, "desk-closed")
    other = desk.browser()
    assert browser.write("/api/build", {}, X_Desk=other.secret).status == 403
    assert len(desk.calls) == before
    assert browser.write("/api/build", {}).status == 200


# --------------------------------------------------------------------------- methods


@pytest.mark.parametrize(
    "method", first(["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"], 3)
)
@pytest.mark.parametrize("target", ["/", "/api/me", "/api/build", "/start", "/static/start.js"])
def test_an_address_has_its_methods_only(browser: Browser, method: str, target: str) -> None:
    reply = browser.ask(target, method)
    assert reply.status == 405
    assert not {"PUT", "DELETE", "HEAD", method} & set(reply.header("allow").split(", "))


def test_an_address_has_one_form(browser: Browser) -> None:
    for target in ("/api/me/", "/API/me", "/start/", "/nothing"):
        assert browser.ask(target).status == 404


def test_reading_and_writing_are_told_apart(browser: Browser) -> None:
    assert browser.ask("/api/build").status == 405
    assert browser.write("/api/me", {}).status == 405
    assert browser.write("/", {}).status == 405


def test_a_change_of_protocol_is_not_made(browser: Browser) -> None:
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13"}
    with browser.connect() as one:
        given = {key.replace("_", "-"): value for key, value in upgrade.items()}
        given["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
        one.sendall(browser.head("GET", "/api/me", dict(given)))
        assert not one.recv(65536).startswith(b"HTTP/1.1 101")


# --------------------------------------------------------------------------- headers


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/", 200),
        ("/start", 200),
        ("/api/me", 200),
        ("/api/drawing", 200),
        ("/api/taken", 200),
        ("/api/fail?how=error", 422),
        ("/api/fail?how=bug", 500),
        ("/api/build", 405),
        ("/static/start.js", 200),
        ("/static/nothing.js", 404),
        ("/nowhere", 404),
        ("/api/../x", 400),
    ],
)
def test_every_answer_is_guarded(browser: Browser, target: str, status: int) -> None:
    reply = browser.ask(target)
    assert reply.status == status
    assert reply.header("x-frame-options") == "DENY"
    assert reply.header("referrer-policy") == "no-referrer"
    assert reply.header("x-content-type-options") == "nosniff"
    assert reply.header("cross-origin-opener-policy") == "same-origin"
    assert reply.header("cross-origin-resource-policy") == "same-origin"
    policy = reply.header("content-security-policy")
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert reply.header("server") == ""
    html = reply.header("content-type").startswith("text/html")
    assert (policy == PAGE_POLICY) == html
    image = reply.header("content-type").startswith("image/")
    assert ("sandbox" in policy) == image
    kept = target == "/static/start.js"
    assert reply.header("cache-control") == ("no-cache" if kept else "no-store")


def test_pages_run_and_load_their_own_only() -> None:
    rules = dict(rule.split(" ", 1) for rule in PAGE_POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert "unsafe-eval" not in PAGE_POLICY
    assert [name for name, rule in rules.items() if "unsafe-inline" in rule] == ["style-src-attr"]


def test_a_file_to_take_away_is_not_shown(browser: Browser) -> None:
    reply = browser.ask("/api/taken")
    assert reply.header("content-disposition") == ("attachment; filename*=UTF-8''%D0%BF%20%221.pdf")


def test_files_of_the_page_are_kept_under_their_version(browser: Browser) -> None:
    page = browser.ask("/start").body.decode()
    script = page.partition('src="')[2].partition('"')[0]
    reply = browser.ask(script)
    assert reply.header("cache-control") == "private, max-age=31536000, immutable"
    assert reply.header("content-type") == "text/javascript; charset=utf-8"
    plain = browser.ask("/static/start.js")
    assert plain.body == reply.body
    again = browser.ask("/static/start.js", If_None_Match=plain.header("etag"))
    assert (again.status, again.body) == (304, b"")
    assert browser.ask("/static/v0/start.js").status == 404


# --------------------------------------------------------------------------- paths

TRICKS = (
    "/api/text/a%2fb/ru",
    "/static/%c0%ae%c0%ae/app.py",
    "/static/../../../etc/passwd",
    "/static/%2e%2e/%2e%2e/app.py",
    "/static/..%2fapp.py",
    "/static/..%5capp.py",
    "/static/..\\app.py",
    "/static//etc/passwd",
    "/static/%2fetc/passwd",
    "/static/start.js%00.png",
    "/static/%00",
    "/static/./start.js",
    "/static/\xff",
    "//evil.example/",
    "/files/a/ru/../../../pyproject.toml",
    "/files/a/ru/%2e%2e/x",
    "/files/a/%2e%2e/x",
    "/api/text/../ru",
    "/api/text/..%2f..%2fx/ru",
    "/api/text/a%0d%0aSet-Cookie:x/ru",
    "/api/text/a%7f/ru",
    "api/me",
    "*",
)


@pytest.mark.parametrize("target", first(TRICKS, 9))
def test_paths_are_plain(desk: Served, browser: Browser, target: str) -> None:
    before = len(desk.calls)
    reply = browser.ask(target)
    assert reply.status == 400
    assert b"root:" not in reply.body
    assert len(desk.calls) == before


@pytest.mark.parametrize(
    "target", ["/static/app.py", "/static/", "/static/start.js/x", "/static/%252e%252e/app.py"]
)
def test_only_files_of_the_page_are_sent(browser: Browser, target: str) -> None:
    assert browser.ask(target).status == 404


def test_names_in_any_script_come_as_they_are(desk: Served, browser: Browser) -> None:
    reply = browser.ask("/files/%D0%B0%20b/ru/%D0%BA%D0%B0%D1%80%D1%82%D0%B0/1%25.png")
    assert reply.json["values"] == {"document": "а b", "language": "ru", "path": "карта/1%.png"}


def test_a_long_address_is_refused(browser: Browser) -> None:
    assert browser.ask("/api/me?x=" + "a" * 1900).status == 200
    assert browser.ask("/api/me?x=" + "a" * 2100).status == 414
    assert browser.ask("/api/text/" + "a" * 2100 + "/ru").status == 414
    assert browser.ask("/api/me", X_Long="a" * 40_000).status == 431


# --------------------------------------------------------------------------- bodies


def test_a_large_body_is_refused_before_it_is_read(desk: Served, browser: Browser) -> None:
    before = len(desk.calls)
    text = {"text": "a" * (300 * 1024)}
    assert browser.write("/api/build", text).status == 413
    # Its length is told, and nothing of it is sent.
    assert browser.ask("/api/build", "POST", None, Content_Length="300000").status == 413
    huge = "9" * 30
    assert browser.ask("/api/build", "POST", None, Content_Length=huge).status in (400, 413)
    assert len(desk.calls) == before
    assert browser.write("/api/build", {"text": "a" * (200 * 1024)}).status == 200


def test_a_large_body_in_pieces_is_refused(browser: Browser) -> None:
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    head = browser.head("POST", "/api/build", {"Transfer-Encoding": "chunked"})
    with browser.connect() as one:
        with suppress(OSError):  # It may be refused before all is sent.
            one.sendall(head + chunk * 6)
        assert read_reply(one).status == 413


def test_a_file_may_be_larger(
    desk: Served, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = bytes(range(256)) * 2000
    assert browser.ask("/api/file?name=x", "POST", data, Content_Type="x/y").status == 200
    assert desk.calls[-1].data == data
    assert desk.calls[-1].word("name") == "x"
    monkeypatch.setattr(publish.desk.answering, "MOST_BYTES", {"json": 9, "file": 500_000})
    assert browser.ask("/api/file", "POST", data, Content_Type="x/y").status == 413


@pytest.mark.parametrize(
    "case",
    first(
        [
            (b"{}", "text/plain", 415),
            (b"{}", "application/x-www-form-urlencoded", 415),
            (b"{}", None, 415),
            (b"{", "application/json", 400),
            (b"", "application/json", 400),
            (b"[1]", "application/json", 400),
            (b'"x"', "application/json", 400),
            (b'{"x": NaN}', "application/json", 400),
            (b'{"x": "\\ud800"}', "application/json", 400),
            (b'{"x": "\xff"}', "application/json", 400),
            (b'{"x": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", "application/json", 400),
            (b'{"x": ' + b"9" * 50_000 + b"}", "application/json", 400),
        ],
        7,
    ),
)
def test_a_body_that_makes_no_sense_is_refused(
    desk: Served, browser: Browser, case: tuple[bytes, str | None, int]
) -> None:
    body, kind, status = case
    desk.told.clear()
    before = len(desk.calls)
    reply = browser.ask("/api/build", "POST", body, Content_Type=kind)
    assert (reply.status, reply.code) == (status, "desk-request")
    assert len(desk.calls) == before
    assert desk.told == []


def test_the_address_says_what_is_written_and_not_the_body(desk: Served, browser: Browser) -> None:
    """So that rights, which are looked up by the address, hold for what is written."""
    browser.write("/api/save/a/ru?language=en", {"language": "tk", "document": "b"})
    assert desk.calls[-1].values == {"language": "ru", "document": "a"}


# --------------------------------------------------------------------------- rates and slow ones


def test_too_much_at_once_is_refused(desk: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish.desk.answering, "BURST", 5)
    monkeypatch.setattr(publish.desk.answering, "RATE", 0)
    browser, other = desk.browser(), desk.browser()
    statuses = [browser.ask("/api/me").status for _ in range(8)]
    assert statuses == [200] * 4 + [429] * 4
    assert browser.ask("/api/me").code == "desk-limit"
    assert other.ask("/api/me").status == 200


def test_guessing_is_limited(desk: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish.desk.answering, "STRANGERS_BURST", 5)
    monkeypatch.setattr(publish.desk.answering, "STRANGERS_RATE", 0)
    with serve_desk(desk.root) as served:
        browser = served.browser(inside=False)
        statuses = [browser.enter("guess").status for _ in range(8)]
        assert statuses == [403] * 5 + [429] * 3


def test_a_bucket_fills_again() -> None:
    now = [0.0]
    bucket = Bucket(2, 0.5, lambda: now[0])
    assert [bucket.take() for _ in range(3)] == [True, True, False]
    now[0] = 2
    assert [bucket.take() for _ in range(2)] == [True, False]
    now[0] = 1000
    assert [bucket.take() for _ in range(3)] == [True, True, False]


def test_a_slow_body_is_given_up(
    desk: Served, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish.desk.answering, "MOST_SECONDS", {"json": 0.2, "file": 0.2})
    with browser.connect() as one:
        one.sendall(browser.head("POST", "/api/build", {"Content-Length": "10"}) + b"{")
        assert read_reply(one).status == 408


def test_a_connection_that_says_nothing_ends(
    desk: Served, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish.desk.connections, "HEAD_SECONDS", 0.2)
    for part in (b"", b"GET /api/me HTT", browser.head("GET", "/api/me", {})[:-2]):
        with browser.connect() as one:
            one.sendall(part)
            assert read_reply(one).status == 0
    with browser.connect() as one:  # One that has asked may wait for longer.
        one.sendall(browser.head("GET", "/api/me", {"Connection": "keep-alive"}))
        assert one.recv(65536).startswith(b"HTTP/1.1 200")
        time.sleep(0.5)
        one.sendall(browser.head("GET", "/api/me", {}))
        assert read_reply(one).status == 200


def test_a_reader_that_does_not_read_is_given_up(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(browser.ask("/api/large").body) == 20_000_000
    monkeypatch.setattr(publish.desk.connections, "STALL_SECONDS", 0.2)
    with browser.connect() as one:
        one.sendall(browser.head("GET", "/api/large", {}))
        time.sleep(1)
        assert len(read_reply(one).body) < 20_000_000
    assert browser.ask("/api/me").status == 200


def test_a_reader_that_is_only_slow_gets_all(monkeypatch: pytest.MonkeyPatch) -> None:
    protocol = DeskProtocol.__new__(DeskProtocol)
    sizes, ended, waited = [9, 5, 5], [], []
    protocol.transport = SimpleNamespace(  # type: ignore[assignment]
        get_write_buffer_size=lambda: sizes.pop(0), abort=lambda: ended.append("aborted")
    )
    protocol.loop = SimpleNamespace(  # type: ignore[assignment]
        call_later=lambda seconds, then, *more: waited.append((then, more))
    )
    protocol.flow = SimpleNamespace(pause_writing=lambda: None)  # type: ignore[assignment]
    protocol.pause_writing()
    for _ in range(2):
        then, more = waited.pop()
        assert ended == []
        then(*more)
    assert (ended, waited) == (["aborted"], [])


def test_one_address_cannot_take_all_connections(
    desk: Served, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish.desk.connections, "MOST_EACH", 3)
    opened: list[socket.socket] = []
    try:
        opened += [browser.connect() for _ in range(3)]
        time.sleep(0.2)
        assert browser.ask("/api/me").status == 0
    finally:
        for one in opened:
            one.close()


# --------------------------------------------------------------------------- what is told


@pytest.mark.parametrize("how", ["error", "system", "bug"])
def test_no_answer_names_a_path_of_the_machine(desk: Served, how: str) -> None:
    desk.told.clear()
    reply = desk.browser().ask(f"/api/fail?how={how}")
    said = reply.body.decode()
    assert str(desk.root) not in said
    assert "/home" not in said
    assert "Traceback" not in said
    assert "secret at" not in said
    assert reply.status == {"error": 422, "system": 400, "bug": 500}[how]
    traced = [one for one in desk.told if "secret at" in one and "Traceback" in one]
    assert len(traced) == (how == "bug")
    if how == "error":
        assert reply.json["error"]["message"] == "locales/ru/a.po is a link to …/secret.po"
        assert reply.json["error"]["place"] == "locales/ru/a.po:3"


def test_paths_are_hidden_and_texts_are_not(tmp_path: Path) -> None:
    root = tmp_path / "my reports" / "work"
    root.mkdir(parents=True)
    hider = PathHider(root)
    kept = "write 1/2, and/or, [a](/x), https://a.example/b/c, source/a.md, //, a / b, km/h, </p>"
    assert hider.hide(kept) == kept
    assert hider.hide(f"{root}/source/a.md:3") == "source/a.md:3"
    assert hider.hide([{"x": f"see {root}", "n": 1}]) == [{"x": "see work", "n": 1}]
    assert hider.hide(f"{root.parent}/other/b.md") == "…/other/b.md"
    assert str(Path.home()) not in hider.hide(f"no room: {Path.home()}/x y/z")
    assert hider.hide("C:\\Users\\me\\a.po is open") == "…/a.po is open"
    assert hider.hide("in /opt/thing/lib/a.py") == "in …/a.py"


def test_an_address_without_a_right_is_refused(browser: Browser) -> None:
    reply = browser.ask("/api/forgotten")
    assert (reply.status, reply.code) == (403, "desk-rights")


def test_a_desk_for_reading_lets_nobody_write(tmp_path: Path) -> None:
    with serve_desk(tmp_path, ServeOptions(port=0, read_only=True)) as served:
        browser = served.browser()
        assert browser.ask("/api/text/a/ru").status == 200
        read = len(served.calls)
        for target in ("/api/propose", "/api/save", "/api/save/a/ru", "/api/decide", "/api/build"):
            reply = browser.write(target, {"language": "ru"})
            assert (reply.status, reply.code) == (403, "desk-rights")
        assert len(served.calls) == read
        assert browser.ask("/api/links").status == 200


def test_work_aside_keeps_nobody_waiting(desk: Served, browser: Browser) -> None:
    assert browser.ask("/api/aside?x=1").json["values"] == {"x": "1"}
    assert json.loads(browser.ask("/api/me").body)["rights"] == ["all"]
