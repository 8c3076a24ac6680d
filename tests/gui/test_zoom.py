"""Zoom of the whole interface: at once, without drift, and kept."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtWidgets import QWidget

from console.settings import Settings, read_settings
from console.ui import scale
from tests.gui.seat import Seat
from tests.gui.seats import OpenSeat


@pytest.fixture(autouse=True)
def as_drawn() -> Iterator[None]:
    yield
    scale.use_zoom(100)


def test_that_pixels_follow_the_zoom_and_a_line_never_vanishes() -> None:
    scale.use_zoom(150)
    assert (scale.px(34), scale.px(1), scale.px(0), scale.pxs(8, 0)) == (51, 2, 0, (12, 0))
    scale.use_zoom(80)
    assert (scale.px(34), scale.px(1), scale.px(0.4)) == (27, 1, 1)


def test_that_a_sheet_is_scaled_but_its_hairlines_stay_fine() -> None:
    scale.use_zoom(150)
    assert scale.scaled_sheet("border: 1px; padding: 4px 10px; margin: 0") == (
        "border: 1px; padding: 6px 15px; margin: 0"
    )
    scale.use_zoom(200)
    assert scale.scaled_sheet("border: 1px") == "border: 2px"


def test_that_the_steps_lead_from_end_to_end_and_stay_within_their_bounds() -> None:
    scale.use_zoom(10)
    seen = [scale.percent()]
    while scale.larger() != scale.percent():
        scale.use_zoom(scale.larger())
        seen.append(scale.percent())
    assert seen == list(scale.STEPS)
    assert all(low < high for low, high in pairwise(seen))
    scale.use_zoom(999)
    assert scale.percent() == 200


def sizes(seat: Seat) -> dict[str, tuple[int, ...]]:
    """What the code fixed on every named widget of the window, and how large its letters are."""
    found = {}
    for widget in seat.window.findChildren(QWidget):
        if widget.objectName() and widget.isVisible() and not widget.objectName().startswith("qt_"):
            least, most, letters = widget.minimumSize(), widget.maximumSize(), widget.fontInfo().pixelSize()
            numbers = (least.width(), least.height(), most.width(), most.height(), letters)
            found[widget.objectName()] = numbers
    return found


def test_that_zooming_there_and_back_leaves_everything_as_it_was(seat: Seat) -> None:
    before = sizes(seat)
    for step in (150, 80, 125, 200, 90, 100):
        seat.window.zooming.zoom(step)
    seat.settle()
    after = sizes(seat)
    # A lamp that says that the store is slow just now puts a button of the header away.
    common = before.keys() & after.keys()
    assert len(common) > 0.9 * len(before)
    assert {name: after[name] for name in common} == {name: before[name] for name in common}


def test_that_a_window_zoomed_live_looks_like_one_opened_at_that_zoom(open_seat: OpenSeat) -> None:
    opened = sizes(open_seat(settings=Settings(theme="light", zoom=150)))
    live = open_seat(settings=Settings(theme="light"))
    live.window.zooming.zoom(150)
    live.settle()
    later = sizes(live)
    common = opened.keys() & later.keys()
    assert {"header", "stepStrip", "messageLine", "searchField"} <= common
    shell = [
        name for name in common if name in {"header", "stepStrip", "messageLine", "searchField", "clock"}
    ]
    assert {name: later[name] for name in shell} == {name: opened[name] for name in shell}


def test_that_the_keys_zoom_and_the_zoom_is_kept(seat: Seat) -> None:
    seat.press("Ctrl++")
    assert scale.percent() == 110
    assert "110 %" in seat.message
    seat.press("Ctrl++", "Ctrl++")
    assert read_settings(seat.folder).zoom == scale.percent() == 150
    seat.press("Ctrl+-")
    assert scale.percent() == 125
    seat.press("Ctrl+0")
    assert read_settings(seat.folder).zoom == scale.percent() == 100


def test_that_the_queue_fits_its_columns_anew_at_another_zoom(seat: Seat) -> None:
    seat.resize(1920, 1080)
    table = seat.window.queue.table
    for zoom in (125, 80, 100):
        seat.window.zooming.zoom(zoom)
        seat.settle()
        widths = [table.columnWidth(at) for at in range(table.model().columnCount())]
        seat.window.queue.heads.fit()
        assert [table.columnWidth(at) for at in range(table.model().columnCount())] == widths


@pytest.mark.parametrize("zoom", [80, 100, 125, 150, 200])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_the_header_gives_up_what_is_least_important_and_clips_nothing(
    open_seat: OpenSeat, zoom: int, language: str
) -> None:
    seat = open_seat(settings=Settings(theme="light", zoom=zoom, language=language))
    seat.resize(1366, 768)
    assert seat.window.width() == 1366
    header = seat.window.header
    shown = [one for one in header.children() if isinstance(one, QWidget) and one.isVisible()]
    for one in shown:
        assert one.width() >= one.minimumSizeHint().width(), one.objectName()
        assert header.rect().contains(one.geometry()), one.objectName()
    assert {"searchField", "clock", "newReportButton", "approvalsButton"} <= {o.objectName() for o in shown}
