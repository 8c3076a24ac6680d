"""The form that proposes a no-report zone: where, what, how long, and why."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDateTime, Qt, QTime, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.errors import Refused
from console.domain.zone import ZoneArea
from console.i18n import _
from console.ui.announcing import announce
from console.ui.naming import name_box
from console.ui.needed import need, show_fault
from console.ui.scale import px
from console.ui.widgets import plain_label, tab_order
from console.words import ZONE_AREAS, refusal


class ZoneForm(QWidget):
    """Signals: proposed(Proposal)."""

    proposed = Signal(object)

    def __init__(self, zone: ZoneInfo, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._zone = zone
        self._now = now
        self.reason = QPlainTextEdit(self)
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(px(64))
        self.area = QComboBox(self)
        for area in ZoneArea:
            self.area.addItem(_(ZONE_AREAS[area]), area.value)
        self.area.currentIndexChanged.connect(lambda _at: self._show_codes())
        self.codes = QLineEdit(self)
        self.classes = QLineEdit(self)
        self.since = self._moment(0)
        self.until = self._moment(7)
        self.problem = plain_label(name="zoneProblem", look="warning", wraps=True)
        self.problem.hide()
        self.confirm = QPushButton(_("申请管控 Ctrl+Enter"), self)
        self.confirm.setObjectName("proposeZoneButton")
        self.confirm.clicked.connect(self._on_confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        layout.addWidget(plain_label(_("申请管控"), name="zoneTitle", look="title"))
        for name, words, field in (
            ("zoneReason", _("事由"), self.reason),
            ("zoneArea", _("范围"), self.area),
            ("zoneCodes", _("区域代码,空格分隔"), self.codes),
            ("zoneClasses", _("类别,如 event:03;不填为全部"), self.classes),
            ("zoneSince", _("起"), self.since),
            ("zoneUntil", _("止"), self.until),
        ):
            field.setObjectName(name)
            field.setAccessibleName(words)
            label = plain_label(words, name=f"{name}Label", look="muted")
            layout.addWidget(label)
            layout.addWidget(field)
            if isinstance(field, QComboBox):
                name_box(field, words, label)
        layout.addWidget(
            plain_label(_("监督员与视频上报不收;群众来件照收。"), name="zoneHint", look="muted", wraps=True)
        )
        layout.addStretch(1)
        layout.addWidget(self.problem)
        layout.addWidget(self.confirm)
        self.first = self.reason
        need(self.reason)
        tab_order(self.reason, self.area, self.codes, self.classes, self.since, self.until, self.confirm)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_confirm)
        self._show_codes()

    @property
    def begun(self) -> bool:
        """Whether something was typed."""
        return bool(self.reason.toPlainText().strip() or self.codes.text() or self.classes.text())

    def clear(self) -> None:
        self.reason.clear()
        self.codes.clear()
        self.classes.clear()
        self._say("")

    def show_refused(self, problem: Refused) -> bool:
        """Tell what is wrong at the field that it is about; False where it is about none of them."""
        fields: Mapping[str, QWidget] = {
            "needs_reason": self.reason,
            "zone_codes": self.codes if self.codes.isEnabled() else self.area,
            "no_such_areas": self.codes,
            "unknown_class": self.classes,
            "zone_without_bound": self.until,
            "zone_period": self.until,
        }
        wrong = fields.get(problem.code)
        if wrong is None:
            return False
        words = refusal(problem)
        self._say(words)
        show_fault(words, wrong)
        wrong.setFocus()
        return True

    def _say(self, words: str) -> None:
        """Why it was not proposed; empty says nothing, of the fields neither."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        show_fault("", self.reason, self.area, self.codes, self.classes, self.since, self.until)
        announce(self, words, grave=True)

    def _show_codes(self) -> None:
        self.codes.setEnabled(ZoneArea(self.area.currentData()) is not ZoneArea.CITY)
        if not self.codes.isEnabled():
            self.codes.clear()

    def _on_confirm(self) -> None:
        from console.services.zones import Proposal

        self.proposed.emit(
            Proposal(
                self.reason.toPlainText(),
                ZoneArea(self.area.currentData()),
                tuple(self.codes.text().split()),
                tuple(self.classes.text().split()),
                since=self._instant(self.since),
                until=self._instant(self.until),
            )
        )

    def _moment(self, days: int) -> QDateTimeEdit:
        local = self._now().astimezone(self._zone)
        begin = QDateTime(local.year, local.month, local.day, 0, 0, 0)
        field = QDateTimeEdit(begin.addDays(days), self)
        field.setDisplayFormat("yyyy-MM-dd HH:mm")
        field.setCalendarPopup(True)
        field.setTime(QTime(0, 0))
        return field

    def _instant(self, field: QDateTimeEdit) -> datetime:
        told = field.dateTime()
        day, at = told.date(), told.time()
        local = datetime(day.year(), day.month(), day.day(), at.hour(), at.minute(), tzinfo=self._zone)
        return local.astimezone(UTC)
