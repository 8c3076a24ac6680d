"""What users of other programs complain about in lists and maps of deadlines does not happen here."""

from datetime import timedelta

from console.domain.clock import Visit
from console.domain.flow import State
from console.domain.lamp import Lamp, lamp
from console.domain.wanted import CaseFilter, Order
from console.queries.map import map_points
from console.queries.queue import queue_rows
from console.storage.unit import Store
from tests.domain.times import at
from tests.lives import INSIDE
from tests.queries.clocks import START, kept
from tests.whole_queue import queue_ids

NOW = at("2026-03-09 14:30")


def test_that_the_clock_that_ends_next_comes_first_and_is_the_one_shown(city_store: Store) -> None:
    """Show which clock is nearest (complaint 20)."""
    kept(city_store, Visit("D105", at("2026-03-09 08:30")), code="2026030900001")
    decide = at("2026-03-09 14:20")
    kept(
        city_store,
        Visit("D105", START),
        code="2026030900002",
        state=State.RETURNED,
        current_due_at=decide,
        soon_at=decide - timedelta(minutes=3),
    )
    with city_store.read() as view:
        ids = queue_ids(view, CaseFilter(order=Order.DUE), NOW)
        rows = queue_rows(view, list(ids))
    assert [rows[number].code for number in ids] == ["2026030900002", "2026030900001"]
    assert rows[ids[0]].current_due_at == decide


def test_that_a_case_is_late_in_the_list_the_moment_it_is(city_store: Store) -> None:
    """The list did not update when a case escalated (complaint 20): nothing is written in between."""
    kept(city_store, Visit("D105", START))
    due = at("2026-03-09 15:00")
    with city_store.read() as view:
        late = [
            len(queue_ids(view, CaseFilter(late=True), due + timedelta(seconds=more))) for more in (-1, 0, 1)
        ]
    assert late == [0, 0, 1]


def test_that_the_map_knows_which_points_are_overdue(city_store: Store) -> None:
    """Show "overdue" pins (complaint 21)."""
    kept(city_store, Visit("D105", START), lon=INSIDE[0], lat=INSIDE[1])
    with city_store.read() as view:
        (point,) = map_points(view)
    shown = [
        lamp(at(f"2026-03-09 {now}"), point.current_due_at, point.soon_at)
        for now in ("09:00", "14:30", "15:01")
    ]
    assert shown == [Lamp.IN_TIME, Lamp.SOON, Lamp.LATE]
