"""What a seat hears: the journal read on without a gap, clocks by their instants, what stands at first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.adapters.practice import standard
from console.domain.actor import Post
from console.domain.attention import Event, News, Watcher
from console.domain.case import Flag
from console.domain.duty import Duty
from console.domain.operation import Operation
from console.domain.staff import Member
from console.queries import attention
from console.queries.attention import clocks_between, heard_since, seat_watch, standing
from console.services.collection import register_report
from console.services.practice import load_practice, load_staff
from console.services.roster import load_roster
from console.services.steps import take_step
from console.services.told import Told
from console.storage.unit import Store
from tests.lives import MONDAY, REPORT

PEOPLE = (
    Member("领导01", frozenset({Post.LEADER})),
    Member("受理01", frozenset({Post.ACCEPTOR})),
    Member("受理02", frozenset({Post.ACCEPTOR})),
    Member("值班长01", frozenset({Post.SHIFT_LEADER})),
    Member("派遣01", frozenset({Post.DISPATCHER})),
    Member("经办01", frozenset({Post.DEPARTMENT_DESK}), department="D105"),
    Member("经办02", frozenset({Post.DEPARTMENT_DESK}), department="D103"),
)
FLOODED = replace(REPORT, class_key="event:0506")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def centre(city_store: Store) -> Store:
    with city_store.write() as unit:
        load_staff(unit, PEOPLE, by="领导01", at=MONDAY)
    with city_store.write() as unit:
        load_practice(unit, standard(), by="领导01", at=MONDAY)
    return city_store


def seat(store: Store, by: str) -> Watcher:
    with store.read() as view:
        return seat_watch(view, MONDAY, by).watcher


def head(store: Store) -> int:
    with store.read() as view:
        return standing(view, seat(store, "领导01")).line


def heard(store: Store, by: str, line: int) -> list[News]:
    with store.read() as view:
        told = heard_since(view, seat(store, by), line)
        assert not told.more
        return [one for step in told.steps for one in step.news]


def registered(store: Store, report: object = FLOODED) -> str:
    with store.write() as unit:
        return register_report(unit, report, by="受理02", at=MONDAY).code  # type: ignore[arg-type]


def done(store: Store, code: str, operation: Operation, by: str, told: Told | None = None) -> None:
    with store.write() as unit:
        take_step(unit, code, operation, told or Told(), by=by, at=MONDAY + MINUTE)


def test_that_an_emergency_is_told_to_whom_it_waits_for_and_not_to_who_took_it_in(centre: Store) -> None:
    line = head(centre)
    registered(centre)
    assert {one.event for one in heard(centre, "受理01", line)} == {Event.CRITICAL, Event.NEW_CASE}
    assert heard(centre, "受理02", line) == heard(centre, "派遣01", line) == []


def test_that_it_is_told_on_to_each_post_it_comes_to_and_is_over_for_the_one_before(centre: Store) -> None:
    code = registered(centre)
    line = head(centre)
    done(centre, code, Operation.ACCEPT, "受理01")
    assert [one.event for one in heard(centre, "值班长01", line)] == [Event.CRITICAL]
    with centre.read() as view:
        (step,) = heard_since(view, seat(centre, "受理02"), line).steps
    assert Event.CRITICAL in step.over
    assert step.news == ()


def test_that_only_the_department_of_the_case_is_told(centre: Store) -> None:
    code = registered(centre)
    done(centre, code, Operation.ACCEPT, "受理01")
    done(centre, code, Operation.FILE, "值班长01", Told(condition=1))
    line = head(centre)
    done(centre, code, Operation.DISPATCH, "派遣01", Told(department="D105"))
    assert [one.event for one in heard(centre, "经办01", line)] == [Event.CRITICAL]
    assert heard(centre, "经办02", line) == []
    line = head(centre)
    done(centre, code, Operation.RECEIVE, "经办01")
    done(centre, code, Operation.ASK_EXTENSION, "经办01", Told(note="配件未到"))
    assert [one.event for one in heard(centre, "派遣01", line)] == [Event.APPLICATION]


def test_that_a_mark_makes_any_case_grave_once_more(centre: Store) -> None:
    code = registered(centre, REPORT)
    line = head(centre)
    done(centre, code, Operation.MARK, "受理02", Told(flag=Flag.URGENT))
    assert heard(centre, "受理01", line) == [News(Event.CRITICAL, 1, "410105", raised=True)]


def test_that_many_lines_are_read_in_parts_without_a_gap(
    centre: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attention, "AT_ONCE", 3)
    line = head(centre)
    for _number in range(8):
        registered(centre)
    found: list[int] = []
    with centre.read() as view:
        more = True
        while more:
            told = heard_since(view, seat(centre, "受理01"), line)
            found += [one.case_id for step in told.steps for one in step.news if one.event is Event.CRITICAL]
            line, more = told.line, told.more
    assert found == list(range(1, 9))


def test_that_a_clock_is_told_in_the_span_in_which_it_runs_out(centre: Store) -> None:
    registered(centre, REPORT)  # fifteen minutes to accept it
    at = MONDAY + 15 * MINUTE
    with centre.read() as view:
        mine = seat(centre, "受理01")
        assert clocks_between(view, mine, MONDAY, at) == [News(Event.UNCLAIMED, 1, "410105")]
        late = clocks_between(view, mine, at, at + MINUTE)
        assert late == [News(Event.LATE, 1, "410105")]
        assert clocks_between(view, mine, at + MINUTE, at + 9 * MINUTE) == []
        assert clocks_between(view, seat(centre, "派遣01"), MONDAY, at + MINUTE) == []


def test_that_supervision_without_a_reply_is_told_when_patience_is_over(centre: Store) -> None:
    code = registered(centre, REPORT)
    done(centre, code, Operation.ACCEPT, "受理01")
    done(centre, code, Operation.FILE, "值班长01", Told(condition=1))
    done(centre, code, Operation.DISPATCH, "派遣01", Told(department="D105"))
    done(centre, code, Operation.SUPERVISE, "领导01", Told(level=3, note="限今日办结"))
    over = MONDAY + MINUTE + timedelta(hours=1)
    with centre.read() as view:
        for by in ("经办01", "领导01"):
            assert clocks_between(view, seat(centre, by), over, over + MINUTE) == [
                News(Event.SUPERVISION, 1, "410105")
            ]
        assert clocks_between(view, seat(centre, "经办01"), over - MINUTE, over) == []
    done(centre, code, Operation.REPLY_SUPERVISION, "经办01", Told(note="已派人"))
    with centre.read() as view:
        assert clocks_between(view, seat(centre, "经办01"), over, over + MINUTE) == []


def test_that_what_stands_is_told_to_who_sits_down(centre: Store) -> None:
    registered(centre)
    registered(centre, REPORT)
    with centre.read() as view:
        told = standing(view, seat(centre, "受理01"))
    assert [step.news for step in told.steps] == [(News(Event.CRITICAL, 1, "410105"),)]


def test_that_outside_his_shift_somebody_is_told_only_what_is_grave(centre: Store) -> None:
    day = MONDAY.date()
    with centre.write() as unit:
        load_roster(
            unit, [Duty(day, "day", "受理02"), Duty(day, "day", "领导01", leads=True)], by="领导01", at=MONDAY
        )
    line = head(centre)
    registered(centre)
    assert [one.event for one in heard(centre, "受理01", line)] == [Event.CRITICAL]
    assert [one.event for one in heard(centre, "领导01", line)] == [Event.CRITICAL]


def test_that_what_nobody_on_duty_can_take_up_is_told_to_the_leader(centre: Store) -> None:
    day = MONDAY.date()
    with centre.write() as unit:
        load_roster(unit, [Duty(day, "day", "领导01", leads=True)], by="领导01", at=MONDAY)
    registered(centre, REPORT)
    with centre.read() as view:
        told = clocks_between(view, seat(centre, "领导01"), MONDAY, MONDAY + 15 * MINUTE)
    assert told == [News(Event.UNCLAIMED, 1, "410105")]
