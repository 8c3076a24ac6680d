"""The past in the window: its page, the key that leads there and back, and that nothing is acted on there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from console.queries.city import CityLists
    from console.runtime.desk import Changes
    from console.ui.door import Door
    from console.ui.main_window import MainWindow
    from console.ui.replay.page import ReplayPage

_PAGE = "replay"


class Replaying(QObject):
    """Signals: ended: the page's map is gone, after `close`."""

    ended = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.page: ReplayPage | None = None
        self._shown = False
        window.pages.add(_PAGE, self._make)
        window.pages.turned.connect(self._on_turned)

    async def open(self, door: "Door", lists: "CityLists") -> None:
        """The page takes the store when it is made."""

    def on_changed(self, changes: "Changes") -> None:
        """The past does not change; the map of the present goes on behind the page."""

    def show_words(self) -> None:
        """The pages are told by the window."""

    def show_replay(self) -> None:
        """Turn to the past, or from it back to now."""
        self._window.pages.toggle(_PAGE)

    def close(self) -> None:
        """Break off what is being made of the past, and take the page's map down; `ended` follows."""
        if self.page is None:
            self.ended.emit()
            return
        self.page.drilling.cancel()
        self.page.exporting.cancel()
        self.page.ended.connect(self.ended)
        self.page.rest()

    def _make(self) -> "ReplayPage":
        from console.ui.replay.page import ReplayPage

        window = self._window
        page = self.page = ReplayPage(window.theme, window.failed, window.preferences.folder)
        for part in (page.drilling, page.exporting):
            part.told.connect(window.messages.say)
        page.left.connect(lambda: self._window.pages.turn(""))
        return page

    def _on_turned(self, name: str) -> None:
        shown = name == _PAGE
        if shown is self._shown or self.page is None:
            return
        self._shown = shown
        self._window.acting.hold(shown)
        self._window.strip.setVisible(not shown)  # its figures are those of the present
        if shown:
            self.page.begin()
        else:
            self.page.rest()
