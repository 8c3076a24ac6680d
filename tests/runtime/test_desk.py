"""The door: changes in the order they were asked, told after the commit, or not at all."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.queries.case import case_card
from console.runtime.bootstrap import open_desk
from console.runtime.desk import READERS, Changes, Desk
from console.services.collection import register_report
from console.services.steps import take_step
from console.storage.unit import Store, Unit, View
from tests.lives import BY, MONDAY, REPORT
from tests.storage.seats import added, codes, whole


def register(unit: Unit) -> str:
    return register_report(unit, REPORT, by=BY, at=MONDAY).code


def accept(unit: Unit, code: str) -> State:
    return take_step(unit, code, Operation.ACCEPT, by=BY, at=MONDAY).state


def state_of(view: View, code: str) -> State:
    return case_card(view, code, MONDAY).case.state


def test_that_changes_are_made_in_the_order_they_were_asked(desk: Desk) -> None:
    order: list[int] = []

    def change(unit: Unit, number: int) -> None:
        time.sleep(0.02 if number % 3 == 0 else 0)
        order.append(number)
        added(unit, str(number))

    async def asked() -> None:
        await asyncio.gather(*(desk.do(change, number) for number in range(20)))

    asyncio.run(asked())
    assert order == list(range(20))
    assert whole(desk.store) == 20


def test_that_what_was_done_last_is_remembered_as_done_here(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.runtime.desk.REMEMBERED", 2)
    first, _second = desk.do_now(register), desk.do_now(register)
    desk.do_now(accept, first)
    desk.do_now(register)
    assert [desk.wrote(case, version) for case, version in ((1, 2), (2, 1), (3, 1))] == [True, False, True]


def test_that_listeners_hear_of_a_change_once_it_is_committed(desk: Desk) -> None:
    heard: list[tuple[Changes, set[str]]] = []
    other = Store(desk.store.url)
    desk.listen(lambda changes: heard.append((changes, codes(other))))

    async def asked() -> str:
        code = await desk.do(register)
        await desk.do(accept, code)
        return code

    code = asyncio.run(asked())
    other.close()
    assert [(dict(changes.cases), present) for changes, present in heard] == [
        ({1: 1}, {code}), ({1: 2}, {code}),
    ]  # fmt: skip


def test_that_listeners_are_called_on_the_loops_thread(desk: Desk) -> None:
    running: list[asyncio.AbstractEventLoop] = []
    desk.listen(lambda _changes: running.append(asyncio.get_running_loop()))

    async def asked() -> asyncio.AbstractEventLoop:
        await desk.do(register)
        return asyncio.get_running_loop()

    loop = asyncio.run(asked())
    assert running == [loop]


def test_that_a_refusal_leaves_nothing_and_tells_nobody(desk: Desk) -> None:
    heard: list[Changes] = []
    desk.listen(heard.append)

    def half(unit: Unit) -> None:
        register(unit)
        raise Refused("needs_reason")

    async def asked() -> None:
        with pytest.raises(Refused, match="needs_reason"):
            await desk.do(half)
        with pytest.raises(Refused, match="no_such_case"):
            await desk.do(accept, "9")

    asyncio.run(asked())
    assert (heard, codes(desk.store)) == ([], set())


def test_that_what_changes_nothing_is_not_told(desk: Desk) -> None:
    heard: list[Changes] = []
    desk.listen(heard.append)

    async def asked() -> None:
        await desk.do(lambda unit: unit.city())

    asyncio.run(asked())
    assert heard == []


def test_that_a_look_sees_what_was_committed_before_it(desk: Desk) -> None:
    async def asked() -> list[State]:
        code = await desk.do(register)
        first = await desk.ask(state_of, code)
        await desk.do(accept, code)
        return [first, await desk.ask(state_of, code)]

    assert asyncio.run(asked()) == [State.REPORTED, State.TO_FILE]


def test_that_a_long_look_holds_up_neither_changes_nor_other_looks(desk: Desk) -> None:
    go = Event()

    async def asked() -> str:
        slow = asyncio.ensure_future(desk.ask(lambda _view: go.wait(20)))
        code = await asyncio.wait_for(desk.do(register), 20)
        await asyncio.wait_for(desk.ask(state_of, code), 20)
        go.set()
        assert await slow
        return code

    code = asyncio.run(asked())
    assert codes(desk.store) == {code}


def test_that_a_desk_knows_its_own_writing(desk: Desk) -> None:
    code = desk.do_now(register)
    assert desk.wrote(1, 1)
    assert not desk.wrote(1, 2)
    desk.do_now(accept, code)
    assert desk.wrote(1, 2)
    assert not desk.wrote(2, 1)


def test_that_closing_waits_for_what_is_being_written(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, None)
    begun, go = Event(), Event()

    def slow(unit: Unit) -> None:
        begun.set()
        go.wait(20)
        added(unit, "1")

    loop = asyncio.new_event_loop()
    with ThreadPoolExecutor(2) as pool:
        writing = pool.submit(loop.run_until_complete, desk.do(slow))
        assert begun.wait(20)
        closing = pool.submit(desk.close)
        assert not closing.done()
        go.set()
        closing.result(20)
        writing.result(20)
    loop.close()
    again = Store(desk.store.url)
    assert codes(again) == {"1"}
    again.close()


def test_that_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused) as caught:
        open_desk(tmp_path / "file" / "folder", None)
    assert caught.value.code == "folder_not_writable"


def test_that_a_glance_does_not_wait_behind_long_looks(desk: Desk) -> None:
    gate = Event()

    async def run() -> int:
        long = [asyncio.create_task(desk.ask(lambda _view: gate.wait(30))) for _reader in range(READERS)]
        await asyncio.sleep(0)
        try:
            return await asyncio.wait_for(desk.glance(lambda _view: 1), 20)
        finally:
            gate.set()
            await asyncio.gather(*long)

    assert asyncio.run(run()) == 1


def test_that_the_desk_knows_whether_the_store_answers(desk: Desk) -> None:
    def refuse(code: str) -> None:
        raise Refused(code)

    assert desk.trouble is None
    with pytest.raises(Refused):
        desk.ask_now(lambda _view: refuse("database_unreachable"))
    assert desk.trouble == Refused("database_unreachable")
    with pytest.raises(Refused):
        desk.ask_now(lambda _view: refuse("no_such_case"))  # an answer too
    assert desk.trouble is None
    assert desk.silence < 60
