"""Zoom of the whole interface: larger, smaller, as drawn; kept with the settings of this user."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from console.i18n import _
from console.ui.map.panel import MapPanel
from console.ui.messages import MessageLine
from console.ui.preferences import Preferences
from console.ui.rescaling import zoom_to
from console.ui.scale import LEAST, MOST, factor, larger, percent, smaller
from console.ui.theme import Theme


class Zooming(QObject):
    """From 80 to 200 %, at once and without a restart."""

    def __init__(
        self,
        theme: Theme,
        preferences: Preferences,
        grid_map: MapPanel,
        messages: MessageLine,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preferences = preferences
        self._map = grid_map
        self._messages = messages
        grid_map.set_zoom(factor())

    def zoom_in(self) -> None:
        self.zoom(larger())

    def zoom_out(self) -> None:
        self.zoom(smaller())

    def zoom_reset(self) -> None:
        self.zoom(100)

    def zoom(self, wanted: int) -> None:
        """Draw at so many percent."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        within = min(MOST, max(LEAST, wanted))
        if not self._preferences.try_to_keep({"zoom": within}):
            return
        zoom_to(within, self._theme, application)
        self._map.set_zoom(factor())
        self._messages.say(_("界面缩放 {percent} %").format(percent=percent()))
