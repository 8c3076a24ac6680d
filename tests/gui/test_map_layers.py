"""The map's layers: one list with tick and opacity, by mouse and keyboard, remembered for each user."""

import json
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.domain.actor import EVERY_POST, Post
from console.domain.position import Position
from console.domain.staff import Member
from console.geography.site_layers import unpacked_layer
from console.i18n import use_language
from console.kept import own_folder
from console.services.positions import report_positions
from console.services.practice import load_staff
from console.ui.map.layers import LAYERS, at_first, of_document
from console.ui.mapping.chosen import FILE
from tests.cities import small_city
from tests.gui.map_page import OpenMap
from tests.gui.seat import BY, Seat
from tests.gui.seats import OpenSeat
from tests.gui.window_map import WindowMap


def kept_layers(seat: Seat, operator: str = BY) -> Any:
    path = own_folder(seat.folder, operator) / FILE
    return json.loads(path.read_text("utf-8"))["layers"] if path.exists() else None


def test_that_the_page_and_the_window_count_the_layers_alike() -> None:
    from console.system import resource

    script = resource("map", "layers.js").read_text("utf-8")
    listed = script.split("export const LAYERS = [")[1].split("]")[0]
    assert tuple(part.strip().strip("'") for part in listed.split(",") if part.strip()) == LAYERS


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        {"roads": "no"},
        {"roads": [1, 50]},
        {"roads": [True, 5]},
        {"roads": [True, "50"]},
        {"nothing": [True, 50]},
    ],
)
def test_that_a_document_that_says_nothing_of_a_layer_leaves_it_as_at_first(told: object) -> None:
    assert of_document(told) == at_first()


def test_that_what_is_chosen_is_kept_for_this_user_and_taken_up_again(open_seat: OpenSeat) -> None:
    seat = open_seat()
    seat.window.map._on_word["layer"](LAYERS.index("roads"), 0, 100)
    seat.window.map._on_word["layer"](LAYERS.index("names"), 1, 40)
    seat.until(lambda: (kept_layers(seat) or {}).get("names") == [True, 40])
    assert kept_layers(seat)["roads"] == [False, 100]
    again = open_seat(folder=seat.folder)
    assert again.window.charting.layers.shown["names"] == (True, 40)
    again.window.seating.changed.emit("另一人")  # as `Seating` says it
    assert again.door is not None
    again.door.by = "另一人"
    again.window.seating.changed.emit("另一人")
    again.until(lambda: again.window.charting.layers.shown == at_first())
    assert kept_layers(again)["names"] == [True, 40]


def test_that_a_damaged_document_is_told_and_put_aside(open_seat: OpenSeat) -> None:
    first = open_seat()
    path = own_folder(first.folder, BY) / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{ not json", "utf-8")
    seat = open_seat(folder=first.folder)
    assert seat.window.charting.layers.shown == at_first()
    assert path.name in seat.message
    assert path.with_suffix(".json.damaged").exists()


@pytest.mark.web
def test_that_a_layer_is_hidden_and_weakened_from_the_list_and_lives_through_a_dead_page(
    opened: OpenMap, qtbot: QtBot
) -> None:
    heard: list[tuple[int, ...]] = []
    opened.panel.declare("layers", at_first())
    opened.panel.hear("layer", lambda *told: heard.append(told))
    opened.run("document.getElementById('layers').click()")
    opened.run("document.getElementById('layer-roads').click()")
    opened.run(
        "((slider) => { slider.value = 50; slider.dispatchEvent(new Event('input')); })"
        "(document.getElementById('strength-streets'))"
    )
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=20_000)
    assert heard == [(LAYERS.index("roads"), 0, 100), (LAYERS.index("streets"), 1, 50)]
    shown = opened.stats()["layers"]
    assert (shown["roads"], shown["streets"], shown["districts"]) == (0, 0.5, 1)
    assert opened.run("document.getElementById('strength-roads').disabled") is True
    assert opened.run("document.getElementById('layer-committees')") is None  # the made city has none


@pytest.mark.web
def test_that_the_list_is_reached_and_worked_by_the_keyboard_alone(seat_with_page: Seat) -> None:
    seat = seat_with_page
    window = seat.window

    def in_page(script: str) -> Any:
        answers: list[Any] = []
        window.map.run_script(script, answers.append)
        seat.until(lambda: bool(answers))
        return answers[0]

    seat.press("Ctrl+M")
    seat.until(lambda: in_page("document.activeElement.id") == "layer-marks")
    view = WindowMap(seat).surface
    seat.qtbot.keyClick(view, Qt.Key.Key_Space)
    seat.until(lambda: window.charting.layers.shown["marks"][0] is False)
    seat.qtbot.keyClick(view, Qt.Key.Key_Tab)
    seat.qtbot.keyClick(view, Qt.Key.Key_Tab)
    seat.until(lambda: in_page("document.activeElement.id") == "strength-names")
    seat.qtbot.keyClick(view, Qt.Key.Key_Left)
    seat.until(lambda: window.charting.layers.shown["names"] == (True, 90))
    seat.qtbot.keyClick(view, Qt.Key.Key_Escape)
    seat.until(lambda: in_page("document.querySelector('.tool-list') === null") is True)


def test_that_patrollers_are_offered_and_read_again_while_they_are_shown(seat: Seat) -> None:
    window = seat.window
    patrollers = window.charting.patrollers
    seat.until(lambda: patrollers.reload.idle)
    assert len(unpacked_layer(window.map._scene._bytes["site_patrollers"]).names) == 0  # nobody is listed
    assert seat.door is not None
    people = (Member("集员01", frozenset({Post.PATROLLER})), Member(BY, EVERY_POST))
    seat.wait(seat.door.desk.do(load_staff, people, by=BY, at=seat.clock()))
    place = Position("集员01", 113.67, 34.75, seat.clock())
    seat.wait(seat.door.desk.do(report_positions, [place], at=seat.clock()))
    window.map._on_word["layer"](LAYERS.index("patrollers"), 1, 100)
    seat.until(lambda: patrollers.reload.idle)
    shown = unpacked_layer(window.map._scene._bytes["site_patrollers"])
    assert list(shown.names) == ["集员01 10:00:00"]
    seat.clock.forward(minutes=20)
    patrollers.tick(seat.clock())
    seat.until(lambda: patrollers.reload.idle)
    later = unpacked_layer(window.map._scene._bytes["site_patrollers"])
    assert later.classes[later.class_of[0]] == ("", "较早的定位")


@pytest.mark.web
def test_that_areas_are_named_in_english_where_the_city_gives_english_and_back(seat_with_page: Seat) -> None:
    seat = seat_with_page
    shown = WindowMap(seat)
    told = {one.name: one.name_en for one in small_city().divisions if one.name_en != one.name}
    assert told
    for language, expected in (("en", told), ("zh", {})):
        use_language(language)  # type: ignore[arg-type]
        seat.window.map_link.show_words()
        seat.until(lambda want=expected: shown.stats()["names"] == want)  # type: ignore[misc]
