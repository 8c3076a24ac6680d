"""How cases lie over the city: their places and numbers are those of the filter, on both databases."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from console.domain.wanted import CaseFilter
from console.queries.map import map_points
from console.queries.spread import case_places, cell_numbers, ground
from console.storage.unit import Store
from tests.cities import LOADED, small_city
from tests.lives import SEVEN_STEPS, registered, taken

EVERY = CaseFilter(everything=True)
LATER = LOADED + timedelta(days=365)


def test_that_places_and_numbers_are_those_of_the_wanted_cases(city_store: Store) -> None:
    open_one, closed = registered(city_store), registered(city_store)
    taken(city_store, closed, *SEVEN_STEPS)
    with city_store.read() as view:
        (point,) = map_points(view)
        lon, lat = case_places(view, CaseFilter(), LATER)
        assert (lon.tolist(), lat.tolist()) == ([open_one.lon], [open_one.lat])
        assert len(case_places(view, EVERY, LATER)[0]) == 2
        cells = len(ground(view).grid_of_cell)
        numbers = cell_numbers(view, CaseFilter(), LATER, cells)
        assert np.flatnonzero(numbers).tolist() == [point.position]
        assert cell_numbers(view, EVERY, LATER, cells).sum() == 2


def test_that_a_period_leaves_out_what_was_reported_before_it(city_store: Store) -> None:
    case = registered(city_store)
    recent = replace(EVERY, newer_than=timedelta(days=7))
    with city_store.read() as view:
        assert len(case_places(view, recent, case.reported_at + timedelta(days=6))[0]) == 1
        assert len(case_places(view, recent, case.reported_at + timedelta(days=8))[0]) == 0


def test_that_every_unit_grid_knows_its_responsibility_grid(city_store: Store) -> None:
    with city_store.read() as view:
        found = ground(view)
    city = small_city()
    told = [found.grids[which] for which in found.grid_of_cell]
    assert told == [grid.responsibility_grid for grid in city.unit_grids]
    assert found.cells == city.layers["cells"]
