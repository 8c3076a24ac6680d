"""The rights page: the matrix of posts and operations, the states of one cell, and saving as a whole."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPainterPath, QPen, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from console.domain.flow import State
from console.domain.lamp import Lamp
from console.domain.practice_form import as_plain, from_plain
from console.i18n import _
from console.ui.messages import MessageLine
from console.ui.practice.rights_model import POST_COLUMNS, ROWS, RightsModel, states_of
from console.ui.practice.tab import Tab
from console.ui.practice.tall_heads import TallHeads
from console.ui.scale import px
from console.ui.site_door import SiteDoor
from console.ui.theme import Theme
from console.ui.turning import on_turn
from console.ui.widgets import plain_label, push_button, tab_order
from console.words import STATES
from console.words.dates import short_moment
from console.words.practice import flaw

if TYPE_CHECKING:
    from console.queries.site import SitePractice

_SIDE = 270
_HISTORY = 6


class RightsTable(QTableView):
    """Space or a click turns a cell."""

    def __init__(self, rights: RightsModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rightsTable")
        self._rights = rights
        self.setModel(rights)
        self.setItemDelegate(_CellDelegate(rights, theme, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(px(30))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setHighlightSections(True)
        self.verticalHeader().setMinimumWidth(px(130))
        heads = TallHeads(self)
        heads.setHighlightSections(True)
        self.setHorizontalHeader(heads)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyboardSearch(self, search: str) -> None:
        return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._turn(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._turn(self.indexAt(event.position().toPoint()))

    def _turn(self, index: QModelIndex) -> None:
        if index.isValid():
            self._rights.toggle(ROWS[index.row()], POST_COLUMNS[index.column()])


class RightsTab(Tab):
    """Nothing holds before it is saved, and then the whole of it."""

    def __init__(
        self, site: SiteDoor, theme: Theme, messages: MessageLine, failed: Callable[[BaseException], None]
    ) -> None:
        super().__init__(site, messages, failed)
        self._found: SitePractice | None = None
        self.model = RightsModel(self)
        self.table = RightsTable(self.model, theme, self)
        self.table.setAccessibleName(_("岗位权限"))
        self._cell = plain_label(name="rightsCell", look="section", wraps=True)
        self._boxes: dict[State, QCheckBox] = {}
        self._states = QVBoxLayout()
        self._history = plain_label(name="rightsHistory", look="muted", wraps=True)
        self._former = push_button(self, "formerPracticeButton", self._load_former, _("载入上一版"))
        self.note = QLineEdit(self)
        self.note.setObjectName("practiceNote")
        self.note.setAccessibleName(_("修改说明"))
        self.note.setPlaceholderText(_("修改说明,写入流水"))
        self._save = push_button(self, "savePracticeButton", self.save, _("保存规程 Ctrl+S"))
        self._save.setProperty("primary", True)
        self._drop = push_button(self, "dropPracticeButton", self._drop_edits, _("放弃修改"))
        for part in (self.note, self._drop, self._save):
            part.setMinimumHeight(px(40))
        shortcut = QShortcut(QKeySequence.StandardKey.Save, self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save)
        self.model.edited.connect(self._on_edited)
        self.table.selectionModel().currentChanged.connect(lambda *_at: self._show_cell())
        self._lay_out()
        tab_order(self.table, self._former, self.note, self._drop, self._save)
        self._on_edited()

    @property
    def busy(self) -> bool:
        return self.model.dirty

    def take_keyboard(self) -> None:
        self.table.setFocus()
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def save(self) -> None:
        if self.model.dirty:
            self._clicks.run(self._save_whole)

    async def _load(self) -> None:
        self._found = await self._site.practice()
        place = self.table.currentIndex()
        row, column = max(0, place.row()), max(0, place.column())
        self.model.show_rights(self._found.practice.rights)
        self.table.setCurrentIndex(self.model.index(row, column))
        self._tell_history(self._found)
        self._on_edited()

    async def _save_whole(self) -> None:
        assert self._found is not None
        wanted = replace(self._found.practice, rights=self.model.rights())
        practice, flaws = from_plain(as_plain(wanted))
        if practice is None:
            told = _(";").join(flaw(one.key, one.rule, one.value) for one in flaws[:3])
            self._messages.say(told, Lamp.LATE)
            return
        await self._site.save_practice(practice, self.note.text())
        self.note.clear()
        self._messages.say(_("规程已保存,即时生效;可用“载入上一版”恢复"), Lamp.IN_TIME)
        await self._load()

    def _load_former(self) -> None:
        if self._found is not None and self._found.former is not None:
            self.model.edit_rights(self._found.former.rights)
            self._messages.say(_("已载入上一版的权限,保存后生效"))

    def _drop_edits(self) -> None:
        if self._found is not None:
            self.model.show_rights(self._found.practice.rights)
            self._on_edited()

    def _on_edited(self) -> None:
        dirty = self.model.dirty
        for button in (self._save, self._drop):
            button.setEnabled(dirty)
        self._former.setEnabled(self._found is not None and self._found.former is not None)
        self._show_cell()
        self.table.viewport().update()

    def _show_cell(self) -> None:
        for box in self._boxes.values():
            self._states.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {}
        index = self.table.currentIndex()
        if not index.isValid():
            self._cell.setText(_("选一格:空格或单击改变,右侧细分到状态。"))
            return
        operation, post = ROWS[index.row()], POST_COLUMNS[index.column()]
        self._cell.setText(self.model.words(operation, post))
        held = self.model.states(operation, post) if self.model.holds(operation, post) else frozenset()
        for state in states_of(operation):
            box = QCheckBox(_(STATES[state]), self)
            box.setObjectName(f"right_in_{state.value}")
            box.setChecked(held is None or state in held)
            on_turn(box, self._on_states)
            self._states.addWidget(box)
            self._boxes[state] = box

    def _on_states(self) -> None:
        index = self.table.currentIndex()
        states = frozenset(state for state, box in self._boxes.items() if box.isChecked())
        self.model.set_states(ROWS[index.row()], POST_COLUMNS[index.column()], states)

    def _tell_history(self, found: "SitePractice") -> None:
        lines = [
            " · ".join(filter(None, (short_moment(fact.at, self._site.zone), fact.by, fact.note)))
            for fact in found.changes[:_HISTORY]
        ]
        self._history.setText("\n".join(lines) or _("规程还没有改过"))

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(px(8))
        side.addWidget(self._cell)
        side.addLayout(self._states)
        side.addSpacing(px(12))
        side.addWidget(plain_label(_("最近的修改"), name="rightsHistoryTitle", look="section"))
        side.addWidget(self._history)
        side.addWidget(self._former)
        side.addStretch(1)
        beside = QWidget()
        beside.setFixedWidth(px(_SIDE))
        beside.setLayout(side)
        top = QHBoxLayout()
        top.setSpacing(px(16))
        top.addWidget(self.table, 1)
        top.addWidget(beside)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.note, 1)
        foot.addWidget(self._drop)
        foot.addWidget(self._save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top, 1)
        layout.addLayout(foot)


class _CellDelegate(QStyledItemDelegate):
    """Filled square: in every state; half-filled: in some; empty: not. A corner marks what is not saved."""

    def __init__(self, model: RightsModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        operation, post = ROWS[index.row()], POST_COLUMNS[index.column()]
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self._theme.colour("accent_ground"))
        painter.setPen(self._theme.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(self._theme.colour("accent"), px(2)))
            painter.drawRect(box.adjusted(px(1), px(1), -px(1), -px(1)))
        mark = QRectF(box.center().x() - px(8), box.center().y() - px(8), px(16), px(16))
        self._paint_mark(painter, mark, operation in ROWS and self._model.holds(operation, post), index)
        if self._model.is_changed(operation, post):
            corner = QPainterPath(QPointF(box.right() - px(9), box.top() + 1))
            corner.lineTo(box.right() - 1, box.top() + 1)
            corner.lineTo(box.right() - 1, box.top() + 9)
            painter.fillPath(corner, self._theme.colour("accent"))
        painter.restore()

    def _paint_mark(
        self, painter: QPainter, mark: QRectF, held: bool, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        accent = self._theme.colour("accent")
        painter.setPen(QPen(accent if held else self._theme.colour("muted"), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(mark, px(3), px(3))
        if not held:
            return
        states = self._model.states(ROWS[index.row()], POST_COLUMNS[index.column()])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        if states is not None:
            painter.drawRect(
                QRectF(mark.x() + px(3), mark.center().y(), mark.width() - px(6), mark.height() / 2 - px(3))
            )
            return
        painter.drawRoundedRect(mark, px(3), px(3))
        painter.setPen(QPen(self._theme.colour("on_accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        tick = QPainterPath(QPointF(mark.x() + px(4), mark.center().y()))
        tick.lineTo(mark.x() + px(7), mark.bottom() - px(4.5))
        tick.lineTo(mark.right() - px(3.5), mark.y() + px(5))
        painter.drawPath(tick)
