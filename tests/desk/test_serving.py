"""`publish desk` as a process: its address, its end, its port, its neighbours, what it writes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import pytest
from browsing import CHROMIUM
from deskserver import Browser, read_reply, serve_desk
from examples import first
from releasecases import series

from publish.cli.main import main
from publish.desk import serving
from publish.desk.connections import TABLES, find_owner, is_another_user
from publish.desk.serving import ServeOptions, choose_page
from publish.desk.sockets import bind_local, bind_next
from publish.errors import UsageError
from publish.project.workspace import open_workspace


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return series(tmp_path_factory.mktemp("made") / "work", "alpha", "beta")


@contextmanager
def running(
    root: Path,
    *more: str,
    stdin: int = subprocess.DEVNULL,
    places: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command in a process of its own, and the address that it prints."""
    words = [sys.executable, "-m", "publish", "desk", "--no-browser", "--port", "0", *more]
    with subprocess.Popen(
        [*words, "-C", str(root)],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **places},
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def let_in(address: str) -> Browser:
    """A browser that has opened an address."""
    found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/start#([\w-]{43})(/\S+)?", address)
    assert found, address
    browser = Browser(int(found[1]))
    reply = browser.write("/start", {"token": found[2]})
    assert reply.status == 204
    browser.cookie = reply.header("set-cookie").partition(";")[0]
    page = browser.ask("/").body.decode()
    secret = re.search(r'<meta name="desk-token" content="([\w-]{43})">', page)
    assert secret, page
    browser.secret = secret[1]
    return browser


