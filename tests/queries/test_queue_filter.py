"""The queue lets through what was asked for, in an order that never leaves a tie."""

from collections.abc import Callable
from datetime import datetime, timedelta
from operator import itemgetter

import pytest

from console.domain.actor import Post
from console.domain.case import Case, Flag, Source
from console.domain.catalogue import LimitUnit
from console.domain.flow import ENDED, STEP_OF, State, Step
from console.domain.practice import OPEN
from console.domain.waiting import waiting_states
from console.domain.wanted import CaseFilter, Order
from console.queries.map import cell_counts, city_map, map_points
from console.queries.queue import queue_rows, step_counts
from console.storage.unit import Store
from tests.cities import ERQI, ZHENGDONG, small_catalogue, small_city
from tests.queries.population import CELLS, KEYS, NOW, SINCE, populate
from tests.whole_queue import queue_ids

CLASS_NAMES = {item.key: (item.name, item.name_en) for item in small_catalogue().classes}
DEPARTMENT_NAMES = {item.code: (item.name, item.name_en) for item in small_city().departments}


def is_open(case: Case) -> bool:
    return case.state not in ENDED


def is_late(case: Case) -> bool:
    return case.current_due_at is not None and case.current_due_at < NOW


def says(case: Case, word: str) -> bool:
    texts = [
        case.description, case.address, case.code, case.external_id,
        *CLASS_NAMES.get(case.class_key, ()), *DEPARTMENT_NAMES.get(case.department, ()),
    ]  # fmt: skip
    return any(word.lower() in text.lower() for text in texts)


FILTERS: list[tuple[CaseFilter, Callable[[Case], bool]]] = [
    (CaseFilter(), is_open),
    (CaseFilter(everything=True), lambda case: True),
    (CaseFilter(late=True), lambda case: is_open(case) and is_late(case)),
    (CaseFilter(department="P01"), lambda case: is_open(case) and case.department == "P01"),
    (CaseFilter(division=ERQI), lambda case: is_open(case) and case.district == ERQI),
    (CaseFilter(division=ZHENGDONG), lambda case: is_open(case) and case.committee == ZHENGDONG),
    (CaseFilter(classes=KEYS[0]), lambda case: is_open(case) and case.class_key == KEYS[0]),
    (CaseFilter(classes="part:"), lambda case: is_open(case) and case.class_key.startswith("part:")),
    (CaseFilter(classes="%"), lambda case: False),
    (CaseFilter(classes="event_"), lambda case: False),
    (CaseFilter(cell=CELLS[0]), lambda case: is_open(case) and case.cell == CELLS[0]),
    (
        CaseFilter(step=Step.EVALUATION, ended_since=SINCE),
        lambda case: case.state in ENDED and case.ended_at is not None and case.ended_at >= SINCE,
    ),
    (
        CaseFilter(step=Step.HANDLING, division=ERQI, late=True, department="D103"),
        lambda case: (
            STEP_OF[case.state] is Step.HANDLING
            and case.district == ERQI
            and is_late(case)
            and case.department == "D103"
        ),
    ),
]


def given(case: Case) -> timedelta | None:
    """The time by the wall that the running clock gave the case."""
    if case.current_due_at is None:
        return None
    began = {
        State.REPORTED: case.reported_at,
        **dict.fromkeys((State.PRE_CHECK, State.TO_FILE), case.accepted_at),
        State.TO_DISPATCH: case.filed_at,
        **dict.fromkeys((State.FED_BACK, State.POST_CHECK, State.TO_CLOSE), case.fed_back_at),
    }.get(case.state, case.dispatched_at)
    return None if began is None else case.current_due_at - began


def late_times(case: Case, times: float) -> bool:
    time = given(case)
    if time is None or case.current_due_at is None:
        return False
    return is_open(case) and is_late(case) and NOW - case.current_due_at >= time * times


DAY = timedelta(days=1)
FILTERS += [
    (CaseFilter(late_times=2), lambda case: late_times(case, 2)),
    (CaseFilter(late_times=0.25), lambda case: late_times(case, 0.25)),
    (
        CaseFilter(due_within=DAY),
        lambda case: (
            is_open(case) and case.current_due_at is not None and NOW <= case.current_due_at < NOW + DAY
        ),
    ),
    (CaseFilter(older_than=2 * DAY), lambda case: is_open(case) and case.reported_at < NOW - 2 * DAY),
    (CaseFilter(newer_than=2 * DAY), lambda case: is_open(case) and case.reported_at >= NOW - 2 * DAY),
    (
        CaseFilter(everything=True, reported_since=SINCE, reported_until=NOW),
        lambda case: SINCE <= case.reported_at < NOW,
    ),
    (
        CaseFilter(everything=True, ended_until=NOW),
        lambda case: case.ended_at is not None and case.ended_at < NOW,
    ),
    (CaseFilter(source=Source.HOTLINE), lambda case: is_open(case) and case.source is Source.HOTLINE),
    (
        CaseFilter(states=(State.HANDLING, State.CLOSED)),
        lambda case: case.state in {State.HANDLING, State.CLOSED},
    ),
    (
        CaseFilter(posts=(Post.DISPATCHER,)),
        lambda case: case.state in waiting_states(OPEN, [Post.DISPATCHER]),
    ),
]
WORDS = [
    "%", "_", "\\", "/", "100%", "a_b", "c:\\temp", "垃圾", "井盖", "占", "KFC", "kfc", "{{7*191}}", "'; --",
    "金水区城管局", "drainage", "CLASS 0110", "暴露垃圾", "2026030900017", "sf:3", "垃圾 满溢", "井盖 a_b",
    "没有这样的词", " \t ", "*", "?", "[a-z]",
]  # fmt: skip


@pytest.fixture
def cases(city_store: Store) -> list[Case]:
    return populate(city_store)


