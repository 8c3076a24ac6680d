"""Buttons that stay down: turned by a click or by an assistive program, and shown so by the window.

A click is not all there is: an assistive program turns such a button without one, and Qt then only says
that it was turned. So what a turn does hangs on that, and the window shows a state without saying so.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QButtonGroup


def on_turn(button: QAbstractButton, do: Callable[[], object]) -> None:
    """Do it whenever somebody turns the button."""
    button.toggled.connect(lambda _down: do())


def on_choice(group: QButtonGroup, do: Callable[[int], object]) -> None:
    """Do it with the number of the button that was chosen, by whomever, of those that exclude each other."""
    tell_exclusive(group)
    group.idToggled.connect(lambda at, down: do(at) if down else None)


def tell_exclusive(group: QButtonGroup) -> None:
    """Let buttons of which one is down be told as such, not as boxes that each can be ticked."""
    for button in group.buttons():
        button.setAutoExclusive(True)


def show_turned(button: QAbstractButton, *, down: bool) -> None:
    """Show the button down or up; what a turn does is not done."""
    told: tuple[QObject | None, ...] = (button, button.group())  # a group says so by itself
    held = [(one, one.blockSignals(True)) for one in told if one is not None]
    button.setChecked(down)
    for one, was in held:
        one.blockSignals(was)
