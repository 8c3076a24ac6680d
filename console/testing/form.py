"""The page of the docked form: where words must be typed."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from console.testing import reading
from console.testing.filling import fill
from console.testing.waiting import NotInTimeError
from console.ui.photos.picker import EvidencePicker

if TYPE_CHECKING:
    from console.testing.console import Console

_FORMS = ("formPane", "reportForm")
_CONFIRM, _CANCEL = ("formConfirm", "reportConfirm"), ("formCancel", "reportCancel")
_PROBLEM = ("formProblem", "reportProblem")


class FormPage:
    """The form beside the map: of an act, or of a new report."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def is_open(self) -> bool:
        """Whether a form is open."""
        return self._console.window.side.busy

    @property
    def of(self) -> str:
        """What is asked: the act, as "act_dispatch_other", or "report"; empty where no form is open."""
        side = self._console.window.side
        if side.report is not None:
            return "report"
        return "" if side.form is None else side.form.action.name

    @property
    def problem(self) -> str:
        """What the form says is missing or was refused; empty where nothing is."""
        return next((self._console.text(name) for name in _PROBLEM if self._console.shows(name)), "")

    @property
    def fields(self) -> dict[str, str]:
        """The fields of the open form by object name, each with its value as shown."""
        return {one.objectName(): reading.text(one) for one in self._inputs()}

    def fill(self, name: str, value: str) -> None:
        """Fill one field, whatever it is.

        A text is typed over what stands there; of a list the entry is taken that has this code, or else these
        words; a date is given as 2026-03-27. Of several buttons one is chosen by the field's name and the
        answer's code: fill("formResult", "absent"). AssertionError for a name or an answer that is not there.
        """
        fill(self._console, name, value)

    def attach(self, *files: Path) -> None:
        """Give photos or files to the form, as dropping them on it does; wait until they are read."""
        picker = self._console.find("evidencePicker", EvidencePicker)
        picker.take(files)
        self._console.until(lambda: not picker.busy, "the files are read")
        self._console.settle()

    def pick_cell(self, code: str) -> None:
        """Pick the place of a new report on the map, inside a unit grid; its page must be painted."""
        self._console.click("reportPickPlace")
        self._console.map.look_at_cell(code)
        self._console.map.click_cell(code)

    def confirm(self) -> None:
        """Click the form's confirming button."""
        self._console.click(self._one(_CONFIRM))

    def cancel(self) -> None:
        """Leave the form; what was typed is kept as a draft."""
        self._console.click(self._one(_CANCEL))

    def _one(self, names: tuple[str, ...]) -> str:
        for name in names:
            if self._console.shows(name):
                return name
        raise NotInTimeError("no form is open")

    def _inputs(self) -> Iterator[QWidget]:
        form = self._console.find(self._one(_FORMS))
        for one in form.findChildren(QWidget):
            kinds = QLineEdit | QPlainTextEdit | QComboBox | QDateEdit
            inner = isinstance(one, QLineEdit) and isinstance(one.parentWidget(), QComboBox | QDateEdit)
            chosen = isinstance(one, QAbstractButton) and one.isChecked()
            if one.isVisible() and not inner and (chosen or isinstance(one, kinds)):
                yield one
