"""A city comes out of the store as it went in, and its next state takes its place."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from console.domain.catalogue import Catalogue
from console.domain.city import CityContent, Department, DepartmentKind, UnitGrid
from console.domain.errors import Refused
from console.services.city import load_city
from console.storage.columns import instant, ticks
from console.storage.tables import divisions, layers, unit_grids
from console.storage.unit import Store
from tests.cities import LOADED, LOADER, small_city
from tests.lives import INSIDE, REPORT, registered
from tests.storage.seats import add_case, whole


def load(store: Store, content: CityContent) -> None:
    with store.write() as unit:
        load_city(unit, content, by=LOADER, at=LOADED)


def test_that_a_city_comes_out_as_it_went_in(city_store: Store) -> None:
    content = small_city()
    with city_store.read() as view:
        found = view.reference
        stored = view.connection.execute(select(layers.c.name, layers.c.data)).all()
        grids = view.connection.execute(select(unit_grids).order_by(unit_grids.c.position)).mappings().all()
        named = view.connection.execute(select(divisions)).mappings().all()
    assert found.profile == content.profile
    assert list(found.departments.values()) == sorted(content.departments, key=lambda item: item.code)
    assert list(found.rules) == list(content.rules)
    assert found.table == content.calendar
    assert {name: data for name, data in stored} == dict(content.layers)  # noqa: C416  rows, not pairs
    assert [
        UnitGrid(**{k: v for k, v in row.items() if k != "position"}) for row in grids
    ] == content.unit_grids
    assert {row["code"] for row in named} == {item.code for item in content.divisions}
    assert [asdict(item) for item in found.catalogue.classes] == sorted(
        (asdict(item) for item in content.catalogues[0].classes),
        key=lambda told: f"{told['kind']}:{told['code']}",
    )


def test_that_a_city_cannot_take_the_place_of_another(city_store: Store) -> None:
    content = small_city()
    stranger = replace(content, profile=replace(content.profile, code="350200", name="厦门"))
    with pytest.raises(Refused) as caught:
        load(city_store, stranger)
    assert (caught.value.code, caught.value.facts) == (
        "other_city",
        {"present": "小城(演示)", "coming": "厦门"},
    )
    profile = city_store.profile()
    assert profile is not None
    assert profile.code == "410100"


def test_that_the_next_state_of_a_city_keeps_its_cases(city_store: Store) -> None:
    case = registered(city_store)
    content = small_city()
    load(city_store, replace(content, profile=replace(content.profile, note="第二版")))
    with city_store.write() as unit:
        assert unit.cases.by_code(case.code) == case
        assert unit.reference.profile.note == "第二版"
    assert whole(city_store) == 1


def test_that_reference_data_are_read_anew_when_they_changed(city_store: Store) -> None:
    other = Store(city_store.url)
    with other.read() as view:
        known = view.reference
        assert view.reference is known
    with city_store.write() as unit:
        unit.add_departments([Department("P02", "热力公司", "Heating", DepartmentKind.PROFESSIONAL)])
    with other.read() as view:
        assert view.reference is not known
        assert "P02" in view.reference.departments
    other.close()


def test_that_an_edition_takes_the_place_of_the_one_of_its_name(city_store: Store) -> None:
    fewer = Catalogue("2013", "更小目录", small_city().catalogues[0].classes[:2])
    with city_store.write() as unit:
        unit.add_catalogue(fewer)
    with city_store.read() as view:
        assert (view.reference.catalogue.name, len(view.reference.catalogue.classes)) == ("更小目录", 2)


def test_that_a_store_without_a_city_says_so(store: Store) -> None:
    add_case(store, "1")
    assert store.profile() is None
    with pytest.raises(Refused, match="no_city"), store.read() as view:
        _ = view.reference
    with pytest.raises(Refused, match="no_city"), store.read() as view:
        _ = view.places
    with pytest.raises(Refused, match="no_city"):
        registered(store)


def test_that_a_city_without_cells_can_place_nothing(store: Store) -> None:
    load(store, replace(small_city(), layers={}))
    with pytest.raises(Refused, match="no_grids"):
        registered(store)


def test_that_a_case_is_placed_in_its_grid_or_in_none(city_store: Store) -> None:
    inside = registered(city_store)
    assert inside.cell
    assert inside.cell.startswith(inside.street)
    assert inside.street.startswith(inside.district)
    for place in [(INSIDE[0] + 1, INSIDE[1]), (None, None), (INSIDE[1], INSIDE[0] - 100)]:
        outside = registered(city_store, replace(REPORT, lon=place[0], lat=place[1]))
        assert (outside.cell, outside.district, outside.committee) == ("", "", "")


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 9, 1, 2, 3, 456_789, UTC),
        datetime(1969, 12, 31, 23, 59, 59, 999_999, UTC),
        datetime(2026, 3, 9, 9, tzinfo=timezone(timedelta(hours=8))),
        datetime(2999, 12, 31, 23, 59, 59, 999_999, UTC),
    ],
)
def test_that_an_instant_is_kept_to_the_microsecond(moment: datetime) -> None:
    assert instant(ticks(moment)) == moment
    assert instant(ticks(moment)).tzinfo is UTC


def test_that_an_instant_without_a_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="time zone"):
        ticks(datetime(2026, 3, 9))  # noqa: DTZ001  the very thing
