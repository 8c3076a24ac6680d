"""Roles of colour, the style sheet made from them, and the desktop's own wish for light or dark."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from console.system import FAMILIES, resource
from console.ui.scale import px, scaled_sheet

_ROLE = re.compile(r"\{\{([a-z_0-9:]+)\}\}")


class Theme(QObject):
    """The theme in use.

    Signals: changed, when the roles have other colours now.
    """

    changed = Signal()

    def __init__(self, wish: str, parent: QObject | None = None, *, sheet: bool = True) -> None:
        """`sheet` False leaves the style sheet to `put_on_sheet`."""
        super().__init__(parent)
        self.wish = wish
        self.roles: Mapping[str, str] = {}
        self._put_on_colours()
        if sheet:
            self.put_on_sheet()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_desktop_changed)

    @property
    def name(self) -> str:
        """`light` or `dark`, whatever was wished."""
        if self.wish in {"light", "dark"}:
            return self.wish
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    def choose(self, wish: str) -> None:
        self.wish = wish
        self.dress()
        self.changed.emit()

    def colour(self, role: str) -> QColor:
        return QColor(self.roles[role])

    def dress(self) -> None:
        """Give the application the colours of the wish, and its sheet at the zoom in use."""
        self._put_on_colours()
        self.put_on_sheet()

    def put_on_sheet(self) -> None:
        """Over what is built by now: Qt works it out anew for all that is below a part that joins another."""
        _application().setStyleSheet(_sheet(self.roles, self.name))

    def _put_on_colours(self) -> None:
        self.roles = roles(self.name)
        _application().setPalette(_palette(self.roles))

    def _on_desktop_changed(self) -> None:
        if self.wish == "auto":
            self.choose("auto")


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application


def roles(name: str) -> Mapping[str, str]:
    """Role to colour of one theme."""
    found: dict[str, str] = tomllib.loads(resource("themes", f"{name}.toml").read_text("utf-8"))
    return found


def console_font() -> QFont:
    """The first Chinese font of the list that this machine has, 13 px at 100 %."""
    installed = set(QFontDatabase.families())
    font = QFont(next((family for family in FAMILIES if family in installed), ""))
    font.setPixelSize(px(13))
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font


def _sheet(of: Mapping[str, str], name: str) -> str:
    def filled(match: re.Match[str]) -> str:
        word = match[1]
        if word.startswith("icon:"):
            return _path(resource("icons", f"{word[5:]}-{name}.svg"))
        return of[word]

    return scaled_sheet(_ROLE.sub(filled, resource("style", "console.qss").read_text("utf-8")))


def _path(file: Path) -> str:
    return f'"{file.as_posix()}"'


def _palette(of: Mapping[str, str]) -> QPalette:
    palette = QPalette()
    for part, role in (
        (QPalette.ColorRole.Window, "ground"),
        (QPalette.ColorRole.Base, "surface"),
        (QPalette.ColorRole.AlternateBase, "ground"),
        (QPalette.ColorRole.Button, "surface"),
        (QPalette.ColorRole.ToolTipBase, "raised"),
        (QPalette.ColorRole.WindowText, "text"),
        (QPalette.ColorRole.Text, "text"),
        (QPalette.ColorRole.ButtonText, "text"),
        (QPalette.ColorRole.ToolTipText, "text"),
        (QPalette.ColorRole.PlaceholderText, "muted"),
        (QPalette.ColorRole.Highlight, "accent"),
        (QPalette.ColorRole.HighlightedText, "on_accent"),
        (QPalette.ColorRole.Link, "accent"),
    ):
        palette.setColor(part, QColor(of[role]))
    return palette
