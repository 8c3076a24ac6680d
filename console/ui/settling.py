"""Settings that change while the window stands: what each does at once, whoever changed it on the page."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from console.i18n import _, language, use_language
from console.ui.qt_words import use_qt_words

if TYPE_CHECKING:
    from console.ui.main_window import MainWindow
    from console.ui.settings_page.page import SettingsPage


class Settling(QObject):
    """Does the window's actions that change a setting; a setting without an effect here is read when used."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._effects: Mapping[str, Callable[[Any], None]] = {
            "language": self._speak,
            "theme": window.theme.choose,
            "zoom": window.zooming.zoom,
            "density": window.queue.table.use_density,
            "follow": window.map.set_follow,
            "feed_speed": window.feed.choose,
            "choose_seat": lambda _free: window.seating.allow(window.may_choose_seat),
            "muted": lambda _muted: window.attending.follow_settings(),
            "sounds": lambda _sounds: window.attending.follow_settings(),
            "quiet_events": lambda _quiet: window.attending.follow_settings(),
        }

    def make_page(self) -> "SettingsPage":
        from console.ui.settings_page.page import SettingsPage

        window = self._window
        return SettingsPage(window.preferences, window.messages, self.change, self._lead)

    def change(self, changes: Mapping[str, Any]) -> bool:
        """Keep them and let them take effect; False where they were refused."""
        if not self._window.preferences.try_to_keep(changes):
            return False
        for name, value in changes.items():
            if name in self._effects:
                self._effects[name](value)
        return True

    def tell_faults(self) -> None:
        """Say what was wrong in the files of the settings; the page lists all of it."""
        for fault in self._window.preferences.layers().faults:
            self._window.failed(fault)

    # What the window's actions do.

    def show_settings(self) -> None:
        self._window.pages.toggle("settings")

    def toggle_follow(self) -> None:
        if self.change({"follow": not self._window.settings.follow}):
            on = self._window.settings.follow
            self._window.messages.say(_("地图跟随所选案件") if on else _("地图视图已锁定"))

    def switch_theme(self) -> None:
        """Light or dark, whatever the desktop wishes."""
        self.change({"theme": "light" if self._window.theme.name == "dark" else "dark"})

    def switch_language(self) -> None:
        self.change({"language": "zh" if language() == "en" else "en"})

    def _speak(self, wanted: str) -> None:
        use_language("en" if wanted == "en" else "zh")
        use_qt_words()
        self._window.side.leave()
        self._window.layers.leave()
        self._window.show_words()
        self._window.case.reload.wish(now=True)
        self._window.messages.say(_("界面语言:中文"))  # what stood there was said in the other

    def _lead(self, action: str) -> None:
        self._window.pages.turn("")
        self._window.actions_by_name[action].trigger()
