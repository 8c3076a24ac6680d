"""The panel behind the "+" of the filter line: everything that can be asked of cases, each set at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QFrame,
    QGridLayout,
    QLineEdit,
    QWidget,
)

from console.domain.case import Flag, Source
from console.domain.filter_form import Standpoint
from console.domain.flow import State
from console.domain.operation import Request
from console.domain.wanted import CaseFilter
from console.i18n import _, named
from console.ui.announcing import announce
from console.ui.naming import name_box
from console.ui.needed import show_fault
from console.ui.queue.chips import span_words
from console.ui.scale import px, pxs
from console.ui.selection import Selection
from console.ui.widgets import plain_label
from console.words import FLAGS, REQUESTS, SOURCES, STATES, refusal

if TYPE_CHECKING:
    from console.command.lexicon import Lexicon
    from console.queries.city import CityLists


def utc_now() -> datetime:
    return datetime.now(UTC)


Change = Callable[[CaseFilter, Any], CaseFilter]
Entries = Sequence[tuple[str, Any]]

_HOURS = (1, 2, 4, 8, 24)
_DAYS = (1, 3, 7, 30)


class FilterPanel(QFrame):
    """Signals: left, when the keyboard is to go back to the line."""

    left = Signal()

    def __init__(self, selection: Selection, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("filterPanel")
        self.setProperty("layer", True)
        self._selection = selection
        self._lists: CityLists | None = None
        self._here = Standpoint()
        self._lexicon: Callable[[], Lexicon] | None = None
        self._now: Callable[[], datetime] = utc_now
        self._boxes: dict[str, tuple[QComboBox, Change, Callable[[CaseFilter], Any]]] = {}
        self._labels: dict[str, Any] = {}
        self.choices: dict[str, list[Any]] = {}  # what the entries of each box stand for
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*pxs(14, 12, 14, 12))
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        for name, field in (
            ("divisionFilter", "division"),
            ("departmentFilter", "department"),
            ("classFilter", "classes"),
        ):
            self._add(name, _to(field), attrgetter(field), typed=True)
        self._add("dueFilter", _due, lambda wanted: (wanted.late, wanted.late_times, wanted.due_within))
        self._add("reportedFilter", self._reported, self._reported_of)
        for name, field in (
            ("sourceFilter", "source"),
            ("requestFilter", "request"),
            ("flagFilter", "flag"),
        ):
            self._add(name, _to(field), attrgetter(field))
        self._add("stateFilter", _to("states"), lambda wanted: wanted.states)
        self._fields = {
            "streetFilter": ("street", self._field("streetFilter", "street")),
            "gridFilter": ("responsibility_grid", self._field("gridFilter", "responsibility_grid")),
        }
        self._mine = self._check("mineFilter", "handler", lambda on: self._here.name if on else "")
        self._waiting = self._check("waitingFilter", "posts", lambda on: self._here.posts if on else ())
        self._text = QLineEdit(self)
        self._text.setObjectName("filterText")
        self._text.returnPressed.connect(self._on_text)
        self._told = plain_label(name="filterProblem", look="warning", wraps=True)
        self._told.hide()
        self._ended = self._check("endedFilter", "everything", lambda on: on)
        self._grid.addWidget(self._text, self._grid.rowCount(), 0, 1, 4)
        self._grid.addWidget(self._told, self._grid.rowCount(), 0, 1, 4)
        selection.filter_changed.connect(self._show)
        self.hide()

    def speak(self, lexicon: "Callable[[], Lexicon]", now: Callable[[], datetime]) -> None:
        """Let the whole filter be read and written as a line of text, in the words of the command line."""
        self._lexicon, self._now = lexicon, now
        self._show(self._selection.wanted)

    def show_lists(self, lists: "CityLists | None", here: Standpoint) -> None:
        """What there is to choose from, and who chooses."""
        self._lists, self._here = lists, here
        self.show_words()

    def show_words(self) -> None:
        words = {
            "divisionFilter": _("区域"), "departmentFilter": _("部门"), "classFilter": _("类别"),
            "dueFilter": _("时限"), "reportedFilter": _("上报"), "sourceFilter": _("来源"),
            "requestFilter": _("待审批"), "flagFilter": _("标记"), "stateFilter": _("状态"),
            "streetFilter": _("街道代码"), "gridFilter": _("责任网格"),
        }  # fmt: skip
        entries = self._entries()
        for name, (box, _change, _value) in self._boxes.items():
            box.blockSignals(True)
            box.clear()
            self.choices[name] = [value for _words, value in entries[name]]
            for told, value in entries[name]:
                box.addItem(told, value if type(value) is str else None)  # Qt makes plain texts of codes
            box.blockSignals(False)
            name_box(box, words[name], self._labels[name])
        for name, (_field, line) in self._fields.items():
            line.setAccessibleName(words[name])
        for name, label in self._labels.items():
            label.setText(words[name])
        for check, told in (
            (self._mine, _("我的:由我经手")),
            (self._waiting, _("等我办:下一步归我的岗位")),
            (self._ended, _("含已办结")),
        ):
            check.setText(told)
        self._text.setAccessibleName(_("筛选条件文字"))
        self._text.setPlaceholderText(_("整条筛选的文字,例如:井盖 未派 >2h"))
        self.setAccessibleName(_("添加筛选条件"))
        self._show(self._selection.wanted)

    def take_keyboard(self) -> None:
        self._text.setFocus()
        self._text.selectAll()

    def _on_text(self) -> None:
        """Enter: the cases that the line asks for; what it does not mean is told under it."""
        if self._lexicon is None:
            return
        from console.command.reader import read
        from console.command.readings import Empty, Filtering, Unread

        meant = read(self._text.text(), self._lexicon(), self._now())
        if isinstance(meant, Filtering | Empty):
            wanted = meant.wanted if isinstance(meant, Filtering) else CaseFilter()
            self._selection.want(wanted)
            self.left.emit()
            return
        told = refusal(meant.problem) if isinstance(meant, Unread) else _("这一行不是筛选条件")
        self._told.setText(told)
        self._told.show()
        show_fault(told, self._text)
        announce(self._text, told, grave=True)
        self.adjustSize()

    def _write(self, wanted: CaseFilter) -> None:
        """The filter as text, unless somebody is writing it."""
        if (
            self._lexicon is None
            or not self.isVisible()
            or (self._text.hasFocus() and self._text.isModified())
        ):
            return
        from console.command.writing import told_filter

        self._text.setText(told_filter(wanted, self._lexicon()))
        self._told.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._write(self._selection.wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            event.ignore()

    def _entries(self) -> dict[str, Entries]:
        lists = self._lists
        late: list[tuple[str, Any]] = [(_("超期"), (True, 0, None))]
        late += [
            (_("超期 {times:g} 倍").format(times=times), (False, float(times), None)) for times in (2, 3)
        ]
        due = [
            (
                _("{span}内到期").format(span=span_words(timedelta(hours=one))),
                (False, 0, timedelta(hours=one)),
            )
            for one in _HOURS
        ]
        days = [timedelta(days=one) for one in _DAYS]
        reported: list[tuple[str, Any]] = [(_("今日"), ("today", None))]
        reported += [(_("{span}内上报").format(span=span_words(one)), ("newer", one)) for one in days]
        reported += [(_("上报超过 {span}").format(span=span_words(one)), ("older", one)) for one in days]
        return {
            "divisionFilter": [(_("全部区域"), ""), *_named(lists.divisions if lists else (), "code")],
            "departmentFilter": [(_("全部部门"), ""), *_named(lists.departments if lists else (), "code")],
            "classFilter": [(_("全部类别"), ""), *_named(lists.classes if lists else (), "key")],
            "dueFilter": [(_("不限"), (False, 0, None)), *late, *due],
            "reportedFilter": [(_("不限"), ("", None)), *reported],
            "sourceFilter": [(_("不限"), None), *((_(SOURCES[one]), one) for one in Source)],
            "requestFilter": [(_("不限"), None), *((_(REQUESTS[one]), one) for one in Request)],
            "flagFilter": [(_("不限"), None), *((_(FLAGS[one]), one) for one in Flag)],
            "stateFilter": [(_("不限"), ()), *((_(STATES[one]), (one,)) for one in State)],
        }

    def _show(self, wanted: CaseFilter) -> None:
        self._write(wanted)
        for box, _change, value in self._boxes.values():
            told, known = value(wanted), self.choices.get(box.objectName(), [])
            at = known.index(told) if told in known else -1
            box.blockSignals(True)
            box.setCurrentIndex(at)
            box.blockSignals(False)
            line = box.lineEdit()
            if line is not None and not line.hasFocus():
                line.setCursorPosition(0)  # a long name shows its beginning
        for field, line in self._fields.values():
            if not line.hasFocus():
                line.setText(getattr(wanted, field))
        for check, on in (
            (self._mine, bool(wanted.handler) and wanted.handler == self._here.name),
            (self._waiting, bool(wanted.posts) and wanted.posts == self._here.posts),
            (self._ended, wanted.everything),
        ):
            check.blockSignals(True)
            check.setChecked(on)
            check.blockSignals(False)

    def _reported(self, wanted: CaseFilter, value: tuple[str, timedelta | None]) -> CaseFilter:
        kind, long = value
        return replace(
            wanted,
            reported_since=self._here.today if kind == "today" else None,
            reported_until=None,
            newer_than=long if kind == "newer" else None,
            older_than=long if kind == "older" else None,
        )

    def _reported_of(self, wanted: CaseFilter) -> tuple[str, timedelta | None]:
        if wanted.reported_since is not None and wanted.reported_since == self._here.today:
            return "today", None
        if wanted.newer_than is not None:
            return "newer", wanted.newer_than
        return ("", None) if wanted.older_than is None else ("older", wanted.older_than)

    def _add(
        self, name: str, change: Change, value: Callable[[CaseFilter], Any], *, typed: bool = False
    ) -> None:
        box = _typed_box(self, name) if typed else QComboBox(self)
        box.setObjectName(name)
        box.setMinimumContentsLength(5)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.currentIndexChanged.connect(lambda _at: self._on_chosen(box, change))
        self._boxes[name] = (box, change, value)
        self._put(name, box)

    def _field(self, name: str, field: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.editingFinished.connect(
            lambda: self._selection.narrow(lambda wanted: _to(field)(wanted, line.text().strip()))
        )
        self._put(name, line)
        return line

    def _check(self, name: str, field: str, change: Callable[[bool], Any]) -> QCheckBox:
        check = QCheckBox(self)
        check.setObjectName(name)
        check.toggled.connect(
            lambda on: self._selection.narrow(lambda wanted: _to(field)(wanted, change(on)))
        )
        row = self._grid.rowCount()
        self._grid.addWidget(check, row, 0, 1, 4)
        return check

    def event(self, event: QEvent) -> bool:
        # The grid gives a row the height of its field; a label that wraps may need more. Other words make
        # other columns though the panel stays as wide, and with them lines more or less.
        done = super().event(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show}:
            for label in getattr(self, "_labels", {}).values():  # Qt asks while it makes the panel
                # Its own heightForWidth, once the text can be selected, breaks after every Chinese character.
                room = QRect(0, 0, label.contentsRect().width(), label.maximumHeight())
                flags = Qt.TextFlag.TextWordWrap
                needed = label.fontMetrics().boundingRect(room, flags, label.text()).height()
                if needed != label.minimumHeight():
                    label.setMinimumHeight(needed)
        return done

    def _put(self, name: str, widget: QWidget) -> None:
        at = len(self._labels)
        label = self._labels[name] = plain_label(name=f"filterLabel_{name}", look="section", wraps=True)
        self._grid.addWidget(label, at // 2, 2 * (at % 2))
        self._grid.addWidget(widget, at // 2, 2 * (at % 2) + 1)

    def _on_chosen(self, box: QComboBox, change: Change) -> None:
        if box.currentIndex() >= 0:
            value = self.choices[box.objectName()][box.currentIndex()]
            self._selection.narrow(lambda wanted: change(wanted, value))


def _to(field: str) -> Change:
    """Sets one field."""

    def change(wanted: CaseFilter, value: Any) -> CaseFilter:
        told: dict[str, Any] = {field: value}
        return replace(wanted, **told)

    return change


def _due(wanted: CaseFilter, value: tuple[bool, float, timedelta | None]) -> CaseFilter:
    late, times, within = value
    return replace(wanted, late=late, late_times=times, due_within=within)


def _named(items: Sequence[Any], key: str) -> list[tuple[str, str]]:
    return [(named(one.name, one.name_en), getattr(one, key)) for one in items]


def _typed_box(parent: QWidget, name: str) -> QComboBox:
    """A long list that narrows while one types; what names nothing gives way to what is chosen."""
    box = QComboBox(parent)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    completer = QCompleter(box.model(), box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    box.setCompleter(completer)
    line = box.lineEdit()
    assert line is not None
    line.setObjectName(f"{name}Text")

    def settle() -> None:
        typed = box.findText(box.currentText(), Qt.MatchFlag.MatchFixedString)
        box.setCurrentIndex(typed if typed >= 0 else max(0, box.currentIndex()))
        if typed < 0:
            box.setEditText(box.itemText(box.currentIndex()))

    line.editingFinished.connect(settle)
    return box
