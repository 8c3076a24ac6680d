"""The views above the queue, each with its counts: as many as there is room for, the rest in the list."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from console.domain.wanted import CaseFilter
from console.i18n import _
from console.ui.naming import tell
from console.ui.queue.offered import Counted, Offered
from console.ui.scale import px
from console.ui.turning import on_turn, show_turned
from console.ui.widgets import plain_button

_KEYED = 9


class ViewBar(QWidget):
    """Signals: opened(int), the place of the view to open; list_wanted; shown, when it can be seen again."""

    opened = Signal(int)
    list_wanted = Signal()
    shown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("viewBar")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._views: Sequence[Offered] = ()
        self._buttons: list[QToolButton] = []
        self._placed: tuple[QSize, list[str]] | None = None
        self._more = QToolButton(self)
        self._more.setObjectName("viewList")
        self._more.setProperty("quiet", True)
        self._more.clicked.connect(self.list_wanted)

    def show_views(self, views: Sequence[Offered], counts: Mapping[int, Counted], wanted: CaseFilter) -> None:
        self._views = views
        while len(self._buttons) < len(views):
            button = QToolButton(self)
            at = len(self._buttons)
            button.setObjectName(f"view_{at + 1}")
            button.setProperty("view", True)
            button.setCheckable(True)
            on_turn(button, partial(self.opened.emit, at))
            self._buttons.append(button)
        for at, button in enumerate(self._buttons):
            if at < len(views):
                self._word(button, at, views[at], counts.get(at))
                current = views[at].wanted is not None and views[at].wanted == wanted.unsorted
                show_turned(button, down=current)
        self._more.setText(_("视图") + " ▾")
        self._more.setAccessibleName(_("全部视图"))
        placed = (self._more.sizeHint(), [button.text() for button in self._buttons[: len(views)]])
        if placed != self._placed:  # to measure them all takes longer than everything else here
            self._placed = placed
            self.updateGeometry()
            self._place()

    def sizeHint(self) -> QSize:
        return QSize(px(200), self._more.sizeHint().height() + px(6))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _word(self, button: QToolButton, at: int, view: Offered, counted: Counted | None) -> None:
        text, told = view.name, view.name
        if view.problem:
            text += " !"
            told = f"{view.name}:{view.problem}"
        elif counted is not None:
            text += f" {counted.number:,}"
            told = _("{name}:{count} 件,其中超期 {late} 件").format(
                name=view.name, count=counted.number, late=counted.late
            )
            if counted.late:
                text += f" ▲{counted.late:,}"
        if at < _KEYED:
            told += f" (Ctrl+Alt+{at + 1})"
        if button.accessibleName() != told or button.text() != plain_button(text):
            button.setText(plain_button(text))
            button.setAccessibleName(told)
            tell(button, told)

    def _place(self) -> None:
        """From the left as many as there is room for, and always the list."""
        gap, x = px(4), px(8)
        height, top = self._more.sizeHint().height(), px(6)
        room = self.width() - self._more.sizeHint().width() - px(8)
        full = False
        for at, button in enumerate(self._buttons):
            width = button.sizeHint().width()
            full = full or at >= len(self._views) or x + width > room
            button.setVisible(not full)
            if not full:
                button.setGeometry(x, top, width, height)
                x += width + gap
        self._more.setGeometry(room, top, self._more.sizeHint().width(), height)
