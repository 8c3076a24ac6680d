"""The board counts what anybody would count by hand, and every figure lists exactly its cases."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from console.domain.case import Case, Flag
from console.domain.evaluation import COUNTS, RATIOS, Count
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.wanted import CaseFilter, Figure, Grouping
from console.queries.board import BoardRow, board
from console.storage.unit import Store
from tests.lives import MINUTE, MONDAY, SEVEN_STEPS, registered, taken
from tests.queries.population import NOW, SINCE, UNTIL, populate
from tests.whole_queue import queue_ids

GROUPINGS: tuple[Grouping, ...] = ("area", "district", "department")


def code_of(case: Case, grouping: Grouping) -> str:
    return case.committee or case.district if grouping == "area" else str(getattr(case, grouping))


def within(moment: datetime | None) -> bool:
    return moment is not None and SINCE <= moment < UNTIL


def in_time(case: Case) -> bool:
    return case.fed_back_at is not None and case.due_at is not None and case.fed_back_at <= case.due_at


def answered(case: Case) -> datetime | None:
    """When a case was due for handling: at its deadline, earlier where it was done earlier."""
    if case.due_at is None or case.state in {State.VOIDED, State.FORCED_CLOSED} or Flag.EXEMPT in case.flags:
        return None
    return min(case.due_at, case.fed_back_at or case.due_at)


def was_due(case: Case) -> bool:
    return within(answered(case))


def is_past(case: Case) -> bool:
    moment = answered(case)
    return was_due(case) and moment is not None and moment <= NOW


BY_HAND: Mapping[Count, Callable[[Case], bool]] = {
    "accepted": lambda case: within(case.accepted_at),
    "filed": lambda case: within(case.filed_at),
    "dispatched": lambda case: within(case.dispatched_at),
    "effective": lambda case: within(case.dispatched_at) and not case.redispatches,
    "to_handle": was_due,
    "handled": lambda case: was_due(case) and case.fed_back_at is not None,
    "handled_in_time": lambda case: was_due(case) and in_time(case),
    "to_close": is_past,
    "closed": lambda case: is_past(case) and case.state is State.CLOSED,
    "closed_in_time": lambda case: is_past(case) and case.state is State.CLOSED and in_time(case),
    "reworked": lambda case: is_past(case) and case.reworks > 0,
    "extended": lambda case: is_past(case) and case.extensions > 0,
}


def rows(store: Store, grouping: Grouping, now: datetime = NOW) -> list[BoardRow]:
    with store.read() as view:
        return board(view, SINCE, UNTIL, grouping, now)


def test_that_every_line_counts_as_one_would_by_hand(city_store: Store) -> None:
    cases = populate(city_store)
    for grouping in GROUPINGS:
        for row in rows(city_store, grouping):
            own = [case for case in cases if row.code is None or code_of(case, grouping) == row.code]
            assert row.counts == {count: sum(map(BY_HAND[count], own)) for count in COUNTS}, (
                grouping,
                row.code,
            )
        city = rows(city_store, grouping)[0]
        assert city.code is None
        assert min(city.counts.values()) > 10, "every count was put to the test"


def test_that_every_figure_opens_exactly_the_cases_it_counts(city_store: Store) -> None:
    cases = populate(city_store)
    for grouping in GROUPINGS:
        assert rows(city_store, grouping), grouping
        for row in rows(city_store, grouping):
            for count in COUNTS:
                figure = Figure(count, SINCE, UNTIL, grouping, row.code)
                with city_store.read() as view:
                    listed = queue_ids(view, CaseFilter(figure=figure), NOW)
                by_hand = {
                    case.id
                    for case in cases
                    if BY_HAND[count](case) and (row.code is None or code_of(case, grouping) == row.code)
                }
                assert (len(listed), set(listed)) == (row.counts[count], by_hand), (grouping, row.code, count)


def test_that_the_lines_add_up_to_the_city(city_store: Store) -> None:
    populate(city_store)
    city, *lines = rows(city_store, "district")
    assert {count: sum(line.counts[count] for line in lines) for count in COUNTS} == city.counts
    assert [line.code for line in lines] == ["410103", "410105", ""], "nobody's cases come last"


def test_that_ratios_are_those_of_the_counts_and_names_those_of_the_city(city_store: Store) -> None:
    populate(city_store)
    for row in rows(city_store, "department"):
        for ratio in RATIOS:
            whole = row.counts[ratio.whole]
            assert row.ratios[ratio.key] == (row.counts[ratio.part] / whole if whole else None)
    named = {row.code: row.name for row in rows(city_store, "district")}
    assert named["410105"] == "金水区"
    assert {row.name_en for row in rows(city_store, "area")} >= {"", "Zhengdong"}


def test_that_an_empty_period_has_a_city_line_of_noughts(city_store: Store) -> None:
    (city,) = rows(city_store, "district")
    assert set(city.counts.values()) == {0}
    assert set(city.ratios.values()) == {None}


def test_that_a_life_is_counted_once_in_every_stage(city_store: Store) -> None:
    case = registered(city_store)
    (city,) = rows(city_store, "district")
    assert set(city.counts.values()) == {0}, "a report nobody accepted counts nowhere"
    taken(city_store, case, *SEVEN_STEPS)
    city, line = rows(city_store, "district", MONDAY + timedelta(days=1))
    expected = dict.fromkeys(COUNTS, 1) | {"reworked": 0, "extended": 0}
    assert city.counts == line.counts == expected
    reworked = registered(city_store)
    again = (*SEVEN_STEPS[:5], Operation.REWORK, Operation.RECEIVE, Operation.FEED_BACK, Operation.CLOSE)
    taken(city_store, reworked, *again)
    city, _ = rows(city_store, "district", MONDAY + timedelta(days=1))
    assert city.counts == dict.fromkeys(COUNTS, 2) | {"reworked": 1, "extended": 0}


def test_that_a_case_counts_for_closing_only_once_it_was_due(city_store: Store) -> None:
    taken(city_store, registered(city_store), *SEVEN_STEPS[:3])
    city, _ = rows(city_store, "district", MONDAY + 5 * MINUTE)
    assert (city.counts["to_handle"], city.counts["to_close"]) == (1, 0)
    city, _ = rows(city_store, "district", MONDAY + timedelta(days=2))
    assert (city.counts["to_close"], city.counts["closed"]) == (1, 0)


def test_that_a_figure_of_another_period_opens_nothing(city_store: Store) -> None:
    populate(city_store, 50)
    early = SINCE - timedelta(days=400)
    for each in COUNTS:
        figure = Figure(each, early, early + timedelta(days=7))
        with city_store.read() as view:
            assert not queue_ids(view, CaseFilter(figure=figure), NOW)
