"""The alarm line at the right of the message line: the gravest of what waits, and what to do with it."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from console.domain.lamp import Lamp
from console.i18n import _
from console.ui.announcing import announce
from console.ui.marks import mark_picture
from console.ui.naming import tell
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.widgets import Elided

_LONGEST = 360


class AlarmBar(QFrame):
    """Hidden while nothing waits. Its buttons are the window's actions.

    Signals: case_wished, when the words were clicked.
    """

    case_wished = Signal()

    def __init__(self, theme: Theme, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("alarmBar")
        self.setFixedHeight(px(30))
        self._theme = theme
        self._grave = False
        self._mark = QLabel(self)
        self._mark.setObjectName("alarmMark")
        self._text = Elided("", self)
        self._text.setObjectName("alarmText")
        # Where there is little room the words give way, and the buttons stay whole.
        self._text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._text.setMaximumWidth(px(_LONGEST))
        self._more = QLabel(self)
        self._more.setObjectName("alarmMore")
        self._more.setProperty("look", "muted")
        self._more.setTextFormat(Qt.TextFormat.PlainText)
        self._buttons = {name: self._button(actions[name]) for name in ("go_to_alarm", "acknowledge_alarms")}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*pxs(8, 1, 2, 1))
        layout.setSpacing(px(8))
        layout.addWidget(self._mark)
        layout.addWidget(self._text)
        layout.addWidget(self._more)
        for button in self._buttons.values():
            layout.addWidget(button)
        theme.changed.connect(self._paint)
        self.hide()

    def show_alarm(self, text: str, count: int, *, grave: bool) -> None:
        """The words of the gravest line, and how many lines wait; none hides the bar."""
        self._grave = grave
        self._text.setText(text)
        self._text.setAccessibleName(text)
        tell(self._text, text)
        self._more.setText(_("另 {count} 条").format(count=count - 1) if count > 1 else "")
        self._more.setVisible(count > 1)
        if self.property("grave") is not grave:
            self.setProperty("grave", grave)
            self.style().polish(self)
        self._paint()
        self.setVisible(bool(count))

    def announce(self, text: str, *, grave: bool) -> None:
        """Let a screen reader say it, at once where it is grave."""
        announce(self, text, grave=grave)

    def show_words(self) -> None:
        for name, text in (
            ("go_to_alarm", _("查看 Ctrl+F11")),
            ("acknowledge_alarms", _("全部确认 Shift+F12")),
        ):
            self._buttons[name].setText(text)
            self._buttons[name].setAccessibleName(text)

    def _paint(self) -> None:
        lamp = Lamp.LATE if self._grave else Lamp.SOON
        self._mark.setAccessibleName(_("紧急") if self._grave else _("警报"))
        self._mark.setPixmap(mark_picture(lamp, self._theme, 16, self.devicePixelRatioF()))

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"{action.objectName()}Button")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys do it; Tab walks in the work, not here
        button.setProperty("quiet", True)
        button.clicked.connect(action.trigger)
        return button

    def mousePressEvent(self, event: QEvent) -> None:
        self.case_wished.emit()
