"""The form for a new report: what, where, from whom; the place by a click on the map or by typing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.case import Source
from console.domain.catalogue import CaseClass
from console.domain.report import Report
from console.i18n import _
from console.ui.announcing import announce
from console.ui.forms.alike import AlikeList
from console.ui.forms.lists import chosen, class_entries, searchable
from console.ui.forms.place_entry import PlaceEntry
from console.ui.naming import name_box
from console.ui.needed import describe, show_fault
from console.ui.scale import px, pxs
from console.ui.scrolling import scrolling
from console.ui.widgets import plain_label, tab_order
from console.words import SOURCES

if TYPE_CHECKING:
    from console.ui.photos.picker import EvidencePicker

_BY_HAND = (Source.HOTLINE, Source.PUBLIC, Source.PATROL, Source.VIDEO, Source.LEADER, Source.TRANSFER)


class ReportForm(QFrame):
    """Signals: filled(Report), cancelled, place_wished(bool) while a place is picked on the map.

    map_wished, when the keyboard has to go there; likened, when class and place are there and open cases
    like it may be looked for.
    """

    filled = Signal(object)
    cancelled = Signal()
    place_wished = Signal(bool)
    map_wished = Signal()
    likened = Signal()

    def __init__(
        self, classes: Sequence[CaseClass], picker: "EvidencePicker", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("reportForm")
        self.setAccessibleName(_("登记新问题"))
        self.case_class = searchable("reportClass", class_entries(classes))
        self.case_class.setCurrentIndex(-1)
        self.description = QPlainTextEdit(self)
        self.description.setObjectName("reportDescription")
        self.description.setAccessibleName(_("描述"))
        self.description.setTabChangesFocus(True)
        self.description.setFixedHeight(px(96))
        self.address = self._line("reportAddress", _("地点"))
        self.reporter = self._line("reportReporter", _("报告人"))
        self.source = QComboBox(self)
        self.source.setObjectName("reportSource")
        for source in _BY_HAND:
            self.source.addItem(_(SOURCES[source]), source)
        self.place = PlaceEntry(self)
        self._pick = self.place.pick
        self._pick.toggled.connect(self.place_wished)
        self._pick.clicked.connect(lambda: self.place_wished.emit(True))  # the map may have given it up
        self._pick.by_key.connect(self.map_wished)
        self.place.placed.connect(self._on_likened)
        self.place.settled.connect(self._on_place_settled)
        self._waits = False  # told to register before the typed place was found
        self.picker = picker
        self.alike = AlikeList(self)
        self.case_class.currentIndexChanged.connect(lambda _at: self._on_likened())
        for field in (self.case_class, self.description):
            describe(field, _("类别与描述至少填一项"))
        self._problem = plain_label(name="reportProblem", look="warning", wraps=True)
        confirm = QPushButton(_("登记 Ctrl+Enter"), self)
        confirm.setObjectName("reportConfirm")
        confirm.setProperty("primary", True)
        confirm.clicked.connect(self._on_confirm)
        leave = QPushButton(_("返回 Esc"), self)
        leave.setObjectName("reportCancel")
        leave.clicked.connect(self.cancelled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(14, 12, 14, 12))
        layout.setSpacing(px(10))
        layout.addWidget(plain_label(_("登记新问题"), name="reportTitle", look="title"))
        page = QWidget()
        page.setObjectName("reportPage")
        inner = QVBoxLayout(page)
        inner.setContentsMargins(*pxs(1, 1, 1, 1))
        inner.setSpacing(px(10))
        inner.addLayout(self._fields())
        inner.addWidget(self.alike)
        inner.addStretch(1)
        layout.addWidget(scrolling(page), 1)
        layout.addWidget(self._problem)
        buttons = QHBoxLayout()
        buttons.addWidget(confirm, 1)
        buttons.addWidget(leave)
        layout.addLayout(buttons)
        self.first = self.case_class
        place = (self.place.line, self.place.system, self._pick, self.address)
        ends = (self.source, self.reporter, self.picker.choose, confirm, leave)
        tab_order(self.case_class, self.description, *place, *ends)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(
                QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            shortcut.activated.connect(self._on_confirm)

    @property
    def wants_place(self) -> bool:
        """Whether the next click on the map is for this form."""
        return self._pick.isChecked()

    def show_place(self, lon: float, lat: float) -> None:
        """The place picked on the map, degrees; the keyboard comes back from there to the next field."""
        self.place.show_picked(lon, lat)
        self.address.setFocus()

    def report(self) -> Report:
        """What stands in the form."""
        text = self.description.toPlainText().strip()
        key = chosen(self.case_class)
        if not text and key:
            text = self.case_class.currentText().split("  ")[0]
        lon, lat = self._pick.place or (None, None)
        return Report(
            source=Source(self.source.currentData()),  # Qt keeps a plain text of it
            description=text,
            class_key=key,
            lon=lon,
            lat=lat,
            address=self.address.text(),
            reporter=self.reporter.text(),
            evidence=self.picker.evidence(),
        )

    def show_problem(self, text: str) -> None:
        self._problem.setText(text)
        announce(self, text, grave=True)

    def _stop(self, text: str, *fields: QWidget) -> None:
        """Say what is wrong, and of which fields; the keyboard goes to the first."""
        self.show_problem(text)
        show_fault(text, *fields)
        fields[0].setFocus()

    def _fields(self) -> QFormLayout:
        fields = QFormLayout()
        fields.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        fields.setHorizontalSpacing(px(12))
        fields.setVerticalSpacing(px(8))
        fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in (
            (_("类别"), self.case_class),
            (_("描述"), self.description),
            (_("位置"), self.place),
            (_("地点"), self.address),
            (_("来源"), self.source),
            (_("报告人"), self.reporter),
            (_("照片"), self.picker),
        ):
            label = plain_label(words, name=f"{field.objectName()}Label", look="muted")
            if isinstance(field, QComboBox):
                name_box(field, words, label)
            fields.addRow(label, field)
        return fields

    def _line(self, name: str, words: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(words)
        return line

    def _on_likened(self) -> None:
        if self._pick.place is not None and chosen(self.case_class):
            self.likened.emit()
        else:
            self.alike.show_cases([])

    def _on_place_settled(self) -> None:
        if self._waits:
            self._on_confirm()

    def _on_confirm(self) -> None:
        report = self.report()
        self._waits = False
        if self.case_class.currentText().strip() and not report.class_key:
            self._stop(_("没有这个类别,请从列表中选定"), self.case_class)
        elif not report.description:
            self._stop(_("请选定类别或描述问题"), self.case_class, self.description)
        elif self.picker.busy:
            self.show_problem(_("还在读取文件,请稍候"))
        elif self.place.wrong:
            self._stop(self.place.wrong, self.place.line)
        elif self.place.asked is not None and self._pick.place is None:
            self._waits = True
            self.place.sought.emit(True)
        else:
            self.filled.emit(report)
