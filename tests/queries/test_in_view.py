"""What is in view is told as counted by hand, on both databases."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import select

from console.domain.case import Case, opening
from console.domain.flow import ENDED
from console.domain.operation import Operation
from console.queries.in_view import in_view
from console.storage.tables import unit_grids
from console.storage.unit import Store
from tests.cities import SOUTH, STEP_LAT, STEP_LON, WEST
from tests.lives import BY, MONDAY
from tests.queries.population import made


@pytest.fixture
def cases(city_store: Store) -> list[Case]:
    """All over the city and beyond its edge; every fifth without a place."""
    dice = random.Random(5)
    found = []
    with city_store.write() as unit:
        for number in range(300):
            case = replace(made(number, dice), lon=None, lat=None, cell="", district="", committee="")
            if number % 5:
                lon = dice.uniform(WEST - STEP_LON, WEST + 13 * STEP_LON)
                case = replace(case, lon=lon, lat=dice.uniform(SOUTH - STEP_LAT, SOUTH + 10 * STEP_LAT))
            case = replace(unit.places.placed(case), version=1)
            fact = opening(case, operation=Operation.IMPORT, at=MONDAY, by=BY)
            found.append(replace(case, id=unit.add(case, fact)))
    return found


def test_that_cases_and_grids_of_a_box_are_all_told(city_store: Store, cases: list[Case]) -> None:
    box = (WEST, SOUTH, WEST + 6 * STEP_LON, SOUTH + 5 * STEP_LAT)
    for wanted in (None, box):
        there = [case for case in cases if case.state not in ENDED and is_in(case, wanted)]
        with city_store.read() as view:
            found = in_view(view, wanted, MONDAY)
        assert there
        assert {one.id for one in found.cases} == {case.id for case in there}
        assert found.grids == len(found.cells)
        assert all((one.edition, one.class_key) in found.classes for one in found.cases)
        numbers = Counter(case.cell for case in there if case.cell)
        assert {one.code: one.open for one in found.cells} == numbers
        late = Counter(
            case.cell
            for case in there
            if case.cell and case.current_due_at is not None and case.current_due_at < MONDAY
        )
        assert {one.code: one.late for one in found.cells if one.late} == late
        assert {one.area for one in found.cells} == found.names.keys()


def test_that_empty_grids_are_told_once_where_they_lie(city_store: Store, cases: list[Case]) -> None:
    box = (WEST, SOUTH, WEST + 6 * STEP_LON, SOUTH + 5 * STEP_LAT)
    with city_store.read() as view:
        codes = [code for (code,) in view.connection.execute(select(unit_grids.c.code))]
        whole, part = (in_view(view, wanted, MONDAY, empty=True) for wanted in (None, box))
        filled = in_view(view, None, MONDAY)
    assert sorted(one.code for one in whole.cells) == sorted(codes)
    assert whole.cells[: whole.grids] == filled.cells
    assert all(one.open == one.late == 0 for one in whole.cells[whole.grids :])
    assert sorted(one.position for one in whole.cells) == list(range(len(codes)))
    empty = part.cells[part.grids :]
    assert empty
    assert all(box[0] <= one.lon <= box[2] and box[1] <= one.lat <= box[3] for one in empty)


def is_in(case: Case, box: tuple[float, float, float, float] | None) -> bool:
    if case.lon is None or case.lat is None:
        return False
    return box is None or (box[0] <= case.lon <= box[2] and box[1] <= case.lat <= box[3])
