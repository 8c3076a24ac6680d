"""SQLite takes the small indexes of the cases that matter now, not those of all there ever were."""

import pytest
from sqlalchemy import ColumnElement, select

from console.storage.columns import instant
from console.storage.tables import (
    cases,
    journal,
    merged,
    noted,
    retold,
    split,
    still_open,
    to_call_back,
)
from console.storage.unit import Store


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("condition", "sought", "index"),
    [
        (still_open, cases.c.current_due_at >= instant(0), "ix_cases_open_due"),
        (still_open, cases.c.cell == "", "ix_cases_open_cell"),
        (merged, cases.c.merged_into == "1", "ix_cases_merged_into"),
        (noted, cases.c.id > 0, "ix_cases_open_noted"),
        (to_call_back, cases.c.ended_at >= instant(0), "ix_cases_to_call_back"),
        (split, cases.c.split_from == "1", "ix_cases_split_from"),
    ],
)
def test_that_a_partial_index_is_taken(
    store: Store, condition: ColumnElement[bool], sought: ColumnElement[bool], index: str
) -> None:
    said = (
        select(cases.c.id)
        .where(condition, sought)
        .compile(store.engine, compile_kwargs={"literal_binds": True})
    )
    with store.read() as view:
        plan = view.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}").all()
    assert index in plan[0][3]


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_that_the_lines_that_took_something_back_are_found_without_the_others(store: Store) -> None:
    said = select(journal.c.case_id).where(retold, journal.c.at >= instant(0))
    told = said.compile(store.engine, compile_kwargs={"literal_binds": True})
    with store.read() as view:
        plan = view.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {told}").all()
    assert "USING INDEX ix_journal_retold (at>?)" in plan[0][3]
