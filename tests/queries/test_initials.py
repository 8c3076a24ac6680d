"""Letters typed into a search are themselves, and the initials of what they shorten."""

import json
from dataclasses import replace

import pytest

from console.domain.case import Case, Source, opening
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.wanted import CaseFilter
from console.queries.text_index import read_block
from console.queries.words import words_of
from console.services.text_index import keep_block, note_told
from console.storage.unit import Store
from tests.cities import small_catalogue, small_city
from tests.lives import BY, MONDAY
from tests.queries.population import NOW
from tests.text_hits import text_hits
from tests.whole_queue import queue_ids

CLASS = next(item for item in small_catalogue().classes if item.name == "暴露垃圾")
OFFICE = next(item for item in small_city().departments if item.name.startswith("金水区城"))

# Description, class and department.
MADE = {
    "plain": ("路面积水", "", ""),
    "class": ("路面积水", CLASS.key, ""),
    "text": ("门前有暴露垃圾一堆", "", ""),
    "letters": ("BLLJ 店外", "", ""),
    "office": ("积水", "", OFFICE.code),
}


@pytest.fixture(params=["rows", "index"])
def told(city_store: Store, request: pytest.FixtureRequest) -> dict[str, int]:
    """Cases by what is special about them, found by their rows or by the index."""
    ids = {}
    with city_store.write() as unit:
        for number, (name, (description, class_key, department)) in enumerate(MADE.items()):
            case = Case(
                f"20260309{number:05d}", State.REPORTED, Source.HOTLINE, description, MONDAY,
                class_key=class_key, department=department,
            )  # fmt: skip
            ids[name] = unit.add(case, opening(case, operation=Operation.IMPORT, at=MONDAY, by=BY))
    if request.param == "index":
        with city_store.write() as unit:
            note_told(unit, 100)
        with city_store.read() as view:
            block = read_block(view, 0)
        with city_store.write() as unit:
            keep_block(unit, block)
    return ids


def found(store: Store, text: str, told: dict[str, int]) -> set[str]:
    names = {case_id: name for name, case_id in told.items()}
    with store.read() as view:
        hits = {names[one] for one in text_hits(view, text) or ()}
        assert hits == {names[one] for one in queue_ids(view, CaseFilter(text=text, everything=True), NOW)}
    return hits


def test_that_initials_find_the_class_the_words_and_the_letters(
    city_store: Store, told: dict[str, int]
) -> None:
    assert found(city_store, "bllj", told) == {"class", "text", "letters"}
    assert found(city_store, "ＢＬＬＪ", told) == {"class", "text", "letters"}
    assert found(city_store, "暴露垃圾", told) == {"class", "text"}


def test_that_an_office_is_found_by_its_usual_short_name(city_store: Store, told: dict[str, int]) -> None:
    assert found(city_store, "jsqcgj", told) == {"office"}
    assert found(city_store, "jsqcg", told) == {"office"}
    assert found(city_store, "cgj", told) == set()


def test_that_words_that_shorten_nothing_are_letters_only(city_store: Store, told: dict[str, int]) -> None:
    with city_store.read() as view:
        for typed in ("KFC", "b", "bllj1", "xqzzy", "垃圾", "sf:3"):
            assert [list(word.texts) for word in words_of(view, typed)] == [[typed]]


def test_that_a_road_is_found_by_its_whole_name_only(city_store: Store, told: dict[str, int]) -> None:
    roads = {
        "type": "FeatureCollection",
        "features": [{"properties": {"name": "中原路"}}, {"properties": {}}],
    }
    with city_store.write() as unit:
        unit.load_city(
            replace(small_city(), layers={**small_city().layers, "roads": json.dumps(roads).encode()})
        )
        case = Case("2026030999999", State.REPORTED, Source.HOTLINE, "积水", MONDAY, address="中原路12号")
        there = unit.add(case, opening(case, operation=Operation.IMPORT, at=MONDAY, by=BY))
    with city_store.read() as view:
        assert set(text_hits(view, "zyl") or ()) == set(text_hits(view, "ZYL 12号") or ()) == {there}
        assert set(text_hits(view, "zy") or ()) == set(text_hits(view, "yl") or ()) == set()
