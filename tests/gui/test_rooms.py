"""What scrolls is the same to a screen reader whether its bar shows or not: Qt would read past a list."""

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from console.ui.scrolling import Room

UI = Path("console/ui")
ITS_OWN = UI / "scrolling.py"


@pytest.mark.parametrize("height", [50, 500])
def test_that_a_room_has_one_child_for_a_screen_reader_with_and_without_its_bar(
    qtbot: QtBot, height: int
) -> None:
    room, page = Room(), QWidget()
    qtbot.addWidget(room)
    room.setWidget(page)
    room.setWidgetResizable(True)
    page.setMinimumHeight(height)
    room.resize(200, 100)
    room.show()
    qtbot.waitExposed(room)
    shown = [bar for bar in room.findChildren(QScrollBar) if bar.isVisible()]
    assert len(shown) == (height > 100)
    assert QAccessible.queryAccessibleInterface(room).childCount() == 1


def test_that_the_bar_moves_the_page_and_follows_it(qtbot: QtBot) -> None:
    room, page = Room(), QWidget()
    qtbot.addWidget(room)
    room.setWidget(page)
    room.setWidgetResizable(True)
    page.setMinimumHeight(500)
    room.resize(200, 100)
    room.show()
    qtbot.waitExposed(room)
    (bar,) = [bar for bar in room.findChildren(QScrollBar) if bar.isVisible()]
    assert bar.maximum() == room.verticalScrollBar().maximum() > 0
    bar.setValue(bar.maximum())
    assert page.mapTo(room.viewport(), page.rect().bottomLeft()).y() < 100
    room.verticalScrollBar().setValue(0)
    assert bar.value() == 0


class Fickle(QWidget):
    """Needs more than there is at the full width, and less beside a bar."""

    def __init__(self) -> None:
        super().__init__()
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        return 500 if width >= 200 else 50


def test_that_a_page_that_needs_the_bar_only_without_it_comes_to_rest(qtbot: QtBot) -> None:
    room, page = Room(), Fickle()
    qtbot.addWidget(room)
    room.setFrameShape(Room.Shape.NoFrame)
    room.setWidget(page)
    room.setWidgetResizable(True)
    room.resize(200, 100)
    room.show()
    qtbot.waitExposed(room)
    for width in (300, 200, 210, 200):
        room.resize(width, 100)
        qtbot.wait(1)
    assert room.viewport().width() <= 200


def test_that_nothing_in_the_window_scrolls_otherwise() -> None:
    made = [
        f"{file}:{node.lineno}"
        for file in UI.rglob("*.py")
        if file != ITS_OWN
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "QScrollArea"
    ]
    assert made == []
