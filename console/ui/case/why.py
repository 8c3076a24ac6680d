"""Why this minute: the account of a case's clocks, as a picture, as a table, and to be copied as text."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QBrush,
    QGuiApplication,
    QKeySequence,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.lamp import SOON_FIFTHS, Lamp
from console.i18n import _
from console.ui.case.day_strip import DayStrip
from console.ui.flow_layout import FlowRow
from console.ui.marks import mark_picture
from console.ui.row_table import read_by_rows
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.turning import on_choice, show_turned, tell_exclusive
from console.ui.widgets import plain_label, plain_tip
from console.words import LAMPS, STATES
from console.words.dates import short_moment

if TYPE_CHECKING:
    from console.domain.why import Interval
    from console.queries.why import Account, CaseWhy

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


_ROOM = 24  # beside a text, and the mark of the first
_AMOUNTS = 2  # the first column of amounts


class AccountModel(QAbstractTableModel):
    """One stretch a row: when, why, what it added, the sum so far; amounts in words, or short as 2:53:29."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.heads: Sequence[str] = ("", "", "", "")
        self.rows: Sequence[tuple[str, str, str, str]] = ()
        self._intervals: Sequence[Interval] = ()
        self._short: Sequence[tuple[str, str]] = ()
        self._is_short = False

    def show_account(self, account: "Account", zone: ZoneInfo) -> None:
        from console.words.account import account_columns, account_rows
        from console.words.clocks import told_amounts

        self.beginResetModel()
        self.heads = account_columns()
        self.rows = tuple(account_rows(account, zone))
        self._intervals = account.intervals
        self._short = [
            (_on_clock(amount) if one.counted else rows[_AMOUNTS], _on_clock(total))
            for rows, (one, amount, total) in zip(self.rows, told_amounts(account.intervals), strict=True)
        ]
        self.endResetModel()

    def show_short(self, short: bool) -> None:
        """Amounts short or in words."""
        if short != self._is_short:
            self.beginResetModel()
            self._is_short = short
            self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(self._side(section) | Qt.AlignmentFlag.AlignVCenter)
        return self.heads[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and self._is_short and index.column() >= _AMOUNTS:
            return self._short[index.row()][index.column() - _AMOUNTS]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.rows[index.row()][index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(self._side(index.column()) | Qt.AlignmentFlag.AlignVCenter)
        one = self._intervals[index.row()]
        if role == Qt.ItemDataRole.ForegroundRole:
            counts = one.counted and not one.ahead
            return self._theme.colour("late" if one.late and counts else "text" if counts else "muted")
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return self._key(one)
        return None

    def _key(self, one: "Interval") -> QPixmap:
        """Solid or hatched, as in the picture."""
        return key_picture(self._theme, counted=one.counted, late=one.late, ahead=one.ahead)

    def _side(self, column: int) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignRight if column >= _AMOUNTS else Qt.AlignmentFlag.AlignLeft


class AccountTable(QTableView):
    """Amounts are short where words would have no room."""

    def __init__(self, model: AccountModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._account = model
        self.setModel(model)

    def fit(self) -> None:
        """Choose how amounts are told, and keep the chosen row."""
        metrics, chosen = self.fontMetrics(), self.currentIndex().row()
        needed = sum(
            max(map(metrics.horizontalAdvance, texts), default=0) + px(_ROOM)
            for texts in zip(*self._account.rows, strict=True)
        )
        self._account.show_short(needed > self.viewport().width())
        if chosen >= 0 and self.currentIndex().row() != chosen:
            self.selectRow(chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class WhyPanel(QFrame):
    """Signals: left, when its close button was clicked."""

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("whyPanel")
        self.setProperty("layer", True)
        self.setAccessibleName(_("时限说明"))
        self._theme = theme
        self._told: CaseWhy | None = None
        self._shown = 0
        self.model = AccountModel(theme, self)
        self._title = plain_label(name="whyTitle", look="title")
        self._close = QToolButton(self)
        self._close.setObjectName("closeWhyButton")
        self._close.setProperty("quiet", True)
        self._close.setText("×")
        self._close.setAccessibleName(_("关闭 Esc"))
        self._close.clicked.connect(self.left)
        self._clocks = QButtonGroup(self)
        on_choice(self._clocks, self._show_clock)
        self._chips = FlowRow(self)
        self._lamp = QLabel(self)
        self._lamp.setObjectName("whyLamp")
        self._closing = plain_label(name="whyClosing", wraps=True)
        self._head = plain_label(name="whyHead", wraps=True)
        self._warning = plain_label(name="whyWarning", look="warning", wraps=True)
        self._strip = DayStrip(theme, self)
        self.table = self._make_table()
        self._copy = QPushButton(self)
        self._copy.setObjectName("copyWhyButton")
        self._copy.setText(_("复制为文字 Ctrl+C"))
        self._copy.clicked.connect(self.copy)
        copying = QShortcut(QKeySequence.StandardKey.Copy, self)
        copying.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copying.activated.connect(self.copy)
        self._copied = plain_label(name="whyCopied", look="muted")
        self._lay_out()
        theme.changed.connect(self._show_again)  # a method: it ends with the panel, a lambda would not

    def show_case(self, told: "CaseWhy") -> None:
        """Show another case, or the same one a while later: the chosen clock stays."""
        keeps = self._told is not None and self._told.code == told.code
        self._told = told
        self._title.setText(_("时限说明 · {code}").format(code=told.code))
        self._copied.setText("")
        self._make_chips(told)
        at = self._shown if keeps and self._shown < len(told.accounts) else _first(told)
        self._show_clock(at)

    def take_keyboard(self) -> None:
        self.table.setFocus()

    def copy(self) -> None:
        """The shown account as sentences, onto the clipboard."""
        if self._told is None or not self._told.accounts:
            return
        from console.words.account import account_closing, account_head
        from console.words.clocks import account_sentences

        account, zone = self._told.accounts[self._shown], ZoneInfo(self._told.timezone)
        lines = [
            self._title.text(),
            *account_head(self._told, account, zone),
            *account_sentences(account.intervals, zone),
            account_closing(account, zone),
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._copied.setText(_("已复制 {count} 行").format(count=len(lines)))

    def _show_again(self) -> None:
        self._show_clock(self._shown)

    def _show_clock(self, at: int) -> None:
        told = self._told
        there = told is not None and bool(told.accounts)
        for part in (self._lamp, self._head, self.table, self._copy):
            part.setVisible(there)
        self._strip.setVisible(there)
        self._warning.setVisible(there)
        if told is None or not there:
            self._closing.setText(_("案件 {code} 还没有时钟运行过").format(code=told.code) if told else "")
            return
        from console.words.account import account_closing, account_head
        from console.words.clocks import account_sentences

        self._shown = at
        account, zone = told.accounts[at], ZoneInfo(told.timezone)
        button = self._clocks.button(at)
        if button is not None:
            show_turned(button, down=True)
        shown = _lamp(account)
        self._lamp.setAccessibleName(_(LAMPS[shown]))
        self._lamp.setPixmap(mark_picture(shown, self._theme, 16, self.devicePixelRatioF()))
        self._closing.setText(account_closing(account, zone))
        head = list(account_head(told, account, zone))
        self._head.setText("\n".join(head[:2]))
        self._warning.setText("\n".join(head[2:]))
        self._warning.setVisible(len(head) > 2)
        self._strip.show_account(
            account.intervals, account.due, zone, list(account_sentences(account.intervals, zone))
        )
        self.model.show_account(account, zone)
        self.table.fit()
        turns = (row for row, one in enumerate(account.intervals) if one.late or one.ahead)
        last = next(turns, len(account.intervals) - 1)
        self.table.selectRow(last)
        self.table.scrollTo(self.model.index(last, 0), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _make_chips(self, told: "CaseWhy") -> None:
        for old in self._clocks.buttons():
            self._clocks.removeButton(old)
            self._chips.take(old)
        self._chips.setVisible(len(told.accounts) > 1)
        if len(told.accounts) < 2:
            return
        zone = ZoneInfo(told.timezone)
        for at, account in enumerate(told.accounts):
            chip = QPushButton(self)  # Qt tells of a tool button that it can be ticked by itself
            chip.setObjectName(f"clock_{at}")
            chip.setCheckable(True)
            chip.setText(_clock_name(account, zone))
            self._clocks.addButton(chip, at)
            self._chips.add(chip)
        tell_exclusive(self._clocks)

    def _make_table(self) -> AccountTable:
        table = AccountTable(self.model, self)
        table.setObjectName("whyTable")
        table.setAccessibleName(_("计时与不计时的时段"))
        read_by_rows(table, 26)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        heads = table.horizontalHeader()
        for column, mode in enumerate(
            (
                QHeaderView.ResizeMode.ResizeToContents,
                QHeaderView.ResizeMode.Stretch,
                QHeaderView.ResizeMode.ResizeToContents,
                QHeaderView.ResizeMode.ResizeToContents,
            )
        ):
            heads.setSectionResizeMode(column, mode)
        return table

    def _lay_out(self) -> None:
        title = QHBoxLayout()
        title.addWidget(self._title, 1)
        title.addWidget(self._close)
        result = QHBoxLayout()
        result.setSpacing(px(8))
        result.addWidget(self._lamp, 0, Qt.AlignmentFlag.AlignTop)
        result.addWidget(self._closing, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._copy)
        foot.addWidget(self._copied, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(16, 10, 16, 12))
        layout.setSpacing(px(8))
        layout.addLayout(title)
        layout.addWidget(self._chips)
        layout.addLayout(result)
        layout.addWidget(self._head)
        layout.addWidget(self._warning)
        layout.addWidget(self._strip)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)
        layout.addLayout(foot)


def _on_clock(amount: timedelta) -> str:
    minutes, seconds = divmod(int(amount.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


def key_picture(theme: Theme, *, counted: bool, late: bool, ahead: bool = False) -> QPixmap:
    """A small square, solid where the clock ran, hollow where it will, hatched where it does not."""
    picture = QPixmap(*pxs(12, 12))
    picture.fill(theme.colour("surface"))
    painter = QPainter(picture)
    painter.scale(picture.width() / 12, picture.height() / 12)
    if counted and ahead:
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.drawRect(QRectF(2, 2, 8, 8))
    elif counted:
        painter.fillRect(QRectF(1, 1, 10, 10), theme.colour("late" if late else "accent"))
    else:
        painter.setPen(theme.colour("line"))
        painter.drawRect(1, 1, 9, 9)
        painter.fillRect(QRectF(1, 1, 10, 10), QBrush(theme.colour("muted"), Qt.BrushStyle.BDiagPattern))
    painter.end()
    return picture


def _first(told: "CaseWhy") -> int:
    """The clock that runs now, else the disposal clock or whichever is first."""
    return next((at for at, account in enumerate(told.accounts) if account.running), 0)


def _clock_name(account: "Account", zone: ZoneInfo) -> str:
    name = _("处置") if account.stage is None else _(STATES[account.stage])
    return f"{name} {short_moment(account.start, zone)}"


def _lamp(account: "Account") -> Lamp:
    if account.until > account.due:
        return Lamp.LATE
    return Lamp.SOON if account.share >= SOON_FIFTHS / 5 else Lamp.IN_TIME
