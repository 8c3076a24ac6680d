"""The window's QActions: one for every line of the two tables of console.ui.actions, by object name."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from console.i18n import _
from console.ui.actions import ACTS, WINDOW, ActAction


def make_actions(
    window: QWidget, doers: Sequence[object], act: Callable[[ActAction], None]
) -> dict[str, QAction]:
    """`act` does an operation; what the window itself does is the method of the action's name.

    One of `doers` has it; they may come later than the actions.
    """
    made = {item.name: _action(window, item.name, item.key, partial(act, item)) for item in ACTS}
    return made | {
        item.name: _action(window, item.name, item.key, partial(_do, doers, item.name), also=item.also)
        for item in WINDOW
    }


def word_actions(actions: dict[str, QAction]) -> None:
    """Name them in the language in use."""
    for name, words in [(one.name, one.words) for one in ACTS] + [(one.name, one.words) for one in WINDOW]:
        actions[name].setText(_(words))


def _do(doers: Sequence[object], name: str) -> None:
    method: Callable[[], None] = next(getattr(doer, name) for doer in doers if hasattr(doer, name))
    method()


def _action(window: QWidget, name: str, key: str, run: Callable[[], None], also: str = "") -> QAction:
    action = QAction(window)
    action.setObjectName(name)
    action.setShortcuts([QKeySequence(one) for one in (key, also) if one])
    action.setAutoRepeat(False)
    action.triggered.connect(lambda _checked=False: run())
    window.addAction(action)
    return action
