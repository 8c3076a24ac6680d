"""The heads of the queue's columns: which there are, how wide, in which order, and what is sorted by."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from console.domain.flow import Step
from console.domain.wanted import CaseFilter
from console.ui.queue.column_chooser import ColumnChooser
from console.ui.queue.column_sets import ColumnSet, ColumnSets
from console.ui.queue.columns import ALL, COLUMNS
from console.ui.queue.model import QueueModel
from console.ui.queue.table import CaseTable
from console.ui.rescaling import FITTED
from console.ui.scale import factor, px
from console.ui.selection import Selection

_NARROWEST = 72  # px at 100 % of a column that shares what is left: four Chinese characters
_WIDTH, _HEIGHT = 360, 520


class Heads(QObject):
    """Remembers for each post and step what was chosen; never lets the table scroll to the side.

    Signals: left, when the chooser was closed.
    """

    left = Signal()

    def __init__(self, table: CaseTable, model: QueueModel, selection: Selection, over: QWidget) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._selection = selection
        self._over = over
        self._sets: ColumnSets | None = None
        self._post = ""
        self._step: Step | None = None
        self._set = ColumnSet(COLUMNS[None])
        self._fitting = False
        self.chooser = ColumnChooser(over)
        self.chooser.chosen.connect(self._on_chosen)
        self.chooser.sort_wished.connect(self._on_sort)
        self.chooser.reset_wished.connect(self._on_reset)
        table.setProperty(FITTED, True)
        heads = table.horizontalHeader()
        heads.setSectionsMovable(True)
        heads.setMinimumSectionSize(px(24))
        heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heads.customContextMenuRequested.connect(lambda _at: self.turn_chooser())
        heads.sectionClicked.connect(lambda at: self._on_sort(self._model.columns[at].key))
        heads.sectionResized.connect(self._on_resized)
        heads.sectionMoved.connect(lambda *_moved: QTimer.singleShot(0, self, self._take_order))

    def remember(self, folder: Path, failed: Callable[[BaseException], None]) -> None:
        """Where the sets are kept."""
        self._sets = ColumnSets(folder, failed)
        self._look_up()

    def close(self) -> None:
        """Keep what was moved last: the window is about to go."""
        if self._sets is not None:
            self._sets.close()

    def stand(self, post: str) -> None:
        """For which post the sets are."""
        if post != self._post:
            self._post = post
            self._look_up()

    def show_filter(self, wanted: CaseFilter) -> None:
        """The columns of the filter's step, and its order."""
        if wanted.step is not self._step:
            self._step = wanted.step
            self._look_up()
        self._show_order(wanted)

    def show_words(self) -> None:
        self.chooser.show_words()
        self._model.show_columns(self._set.columns)
        self.fit()

    def fit(self) -> None:
        """Fixed columns get their width and the rest share what is left.

        What has no room at the end is left out, and those before it have its room.
        """
        self._fitting = True
        columns, table = self._set.columns, self._table
        room = table.viewport().width()
        wide = [px(self._set.width(one)) for one in columns]
        shown = len(columns)
        while shown > 1 and sum(own or px(_NARROWEST) for own in wide[:shown]) > room:
            shown -= 1
        left = room - sum(own or px(_NARROWEST) for own in wide[:shown])
        shares = sum(one.share for one, own in zip(columns[:shown], wide, strict=False) if not own) or 1
        for at, (one, own) in enumerate(zip(columns, wide, strict=True)):
            table.setColumnHidden(at, at >= shown)
            if at < shown:
                table.setColumnWidth(at, min(own, room) or px(_NARROWEST) + left * one.share // shares)
        self._fitting = False

    def turn_chooser(self) -> None:
        """Open the chooser, or close it."""
        if self.leave():
            return
        over = self._over
        top = self._table.mapTo(over, QPoint(0, self._table.horizontalHeader().height())).y()
        margin = px(8)
        width = min(px(_WIDTH), over.width() - 2 * margin)
        height = min(px(_HEIGHT), over.height() - top - margin)
        self.chooser.setGeometry(over.width() - width - margin, top, width, height)
        self.chooser.show_columns(self._set.columns, self._selection.wanted)
        self.chooser.show()
        self.chooser.raise_()
        self.chooser.list.setFocus()

    def leave(self) -> bool:
        """Close the chooser; False where it was not open."""
        if not self.chooser.isVisible():
            return False
        self.chooser.hide()
        self.left.emit()
        return True

    def _look_up(self) -> None:
        usual = ColumnSet(COLUMNS[self._step])
        self._show(self._sets.of(self._post, self._step) if self._sets is not None else usual)

    def _show(self, wanted: ColumnSet) -> None:
        if wanted.columns != self._set.columns or self._model.columns != wanted.columns:
            self._model.show_columns(wanted.columns)
        self._set = wanted
        self.fit()
        self._show_order(self._selection.wanted)

    def _keep(self, wanted: ColumnSet | None) -> None:
        if self._sets is not None:
            self._sets.put(self._post, self._step, wanted)
        self._show(wanted or ColumnSet(COLUMNS[self._step]))

    def _on_chosen(self, keys: list[str]) -> None:
        self._keep(self._set.ordered(keys))

    def _on_reset(self) -> None:
        self._keep(None)
        self.chooser.show_columns(self._set.columns, self._selection.wanted)

    def _on_resized(self, at: int, _before: int, width: int) -> None:
        """By hand: the others give way."""
        if not self._fitting and self._table.isVisible() and 0 <= at < len(self._set.columns):
            self._keep(self._set.widened(self._set.columns[at].key, round(width / factor())))

    def _take_order(self) -> None:
        """A head was dragged: the columns themselves take that order, and the heads their own again."""
        heads = self._table.horizontalHeader()
        columns = self._set.columns
        order = [heads.logicalIndex(at) for at in range(heads.count())]
        if order == sorted(order):
            return
        self._fitting = True
        heads.blockSignals(True)
        for at in range(heads.count()):
            heads.moveSection(heads.visualIndex(at), at)
        heads.blockSignals(False)
        self._fitting = False
        self._keep(self._set.ordered([columns[at].key for at in order]))

    def _on_sort(self, key: str) -> None:
        order = ALL[key].order
        wanted = self._selection.wanted
        descending = wanted.order is order and not wanted.descending
        self._selection.want(replace(wanted, order=order, descending=descending))
        self.chooser.show_columns(self._set.columns, self._selection.wanted)

    def _show_order(self, wanted: CaseFilter) -> None:
        heads = self._table.horizontalHeader()
        orders = [column.order for column in self._model.columns]
        at = orders.index(wanted.order) if wanted.order in orders else -1
        self._model.sorted_by = (at, wanted.descending)
        if wanted.order in orders:
            descending = Qt.SortOrder.DescendingOrder if wanted.descending else Qt.SortOrder.AscendingOrder
            at = heads.sortIndicatorSection()  # of two columns with one order the one that was clicked
            if not 0 <= at < len(orders) or orders[at] is not wanted.order:
                at = orders.index(wanted.order)
            heads.setSortIndicator(at, descending)
        else:
            heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
