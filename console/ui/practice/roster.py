"""The roster page: a week of shifts, who is on duty in each, put on and taken off here."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.actor import Post
from console.domain.duty import Duty, Shift
from console.domain.lamp import Lamp
from console.i18n import _, named
from console.ui.messages import MessageLine
from console.ui.naming import name_box
from console.ui.practice.tab import Tab
from console.ui.scale import px
from console.ui.site_door import SiteDoor
from console.ui.widgets import plain_label, plain_tip, push_button
from console.words import POSTS
from console.words.dates import day_words, on_weekday

if TYPE_CHECKING:
    from console.queries.duty import Roster

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_WEEK = 7
_SIDE = 320


class WeekModel(QAbstractTableModel):
    """A row for each day, a column for each shift."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.first = date(2000, 1, 3)
        self.shifts: Sequence[Shift] = ()
        self._duties: dict[tuple[date, str], list[Duty]] = {}

    def show_week(self, first: date, roster: "Roster") -> None:
        self.beginResetModel()
        self.first, self.shifts = first, roster.shifts
        self._duties = {}
        for duty in roster.duties:
            self._duties.setdefault((duty.day, duty.shift), []).append(duty)
        self.endResetModel()

    def at(self, index: Index) -> tuple[date, Shift] | None:
        """The day and shift of a cell."""
        if not index.isValid():
            return None
        return self.first + timedelta(days=index.row()), self.shifts[index.column()]

    def duties(self, day: date, shift: str) -> list[Duty]:
        return self._duties.get((day, shift), [])

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() or not self.shifts else _WEEK

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.shifts)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return on_weekday(self.first + timedelta(days=section))
        shift = self.shifts[section]
        return f"{named(shift.name, shift.name_en)} {shift.begins:%H:%M}–{shift.ends:%H:%M}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self.at(index)
        assert found is not None
        told = _("、").join(map(_short, self.duties(found[0], found[1].code)))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return told
            case Qt.ItemDataRole.AccessibleTextRole:
                return told or _("未排")
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(told)
        return None


def _short(duty: Duty) -> str:
    """A name, and whether he leads."""
    return _("{name}(带班)").format(name=duty.person) if duty.leads else duty.person


def _whole(duty: Duty) -> str:
    """A name with what he is on duty as."""
    post = _(POSTS[duty.post]) if duty.post else ""
    return " · ".join(filter(None, (_short(duty), post, duty.seat)))


