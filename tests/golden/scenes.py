"""The screens that have a picture: how each is reached, and what of it is grabbed."""

from collections.abc import Callable

from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.gui.seat import Seat

Scene = Callable[[Seat], QPixmap]


def _pressed(*keys: str) -> Scene:
    """The whole window after some keys, and back to the queue afterwards."""

    def scene(seat: Seat) -> QPixmap:
        seat.press(*keys)
        grabbed = _steady(seat.window)
        for _key in keys:
            seat.press("Esc")
        return grabbed

    return scene


def _work(seat: Seat) -> QPixmap:
    return _steady(seat.window)


def _layer(key: str) -> Scene:
    """What a key lays over the workspace once its content is read."""

    def scene(seat: Seat) -> QPixmap:
        seat.press(key)
        seat.until(lambda: seat.window.layers.panel is not None)
        seat.settle()
        grabbed = _steady(seat.window)
        seat.press("Esc")
        return grabbed

    return scene


def _palette(seat: Seat) -> QPixmap:
    """A command half typed, with what it means and what else is offered."""
    seat.press("Ctrl+K")
    seat.type("chao")
    grabbed = _steady(seat.window)
    seat.press("Esc", "Esc")
    return grabbed


def _steady(window: QWidget) -> QPixmap:
    """The window once its layouts have come to rest: two grabs in a row are the same."""
    before = window.grab()
    for _turn in range(20):
        QTest.qWait(20)
        now = window.grab()
        if now.toImage() == before.toImage():
            break
        before = now
    return before


def _bulk(seat: Seat) -> QPixmap:
    """All cases marked, an act begun on them: what will be done, and what is refused and why."""
    seat.press("Ctrl+A", "U")
    grabbed = _steady(seat.window)
    seat.press("Esc", "Esc")
    return grabbed


def _wall(seat: Seat) -> QPixmap:
    seat.window.wall.show_wall()
    window = seat.window.wall.window
    assert window is not None
    seat.until(lambda: window.sheet._state is not None and seat.window.wall.reload.idle)
    window.resize(seat.window.size())
    grabbed = _steady(window)
    seat.wall.close()
    return grabbed


SCENES: dict[str, Scene] = {
    "work": _work,
    "more": _pressed("M"),
    "why": _pressed("W"),
    "report": _pressed("N"),
    "keys": _pressed("?"),
    "layouts": _pressed("F7"),
    "board": _pressed("F2"),
    "practice": _pressed("F3"),
    "settings": _pressed("Ctrl+,"),
    "manual": _pressed("F1"),
    "approvals": _pressed("F4"),
    "seats": _pressed("F6"),
    "triage": _pressed("F11"),
    "bulk": _bulk,
    "palette": _palette,
    "filter": _pressed("Ctrl+F"),
    "views": _pressed("Ctrl+Shift+F"),
    "alarms": _layer("Shift+F11"),
    "handover": _layer("Shift+F6"),
    "wall": _wall,
}


def clipped(window: QWidget) -> list[str]:
    """Named widgets that are drawn past the edge of what holds them."""
    found = []
    for widget in window.findChildren(QWidget):
        parent = widget.parentWidget()
        if parent is None or widget.isWindow() or not (widget.objectName() and widget.isVisible()):
            continue
        if not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
            found.append(f"{widget.objectName()} in {parent.objectName() or type(parent).__name__}")
    return found
