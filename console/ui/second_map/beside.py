"""The second map at work: put up by a key, following the first or free, gone without a trace."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.i18n import _
from console.ui.area.saved import SavedAreas
from console.ui.area.selecting import AreaSelecting
from console.ui.edge import Clicks
from console.ui.layouts.panel_window import screens_now, show_at
from console.ui.layouts.screens import Box, Screen, Shown
from console.ui.map.hand import MapHand
from console.ui.map_link import MapLink
from console.ui.mapping.chosen import Chosen
from console.ui.mapping.colours import MapColours
from console.ui.mapping.layers import MapLayers
from console.ui.mapping.reach import MapReach
from console.ui.spread.spreading import Spreading

if TYPE_CHECKING:
    from console.queries.city import CityLists
    from console.runtime.desk import Changes
    from console.ui.charting import ChartPart
    from console.ui.door import Door
    from console.ui.main_window import MainWindow
    from console.ui.second_map.window import SecondMapWindow

_FILE = "second_map.json"  # its layers and colouring are of its own, and kept for each user


class SecondMap(QObject):
    """One of the parts of console.ui.charting. Signals: ended: the window and its page are gone."""

    ended = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._main = window
        self._door: Door | None = None
        self._lists: CityLists | None = None
        self._clicks = Clicks(window.failed)
        self._chosen: Chosen | None = None
        self._closing: SecondMapWindow | None = None
        self.window: SecondMapWindow | None = None
        self.link: MapLink | None = None
        self._parts: list[ChartPart] = []
        window.map.view_changed.connect(self._on_view)
        window.map_link.card_shown.connect(self._on_card)

    async def open(self, door: "Door", lists: "CityLists") -> None:
        """Take the opened store."""
        self._door, self._lists = door, lists

    def on_changed(self, changes: "Changes") -> None:
        """Its map is as true as the first."""
        if self.link is not None:
            self.link.on_changed(changes)
        for part in self._parts:
            part.on_changed(changes)

    def show_words(self) -> None:
        """Speak the language of the moment."""
        if self.window is not None:
            self.window.show_words()
        for part in self._parts:
            part.show_words()

    def show_second_map(self) -> None:
        """Put it up, or take it down."""
        if self.window is not None:
            self.close()
        elif self._door is not None and self._lists is not None and self._closing is None:
            self._put_up(self._door, self._lists)

    def couple_maps(self) -> None:
        """Let it follow the first map, or set it free."""
        if self.window is not None:
            self.window.follows.toggle()

    def close(self) -> None:
        """Take it down; `ended` follows once the page is gone, at once where there is none."""
        window, self.window = self.window, None
        if window is None:
            if self._closing is None:
                self.ended.emit()
            return
        self.link, self._parts = None, []
        self._closing = window
        window.hide()
        window.map.page_closed.connect(self._on_page_closed)
        window.map.close_page()
        self._main.activateWindow()

    def _save_area(self) -> None:
        self._main.activateWindow()  # the name is asked for beside the list
        self._main.viewing.save_view()

    def _put_up(self, door: "Door", lists: "CityLists") -> None:
        from console.ui.second_map.window import SecondMapWindow

        main = self._main
        window = self.window = SecondMapWindow(main.theme, main)
        # All that belongs to it ends with it, but for what was chosen: that is still to be kept.
        link = self.link = MapLink(window.map, main.selection, main.failed, window)
        chosen = self._chosen or Chosen(main.preferences.folder, main.failed, self, _FILE)
        reach = MapReach(window.map)
        parts: list[ChartPart] = [
            MapLayers(window.map, chosen, reach),
            MapColours(link, chosen, reach, main.messages, main.failed),
            Spreading(window.map, main.selection, main.failed, window),
            SavedAreas(window.map, main.queue.views.read, main.failed),
            selecting := AreaSelecting(
                window.map, link.code_of, main.selection, MapHand(window.map), main.failed
            ),
        ]
        selecting.save_wished.connect(self._save_area)
        self._parts = parts
        window.closed.connect(self.close)
        window.follows.toggled.connect(self._on_coupled)
        link.open(door)
        link.show_card(main.case.card)
        link.city_shown.connect(self._take_place)

        async def take_up() -> None:
            for part in parts:
                await part.open(door, lists)
            if self._chosen is None:
                self._chosen = chosen
                main.seating.changed.connect(chosen.change_user)
                await chosen.open(door)
            else:
                chosen.changed.emit()

        self._clicks.run(take_up)
        screens = screens_now()
        other = next((one for one in screens if one.name != main.screen().name()), None)
        if other is None:
            show_at(window, _beside(screens[0]), Shown.NORMAL)
            main.messages.say(_("没有第二块屏幕,第二地图在这块屏幕上"))
        else:
            show_at(window, other.room, Shown.MAXIMISED)

    def _take_place(self) -> None:
        """A map that opens begins where the first one is, whether it then follows or not."""
        seen = self._main.map.view
        if self.window is not None and seen is not None:
            self.window.map.show_view(*seen)

    def _on_view(self, lon: float, lat: float, zoom: int) -> None:
        if self.window is not None and self.window.follows.isChecked():
            self.window.map.show_view(lon, lat, zoom)

    def _on_card(self) -> None:
        if self.link is not None:
            self.link.show_card(self._main.case.card)

    def _on_coupled(self, coupled: bool) -> None:
        if coupled:
            self._take_place()
        self._main.messages.say(_("第二地图跟随主地图") if coupled else _("第二地图独立浏览"))

    def _on_page_closed(self) -> None:
        window, self._closing = self._closing, None
        if window is not None:
            window.deleteLater()
        self.ended.emit()


def _beside(screen: Screen) -> Box:
    """Half of the only screen: the first map stays in sight."""
    room = screen.room
    return Box(room.x + room.width // 2, room.y + room.height // 8, room.width // 2, room.height * 3 // 4)
