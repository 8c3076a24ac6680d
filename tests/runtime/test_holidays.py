"""New official years are taken up by themselves, once."""

import asyncio
from datetime import UTC, datetime

from console.runtime.desk import Changes, Desk
from console.runtime.holidays import keep_holidays, update_holidays
from console.storage.meta import put_meta, touch
from console.storage.unit import Unit

NOW = datetime(2026, 3, 9, 2, tzinfo=UTC)


def of_the_package(unit: Unit) -> None:
    put_meta(unit.connection, "calendar_source", "china")
    put_meta(unit.connection, "calendar_known_years", "[2025]")
    touch(unit.connection)


def test_that_the_window_takes_up_what_an_update_brought_and_is_told(desk: Desk) -> None:
    desk.do_now(of_the_package)
    heard: list[Changes] = []
    desk.listen(heard.append)
    taken = asyncio.run(keep_holidays(desk, lambda: NOW))
    assert 2026 in taken
    assert [changes.everything for changes in heard] == [True]
    assert asyncio.run(keep_holidays(desk, lambda: NOW)) == frozenset()
    assert len(heard) == 1
    assert update_holidays(desk, NOW)[0] == frozenset()


def test_that_a_city_with_days_of_its_own_is_left_alone(desk: Desk) -> None:
    assert asyncio.run(keep_holidays(desk, lambda: NOW)) == frozenset()
