"""The watch tells what other seats committed, and not what this one did itself."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import pytest

from console.domain.errors import Refused
from console.domain.operation import Operation
from console.queries.watch import Head, journal_head
from console.runtime import jobs
from console.runtime.desk import Changes, Desk
from console.services.city import load_city
from console.services.collection import register_report
from console.services.steps import take_step
from console.storage.unit import Store, Unit, View
from tests.cities import LOADED, LOADER, small_city
from tests.lives import BY, MONDAY, REPORT, registered
from tests.storage.seats import seat


@pytest.fixture
def other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Another seat at the same store, and a watch that looks often."""
    monkeypatch.setattr(jobs, "WATCH_SECONDS", 0.01)
    opened = Store(desk.store.url)
    yield opened
    opened.close()


def register(unit: Unit) -> str:
    return register_report(unit, REPORT, by=BY, at=MONDAY).code


def accept(unit: Unit, code: str) -> None:
    take_step(unit, code, Operation.ACCEPT, by=BY, at=MONDAY)


def watched(desk: Desk, life: Callable[[list[Changes]], Awaitable[None]]) -> list[Changes]:
    """What was published while `life` went on under a watch."""
    heard: list[Changes] = []
    desk.listen(heard.append)

    async def run() -> None:
        watching = asyncio.create_task(jobs.watch(desk))
        await looked(desk)
        await life(heard)
        watching.cancel()

    asyncio.run(run())
    return heard


async def looked(desk: Desk) -> None:
    """Long enough for the watch to have begun, or to have looked again."""
    for _ in range(5):
        await asyncio.sleep(0.02)
        await desk.ask(lambda _view: None)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110  the condition has no event of its own
            await asyncio.sleep(0.01)


def test_that_another_seats_commit_is_told(desk: Desk, other: Store) -> None:
    async def life(heard: list[Changes]) -> None:
        case = registered(other)
        await until(lambda: len(heard) == 1)
        with other.write() as unit:
            accept(unit, case.code)
        await until(lambda: len(heard) == 2)

    assert [dict(changes.cases) for changes in watched(desk, life)] == [{1: 1}, {1: 2}]


def test_that_another_process_is_seen(desk: Desk, other: Store) -> None:
    async def life(heard: list[Changes]) -> None:
        writer = seat(other.url, "a", 5)
        await until(lambda: {case for changes in heard for case in changes.cases} == {1, 2, 3, 4, 5})
        writer.communicate(timeout=30)

    watched(desk, life)


def test_that_own_commits_are_told_once_and_not_by_the_watch(desk: Desk, other: Store) -> None:
    async def life(heard: list[Changes]) -> None:
        code = await desk.do(register)
        await desk.do(accept, code)
        await looked(desk)
        assert len(heard) == 2
        registered(other)
        await until(lambda: len(heard) == 3)

    assert [dict(changes.cases) for changes in watched(desk, life)] == [{1: 1}, {1: 2}, {2: 1}]


def test_that_a_strange_act_on_an_own_case_is_told(desk: Desk, other: Store) -> None:
    async def life(heard: list[Changes]) -> None:
        code = await desk.do(register)
        with other.write() as unit:
            accept(unit, code)
        await until(lambda: len(heard) == 2)

    assert [dict(changes.cases) for changes in watched(desk, life)] == [{1: 1}, {1: 2}]


def test_that_a_city_loaded_elsewhere_changes_everything(desk: Desk, other: Store) -> None:
    async def life(heard: list[Changes]) -> None:
        with other.write() as unit:
            load_city(unit, small_city(), by=LOADER, at=LOADED)
        await until(lambda: len(heard) == 1)

    (changes,) = watched(desk, life)
    assert changes.everything


def test_that_more_than_is_worth_listing_is_everything(
    desk: Desk, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "_MOST_TOLD", 3)

    async def life(heard: list[Changes]) -> None:
        with other.write() as unit:
            for _ in range(5):
                register(unit)
        await until(lambda: len(heard) == 1)

    (changes,) = watched(desk, life)
    assert changes.everything


def test_that_a_database_that_was_away_does_not_end_the_watch(
    desk: Desk, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    away, asked = True, 0

    def sometimes(view: View) -> Head:
        nonlocal asked
        asked += 1
        if away and asked > 1:
            raise Refused("database_unreachable", url="", said="")
        return journal_head(view)

    monkeypatch.setattr(jobs, "journal_head", sometimes)

    async def life(heard: list[Changes]) -> None:
        nonlocal away
        registered(other)
        await until(lambda: asked > 3)
        assert heard == []
        away = False
        await until(lambda: len(heard) == 1)

    assert [dict(changes.cases) for changes in watched(desk, life)] == [{1: 1}]
