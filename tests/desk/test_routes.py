"""The addresses of a real workspace: what they answer, what they write, who hears of it."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from deskserver import Browser
from sentencecases import ledger, make_workspace, po

from publish.desk.opening import open_place
from publish.desk.serving import ServeOptions, Serving, serve
from publish.project.workspace import open_workspace

BEFORE, AFTER = "Процесс был **долгим**.", "Суд шёл **долго**."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


@pytest.fixture
def browser(root: Path) -> Iterator[Browser]:
    """A browser of the owner, at a desk that is really served."""
    with served(root) as serving:
        yield enter(serving)


class served:  # noqa: N801 - read as a sentence
    """A desk for a workspace, in a thread."""

    def __init__(self, root: Path, **options: Any) -> None:
        self.options = ServeOptions(port=0, **options)
        self.workspace = open_workspace(root)
        self.told: list[str] = []
        self.ready = threading.Event()

    def __enter__(self) -> Serving:
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        assert self.ready.wait(30)
        return self.serving

    def _run(self) -> None:
        serve(
            lambda hub: open_place(self.workspace, hub),
            self.options,
            ready=self._begin,
            tell=self.told.append,
        )

    def _begin(self, serving: Serving) -> None:
        self.serving = serving
        self.ready.set()

    def __exit__(self, *_: object) -> None:
        self.serving.stop()
        self.thread.join(20)
        assert not self.thread.is_alive()
        assert self.told == []


def enter(serving: Serving) -> Browser:
    one = Browser(serving.port)
    token = serving.new_address().partition("#")[2]
    one.write("/start", {"token": token}, X_Desk=None)
    reply = one.write("/start", {"token": token}, X_Desk=None)
    assert reply.status == 403  # Only once.
    token = serving.new_address().partition("#")[2]
    one.cookie = (
        one.write("/start", {"token": token}, X_Desk=None).header("set-cookie").partition(";")[0]
    )
    page = one.ask("/").body.decode()
    one.secret = page.partition('name="desk-token" content="')[2].partition('"')[0]
    assert one.secret
    return one


def row(browser: Browser, words: str, tag: str = "ru") -> dict[str, Any]:
    rows = browser.ask(f"/api/text/r/{tag}").json["rows"]
    found: dict[str, Any] = next(one for one in rows if words in one["text"] + one["source"])
    return found


def sentence(browser: Browser, words: str, tag: str = "ru") -> dict[str, Any]:
    found: dict[str, Any] = browser.ask(
        f"/api/sentence/r/{tag}/{row(browser, words, tag)['id']}"
    ).json
    return found


def place(found: dict[str, Any], tag: str = "ru") -> dict[str, Any]:
    return {"document": "r", "language": tag, "id": found["row"]["id"]}


def test_the_workspace_is_told(browser: Browser) -> None:
    found = browser.ask("/api/workspace").json
    assert [one["name"] for one in found["documents"]] == ["o", "r"]
    assert [one["tag"] for one in found["languages"]] == ["en", "ru", "tk"]
    assert found["person"] == {"name": "", "rights": ["all"]}
    assert "en" in [one["tag"] for one in found["interface"]["languages"]]


def test_a_text_and_its_page_have_the_same_sentences(browser: Browser) -> None:
    text = browser.ask("/api/text/r/ru").json
    page = browser.ask("/api/page/r/ru?shows=translation").json
    assert page["version"] == text["version"]
    heads = [one["id"] for one in text["rows"] if not one["head"]]
    assert [one for one in heads if one not in page["html"]] == []
    assert sum(one["total"] for one in text["sections"]) == len(text["rows"])
    style = browser.ask("/api/style/r/ru")
    assert style.header("content-type").startswith("text/css")
    assert b"#page" in style.body


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/text/gone/ru", 400),
        ("/api/text/r/xx", 400),
        ("/api/page/r/ru?shows=everything", 400),
        ("/api/sentence/r/ru/unknown", 400),
        ("/api/changed/r/ru?since=nothing", 400),
        ("/api/pdf/r/ru/0.png?width=9", 400),
        ("/api/pdf/r/ru/0.png?width=99999", 400),
        ("/api/pdf/r/ru/x.png?width=800", 400),
        ("/files/r/ru/secret.png", 400),
    ],
)
def test_what_is_not_there_is_refused_in_words(
    browser: Browser, root: Path, address: str, status: int
) -> None:
    (root / "source" / "secret.png").write_bytes(b"\x89PNG")
    reply = browser.ask(address)
    assert reply.status == status
    assert reply.json["error"]["message"]
    assert str(root) not in reply.body.decode()


def test_a_save_is_written_and_every_page_hears_of_it(browser: Browser, root: Path) -> None:
    browser.ask("/api/page/r/ru?shows=translation")
    found = sentence(browser, "долгим")
    with browser.stream() as events:
        reply = browser.write(
            "/api/save",
            {**place(found), "text": AFTER, "base": found["digest"], "fuzzy": False},
            X_Tab="one",
            X_Shows="translation",
        )
        assert reply.status == 200
        assert AFTER in po(root).read_text("utf-8")
        (changed,) = reply.json["rows"]
        assert changed["text"] == "Суд шёл долго."
        (block,) = reply.json["blocks"]
        assert "долго</strong>" in block["html"]
        assert reply.json["before"] == {"text": BEFORE, "fuzzy": False}
        told = next(
            one for one in (json.loads(events.next()["data"]) for _ in range(9)) if one.get("by")
        )
    assert (told["by"], told["version"]) == ("one", reply.json["version"])
    assert told["blocks"]["translation"] == reply.json["blocks"]
    undone = browser.write("/api/undo", place(found))
    assert undone.status == 200
    assert BEFORE in po(root).read_text("utf-8")


def test_a_text_that_changed_meanwhile_is_not_overwritten(browser: Browser, root: Path) -> None:
    found = sentence(browser, "долгим")
    po(root).write_text(po(root).read_text("utf-8").replace(BEFORE, "Их."), "utf-8")
    wish = {**place(found), "text": AFTER, "base": found["digest"]}
    reply = browser.write("/api/save", wish)
    assert reply.status == 409
    conflict = reply.json["conflict"]
    assert (conflict["mine"], conflict["theirs"]) == (AFTER, "Их.")
    assert "Их." in po(root).read_text("utf-8")
    assert browser.write("/api/save", {**wish, "base": conflict["digest"]}).status == 200


def test_what_is_typed_is_judged_and_kept_until_it_is_saved(browser: Browser) -> None:
    found = sentence(browser, "37 victims")
    wish = {**place(found), "text": "Полиция выявила 73 жертвы.", "base": found["digest"]}
    reply = browser.write("/api/typed", wish, X_Tab="one")
    assert any(one["level"] == "error" for one in reply.json["findings"])
    (typed,) = browser.ask("/api/typed").json["typed"]
    assert (typed["id"], typed["text"]) == (wish["id"], wish["text"])
    assert browser.write("/api/save", wish).status == 200
    assert browser.ask("/api/typed").json == {"typed": []}
    browser.write("/api/typed", wish)
    assert browser.write("/api/typed/drop", place(found)).status == 200
    assert browser.ask("/api/typed").json == {"typed": []}


def test_a_text_of_a_megabyte_is_kept_and_a_longer_one_refused_in_words(browser: Browser) -> None:
    found = sentence(browser, "37 victims")
    wish = {**place(found), "text": "x" * 1_000_000, "base": found["digest"]}
    reply = browser.write("/api/typed", wish, X_Tab="one")
    assert (reply.status, reply.json) == (200, {"findings": [], "unchecked": True})
    (typed,) = browser.ask("/api/typed").json["typed"]
    assert typed["text"] == wish["text"]
    for target in ("/api/typed", "/api/save", "/api/propose"):
        reply = browser.ask(target, "POST", Content_Length="1100000")
        assert (reply.status, reply.code) == (413, "desk-limit")
        assert "1 MB" in reply.json["error"]["message"]
    reply = browser.ask("/api/decide", "POST", Content_Length="300000")
    assert (reply.status, "1 MB" in reply.json["error"]["message"]) == (413, False)


def test_a_text_typed_for_a_sentence_that_is_gone_is_kept_and_told(browser: Browser) -> None:
    gone = {"document": "r", "language": "ru", "id": "gone", "text": "typed", "base": ""}
    reply = browser.write("/api/typed", gone)
    assert reply.status == 400
    assert "not in the document any more" in reply.json["error"]["message"]
    assert [one["text"] for one in browser.ask("/api/typed").json["typed"]] == ["typed"]


def test_decisions_need_a_role_and_stand_in_the_ledger(browser: Browser, root: Path) -> None:
    found = sentence(browser, "долгим")
    wish = {**place(found), "action": "approve", "reason": "", "digest": found["digest"]}
    assert browser.write("/api/decide", wish).status == 400
    assert not ledger(root).exists()
    reply = browser.write("/api/decide", {**wish, "as": "editor"})
    assert reply.status == 200
    assert [one["state"] for one in reply.json["rows"]] == ["approved"]
    assert ",approved,editor," in ledger(root).read_text("utf-8")
    refused = browser.write("/api/decide", {**wish, "as": "editor", "action": "accept"})
    assert (refused.status, refused.code) == (422, "review")  # It was not imported.
    assert browser.write("/api/decide", {**wish, "action": "erase"}).status == 400
    asked = {**wish, "as": "editor", "action": "ask", "reason": "Which trial?"}
    asked["digest"] = sentence(browser, "долгим")["digest"]
    assert browser.write("/api/confirm", asked).status == 200
    assert "Which trial?" in po(root).read_text("utf-8")


def test_a_proposal_is_made_and_taken(browser: Browser, root: Path) -> None:
    found = sentence(browser, "долгим")
    wish = {**place(found), "text": AFTER, "digest": found["digest"], "as": "director"}
    reply = browser.write("/api/propose", wish)
    assert [one["proposals"] for one in reply.json["rows"]] == [1]
    found = sentence(browser, "долгим")
    taken = {**place(found), "proposal": AFTER, "action": "take", "digest": found["digest"]}
    assert browser.write("/api/proposal", taken).status == 200
    text = po(root).read_text("utf-8")
    assert AFTER in text
    assert "director" not in text
    assert browser.write("/api/proposal", taken).status == 400


def test_earlier_texts_and_changes_come_from_git(browser: Browser, root: Path) -> None:
    run = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-C", str(root)]
    subprocess.run([*run, "init", "-q"], check=True)
    subprocess.run([*run, "add", "."], check=True)
    subprocess.run([*run, "commit", "-qm", "first"], check=True)
    found = sentence(browser, "долгим")
    wish = {**place(found), "text": AFTER, "base": found["digest"]}
    assert browser.write("/api/save", wish).status == 200
    (one,) = browser.ask(f"/api/versions/r/ru/{wish['id']}").json["versions"]
    assert (one["text"], one["message"]) == (BEFORE, "first")
    assert one["time"].startswith(f"{one['day']}T")
    changed = browser.ask("/api/changed/r/ru?since=HEAD").json
    assert changed["ids"] == [wish["id"]]


def test_the_messages_of_commits_are_for_those_who_work_on_the_text(root: Path) -> None:
    from publish.desk.access import Person, Rights

    run = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-C", str(root)]
    subprocess.run([*run, "init", "-q"], check=True)
    subprocess.run([*run, "add", "."], check=True)
    subprocess.run([*run, "commit", "-qm", "first"], check=True)
    po(root).write_text(po(root).read_text("utf-8").replace(BEFORE, AFTER), "utf-8")
    with served(root) as serving:
        for rights, said in (
            (Rights(propose=True), ""),
            (Rights(review=frozenset(("ru",))), "first"),
        ):
            serving.access.owner = Person("somebody", rights)
            browser = enter(serving)
            address = f"/api/versions/r/ru/{sentence(browser, 'шёл')['row']['id']}"
            (one,) = browser.ask(address).json["versions"]
            assert (one["text"], one["message"]) == (BEFORE, said)
            assert one["time"]


def test_a_text_that_is_restored_is_judged_and_not_kept_once_more(browser: Browser) -> None:
    found = sentence(browser, "37 victims")
    wish = {**place(found), "text": "Полиция выявила 73 жертвы.", "base": found["digest"]}
    reply = browser.write("/api/typed", {**wish, "known": True})
    assert any(one["level"] == "error" for one in reply.json["findings"])
    assert browser.ask("/api/typed").json == {"typed": []}


@pytest.mark.parametrize("right", ["translate", "review"])
def test_whoever_works_on_a_text_settles_its_doubts(root: Path, right: str) -> None:
    from publish.desk.access import Person, Rights

    before = po(root).read_text("utf-8")
    with served(root) as serving:
        tags = frozenset(("ru",))
        rights = Rights(translate=tags) if right == "translate" else Rights(review=tags)
        serving.access.owner = Person("aygul", rights)
        browser = enter(serving)
        address = "/api/confirm" if right == "translate" else "/api/decide"
        found = sentence(browser, "долгим")
        wish = {**place(found), "digest": found["digest"], "reason": "Which trial?"}
        asked = browser.write(address, {**wish, "action": "ask"})
        assert [one["doubtful"] for one in asked.json["rows"]] == [True]
        settled = browser.write(address, {**wish, "action": "settle", "reason": ""})
        assert [one["doubtful"] for one in settled.json["rows"]] == [False]
    assert po(root).read_text("utf-8") == before


def test_a_translator_confirms_and_asks_but_does_not_approve(root: Path) -> None:
    from publish.desk.access import Person, Rights

    with served(root) as serving:
        serving.access.owner = Person("aygul", Rights(translate=frozenset(("ru",))))
        browser = enter(serving)
        found = sentence(browser, "долгим")
        wish = {**place(found), "digest": found["digest"], "reason": "What is it?"}
        assert browser.write("/api/decide", {**wish, "action": "approve"}).status == 403
        assert browser.write("/api/confirm", {**wish, "action": "approve"}).status == 400
        assert browser.write("/api/confirm", {**wish, "action": "ask"}).status == 200
        other = {**place(found, "tk"), "text": "x", "base": found["digest"]}
        assert browser.write("/api/save", other).status == 403
        assert browser.write("/api/jobs", {"kind": "build"}).status == 403
    assert "What is it? (aygul)" in po(root).read_text("utf-8")


def test_hostile_texts_are_data(browser: Browser, root: Path) -> None:
    hostile = "</script><img src=x onerror=alert(1)> \u202e [x](javascript:alert(1)) \"'&{{7*7}}"
    found = sentence(browser, "Суды")
    reply = browser.write("/api/save", {**place(found), "text": hostile, "base": found["digest"]})
    assert reply.status == 200
    html = browser.ask("/api/page/r/ru?shows=translation").json["html"]
    assert "<img src" not in html
    assert "javascript:" not in html
    assert "onerror=" not in html.replace("onerror=alert(1)&gt;", "")
    assert b"alert(1)" not in browser.ask("/").body
