"""The dock under the workspace: before many are acted on what will be refused, afterwards what was done."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.i18n import _
from console.ui.bulk.lines import Group, Line, groups, key_of
from console.ui.bulk.table import LineModel, LineTable
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.widgets import Elided, plain_label, plain_tip, push_button, tab_order

_TALL, _TALL_SHARE = 216, 28  # px at most, and per cent of the window
_GROUPS_WIDTH, _GROUPS_SHARE = 300, 24


class GroupList(QListWidget):
    """Letters are keys of the actions, not a search: the list does not take them."""

    def keyboardSearch(self, search: str) -> None:
        return


class BulkDock(QFrame):
    """One line; the down key or the button opens the list of the cases under it. Nothing waits for it.

    Signals: confirmed(str), with the words that were asked for or none; left, when it is to be closed
    or what runs is to be stopped; retry_wished; case_wished(int), when a case of the list was chosen.
    """

    confirmed = Signal(str)
    left = Signal()
    retry_wished = Signal()
    case_wished = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bulkDock")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lines: Sequence[Line] = ()
        self._groups: list[Group] = []
        self._title = plain_label(name="bulkTitle", look="title")
        self._summary = Elided()
        self._summary.setObjectName("bulkSummary")
        self._bar = QProgressBar(self)
        self._bar.setObjectName("bulkProgress")
        self._bar.setFixedWidth(px(220))
        self.reason = QLineEdit(self)
        self.reason.setObjectName("bulkReason")
        self.reason.setMinimumWidth(px(260))
        self.confirm = push_button(self, "bulkConfirm")
        self._details = push_button(self, "bulkDetails")
        self._details.setCheckable(True)
        self._retry = push_button(self, "bulkRetry")
        self._leave = push_button(self, "bulkLeave")
        self.model = LineModel(theme, self)
        self.table = LineTable(self.model)
        self.groups = GroupList(self)
        self.groups.setObjectName("bulkGroups")
        self.groups.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.groups.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._body = QWidget(self)
        self._lay_out()
        self.confirm.clicked.connect(self._on_confirm)
        self._details.toggled.connect(self._on_details)
        self._retry.clicked.connect(self.retry_wished)
        self._leave.clicked.connect(self.left)
        self.groups.currentRowChanged.connect(self._on_group)
        self.table.clicked.connect(self._on_row)
        theme.changed.connect(self.table.viewport().update)
        for key in ("Return", "Enter"):
            shortcut = QShortcut(
                QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            shortcut.activated.connect(self._on_confirm)
        self.hide()

    def show_running(self, title: str, done: int, total: int) -> None:
        """So many of so many are through; it can be stopped."""
        self._show_parts(bar=True)
        self._title.setText(title)
        self._summary.setText("")
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setFormat(f"{done:,} / {total:,}")
        self._bar.setAccessibleName(f"{title} {done} / {total}")
        self._name(self._leave, _("停止 Esc"))
        self.show()

    def show_preview(self, title: str, lines: Sequence[Line], may: int, *, asks_reason: bool = False) -> None:
        """What will become of the cases; `may` of them can be done."""
        self._show_parts(confirm=True, details=True, reason=asks_reason)
        self._tell(title, lines)
        self._name(self.confirm, _("Enter 办理 {count} 件").format(count=f"{may:,}"))
        self.confirm.setEnabled(may > 0)
        self._name(self._leave, _("返回 Esc"))
        self.show()
        (self.reason if asks_reason else self if may else self._leave).setFocus()

    def show_result(self, title: str, lines: Sequence[Line], *, again: bool) -> None:
        """What became of the cases; `again`: some may be tried once more."""
        self._show_parts(details=True, retry=again)
        self._tell(title, lines)
        self._name(self._retry, _("重试未成的"))
        self._name(self._leave, _("关闭 Esc"))
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The down key goes into the list."""
        if event.key() == Qt.Key.Key_Down and self._details.isVisible():
            self._details.setChecked(True)
            self.groups.setFocus()
            return
        super().keyPressEvent(event)

    def _tell(self, title: str, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._groups = groups(lines)
        self._title.setText(title)
        told = [f"{group.words} {group.count:,}" for group in self._groups[1:]]
        self._summary.setText(" · ".join(told))
        self._summary.setAccessibleName(self._summary.text())
        self.setAccessibleName(f"{title}: {self._summary.text()}")
        self._name(self._details, _("↓ 明细"))
        self.groups.setAccessibleName(_("按结果分组"))
        self.table.setAccessibleName(_("成批办理的案件"))
        self.groups.blockSignals(True)
        self.groups.clear()
        self.groups.addItems([f"{group.count:,}  {group.words}" for group in self._groups])
        for at, group in enumerate(self._groups):
            self.groups.item(at).setToolTip(plain_tip(group.words))
        self.groups.setCurrentRow(0)
        self.groups.blockSignals(False)
        self._on_group(0)

    def _show_parts(
        self,
        *,
        bar: bool = False,
        confirm: bool = False,
        details: bool = False,
        retry: bool = False,
        reason: bool = False,
    ) -> None:
        self._bar.setVisible(bar)
        self.confirm.setVisible(confirm)
        self._details.setVisible(details)
        self._retry.setVisible(retry)
        self.reason.setVisible(reason)
        self.reason.clear()
        self.reason.setPlaceholderText(_("理由"))
        self.reason.setAccessibleName(_("理由"))
        self._body.setVisible(details and self._details.isChecked())

    def _on_confirm(self) -> None:
        if not self.confirm.isVisible() or not self.confirm.isEnabled():
            return
        words = self.reason.text().strip()
        if self.reason.isVisible() and not words:
            self._summary.setText(_("请写明{what}").format(what=_("理由")))
            self.reason.setFocus()
            return
        self.confirmed.emit(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The list takes no more of a small window than leaves something of the workspace."""
        whole = self.window().size()
        self._body.setFixedHeight(min(px(_TALL), whole.height() * _TALL_SHARE // 100))
        self.groups.setFixedWidth(min(px(_GROUPS_WIDTH), whole.width() * _GROUPS_SHARE // 100))

    def _on_details(self, shown: bool) -> None:
        self._fit()
        self._body.setVisible(shown)

    def _on_group(self, row: int) -> None:
        key = self._groups[row].key if 0 <= row < len(self._groups) else None
        lines = self._lines if key is None else [line for line in self._lines if key_of(line) == key]
        self.model.show_lines(lines)

    def _on_row(self, index: QModelIndex) -> None:
        case_id = self.model.lines[index.row()].case_id
        if case_id:
            self.case_wished.emit(case_id)

    def _name(self, button: QPushButton, words: str) -> None:
        button.setText(words)
        button.setAccessibleName(words)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self._title)
        head.addWidget(self._summary, 1)
        for part in (self._bar, self.reason, self.confirm, self._details, self._retry, self._leave):
            head.addWidget(part)
        body = QHBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(px(10))
        body.addWidget(self.groups)
        body.addWidget(self.table, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(12, 8, 12, 8))
        layout.setSpacing(px(8))
        layout.addLayout(head)
        layout.addWidget(self._body)
        self._body.hide()
        tab_order(self.reason, self.confirm, self._details, self._retry, self._leave, self.groups, self.table)
