"""Fields that choose from the city's lists: departments, sections, conditions, people, other cases."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QToolButton, QWidget
from shiboken6 import isValid

from console.domain.operation import Operation
from console.i18n import _, named
from console.ui.edge import Reload
from console.ui.flow_layout import FlowRow
from console.ui.forms.field import Asked, Field
from console.ui.forms.lists import (
    Entry,
    chosen,
    class_entries,
    condition_words,
    department_entries,
    fill,
    searchable,
)
from console.ui.widgets import plain_button

_TERRITORY = "territory"


class DepartmentField(Field):
    """The department that answers: those of the responsibility list first, the area's own at the end."""

    needed = True

    def __init__(self, asked: Asked) -> None:
        super().__init__(_("部门"))
        entries = department_entries(asked.card.advice.departments, asked.lists.departments)
        if asked.action.operation is Operation.REDISPATCH:
            entries = [entry for entry in entries if entry.code != asked.card.case.department]
        self.box = searchable("formDepartment", [*entries, Entry(_("属地兜底(案件所在区域)"), _TERRITORY)])
        self.put(self.box)

    def told(self) -> Mapping[str, Any]:
        code = chosen(self.box)
        return {"territory": True} if code == _TERRITORY else {"department": code}

    def missing(self) -> str:
        return "" if chosen(self.box) else _("请从列表中选定部门")


class ConcludedField(Field):
    """The department that a consultation concluded on, if it did."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(_("会商确定的部门(可不填)"))
        entries = department_entries(asked.card.advice.departments, asked.lists.departments)
        self.box = searchable("formConcluded", entries)
        self.box.setCurrentIndex(-1)
        self.put(self.box)

    def told(self) -> Mapping[str, Any]:
        return {"department": chosen(self.box)}

    def missing(self) -> str:
        return _("请从列表中选定部门") if self.box.currentText().strip() and not chosen(self.box) else ""


class AssistingField(Field):
    """Any number of helping departments: a chosen one joins the row under the list, a click takes it out."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(_("协办部门(可多选)"))
        self.setObjectName("formAssistingField")
        self._names = {item.code: named(item.name, item.name_en) for item in asked.lists.departments}
        self.box = searchable("formAssisting", department_entries((), asked.lists.departments))
        self.box.setCurrentIndex(-1)
        self.box.activated.connect(self._on_activated)
        self._chips = FlowRow(self)
        self._chips.setObjectName("formAssistingChosen")
        self._codes: list[str] = []
        self.put(self.box, self._chips)
        self.parts = (self.box,)
        for code in asked.card.case.assisting:
            self._add(code)
        self._chips.setVisible(bool(self._codes))

    def told(self) -> Mapping[str, Any]:
        typed = chosen(self.box)
        return {"assisting": tuple(dict.fromkeys([*self._codes, *([typed] if typed else [])]))}

    def missing(self) -> str:
        return _("请从列表中选定部门") if self.box.currentText().strip() and not chosen(self.box) else ""

    def draft(self) -> list[str]:
        return [*self._codes, self.box.currentText()]

    def take_draft(self, told: list[str]) -> None:
        for chip in self._chips.findChildren(QToolButton):
            self._chips.take(chip)
        self._codes.clear()
        for code in told[:-1]:
            self._add(code)
        self._chips.setVisible(bool(self._codes))
        self.box.setEditText(told[-1])

    def _on_activated(self, _at: int) -> None:
        code = chosen(self.box)
        if code and code not in self._codes:
            self._add(code)
        self.box.setCurrentIndex(-1)
        self.box.clearEditText()

    def _add(self, code: str) -> None:
        self._codes.append(code)
        chip = QToolButton(self._chips)
        chip.setObjectName(f"formAssisting_{code}")
        chip.setProperty("chip", True)
        chip.setText(plain_button(f"{self._names.get(code, code)}  ×"))
        chip.setAccessibleName(_("去掉协办部门:{name}").format(name=self._names.get(code, code)))
        chip.clicked.connect(lambda: self._remove(code, chip))
        self._chips.add(chip)
        self._chips.show()

    def _remove(self, code: str, chip: QToolButton) -> None:
        self._codes.remove(code)
        self._chips.take(chip)
        self._chips.setVisible(bool(self._codes))
        self.box.setFocus()


class UnitField(Field):
    """A section of the department, or a department of the area it answers for."""

    needed = True

    def __init__(self, asked: Asked) -> None:
        super().__init__(_("二级部门"))
        case = asked.card.case
        areas = {case.committee, case.district} - {""}
        others = [
            item
            for item in asked.lists.departments
            if item.division in areas and item.code != case.department
        ]
        self.box = searchable("formUnit", department_entries(asked.card.advice.units, others))
        self.put(self.box)

    def told(self) -> Mapping[str, Any]:
        return {"unit": chosen(self.box)}

    def missing(self) -> str:
        if not self.box.count():
            return _("该部门没有二级部门")
        return "" if chosen(self.box) else _("请从列表中选定部门")


