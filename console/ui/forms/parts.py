"""The field of a split: up to five parts, each with what is to be done and, if known, by whom."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from console.domain.acts import Part
from console.i18n import _
from console.ui.forms.field import Asked, Field
from console.ui.forms.lists import chosen, department_entries, searchable
from console.ui.naming import name_box
from console.ui.scale import px

_MOST = 5


class PartsField(Field):
    """Lines left empty are no parts; a part without a department waits to be dispatched."""

    needed = True

    def __init__(self, asked: Asked) -> None:
        super().__init__(_("拆成(每行一件:做什么,交给谁)"))
        entries = department_entries(asked.card.advice.departments, asked.lists.departments)
        self._lines: list[tuple[QLineEdit, QComboBox]] = []
        rows: list[QWidget] = []
        for at in range(_MOST):
            text = QLineEdit()
            text.setObjectName(f"formPart_{at + 1}")
            text.setAccessibleName(_("第 {number} 件").format(number=at + 1))
            text.setPlaceholderText(text.accessibleName())
            to = searchable(f"formPartDepartment_{at + 1}", entries)
            to.setCurrentIndex(-1)
            row = QWidget()
            row.setObjectName(f"formPartRow_{at + 1}")
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(px(6))
            line.addWidget(text, 3)
            line.addWidget(to, 2)
            name_box(to, _("第 {number} 件的部门").format(number=at + 1))
            self._lines.append((text, to))
            rows.append(row)
        self.put(*rows)
        self.parts = [widget for line in self._lines for widget in line]

    def told(self) -> Mapping[str, Any]:
        return {
            "parts": tuple(
                Part(text.text().strip(), chosen(to)) for text, to in self._lines if text.text().strip()
            )
        }

    def missing(self) -> str:
        if not any(text.text().strip() for text, _to in self._lines):
            return _("请至少写明一件")
        unknown = [to for _text, to in self._lines if to.currentText().strip() and not chosen(to)]
        return _("请从列表中选定部门") if unknown else ""
