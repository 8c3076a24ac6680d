"""Many ids at once are sought one by one by both databases' keys, never by reading every row."""

import pytest
from sqlalchemy import select

from console.domain.wanted import CaseFilter
from console.queries.filter import conditions
from console.queries.order import parts_of
from console.storage.columns import instant
from console.storage.sets.among import Among, told_ids
from console.storage.tables import cases
from console.storage.unit import Store
from tests.storage.seats import add_case


def test_that_the_cases_of_many_ids_are_those(store: Store) -> None:
    ids = [add_case(store, str(number)).id for number in range(5)]
    with store.read() as view:
        for asked in ([], ids[:1], ids[1:4], [*ids, 999_999]):
            found = view.connection.execute(select(cases.c.id).where(Among()), {"ids": told_ids(asked)})
            assert sorted(found.scalars()) == [one for one in asked if one in ids]


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_that_many_ids_are_sought_by_the_primary_key(store: Store) -> None:
    query = select(cases.c.address).where(cases.c.current_due_at < instant(0), Among())
    said = str(query.compile(store.engine))
    with store.read() as view:
        plan = view.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", (0, "[]")).all()
    assert plan[0][3] == "SEARCH cases USING INTEGER PRIMARY KEY (rowid=?)"


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@pytest.mark.parametrize("descending", [False, True])
def test_that_the_first_page_of_the_open_cases_walks_their_index(store: Store, descending: bool) -> None:
    wanted = CaseFilter(descending=descending)
    part = parts_of(wanted.order)[0]
    query = select(cases.c.id).where(*conditions(wanted, instant(0)), *part.where)
    query = query.order_by(*part.sorting(descending=descending)).limit(200)
    with store.read() as view:
        said = str(query.compile(store.engine))
        plan = [
            row[3] for row in view.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", (200, 0)).all()
        ]
    assert "ix_cases_open_due" in plan[0]
    assert not any("TEMP B-TREE FOR ORDER BY" in line for line in plan)
