"""What the panel keeps and sends, without a page: scene, courier, vocabulary, marks, classes."""

import json
import struct
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from console.domain.lamp import Lamp, lamp
from console.queries.map import MapPoint
from console.queries.point_columns import Points
from console.storage.columns import ticks
from console.ui.map.city import MapCity
from console.ui.map.courier import Courier
from console.ui.map.marks import Mark, Shape, packed_marks, packed_points
from console.ui.map.ramp import level_labels, level_of
from console.ui.map.said import Said, understand, words
from console.ui.map.scene import Scene
from tests.perf.map_city import make_city


@pytest.fixture
def scene() -> Scene:
    made = Scene({"ground": "#000000"}, {"map": "网格地图"}, "Sans")
    made.show_city(make_city(100).city)
    return made


def news_of(scene: Scene) -> dict[str, object]:
    news: dict[str, object] = json.loads(scene.take_news()[1])
    return news


def test_that_changes_travel_once_and_only_the_last_state_of_a_cell(scene: Scene) -> None:
    scene.update_cells({3: (1, 1), 4: (2, 2)})
    scene.update_cells({3: (5, 70_000)})
    assert news_of(scene) == {"number": 0, "changes": [3, 5, 65535, 4, 2, 2]}
    assert not scene.has_news
    assert news_of(scene) == {"number": 1}
    assert (scene.large("levels") or b"")[3:5] == bytes([5, 2])


def test_that_too_many_changes_become_one_announcement() -> None:
    scene = Scene({}, {}, "Sans")
    scene.show_city(make_city(6_000).city)
    scene.update_cells(dict.fromkeys(range(5001), (1, 1)))
    scene.update_cells({1: (2, 2)})
    assert news_of(scene) == {"number": 0, "cells": True}


def test_that_states_outside_the_city_are_refused_and_change_nothing(scene: Scene) -> None:
    with pytest.raises(ValueError, match="cannot have"):
        scene.update_cells({1: (1, 1), 100: (1, 1)})
    with pytest.raises(ValueError, match="100 cells"):
        scene.show_cells(bytes(99), bytes(200))
    with pytest.raises(ValueError, match="marks"):
        scene.show_marks(b"GCL1")
    assert scene.large("levels") == bytes(100)
    assert not scene.has_news


def test_that_what_the_page_did_itself_is_kept_but_is_no_news(scene: Scene) -> None:
    scene.remember(follow=True)
    assert not scene.has_news
    assert json.loads(scene.whole())["follow"] is True


