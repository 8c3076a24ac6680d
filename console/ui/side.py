"""The side of the workspace: the case, a form over its acts, the report form or the list of keys."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from console.i18n import _
from console.ui.actions import ActAction, Asks
from console.ui.case.panel import CasePanel

if TYPE_CHECKING:
    from console.queries.city import CityLists
    from console.ui.forms.choice import ChoiceForm
    from console.ui.forms.report import ReportForm


class Side(QStackedWidget):
    """One page at a time; `leave` goes back to the case.

    Signals: act_told(ActAction, Told), report_filled(Report), place_wished(bool); keyboard_freed, when
    a form is left that had the keyboard: it must not fall to whatever comes next.
    """

    act_told = Signal(object, object)
    report_filled = Signal(object)
    place_wished = Signal(bool)
    keyboard_freed = Signal()

    def __init__(self, case_panel: CasePanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.case_panel = case_panel
        self.report: ReportForm | None = None
        self._form: ChoiceForm | None = None
        self.addWidget(case_panel)

    @property
    def busy(self) -> bool:
        """Whether something is being filled in."""
        return self._form is not None or self.report is not None

    def ask(self, action: ActAction, lists: "CityLists") -> None:
        """Ask in the case panel what the act needs."""
        # The forms load when one is wanted: the window is painted without them.
        from console.ui.forms.choice import ConditionForm, DepartmentForm, ReasonForm

        card = self.case_panel.card
        if card is None:
            return
        self.leave()
        title = _(action.words)
        form: ChoiceForm
        if action.asks is Asks.DEPARTMENT:
            form = DepartmentForm(title, title, card.advice.departments, lists.departments)
        elif action.asks is Asks.CONDITION:
            form = ConditionForm(title, title, lists.classes, card.case.class_key)
        else:
            form = ReasonForm(title, title)
        form.told.connect(lambda told: self._on_told(action, told))
        form.cancelled.connect(self.leave)
        self._form = form
        self.case_panel.form_place.addWidget(form)
        self.case_panel.acts.hide()
        form.first.setFocus()

    def ask_report(self, lists: "CityLists") -> None:
        """Show the form for a new report."""
        from console.ui.forms.report import ReportForm

        self.leave()
        form = ReportForm(lists.classes)
        form.filled.connect(self.report_filled)
        form.cancelled.connect(self.leave)
        form.place_wished.connect(self.place_wished)
        self.report = form
        self.addWidget(form)
        self.setCurrentWidget(form)
        form.first.setFocus()

    def leave(self) -> None:
        """Back to the case; what was typed is dropped."""
        keyboard = QApplication.focusWidget()
        held = any(form and keyboard and form.isAncestorOf(keyboard) for form in (self._form, self.report))
        if self._form is not None:
            self._form.deleteLater()
            self._form = None
            self.case_panel.acts.show()
        if self.report is not None:
            self.place_wished.emit(False)
            self.removeWidget(self.report)
            self.report.deleteLater()
            self.report = None
        self.setCurrentWidget(self.case_panel)
        if held:
            self.keyboard_freed.emit()

    def _on_told(self, action: ActAction, told: object) -> None:
        self.leave()
        self.act_told.emit(action, told)
