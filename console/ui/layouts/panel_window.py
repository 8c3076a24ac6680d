"""A panel's own window: a real one, with the keys of the main window; closing it puts the panel back."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QActionEvent, QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.ui.layouts.frame import PanelFrame
from console.ui.layouts.screens import Box, Place, Screen, Shown, place_of


class PanelWindow(QWidget):
    """Has no parent: it may lie behind the main window, and on another screen.

    Signals: closed: the user closed it; settled: it was moved, resized, maximised.
    """

    closed = Signal()
    settled = Signal()

    def __init__(self, keys_of: QWidget) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("panelWindow")
        self.setProperty("panelWindow", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        # The same actions in both: each works in the window that has the keyboard, and is there only once.
        self.addActions(keys_of.actions())
        keys_of.installEventFilter(self)

    def hold(self, frame: PanelFrame) -> None:
        self.setObjectName(f"panelWindow_{frame.name}")
        self._column.addWidget(frame)
        frame.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """An action given to the main window later works here too."""
        if isinstance(event, QActionEvent) and event.type() == QEvent.Type.ActionAdded:
            self.addAction(event.action())
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange}:
            self.settled.emit()
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.closed.emit()


def screens_now() -> list[Screen]:
    """The screens that are really there, the first one first."""
    first = QGuiApplication.primaryScreen()
    rest = [screen for screen in QGuiApplication.screens() if screen is not first]
    found = []
    for screen in [first, *rest]:
        room = screen.availableGeometry()
        found.append(Screen(screen.name(), Box(room.x(), room.y(), room.width(), room.height())))
    return found


def shown_how(window: QWidget) -> Shown:
    if window.isFullScreen():
        return Shown.FULL
    return Shown.MAXIMISED if window.isMaximized() else Shown.NORMAL


def place_now(window: QWidget) -> Place | None:
    """Where a window stands now, as it is kept; None while there is no screen."""
    shown = shown_how(window)
    at = window.geometry() if shown is Shown.NORMAL else window.normalGeometry()
    screen = window.screen()
    found = next((one for one in screens_now() if one.name == screen.name()), None)
    if found is None:
        return None
    if at.isEmpty():
        room = found.room
        at.setRect(
            room.x + room.width // 8, room.y + room.height // 8, room.width * 3 // 4, room.height * 3 // 4
        )
    return place_of(Box(at.x(), at.y(), at.width(), at.height()), found, shown)


def show_at(window: QWidget, box: Box, shown: Shown) -> None:
    """Show a window there; a maximised one is first put on its screen."""
    if window.windowState() & (Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen):
        window.showNormal()
    window.setGeometry(box.x, box.y, box.width, box.height)
    match shown:
        case Shown.NORMAL:
            window.show()
        case Shown.MAXIMISED:
            window.showMaximized()
        case Shown.FULL:
            window.showFullScreen()
