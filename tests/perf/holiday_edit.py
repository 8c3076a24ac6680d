"""A day set to rest in a city of 3.2 million cases, of which 50,000 are open and move with it."""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import Connection, text

from console.domain import clock
from console.domain.calendar import SiteDay
from console.domain.catalogue import Limit, LimitUnit
from console.domain.clock import Visit
from console.services.calendar import remove_days, set_days
from console.services.city import load_city
from console.services.reclock import Watch
from console.storage.columns import as_json, ticks
from console.storage.engine import database_url
from console.storage.tables import cases
from console.storage.unit import Store
from tests.cities import LOADED, LOADER, small_city
from tests.perf.figures import record

ENDED, RUNNING = 3_150_000, 50_000
NOW = datetime(2026, 3, 9, 2, tzinfo=UTC)  # a Monday at ten in the city
LIMIT = Limit(5, LimitUnit.WORK_DAY)
TUESDAY = date(2026, 3, 10)
BY = "值班长"

_CASES = """
INSERT INTO cases (id, code, state, source, description, reported_at, class_key, edition, condition, address,
 cell, responsibility_grid, street, district, committee, department, reporter, limit_value, limit_unit,
 redispatches, reworks, external_id, version, due_at, current_due_at, soon_at, visits, ended_at)
WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :after)
SELECT i, printf('2026%09d', i), :state, 'patrol', '路口有垃圾,影响行人通行,请尽快清理', :begun + i * 1000000,
 'event:0110', '2013', 1, '大学路 1 号', '4101050010010' || printf('%02d', i % 60), '410105001', '410105001',
 '410105', '', 'D105', '监督员', :value, :unit, 0, 0, '', 1, :due, :current, :soon, :visits, :ended FROM n
"""
_LINES = """
INSERT INTO journal (id, case_id, number, operation, at, by, post, changes, details, note, evidence, hash)
SELECT id + 1000, id, 1, 'register', reported_at, '监督员', '', '{"state":"to_handle"}', '{}', '', '[]',
 printf('%064d', id) FROM cases ORDER BY id
"""


def records() -> Iterator[dict[str, object]]:
    """Set and taken back again: every deadline moves twice; then a day that no clock reaches."""
    with TemporaryDirectory() as folder:
        store = Store(database_url(None, Path(folder)))
        begin = perf_counter()
        _fill(store)
        print(f"filled in {perf_counter() - begin:.0f} s", file=sys.stderr)
        ends = ENDED + RUNNING
        name = f"holiday edit, {RUNNING:,} running of {ends:,}"
        rest = {TUESDAY: SiteDay(False, "停工日")}
        begin = perf_counter()
        with store.write() as unit:
            done = set_days(unit, rest, by=BY, at=NOW, watch=Watch(_tell))
        assert done.moved == RUNNING, done
        yield record(name, "s", perf_counter() - begin, None, 5)
        begin = perf_counter()
        with store.write() as unit:
            done = remove_days(unit, [TUESDAY], by=BY, at=NOW, watch=Watch(_tell))
        assert done.moved == RUNNING, done
        yield record(f"{name}, taken back", "s", perf_counter() - begin, None, 5)
        begin = perf_counter()
        with store.write() as unit:
            done = set_days(unit, {date(2026, 10, 9): SiteDay(False)}, by=BY, at=NOW)
        assert done.moved == 0, done
        yield record("holiday edit that no clock reaches", "s", perf_counter() - begin, None, 0.5)
        store.close()


def _tell(done: int, whole: int | None) -> None:
    print(f"{done} of {whole}", file=sys.stderr)


def _fill(store: Store) -> None:
    store.prepare()
    with store.write() as unit:
        load_city(unit, small_city(), by=LOADER, at=LOADED)
        calendar = unit.reference.calendar
        visit = Visit("D105", NOW)
        running = {
            "due": ticks(clock.due(calendar, LIMIT, 0, [visit])),
            "soon": ticks(clock.soon(calendar, LIMIT, 0, [visit])),
            "visits": as_json((visit,)),
            "ended": None,
        }
        over = {"soon": None, "visits": "[]", "ended": ticks(NOW), "due": ticks(NOW - timedelta(days=9))}
        connection = unit.connection
        for index in cases.indexes:  # made anew at the end: six times quicker
            index.drop(connection)
        _put(connection, 1, 1 + ENDED, "closed", {**over, "current": None})
        _put(connection, 1 + ENDED, 1 + ENDED + RUNNING, "handling", {**running, "current": running["due"]})
        for index in cases.indexes:
            index.create(connection)
        connection.execute(text(_LINES))


def _put(connection: Connection, first: int, after: int, state: str, told: dict[str, object]) -> None:
    values = {"first": first, "after": after, "state": state, "begun": ticks(NOW) - 86_400_000_000}
    limit = {"value": LIMIT.value, "unit": LIMIT.unit.value}
    connection.execute(text(_CASES), {**values, **limit, **told})
