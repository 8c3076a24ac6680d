"""Escape: one step back, from whatever lies nearest."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

if TYPE_CHECKING:
    from console.ui.main_window import MainWindow


def step_back(window: "MainWindow") -> None:
    """Manual, keys, many acts, what lies over, the map's tool, a form, a page, search, triage, the case."""
    if window.manual.leave():
        return
    over = (window.keys, window.bulking, window.layers, window.charting, window.queue)
    if any(one.leave() for one in over):
        return
    if window.side.busy:
        window.side.leave()
        window.workspace.want_side(bool(window.selection.case_id))
    elif window.pages.shown:
        window.pages.turn("")
    elif isinstance(window.focusWidget(), QLineEdit | QPlainTextEdit) and not window.triaging.asks:
        window.left.take_keyboard()
    elif window.triaging.leave():
        return
    elif window.left.shows_approvals:
        window.left.show_queue()
    else:
        window.selection.choose_case(0)
