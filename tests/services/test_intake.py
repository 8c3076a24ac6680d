"""A row of another system opens a case, or tells its case what is new."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.case import Case, Fact, Source
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.report import Report
from console.services.collection import register_report
from console.services.intake import Fate, Incoming, Taken, look_over, take_in
from console.services.steps import Told, take_step, undo_step
from console.storage.unit import Store
from tests.adapters.intake_city import INSIDE, city_store, is_whole

AT = datetime(2026, 11, 21, 2, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 2, tzinfo=UTC)
OPEN = Case(
    code="",
    state=State.HANDLING,
    source=Source.HOTLINE,
    description="路口有垃圾",
    reported_at=datetime(2026, 11, 1, 20, tzinfo=UTC),
    class_key="event:0110",
    edition="2013",
    department="D105",
    lon=INSIDE[0],
    lat=INSIDE[1],
    external_id="nb:1",
)
ENDED = datetime(2026, 11, 20, tzinfo=UTC)
CLOSED = replace(OPEN, state=State.CLOSED, ended_at=ENDED)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with city_store(tmp_path) as opened:
        yield opened
        is_whole(opened)


def bring(store: Store, case: Case, note: str = "", at: datetime = AT) -> Taken:
    with store.write() as unit:
        (taken,) = take_in(unit, [Incoming(2, case, note)], by="nb", at=at)
    return taken


def case_of(store: Store) -> tuple[Case, list[Fact]]:
    with store.write() as unit:
        case = unit.cases.by_external_id("nb:1")
        assert case is not None
        return case, unit.cases.facts(case.id)


def do(store: Store, operation: Operation, told: Told | None = None) -> None:
    with store.write() as unit:
        take_step(unit, case_of_code(store), operation, told or Told(), by="受理员01", at=AT)


def case_of_code(store: Store) -> str:
    with store.read() as view:
        found = view.connection.exec_driver_sql("SELECT code FROM cases WHERE external_id = 'nb:1'")
        code: str = found.scalar_one()
        return code


def test_that_a_new_row_opens_a_case_in_its_grid_with_one_fact(store: Store) -> None:
    taken = bring(store, OPEN, "备注: 二次上报")
    case, facts = case_of(store)
    assert taken.fate is Fate.IMPORTED
    assert taken.case == case
    assert (case.code, case.version) == ("2026110200001", 1)  # 04:00 of the next day in the city
    assert (case.cell, case.district) == ("410105001001027", "410105")
    assert [(fact.operation, fact.at, fact.by, fact.note) for fact in facts] == [
        (Operation.IMPORT, AT, "nb", "备注: 二次上报")
    ]


def test_that_no_clock_runs_for_a_case_without_a_limit(store: Store) -> None:
    bring(store, OPEN)
    do(store, Operation.FEED_BACK)
    do(store, Operation.REWORK, Told(note="未清"))
    case, _ = case_of(store)
    assert (case.due_at, case.soon_at, case.limit_unit) == (None, None, "")


def test_that_imported_and_reported_cases_share_the_numbers_of_a_day(store: Store) -> None:
    bring(store, OPEN)
    with store.write() as unit:
        case = register_report(unit, Report(Source.PATROL, "积水"), by="a", at=OPEN.reported_at)
    assert case.code == "2026110200002"


def test_that_the_same_row_again_writes_nothing(store: Store) -> None:
    bring(store, OPEN, "n")
    before = case_of(store)
    again = bring(store, OPEN, "n", LATER)
    assert again.fate is Fate.UNCHANGED
    assert case_of(store) == before


def test_that_a_changed_row_tells_only_what_is_new(store: Store) -> None:
    bring(store, OPEN, "n")
    taken = bring(store, replace(OPEN, description="垃圾两堆"), "n", LATER)
    case, facts = case_of(store)
    assert taken.fate is Fate.UPDATED
    assert case.description == "垃圾两堆"
    assert (facts[-1].number, facts[-1].operation, facts[-1].at) == (2, Operation.IMPORT, LATER)
    assert facts[-1].changes == {"description": "垃圾两堆"}


def test_that_words_without_a_field_are_news_too(store: Store) -> None:
    bring(store, OPEN, "备注: 一")
    assert bring(store, OPEN, "备注: 二").fate is Fate.UPDATED
    assert bring(store, OPEN, "备注: 二").fate is Fate.UNCHANGED
    _, facts = case_of(store)
    assert [(dict(fact.changes), fact.note) for fact in facts[1:]] == [({}, "备注: 二")]


def test_that_a_moved_point_moves_the_case_to_another_grid(store: Store) -> None:
    bring(store, OPEN)
    bring(store, replace(OPEN, lon=1.0, lat=1.0))
    case, facts = case_of(store)
    assert (case.cell, case.street, case.lon) == ("", "", 1.0)
    assert "cell" in facts[-1].changes


def test_that_a_row_may_end_and_reopen_its_case(store: Store) -> None:
    bring(store, OPEN)
    bring(store, CLOSED)
    case, _ = case_of(store)
    assert (case.state, case.ended_at) == (State.CLOSED, ENDED)
    bring(store, OPEN)
    case, _ = case_of(store)
    assert (case.state, case.ended_at) == (State.HANDLING, None)


def test_that_the_course_of_a_case_is_the_operators_once_they_worked_on_it(store: Store) -> None:
    bring(store, OPEN)
    do(store, Operation.FEED_BACK)
    assert bring(store, OPEN).fate is Fate.UNCHANGED
    taken = bring(store, replace(CLOSED, description="已清理"))
    case, facts = case_of(store)
    assert taken.fate is Fate.UPDATED
    assert set(taken.held) == {"state", "ended_at"}
    assert (case.state, case.ended_at, case.description) == (State.FED_BACK, None, "已清理")
    assert facts[-1].changes == {"description": "已清理"}
    again = bring(store, replace(CLOSED, description="已清理"))
    assert (again.fate, set(again.held)) == (Fate.UNCHANGED, {"state", "ended_at"})


def test_that_an_act_taken_back_gives_the_course_back(store: Store) -> None:
    bring(store, OPEN)
    do(store, Operation.FEED_BACK)
    with store.write() as unit:
        undo_step(unit, case_of_code(store), by="受理员01", at=AT)
    taken = bring(store, CLOSED)
    assert (taken.fate, taken.held) == (Fate.UPDATED, ())
    assert case_of(store)[0].state is State.CLOSED


def test_that_an_id_of_a_case_that_was_not_imported_is_not_taken_over(store: Store) -> None:
    with store.write() as unit:
        case = register_report(unit, Report(Source.PATROL, "积水"), by="a", at=AT)
        after = replace(case, external_id="nb:1", version=2)
        unit.save(after, Fact(2, Operation.ACCEPT, AT, "a", {"external_id": "nb:1"}))
    taken = bring(store, OPEN)
    assert taken.fate is Fate.REJECTED
    assert taken.problem is not None
    assert taken.problem.code == "external_id_taken"


def test_that_looking_over_tells_what_needs_no_writing(store: Store) -> None:
    bring(store, OPEN, "n")
    rows = [
        Incoming(2, OPEN, "n"),
        Incoming(3, OPEN, "other words"),
        Incoming(4, replace(OPEN, external_id="nb:2"), ""),
    ]
    with store.read() as view:
        found = look_over(view, rows)
    assert [(taken.incoming.row, taken.fate) for taken in found] == [(2, Fate.UNCHANGED)]


def test_that_rows_not_asked_for_are_not_written(store: Store) -> None:
    rows = [Incoming(number, replace(OPEN, external_id=f"nb:{number}"), "") for number in range(1, 6)]
    with store.write() as unit:
        taking = take_in(unit, rows, by="nb", at=AT)
        next(taking)
        next(taking)
    assert is_whole(store) == 2