@pytest.mark.parametrize(
    ("cells", "codes", "sentence"),
    [
        (b"GCL", 0, "not a packed"),
        (struct.pack("<4s3I2d", b"GCL1", 1, 1, 3, 0, 0), 1, "cut short"),
        (make_city(1).city.cells, 2, "1 cells but 2 codes"),
    ],
)
def test_that_a_broken_cell_file_is_refused(cells: bytes, codes: int, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        MapCity(cells, ["0"] * codes)


def test_that_the_courier_waits_for_the_page_to_read(qtbot: QtBot) -> None:
    courier = Courier()
    sent: list[int] = []
    courier.due.connect(lambda: sent.append(len(sent)))
    courier.changed(urgent=True)
    qtbot.wait(20)
    assert sent == []
    courier.open()
    qtbot.waitUntil(lambda: len(sent) == 1)
    courier.fetched(0)
    courier.changed(urgent=True)
    qtbot.wait(150)
    assert len(sent) == 1
    courier.heard(7)
    qtbot.wait(20)
    assert len(sent) == 1
    courier.heard(0)
    qtbot.waitUntil(lambda: len(sent) == 2)


def test_that_a_courier_whose_page_is_gone_stays_silent(qtbot: QtBot) -> None:
    courier = Courier()
    sent: list[bool] = []
    courier.due.connect(lambda: sent.append(True))
    courier.open()
    courier.changed()
    courier.shut()
    qtbot.wait(150)
    assert sent == []


@given(st.text(max_size=60))
def test_that_no_text_brings_the_vocabulary_down(text: str) -> None:
    said = understand(text)
    assert said is None or said.word in words()


@pytest.mark.parametrize(
    "text",
    ["", "cell", "cell/", "cell/01", "cell/1/2", "cell/-2", "cell/1.0", "cell/٣", "case/-1", "place/nan/1",
     "area", "area/0/1", "area/3/1/2", "area/0/1/2/3", "area/0/181/2", "corridor/0/50", "corridor/0/50/0/1",
     "place/181/0", "place/1e400/0", "follow/2", "heard/-1", "CELL/1", "cell/1 "],
)  # fmt: skip
def test_that_numbers_out_of_range_or_form_are_not_understood(text: str) -> None:
    assert understand(text) is None


def test_that_the_vocabulary_is_understood() -> None:
    assert understand("cell/-1") == Said("cell", (-1,))
    assert understand("place/113.6500000/34.7600000") == Said("place", (113.65, 34.76))
    assert understand("failed") == Said("failed")
    assert understand("area/1/113.5/34/113.6/35") == Said("area", (1, 113.5, 34, 113.6, 35))
    assert understand("corridor/0/50/0/113.5/34/1/113.6/35") == Said(
        "corridor", (0, 50, 0, 113.5, 34, 1, 113.6, 35)
    )


def test_that_the_most_urgent_marks_are_packed_last() -> None:
    packed = packed_marks(
        [
            Mark(1, 113.6, 34.7, Shape.LATE, Lamp.LATE, "A\nB"),
            Mark(2, 113.7, 34.8, Shape.SUSPENDED, Lamp.NONE, "二"),
            Mark(3, 113.6, 34.7, Shape.SOON, Lamp.SOON, "C"),
        ]
    )
    magic, count, x, _y = struct.unpack_from("<4sI2d", packed)
    records = list(struct.iter_unpack("<I2f2BH", packed[24 : 24 + 16 * count]))
    assert (magic, count) == (b"GCM1", 3)
    assert [record[0] for record in records] == [2, 3, 1]
    assert [record[3:5] for record in records] == [(3, 3), (1, 1), (2, 2)]
    assert x + records[1][1] == pytest.approx(113.6 * 6_378_137 * 3.141592653589793 / 180, abs=0.01)
    assert packed[24 + 16 * count :].decode() == "二\nC\nA B"


def test_that_points_are_packed_as_the_lamp_of_each_says() -> None:
    now = datetime(2026, 3, 9, 10, tzinfo=UTC)
    moments = [None, *(ticks(now + timedelta(seconds=late)) for late in (-3600, -1, 0, 1, 3600))]
    points = [
        MapPoint(number, f"2026{number}", 113.6 + number / 1000, 34.7, due, soon, reworks, None)
        for number, (due, soon, reworks) in enumerate(product(moments, moments, (0, 1)))
    ]

    def mark(point: MapPoint) -> Mark:
        shown = lamp(now, point.current_due_at, point.soon_at)
        calm = shown in {Lamp.NONE, Lamp.IN_TIME}
        shape = {Lamp.SOON: Shape.SOON, Lamp.LATE: Shape.LATE}.get(shown, Shape.IN_TIME)
        if point.reworks and calm:
            shape = Shape.REWORK
        return Mark(point.id, point.lon, point.lat, shape, shown, point.code)

    assert packed_points(Points(points).columns(), now) == packed_marks(map(mark, points))
    assert packed_points(Points().columns(), now) == packed_marks([])


def test_that_the_same_marks_are_no_news(scene: Scene) -> None:
    marks = packed_marks([Mark(1, 113.6, 34.7, Shape.LATE, Lamp.LATE, "A")])
    scene.show_marks(marks)
    scene.take_news()
    scene.show_marks(bytes(marks))
    assert not scene.has_news


def test_that_no_marks_are_a_file_of_none() -> None:
    assert packed_marks([]) == struct.pack("<4sI2d", b"GCM1", 0, 0, 0)


def test_that_the_legend_says_what_the_classes_are() -> None:
    assert level_labels() == ["0", "1", "2", "3–4", "5–7", "8+"]
    assert [level_of(count) for count in (0, 1, 2, 3, 4, 5, 7, 8, 900)] == [0, 1, 2, 3, 3, 4, 4, 5, 5]


@pytest.mark.parametrize("codes", [["410105", "A1"], ['"', "\\"], ["甲", "</script>"], ["", "c\nd"]])
def test_that_the_codes_arrive_as_they_are(codes: list[str]) -> None:
    scene = Scene({}, {}, "Sans")
    scene.show_city(replace(make_city(2).city, cell_codes=codes))
    assert json.loads(scene.large("codes") or b"") == codes
