"""What one user left is written into his own folder alone, however soon the next one sits down."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
import qasync
from PySide6.QtWidgets import QPlainTextEdit

from console.domain.errors import Refused
from console.kept import own_folder
from console.ui.edge import under_way
from console.ui.macros.book import MOST_LINES, Macro, of_document, written
from console.ui.own_document import OwnDocument
from tests.gui.seat import BY
from tests.gui.seats import OpenSeat

FILE = "things.json"


class Holder:
    """Somebody's things in the window: a list of words."""

    def __init__(self, loop: qasync.QEventLoop, folder: Path, calm_ms: int = 0) -> None:
        self.things: list[str] = []
        self.told: list[BaseException] = []
        self.loop, self.folder = loop, folder
        self.own = OwnDocument(
            folder, FILE, self.told.append, self.take, lambda: list(self.things), calm_ms=calm_ms
        )

    def take(self, told: Any) -> str:
        self.things = [one for one in told or () if isinstance(one, str)]
        return "" if len(self.things) == len(told or ()) else "not a word"

    def add(self, thing: str) -> None:
        self.things.append(thing)
        self.own.changed()

    def rest(self, *, opened_by: str = "") -> None:
        """Open for somebody, and let everything that was begun be done."""

        async def done() -> None:
            if opened_by:
                await self.own.open(opened_by)
            for _turn in range(1000):
                if not under_way() and self.own.working.idle:
                    return
                await asyncio.sleep(0.01)
            raise TimeoutError

        self.loop.run_until_complete(done())

    def kept(self, operator: str) -> Any:
        path = own_folder(self.folder, operator) / FILE
        return json.loads(path.read_bytes()) if path.exists() else None


def leave(folder: Path, operator: str, document: object) -> Path:
    path = own_folder(folder, operator) / FILE
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(document), "utf-8")
    return path


def test_that_what_was_not_written_yet_goes_to_who_did_it(loop: qasync.QEventLoop, tmp_path: Path) -> None:
    leave(tmp_path, "next", ["his own"])
    holder = Holder(loop, tmp_path, calm_ms=60_000)
    loop.run_until_complete(holder.own.open("first"))
    holder.add("mine")
    holder.own.change_user("next")
    holder.rest()
    assert holder.things == ["his own"]
    assert (holder.kept("first"), holder.kept("next")) == (["mine"], ["his own"])


def test_that_the_last_who_sits_down_is_the_one_who_is_served(
    loop: qasync.QEventLoop, tmp_path: Path
) -> None:
    leave(tmp_path, "second", ["of the second"])
    leave(tmp_path, "third", ["of the third"])
    holder = Holder(loop, tmp_path)
    loop.run_until_complete(holder.own.open("first"))
    holder.own.change_user("second")
    loop.run_until_complete(asyncio.sleep(0))  # the second's are being read
    holder.own.change_user("third")
    holder.rest()
    assert holder.things == ["of the third"]
    holder.add("more")
    holder.rest()
    assert (holder.kept("second"), holder.kept("third")) == (["of the second"], ["of the third", "more"])


def test_that_what_is_good_in_a_damaged_document_is_kept_and_the_rest_put_aside(
    loop: qasync.QEventLoop, tmp_path: Path
) -> None:
    path = leave(tmp_path, "first", ["good", 7])
    holder = Holder(loop, tmp_path)
    holder.rest(opened_by="first")
    assert holder.kept("first") == ["good"]
    assert json.loads(path.with_suffix(".json.damaged").read_bytes()) == ["good", 7]
    (problem,) = holder.told
    assert isinstance(problem, Refused)
    assert problem.code == "kept_damaged"
    assert FILE in str(problem.facts["file"])


def test_that_closing_writes_what_has_not_come_to_rest(loop: qasync.QEventLoop, tmp_path: Path) -> None:
    holder = Holder(loop, tmp_path, calm_ms=60_000)
    loop.run_until_complete(holder.own.open("first"))
    holder.add("last")
    holder.own.close()
    assert holder.kept("first") == ["last"]


def test_that_what_could_not_be_written_is_written_when_it_can_be(
    loop: qasync.QEventLoop, tmp_path: Path
) -> None:
    holder = Holder(loop, tmp_path)
    holder.rest(opened_by="first")
    in_the_way = tmp_path / "seats"
    in_the_way.write_bytes(b"no folder")
    holder.add("mine")
    holder.rest()
    assert [getattr(one, "code", one) for one in holder.told] == ["folder_not_writable"]
    in_the_way.unlink()
    holder.own.close()
    assert holder.kept("first") == ["mine"]


def test_that_a_thread_that_writes_late_does_not_undo_what_the_end_kept(
    loop: qasync.QEventLoop, tmp_path: Path
) -> None:
    holder = Holder(loop, tmp_path, calm_ms=60_000)
    holder.rest(opened_by="first")
    holder.add("older")
    late = holder.own._writing("first")  # a thread takes it, and the machine has other things to do
    holder.add("newer")
    holder.own.close()
    late()
    assert holder.kept("first") == ["older", "newer"]


def test_that_a_choice_on_the_map_just_before_the_end_is_kept(open_seat: OpenSeat) -> None:
    seat = open_seat()
    seat.window.charting.chosen.put("layers", {"names": [True, 40]})
    seat.window.close()
    kept = own_folder(seat.folder, BY) / "map.json"
    assert json.loads(kept.read_bytes())["layers"] == {"names": [True, 40]}


@pytest.mark.parametrize(
    "damaged",
    [
        {"name": "x"},
        [{"name": "快办", "key": "", "lines": ["受理"] * (MOST_LINES + 1)}],
        [{"name": "快办", "key": "", "lines": ["受理", 7]}],
        [{"name": "", "key": "", "lines": ["受理"]}],
        ["受理"],
    ],
)
def test_that_a_macro_is_whole_or_none(damaged: Any) -> None:
    good = Macro("好", ("受理",), "Alt+2")
    assert of_document(written([good])) == ([good], "")
    macros, wrong = of_document([*written([good]), *damaged] if isinstance(damaged, list) else damaged)
    assert macros == ([good] if isinstance(damaged, list) else [])
    assert wrong


def test_that_a_macro_longer_than_is_kept_is_refused_when_it_is_written(open_seat: OpenSeat) -> None:
    seat = open_seat()
    macros = seat.window.commands.macros
    macros._put([Macro("快办", ("受理",))])
    macros.show_macros()
    seat.settle()
    seat.find("macroText", QPlainTextEdit).setPlainText("受理\n" * (MOST_LINES + 1))
    seat.click("macroKeep")
    assert macros.macros == [Macro("快办", ("受理",))]
    assert str(MOST_LINES) in seat.find("macroSaid").text()
