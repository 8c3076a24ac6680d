"""A window is wholly on the screen the first time it is shown."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.ui.start import show_fitting


@pytest.mark.parametrize("beyond", [QSize(200, -20), QSize(-20, 200), QSize(-20, -20)])
def test_that_a_window_larger_than_its_screen_fills_it(qtbot: QtBot, beyond: QSize) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(window.screen().availableSize() + beyond)
    show_fitting(window)
    assert window.isVisible()
    assert window.isMaximized() == (max(beyond.width(), beyond.height()) > 0)
