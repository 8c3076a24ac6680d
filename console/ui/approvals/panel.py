"""The approvals panel: what waits, one row chosen, and the two decisions on it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.case import Case
from console.domain.decision import DECIDES
from console.i18n import _
from console.ui.approvals.delegate import ApprovalDelegate
from console.ui.approvals.model import ApprovalsModel
from console.ui.edge import Reload
from console.ui.scale import px, pxs
from console.ui.selection import Selection
from console.ui.theme import Theme
from console.ui.widgets import plain_button, plain_label
from console.words import OPERATIONS

if TYPE_CHECKING:
    from console.runtime.desk import Changes
    from console.ui.door import Door

_RELOAD_PAUSE_MS = 400


class ApprovalList(QListView):
    """Letters are keys of the actions, not a search: the list does not take them."""

    def keyboardSearch(self, search: str) -> None:
        return


class ApprovalsPanel(QFrame):
    """Choosing a row chooses the case. What was decided gives way to the next that is this seat's.

    Signals: counted(int, int): how many this seat may decide, and how many wait at all; left, when the
    panel was closed by its button.
    """

    counted = Signal(int, int)
    left = Signal()

    def __init__(
        self,
        selection: Selection,
        theme: Theme,
        actions: Mapping[str, QAction],
        failed: Callable[[BaseException], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("approvalsPanel")
        self._selection = selection
        self._door: Door | None = None
        self._place = -1
        self.model = ApprovalsModel(self)
        self._title = plain_label(name="approvalsTitle", look="title")
        self._count = plain_label(name="approvalsCount", look="muted")
        self._close = QToolButton(self)
        self._close.setObjectName("closeApprovalsButton")
        self._close.setProperty("quiet", True)
        self._close.setText("×")
        self._close.clicked.connect(self.left)
        self.list = self._make_list(theme)
        self._empty = plain_label(name="approvalsEmpty", wraps=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._decisions = [self._decision(actions[name]) for name in ("act_allow", "act_refuse")]
        self._decisions[0].setProperty("primary", True)
        self._lay_out()
        self.reload = Reload(self._load, failed, wait_ms=_RELOAD_PAUSE_MS)
        self.list.selectionModel().currentChanged.connect(self._on_row)
        selection.case_changed.connect(self._on_case)
        theme.changed.connect(self.list.viewport().update)
        self.show_words()
        self._show()

    def open(self, door: "Door") -> None:
        self._door = door
        self.reload.wish(now=True)

    def on_changed(self, changes: "Changes") -> None:
        """One case may be our own click: its row, where it is seen, must give way at once."""
        self.reload.wish(now=self.isVisible() and not changes.everything and len(changes.cases) == 1)

    def tick(self, now: datetime) -> None:
        self.model.tick(now)

    def take_keyboard(self) -> None:
        (self._empty if self.list.isHidden() else self.list).setFocus()

    @property
    def has_keyboard(self) -> bool:
        """Whether keys come to the rows, or to the sentence in their place."""
        return self.list.hasFocus() or self._empty.hasFocus()

    def begin(self) -> None:
        """The panel came up: look at the first application that this seat may decide."""
        if self.model.place_of(self._selection.case_id) < 0:
            self._choose(self.model.next_mine(0))

    def on_decided(self, case: Case) -> None:
        """After an act or its undoing: what waits again is looked at again."""
        if self.isVisible() and case.request is not None:
            self._selection.choose_case(case.id)

    def show_words(self) -> None:
        self.list.setAccessibleName(_("待审批的申请"))
        self._title.setText(_("审批"))
        self._close.setAccessibleName(_("回到案件列表"))
        self._close.setToolTip(_("回到案件列表 Esc"))
        self._empty.setText(_("没有等待审批的申请。\n部门申请回退、延期、挂账等,都会到这里来。"))
        self._show()
        self.list.viewport().update()

    async def _load(self) -> None:
        if self._door is None:
            return
        rows = await self._door.approvals()
        before = self._place
        was_mine = 0 <= before < len(self.model.rows) and self.model.rows[before].mine
        self.model.show_rows(rows, self._door.now())
        self.counted.emit(self.model.mine, len(rows))
        at = self.model.place_of(self._selection.case_id)
        decided = at < 0 <= before or (was_mine and at >= 0 and not self.model.rows[at].mine)
        if decided and self.isVisible():
            at = self.model.next_mine(before)
        self._choose(at)
        self._show()

    def _choose(self, place: int) -> None:
        self._place = place
        if place < 0:
            self.list.clearSelection()
            return
        index = self.model.index(place)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _on_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self._place = index.row()
            if self.isVisible():
                self._selection.choose_case(self.model.rows[index.row()].case.id)
        self._show_decisions()

    def _on_case(self, case_id: int) -> None:
        self._choose(self.model.place_of(case_id))
        self._show_decisions()

    def _show(self) -> None:
        count = len(self.model.rows)
        self.list.setVisible(bool(count))
        self._empty.setVisible(not count)
        told = _("共 {count} 件,可由我决定 {mine} 件")
        self._count.setText(told.format(count=count, mine=self.model.mine) if count else "")
        self._show_decisions()

    def _show_decisions(self) -> None:
        """The two answers by their own names: 同意延期, 驳回延期."""
        at = self.model.place_of(self._selection.case_id)
        for button in self._decisions:
            button.setVisible(at >= 0)
        if at < 0:
            return
        request = self.model.rows[at].case.request
        assert request is not None
        for button, key, operation in zip(self._decisions, ("Y", "Shift+Y"), DECIDES[request], strict=True):
            text = f"{key}  {_(OPERATIONS[operation])}"
            button.setText(plain_button(text))
            button.setAccessibleName(text)
            button.setEnabled(self.model.rows[at].mine)

    def _decision(self, action: QAction) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"{action.objectName()}Decision")
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setMinimumHeight(px(40))
        button.clicked.connect(action.trigger)
        return button

    def _make_list(self, theme: Theme) -> ApprovalList:
        made = ApprovalList(self)
        made.setObjectName("approvalsList")
        made.setModel(self.model)
        made.setItemDelegate(ApprovalDelegate(self.model, theme, made))
        made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setUniformItemSizes(True)
        made.setFrameShape(QFrame.Shape.NoFrame)
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(*pxs(12, 8, 10, 8))
        head.setSpacing(px(12))
        head.addWidget(self._title)
        head.addWidget(self._count, 1)
        head.addWidget(self._close)
        foot = QHBoxLayout()
        foot.setContentsMargins(*pxs(12, 8, 12, 10))
        foot.setSpacing(px(8))
        for button in self._decisions:
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._empty, 1)
        layout.addLayout(foot)
