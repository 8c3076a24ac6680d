"""The live feed on the small city: reports come, departments answer, the operator's work stays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.adapters.demo.feed import MOST_ACTS, Acting, Feed, Reporting
from console.adapters.demo.history import Span, write_history
from console.domain.case import Case, Source
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.report import Report
from console.queries.verify import Mismatch, mismatches
from console.services.collection import register_report
from console.services.steps import Told, take_step
from console.storage.unit import Store
from tests.adapters.demo_store import new_city_store
from tests.cities import small_city

NOW = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)  # a Friday, ten in the morning
HOUR = timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_city_store(tmp_path)
    yield made
    made.close()


def run(store: Store, feed: Feed, since: datetime, lasting: timedelta) -> int:
    """Run a feed on a clock of its own; the number of acts."""
    acts, at = 0, since
    while at < since + lasting:
        with store.write() as unit:
            done = feed.advance(unit, at)
        acts += done.acts
        at += timedelta(seconds=max(done.pause, 0.1))
    return acts


def dispatched(store: Store, at: datetime, class_key: str = "event:0405") -> Case:
    """A case an operator has brought to a department."""
    with store.write() as unit:
        report = Report(Source.HOTLINE, "出店经营", class_key, 113.6605, 34.7405)
        case = register_report(unit, report, by="张三", at=at)
        for operation, told in (
            (Operation.ACCEPT, Told()),
            (Operation.FILE, Told(condition=1)),
            (Operation.DISPATCH, Told(department="D105")),
        ):
            case = take_step(unit, case.code, operation, told, by="张三", at=at)
    return case


def cases(store: Store) -> list[Case]:
    with store.write() as unit:
        found: list[Case] = []
        while True:
            try:
                found.append(unit.cases.by_id(len(found) + 1))
            except Refused:
                return found


def test_that_a_report_comes_when_it_is_due_and_not_before(store: Store) -> None:
    feed = Feed(NOW)
    with store.read() as view:
        assert feed.due(view, NOW).actions == ()
        (coming,) = feed.due(view, NOW + HOUR / 2).actions
    assert isinstance(coming, Reporting)
    with store.read() as view:
        assert feed.due(view, coming.at - timedelta(microseconds=1)).actions == ()
        assert feed.due(view, coming.at).actions == (coming,)


def test_that_reports_are_stamped_with_the_real_clock_and_marked_as_made(store: Store) -> None:
    at = NOW + HOUR
    with store.write() as unit:
        assert Feed(NOW).advance(unit, at).acts == 1
    (case,) = cases(store)
    assert case.reported_at == at
    assert case.reporter.startswith("演示")
    assert case.state is State.REPORTED
    assert case.cell
    assert case.class_key


def test_that_more_speed_brings_more_reports(store: Store) -> None:
    run(store, Feed(NOW, speed=60), NOW, timedelta(minutes=1))
    slow = len(cases(store))
    run(store, Feed(NOW + HOUR, speed=600), NOW + HOUR, timedelta(minutes=1))
    assert len(cases(store)) - slow > 4 * slow > 0


def test_that_the_operators_work_is_left_to_the_operator(store: Store) -> None:
    run(store, Feed(NOW, speed=600), NOW, timedelta(seconds=20))
    found = cases(store)
    assert len(found) > 50
    assert {case.state for case in found} == {State.REPORTED}


def test_that_a_department_receives_a_case_and_answers_it(store: Store) -> None:
    case = dispatched(store, NOW)
    run(store, Feed(NOW, speed=600, per_day=1e-6), NOW, timedelta(minutes=2))
    with store.write() as unit:
        after = unit.cases.by_code(case.code)
        facts = unit.cases.facts(case.id)
        assert after.state is State.FED_BACK
        assert [fact.operation for fact in facts[4:]] == [Operation.RECEIVE, Operation.FEED_BACK]
        assert all(NOW < fact.at < NOW + timedelta(minutes=2) for fact in facts[4:])
        assert facts[-1].note == "已整改"
        closed = take_step(unit, case.code, Operation.CLOSE, by="李四", at=NOW + HOUR)
    assert closed.state is State.CLOSED


def test_that_a_reworked_case_is_answered_again(store: Store) -> None:
    case = dispatched(store, NOW)
    run(store, Feed(NOW, speed=600, per_day=1e-6), NOW, timedelta(minutes=2))
    again = NOW + timedelta(minutes=2)
    with store.write() as unit:
        take_step(unit, case.code, Operation.REWORK, Told(note="未清理"), by="李四", at=again)
    run(store, Feed(NOW, speed=600, per_day=1e-6), again, timedelta(minutes=2))
    with store.write() as unit:
        after = unit.cases.by_code(case.code)
    assert after.state is State.FED_BACK
    assert after.reworks == 1
    assert after.fed_back_at is not None
    assert after.fed_back_at > again


def test_that_speed_divides_the_waiting(store: Store) -> None:
    dispatched(store, NOW)

    def waits(speed: float) -> timedelta:
        with store.read() as view:
            actions = Feed(NOW, speed=speed, per_day=1e-6).due(view, NOW + 8 * HOUR).actions
        (acting,) = (action for action in actions if isinstance(action, Acting))
        return acting.at - NOW

    assert waits(1) / 60 == pytest.approx(waits(60), abs=timedelta(milliseconds=1))


def test_that_a_restart_throws_the_same_delays(store: Store) -> None:
    case = dispatched(store, NOW)

    def planned(started: datetime) -> tuple[Operation, datetime]:
        with store.read() as view:
            (acting,) = Feed(started, per_day=1e-6).due(view, NOW + 8 * HOUR).actions
        assert isinstance(acting, Acting)
        assert acting.case.code == case.code
        return acting.turn.operation, acting.at

    assert planned(NOW) == planned(NOW + timedelta(seconds=1))


def test_that_the_feed_takes_over_from_the_history_without_a_leap(store: Store) -> None:
    with store.write() as unit:
        write_history(unit, Span(NOW, count=800, days=2))
    feed = Feed(NOW)
    assert run(store, feed, NOW, timedelta(minutes=1)) <= MOST_ACTS
    later = run(store, Feed(NOW, speed=60), NOW, timedelta(minutes=1))
    assert later > MOST_ACTS


def test_that_what_fell_due_in_an_absence_comes_spread_out(store: Store) -> None:
    with store.write() as unit:
        write_history(unit, Span(NOW, count=800, days=2))
    monday = NOW + timedelta(days=3)
    with store.read() as view:
        feed = Feed(monday)
        assert len(feed.due(view, monday + timedelta(seconds=30)).actions) <= 3
        assert len(feed.due(view, monday + HOUR).actions) == MOST_ACTS


def test_that_one_call_does_few_acts(store: Store) -> None:
    for _ in range(MOST_ACTS + 4):
        dispatched(store, NOW)
    feed = Feed(NOW, per_day=1e-6)
    at = NOW + 30 * HOUR
    with store.write() as unit:
        first = feed.advance(unit, at)
        second = feed.advance(unit, at)
    assert (first.acts, first.pause) == (MOST_ACTS, 0.0)
    assert second.acts == 4


def test_that_an_act_is_left_out_when_the_case_has_moved_on(store: Store) -> None:
    case = dispatched(store, NOW)
    feed = Feed(NOW, per_day=1e-6)
    with store.read() as view:
        actions = feed.due(view, NOW + 8 * HOUR).actions
    with store.write() as unit:
        take_step(unit, case.code, Operation.RECEIVE, by="处置员", at=NOW)
    with store.write() as unit:
        assert feed.perform(unit, actions, NOW + 8 * HOUR) == 0


def test_that_two_seats_do_not_double_a_report(store: Store) -> None:
    at = NOW + HOUR
    one, other = Feed(NOW), Feed(NOW)
    with store.read() as view:
        actions, same = one.due(view, at).actions, other.due(view, at).actions
    assert actions == same
    with store.write() as unit:
        assert one.perform(unit, actions, at) == 1
    with store.write() as unit:
        assert other.perform(unit, same, at) == 0


def test_that_colleagues_bring_cases_to_their_end(store: Store) -> None:
    run(store, Feed(NOW, speed=600, per_day=60, colleagues=True), NOW, timedelta(minutes=1))
    states = {case.state for case in cases(store)}
    assert State.CLOSED in states
    with store.read() as view:
        assert [item for item in mismatches(view) if isinstance(item, Mismatch)] == []


def test_that_a_case_nobody_answers_for_waits_for_a_person(tmp_path: Path) -> None:
    store = new_city_store(tmp_path / "lists", replace(small_city(), rules=[]))
    run(store, Feed(NOW, speed=600, per_day=60, colleagues=True), NOW, timedelta(minutes=1))
    states = {case.state for case in cases(store)}
    store.close()
    assert State.TO_DISPATCH in states
    before_dispatch = {State.REPORTED, State.TO_FILE, State.PRE_CHECK, State.TO_DISPATCH}
    assert states <= before_dispatch | {State.VOIDED, State.NOT_ACCEPTED}


def test_that_nothing_is_simulated_in_a_real_city(tmp_path: Path) -> None:
    content = small_city()
    store = new_city_store(
        tmp_path / "real", replace(content, profile=replace(content.profile, generated=False))
    )
    with store.read() as view, pytest.raises(Refused, match="feed_in_real_city"):
        Feed(NOW).due(view, NOW)
    store.close()