def listed(store: Store, wanted: CaseFilter, now: datetime = NOW) -> list[int]:
    with store.read() as view:
        return list(queue_ids(view, wanted, now))


def test_that_each_field_narrows_as_it_says(city_store: Store, cases: list[Case]) -> None:
    for wanted, by_hand in FILTERS:
        found = listed(city_store, wanted)
        assert set(found) == {case.id for case in cases if by_hand(case)}, wanted
        assert len(found) == len(set(found))


def test_that_a_step_lists_the_cases_that_wait_in_it(city_store: Store, cases: list[Case]) -> None:
    for step in Step:
        assert set(listed(city_store, CaseFilter(step=step))) == {
            case.id for case in cases if STEP_OF[case.state] is step
        }


def test_that_a_text_is_taken_literally_and_found_where_people_look(
    city_store: Store, cases: list[Case]
) -> None:
    for text in WORDS:
        by_hand = {case.id for case in cases if all(says(case, word) for word in text.split())}
        assert set(listed(city_store, CaseFilter(text=text, everything=True))) == by_hand, text


def test_that_the_words_put_to_the_test_find_some_and_not_all(city_store: Store, cases: list[Case]) -> None:
    found = {text: len(listed(city_store, CaseFilter(text=text, everything=True))) for text in WORDS}
    assert found["没有这样的词"] == 0
    assert found[" \t "] == len(cases)
    assert all(
        0 < found[text] < len(cases) for text in ("%", "_", "\\", "占", "KFC", "金水区城管局", "井盖 a_b")
    )
    assert found["KFC"] == found["kfc"]


def test_that_a_text_as_long_as_a_book_is_only_a_search(city_store: Store, cases: list[Case]) -> None:
    assert listed(city_store, CaseFilter(text="垃圾" * 50_000)) == []
    assert listed(city_store, CaseFilter(text="占 " * 50_000, everything=True)) == listed(
        city_store, CaseFilter(text="占", everything=True)
    )
    assert cases


def shown(case: Case, order: Order) -> tuple[object, ...]:
    """What the list shows in the column of an order, to be compared; None where it shows nothing."""
    match order:
        case Order.DUE:
            return case.current_due_at, case.due_at
        case Order.STATE | Order.SOURCE:
            return (list(type(getattr(case, order.value))).index(getattr(case, order.value)),)
        case Order.FLAGS:
            return ([flag not in case.flags for flag in Flag] if case.flags else None,)
        case Order.LIMIT:
            unit = case.limit_unit
            return ((list(LimitUnit).index(LimitUnit(unit)), case.limit_value) if unit else None,)
        case Order.TEXT:
            return (case.description[:200] or None,)
        case _:
            return (getattr(case, order.value) or None,)


def test_that_every_order_is_total_with_the_empty_ones_last(city_store: Store, cases: list[Case]) -> None:
    for order in Order:
        for descending in (False, True):
            by_hand = sorted(cases, key=lambda case: case.id, reverse=descending)
            for at in reversed(range(len(shown(cases[0], order)))):
                told = [(shown(case, order)[at], case) for case in by_hand]
                empty = [case for value, case in told if value is None]
                full = [one for one in told if one[0] is not None]
                assert full, order
                by_hand = [
                    case for _value, case in sorted(full, key=itemgetter(0), reverse=descending)
                ] + empty
            wanted = CaseFilter(everything=True, order=order, descending=descending)
            assert listed(city_store, wanted) == [case.id for case in by_hand], wanted


def test_that_the_steps_count_what_waits_and_what_is_late(city_store: Store, cases: list[Case]) -> None:
    with city_store.read() as view:
        counts = step_counts(view, NOW, SINCE)
    for step in set(Step) - {Step.EVALUATION}:
        waiting = [case for case in cases if STEP_OF[case.state] is step]
        assert counts[step].number == len(waiting)
        assert counts[step].late == sum(map(is_late, waiting))
    ended = [case for case in cases if case.ended_at is not None and case.ended_at >= SINCE]
    assert (counts[Step.EVALUATION].number, counts[Step.EVALUATION].late) == (len(ended), 0)


def test_that_a_row_says_what_the_case_says(city_store: Store, cases: list[Case]) -> None:
    with city_store.read() as view:
        rows = queue_rows(view, [case.id for case in cases] + [999_999])
    assert rows.keys() == {case.id for case in cases}
    same = (
        "code", "state", "source", "class_key", "cell", "district", "department", "reported_at", "due_at",
        "current_due_at", "flags", "request", "suspended_until", "held",
        "soon_at", "fed_back_at", "ended_at", "reworks", "lon", "lat", "version", "address",
    )  # fmt: skip
    for case in cases:
        row = rows[case.id]
        assert [getattr(row, name) for name in same] == [getattr(case, name) for name in same]
        assert row.description == case.description[:200]
        assert (row.class_name, row.class_name_en) == CLASS_NAMES.get(case.class_key, ("", ""))
        assert row.department_name == DEPARTMENT_NAMES.get(case.department, ("",))[0]


def test_that_the_map_counts_and_marks_the_open_cases(city_store: Store, cases: list[Case]) -> None:
    with city_store.read() as view:
        points, shown = map_points(view), city_map(view)
        counts = cell_counts(points)
    by_code = {code: position for position, code in enumerate(shown.cell_codes)}
    by_hand: dict[int, int] = {}
    for case in cases:
        if is_open(case) and case.cell:
            by_hand[by_code[case.cell]] = by_hand.get(by_code[case.cell], 0) + 1
    assert counts == by_hand
    assert {point.id for point in points} == {
        case.id for case in cases if is_open(case) and case.lon is not None
    }
    assert list(shown.cell_codes) == [grid.code for grid in small_city().unit_grids]