class DutyList(QListWidget):
    """Signals: removed, when the chosen person is to be taken off."""

    removed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class RosterTab(Tab):
    """The chosen cell is edited beside the week; a whole list is loaded as a file."""

    def __init__(
        self, site: SiteDoor, messages: MessageLine, failed: Callable[[BaseException], None]
    ) -> None:
        super().__init__(site, messages, failed)
        self._door = site.duty()
        today = site.now().astimezone(site.zone).date()
        self._first = today - timedelta(days=today.weekday())
        self._today = today
        self._people: tuple[str, ...] = ()
        self.model = WeekModel(self)
        self.week = self._make_week()
        self._title = plain_label(name="rosterTitle", look="section")
        self._cell = plain_label(name="rosterCell", look="title", wraps=True)
        self.people = DutyList(self)
        self.people.setObjectName("rosterPeople")
        self.people.setAccessibleName(_("本班在岗人员"))
        self.people.removed.connect(self._remove)
        self.person = QComboBox(self)
        self.person.setObjectName("rosterPerson")
        self.person.setEditable(True)
        self.person.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self.person.lineEdit()
        assert line is not None
        line.setPlaceholderText(_("值班人员"))
        name_box(self.person, _("值班人员"))
        self.post = QComboBox(self)
        self.post.setObjectName("rosterPost")
        name_box(self.post, _("值班岗位"))
        self.post.addItem(_("按人员名单的岗位"), None)
        for post, words in POSTS.items():
            if post is not Post.SYSTEM:
                self.post.addItem(_(words), post)
        self.seat = QLineEdit(self)
        self.seat.setObjectName("rosterSeat")
        self.seat.setAccessibleName(_("席位"))
        self.seat.setPlaceholderText(_("席位(可不填)"))
        self.leads = QCheckBox(_("带班领导"), self)
        self.leads.setObjectName("rosterLeads")
        self.put = push_button(self, "rosterPut", self._put, _("排班 Ctrl+回车"))
        self.remove = push_button(self, "rosterRemove", self._remove, _("撤下 Delete"))
        self._lay_out()

    def take_keyboard(self) -> None:
        self.week.setFocus()

    async def _load(self) -> None:
        chosen = self.week.currentIndex()
        place = (chosen.row(), chosen.column()) if chosen.isValid() else (self._today.weekday(), 0)
        roster = await self._door.roster(self._first, self._first + timedelta(days=_WEEK - 1))
        people = tuple(one.member.name for one in await self._site.seats())
        self.model.show_week(self._first, roster)
        if people != self._people:
            self._people = people
            self.person.clear()
            self.person.addItems(people)
            self.person.setCurrentIndex(-1)
            completer = QCompleter(people, self.person)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.person.setCompleter(completer)
        last = self._first + timedelta(days=_WEEK - 1)
        self._title.setText(_("{first} 至 {last}").format(first=day_words(self._first), last=day_words(last)))
        for column in range(self.model.columnCount()):
            self.week.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.week.setCurrentIndex(self.model.index(*place))
        self._show_cell()

    def _turn(self, weeks: int) -> None:
        if weeks:
            self._first += timedelta(days=_WEEK * weeks)
        else:
            self._first = self._today - timedelta(days=self._today.weekday())
        self.reload.wish(now=True)

    def _show_cell(self) -> None:
        found = self.model.at(self.week.currentIndex())
        self.people.clear()
        for button in (self.put, self.remove):
            button.setEnabled(found is not None)
        if found is None:
            return
        day, shift = found
        name = named(shift.name, shift.name_en)
        self._cell.setText(f"{on_weekday(day)} {name}")
        duties = self.model.duties(day, shift.code)
        self.people.addItems([_whole(duty) for duty in duties])
        if duties:
            self.people.setCurrentRow(0)
        self.remove.setEnabled(bool(duties))

    def _put(self) -> None:
        found = self.model.at(self.week.currentIndex())
        name = self.person.currentText().strip()
        if found is None or not name:
            self._messages.say(_("请选定班次和人员"))
            return
        day, shift = found
        post = self.post.currentData()  # Qt gives back a plain text
        seat, leads = self.seat.text(), self.leads.isChecked()
        duty = Duty(day, shift.code, name, Post(post) if post else None, seat, leads)

        async def put() -> None:
            await self._door.put_duty(duty)
            told = _("已排:{day} {shift} {name}")
            self._messages.say(
                told.format(day=day_words(day), shift=named(shift.name, shift.name_en), name=name),
                Lamp.IN_TIME,
            )
            self.leads.setChecked(False)
            self.reload.wish(now=True)

        self._clicks.run(put)

    def _remove(self) -> None:
        found = self.model.at(self.week.currentIndex())
        row = self.people.currentRow()
        if found is None or row < 0:
            return
        day, shift = found
        duty = replace(self.model.duties(day, shift.code)[row])

        async def remove() -> None:
            await self._door.remove_duty(duty)
            told = _("已撤下:{day} {shift} {name}")
            words = told.format(day=day_words(day), shift=named(shift.name, shift.name_en), name=duty.person)
            self._messages.say(words, Lamp.IN_TIME)
            self.reload.wish(now=True)

        self._clicks.run(remove)

    def _make_week(self) -> QTableView:
        week = QTableView(self)
        week.setObjectName("rosterWeek")
        week.setAccessibleName(_("值班表"))
        week.setModel(self.model)
        week.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        week.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        week.setTabKeyNavigation(False)
        week.setWordWrap(True)
        week.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        week.verticalHeader().setMinimumSectionSize(px(44))
        week.horizontalHeader().setHighlightSections(False)
        week.selectionModel().currentChanged.connect(lambda *_cells: self._show_cell())
        return week

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(px(8))
        for name, words, weeks in (
            ("rosterBefore", _("上一周"), -1),
            ("rosterNow", _("本周"), 0),
            ("rosterAfter", _("下一周"), 1),
        ):
            button = QToolButton(self)
            button.setObjectName(name)
            button.setText(words)
            button.setAccessibleName(words)
            button.clicked.connect(lambda _on=False, weeks=weeks: self._turn(weeks))
            head.addWidget(button)
        head.addWidget(self._title)
        head.addStretch(1)
        side = QWidget(self)
        side.setFixedWidth(px(_SIDE))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        for part in (self._cell, self.people, self.remove, self.person, self.post, self.seat, self.leads):
            column.addWidget(part, 1 if part is self.people else 0)
        column.addWidget(self.put)
        middle = QHBoxLayout()
        middle.setSpacing(px(16))
        middle.addWidget(self.week, 1)
        middle.addWidget(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addLayout(head)
        layout.addLayout(middle, 1)
        hint = _("整张值班表由命令行装入:grid-console roster load 班表.xlsx")
        layout.addWidget(plain_label(hint, name="rosterHint", look="muted", wraps=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if entered and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._put()
        else:
            super().keyPressEvent(event)