KEPT = re.compile(r"\.publish/desk/(\.gitignore|lines-\w+\.jsonl)|build/\.status/[\w.]+\.json")
"""What a desk writes where nothing is saved: what was typed, and figures, as `publish status`."""


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.relative_to(folder).as_posix(): (path.lstat().st_mode, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


# --------------------------------------------------------------------------- from start to end


@pytest.mark.parametrize("number", first([signal.SIGINT, signal.SIGTERM, signal.SIGHUP], 1))
def test_a_desk_ends_in_order_with_pages_open(made: Path, number: signal.Signals) -> None:
    keyboard, stdin = os.openpty()
    options = ("beta", "-l", "RU", "--as", "editor")
    with running(made, *options, stdin=stdin) as (process, address):
        assert address.endswith("/beta/ru")
        os.write(keyboard, b"\n")
        assert process.stdout is not None
        newer = process.stdout.readline().strip()
        assert newer != address
        with pytest.raises(AssertionError):
            let_in(address)
        address = newer
        browser = let_in(address)
        person = browser.ask("/api/workspace").json["person"]
        assert person == {"name": "editor", "rights": ["all"]}
        with browser.stream() as stream, browser.connect() as idle:
            assert stream.status == 200
            idle.sendall(b"GET / HTTP/1.1\r\n")
            process.send_signal(number)
            assert process.wait(10) == 0
            assert stream.next() == {}
        assert process.stderr is not None
        assert process.stderr.read().count("\n") == 1
    os.close(keyboard)
    os.close(stdin)


@pytest.mark.full
def test_what_was_typed_is_there_after_a_kill(made: Path, tmp_path: Path) -> None:
    root = shutil.copytree(made, tmp_path / "work")
    with running(root) as (process, address):
        browser = let_in(address)
        rows = browser.ask("/api/text/alpha/ru").json["rows"]
        row = next(one for one in rows if one["source"] == "Nobody was asked.")
        typed = {"document": "alpha", "language": "ru", "id": row["id"], "text": "Ни"}
        details = browser.ask(f"/api/sentence/alpha/ru/{row['id']}").json
        typed["base"] = details["digest"]
        assert browser.write("/api/typed", typed).status == 200
        process.kill()
        process.wait(10)
    with running(root) as (_, address):
        (found,) = let_in(address).ask("/api/typed").json["typed"]
        assert typed.items() <= found.items()


@pytest.mark.full
def test_nothing_is_written_outside_the_workspace(made: Path, tmp_path: Path) -> None:
    root, home = shutil.copytree(made, tmp_path / "work"), tmp_path / "home"
    for name in ("home", "room", "cache", "config", "data", "state"):
        (tmp_path / name).mkdir()
    places = {
        "HOME": str(home),
        "TMPDIR": str(tmp_path / "room"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    before = tree(root)
    with running(root, "--address", "127.0.0.2", "--share", "a: read", places=places) as (
        process,
        address,
    ):
        browser = let_in(address)
        rows = browser.ask("/api/text/alpha/ru").json["rows"]
        typed = {"document": "alpha", "language": "ru", "id": rows[1]["id"], "text": "../../x"}
        for target in ("/api/workspace", "/api/page/alpha/ru", "/api/style/alpha/ru"):
            assert browser.ask(target).status == 200
        assert browser.write("/api/typed", {**typed, "base": ""}).status == 200
        for name in ("../../x", "/etc/x", "..", "a/b", ".publish", "publish"):
            odd = {**typed, "document": name, "base": ""}
            assert browser.write("/api/typed", odd).status in (400, 422)
            assert browser.write("/api/save", odd).status in (400, 422)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    outside = {path for path in tmp_path.rglob("*") if path.is_file() and root not in path.parents}
    assert outside == set()
    new = {name for name in tree(root) if name not in before}
    assert {one for one in new if not KEPT.fullmatch(one)} == set()
    assert {name: tree(root)[name] for name in before} == before


@pytest.mark.parametrize(
    ("document", "tag", "page"),
    [
        ("", "", ""),
        ("beta", "", "beta/ru"),
        ("beta", "en", "beta/en"),
        ("x", "", "there is no document"),
        ("beta", "tk", "has no language"),
        ("", "ru", "several documents"),
    ],
)
def test_the_first_page_is_one_of_the_workspace(
    made: Path, document: str, tag: str, page: str
) -> None:
    workspace = open_workspace(made)
    if " " not in page:
        assert choose_page(workspace, document, tag) == page
        return
    with pytest.raises(UsageError, match=page):
        choose_page(workspace, document, tag)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--share", "a: own"], "is not a right"),
        (["--share", "a: translate tk"], "no language 'tk'"),
        (["--address", "x"], "is not an address"),
        (["--port", "70000"], "70000 is not the number of a port"),
        (["--port", "-1"], "-1 is not the number of a port"),
        (["nothing"], "there is no document"),
    ],
)
def test_what_makes_no_sense_is_told(
    made: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(["desk", "--no-browser", "--port", "0", *words, "-C", str(made)]) == 2
    assert said in capsys.readouterr().err


def test_a_library_that_is_missing_is_told_before_any_address(
    made: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "LIBRARIES", ("starlette", "nowhere_installed"))
    assert main(["desk", "--no-browser", "--port", "0", "-C", str(made)]) == 4
    told = capsys.readouterr()
    assert told.out == ""
    assert "pip install nowhere_installed" in told.err
    assert "library-missing" in told.err


LATE = (
    "lxml",
    "publish.actions.desk.opened",
    "publish.checks",
    "publish.reading.markdown",
    "rapidfuzz",
)
"""What takes long to load, and is needed only when a text is opened."""


def test_the_first_page_loads_nothing_that_only_texts_need() -> None:
    code = """
import sys
import publish.cli.desk, publish.desk.serving
before = set(sys.modules)
import publish.desk.app, publish.desk.opening, publish.desk.servers, publish.desk.work
print(*sorted(before & {"starlette", "uvicorn", "jinja2", "babel"}), file=sys.stderr)
print(*sorted(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.split() == []
    assert [name for name in LATE if name in done.stdout.split()] == []


# --------------------------------------------------------------------------- ports and neighbours


def test_a_port_that_is_in_use_is_told(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert main(["desk", "--no-browser", "--port", str(port), "-C", str(made)]) == 2
        assert f"port {port} cannot be used" in capsys.readouterr().err
        found = bind_next(("127.0.0.1", "::1"), port)
        (chosen,) = {one.getsockname()[1] for one in found}
        assert port < chosen < port + 20
        for one in found:
            one.close()


def test_a_port_is_not_shared_with_another_program() -> None:
    """Nor is that of the other loopback address, to which `localhost` may lead."""
    (one, *more) = bind_local(0)
    port = one.getsockname()[1]
    try:
        for host in ("127.0.0.1", "::1")[: 1 + len(more)]:
            with pytest.raises(UsageError, match="cannot be used"):
                bind_local(port)
            with pytest.raises(OSError, match="in use"):
                socket.create_server(
                    (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
                )
    finally:
        for each in (one, *more):
            each.close()


def test_two_desks_of_one_workspace_know_each_other_not(tmp_path: Path) -> None:
    with serve_desk(tmp_path) as one, serve_desk(tmp_path) as two:
        first, second = one.browser(), two.browser()
        assert first.port != second.port
        # A browser sends the cookies of both to both.
        both = f"{first.cookie}; {second.cookie}"
        assert first.ask("/api/me", Cookie=both).json["secret"] == first.secret
        assert second.ask("/api/me", Cookie=both).json["secret"] == second.secret
        value = first.cookie.partition("=")[2]
        assert second.ask("/api/me", Cookie=f"desk-{second.port}={value}").status == 401
        assert second.write("/api/build", {}, X_Desk=first.secret).status == 403


def test_a_workspace_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    wrong = UsageError(f"{tmp_path}/publish.toml is odd", hint="mend it", code="odd")
    with serve_desk(tmp_path, wrong=wrong) as served:
        browser = Browser(served.serving.port)
        assert browser.ask("/api/me").code == "desk-closed"
        entered = browser.write("/start", {"token": served.token})
        browser.cookie = entered.header("set-cookie").partition(";")[0]
        reply = browser.ask("/api/me")
        assert (reply.status, reply.code) == (400, "odd")
        assert reply.json["error"]["message"] == "publish.toml is odd"


def test_a_desk_can_be_closed_while_it_opens(tmp_path: Path) -> None:
    with serve_desk(tmp_path) as served:
        served.serving.stop()
        served.serving.stop()


# --------------------------------------------------------------------------- other users

TABLE = """\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:20E4 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1
   1: 0100007F:20E4 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 2 1
   2: 0100007F:C350 0100007F:20E4 01 00000000:00000000 00:00000000 00000000  1001        0 3 1
   3: 0100007F:C351 0100007F:20E4 06 00000000:00000000 00:00000000 00000000  1002        0 4 1
   4: 0200A8C0:C352 0100A8C0:20E4 01 00000000:00000000 00:00000000 00000000  1003        0 5 1
   5: short
"""
TABLE6 = """\
  sl  local_address                         remote_address                        st ...
   0: 00000000000000000000000001000000:C353 00000000000000000000000001000000:20E4 01 0:0 0:0 0 1004
   1: 0000000000000000FFFF00000100007F:C354 0000000000000000FFFF00000100007F:20E4 01 0:0 0:0 0 1005
"""


@pytest.mark.parametrize(
    ("port", "owner"),
    [(50000, 1001), (50001, None), (50002, None), (50003, 1004), (50004, 1005), (50005, None)],
)
def test_the_user_at_the_other_end_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, port: int, owner: int | None
) -> None:
    (tmp_path / "tcp").write_text(TABLE)
    (tmp_path / "tcp6").write_text(TABLE6)
    tables = (str(tmp_path / "tcp"), str(tmp_path / "tcp6"), str(tmp_path / "none"))
    monkeypatch.setattr("publish.desk.connections.TABLES", tables)
    peer, own = ("127.0.0.1", port), ("127.0.0.1", 8420)
    assert find_owner(peer, own) == owner
    for user, another in ((owner, False), (4711, owner is not None)):
        monkeypatch.setattr(os, "getuid", lambda user=user: user)
        assert is_another_user(peer, own) == another


@pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0 or not Path(TABLES[0]).exists(),
    reason="only root can be two users",
)
def test_another_user_of_the_machine_is_not_served(tmp_path: Path) -> None:
    asking = (
        "import socket, sys; one = socket.create_connection(('127.0.0.1', int(sys.argv[1])));"
        "one.sendall(sys.argv[2].encode()); print(one.recv(99))"
    )
    with serve_desk(tmp_path) as served:
        browser = served.browser()
        head = browser.head("GET", "/api/me", {}).decode()
        command = [shutil.which("python3", path="/usr/bin") or sys.executable, "-c", asking]
        command += [str(browser.port), head]
        mine = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "200 OK" in mine.stdout, mine.stderr
        other = subprocess.run(
            command, capture_output=True, text=True, check=False, user=65534, cwd="/"
        )
        assert "200 OK" not in other.stdout
        assert other.stdout == "b''\n" or "reset" in other.stderr, other.stderr


# --------------------------------------------------------------------------- in a browser


@pytest.mark.full
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: make readers")
def test_a_browser_opens_the_address_once(tmp_path: Path) -> None:
    """The token is in no address that the server gets, and the page comes without it."""
    with serve_desk(tmp_path, ServeOptions(port=0)) as served:
        address = served.serving.new_address()
        first, second = (_dump(tmp_path / name, address) for name in ("one", "two"))
    assert "the desk</p>" in first
    assert 'id="refused" role="alert"><p>This address does not open the desk' in second
    assert "the desk</p>" not in second


def _dump(profile: Path, address: str) -> str:
    """The page that a browser of its own shows in the end."""
    assert CHROMIUM is not None
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=8000"]
    command = [CHROMIUM, *flags, f"--user-data-dir={profile}", "--dump-dom", address]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return done.stdout


def test_a_connection_without_a_request_is_no_trouble(tmp_path: Path) -> None:
    with serve_desk(tmp_path) as served:
        browser = served.browser()
        for data in (b"\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"GET\r\n\r\n", b"\0" * 99):
            with browser.connect() as one:
                one.sendall(data)
                one.shutdown(socket.SHUT_WR)
                assert read_reply(one).status in (0, 400)
        threads = [threading.Thread(target=browser.ask, args=("/api/me",)) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert served.told == []
