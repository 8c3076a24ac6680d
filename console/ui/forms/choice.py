"""A docked form for what an act asks first: a department, a class and condition, or a reason."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.catalogue import CaseClass, FilingCondition
from console.domain.city import Department
from console.i18n import _, named
from console.ui.widgets import plain_label, tab_order
from console.words import limit

if TYPE_CHECKING:
    from console.services.steps import Told


class ChoiceForm(QFrame):
    """Signals: told(Told) when it was filled in and confirmed; cancelled.

    Ctrl+Enter confirms, Escape leaves.
    """

    told = Signal(object)
    cancelled = Signal()

    def __init__(self, title: str, confirm: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formPane")
        self.setAccessibleName(title)
        self.problem = plain_label(name="warning", wraps=True)
        self.problem.hide()
        self.first: QWidget = self
        self.fields = QVBoxLayout()
        self.confirm = QPushButton(f"{confirm}  Ctrl+Enter", self)
        self.confirm.setObjectName("formConfirm")
        self.confirm.setProperty("primary", True)
        self.confirm.clicked.connect(self._on_confirm)
        self.leave = QPushButton(_("返回 Esc"), self)
        self.leave.setObjectName("formCancel")
        self.leave.clicked.connect(self.cancelled)
        buttons = QHBoxLayout()
        buttons.addWidget(self.confirm, 1)
        buttons.addWidget(self.leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(plain_label(title, name="caseTitle"))
        layout.addLayout(self.fields)
        layout.addWidget(self.problem)
        layout.addLayout(buttons)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(
                QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            shortcut.activated.connect(self._on_confirm)

    def ask(self, *fields: QWidget) -> None:
        """Put the fields above the buttons; the keyboard begins at the first."""
        for field in fields:
            self.fields.addWidget(field)
        self.first = fields[0]
        tab_order(*fields, self.confirm, self.leave)

    def answer(self) -> "Told | str":
        """What was told, or a sentence about what is missing."""
        raise TypeError("a choice form says what it asks for")

    def _on_confirm(self) -> None:
        answer = self.answer()
        if isinstance(answer, str):
            self.problem.setText(answer)
            self.problem.show()
        else:
            self.told.emit(answer)


class DepartmentForm(ChoiceForm):
    """Another department: those the responsibility list names come first."""

    def __init__(
        self,
        title: str,
        confirm: str,
        advised: Sequence[Department],
        others: Sequence[Department],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, confirm, parent)
        first = {item.code for item in advised}
        listed = [*advised, *(item for item in others if item.code not in first)]
        self.department = searchable("formDepartment", [(_named(item), item.code) for item in listed])
        self.department.setAccessibleName(_("部门"))
        self.ask(self.department)

    def answer(self) -> "Told | str":
        from console.services.steps import Told

        code = chosen(self.department)
        return Told(department=code) if code else _("请从列表中选定部门")


class ConditionForm(ChoiceForm):
    """A class and its filing condition; each condition shows the limit it carries."""

    def __init__(
        self, title: str, confirm: str, classes: Sequence[CaseClass], key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, confirm, parent)
        self._classes = {item.key: item for item in classes}
        entries = [(f"{named(item.name, item.name_en)}  {item.code}", item.key) for item in classes]
        self.case_class = searchable("formClass", entries)
        self.case_class.setAccessibleName(_("类别"))
        self.condition = QComboBox(self)
        self.condition.setObjectName("formCondition")
        self.condition.setAccessibleName(_("立案条件"))
        self.condition.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.condition.setMinimumContentsLength(8)
        self.case_class.currentIndexChanged.connect(self._show_conditions)
        self.case_class.setCurrentIndex(max(0, self.case_class.findData(key)))
        self._show_conditions()
        self.ask(self.case_class, self.condition)

    def answer(self) -> "Told | str":
        from console.services.steps import Told

        key, number = chosen(self.case_class), self.condition.currentData()
        return Told(class_key=key, condition=number) if key and number else _("请选定类别和立案条件")

    def _show_conditions(self) -> None:
        self.condition.clear()
        found = self._classes.get(chosen(self.case_class))
        for item in found.conditions if found else ():
            self.condition.addItem(condition_words(item), item.number)


class ReasonForm(ChoiceForm):
    """A reason in words."""

    def __init__(self, title: str, confirm: str, parent: QWidget | None = None) -> None:
        super().__init__(title, confirm, parent)
        self.reason = QPlainTextEdit(self)
        self.reason.setObjectName("formReason")
        self.reason.setAccessibleName(_("理由"))
        self.reason.setPlaceholderText(_("理由(必填)"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(64)
        self.ask(self.reason)

    def answer(self) -> "Told | str":
        from console.services.steps import Told

        note = self.reason.toPlainText().strip()
        return Told(note=note) if note else _("请写明理由")


def condition_words(item: FilingCondition) -> str:
    """A filing condition with its limit, marked where the limit is only proposed."""
    mark = _("(拟定)") if item.proposed else ""
    return f"{limit(item.limit.value, item.limit.unit.value)}{mark} · {item.text}"


def searchable(name: str, entries: Sequence[tuple[str, str]]) -> QComboBox:
    """A list in which typing any part of a name finds it."""
    box = QComboBox()
    box.setObjectName(name)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    for words, code in entries:
        box.addItem(words, code)
    completer = QCompleter(box.model(), box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    box.setCompleter(completer)
    line = box.lineEdit()
    if line is not None:
        line.setObjectName(f"{name}Text")
    return box


def chosen(box: QComboBox) -> str:
    """The code of what stands in the field: nothing is guessed from a text that names nothing."""
    at = box.findText(box.currentText(), Qt.MatchFlag.MatchFixedString)
    code: str | None = box.itemData(at) if at >= 0 else None
    return code or ""


def _named(item: Department) -> str:
    return named(item.name, item.name_en)
