"""The second map's window: the map, and above it whether it follows the first one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from console.i18n import _
from console.ui.layouts.panel_window import PanelWindow
from console.ui.map.panel import MapPanel
from console.ui.map.words import map_words
from console.ui.scale import factor, px
from console.ui.theme import Theme


class SecondMapWindow(PanelWindow):
    """Signals: closed, of every window of a panel."""

    def __init__(self, theme: Theme, keys_of: QWidget) -> None:
        super().__init__(keys_of)
        self.setObjectName("secondMapWindow")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)  # the work goes on in the first window
        self._theme = theme
        self.follows = QPushButton(self)
        self.follows.setObjectName("secondMapFollows")
        self.follows.setCheckable(True)
        self.follows.setChecked(True)
        self.follows.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard belongs to the map
        bar = QHBoxLayout()
        bar.setContentsMargins(px(8), px(6), px(8), px(6))
        bar.addWidget(self.follows)
        bar.addStretch(1)
        self._column.addLayout(bar)
        self.map = MapPanel(theme.roles, self)
        self.map.setObjectName("secondMap")
        self.map.set_zoom(factor())
        self._column.addWidget(self.map, 1)
        self.setFocusProxy(self.map)
        theme.changed.connect(self._on_theme)
        self.follows.toggled.connect(self._name_button)
        self.show_words()

    def show_words(self) -> None:
        """Speak the language of the moment."""
        self.setWindowTitle(_("第二地图"))
        self.map.show_words(map_words())
        self._name_button()

    def _name_button(self) -> None:
        # Its words say what is so now; the tip, with the key, what a click does.
        followed = self.follows.isChecked()
        self.follows.setText(_("跟随主地图") if followed else _("独立浏览"))
        self.follows.setAccessibleName(self.follows.text())
        self.follows.setToolTip(_("切换第二地图跟随或独立(Shift+F2)"))

    def _on_theme(self) -> None:
        self.map.show_theme(self._theme.roles)
        self.map.set_zoom(factor())  # the interface was zoomed: that is told as another theme
