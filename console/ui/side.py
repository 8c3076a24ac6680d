"""The side of the workspace: the case, a form over its acts, all its acts, or the report form."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QStackedWidget, QWidget

from console.domain.acts import standing
from console.domain.errors import Refused
from console.domain.operation import Operation
from console.i18n import _
from console.ui.case.offer import allowed, why_not
from console.ui.case.panel import CasePanel
from console.ui.news import news
from console.ui.theme import Theme
from console.words import OPERATIONS, refusal

if TYPE_CHECKING:
    from datetime import datetime

    from console.queries.case import CaseCard
    from console.queries.city import CityLists
    from console.ui.case.more import MoreActs
    from console.ui.forms.act import ActForm
    from console.ui.forms.field import Asked
    from console.ui.forms.report import ReportForm
    from console.ui.photos.picker import EvidencePicker


class Side(QStackedWidget):
    """One page at a time; `leave` goes back to the case.

    Signals: opened, before a form or list takes the keyboard: it has to be seen; act_told(ActAction, Told,
    version of the case it is meant for); report_filled(Report); place_wished(bool); form_shown(the form,
    "report" or the act's name, the case's code or ""), and form_left while it is still whole;
    keyboard_freed, when a form is left that had the keyboard: it must not fall to whatever comes next.
    """

    act_told = Signal(object, object, int)
    report_filled = Signal(object)
    place_wished = Signal(bool)
    form_shown = Signal(object, str, str)
    form_left = Signal()
    keyboard_freed = Signal()
    opened = Signal()

    def __init__(self, case_panel: CasePanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.case_panel = case_panel
        self.report: ReportForm | None = None
        self.form: ActForm | None = None
        self.more: MoreActs | None = None
        self.addWidget(case_panel)

    @property
    def busy(self) -> bool:
        """Whether something is being filled in or looked for."""
        return self.form is not None or self.report is not None or self.more is not None

    def ask(self, asked: "Asked") -> None:
        """Ask in the case panel what the act needs."""
        # The forms load when one is wanted: the window is painted without them.
        from console.ui.forms.act import ActForm

        self.leave()
        action = asked.action
        form = ActForm(_title(asked), asked)
        form.told.connect(lambda told: self.act_told.emit(action, told, form.seen))
        form.cancelled.connect(self.leave)
        self.form = form
        self.case_panel.form_place.addWidget(form)
        self.case_panel.acts.hide()
        self.opened.emit()
        self.form_shown.emit(form, action.name, asked.card.case.code)
        _reach(form.first)

    def ask_report(self, lists: "CityLists", picker: "EvidencePicker") -> None:
        """Show the form for a new report; `picker` takes its photos."""
        from console.ui.forms.report import ReportForm

        self.leave()
        form = ReportForm(lists.classes, picker)
        form.filled.connect(self.report_filled)
        form.cancelled.connect(self.leave)
        form.place_wished.connect(self.place_wished)
        self.report = form
        self.addWidget(form)
        self.setCurrentWidget(form)
        self.opened.emit()
        self.form_shown.emit(form, "report", "")
        _reach(form.first)
        self.place_wished.emit(form.wants_place)

    def show_more(self, theme: Theme, actions: Mapping[str, QAction], act: Callable[[str], None]) -> None:
        """Show every act with its key or why it may not be done; `act` is called with the chosen one."""
        from console.ui.case.more import MoreActs

        card = self.case_panel.card
        self.leave()
        if card is None:
            return
        more = MoreActs(theme, actions)
        more.left.connect(self.leave)
        more.chosen.connect(self.leave)
        more.chosen.connect(act)
        self.more = more
        more.show_card(card)
        self.addWidget(more)
        self.setCurrentWidget(more)
        self.opened.emit()
        more.list.setFocus()

    def follow(self, card: "CaseCard | None", now: "datetime") -> None:
        """The case was read anew: a form says what others did to it meanwhile and keeps what was typed."""
        if card is None:
            return
        if self.more is not None:
            self.more.show_card(card)
        form = self.form
        if form is None or card.case.id != form.case_id or card.case.version == form.seen:
            return
        told = news(card, form.seen, now)
        words = _("期间:{news}").format(news=told) if told else ""
        why = "" if allowed(form.action, card) else why_not(form.action, card)
        form.show_news(words, card.case.version, why)

    def show_refused(self, problem: Refused) -> None:
        """The act that the form told was not done; after somebody else's act the case is read anew."""
        if problem.code == "stale":
            self.case_panel.reload.wish(now=True)
        if self.form is not None:
            self.form.show_problem(refusal(problem))

    def done(self, case_id: int) -> None:
        """The act of the form was done."""
        if self.form is not None and self.form.case_id == case_id:
            self.leave()

    def leave(self) -> None:
        """Back to the case; what was typed is a draft from now on."""
        if self.form is not None or self.report is not None:
            self.form_left.emit()
        keyboard = QApplication.focusWidget()
        pages = (self.form, self.report, self.more)
        held = any(page and keyboard and page.isAncestorOf(keyboard) for page in pages)
        if self.form is not None:
            self.form.deleteLater()
            self.form = None
            self.case_panel.acts.show()
        if self.report is not None:
            self.place_wished.emit(False)
            self._drop(self.report)
            self.report = None
        if self.more is not None:
            self._drop(self.more)
            self.more = None
        self.setCurrentWidget(self.case_panel)
        if held:
            self.keyboard_freed.emit()

    def _drop(self, page: QWidget) -> None:
        self.removeWidget(page)
        page.deleteLater()


def _reach(field: QWidget) -> None:
    """The keyboard to a field; what is proposed in it goes with the first letter."""
    field.setFocus()
    line = field.lineEdit() if isinstance(field, QComboBox) else None
    if line is not None:
        line.selectAll()


def _title(asked: "Asked") -> str:
    """The act; which step would be countered is seen before a reason is written."""
    title, steps = _(asked.action.words), standing(asked.card.facts)
    if asked.action.operation is not Operation.COUNTER or not steps:
        return title
    return _("{act}:{why}").format(act=title, why=_(OPERATIONS[steps[-1].operation]))
