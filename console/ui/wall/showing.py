"""The wall at work: opened on the second screen, fed while it is seen, gone when it is closed."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from console.i18n import _, named
from console.ui.edge import Reload
from console.ui.layouts.panel_window import screens_now, show_at
from console.ui.layouts.screens import Shown
from console.ui.map_link import MapLink
from console.ui.messages import MessageLine
from console.ui.theme import Theme
from console.words.generated import generated_mark

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from console.domain.city import CityProfile
    from console.queries.wall import WallState
    from console.runtime.desk import Changes
    from console.ui.door import Door
    from console.ui.wall.window import WallWindow

_RELOAD_PAUSE_MS = 2000  # however much happens: the room cannot read faster
_TICKS_A_PAGE, _TICKS_A_RELOAD = 12, 60


class Wall(QObject):
    """Signals: ended: the window and its page are gone."""

    ended = Signal()

    def __init__(
        self,
        theme: Theme,
        map_link: MapLink,
        messages: MessageLine,
        failed: Callable[[BaseException], None],
        main: QWidget,
    ) -> None:
        super().__init__(main)
        self._theme = theme
        self._map_link = map_link
        self._messages = messages
        self._main = main
        self._door: Door | None = None
        self._profile: CityProfile | None = None
        self._zone: ZoneInfo | None = None
        self._midnight: Callable[[], datetime | None] = lambda: None
        self._ticks = 0
        self.window: WallWindow | None = None
        self._closing: WallWindow | None = None
        self.reload = Reload(self._load, failed, wait_ms=_RELOAD_PAUSE_MS)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._on_tick)

    def open(
        self, door: "Door", profile: "CityProfile", zone: "ZoneInfo", midnight: Callable[[], datetime | None]
    ) -> None:
        """Take the opened store; `midnight` is when the city's day began."""
        self._door, self._profile, self._zone, self._midnight = door, profile, zone, midnight

    def show_wall(self) -> None:
        """Put it up, or take it down."""
        if self.window is not None:
            self.close()
        elif self._door is not None and self._closing is None:
            self._put_up()

    def close(self) -> None:
        """Take it down; `ended` follows once the page is gone, at once where there is none."""
        window, self.window = self.window, None
        if window is None:
            if self._closing is None:
                self.ended.emit()
            return
        self._tick.stop()
        self._closing = window
        self._map_link.leave(window.map)
        window.hide()
        window.map.page_closed.connect(self._on_page_closed)
        window.map.close_page()
        self._main.activateWindow()

    def on_changed(self, _changes: "Changes") -> None:
        if self.window is not None:
            self.reload.wish()

    def show_words(self) -> None:
        if self.window is not None:
            self.window.show_words()

    def _put_up(self) -> None:
        from console.ui.wall.window import WallWindow  # a room that has no wall does not load it

        screens = screens_now()
        other = next((one for one in screens if one.name != self._main.screen().name()), screens[0])
        window = self.window = WallWindow(self._theme)
        window.closed.connect(self.close)
        show_at(window, other.room, Shown.FULL)
        self._map_link.mirror(window.map)
        self.reload.wish(now=True)
        self._on_tick()
        self._tick.start()
        if len(screens) < 2:
            self._messages.say(_("没有第二块屏幕,大屏在这块屏幕上;Esc 关闭"))

    def _on_page_closed(self) -> None:
        window, self._closing = self._closing, None
        if window is not None:
            window.deleteLater()
        self.ended.emit()

    async def _load(self) -> None:
        since = self._midnight()
        if self._door is None or self.window is None or since is None:
            return
        state = await self._door.wall(since)
        self._show(state)

    def _show(self, state: "WallState") -> None:
        if self.window is not None and self._profile is not None and self._zone is not None:
            name = named(self._profile.name, self._profile.name_en)
            city = "  ".join(filter(None, (name, generated_mark(self._profile))))
            self.window.sheet.show_state(state, city, self._zone)

    def _on_tick(self) -> None:
        if self.window is None or self._door is None:
            return
        self._ticks += 1
        self.window.sheet.show_time(self._door.now())
        if self._ticks % _TICKS_A_PAGE == 0:
            self.window.sheet.turn_page()
        if self._ticks % _TICKS_A_RELOAD == 0:
            self.reload.wish()
