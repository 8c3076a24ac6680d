"""The evaluation board: the figures of a period by district or department; every figure opens its cases."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPen, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDateEdit,
    QFrame,
    QHeaderView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.evaluation import Count, Ratio
from console.domain.wanted import Figure, Grouping
from console.i18n import N_, _
from console.ui.board.model import FIGURES, BoardModel
from console.ui.edge import Reload
from console.ui.flow_layout import FlowRow
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.turning import on_choice
from console.ui.widgets import plain_label

if TYPE_CHECKING:
    from console.runtime.desk import Changes
    from console.ui.board.chart import DayChart
    from console.ui.door import Door

_GROUPINGS: tuple[tuple[Grouping, str], ...] = (
    ("area", N_("按区和管委会")),
    ("district", N_("按行政区")),
    ("department", N_("按部门")),
)
_PERIODS = ((1, N_("今日")), (7, N_("近 7 日")), (30, N_("近 30 日")), (91, N_("近一季")))


# The figures that fold first where the window is narrow: their rates and bases stay.
_FOLDED_FIRST: tuple[Count, ...] = (
    "extended", "reworked", "effective", "closed_in_time", "handled_in_time", "dispatched", "filed", "closed",
    "handled",
)  # fmt: skip
_FIGURE = 58  # px
_HEAD_PADDING = 8  # px beside a word of a head


class BoardPanel(QFrame):
    """Signals: figure_chosen(Figure, str): a figure was opened; the words name it. copied(str): the table."""

    figure_chosen = Signal(object, str)
    copied = Signal(str)

    def __init__(
        self, theme: Theme, failed: Callable[[BaseException], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("boardPanel")
        self._door: Door | None = None
        self._zone = ZoneInfo("Asia/Shanghai")
        self._stale = True
        self.model = BoardModel(self)
        self._title = plain_label(name="boardTitle", look="title")
        self._note = plain_label(name="boardNote", look="muted", wraps=True)
        self._since = self._date("boardSince")
        self._until = self._date("boardUntil")
        self._groups = self._choices([(name, words) for name, words in _GROUPINGS])
        self._periods = [self._period(days) for days, _words in _PERIODS]
        self.table = self._make_table(theme)
        self._copy = QToolButton(self)
        self._copy.setObjectName("boardCopy")
        self._copy.clicked.connect(self.copy_table)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, run in (("Ctrl+C", self.copy_table), ("Ctrl+Down", self._rank_current)):
            QShortcut(QKeySequence(key), self, context=here).activated.connect(run)
        self._theme = theme
        self._chart: DayChart | None = None
        self._folded = 0
        self._column = QVBoxLayout(self)
        self.reload = Reload(self._load, failed, wait_ms=1000)
        self._days = Reload(self._load_days, failed)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._days.wish())
        self._lay_out()
        self.show_words()

    def open(self, door: "Door", zone: ZoneInfo) -> None:
        self._door = door
        self._zone = zone
        self._choose_period(30)

    def on_changed(self, _changes: "Changes") -> None:
        if self.isVisible():
            self.reload.wish()
        else:
            self._stale = True

    def show_words(self) -> None:
        self._title.setText(_("综合评价"))
        self._tell()
        for button, (_name, words) in zip(self._groups.buttons(), _GROUPINGS, strict=True):
            button.setText(_(words))
        for period, (_days, words) in zip(self._periods, _PERIODS, strict=True):
            period.setText(_(words))
        self._copy.setText(_("复制表格 Ctrl+C"))
        self._since.setAccessibleName(_("首日"))
        self._until.setAccessibleName(_("末日"))
        self.table.setAccessibleName(_("综合评价"))
        self.model.show_lines(self.model.lines)

    def take_keyboard(self) -> None:
        self.table.setFocus()

    def copy_table(self) -> None:
        """The table as it is ranked, with what it is about in its first line, ready for a spreadsheet."""
        grouping = _(dict(_GROUPINGS)[self.grouping])
        since, until = _day(self._since.date()), _day(self._until.date())
        self.copied.emit(f"{_('综合评价')}\t{grouping}\t{since}\t{until}\n{self.model.as_text()}")

    @property
    def grouping(self) -> Grouping:
        return _GROUPINGS[self._groups.checkedId()][0]

    def period(self) -> tuple[datetime, datetime]:
        """First instant and the instant after the last day, in the city's time zone."""
        first, last = _day(self._since.date()), _day(self._until.date())
        begin = datetime.combine(first, time.min, self._zone)
        return begin, datetime.combine(last + timedelta(days=1), time.min, self._zone)

    async def _load(self) -> None:
        if self._door is None:
            return
        self._stale = False
        self.model.show_lines(await self._door.board(*self.period(), self.grouping))
        self._fit()
        await self._load_days()

    async def _load_days(self) -> None:
        if self._door is None or not self.model.lines:
            return
        row = min(max(0, self.table.currentIndex().row()), len(self.model.lines) - 1)
        line, name = self.model.lines[row], self.model.name(row)
        days = await self._door.daily(*self.period(), self.grouping, line.code)
        if self._chart is None:
            from console.ui.board.chart import DayChart  # the charts load when a board is first seen

            self._chart = DayChart(self._theme, self)
            self._column.addWidget(self._chart, 2)
        self._chart.show_days(days, name)

    def _fit(self) -> None:
        """As high as its lines where they are few; the rest belongs to the chart."""
        self.table.resizeColumnToContents(0)
        self.table.setColumnWidth(0, max(px(120), self.table.columnWidth(0) + px(20)))
        head = self.table.horizontalHeader().height()
        self._fold()
        lines = px(34) * len(self.model.lines) + head + px(4)
        self.table.setMaximumHeight(max(lines, px(120)))

    def _fold(self) -> None:
        """Leave out what the rates tell as well, where there is no room for every figure."""
        room = self.table.viewport().width() - self.table.columnWidth(0)
        missing = len(FIGURES) - max(1, room // self._figure())
        for at, count in enumerate(_FOLDED_FIRST):
            self.table.setColumnHidden(1 + FIGURES.index(count), at < missing)
        self._folded = min(max(0, missing), len(_FOLDED_FIRST))
        short = self._figure() * (len(FIGURES) - self._folded) - room
        if short > 0:  # the rates all stay, and the names give up the rest
            self.table.setColumnWidth(0, max(px(_FIGURE), self.table.columnWidth(0) - short))
        self._tell()

    def _figure(self) -> int:
        """What a figure's column takes at least: a head breaks between English words, not within one."""
        heads = self.table.horizontalHeader()
        told = [
            str(self.model.headerData(at, Qt.Orientation.Horizontal)) for at in range(1, len(FIGURES) + 1)
        ]
        words = [word for head in told for word in head.split() if word.isascii()]
        widest = max((heads.fontMetrics().horizontalAdvance(word) for word in words), default=0)
        return max(px(_FIGURE), widest + px(_HEAD_PADDING))

    def _tell(self) -> None:
        told = _("应处置、应结案按截止时间或提前办结时间计入;回车或双击任一数字看其案件,点列头排名(Ctrl+↓)。")
        if self._folded:
            more = _("窗口太窄,有 {count} 项数量未列出:缩小界面(Ctrl+-)可见。")
            told += more.format(count=self._folded)
        self._note.setText(told)

    def _rank_current(self) -> None:
        self._rank(self.table.currentIndex().column())

    def _rank(self, column: int) -> None:
        if column < 0:
            return
        self.model.rank(column)
        heads = self.table.horizontalHeader()
        ranked = self.model.ranked
        heads.setSortIndicatorShown(ranked is not None)
        if ranked is not None:
            order = Qt.SortOrder.DescendingOrder if ranked[1] else Qt.SortOrder.AscendingOrder
            heads.setSortIndicator(column, order)
        self.table.setCurrentIndex(self.model.index(0, column))

    def _on_opened(self, index: QModelIndex) -> None:
        if index.column() == 0 or not index.isValid():
            return
        figure = FIGURES[index.column() - 1]
        count = figure.part if isinstance(figure, Ratio) else figure
        since, until = self.period()
        line = self.model.lines[index.row()]
        self.figure_chosen.emit(
            Figure(count, since, until, self.grouping, line.code), self.model.name(index.row())
        )

    def _choose_period(self, days: int) -> None:
        assert self._door is not None
        today = self._door.now().astimezone(self._zone).date()
        first = today - timedelta(days=days - 1)
        self._since.setDate(QDate(first.year, first.month, first.day))
        self._until.setDate(QDate(today.year, today.month, today.day))
        self.reload.wish(now=True)

    def _date(self, name: str) -> QDateEdit:
        field = QDateEdit(self)
        field.setObjectName(name)
        field.setDisplayFormat("yyyy-MM-dd")
        field.setCalendarPopup(True)
        field.dateChanged.connect(lambda: self.reload.wish())
        return field

    def _period(self, days: int) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"boardPeriod_{days}")
        button.clicked.connect(lambda: self._choose_period(days))
        return button

    def _choices(self, entries: list[tuple[Grouping, str]]) -> QButtonGroup:
        group = QButtonGroup(self)
        for at, (name, _words) in enumerate(entries):
            button = QPushButton(self)  # Qt tells of a tool button that it can be ticked by itself
            button.setObjectName(f"boardBy_{name}")
            button.setCheckable(True)
            button.setChecked(at == 0)
            group.addButton(button, at)
        on_choice(group, lambda _at: self.reload.wish(now=True))
        return group

    def _lay_out(self) -> None:
        line, dash = FlowRow(self), plain_label("—", name="boardDash")
        for part in (
            self._title, *self._groups.buttons(), *self._periods, self._since, dash, self._until,
            self._copy,
        ):  # fmt: skip
            line.add(part)
        layout = self._column
        layout.setContentsMargins(*pxs(16, 12, 16, 12))
        layout.setSpacing(px(10))
        layout.addWidget(line)
        layout.addWidget(self._note)
        layout.addWidget(self.table, 3)
        layout.addStretch(0)

    def _make_table(self, theme: Theme) -> QTableView:
        table = QTableView(self)
        table.setObjectName("boardTable")
        table.setModel(self.model)
        table.setItemDelegate(_ShareDelegate(self.model, theme, table))
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(px(34))
        heads = table.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        heads.setFixedHeight(px(46))  # two lines: English names are long
        heads.setMinimumSectionSize(px(_FIGURE))
        table.setColumnWidth(0, px(150))
        heads.setSectionsClickable(True)
        heads.sectionClicked.connect(self._rank)
        table.activated.connect(self._on_opened)
        return table

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fold)  # once the table has its own size

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload.wish(now=True)


