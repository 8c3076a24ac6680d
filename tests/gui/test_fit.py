"""Everything fits at every zoom: it folds or scrolls, and nothing is drawn past what holds it."""

import pytest
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from console.settings import Settings
from console.ui import scale
from tests.gui.seat import Seat
from tests.gui.seats import OpenSeat


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("zoom", [80, 100, 125, 150])
def test_that_at_1366_by_768_nothing_is_clipped_and_nothing_scrolls_sideways(
    open_seat: OpenSeat, zoom: int, language: str
) -> None:
    try:
        seat = open_seat(settings=Settings(theme="light", zoom=zoom, language=language))
        seat.resize(1366, 768)
        seat.choose(seat.queue.codes[0])
        assert seat.window.size().toTuple() == (1366, 768)
        wrong = {"work": faults(seat)}
        for name, keys in PLACES.items():
            seat.act("focus_queue")
            seat.press(*keys)
            wrong[name] = faults(seat)
            seat.press(*("Esc" for _key in keys))
    finally:
        scale.use_zoom(100)
    assert not any(wrong.values()), {name: found for name, found in wrong.items() if found}


PLACES = {
    "more": ("M",),
    "report": ("N",),
    "layouts": ("F7",),
    "board": ("F2",),
    "practice": ("F3",),
    "approvals": ("F4",),
}


def faults(seat: Seat) -> list[str]:
    found = [f"{area.objectName()} scrolls sideways" for area in areas(seat) if sideways(area)]
    for widget in seat.window.findChildren(QWidget):
        parent = widget.parentWidget()
        if parent is None or not (widget.objectName() and widget.isVisible()) or scrolled(widget):
            continue
        if not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
            found.append(
                f"{widget.objectName()} is drawn past {parent.objectName() or type(parent).__name__}"
            )
    return found


def areas(seat: Seat) -> list[QAbstractScrollArea]:
    return [area for area in seat.window.findChildren(QAbstractScrollArea) if area.isVisible()]


def sideways(area: QAbstractScrollArea) -> bool:
    bar = area.horizontalScrollBar()
    return bar.isVisible() and bar.maximum() > 0


def scrolled(widget: QWidget) -> bool:
    """Whether it lies in something that is moved by a scroll bar, or is Qt's own."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QAbstractScrollArea):
        area = area.parentWidget()
    return area is not None or widget.objectName().startswith("qt_")
