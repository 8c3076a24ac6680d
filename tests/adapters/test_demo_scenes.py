"""At the end of a history every kind of thing lies on somebody's desk, brought there by legal acts."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from console.adapters.demo.history import Span, write_history
from console.domain.actor import SYSTEM
from console.domain.case import Case, Flag
from console.domain.flow import State
from console.domain.operation import Operation, Request
from console.queries.approvals import approvals
from console.storage import journal
from console.storage.unit import Store
from tests.adapters.demo_store import new_city_store
from tests.storage.seats import whole

UNTIL = datetime(2026, 3, 20, 7, 0, tzinfo=UTC)  # a Friday, three in the afternoon
COUNT = 1700


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = new_city_store(tmp_path_factory.mktemp("scenes"))
    with made.write() as unit:
        assert write_history(unit, Span(UNTIL, count=COUNT, days=3)) == COUNT
    yield made
    made.close()


@pytest.fixture(scope="module")
def cases(store: Store) -> list[Case]:
    with store.write() as unit:
        return [unit.cases.by_id(number) for number in range(1, COUNT + 1)]


def test_that_every_row_is_what_its_journal_tells(store: Store) -> None:
    assert whole(store) == COUNT


def test_that_cases_stand_in_every_state(cases: list[Case]) -> None:
    assert {case.state for case in cases} == set(State)


def test_that_applications_of_every_kind_wait_where_cases_are_open(store: Store, cases: list[Case]) -> None:
    waiting = Counter(case.request for case in cases if case.request)
    assert waiting.keys() >= set(Request) - {Request.APPEAL, Request.APPEAL_REVIEW}
    with store.read() as view:
        assert len(approvals(view, "操作员")) == sum(waiting.values())


def test_that_suspended_cases_say_until_when(cases: list[Case]) -> None:
    suspended = [case for case in cases if case.state is State.SUSPENDED]
    assert suspended
    assert all(case.suspended_until and case.suspended_until > UNTIL for case in suspended)
    assert not any(case.current_due_at for case in suspended)


def test_that_every_flag_is_met(cases: list[Case]) -> None:
    said = {flag for case in cases for flag in case.flags}
    assert said >= set(Flag) - {Flag.APPEALED, Flag.EXEMPT, Flag.ANSWERED}, "those need more days"
    levels = {case.supervision for case in cases if Flag.SUPERVISED in case.flags}
    assert levels == {1, 2, 3}


def test_that_duplicates_rest_in_cases_near_them_and_one_is_left_to_find(cases: list[Case]) -> None:
    by_code = {case.code: case for case in cases}
    merged = [case for case in cases if case.merged_into]
    assert merged
    for case in merged:
        other = by_code[case.merged_into]
        assert other.class_key == case.class_key
        assert Flag.SIMILAR in other.flags


def test_that_the_parts_of_a_case_are_among_the_number(cases: list[Case]) -> None:
    parts = Counter(case.split_from for case in cases if case.split_from)
    assert list(parts.values()) == [2, 2]
    assert all(Flag.SPLIT in case.flags for case in cases if case.code in parts)


def test_that_a_collector_holds_what_is_being_checked(cases: list[Case]) -> None:
    checked = [case for case in cases if case.state in (State.PRE_CHECK, State.POST_CHECK)]
    assert len(checked) >= 3
    assert all("采集员" in case.handler for case in checked)


def test_that_all_of_it_happened_before_the_end_and_in_order(store: Store, cases: list[Case]) -> None:
    with store.read() as view:
        for case in cases:
            facts = journal.facts_of(view.connection, case.id)
            instants = [fact.at for fact in facts]
            assert instants == sorted(instants), case.code
            assert instants[-1] <= UNTIL
            assert all(fact.by.startswith("演示") or fact.by == SYSTEM.name for fact in facts)
            assert facts[0].operation is Operation.REGISTER
