"""The button at the end of a line that folds: a menu of what went, and of what has no button at all."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from console.i18n import _
from console.ui.scale import px
from console.ui.widgets import plain_button

# Something that is done, or only said.
Entry = QAction | str


class Overflow(QToolButton):
    """Its menu is made as it opens: `folded` tells what the line has no room for; `always` is offered too.

    An action brings its words and its key along and is the very same that key and button trigger.
    """

    def __init__(
        self, folded: Callable[[], Iterable[Entry]], always: Sequence[QAction], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("headerMenuButton")
        self.setProperty("quiet", True)
        self.setText("⋯")
        self._folded = folded
        self._always = always
        self._menu: QMenu | None = None
        self.clicked.connect(self.show_header_menu)

    def show_header_menu(self) -> None:
        """Open the menu under the button, or close it."""
        if self._menu is not None:
            self._menu.close()
            return
        menu = self._menu = QMenu(self)
        menu.setObjectName("headerMenu")
        menu.setAccessibleName(_("更多"))
        menu.setMinimumWidth(px(220))
        folded = list(self._folded())
        for told in (one for one in folded if isinstance(one, str)):
            menu.addAction(plain_button(told)).setEnabled(False)
        menu.addActions([one for one in folded if isinstance(one, QAction)])
        if not menu.isEmpty():
            menu.addSeparator()
        menu.addActions(list(self._always))
        menu.aboutToHide.connect(self._on_closed)
        size = menu.sizeHint()
        corner = self.mapToGlobal(QPoint(self.width() - size.width(), self.height()))
        menu.popup(corner)
        menu.setActiveAction(next((one for one in menu.actions() if one.isEnabled()), menu.actions()[0]))

    def show_words(self, key: str) -> None:
        self.setAccessibleName(_("更多 {key}").format(key=key))
        self.setToolTip(_("更多 {key}").format(key=key))

    def _on_closed(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
            self._menu = None
