"""The queue panel: filters, the table over the database, and what it says when it is empty."""

from array import array
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QVBoxLayout, QWidget

from console.domain.wanted import CaseFilter
from console.i18n import _
from console.ui.edge import Reload
from console.ui.queue.columns import COLUMNS, Moment
from console.ui.queue.delegate import QueueDelegate
from console.ui.queue.filters import FilterLine
from console.ui.queue.model import QueueModel
from console.ui.selection import Selection
from console.ui.theme import Theme
from console.ui.widgets import plain_label

if TYPE_CHECKING:
    from console.queries.queue import QueueRow
    from console.runtime.desk import Changes
    from console.ui.door import Door

ROW_HEIGHT = {"compact": 34, "comfortable": 44}
MOST_MARKED = 200
_RELOAD_PAUSE_MS = 250


class CaseTable(QTableView):
    """Letters are keys of the actions, not a search: the table does not take them.

    Signals: width_changed, when its columns have to share another width.
    """

    width_changed = Signal()

    def keyboardSearch(self, search: str) -> None:
        return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.width_changed.emit()


class QueuePanel(QFrame):
    """Shows what the selection wants; writes only the chosen case."""

    def __init__(
        self,
        selection: Selection,
        theme: Theme,
        failed: Callable[[BaseException], None],
        density: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("queuePanel")
        self._selection = selection
        self._failed = failed
        self._door: Door | None = None
        self._stale = False
        self.model = QueueModel(self)
        self.filters = FilterLine(selection, theme, self)
        self.table = self._make_table(theme, density)
        self._empty = plain_label(name="queueEmpty", wraps=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._count = plain_label(name="queueCount")
        self._count.setContentsMargins(12, 4, 12, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.filters)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._count)
        self.reload = Reload(self._load, failed, wait_ms=_RELOAD_PAUSE_MS)
        self._fetch = Reload(self._load_rows, failed)
        self._missing: list[int] = []
        self._marked: tuple[int, ...] = ()
        self._restoring = False
        self.model.rows_missing.connect(self._on_rows_missing)
        selection.filter_changed.connect(self._on_filter_changed)
        selection.case_changed.connect(self._on_case_changed)
        self._say(_("正在打开数据库…"))

    def open(self, door: "Door", zone: ZoneInfo) -> None:
        self._door = door
        self.model.moment = Moment(door.now(), zone)
        self.reload.wish(now=True)

    def tick(self, now: datetime) -> None:
        """Let the remaining times move on, every few seconds."""
        self.model.tick(Moment(now, self.model.moment.zone))

    def on_changed(self, changes: "Changes") -> None:
        self.model.forget(None if changes.everything else changes.cases)
        if self.isVisible():
            self.reload.wish(now=bool(changes.cases) and len(changes.cases) == 1)
        else:
            self._stale = True

    def take_keyboard(self) -> None:
        """Let keys come to the rows, or to the sentence that stands in their place."""
        (self._empty if self.table.isHidden() else self.table).setFocus()

    def show_words(self) -> None:
        self.filters.show_words()
        self.model.show_columns(self.model.columns)
        self._choose(self._selection.case_id)
        self._fit()
        self._tell_count()
        self.table.setAccessibleName(_("案件列表"))

    def say_failed(self, text: str) -> None:
        """Show why there are no rows."""
        self._say(text)

    async def _load(self) -> None:
        door = self._door
        if door is None:
            return
        wanted = self._selection.wanted
        ids = await door.queue_ids(wanted)
        first = max(0, self.table.rowAt(0))
        rows = await door.queue_rows(ids[max(0, first - 20) : first + 80].tolist())
        self._show(ids, rows, wanted, door)

    def _show(self, ids: "array[int]", rows: "dict[int, QueueRow]", wanted: CaseFilter, door: "Door") -> None:
        """New rows in place, the chosen one kept under the eye."""
        before = self.model.place_of(self._selection.case_id)
        offset = self._offset_of(before)
        self.model.moment = Moment(door.now(), self.model.moment.zone)
        columns = COLUMNS[wanted.step]
        if columns is not self.model.columns:
            self.model.show_columns(columns)
            self._fit()
        self.model.show_ids(ids, rows)
        if ids:
            self._show_instead(self.table, self._empty)
        else:
            self._say(self._why_empty(wanted))
        after = self.model.place_of(self._selection.case_id)
        if after < 0 <= before and ids:
            # The case has gone on to another step: its place is taken by the next one.
            after = min(before, len(ids) - 1)
            self._selection.choose_case(self.model.case_at(after))
        self._choose(self._selection.case_id)
        if after >= 0 and offset is not None:
            self.table.verticalScrollBar().setValue(max(0, after - offset))
        self._tell_count()

    def _offset_of(self, row: int) -> int | None:
        top = self.table.rowAt(0)
        bottom = self.table.rowAt(self.table.viewport().height() - 1)
        visible = top >= 0 and top <= row and (row <= bottom or bottom < 0)
        return row - top if row >= 0 and visible else None

    async def _load_rows(self) -> None:
        missing, self._missing = self._missing, []
        if self._door is not None and missing:
            self.model.fill(await self._door.queue_rows(missing))

    def _on_rows_missing(self, ids: list[int]) -> None:
        self._missing.extend(ids)
        QTimer.singleShot(0, self._fetch.wish)

    def _on_filter_changed(self, wanted: CaseFilter) -> None:
        self.table.scrollToTop()  # a deep page of the old filter would be asked of the new one
        header = self.table.horizontalHeader()
        orders = [column.order for column in COLUMNS[wanted.step]]
        if wanted.order in orders:
            descending = Qt.SortOrder.DescendingOrder if wanted.descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(orders.index(wanted.order), descending)
        else:
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.reload.wish(now=True)

    def _on_case_changed(self, case_id: int) -> None:
        self._choose(case_id)

    async def marked_cases(self) -> "list[tuple[str, int]]":
        """Code and version, as they were seen, of the cases that are marked together."""
        assert self._door is not None
        seen = self.model.kept(self._marked)
        fetched = await self._door.queue_rows([one for one in self._marked if one not in seen])
        rows = seen | fetched
        return [(rows[one].code, rows[one].version) for one in self._marked if one in rows]

    def _choose(self, case_id: int) -> None:
        at = self.model.place_of(case_id)
        if case_id in self._marked:
            self._restore_marks(at)
        elif at < 0:
            self.table.clearSelection()
        elif self.table.currentIndex().row() != at or not self.table.selectionModel().hasSelection():
            self.table.setCurrentIndex(self.model.index(at, 0))
            self.table.scrollTo(self.model.index(at, 0))

    def _restore_marks(self, chosen: int) -> None:
        """New rows drop what was marked: mark again what is still there, without losing the chosen one."""
        places = self.model.places_of(self._marked)
        last = len(self.model.columns) - 1
        marks = QItemSelection()
        for at in places.values():
            marks.select(self.model.index(at, 0), self.model.index(at, last))
        chooser = self.table.selectionModel()
        self._restoring = True
        chooser.select(marks, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        chooser.setCurrentIndex(self.model.index(chosen, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        self._restoring = False
        self._mark(tuple(places))

    def _mark(self, ids: tuple[int, ...]) -> None:
        self._marked = ids if len(ids) > 1 else ()
        self._selection.mark(len(self._marked))
        self._tell_count()

    def _on_chosen(self, _chosen: QItemSelection, _left: QItemSelection) -> None:
        if self._restoring:
            return
        marks = self.table.selectionModel().selection()
        ranges = [marks.at(at) for at in range(marks.count())]
        if sum(one.height() for one in ranges) > MOST_MARKED:
            self._mark(())
            self._count.setText(_("选得太多:一次最多 {most} 件").format(most=MOST_MARKED))
            return
        rows = sorted(row for one in ranges for row in range(one.top(), one.bottom() + 1))
        if rows:
            current = self.table.currentIndex().row()
            self._mark(tuple(self.model.case_at(row) for row in rows))
            self._selection.choose_case(self.model.case_at(current if current in rows else rows[0]))
        else:
            self._mark(())

    def _on_section_clicked(self, section: int) -> None:
        order = self.model.columns[section].order
        if order is None:
            return
        wanted = self._selection.wanted
        descending = wanted.order is order and not wanted.descending
        self._selection.want(replace(wanted, order=order, descending=descending))

    def _why_empty(self, wanted: CaseFilter) -> str:
        narrowed = wanted.text or wanted.cell or wanted.division or wanted.department or wanted.classes
        if narrowed or wanted.late or wanted.figure:
            return _("没有符合条件的案件。按 Ctrl+Backspace 清除筛选。")
        if wanted.step is not None:
            return _("这一步没有待办案件。")
        return _("没有在办案件。按 N 登记新问题。")

    def _say(self, text: str) -> None:
        self._empty.setText(text)
        self._show_instead(self._empty, self.table)

    def _show_instead(self, shown: QWidget, other: QWidget) -> None:
        """Rows or a sentence; the keyboard stays here, where letters are acts, and not in a text field."""
        held = other.hasFocus()
        shown.show()
        if held:
            shown.setFocus()
        other.hide()

    def _tell_count(self) -> None:
        words = _("共 {total} 件").format(total=f"{self.model.rowCount():,}")
        if self._marked:
            words += " · " + _("已选 {count} 件,操作对它们一起办理").format(count=len(self._marked))
        self._count.setText(words)

    def _fit(self) -> None:
        """Give fixed columns their width and share the rest: never a horizontal scroll bar."""
        columns = self.model.columns
        room = self.table.viewport().width() - sum(column.width for column in columns)
        shares = sum(column.share for column in columns if not column.width) or 1
        for at, column in enumerate(columns):
            width = column.width or max(48, room * column.share // shares)
            self.table.setColumnWidth(at, width)

    def _make_table(self, theme: Theme, density: str) -> CaseTable:
        table = CaseTable(self)
        table.setObjectName("caseTable")
        table.width_changed.connect(self._fit)
        table.setAccessibleName(_("案件列表"))
        table.setModel(self.model)
        table.setItemDelegate(QueueDelegate(self.model, theme, table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT[density])
        heads = table.horizontalHeader()
        heads.setObjectName("caseTableHeader")
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setSectionsClickable(True)
        heads.setSortIndicatorShown(True)
        heads.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        heads.sectionClicked.connect(self._on_section_clicked)
        table.selectionModel().selectionChanged.connect(self._on_chosen)
        theme.changed.connect(lambda: table.viewport().update())
        return table

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.reload.wish(now=True)
