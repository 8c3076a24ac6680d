"""The page of the docked form: where words must be typed."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from console.testing.waiting import NotInTimeError
from console.ui.forms.act import ActForm

if TYPE_CHECKING:
    from console.testing.console import Console

_CONFIRM, _CANCEL = ("formConfirm", "reportConfirm"), ("formCancel", "reportCancel")


class FormPage:
    """The form beside the map: of an act, or of a new report."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def is_open(self) -> bool:
        """Whether a form is open."""
        return self._console.window.side.busy

    @property
    def problem(self) -> str:
        """What the form says is missing or was refused."""
        forms = [form for form in self._console.window.findChildren(ActForm) if form.isVisible()]
        found = [form.findChild(QLabel, "formProblem") for form in forms]
        return next((label.text() for label in found if label is not None and label.isVisible()), "")

    def fill(self, name: str, text: str) -> None:
        """Click a field and type: "formReason", "reportDescription", ..."""
        self._console.click(name)
        self._console.type(text)

    def confirm(self) -> None:
        """Click the form's confirming button."""
        self._console.click(self._one(_CONFIRM))

    def cancel(self) -> None:
        """Leave the form; what was typed is kept as a draft."""
        self._console.click(self._one(_CANCEL))

    def _one(self, names: tuple[str, ...]) -> str:
        for name in names:
            if any(item.isVisible() for item in self._console.window.findChildren(QWidget, name)):
                return name
        raise NotInTimeError("no form is open")
