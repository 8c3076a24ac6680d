"""Anchors are kept when something was written, survive a power cut, and tell of a journal made anew."""

import asyncio
import json
from pathlib import Path

import pytest

from console.domain.operation import Operation
from console.runtime import anchor
from console.runtime.anchor import FILE, keep_anchor, keep_anchors, keep_last_anchor, read_anchors
from console.runtime.bootstrap import open_desk
from console.runtime.desk import Desk
from console.services.city import load_city
from tests.cities import small_city
from tests.lives import BY, MONDAY, registered, taken


def test_that_an_anchor_is_kept_when_there_is_something_new(desk: Desk, tmp_path: Path) -> None:
    registered(desk.store)
    first = keep_anchor(desk, tmp_path)
    assert first is not None
    assert keep_anchor(desk, tmp_path) is None
    registered(desk.store)
    second = keep_anchor(desk, tmp_path)
    assert second is not None
    assert second.line > first.line
    assert read_anchors(tmp_path) == ([first, second], 0)


def test_that_a_line_cut_off_by_a_power_cut_is_not_there_and_not_in_the_way(
    desk: Desk, tmp_path: Path
) -> None:
    registered(desk.store)
    first = keep_anchor(desk, tmp_path)
    with (tmp_path / FILE).open("a") as file:
        file.write('{"at": "2026-')
    assert read_anchors(tmp_path) == ([first], 0)
    registered(desk.store)
    second = keep_anchor(desk, tmp_path)
    assert read_anchors(tmp_path) == ([first, second], 0)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"at": "yesterday"}', '{"colour": "red"}', "\x00\xff"])
def test_that_a_damaged_line_is_named_and_the_others_are_read(
    desk: Desk, tmp_path: Path, damage: str
) -> None:
    registered(desk.store)
    first = keep_anchor(desk, tmp_path)
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write(f"{damage}\n")
    registered(desk.store)
    second = keep_anchor(desk, tmp_path)
    assert read_anchors(tmp_path) == ([first, second], 2)


def test_that_closing_keeps_the_last_anchor(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, None)
    desk.do_now(load_city, small_city(), by=BY, at=MONDAY)
    taken(desk.store, registered(desk.store), Operation.ACCEPT)
    desk.close()
    (last,), bad_line = read_anchors(tmp_path)
    assert bad_line == 0
    again = open_desk(tmp_path, None)
    again.close()
    assert read_anchors(tmp_path) == ([last], 0), "nothing was written since"
    assert json.loads((tmp_path / FILE).read_text())["line"] == last.line


def test_that_a_folder_that_cannot_be_written_does_not_stop_the_closing(
    desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    registered(desk.store)
    (tmp_path / FILE).mkdir()
    keep_last_anchor(desk, tmp_path)
    assert "no anchor was kept" in caplog.text


def test_that_the_hourly_work_begins_at_once_and_ends_when_cancelled(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(desk.store)

    async def run() -> None:
        kept = asyncio.Event()
        loop = asyncio.get_running_loop()

        def keep(desk: Desk, folder: Path) -> None:
            keep_last_anchor(desk, folder)
            loop.call_soon_threadsafe(kept.set)

        monkeypatch.setattr(anchor, "keep_last_anchor", keep)
        work = asyncio.create_task(keep_anchors(desk, tmp_path))
        await kept.wait()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work

    asyncio.run(run())
    assert len(read_anchors(tmp_path)[0]) == 1
