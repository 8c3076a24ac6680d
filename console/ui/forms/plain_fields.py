"""Fields that need no list of the city: words, a date, one of a few answers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QDateEdit,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from console.domain.operation import Operation
from console.i18n import N_, _
from console.ui.forms.field import Asked, Field
from console.ui.scale import px
from console.ui.turning import tell_exclusive

_TALL = 64
_LOW = 44
_LONGEST_DAYS = 364  # the whole of the last day lies within a year
_USUAL_DAYS = 14

# What the words of an operation are, where they are not simply its reason.
_REASONS = {
    Operation.ANSWER: N_("答复内容"),
    Operation.CONSULT: N_("会商结论"),
    Operation.SUPERVISE: N_("督办要求"),
    Operation.REPLY_SUPERVISION: N_("督办回复"),
    Operation.REWORK: N_("返工要求"),
}


class ReasonField(Field):
    """Words that must be said."""

    needed = True

    def __init__(self, asked: Asked) -> None:
        operation = asked.action.operation
        words = _REASONS.get(operation, N_("理由")) if isinstance(operation, Operation) else N_("理由")
        super().__init__(_(words))
        self.text = _text("formReason", px(_TALL))
        self.put(self.text)

    def told(self) -> Mapping[str, Any]:
        return {"note": self.text.toPlainText().strip()}

    def missing(self) -> str:
        return "" if self.text.toPlainText().strip() else _("请写明{what}").format(what=self.words)


class NoteField(Field):
    """Words that may be said."""

    def __init__(self, _asked: Asked) -> None:
        super().__init__(_("意见(可不填)"))
        self.text = _text("formNote", px(_LOW))
        self.put(self.text)

    def told(self) -> Mapping[str, Any]:
        return {"note": self.text.toPlainText().strip()}


class _Day(QDateEdit):
    """Tab goes on to the next field and not through year, month and day: Left and Right do that."""

    def focusNextPrevChild(self, ahead: bool) -> bool:
        return QWidget.focusNextPrevChild(self, ahead)


class UntilField(Field):
    """A day, its last minute meant, at most a year ahead."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(_("挂账至"))
        self._zone = asked.zone
        today = asked.now.astimezone(asked.zone).date()
        self.day = _Day(self)
        self.day.setObjectName("formUntil")
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setMinimumDate(_date(today + timedelta(days=1)))
        self.day.setMaximumDate(_date(today + timedelta(days=_LONGEST_DAYS)))
        self.day.setDate(_date(today + timedelta(days=_USUAL_DAYS)))
        self.put(self.day)

    def told(self) -> Mapping[str, Any]:
        day = self.day.date()
        return {"until": datetime(day.year(), day.month(), day.day(), 23, 59, tzinfo=self._zone)}


class OptionsField(Field):
    """One of a few answers, all of them in sight; none is chosen beforehand unless it is `usual`."""

    needed = True

    def __init__(
        self, words: str, told_as: str, options: Sequence[tuple[str, object]], usual: object = None
    ) -> None:
        super().__init__(words)
        self._told_as = told_as
        self._values = [value for _words, value in options]
        self._group = QButtonGroup(self)
        base = f"form{told_as.capitalize()}"
        row = QWidget(self)
        row.setObjectName(base)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(6))
        buttons: list[QAbstractButton] = []
        for at, (shown, value) in enumerate(options):
            button = QPushButton(shown, row)
            button.setObjectName(f"{base}_{getattr(value, 'value', value)}")
            button.setCheckable(True)
            button.setProperty("option", True)
            button.setChecked(value == usual)
            button.setAccessibleName(f"{words}: {shown}")
            self._group.addButton(button, at)
            line.addWidget(button, 1)
            buttons.append(button)
        tell_exclusive(self._group)
        row.setAccessibleName(words)
        self.put(row)
        self.parts = buttons

    @property
    def asked_of(self) -> Sequence[QWidget]:
        return self.parts

    def told(self) -> Mapping[str, Any]:
        return {self._told_as: self._values[self._group.checkedId()]}

    def missing(self) -> str:
        return "" if self._group.checkedId() >= 0 else _("请选定{what}").format(what=self.words)


def _text(name: str, height: int) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setObjectName(name)
    field.setTabChangesFocus(True)
    field.setFixedHeight(height)
    return field


def _date(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
