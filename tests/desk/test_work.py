"""Longer work over a real server: jobs, files that are sent and taken away, and who may do it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from deskcases import serving
from deskserver import Browser, Reply
from reviewcases import make_workspace, po
from wordfiles import make_word, par

from publish.desk.answering import MOST_BYTES
from publish.desk.workroutes import WORK_ROUTES
from publish.model import make_entry_id

SENTENCE = make_entry_id((None, "The court released the man."))


def enter(address: str) -> Browser:
    """Return a browser that the launch address let in."""
    base, _, token = address.partition("/start#")
    browser = Browser(int(base.rpartition(":")[2]))
    reply = browser.write("/start", {"token": token.partition("/")[0]}, X_Desk=None)
    browser.cookie = reply.header("set-cookie").partition(";")[0]
    found = re.search(r'desk-token" content="([^"]+)"', browser.ask("/").body.decode())
    assert found is not None
    browser.secret = found[1]
    return browser


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Browser]]:
    root = make_workspace(tmp_path_factory.mktemp("desk"))
    with serving(root) as opened:
        yield root, enter(opened.address)


def begin(browser: Browser, kind: str, **order: Any) -> int:
    reply = browser.write("/api/jobs", {"kind": kind, **order})
    assert reply.status == 200, reply.json
    number: int = reply.json["number"]
    return number


def job(browser: Browser, number: int) -> dict[str, Any]:
    (found,) = (one for one in browser.ask("/api/jobs").json["jobs"] if one["number"] == number)
    return dict(found)


def wait(browser: Browser, number: int) -> dict[str, Any]:
    """Return a job when it has ended."""
    until = time.monotonic() + 100
    while (found := job(browser, number))["state"] in ("waiting", "running"):
        assert time.monotonic() < until
        time.sleep(0.1)
    return found


def send(browser: Browser, name: str, data: bytes) -> Reply:
    kind = "application/octet-stream"
    return browser.ask(f"/api/files?name={quote(name, safe='')}", "POST", data, Content_Type=kind)


def test_a_job_is_begun_told_of_and_its_file_taken_away(desk: tuple[Path, Browser]) -> None:
    root, browser = desk
    with browser.stream() as stream:
        number = begin(browser, "build", languages=["ru"], formats=["html"])
        states = []
        while "done" not in states:
            event = stream.next()
            assert event, "the stream ended"
            if event["event"] == "job":
                told = json.loads(event["data"])
                assert told.keys() == {"number", "kind", "state", "done", "total"}
                states += [told["state"]] if told["number"] == number else []
    assert list(dict.fromkeys(states)) == ["waiting", "running", "done"]
    (line,) = job(browser, number)["lines"]
    assert (line["state"], line["language"], line["format"]) == ("built", "ru", "html")
    (listed,) = browser.ask("/api/files").json["files"]
    assert (listed["name"], listed["state"]) == (line["file"], "draft")
    reply = browser.ask(f"/api/files/{line['file']}")
    assert reply.status == 200
    assert reply.body == (root / "build/ru/r.html").read_bytes()
    assert reply.header("content-disposition") == "attachment; filename*=UTF-8''ru-r.html"
    assert reply.header("content-type") == "application/octet-stream"
    assert str(root) not in browser.ask("/api/jobs").body.decode()


@pytest.mark.parametrize("name", ["x", "ru~..~..~publish.toml", "..", ".editions~x", "a%2Fb"])
def test_nothing_else_can_be_taken_away(desk: tuple[Path, Browser], name: str) -> None:
    reply = desk[1].ask(f"/api/files/{name}")
    assert reply.status == 400
    assert not reply.header("content-disposition")


@pytest.mark.full
def test_a_word_file_becomes_a_document_of_the_desk(desk: tuple[Path, Browser]) -> None:
    browser = desk[1]
    data = make_word(par("A new report", "Heading1") + par("It has one sentence of its own."))
    reply = send(browser, "../../../Новый.docx", data)
    assert reply.json["file"].endswith("/Новый.docx")
    with browser.stream() as stream:
        number = begin(browser, "import", file=reply.json["file"], name="new")
        while (event := stream.next())["event"] != "documents":
            assert event
    done = wait(browser, number)
    assert done["state"] == "done", done["error"]
    names = [one["name"] for one in browser.ask("/api/workspace").json["documents"]]
    assert names == ["new", "r"]
    rows = browser.ask("/api/text/new/ru").json["rows"]
    assert "It has one sentence of its own." in [row["source"] for row in rows]
    again = wait(browser, begin(browser, "import", file=reply.json["file"], name="new"))
    assert again["state"] == "failed"
    assert "never overwrites" in again["error"]["message"]
    assert again["order"]["file"] == "Новый.docx"


def test_what_makes_no_sense_is_refused_in_words(desk: tuple[Path, Browser]) -> None:
    browser = desk[1]
    for order in (
        {"kind": "erase"},
        {"kind": "build", "formats": ["exe"]},
        {"kind": "build", "documents": 7},
        {"kind": "build", "documents": [7]},
        {"kind": "release", "require": "great"},
        {"kind": "import", "name": ["x"]},
        {"kind": "build", "languages": ["x"] * 1000},
    ):
        reply = browser.write("/api/jobs", order)
        assert (reply.status, reply.json["error"]["message"] != "") == (400, True), order
    assert browser.write("/api/jobs/cancel", {"number": 999}).status == 400
    assert browser.write("/api/jobs/cancel", {"number": "1"}).status == 400
    assert send(browser, "x.docx", b"").status == 400


def test_too_large_a_file_is_refused_before_it_is_sent(desk: tuple[Path, Browser]) -> None:
    length = str(MOST_BYTES["file"] + 1)
    reply = desk[1].ask("/api/files?name=x.docx", "POST", Content_Length=length)
    assert (reply.status, reply.code) == (413, "desk-limit")


def test_work_is_for_the_owner_alone() -> None:
    assert {route.need for route in WORK_ROUTES} == {"own"}


def test_a_desk_for_reading_refuses_all_work(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    (root / "build/ru").mkdir(parents=True)
    (root / "build/ru/r.html").write_text("an edition", encoding="utf-8")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with serving(root, "--read-only") as opened:
        browser = enter(opened.address)
        assert browser.ask("/api/workspace").json["readOnly"] is True
        replies = [
            browser.write("/api/jobs", {"kind": "build"}),
            browser.write("/api/jobs/cancel", {"number": 1}),
            send(browser, "x.docx", b"x"),
            *map(browser.ask, ("/api/jobs", "/api/files", "/api/files/ru~r.html")),
        ]
        assert {(reply.status, reply.code) for reply in replies} == {(403, "desk-rights")}
        assert len(replies) == len(WORK_ROUTES)
        time.sleep(0.3)
    after = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    kept = {path: data for path, data in after.items() if ".status" not in path.parts}
    assert kept == before  # Figures are kept there, as by every command that shows them.


@pytest.mark.full
def test_texts_are_typed_and_saved_while_editions_are_built(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    with serving(root) as opened:
        browser = enter(opened.address)
        number = begin(browser, "build", formats=["pdf", "epub"])
        saves, known = 0, {"document": "r", "language": "ru", "id": SENTENCE}
        while (found := job(browser, number))["state"] in ("waiting", "running"):
            base = browser.ask(f"/api/sentence/r/ru/{SENTENCE}").json["digest"]
            text = f"Суд освободил его в {saves + 1} раз."
            typed = browser.write("/api/typed", {**known, "text": text, "base": base})
            assert typed.status == 200, typed.json
            saved = browser.write("/api/save", {**known, "text": text, "base": base})
            assert saved.status == 200, saved.json
            if job(browser, number)["state"] == "running":
                saves += 1
        assert found["state"] == "done", found["error"]
        assert saves >= 5
        assert text in po(root).read_text(encoding="utf-8")
        wait(browser, begin(browser, "build", formats=["html"], languages=["ru"]))
        page = (root / "build/ru/r.html").read_text(encoding="utf-8")
        assert text in page.replace("\xa0", " ")
