"""The wall's window: the sheet and a map of its own over a whole screen; nothing to click but its end."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QMouseEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from console.i18n import _
from console.ui.scale import px
from console.ui.theme import Theme
from console.ui.wall.map import WallMap
from console.ui.wall.sheet import WallSheet

_SHOWN_MS = 3000


class WallWindow(QWidget):
    """Signals: closed: the room has seen enough."""

    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("wallWindow")
        self.setProperty("panelWindow", True)  # one more window of ours: the main one need not be active
        self.setWindowTitle(_("大屏"))
        self.setMouseTracking(True)
        self.sheet = WallSheet(theme, self)
        self.sheet.setMouseTracking(True)
        self.sheet.installEventFilter(self)
        self.map = WallMap(theme, self)
        self._theme = theme
        theme.changed.connect(self._on_theme)
        self.end_button = QPushButton(_("关闭大屏 Esc"), self)
        self.end_button.setObjectName("wallEnd")
        self.end_button.setAccessibleName(self.end_button.text())
        self.end_button.clicked.connect(self.closed)
        self.end_button.hide()
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_SHOWN_MS)
        self._idle.timeout.connect(self._hide_controls)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.closed.emit)
        self._hide_controls()

    def show_words(self) -> None:
        self.setWindowTitle(_("大屏"))
        self.end_button.setText(_("关闭大屏 Esc"))
        self.end_button.setAccessibleName(self.end_button.text())
        self.sheet.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sheet.setGeometry(self.rect())
        self.map.setGeometry(self.sheet.map_box())
        self.end_button.adjustSize()
        self.end_button.move(self.width() - self.end_button.width() - px(24), px(24))
        self.end_button.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove:
            self._show_controls()
        return False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._show_controls()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.closed.emit()

    def _show_controls(self) -> None:
        self.unsetCursor()
        self.end_button.show()
        self._idle.start()

    def _hide_controls(self) -> None:
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.end_button.hide()

    def _on_theme(self) -> None:
        self.map.show_theme(self._theme.roles)
