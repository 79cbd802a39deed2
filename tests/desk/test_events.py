"""Events reach every open page, also after a break; a slow reader keeps nobody waiting."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
from deskserver import EventStream, Served, serve_desk

import publish.desk.events
from publish.desk.events import Event, Hub, Stream


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve_desk(tmp_path_factory.mktemp("served")) as served:
        yield served


def happen(desk: Served, *numbers: int) -> None:
    desk.events += [
        Event("changed", {"number": number, "text": "Ы\n\u2028x"}) for number in numbers
    ]


def numbers(stream: EventStream, count: int) -> list[str]:
    return [stream.next()["data"].partition(",")[0].rpartition(" ")[2] for _ in range(count)]


# --------------------------------------------------------------------------- as served


def test_what_changes_is_told_to_every_page(desk: Served) -> None:
    browser, other = desk.browser(), desk.browser()
    with browser.stream() as one, other.stream() as two:
        assert one.headers["content-type"].startswith("text/event-stream")
        assert one.headers["cache-control"] == "no-store"
        happen(desk, 1, 2)
        assert numbers(one, 2) == numbers(two, 2) == ["1", "2"]


def test_an_event_is_one_line_of_data(desk: Served) -> None:
    browser = desk.browser()
    with browser.stream() as stream:
        happen(desk, 7)
        found = stream.next()
    assert found["event"] == "changed"
    assert found["data"] == '{"number": 7, "text": "\\u042b\\n\\u2028x"}'


def test_what_was_missed_comes_after_a_break(desk: Served) -> None:
    browser = desk.browser()
    with browser.stream() as stream, desk.browser().stream() as other:
        happen(desk, 1)
        last = stream.next()["id"]
        assert numbers(other, 1) == ["1"]
        stream.file.close()
        happen(desk, 2, 3)
        assert numbers(other, 2) == ["2", "3"]
    with browser.stream(Last_Event_ID=last) as stream:
        assert numbers(stream, 2) == ["2", "3"]
        happen(desk, 4)
        assert numbers(stream, 1) == ["4"]


def test_a_tab_that_was_hidden_is_told_what_it_missed(desk: Served) -> None:
    browser = desk.browser()
    with browser.stream() as stream:
        happen(desk, 1)
        last = stream.next()["id"]
        happen(desk, 2)
        assert numbers(stream, 1) == ["2"]
    with browser.stream(f"/api/events?after={last}") as stream:
        assert numbers(stream, 1) == ["2"]
    with browser.stream("/api/events?after=none") as stream:
        assert stream.next()["event"] == "workspace"


@pytest.mark.parametrize("last", ["x", "00000000-1", "0-99999999999999999999", "é", "-", "1e9"])
def test_who_comes_from_elsewhere_looks_at_everything_again(desk: Served, last: str) -> None:
    """Such as from the desk before this one, whose numbers mean nothing."""
    with desk.browser().stream() as stream:
        happen(desk, 1)
        assert numbers(stream, 1) == ["1"]
    with desk.browser().stream(Last_Event_ID=last) as stream:
        assert stream.next()["event"] == "workspace"


def test_a_browser_has_so_many_streams(desk: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish.desk.events, "STREAMS_EACH", 2)
    browser = desk.browser()
    with browser.stream() as one, browser.stream() as two:
        assert (one.status, two.status) == (200, 200)
        with browser.stream() as three:
            assert three.status == 429
        with desk.browser().stream() as other:
            assert other.status == 200
    for _ in range(50):  # One that was closed counts no longer, when the server has noticed.
        with browser.stream() as again:
            if again.status == 200:
                break
        time.sleep(0.1)
    assert again.status == 200


def test_all_browsers_have_so_many_streams(desk: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish.desk.events, "STREAMS", 0)
    with desk.browser().stream() as stream:
        assert stream.status == 429


def test_a_page_gets_a_sign_of_life(desk: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish.desk.events, "HEARTBEAT", 0.05)
    with desk.browser().stream() as stream:
        assert [stream._chunk() for _ in range(3)] == [b"retry: 1000\n\n", b":\n\n", b":\n\n"]


def test_a_slow_reader_keeps_nobody_waiting(desk: Served) -> None:
    browser = desk.browser()
    with browser.connect() as slow, browser.stream() as quick:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.sendall(browser.head("GET", "/api/events", {}))
        assert slow.recv(10) == b"HTTP/1.1 2"
        for _ in range(2):
            text = "x" * 300_000
            desk.events += [Event("changed", {"number": n, "text": text}) for n in range(20)]
            assert numbers(quick, 20) == [str(number) for number in range(20)]
        assert browser.ask("/api/me").status == 200


def test_streams_end_with_the_desk(tmp_path_factory: pytest.TempPathFactory) -> None:
    with (
        serve_desk(tmp_path_factory.mktemp("served")) as served,
        served.browser().stream() as stream,
    ):
        threading.Timer(0.1, served.serving.stop).start()
        assert stream.next() == {}
        assert stream.whole
        assert served.thread is not None
        served.thread.join(10)
        assert not served.thread.is_alive()


def test_a_fault_while_looking_ends_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    with serve_desk(tmp_path_factory.mktemp("served")) as served:
        with served.browser().stream() as stream:
            served.events.append(Event("changed", {"number": {1, 2}}))  # No JSON.
            time.sleep(0.5)
            happen(served, 5)
            assert numbers(stream, 1) == ["5"]
        assert "not JSON serializable" in served.told[0]


# --------------------------------------------------------------------------- the hub


def run(test: Callable[[Hub], Awaitable[None]]) -> None:
    asyncio.run(_run(test))


async def _run(test: Callable[[Hub], Awaitable[None]]) -> None:
    await asyncio.wait_for(test(Hub()), 20)


def opened(hub: Hub, session: str = "s", last: str = "") -> tuple[Stream, AsyncIterator[bytes]]:
    stream = hub.open(session, last)
    assert stream is not None
    return stream, stream.written()


def test_too_much_waiting_becomes_one_event(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish.desk.events, "WAITING", 5)

    async def test(hub: Hub) -> None:
        _, written = opened(hub)
        await anext(written)
        for number in range(5):
            hub.send(Event("changed", {"number": number}))
        assert b'"number": 0' in await anext(written)
        for number in range(9):
            hub.send(Event("changed", {"number": number}))
        assert b"event: workspace\n" in await anext(written)

    run(test)


def test_what_is_kept_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish.desk.events, "KEPT_SIZE", 1000)

    async def test(hub: Hub) -> None:
        _, written = opened(hub)
        await anext(written)
        hub.send(Event("changed", {}))
        first = (await anext(written)).decode().split("\n")[0].removeprefix("id: ")
        for _ in range(3):
            hub.send(Event("changed", {"text": "x" * 400}))
        _, late = opened(hub, last=first)
        await anext(late)
        assert b"event: workspace\n" in await anext(late)

    run(test)


def test_events_come_from_any_thread_in_their_order() -> None:
    async def test(hub: Hub) -> None:
        _, written = opened(hub)
        await anext(written)

        def send() -> None:
            for number in range(50):
                hub.send(Event("changed", {"number": number}))

        thread = threading.Thread(target=send)
        thread.start()
        for number in range(50):
            assert f'"number": {number}}}'.encode() in await anext(written)
        thread.join()

    run(test)


def test_a_closed_hub_opens_no_stream() -> None:
    async def test(hub: Hub) -> None:
        stream, written = opened(hub)
        await anext(written)
        assert hub.listened
        hub.close()
        with pytest.raises(StopAsyncIteration):
            await anext(written)
        stream.leave()
        assert not hub.listened
        assert hub.open("s") is None

    run(test)


def test_those_with_a_link_leave_streams_for_the_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish.desk.events, "STREAMS", 5)
    monkeypatch.setattr(publish.desk.events, "STREAMS_SHARED", 3)

    async def come() -> list[bool]:
        hub = Hub()
        guests = [hub.open(f"guest {number}", shared=True) for number in range(5)]
        owners = [hub.open(f"owner {number}") for number in range(3)]
        return [one is not None for one in (*guests, *owners)]

    came = asyncio.run(come())
    assert came == [True, True, True, False, False, True, True, False]