class _ShareDelegate(QStyledItemDelegate):
    """Right-aligned figures; under a ratio a thin bar of its length, so that lines compare at a glance."""

    def __init__(self, model: BoardModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, self._theme.colour("accent_ground"))
        painter.setPen(self._theme.colour("accent" if chosen else "line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        value = None if index.column() == 0 else self._model.value(index.row(), index.column())
        figure = FIGURES[max(0, index.column() - 1)]
        if value is not None and isinstance(figure, Ratio) and figure.better == "high":
            length = int((box.width() - px(16)) * min(1.0, value))
            painter.fillRect(
                QRect(box.x() + px(8), box.bottom() - px(4), length, px(3)), self._theme.colour("accent")
            )
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.colour("accent"), px(2)))
            painter.drawRect(box.adjusted(px(1), px(1), -px(2), -px(2)))
        painter.setPen(self._theme.colour("text"))
        side = Qt.AlignmentFlag.AlignLeft if index.column() == 0 else Qt.AlignmentFlag.AlignRight
        text = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, box.width() - 10
        )
        painter.drawText(box.adjusted(px(6), 0, -px(4), 0), int(side | Qt.AlignmentFlag.AlignVCenter), text)


def _day(of: QDate) -> date:
    return date(of.year(), of.month(), of.day())
