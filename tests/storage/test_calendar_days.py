"""The site's own days lie over the official ones, and stay when its city is loaded again."""

from dataclasses import replace
from datetime import date

from console.domain.calendar import CalendarTable, OfficialDays, SiteDay
from console.domain.city import CityContent
from console.services.city import load_city
from console.storage.calendar import add_official, put_site_days, read_calendar, remove_site_days, site_days
from console.storage.city import replace_city
from console.storage.unit import Store
from tests.cities import LOADED, LOADER, small_city

NEW_YEAR = date(2026, 1, 1)
WORKED = SiteDay(True, "应急值守")


def table_of(store: Store) -> CalendarTable:
    with store.read() as view:
        return view.reference.table


def with_site_day(store: Store) -> None:
    with store.write() as unit:
        put_site_days(unit.connection, {NEW_YEAR: WORKED}, {2030})


def test_that_the_sites_word_is_in_force_where_both_speak(city_store: Store) -> None:
    with_site_day(city_store)
    table = table_of(city_store)
    assert (table.days[NEW_YEAR], table.names[NEW_YEAR]) == (True, "应急值守")
    assert table.known_years == {2025, 2026, 2030}
    with city_store.write() as unit:
        remove_site_days(unit.connection, [NEW_YEAR])
    assert table_of(city_store).days[NEW_YEAR] is False


def test_that_loading_the_same_city_again_keeps_what_the_site_said(city_store: Store) -> None:
    with_site_day(city_store)
    with city_store.write() as unit:
        load_city(unit, small_city(), by=LOADER, at=LOADED)
    assert table_of(city_store).days[NEW_YEAR] is True
    assert 2030 in table_of(city_store).known_years


def test_that_another_city_begins_without_them(city_store: Store) -> None:
    with_site_day(city_store)
    with city_store.write() as unit:
        replace_city(unit.connection, other_city())
        assert site_days(unit.connection) == {}
    assert table_of(city_store) == other_city().calendar


def other_city() -> CityContent:
    city = small_city()
    return replace(city, profile=replace(city.profile, code="410200", name="别城"))


def test_that_a_store_from_before_takes_new_years_from_the_package_where_it_had_any(
    city_store: Store,
) -> None:
    with city_store.write() as unit:
        unit.connection.exec_driver_sql("DELETE FROM meta WHERE name = 'calendar_source'")
        assert read_calendar(unit.connection, "Asia/Shanghai").source == "china"
        assert read_calendar(unit.connection, "Europe/Berlin").source == ""


def test_that_official_years_are_added_and_not_changed(city_store: Store) -> None:
    day = date(2027, 1, 1)
    official = OfficialDays(
        {NEW_YEAR: True, day: False}, {day: "元旦", NEW_YEAR: "错"}, frozenset({2019, 2026, 2027})
    )
    with city_store.write() as unit:
        assert add_official(unit.connection, official) == {2027}
        assert add_official(unit.connection, official) == set()
    table = table_of(city_store)
    assert (table.days[NEW_YEAR], table.days[day], table.names[day]) == (False, False, "元旦")
