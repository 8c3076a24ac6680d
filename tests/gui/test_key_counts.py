"""The twelve commonest tasks by the keys that the manual says: performed on the window, and counted."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.domain.flow import State
from console.domain.operation import Request
from console.domain.wanted import CaseFilter
from console.ui.actions import ACTS, WINDOW
from tests.gui.seat import Seat

ROOT = Path(__file__).resolve().parents[2]
PAGES = {language: ROOT / "resources" / "manual" / language / "keys.md" for language in ("zh", "en")}
AT_MOST = {1: 3, 2: 8}

_ROW = re.compile(r"\| (\d+) \| (.+?) \| (.+?) \| (\d+) \|")
_PART = re.compile(r"`([^`]+)`(?:×(\d+))?|“([^”]+)”|[〈‹]([^〉›]+)[〉›]")


@dataclass(frozen=True)
class Told:
    """A row of the manual: keys with how often, texts that are counted, and words that are not."""

    number: int
    parts: tuple[tuple[str, str, str, str], ...]
    count: int

    @property
    def presses(self) -> int:
        return sum(int(times or 1) if key else len(text) for key, times, text, _words in self.parts)


def told(language: str) -> dict[int, Told]:
    rows = _ROW.findall(PAGES[language].read_text("utf-8"))
    return {
        int(number): Told(int(number), tuple(_PART.findall(keys)), int(count))
        for number, _task, keys, count in rows
    }


def perform(seat: Seat, row: Told) -> None:
    """Press what the manual says."""
    for key, times, text, _words in row.parts:
        if key:
            seat.press(*[key] * int(times or 1))
        else:
            seat.type(text or "已说明")
    seat.settle()


def chosen(at: State) -> Callable[[Seat], str]:
    def begin(seat: Seat) -> str:
        code = seat.bring(at)
        seat.choose(code)
        return code

    return begin


def of_ten(seat: Seat) -> str:
    for _time in range(10):
        code = seat.bring(State.FED_BACK)
    seat.queue.show(CaseFilter(states=(State.FED_BACK,)))
    seat.press("Ctrl+1", "Home", "Down", "Home")
    return code


def just_accepted(seat: Seat) -> str:
    code = chosen(State.REPORTED)(seat)
    seat.press("A")
    assert seat.stored(code).case.state is State.TO_FILE
    return code


def the_31st(seat: Seat) -> str:
    while True:
        code = seat.bring(State.REPORTED)
        if code.endswith("00031"):
            return code
        assert int(code[8:]) < 31


def nothing(_seat: Seat) -> str:
    return ""


def is_at(state: State) -> Callable[[Seat, str], bool]:
    return lambda seat, code: seat.stored(code).case.state is state


def has_asked(seat: Seat, code: str) -> bool:
    return seat.stored(code).case.request is Request.SUSPENSION


def was_urged(seat: Seat, code: str) -> bool:
    return any(fact.operation.value == "urge" for fact in seat.stored(code).facts)


def is_registered(seat: Seat, _code: str) -> bool:
    return seat.stored(seat.case.code).case.description == "已说明"


def is_chosen(seat: Seat, code: str) -> bool:
    return seat.case.code == code


def shows_overdue(seat: Seat, _code: str) -> bool:
    return seat.queue.filter == CaseFilter(late=True, division="410105")


def ten_closed(seat: Seat, _code: str) -> bool:
    last = seat.window.conduct.memory.last
    closed = [seat.stored(one).case.state for one in last.versions] if last is not None else []
    return closed == [State.CLOSED] * 10


TASKS: dict[int, tuple[Callable[[Seat], str], Callable[[Seat, str], bool]]] = {
    1: (chosen(State.REPORTED), is_at(State.TO_HANDLE)),
    2: (chosen(State.TO_FILE), is_at(State.TO_HANDLE)),
    3: (chosen(State.REPORTED), is_at(State.NOT_ACCEPTED)),
    4: (chosen(State.FED_BACK), is_at(State.TO_HANDLE)),
    5: (chosen(State.FED_BACK), is_at(State.CLOSED)),
    6: (chosen(State.HANDLING), has_asked),
    7: (chosen(State.HANDLING), was_urged),
    8: (nothing, is_registered),
    9: (the_31st, is_chosen),
    10: (nothing, shows_overdue),
    11: (of_ten, ten_closed),
    12: (just_accepted, is_at(State.REPORTED)),
}


@pytest.mark.parametrize("number", TASKS)
def test_that_a_task_is_done_by_the_keys_of_the_manual(seat: Seat, number: int) -> None:
    begin, done = TASKS[number]
    code = begin(seat)
    row = told("zh")[number]
    perform(seat, row)
    assert done(seat, code), (seat.message, seat.command.says, row)


@pytest.mark.parametrize("language", PAGES)
def test_that_the_counts_of_the_manual_are_those_of_its_keys(language: str) -> None:
    rows = told(language)
    assert set(rows) == set(TASKS)
    for row in rows.values():
        assert row.presses == row.count, row
        assert row.count <= AT_MOST.get(row.number, row.count)


def test_that_both_manuals_say_the_same_keys() -> None:
    for number, row in told("zh").items():
        other = told("en")[number]
        assert [part[:3] for part in row.parts] == [part[:3] for part in other.parts]


@pytest.mark.parametrize("language", PAGES)
def test_that_every_key_of_the_tables_stands_in_the_manual(language: str) -> None:
    written = PAGES[language].read_text("utf-8")
    for key in (*(act.key for act in ACTS), *(item.key for item in WINDOW)):
        assert re.search(rf"^\| {re.escape(key)}(,| \|)", written, re.MULTILINE), key
