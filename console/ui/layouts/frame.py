"""The frame around a panel: nothing but the panel, until panels are arranged; then a bar to take it by."""

from PySide6.QtCore import QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from console.i18n import N_, _
from console.ui.layouts.tree import Side
from console.ui.scale import px, pxs
from console.ui.widgets import plain_label

TITLES = {"queue": N_("案件列表"), "map": N_("地图"), "case": N_("案件")}

_ARROWS = {
    Qt.Key.Key_Left: Side.LEFT,
    Qt.Key.Key_Right: Side.RIGHT,
    Qt.Key.Key_Up: Side.TOP,
    Qt.Key.Key_Down: Side.BOTTOM,
    Qt.Key.Key_Space: Side.TAB,
}


class PanelFrame(QWidget):
    """Holds one panel for good, wherever the frame itself goes."""

    def __init__(self, name: str, panel: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"frame_{name}")
        self.name = name
        self.panel = panel
        self.bar = PanelBar(name)
        self.bar.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(panel, 1)


class PanelBar(QFrame):
    """Drag it, or move the panel with the arrow keys while the bar has the keyboard; Space makes tabs.

    Signals: pushed(Side): to that side of the whole room; dragged(QPoint), dropped(QPoint): where on the
    screens; window_wished, screen_wished: a window of its own, the next screen.
    """

    pushed = Signal(object)
    dragged = Signal(QPoint)
    dropped = Signal(QPoint)
    window_wished = Signal()
    screen_wished = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setObjectName(f"bar_{name}")
        self.setProperty("panelBar", True)
        self.setFixedHeight(px(28))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._title = plain_label(name=f"title_{name}")
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._own = self._button(f"window_{name}", self.window_wished)
        self._screen = self._button(f"screen_{name}", self.screen_wished)
        row = QHBoxLayout(self)
        row.setContentsMargins(*pxs(8, 0, 4, 0))
        row.setSpacing(px(4))
        row.addWidget(self._title, 1)
        row.addWidget(self._own)
        row.addWidget(self._screen)
        self._pressed: QPoint | None = None
        self._dragging = False
        self.show_words(away=False)

    def show_words(self, *, away: bool) -> None:
        """`away`: the panel has a window of its own."""
        title = _(TITLES[self._name])
        self._title.setText(title)
        self.setAccessibleName(_("移动“{panel}”:方向键换位置,空格合为标签").format(panel=title))
        self._own.setText(_("放回") if away else _("独立窗口"))
        self._screen.setText(_("另一屏"))
        for button in (self._own, self._screen):
            button.setAccessibleName(f"{title} · {button.text()}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        side = _ARROWS.get(Qt.Key(event.key()))
        if side is None or event.modifiers() not in {_NONE, _KEYPAD}:
            super().keyPressEvent(event)
        else:
            self.pushed.emit(side)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.globalPosition().toPoint()
        if self._pressed is None:
            return
        if (at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
        if self._dragging:
            self.dragged.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragging, self._dragging, self._pressed = self._dragging, False, None
        if dragging:
            self.dropped.emit(event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        self.window_wished.emit()

    def _button(self, name: str, wish: SignalInstance) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("quiet", True)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.clicked.connect(wish)
        return button


_NONE, _KEYPAD = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
