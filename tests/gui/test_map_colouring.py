"""What the map is coloured by: chosen by key or on the map, explained, kept, and true while cases come in."""

import json
from typing import Any

import pytest

from console.domain.colouring import COLOURINGS, CYCLE, FEW, Ground, Wish
from console.domain.flow import State
from console.domain.operation import Operation
from console.i18n import use_language
from console.kept import own_folder
from console.services.steps import Told
from console.ui.mapping.chosen import FILE
from console.ui.mapping.colour_words import live, title_of
from console.ui.mapping.colours import of_document
from tests.gui.seat import BY, Seat
from tests.gui.seats import OpenSeat


def part(seat: Seat) -> Any:
    """What the page is told."""
    return seat.window.map._scene._small["colouring"]


def levels(seat: Seat) -> bytes:
    return bytes(seat.window.map._scene._levels)


def colour(seat: Seat, wish: Wish) -> None:
    colours = seat.window.charting.colours
    colours.colour(wish)
    seat.until(lambda: colours.soon.idle)


def counted(seat: Seat) -> list[int]:
    told = seat.window.map._scene._counts
    return [int.from_bytes(told[at : at + 2], "little") for at in range(0, len(told), 2)]


def test_that_a_key_goes_through_the_colourings_and_each_is_explained(seat: Seat) -> None:
    seen = []
    for key in (*CYCLE[1:], CYCLE[0]):
        seat.press("Ctrl+G")
        seat.until(lambda: seat.window.charting.colours.soon.idle)
        assert seat.window.charting.colours.wish.key == key
        told = part(seat)
        seen.append(told["title"])
        assert seat.message.endswith(told["title"])
        assert len(told["labels"]) in range(1, 7)
        assert any("单位" in note for note in told["notes"])
        assert any("分级" in note for note in told["notes"])
        assert any("截至" in note or "实时" in note for note in told["notes"])
    assert len(set(seen)) == len(CYCLE)
    assert part(seat) == live(Wish())


def test_that_shares_are_told_by_area_with_their_period_and_what_is_too_few(seat: Seat) -> None:
    colour(seat, Wish("rework_rate", Ground.STREET, 90))
    told = part(seat)
    assert told["notes"][0] == "按街道 · 近 90 天"
    assert told["few"] == "不足 10 件,不评"
    assert told["labels"] == ["", "2", "5", "10", "20", "40"]
    assert told["family"] == "rate"
    colour(seat, Wish("rework_rate", Ground.CELL, 7))
    assert levels(seat).count(FEW) > len(levels(seat)) / 2
    values = seat.window.map._scene.large("values")
    assert values is not None
    assert values[:4] == b"GCV1"


def test_that_the_open_cases_are_told_to_the_tip_whatever_colours_the_cells(seat: Seat) -> None:
    before = counted(seat)
    colour(seat, Wish("overdue", Ground.CELL))
    assert counted(seat) == before
    assert sum(before) > 0


def test_that_every_colouring_has_a_name_in_both_languages_and_can_be_chosen_on_the_page(seat: Seat) -> None:
    names = [title_of(one.key) for one in COLOURINGS]
    use_language("en")
    try:
        english = [title_of(one.key) for one in COLOURINGS]
    finally:
        use_language("zh")
    assert len(set(names)) == len(COLOURINGS)
    assert not set(names) & set(english)
    for counted_ in (True, False):  # a rate and its number stand under headings of their own
        some = [word for word, one in zip(english, COLOURINGS, strict=True) if bool(one.count) is counted_]
        assert len(some) == len(set(some))
    offered = [at for _word, members in part(seat)["groups"] for at, _title in members]
    assert sorted(offered) == list(range(len(COLOURINGS)))
    seat.window.map._on_word["colouring"](offered[-1], -1, 2)
    seat.until(lambda: seat.window.charting.colours.soon.idle)
    wish = seat.window.charting.colours.wish
    assert (wish.key, wish.ground, wish.days) == (COLOURINGS[offered[-1]].key, Ground.CELL, 90)


def test_that_a_case_that_ends_recolours_its_cell_under_another_colouring(seat: Seat) -> None:
    colour(seat, Wish("density", Ground.CELL))
    code = seat.bring(State.REPORTED)
    cell = seat.window.map_link._codes[seat.stored(code).case.cell]
    seat.until(lambda: seat.window.map_link.reload.idle and seat.window.charting.colours.soon.idle)
    before, counts = levels(seat)[cell], counted(seat)
    assert before > 0
    seat.do(code, Operation.REJECT, Told(note="重复"))
    seat.until(lambda: counted(seat)[cell] == counts[cell] - 1)
    seat.until(lambda: levels(seat)[cell] < before or counts[cell] > 1)


def test_that_the_colouring_is_kept_for_this_user(open_seat: OpenSeat) -> None:
    seat = open_seat()
    colour(seat, Wish("in_time_rate", Ground.AREA, 7))
    path = own_folder(seat.folder, BY) / FILE
    seat.until(path.exists)
    seat.until(lambda: seat.window.charting.chosen.saving.idle)
    assert json.loads(path.read_text("utf-8"))["colouring"] == {
        "key": "in_time_rate", "ground": "area", "days": 7,
    }  # fmt: skip
    again = open_seat(folder=seat.folder)
    again.until(lambda: part(again)["title"] == "按期处置率" and again.window.charting.colours.soon.idle)
    assert again.window.charting.colours.wish == Wish("in_time_rate", Ground.AREA, 7)


@pytest.mark.parametrize(
    "kept",
    [
        None,
        {},
        {"key": "nothing", "ground": "cell", "days": 7},
        {"key": "open", "ground": "moon", "days": 7},
        {"key": "open", "ground": "cell", "days": 8},
        {"key": "open", "ground": "cell"},
        [1],
    ],
)
def test_that_a_document_that_says_no_colouring_is_as_none(kept: object) -> None:
    assert of_document(kept) == Wish()
