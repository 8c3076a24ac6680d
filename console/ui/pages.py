"""What fills the middle of the window: the workspace, or one whole page in its place."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QStackedWidget, QWidget

from console.ui.kept_keyboard import KeptKeyboard
from console.ui.scrolling import scrolling

if TYPE_CHECKING:
    from console.runtime.desk import Changes
    from console.ui.door import Door


class Page(Protocol):
    """A whole page; it is a QWidget as well."""

    def open(self, door: "Door", zone: ZoneInfo) -> None: ...

    def on_changed(self, changes: "Changes") -> None: ...

    def show_words(self) -> None: ...

    def take_keyboard(self) -> None: ...


class Pages(QStackedWidget):
    """Pages are made when they are first wanted: their widgets would hold up the first paint by a fifth.

    `shown` is the name of the page that is shown, empty for the workspace; `home` is where leaving a page
    leads: to the workspace, or while there is no city to the page that asks for one.

    Signals: turned(str): the name of the page that is shown now, empty for the workspace.
    """

    turned = Signal(str)

    def __init__(self, workspace: QWidget, makers: Mapping[str, Callable[[], Page]]) -> None:
        super().__init__()
        self._workspace = workspace
        self._makers = dict(makers)
        self._made: dict[str, Page] = {}
        self._rooms: dict[str, QScrollArea] = {}
        self.shown = self.home = ""
        # A page that is not shown must not keep the window wide.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._opened: tuple[Door, ZoneInfo] | None = None
        self.addWidget(workspace)
        KeptKeyboard(self)

    def add(self, name: str, maker: Callable[[], Page]) -> None:
        """One more page."""
        self._makers[name] = maker

    def open(self, door: "Door", zone: ZoneInfo) -> None:
        self._opened = door, zone
        for page in self._made.values():
            page.open(door, zone)

    def page(self, name: str) -> Page:
        """The page of that name, made now if it is not there yet."""
        if name not in self._made:
            page = self._made[name] = self._makers[name]()
            assert isinstance(page, QWidget)
            self._rooms[name] = scrolling(page, sideways=True)
            self.addWidget(self._rooms[name])
            if self._opened is not None:
                page.open(*self._opened)
        return self._made[name]

    def toggle(self, name: str) -> None:
        """Turn to the page, or from it back to the workspace."""
        self.turn("" if self.shown == name else name)

    def turn(self, name: str) -> None:
        """Show the page of that name, or the workspace where it is empty and there is one."""
        name = name or self.home
        page = self.page(name) if name else None
        self.shown = name
        self.setCurrentWidget(self._rooms[name] if name else self._workspace)
        if page is not None:
            page.take_keyboard()
        self.turned.emit(name)

    def on_changed(self, changes: "Changes") -> None:
        for page in self._made.values():
            page.on_changed(changes)

    def show_words(self) -> None:
        for page in self._made.values():
            page.show_words()
