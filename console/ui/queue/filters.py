"""The line over the queue: a chip for everything the filter asks, and "+" for more."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from console.domain.filter_form import NOWHERE, Standpoint
from console.domain.wanted import CaseFilter
from console.i18n import _
from console.ui.flow_layout import FlowRow
from console.ui.queue.chips import Chip, chips, naming
from console.ui.queue.filter_panel import FilterPanel
from console.ui.scale import px, pxs
from console.ui.selection import Selection
from console.ui.turning import on_turn, show_turned
from console.ui.widgets import plain_button

if TYPE_CHECKING:
    from console.queries.city import CityLists

_PANEL_WIDTH = 560


class FilterLine(QWidget):
    """Writes the shared filter and shows it, whoever set it; the panel lies over `over`."""

    def __init__(self, selection: Selection, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("filterLine")
        self._selection = selection
        self._over = over
        self._lists: CityLists | None = None
        self.here: Standpoint = NOWHERE
        self._shown: dict[str, QToolButton] = {}
        self._row = FlowRow(self)
        self._more = QToolButton(self)
        self._more.setObjectName("addFilter")
        self._more.setCheckable(True)
        self._more.setProperty("chip", True)
        on_turn(self._more, self.turn_panel)
        self.panel = FilterPanel(selection, over)
        self.panel.left.connect(self._leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(8, 6, 8, 6))
        layout.addWidget(self._row)
        over.installEventFilter(self)
        selection.filter_changed.connect(self._show)
        self._row.add(self._more)
        self.show_words()

    def show_lists(self, lists: "CityLists") -> None:
        self._lists = lists
        self.show_words()

    def stand(self, here: Standpoint) -> None:
        """Who looks, and since when it is today."""
        if here != self.here:
            self.here = here
            self.show_words()

    def show_words(self) -> None:
        self._more.setText(_("+ 筛选"))
        self._more.setAccessibleName(_("添加筛选条件"))
        self.panel.show_lists(self._lists, self.here)
        self._show(self._selection.wanted)

    def turn_panel(self) -> None:
        """Open the panel, or close it."""
        if self.panel.isVisible():
            self._leave()
            return
        self._place_panel()
        self.panel.show()
        self.panel.raise_()
        self.panel.take_keyboard()
        show_turned(self._more, down=True)

    def leave(self) -> bool:
        """Close the panel; False where it was not open."""
        if not self.panel.isVisible():
            return False
        self._leave()
        return True

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.panel.isVisible():
            self._place_panel()
        return False

    def _leave(self) -> None:
        self.panel.hide()
        show_turned(self._more, down=False)
        self._more.setFocus()

    def _place_panel(self) -> None:
        margin = px(8)
        width = min(px(_PANEL_WIDTH), self._over.width() - 2 * margin)
        below = self.mapTo(self._over, QPoint(0, self.height()))
        self.panel.setFixedWidth(width)
        self.panel.adjustSize()
        self.panel.move(margin, below.y())

    def _show(self, wanted: CaseFilter) -> None:
        asked = chips(wanted, naming(self._lists, self.here))
        keys = [chip.key for chip in asked]
        held = next((key for key, chip in self._shown.items() if chip.hasFocus()), None)
        for key in [key for key in self._shown if key not in keys]:
            self._row.take(self._shown.pop(key))
        for chip in asked:
            self._show_chip(chip)
        self._row.take_last(self._more)
        if held is not None and held not in keys:
            (next(iter(self._shown.values()), self._more)).setFocus()

    def _show_chip(self, chip: Chip) -> None:
        button = self._shown.get(chip.key)
        if button is None:
            button = self._shown[chip.key] = QToolButton(self)
            button.setObjectName(f"chip_{chip.key.partition('+')[0]}")
            button.setProperty("chip", True)
            button.clicked.connect(partial(self._remove, chip.key))
            self._row.add(button)
        button.setText(plain_button(f"{chip.words}  ×"))
        button.setAccessibleName(_("取消:{what}").format(what=chip.words))

    def _remove(self, key: str) -> None:
        for chip in chips(self._selection.wanted, naming(self._lists, self.here)):
            if chip.key == key:
                self._selection.want(chip.without)