class ConditionField(Field):
    """A class and its filing condition; each condition shows the limit it carries."""

    needed = True

    def __init__(self, asked: Asked) -> None:
        super().__init__(_("类别和立案条件"))
        classes = asked.lists.classes
        self._classes = {item.key: item for item in classes}
        self.case_class = searchable("formClass", class_entries(classes))
        self.case_class.setAccessibleName(_("类别"))
        self.condition = _narrow("formCondition", _("立案条件"))
        self.case_class.currentIndexChanged.connect(self._show_conditions)
        self.case_class.setCurrentIndex(max(0, self.case_class.findData(asked.card.case.class_key)))
        self._show_conditions()
        self.put(self.case_class, self.condition)

    @property
    def asked_of(self) -> Sequence[QWidget]:
        return self.parts

    def told(self) -> Mapping[str, Any]:
        return {"class_key": chosen(self.case_class), "condition": self.condition.currentData()}

    def missing(self) -> str:
        whole = chosen(self.case_class) and self.condition.currentData()
        return "" if whole else _("请选定类别和立案条件")

    def _show_conditions(self) -> None:
        found = self._classes.get(chosen(self.case_class))
        self.condition.clear()
        for item in found.conditions if found else ():
            self.condition.addItem(condition_words(item), item.number)


class ClosingField(Field):
    """Which closing condition was met; that of the condition it was filed under is chosen beforehand."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(_("结案条件"))
        self.box = _narrow("formClosing", self.words)
        found = asked.card.case_class
        for item in found.conditions if found else ():
            self.box.addItem(f"{item.closing} · {item.text}", item.number)
        self.box.setCurrentIndex(max(0, self.box.findData(asked.card.case.condition)))
        self.put(self.box)

    def told(self) -> Mapping[str, Any]:
        return {"condition": self.box.currentData() or 0}


class PersonField(Field):
    """Who is sent: the nearest patroller is chosen beforehand; any name may be typed, or none."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(_("监督员(由近到远)"))
        near = asked.card.advice.patrollers
        entries = [Entry(f"{one.member.name}  {distance(one.metres)}", one.member.name) for one in near]
        self.box = searchable("formPerson", entries, free=True)
        self.put(self.box)

    def told(self) -> Mapping[str, Any]:
        return {"person": chosen(self.box) or self.box.currentText().strip()}


class HolderField(PersonField):
    """Whom the case is handed to; somebody must be named."""

    needed = True

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self.box.setCurrentIndex(-1)
        self.box.setAccessibleName(_("交给谁"))

    def missing(self) -> str:
        return "" if self.box.currentText().strip() else _("请写明交给谁")


class OtherCaseField(Field):
    """The case to merge into: open ones like it close by are offered, any code may be typed."""

    needed = True

    def __init__(self, asked: Asked) -> None:
        super().__init__(_("并入案件(附近同类,或输入编号)"))
        self.setObjectName("formOtherCase")
        self._asked = asked
        self._touched = False  # what is offered by itself is no draft
        self.box = searchable("formOther", ())
        self.box.activated.connect(self._on_touched)
        self.box.editTextChanged.connect(lambda _text: self._on_typed())
        self.put(self.box)
        self.reload = Reload(self._load, asked.failed)
        self.reload.wish(now=True)

    def told(self) -> Mapping[str, Any]:
        return {"other": chosen(self.box) or self.box.currentText().strip()}

    def missing(self) -> str:
        return "" if self.box.currentText().strip() else _("请选定或输入要并入的案件编号")

    def draft(self) -> str:
        return self.box.currentText() if self._touched else ""

    def take_draft(self, told: str) -> None:
        """What stood here, or the nearest again where nothing did."""
        self._touched = bool(told)
        if told:
            self.box.setEditText(told)
        else:
            self.box.setCurrentIndex(0)

    def _on_touched(self) -> None:
        self._touched = True

    def _on_typed(self) -> None:
        line = self.box.lineEdit()
        self._touched = self._touched or (line is not None and line.isModified())

    async def _load(self) -> None:
        found = await self._asked.similar()
        if not isValid(self):
            return  # the form was left meanwhile
        typed = self.box.currentText()
        entries: Sequence[Entry] = [
            Entry(f"{distance(one.metres)} · {one.code} · {one.address or one.description}", one.code)
            for one in found
        ]
        fill(self.box, entries)
        line = self.box.lineEdit()
        if typed:
            self.box.setEditText(typed)
        elif line is not None and line.hasFocus():
            line.selectAll()  # who means another types its code in the place of what is offered


def distance(metres: float) -> str:
    """A distance as one reads it."""
    if metres < 1000:
        return _("{metres} 米").format(metres=f"{metres:.0f}")
    return _("{kilometres} 公里").format(kilometres=f"{metres / 1000:.1f}")


def _narrow(name: str, words: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(words)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    return box
