"""The wall's figures are those that counting by hand gives."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from console.adapters.demo.history import Span, write_history
from console.domain.duty import Duty
from console.domain.flow import State
from console.queries.wall import MOST, wall
from console.runtime.desk import Desk
from console.services.roster import load_roster
from console.storage.tables import cases
from console.storage.unit import View

NOW = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)
DAYS_AGO = NOW - timedelta(days=4)
OVER = {State.CLOSED, State.FORCED_CLOSED, State.MERGED, State.NOT_ACCEPTED, State.VOIDED}
SINCE = datetime(2026, 3, 19, 16, 0, tzinfo=UTC)


def rows(view: View) -> list[dict[str, object]]:
    return [dict(line._mapping) for line in view.connection.execute(select(cases))]


def test_that_the_next_to_breach_come_first_and_the_latest_breached_after_them(desk: Desk) -> None:
    desk.do_now(write_history, Span(NOW, count=400, days=20))
    told = desk.ask_now(rows)
    running = [one["current_due_at"] for one in told if one["state"] not in OVER]
    dues = [due for due in running if isinstance(due, datetime)]
    coming = sorted(due for due in dues if due >= NOW)
    past = sorted((due for due in dues if due < NOW), reverse=True)
    found = [one.due_at for one in desk.ask_now(wall, NOW, SINCE).next]
    assert found == (coming + past)[:MOST]
    later = NOW + timedelta(days=30)
    all_late = [one.due_at for one in desk.ask_now(wall, later, SINCE).next]
    assert all_late == sorted(dues, reverse=True)[:MOST]


def test_that_every_districts_day_adds_up(desk: Desk) -> None:
    desk.do_now(write_history, Span(NOW, count=400, days=20))
    told = desk.ask_now(rows)
    areas = desk.ask_now(wall, NOW, DAYS_AGO).areas
    still = [one for one in told if one["state"] not in OVER]

    def since(name: str) -> int:
        moments = [one[name] for one in told if one["committee"] or one["district"]]
        return sum(isinstance(at, datetime) and at >= DAYS_AGO for at in moments)

    late = [one for one in still if isinstance(at := one["current_due_at"], datetime) and at < NOW]
    assert sum(area.reported for area in areas) == since("reported_at") > 0
    assert sum(area.ended for area in areas) == since("ended_at") > 0
    assert sum(area.open for area in areas) == len(still) > 0
    assert sum(area.late for area in areas) == len(late) > 0
    assert len({area.name for area in areas}) == len(areas) > 1


def test_that_nobody_leads_where_no_roster_is_kept(desk: Desk) -> None:
    state = desk.ask_now(wall, NOW, SINCE)
    assert (state.leader, state.shift) == ("", "")


def test_that_the_leader_of_the_running_shift_is_named(desk: Desk) -> None:
    duties = [
        Duty(date(2026, 3, 20), "day", "带班的", leads=True),
        Duty(date(2026, 3, 20), "night", "夜里的"),
    ]
    desk.do_now(load_roster, duties, by="测试员", at=NOW)
    state = desk.ask_now(wall, NOW, SINCE)
    assert (state.leader, state.shift, state.shift_en) == ("带班的", "白班", "Day")
